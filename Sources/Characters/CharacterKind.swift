/// What a character is to segmentation; a rough cut of Unicode's scripts and categories by block,
/// fast enough to ask for every character: other modules compile what it does into their loops.
@usableFromInline
package enum CharacterKind: UInt8, Sendable {
  case han
  case hiragana
  case katakana
  case letter
  case digit
  case space
  case newline
  case other

  /// The kind of a scalar value.
  @inlinable
  @inline(__always)
  package init(_ scalar: UInt32) {
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005, 0x3007, 0x3021...0x3029, 0xF900...0xFAFF,
      0x2_0000...0x3_FFFF:
      self = .han
    case 0x30...0x39: self = .digit
    case 0x41...0x5A, 0x61...0x7A: self = .letter
    case 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: self = .newline
    case 0x20, 0x09, 0xA0, 0x3000, 0x2000...0x200A: self = .space
    case 0x3041...0x3096, 0x309D...0x309F: self = .hiragana
    case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
    case 0xFF10...0xFF19: self = .digit
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xC0...0x24F, 0x370...0x52F, 0x531...0x587,
      0x5D0...0x5EA, 0x620...0x64A, 0xAC00...0xD7A3:
      self = .letter
    default: self = .other
    }
  }

  /// By their numbers; written out, so that other modules compare two bytes and call nothing.
  @inlinable
  @inline(__always)
  package static func == (left: CharacterKind, right: CharacterKind) -> Bool {
    left.rawValue == right.rawValue
  }

  /// Whether ICU's dictionary decides the words of a run of such characters.
  @inline(__always)
  package var isDictionaryScript: Bool { self == .han || self == .hiragana || self == .katakana }
}
