import Glibc
import SystemPackage

/// Prints a line to standard error.
func warn(_ message: String) {
  // A closed standard error leaves nobody to tell.
  _ = try? FileDescriptor.standardError.writeAll(Array("guanxi: \(message)\n".utf8))
}

/// Whether standard output is a terminal.
var standardOutputIsTerminal: Bool { isatty(1) == 1 }
