import Annotations
public import ArgumentParser
import Characters
import Corpora
import Extraction
import FoundationEssentials
import Reading

extension InputFormat: ExpressibleByArgument {}
extension OffsetUnit: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}

/// `guanxi extract`.
struct ExtractCommand: AsyncParsableCommand {
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
  var format: OutputFormat?

  @Option(help: "How to read the inputs.")
  var inputFormat: InputFormat = .auto

  @Option(help: "The charset of the inputs, such as GB18030 or Big5-HKSCS, instead of finding it.")
  var charset: String?

  @Option(
    help: ArgumentHelp(
      "Which key or column holds the text, id, title or date; may be given several times.",
      valueName: "role=name"))
  var field: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which elements of XML are documents and where their parts stand.",
      valueName: "record=NAME,id=NAME,title=NAME,text=NAME,date=NAME"))
  var xml: String?

  @Option(help: "Plain text of more bytes (as UTF-8) is cut into documents of at most this size.")
  var documentSize = InputOptions().documentSize

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

  @Option(
    name: .customLong("base-iri"),
    help: "What the IRIs of nt, ttl and jsonld begin with; it ends in /, # or :.")
  var baseIRI = ViewOptions.baseIRI

  @Option(help: "How many documents a report of html shows; its counts are those of all.")
  var reportDocuments = ViewOptions.reportDocuments

  @Option(help: "How many threads to use.")
  var jobs = 1

  @Flag(help: "Slice every span out of the source again and compare.")
  var verify = false

  func validate() throws {
    if let date, CalendarDate(date) == nil {
      throw ValidationError("--date \"\(date)\" is no day; expected YYYY-MM-DD, as 2021-03-15")
    }
    _ = try inputOptions()
    if !ViewOptions.isBaseIRI(baseIRI) {
      throw ValidationError(
        "--base-iri \"\(baseIRI)\" is no beginning of an IRI; expected a scheme and, at the end, "
          + "/, # or :, as https://example.org/news/")
    }
    if reportDocuments < 0 {
      throw ValidationError(
        "--report-documents \(reportDocuments) is too small; expected 0 or more")
    }
    if jobs < 1 { throw ValidationError("--jobs \(jobs) is too small; expected 1 or more") }
  }

  /// How the inputs are read, by the options.
  private func inputOptions() throws -> InputOptions {
    var options = InputOptions(format: inputFormat, date: date.flatMap { CalendarDate($0) })
    if let charset, !knowsCharset(charset) {
      throw ValidationError(
        "--charset \"\(charset)\" is not known; expected a name such as UTF-8, GB18030, Big5 or EUC-TW"
      )
    }
    options.charset = charset
    if let xml {
      do {
        options.xml = try XMLRules(xml)
      } catch {
        throw ValidationError("--xml: \(error)")
      }
    }
    for assignment in field where !options.fields.add(assignment) {
      throw ValidationError(
        "--field \"\(assignment)\" is not understood; expected text=NAME, id=NAME, title=NAME or date=NAME"
      )
    }
    if documentSize < 1024 {
      throw ValidationError("--document-size \(documentSize) is too small; expected 1024 or more")
    }
    options.documentSize = documentSize
    return options
  }

  func run() async throws {
    let knowledge = try KnowledgePath.load(lexicons)
    let format =
      format ?? (output == nil && standardOutputIsTerminal ? OutputFormat.table : .jsonl)
    let builder = RecordBuilder(knowledge, unit: offsets, icu: icuVersion())
    let verify = verify
    let view = format.view(
      ViewOptions(
        files: knowledge.files, baseIRI: baseIRI, reportDocuments: reportDocuments))
    let runner = BatchRunner(
      knowledge: knowledge, jobs: jobs, collectsValues: values == .all
    ) { document, analysis in
      let record = builder.record(of: document, analysis)
      let faults = verify ? Verification.faults(in: record, text: document.text) : []
      let bytes = view.part(of: record, document: document, analysis: analysis)
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
      _ = try file.write(view.prologue)
    } catch {
      warn("\(output ?? "standard output"): cannot be written: \(error)")
      throw Exit.someInputsFailed
    }
    var problem: (any Error)?
    var remarks = RemarkPrinter()
    let source = DocumentSource(
      inputs: inputs.isEmpty ? ["-"] : inputs, options: try inputOptions())
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
    _ = try file.write(view.epilogue)
    try file.close()
    if let view = view as? any AssembledView, let output {
      try FileManager.default.moveItem(atPath: output, toPath: output + ".parts")
      try view.assemble(output + ".parts", into: output)
      try FileManager.default.removeItem(atPath: output + ".parts")
    }
    remarks.summarise()
    for note in source.notes.summary { warn("left out: \(note)") }
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
