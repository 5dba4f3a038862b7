internal import SystemPackage

/// Where output goes: standard output or a file.
package struct OutputFile {
  private let descriptor: FileDescriptor
  private let isFile: Bool

  /// Standard output for nil, else a new file in place of what was there.
  /// - Throws: the system's error.
  package init(path: String?) throws {
    if let path {
      descriptor = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      isFile = true
    } else {
      descriptor = .standardOutput
      isFile = false
    }
  }

  /// Writes all bytes; false when nobody reads any more.
  package func write(_ bytes: [UInt8]) throws -> Bool {
    do {
      try descriptor.writeAll(bytes)
      return true
    } catch Errno.brokenPipe {
      return false
    }
  }

  /// Closes a file.
  package func close() throws {
    if isFile { try descriptor.close() }
  }
}
