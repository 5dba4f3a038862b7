internal import SystemPackage

/// Reads the stream of an ``AssembledView`` again, a line at a time, and writes what is made of it.
enum LineStream {
  /// Calls `body` with every line of a file, without its end.
  /// - Throws: the system's error, or what `body` throws.
  static func lines(of path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let file = try FileDescriptor.open(FilePath(path), .readOnly)
    let reader = LineReader(
      ByteStream(FileBytes(file, budget: UnpackingBudget(InputLimits()))), limit: .max)
    while case .bytes(let line)? = try reader.next() { try body(line) }
  }
}

/// A new file that is written in portions.
struct PortionedFile: ~Copyable {
  private static let portion = 1 << 18

  private let descriptor: FileDescriptor
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// An empty file at a path; what stood there is replaced.
  /// - Throws: the system's error.
  init(_ path: String) throws {
    descriptor = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .truncate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  /// Adds bytes.
  /// - Throws: the system's error.
  mutating func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.portion { try flush() }
  }

  /// Writes what is left and closes the file.
  /// - Throws: the system's error.
  consuming func close() throws {
    try flush()
    isOpen = false
    try descriptor.close()
  }

  deinit {
    // Only where writing failed, which was said.
    if isOpen { try? descriptor.close() }
  }

  private mutating func flush() throws {
    try descriptor.writeAll(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
