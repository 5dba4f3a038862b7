import Corpora
import Glibc

/// Where the handler tells of a signal; a handler may do hardly more than write to a pipe (signal-safety(7)).
nonisolated(unsafe) private var pipeEnd: CInt = -1

/// Signals of the system, as a run of some hours wants them.
enum Interruption {
  /// What would end the process without a word is an error of the write that caused it instead: a closed pipe, and
  /// a file beyond the size that is allowed.
  static func turnWriteSignalsIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Turns a switch on at the first SIGINT or SIGTERM, after `first` was done. The second one kills.
  static func turns(on stop: StopSwitch, first: @escaping @Sendable () -> Void) {
    var ends: [CInt] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return }
    unsafe pipeEnd = ends[1]
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in
      var byte: UInt8 = 0
      _ = unsafe write(pipeEnd, &byte, 1)
    }
    action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
    unsafe sigaction(SIGINT, &action, nil)
    unsafe sigaction(SIGTERM, &action, nil)
    let end = ends[0]
    stop.waits {
      // Who starts the command may have blocked them, and a thread inherits that.
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe sigaddset(&signals, SIGINT)
      unsafe sigaddset(&signals, SIGTERM)
      unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      var byte: UInt8 = 0
      guard unsafe read(end, &byte, 1) == 1 else { return false }
      first()
      return true
    }
  }
}
