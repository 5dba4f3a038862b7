import Annotations
import ArgumentParser
import Characters
import Corpora
import Evaluation
import Extraction
import Reading

/// `guanxi evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  /// How figures are broken down.
  enum Breakdown: String, CaseIterable, ExpressibleByArgument {
    case type
    case rule
    case margin
    case document
  }

  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Hold results against gold, or two results against each other.",
    discussion: """
      GOLD has a text a line with what a reader finds in it. Without RESULT the texts are extracted \
      with the knowledge; with it, the records that "extract" wrote are read. Spans count when start, \
      end and type are the same; a triple counts when subject, relation and object each reach a \
      character F1 of 0.5, strictly when all characters are the same.
      """)

  @Argument(help: "Gold as JSON Lines; - is standard input.")
  var gold: String

  @Argument(help: "Records as JSON Lines; without it the texts of GOLD are extracted.")
  var result: String?

  @Option(help: "Also by type, rule, margin or document; may be given again.")
  var by: [Breakdown] = []

  @Option(help: "An earlier result, to compare with.")
  var diff: String?

  @Option(help: "List up to N misses, false hits and wrong values of each kind, with their causes.")
  var errors = 0

  @Option(
    help: "The folder of the knowledge, or the file that \"lexicon compile\" made of it.")
  var lexicons: String?

  @Flag(help: "Write one JSON object instead of tables.")
  var json = false

  func validate() throws {
    if errors < 0 { throw ValidationError("--errors \(errors) is too small; expected 0 or more") }
    if result != nil, lexicons != nil {
      throw ValidationError("--lexicons is for extracting; leave it or RESULT out")
    }
    if [gold, result, diff].count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read once; give only one -")
    }
  }

  func run() async throws {
    let file = GoldFile(gold)
    var faults = file.faults
    for fault in file.faults { warn("\(fault)") }
    guard !file.gold.isEmpty else {
      if faults.isEmpty { warn("\(gold): there is no gold in this file") }
      throw Exit.someInputsFailed
    }
    let records: [String: Record]
    var explainer: MissExplainer?
    if let result {
      records = read(result, &faults)
    } else {
      let knowledge = try KnowledgePath.load(lexicons)
      var session = ExtractionSession(knowledge)
      let builder = RecordBuilder(knowledge, unit: .scalar, icu: icuVersion())
      records = Dictionary(
        file.documents.map { ($0.id, builder.record(of: $0, session.analyze($0))) }
      ) { $1 }
      explainer = MissExplainer(
        knowledge, documents: Dictionary(file.documents.map { ($0.id, $0) }) { $1 })
    }
    let card = Scorecard(gold: file.gold, found: records)
    remark(on: card, result ?? "")
    var comparison: RunComparison?
    if let diff {
      let before = Scorecard(gold: file.gold, found: read(diff, &faults))
      remark(on: before, diff)
      comparison = RunComparison(before: before, after: card)
    }
    var parts = EvaluationJSON.Parts()
    parts.types = by.contains(.type) ? TypeBreakdown(card) : nil
    parts.rules = by.contains(.rule) ? RuleBreakdown(card) : nil
    parts.margins = by.contains(.margin) ? MarginBreakdown(card) : nil
    parts.hasDocuments = by.contains(.document)
    parts.errors = errors > 0 ? ErrorList(card, limit: errors, explainer: explainer) : nil
    parts.comparison = comparison
    try write(card, parts)
    if !faults.isEmpty { throw Exit.someInputsFailed }
  }

  private func read(_ path: String, _ faults: inout [InputFailure]) -> [String: Record] {
    let reader = RecordReader(path)
    for fault in reader.faults { warn("\(fault)") }
    faults += reader.faults
    return reader.records
  }

  /// Says which documents only one side has.
  private func remark(on card: Scorecard, _ result: String) {
    for (ids, owner, other, text) in [
      (card.unanswered, "GOLD", result, "what they have is missed"),
      (card.unasked, result, "GOLD", "nothing of them is counted"),
    ] where !ids.isEmpty {
      let shown = ids.prefix(5).joined(separator: ", ") + (ids.count > 5 ? ", …" : "")
      let verb = ids.count == 1 ? "document of \(owner) is" : "documents of \(owner) are"
      warn("\(ids.count) \(verb) not in \(other), \(text): \(shown)")
    }
  }

  private func write(_ card: Scorecard, _ parts: EvaluationJSON.Parts) throws {
    let bytes: [UInt8]
    if json {
      var writer = EvaluationJSON()
      bytes = writer.line(of: card, parts)
    } else {
      var text = EvaluationText.table(card)
      if let types = parts.types { text += EvaluationText.table(types) }
      if let rules = parts.rules { text += EvaluationText.table(rules) }
      if let margins = parts.margins { text += EvaluationText.table(margins) }
      if parts.hasDocuments { text += EvaluationText.documents(card) }
      if let errors = parts.errors { text += EvaluationText.errors(errors) }
      if let comparison = parts.comparison { text += "\n" + EvaluationText.table(comparison) }
      bytes = Array(text.utf8)
    }
    do {
      _ = try OutputFile(path: nil).write(bytes)
    } catch {
      warn("standard output: cannot be written: \(error)")
      throw Exit.someInputsFailed
    }
  }
}
