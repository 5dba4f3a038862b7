package import Annotations
package import Extraction

/// Says why something that the gold has did not come out, as `guanxi why` would, but tries no change of the
/// knowledge: that would compile it anew for every suspicion.
package struct MissExplainer {
  private let knowledge: CompiledKnowledge
  private let documents: [String: Document]
  /// The document that was asked about last; questions come document by document.
  private var last: RecordedAnalysis?

  /// An explainer of these documents, by id.
  package init(_ knowledge: CompiledKnowledge, documents: [String: Document]) {
    self.knowledge = knowledge
    self.documents = documents
  }

  /// Why a fact is missing; nil where its characters do not stand in the text.
  package mutating func cause(of fact: GoldDocument.Fact, in id: String) -> String? {
    cause(
      of: ExpectedResult(
        subject: fact.subject, relation: fact.relation, object: fact.object, knowledge), in: id)
  }

  /// Why a name is missing.
  package mutating func cause(of name: GoldDocument.Name, in id: String) -> String? {
    cause(of: ExpectedResult(name.type, name.text, knowledge), in: id)
  }

  private mutating func cause(of expectation: ExpectedResult, in id: String) -> String? {
    guard let document = documents[id] else { return nil }
    let recorded =
      last.flatMap { $0.document.id == id ? $0 : nil } ?? RecordedAnalysis(document, knowledge)
    last = recorded
    guard
      case .missing(let diagnosis)? = try? Diagnostician(expectation, recorded, .untried).answer()
    else { return nil }
    return "\(diagnosis.cause.rawValue): \(diagnosis.sentence)"
  }
}
