import Annotations
public import ArgumentParser
import Characters
import Corpora
import Extraction
import Reading

extension InputFormat: ExpressibleByArgument {}
extension OffsetUnit: ExpressibleByArgument {}
extension RepairKind: ExpressibleByArgument {
  /// What is lost is always marked.
  package static var allValueStrings: [String] {
    allCases.filter { $0 != .damage }.map(\.rawValue)
  }

  /// The kind of a name; nil where it is none that can be left out.
  package init?(argument: String) {
    guard let kind = RepairKind(rawValue: argument), kind != .damage else { return nil }
    self = kind
  }
}

/// `guanxi extract`.
struct ExtractCommand: AsyncParsableCommand {
  /// What is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table
    case jsonl
    case tsv
    case dump
  }

  /// Which typed values are written besides times and quantities.
  enum Values: String, CaseIterable, ExpressibleByArgument {
    case none
    case all
  }

  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Extract entities, times, quantities and triples.",
    discussion: """
      A text file is one document; a line of a JSON Lines file is one document with the keys id, \
      title, date (or reference_time) and text. Without an input, standard input is read.
      """)

  @Argument(help: "Files and folders; - is standard input.")
  var inputs: [String] = []

  @Option(help: "What to write; table on a terminal, else jsonl.")
  var format: Format?

  @Option(help: "How to read the inputs.")
  var inputFormat: InputFormat = .auto

  @Option(help: "A file to write to.")
  var output: String?

  @Option(help: "The day (YYYY-MM-DD) of documents that name none.")
  var date: String?

  @Option(
    help: "The folder of the knowledge, or the file that \"lexicon compile\" made of it.")
  var lexicons: String?

  @Option(
    help: "What values a record also has: all typed values, nested ones too, or none of their own.")
  var values: Values = .none

  @Option(help: "What offsets count.")
  var offsets: OffsetUnit = .scalar

  @Option(help: "How many threads to use.")
  var jobs = 1

  @Option(
    name: .customLong("no-repair"),
    help: "A kind of damage to the text that is left as it is; may be given again.")
  var skippedRepairs: [RepairKind] = []

  @Flag(help: "Slice every span out of the source again and compare.")
  var verify = false

  func validate() throws {
    if let date, CalendarDate(date) == nil {
      throw ValidationError("--date \"\(date)\" is no day; expected YYYY-MM-DD, as 2021-03-15")
    }
    if jobs < 1 { throw ValidationError("--jobs \(jobs) is too small; expected 1 or more") }
  }

  func run() async throws {
    let knowledge = try KnowledgePath.load(lexicons)
    let format =
      format ?? (output == nil && standardOutputIsTerminal ? Format.table : .jsonl)
    let builder = RecordBuilder(knowledge, unit: offsets, icu: icuVersion())
    let verify = verify
    let files = knowledge.files
    let runner = BatchRunner(
      knowledge: knowledge, jobs: jobs, collectsValues: values == .all,
      skippedRepairs: Set(skippedRepairs)
    ) { document, analysis in
      let record = builder.record(of: document, analysis)
      let faults = verify ? Verification.faults(in: record, text: document.text) : []
      let bytes: [UInt8]
      switch format {
      case .jsonl:
        var writer = RecordWriter()
        bytes = writer.line(of: record)
      case .table: bytes = Array(TripleTable.text(of: record, document: document).utf8)
      case .tsv: bytes = Array(TripleTable.rows(of: record).utf8)
      case .dump:
        bytes = Array(AnalysisDump.text(of: document, analysis, files: files).utf8)
      }
      // How a document was read is in its record; what may have cost something is said at once, too.
      let remarks = document.diagnostics.filter { !["charset", "dateline"].contains($0.kind) }
        .map {
          RenderedDocument.Remark(
            kind: $0.kind, text: "\(document.origin): \($0.kind): \($0.message)")
        }
      return RenderedDocument(
        bytes: bytes, triples: record.triples.count, remarks: remarks, faults: faults)
    }
    let file: OutputFile
    do {
      file = try OutputFile(path: output)
      if format == .tsv { _ = try file.write(Array(TripleTable.header.utf8)) }
    } catch {
      warn("\(output ?? "standard output"): cannot be written: \(error)")
      throw Exit.someInputsFailed
    }
    var problem: (any Error)?
    var remarks = RemarkPrinter()
    let source = DocumentSource(
      inputs: inputs.isEmpty ? ["-"] : inputs, format: inputFormat,
      date: date.flatMap { CalendarDate($0) })
    let summary = await runner.run(
      source,
      output: { result in
        for remark in result.remarks { remarks.print(remark) }
        for fault in result.faults { warn("verify: \(fault)") }
        do {
          return try file.write(result.bytes)
        } catch {
          problem = error
          return false
        }
      },
      failed: { warn("\($0)") })
    try file.close()
    remarks.summarise()
    if let problem {
      warn("\(output ?? "standard output"): cannot be written: \(problem)")
      throw Exit.someInputsFailed
    }
    if verify {
      warn(
        "verified \(summary.documents) document\(summary.documents == 1 ? "" : "s"), "
          + "\(summary.triples) triples: "
          + (summary.faults == 0 ? "every span is sound" : "\(summary.faults) faults"))
    }
    if summary.failures > 0 {
      warn(
        "\(summary.failures) input\(summary.failures == 1 ? "" : "s") could not be read, "
          + "\(summary.documents) document\(summary.documents == 1 ? " was" : "s were")")
    }
    if summary.failures > 0 || summary.faults > 0 { throw Exit.someInputsFailed }
  }
}
