/// The characters of GBK by their two bytes, as ICU's converter has them, both ways.
struct GBKTable: Sendable {
  /// The first byte of a pair.
  static let leads: ClosedRange<UInt8> = 0x81...0xFE
  /// The second byte of a pair; 7F is none.
  static let trails: ClosedRange<UInt8> = 0x40...0xFE

  /// For each first and second byte the character, 0 where there is none.
  private let characters: [UInt32]
  private let pairs: [UInt32: (UInt8, UInt8)]
  /// For each byte the first bytes with which it makes no character.
  private var unpaired: [[UInt8]]

  /// The table, made when it is first asked for (about 5 ms); nil where ICU has no converter for GBK.
  static let shared = try? GBKTable()

  private init() throws {
    // Each pair on a line of its own, so that one that is none spoils no other.
    var bytes: [UInt8] = []
    for lead in Self.leads {
      for trail in Self.trails {
        bytes.append(lead)
        bytes.append(trail)
        bytes.append(0x0A)
      }
    }
    var text: [UInt8] = []
    _ = try CharsetConverter("GBK").convert(bytes[...], isLast: true, to: &text)
    var characters: [UInt32] = []
    var pairs: [UInt32: (UInt8, UInt8)] = [:]
    let count = Self.leads.count * Self.trails.count
    characters.reserveCapacity(count)
    pairs.reserveCapacity(count)
    var scalars = String(decoding: text, as: UTF8.self).unicodeScalars.makeIterator()
    for lead in Self.leads {
      for trail in Self.trails {
        // The only character of a line.
        var only: UInt32 = 0
        var length = 0
        while let scalar = scalars.next(), scalar != "\n" {
          only = scalar.value
          length += 1
        }
        guard length == 1, only != 0xFFFD, only >= 0x80 else {
          characters.append(0)
          continue
        }
        pairs[only] = (lead, trail)
        // The characters for private use are none that a text has, unless it was read wrong.
        characters.append((0xE000...0xF8FF).contains(only) ? 0 : only)
      }
    }
    self.characters = characters
    self.pairs = pairs
    unpaired = []
    unpaired = (0...0xFF).map { first in
      first < 0x80 ? [] : Self.leads.filter { character(UInt8(first), $0) == nil }
    }
  }

  /// The character of two bytes, nil where there is none.
  func character(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard Self.leads.contains(lead), Self.trails.contains(trail) else { return nil }
    let place =
      Int(lead - Self.leads.lowerBound) * Self.trails.count
      + Int(trail - Self.trails.lowerBound)
    return characters[place] == 0 ? nil : characters[place]
  }

  /// The two bytes of a character, nil where GBK has none.
  func bytes(of character: UInt32) -> (UInt8, UInt8)? { pairs[character] }

  /// The first bytes of characters that make none as the second byte of a pair.
  func leads(ofNoneWith first: UInt8) -> [UInt8] { unpaired[Int(first)] }

  /// Whether a character is of GB 2312, which has all that are common in simplified script.
  func isCommon(_ character: UInt32) -> Bool {
    bytes(of: character).map { (0xA1...0xF7).contains($0.0) && $0.1 >= 0xA1 } ?? false
  }
}
