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
struct ExtractCommand: ParsableCommand {
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

      With --output the result is written aside and put into its place at the end; what was \
      interrupted goes on with --resume.
      """)

  @Argument(help: "Files and folders; - is standard input.")
  var inputs: [String] = []

  @Option(
    help: "What to write, table on a terminal, else jsonl; may be given again, with --output.")
  var format: [OutputFormat] = []

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

  @Option(help: "A file to write to; with several formats each is written to it and its ending.")
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

  @Option(
    name: .customLong("no-repair"),
    help: "A kind of damage to the text that is left as it is; may be given again.")
  var skippedRepairs: [RepairKind] = []

  @Flag(help: "Slice every span out of the source again and compare.")
  var verify = false

  @Option(
    help:
      "Leave out facts with a lower margin, which other readings of the sentence tell otherwise; the summary counts them."
  )
  var minMargin: Int?

  @Option(help: "End the analysis of a document behind so many characters; its record says so.")
  var maxCharacters: Int?

  @Option(help: "End the analysis of a document after so many steps; its record says so.")
  var maxSteps: Int?

  @Flag(help: "Hand over each record before the next document is waited for.")
  var lineBuffered = false

  @Flag(help: "Go on with a run of this output that did not end; without one, begin.")
  var resume = false

  @Flag(help: "Drop a run of this output that did not end, and begin.")
  var restart = false

  @Flag(help: "Show how far the run is, even if standard error is no terminal.")
  var progress = false

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print at the end what was read and found.")
  var summary = false

  @Option(help: "A file to write the same to, as JSON.")
  var summaryFile: String?

  @Option(help: .hidden)
  var checkpointBytes = ExtractRun.Settings().checkpointBytes

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
    if let maxCharacters, maxCharacters < 1 {
      throw ValidationError("--max-characters \(maxCharacters) is too small; expected 1 or more")
    }
    if let maxSteps, maxSteps < 1 {
      throw ValidationError("--max-steps \(maxSteps) is too small; expected 1 or more")
    }
    if let minMargin, !(1...20).contains(minMargin) {
      throw ValidationError("--min-margin \(minMargin) is no margin; expected 1 to 20")
    }
    if resume, restart { throw ValidationError("give --resume or --restart, not both") }
    if (resume || restart) && output == nil {
      throw ValidationError(
        "--\(resume ? "resume" : "restart") needs --output: only files can be taken up again")
    }
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

  // MARK: What is read and written

  private var namedInputs: [String] { inputs.isEmpty ? ["-"] : inputs }

  private func source() throws -> DocumentSource {
    DocumentSource(inputs: namedInputs, options: try inputOptions())
  }

  private var formats: [OutputFormat] {
    format.isEmpty ? [output == nil && standardOutputIsTerminal ? .table : .jsonl] : format
  }

  private func plan(_ knowledge: CompiledKnowledge) throws -> OutputPlan {
    let options = ViewOptions(
      files: knowledge.files, baseIRI: baseIRI, reportDocuments: reportDocuments)
    do {
      return try OutputPlan(
        formats.map { ($0, $0.view(options)) }, output: output)
    } catch {
      warn("\(error)")
      throw Exit.usage
    }
  }

  /// Every option that decides what is written, by its name: with others a run is not taken up again.
  private var decidingOptions: [String: String] {
    var options: [String: String] = [
      "--format": formats.map(\.rawValue).joined(separator: " "),
      "--input-format": inputFormat.rawValue, "--values": values.rawValue,
      "--offsets": offsets.rawValue, "--document-size": "\(documentSize)",
      "--base-iri": baseIRI, "--report-documents": "\(reportDocuments)",
      "--field": field.joined(separator: " "),
      "--no-repair": skippedRepairs.map(\.rawValue).sorted().joined(separator: " "),
    ]
    options["--charset"] = charset
    options["--xml"] = xml
    options["--date"] = date
    options["--max-characters"] = maxCharacters.map { "\($0)" }
    options["--min-margin"] = minMargin.map { "\($0)" }
    options["--max-steps"] = maxSteps.map { "\($0)" }
    return options
  }

  private var settings: ExtractRun.Settings {
    var settings = ExtractRun.Settings()
    settings.jobs = jobs
    settings.offsets = offsets
    settings.collectsValues = values == .all
    settings.skippedRepairs = Set(skippedRepairs)
    settings.verifies = verify
    settings.leastMargin = minMargin
    settings.limits = DocumentLimits(characters: maxCharacters, steps: maxSteps)
    settings.isLineBuffered = lineBuffered
    settings.beginning = resume ? .resume : restart ? .restart : .new
    settings.checkpointBytes = checkpointBytes
    return settings
  }

  // MARK: Running

  func run() throws {
    let knowledge = try KnowledgePath.load(lexicons)
    let plan = try plan(knowledge)
    let showsProgress = !quiet && (progress || (standardErrorIsTerminal && !writesToTerminal))
    let reporter = ExtractReporter(
      isQuiet: quiet,
      progress: showsProgress
        ? ProgressLine(totalBytes: DocumentSource.totalBytes(of: namedInputs)) : nil)
    let stop = StopSwitch()
    Interruption.turnWriteSignalsIntoErrors()
    Interruption.turns(on: stop) {
      reporter.say("is ending; what was begun is finished. A second time ends at once")
    }
    let run = ExtractRun(
      knowledge, icu: icuVersion(), plan: plan, settings: settings, stop: stop)
    let clock = ContinuousClock()
    let start = clock.now
    let ending: ExtractRun.Ending
    let source = try source()
    do {
      ending = try run.run(
        source, inputs: namedInputs, options: decidingOptions, listener: reporter)
    } catch {
      reporter.end()
      warn("\(error)")
      if run.canBeResumed { warn("give --resume to go on behind the last point that was saved") }
      throw Exit.outputFailed
    }
    reporter.end()
    for note in source.notes.summary { reporter.say("left out: \(note)") }
    try report(run, seconds: (clock.now - start) / .seconds(1))
    try end(run, ending)
  }

  /// Whether records are printed between which a line of progress would stand.
  private var writesToTerminal: Bool { output == nil && standardOutputIsTerminal }

  /// Writes the summaries that were asked for.
  private func report(_ run: ExtractRun, seconds: Double) throws {
    let text = SummaryText(run.summary, failures: run.failures, seconds: seconds)
    if summary { writeToStandardError(text.text) }
    guard let summaryFile else { return }
    do {
      let file = try OutputFile(path: summaryFile)
      _ = try file.write(text.json)
      try file.close()
    } catch {
      warn("\(summaryFile): cannot be written: \(error)")
      throw Exit.outputFailed
    }
  }

  /// Says how the run ended, and ends the command where that was not well.
  private func end(_ run: ExtractRun, _ ending: ExtractRun.Ending) throws {
    let summary = run.summary
    switch ending {
    case .closedPipe: throw Exit.closedPipe
    case .stopped:
      warn(
        "interrupted behind \(summary.documents) documents"
          + (run.canBeResumed ? "; give the same command with --resume to go on" : ""))
      throw Exit.interrupted
    case .finished: break
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
