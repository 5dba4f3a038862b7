package import SystemPackage

/// Whole files as bytes.
package enum FileReading {
  private static let chunk = 1 << 20

  /// The bytes of a file.
  /// - Throws: the system's error.
  package static func bytes(of path: FilePath) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter { try bytes(of: file) }
  }

  /// The bytes that are left in an open file.
  package static func bytes(of file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += buffer[0..<count]
    }
  }
}
