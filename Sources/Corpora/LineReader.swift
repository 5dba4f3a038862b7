internal import Knowledge
internal import SystemPackage

/// The lines of an open file, read in portions. It owns the file and closes it when it goes.
final class LineReader {
  private static let portion = 1 << 18

  private let file: FileDescriptor
  private var buffer: [UInt8] = []
  private var start = 0
  /// Up to where the buffer is known to hold no line end.
  private var searched = 0
  private var isAtEnd = false
  /// The number of lines that were given.
  private(set) var number = 0
  /// How many bytes of the file were read.
  private(set) var bytesRead = 0

  init(_ file: FileDescriptor) { self.file = file }

  deinit {
    // Nothing was written to it, so closing has nothing to say.
    if file != .standardInput { try? file.close() }
  }

  /// The first bytes of the file, without taking them.
  func peek() throws -> ArraySlice<UInt8> {
    if buffer.isEmpty { try fill() }
    return buffer.prefix(4096)
  }

  /// All that is left.
  func rest() throws -> [UInt8] {
    let more = isAtEnd ? [] : try FileReading.bytes(of: file)
    bytesRead += more.count
    return Array(buffer[start...]) + more
  }

  /// The next line without its end, nil at the end of the file.
  func next() throws -> ArraySlice<UInt8>? {
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer[start..<end]
        start = end + 1
        searched = start
        number += 1
        return number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
      }
      searched = buffer.count
      if isAtEnd {
        guard start < buffer.count else {
          return nil
        }
        let line = buffer[start...]
        start = buffer.count
        number += 1
        return line
      }
      buffer.removeSubrange(0..<start)
      searched -= start
      start = 0
      try fill()
    }
  }

  private func fill() throws {
    let old = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.portion))
    let count = try unsafe buffer.withUnsafeMutableBytes { bytes in
      try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[old...]))
    }
    buffer.removeSubrange((old + count)...)
    bytesRead += count
    if count == 0 { isAtEnd = true }
  }
}
