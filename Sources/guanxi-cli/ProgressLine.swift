import Corpora

/// One line on a terminal that says how far a run is, written over again and again.
struct ProgressLine {
  private static let interval = Duration.milliseconds(200)
  /// Back to the start of the line, and everything behind is erased (ECMA-48).
  private static let erase = "\r\u{1B}[K"

  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let totalBytes: Int?
  /// What was read before this run began to write: nothing, or what the one wrote that it resumes; nil until that is
  /// known.
  private var firstBytes: (read: Int, text: Int)? = (0, 0)
  private var shown: ContinuousClock.Instant
  private var isShown = false

  /// A line for a run whose inputs have so many bytes, where that is known.
  init(totalBytes: Int?) {
    self.totalBytes = totalBytes
    start = clock.now
    shown = start
  }

  /// The run goes on with another one; what is shown of its speed begins with it.
  mutating func resumes() { firstBytes = nil }

  /// Shows how far the run is, if the last time is long enough ago.
  mutating func update(_ summary: RunSummary, bytesRead: Int) {
    let first = firstBytes ?? (bytesRead, summary.bytes)
    firstBytes = first
    let now = clock.now
    guard now - shown >= Self.interval else { return }
    shown = now
    isShown = true
    let seconds = Double((now - start).components.seconds) + Self.fraction(now - start)
    let rate = Double(summary.bytes - first.text) / 1e6 / seconds
    var parts = [
      "\(summary.documents) documents",
      "\(FigureText.decimal(Double(summary.bytes) / 1e6, places: 1)) MB of text",
      "\(FigureText.decimal(rate, places: 2)) MB/s",
    ]
    if let totalBytes, totalBytes > 0, bytesRead > first.read {
      let share = min(1, Double(bytesRead) / Double(totalBytes))
      let left = Double(totalBytes - bytesRead) / Double(bytesRead - first.read) * seconds
      parts.append("\(Int(share * 100)) %")
      parts.append("\(Self.time(max(0, left))) left")
    }
    if summary.failures > 0 { parts.append("\(summary.failures) not read") }
    writeToStandardError(Self.erase + parts.joined(separator: ", "))
  }

  /// Takes the line away, so that something else can be printed.
  mutating func clear() {
    guard isShown else { return }
    isShown = false
    writeToStandardError(Self.erase)
  }

  private static func fraction(_ duration: Duration) -> Double {
    Double(duration.components.attoseconds) / 1e18
  }

  /// Hours, minutes and seconds.
  private static func time(_ seconds: Double) -> String {
    let all = Int(seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return all >= 3600
      ? "\(all / 3600):\(two(all / 60 % 60)):\(two(all % 60))" : "\(all / 60):\(two(all % 60))"
  }
}
