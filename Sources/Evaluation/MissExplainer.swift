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

  /// Why a fact is missing; nil where its characters do not stand in the text, or stand in it as such a fact.
  package mutating func cause(of fact: GoldDocument.Fact, in id: String) -> String? {
    guard let recorded = recorded(id) else { return nil }
    let expectation = ExpectedResult(
      subject: fact.subject, relation: fact.relation, object: fact.object, knowledge)
    guard
      case .missing(let diagnosis)? = try? Diagnostician(expectation, recorded, .untried).answer()
    else { return nil }
    return Self.text(diagnosis)
  }

  /// Why a name is missing at its place.
  package mutating func cause(of name: GoldDocument.Name, in id: String) -> String? {
    cause(of: name.type.rawValue, at: name.span, in: id)
  }

  /// Why a time is missing at its place.
  package mutating func cause(of time: GoldDocument.Time, in id: String) -> String? {
    cause(of: ExpectedResult.time, at: time.span, in: id)
  }

  /// Why a quantity is missing at its place.
  package mutating func cause(of quantity: GoldDocument.Quantity, in id: String) -> String? {
    cause(of: ExpectedResult.quantity, at: quantity.span, in: id)
  }

  private mutating func cause(
    of category: String, at span: SourceRange, in id: String
  ) -> String? {
    recorded(id).flatMap { Diagnostician.missing(category, at: span, $0, .untried) }.map(Self.text)
  }

  private static func text(_ diagnosis: Diagnosis) -> String {
    "\(diagnosis.cause.rawValue): \(diagnosis.sentence)"
  }

  private mutating func recorded(_ id: String) -> RecordedAnalysis? {
    if let last, last.document.id == id { return last }
    last = documents[id].map { RecordedAnalysis($0, knowledge) }
    return last
  }
}
