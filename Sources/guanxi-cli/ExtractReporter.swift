import Corpora
import Synchronization

/// Prints what a run has to say: failures, remarks, and on a terminal how far it is.
final class ExtractReporter: ExtractRun.Listener, Sendable {
  private struct State {
    var remarks = RemarkPrinter()
    var progress: ProgressLine?
  }

  private let state: Mutex<State>
  private let isQuiet: Bool

  /// A reporter that prints failures only where it is quiet; `progress` is the line to show, if any.
  init(isQuiet: Bool, progress: ProgressLine?) {
    self.isQuiet = isQuiet
    state = Mutex(State(progress: progress))
  }

  func resumes(after summary: RunSummary) {
    state.withLock { $0.progress?.resumes() }
    if !isQuiet { say("goes on behind \(summary.documents) documents") }
  }

  func failed(_ failure: InputFailure) { say("\(failure)") }

  func remarked(_ remark: ExtractRun.Remark) {
    if isQuiet { return }
    state.withLock {
      guard let text = $0.remarks.text(of: remark) else { return }
      $0.progress?.clear()
      warn(text)
    }
  }

  func found(fault: String) { say("verify: \(fault)") }

  func wrote(_ summary: RunSummary, bytesRead: Int) {
    state.withLock { $0.progress?.update(summary, bytesRead: bytesRead) }
  }

  /// Prints a line; the progress stands below it.
  func say(_ text: String) {
    state.withLock {
      $0.progress?.clear()
      warn(text)
    }
  }

  /// Takes the progress away and says how many remarks were not printed.
  func end() {
    state.withLock {
      $0.progress?.clear()
      $0.progress = nil
      if !isQuiet { for text in $0.remarks.rest { warn(text) } }
    }
  }
}
