extension String {
  /// The string of these scalar values; what is no scalar value becomes U+FFFD.
  package init(scalars: some Sequence<UInt32>) { self.init(scalars: Array(scalars)[...]) }

  /// The string of these scalar values; what is no scalar value becomes U+FFFD.
  package init(scalars: [UInt32]) { self.init(scalars: scalars[...]) }

  /// The string of these scalar values; what is no scalar value becomes U+FFFD.
  ///
  /// A view of scalars would be grown one by one, so the bytes are written to a room of their own: nearly all strings
  /// are names and words, for which there is one on the stack.
  ///
  /// Unsafe: that the bytes are UTF-8 is not looked at again. What makes it sound: ``write(_:to:)`` writes nothing else.
  package init(scalars: ArraySlice<UInt32>) {
    if scalars.count <= ScalarRoom.count {
      var room = ScalarRoom.empty
      var span = room.mutableSpan
      let end = Self.write(scalars, to: &span)
      self = unsafe String(
        copying: UTF8Span(
          unchecked: room.span.extracting(first: end), isKnownASCII: end == scalars.count))
    } else {
      var room = [UInt8](repeating: 0, count: scalars.count * 4)
      var span = room.mutableSpan
      let end = Self.write(scalars, to: &span)
      self = unsafe String(
        copying: UTF8Span(
          unchecked: room.span.extracting(first: end), isKnownASCII: end == scalars.count))
    }
  }

  /// A text with a number behind it: `m3`, `nouns.tsv:12`.
  package init(_ text: String, numbered number: Int) {
    let bytes = text.utf8.span
    guard bytes.count <= 64, number >= 0 else {
      self = text + String(number)
      return
    }
    var room = ScalarRoom.empty
    var all: UInt8 = 0
    for place in bytes.indices {
      room[place] = bytes[place]
      all |= bytes[place]
    }
    var end = bytes.count + 1
    var rest = number
    while rest >= 10 {
      rest /= 10
      end += 1
    }
    rest = number
    for place in (bytes.count..<end).reversed() {
      room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    self = unsafe String(
      copying: UTF8Span(unchecked: room.span.extracting(first: end), isKnownASCII: all < 0x80))
  }

  /// Writes scalar values as UTF-8 to the beginning of a room with four bytes for each, and gives the number of bytes.
  @inline(__always)
  private static func write(_ scalars: ArraySlice<UInt32>, to room: inout MutableSpan<UInt8>) -> Int
  {
    var end = 0
    for scalar in scalars {
      let value = Unicode.Scalar(scalar)?.value ?? NormalizedText.damaged
      switch value {
      case 0..<0x80:
        room[end] = UInt8(truncatingIfNeeded: value)
        end &+= 1
      case 0x80..<0x800:
        room[end] = 0xC0 | UInt8(truncatingIfNeeded: value >> 6)
        room[end &+ 1] = following(value)
        end &+= 2
      case 0x800..<0x1_0000:
        room[end] = 0xE0 | UInt8(truncatingIfNeeded: value >> 12)
        room[end &+ 1] = following(value >> 6)
        room[end &+ 2] = following(value)
        end &+= 3
      default:
        room[end] = 0xF0 | UInt8(truncatingIfNeeded: value >> 18)
        room[end &+ 1] = following(value >> 12)
        room[end &+ 2] = following(value >> 6)
        room[end &+ 3] = following(value)
        end &+= 4
      }
    }
    return end
  }

  /// A byte that is not the first one of its scalar: the low six bits.
  private static func following(_ value: UInt32) -> UInt8 {
    0x80 | UInt8(truncatingIfNeeded: value & 0x3F)
  }
}

/// Room for the bytes of so many scalars, on the stack.
private enum ScalarRoom {
  static let count = 24
  static var empty: InlineArray<96, UInt8> { InlineArray(repeating: 0) }
}
