internal import Knowledge
internal import SystemPackage

/// Text inputs as they are: the bytes of a file or of standard input.
package enum TextLines {
  /// The bytes of a file, or of standard input for `-`.
  /// - Throws: the system's error.
  package static func bytes(of input: String) throws -> [UInt8] {
    input == "-"
      ? try FileReading.bytes(of: FileDescriptor.standardInput)
      : try FileReading.bytes(of: FilePath(input))
  }
}
