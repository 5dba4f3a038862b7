/// A set of characters of the basic plane as bits, small enough to stay in the cache.
struct CharacterSet: Sendable {
  /// No numeral lies beyond the unified ideographs.
  private static let count = 0xA000
  private var bits = [UInt64](repeating: 0, count: count / 64)

  /// The characters for which `isMember` holds.
  init(where isMember: (UInt32) -> Bool) {
    for character in UInt32(0)..<UInt32(Self.count) where isMember(character) {
      bits[Int(character >> 6)] |= 1 << UInt64(character & 63)
    }
  }

  @inline(__always)
  func contains(_ character: UInt32) -> Bool {
    character < UInt32(Self.count)
      && bits[Int(character >> 6)] >> UInt64(character & 63) & 1 == 1
  }
}
