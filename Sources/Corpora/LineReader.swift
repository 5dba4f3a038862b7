/// The lines of a stream. A line is given as soon as its end is there.
final class LineReader {
  /// A line without its end, or how long one was that is longer than may be held.
  enum Line {
    case bytes(ArraySlice<UInt8>)
    case tooLong(Int)
  }

  private let stream: ByteStream
  private let limit: Int
  private var portion: ArraySlice<UInt8> = []
  /// The number of lines that were given.
  private(set) var number = 0

  /// Lines of at most `limit` bytes.
  init(_ stream: ByteStream, limit: Int) {
    self.stream = stream
    self.limit = limit
  }

  /// The next line, nil at the end.
  func next() throws -> Line? {
    var carried: [UInt8] = []
    var dropped = 0
    while true {
      if portion.isEmpty {
        guard let read = try stream.next() else {
          if carried.isEmpty, dropped == 0 { return nil }
          return line(carried[...], dropped)
        }
        portion = read
      }
      let end = portion.firstIndex(of: 0x0A)
      let part = portion[..<(end ?? portion.endIndex)]
      portion = end.map { portion[($0 + 1)...] } ?? []
      if end != nil, carried.isEmpty, dropped == 0 { return line(part, 0) }
      if dropped > 0 || carried.count + part.count > limit {
        dropped += carried.count + part.count
        carried = []
      } else {
        carried += part
      }
      if end != nil { return line(carried[...], dropped) }
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>, _ dropped: Int) -> Line {
    number += 1
    if dropped > 0 || bytes.count > limit { return .tooLong(max(dropped, bytes.count)) }
    return .bytes(
      number == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes)
  }
}
