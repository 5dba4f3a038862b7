import Annotations
import ArgumentParser
import Characters
import Corpora
import Extraction
import FoundationEssentials
import Reading

/// `guanxi bench`.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the stages on a corpus of your own, on one thread.",
    discussion: """
      All documents are held in memory; give some megabytes. Each stage is run by itself and its best \
      time is kept. The counts have to be the same in every run on the same text and knowledge.
      """)

  @Argument(help: "Files and folders; - is standard input.")
  var inputs: [String]

  @Option(help: "How to read the inputs.")
  var inputFormat: InputFormat = .auto

  @Option(
    help: "The folder of the knowledge, or the file that \"lexicon compile\" made of it.")
  var lexicons: String?

  @Option(help: "How many times each stage is run.")
  var rounds = 3

  @Flag(help: "Only read the documents, and count them; none is kept.")
  var reading = false

  func validate() throws {
    if rounds < 1 { throw ValidationError("--rounds \(rounds) is too small; expected 1 or more") }
  }

  func run() async throws {
    if reading { return try read() }
    let clock = ContinuousClock()
    let start = clock.now
    let knowledge = try KnowledgePath.load(lexicons)
    let loading = clock.now - start
    var documents: [Document] = []
    var failures = 0
    for item in DocumentSource(inputs: inputs, options: InputOptions(format: inputFormat)) {
      switch item {
      case .success(let document): documents.append(document)
      case .failure(let failure):
        failures += 1
        warn("\(failure)")
      }
    }
    var benchmark = StageBenchmark(knowledge: knowledge, documents: documents, rounds: rounds)
    let bytes = benchmark.bytes
    print("knowledge loaded in \(milliseconds(loading)) ms")
    print("\(documents.count) documents, \(bytes) bytes")
    for figure in benchmark.run(icu: icuVersion()) { show(figure, bytes) }
    let cores = FoundationEssentials.ProcessInfo.processInfo.activeProcessorCount
    if cores > 1 { show(await benchmark.onThreads(cores), bytes) }
    print("records hash \(String(benchmark.hash, radix: 16))")
    if let memory = peakMemory() { print("at most \(memory) MB of memory, documents included") }
    if failures > 0 { throw Exit.someInputsFailed }
  }

  /// Reads all documents and says how fast, and how much memory it took.
  private func read() throws {
    let clock = ContinuousClock()
    let start = clock.now
    var documents = 0
    var bytes = 0
    var failures = 0
    for item in DocumentSource(inputs: inputs, options: InputOptions(format: inputFormat)) {
      switch item {
      case .success(let document):
        documents += 1
        bytes += document.text.utf8.count
      case .failure(let failure):
        failures += failure.count
        warn("\(failure)")
      }
    }
    let figure = StageBenchmark.Figure(
      stage: "reading", time: clock.now - start, counted: "documents", count: documents)
    show(figure, bytes)
    print("\(bytes) bytes of text, \(failures) failures")
    if let memory = peakMemory() { print("at most \(memory) MB of memory") }
    if failures > 0 { throw Exit.someInputsFailed }
  }

  private func show(_ figure: StageBenchmark.Figure, _ bytes: Int) {
    let seconds = Double(milliseconds(figure.time)) / 1000
    let rate = seconds > 0 ? Double(bytes) / 1_000_000 / seconds : 0
    print(
      column(figure.stage, 26) + column("\(milliseconds(figure.time)) ms", 12)
        + column("\(Double(Int(rate * 100)) / 100) MB/s", 16)
        + "\(figure.count) \(figure.counted)")
  }

  /// The most memory that was resident, in megabytes, as Linux tells it.
  private func peakMemory() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes / 1000
  }

  private func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }

  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
