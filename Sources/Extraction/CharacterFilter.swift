/// Characters by their low bits: a look that nearly always tells that a character is none of some.
struct CharacterFilter: Sendable {
  private var bits = [Bool](repeating: false, count: Self.mask + 1)
  private static let mask = 0x3FF

  mutating func insert(_ character: UInt32) { bits[Int(character) & Self.mask] = true }

  /// Whether a character may be one of them; false where it is none.
  func mayHold(_ character: UInt32) -> Bool { bits[Int(character) & Self.mask] }
}
