/// Where bytes come from, a portion at a time.
protocol ByteSource: AnyObject {
  /// The next bytes, as many as are there at once; nil at the end. A portion is never empty.
  func read() throws -> ArraySlice<UInt8>?
}

/// Bytes that come in portions and can be looked at before they are taken.
///
///     let stream = ByteStream(FileBytes(file))
///     let kind = ContentKind(head: try stream.peek(512))
///     while let portion = try stream.next() { … }
final class ByteStream {
  private let source: any ByteSource
  /// What was read and not taken.
  private var ahead: ArraySlice<UInt8> = []
  private var isAtEnd = false
  /// How many bytes were taken.
  private(set) var position = 0

  init(_ source: any ByteSource) { self.source = source }

  /// A stream over bytes in memory.
  convenience init(bytes: [UInt8]) { self.init(MemoryBytes(bytes)) }

  /// The next bytes without taking them: at least `count`, fewer only where the end is nearer.
  func peek(_ count: Int) throws -> ArraySlice<UInt8> {
    while ahead.count < count, try fetch() {}
    return ahead
  }

  /// Reads one more portion behind what `peek` shows; false at the end.
  func fetch() throws -> Bool {
    guard !isAtEnd else { return false }
    guard let portion = try source.read() else {
      isAtEnd = true
      return false
    }
    if ahead.isEmpty { ahead = portion } else { ahead = ArraySlice(Array(ahead) + portion) }
    return true
  }

  /// Takes the next portion; nil at the end.
  func next() throws -> ArraySlice<UInt8>? {
    if ahead.isEmpty, try !fetch() { return nil }
    defer { ahead = [] }
    position += ahead.count
    return ahead
  }

  /// Takes exactly `count` bytes, fewer only at the end.
  func take(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, let portion = try next() {
      let missing = count - bytes.count
      bytes += portion.prefix(missing)
      putBack(portion.dropFirst(missing))
    }
    return bytes
  }

  /// Puts bytes back that were taken last.
  func putBack(_ bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty { return }
    position -= bytes.count
    ahead = ahead.isEmpty ? bytes : ArraySlice(Array(bytes) + ahead)
  }

  /// Takes all that is left.
  /// - Throws: `TooLong` where it is more than `limit` bytes.
  func all(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let portion = try next() {
      bytes += portion
      if bytes.count > limit { throw TooLong(limit: limit) }
    }
    return bytes
  }
}

/// More bytes than may be held in memory for one document.
struct TooLong: Error, CustomStringConvertible {
  let limit: Int
  var description: String {
    "it is longer than \(limit / 1_048_576) MiB, the most that is held in memory for one document; "
      + "split it, or export it as plain text or JSON Lines"
  }
}

/// Bytes in memory as a source.
final class MemoryBytes: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func read() -> ArraySlice<UInt8>? {
    defer { rest = [] }
    return rest.isEmpty ? nil : rest
  }
}
