package import Annotations

/// The layers of a document → its record: positions into the source, ids, names in normalised form.
package struct RecordBuilder {
  /// The engine's version, as every record and `--version` name it.
  package static let version = "0.1.0"

  private let knowledge: CompiledKnowledge
  private let unit: OffsetUnit
  private let icu: String
  private let leastMargin: Int?

  /// A builder of records with offsets in `unit`. They leave out the facts whose margin is under `leastMargin`, and say
  /// how many.
  package init(
    _ knowledge: CompiledKnowledge, unit: OffsetUnit, icu: String, leastMargin: Int? = nil
  ) {
    self.knowledge = knowledge
    self.unit = unit
    self.icu = icu
    self.leastMargin = leastMargin
  }

  /// The record of a document.
  /// - Complexity: O(count of the text + results).
  package func record(of document: Document, _ analysis: DocumentAnalysis) -> Record {
    let layers = RecordLayers(analysis, files: knowledge.files, unit: unit)
    let (told, ambiguous) = sure(analysis.triples)
    var record = Record(
      id: document.id, origin: document.origin, title: document.title,
      date: document.date?.description, offsets: unit,
      engine: Record.Engine(
        version: Self.version, knowledge: knowledge.identity, icu: icu),
      diagnostics: document.diagnostics)
    record.mentions = layers.mentions
    record.nested = layers.nested
    record.abbreviations = layers.abbreviations
    record.entities = layers.entities
    record.times = layers.times
    record.quantities = layers.quantities
    record.values = layers.values
    record.triples = layers.triples(told)
    record.repairs = layers.repairs
    record.diagnostics += layers.ambiguities + layers.end + ambiguous + layers.losses
    return record
  }

  /// The facts that are sure enough, and how many are not.
  private func sure(_ triples: [Triple]) -> ([Triple], [RecordDiagnostic]) {
    guard let leastMargin else { return (triples, []) }
    let sure = triples.filter { triple in triple.margin.map { $0 >= leastMargin } ?? true }
    let count = triples.count - sure.count
    if count == 0 { return (triples, []) }
    return (
      sure,
      [
        RecordDiagnostic(
          kind: RecordDiagnostic.ambiguousFacts,
          message:
            "\(count) fact\(count == 1 ? "" : "s") with a margin under \(leastMargin) left out")
      ]
    )
  }
}
