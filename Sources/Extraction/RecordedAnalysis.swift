package import Annotations
internal import Rules
internal import Segmentation

/// A document's layers with a snapshot of each stage, for those who ask how they came about.
package struct RecordedAnalysis {
  package let document: Document
  package let knowledge: CompiledKnowledge
  /// The layers.
  package let analysis: DocumentAnalysis
  let sentences: [SentenceSnapshot]
  let tags: [Bool]

  /// Runs the pipeline over a document.
  package init(_ document: Document, _ knowledge: CompiledKnowledge) {
    var session = ExtractionSession(knowledge)
    var observer = RecordingObserver()
    self.document = document
    self.knowledge = knowledge
    analysis = session.analyze(document, observer: &observer)
    sentences = observer.sentences
    tags = knowledge.classes.membership(of: knowledge.tagging.tagClasses)
  }

  var text: NormalizedText { analysis.text }

  func string(_ range: TextRange) -> String { analysis.text.string(range) }

  func name(_ category: ClassID) -> String { knowledge.classes.name(category) }

  /// The name of a word's tag.
  func tag(_ token: TaggedToken) -> String { name(knowledge.tagging.tagClasses[token.tag]) }

  func place(_ provenance: Provenance) -> String { knowledge.files.describe(provenance) }

  /// The class of a sense; of the word of a table, which has one that nobody wrote, the table.
  func source(of sense: Sense) -> String {
    let name = name(sense.category)
    return RuleSources.isRowClass(name) ? "a table" : name
  }

  /// `file:line` of the row of a sense.
  func place(of sense: Sense) -> String { place(knowledge.lexicon.provenance(of: sense)) }

  /// A rule by its place.
  func rule(_ provenance: Provenance) -> RuleProgram? {
    for stage in knowledge.stages {
      if let rule = stage.rules.first(where: { $0.provenance == provenance }) { return rule }
    }
    return nil
  }

  /// `任职 [facts.rules:4]`.
  func describe(rule provenance: Provenance) -> String {
    "\(rule(provenance)?.name ?? "row of a table") [\(place(provenance))]"
  }

  /// The sentence that holds a range.
  func sentence(of range: TextRange) -> SentenceSnapshot? {
    sentences.first { $0.sentence.contains(range) }
  }

  func features(_ sentence: SentenceSnapshot) -> GraphFeatures {
    GraphFeatures(
      lexicon: knowledge.lexicon, quantities: sentence.quantities, times: sentence.times,
      matches: sentence.matches, date: document.date, text: text, tags: tags)
  }

  func inspector(_ stage: SentenceSnapshot.Stage) -> RuleInspector {
    RuleInspector(
      stage.program, on: stage.graph, text: text.characters, classes: knowledge.classes)
  }

  /// `(subject, relation, object)` as the text has it.
  func describe(_ triple: Triple) -> String { triple.written(in: text) }
}

extension Triple {
  /// `(subject, relation, object)` as a text has it, with - for an empty role.
  func written(in text: NormalizedText) -> String {
    func name(_ slot: Slot?) -> String { slot.map { text.string($0.range) } ?? "-" }
    return "(\(name(subject)), \(relationName ?? name(relation)), \(name(object)))"
  }
}
