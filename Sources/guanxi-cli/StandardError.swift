import Glibc
import SystemPackage

/// Prints a line to standard error.
func warn(_ message: String) { writeToStandardError("guanxi: \(message)\n") }

/// Writes to standard error as it is.
func writeToStandardError(_ text: String) {
  // A closed standard error leaves nobody to tell.
  _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
}

/// Whether standard output is a terminal.
var standardOutputIsTerminal: Bool { isatty(1) == 1 }

/// Whether standard error is a terminal.
var standardErrorIsTerminal: Bool { isatty(2) == 1 }
