/// Codes of segments of more than one character that stand in lexicon entries: `New` and `York` of
/// *New York*. An open-addressed hash of the codes of their characters.
struct TokenCodes: Sendable {
  /// For each slot: a code, or 0.
  private let slots: Table<UInt16>
  /// For each slot its ``Key``.
  private let keys: Table<UInt64>
  /// For each slot, where the codes of its characters begin; behind them stands 0.
  private let offsets: Table<UInt32>
  private let characters: Table<UInt16>
  /// The length of the longest in characters, at most ``limit``; 0 when there are none.
  let longest: Int
  /// The longest segment that can have a code.
  static let limit = 32

  /// The codes of a segment's characters as one number: up to four side by side, more of them mixed.
  struct Key {
    private(set) var value: UInt64 = 0
    private(set) var count = 0

    /// Adds the code of the next character.
    @inline(__always)
    mutating func add(_ code: UInt16) {
      if count >= Self.exact { value = value &* 0x9E37_79B9_7F4A_7C15 ^ value >> 29 }
      value = value << 16 ^ UInt64(code) ^ value >> 48
      count &+= 1
    }

    /// So many codes have a number of their own.
    static let exact = 4
    /// Where the search for it begins, before it is cut to the number of slots.
    var hash: Int { Int(truncatingIfNeeded: value &* 0x9E37_79B9_7F4A_7C15 >> 32) }
  }

  /// The tables as they were built by ``tables(of:)``.
  init(
    slots: Table<UInt16>, keys: Table<UInt64>, offsets: Table<UInt32>, characters: Table<UInt16>,
    longest: Int
  ) {
    self.slots = slots
    self.keys = keys
    self.offsets = offsets
    self.characters = characters
    self.longest = longest
  }

  /// The code of a segment; `character` gives the codes of its characters, which are in the key.
  @inline(__always)
  func code(_ key: Key, _ character: (Int) -> UInt16) -> UInt16 {
    guard key.count <= longest else { return 0 }
    let mask = slots.count - 1
    var slot = key.hash & mask
    while slots[slot] != 0 {
      if keys[slot] == key.value, holds(key.count, at: Int(offsets[slot]), character) {
        return slots[slot]
      }
      slot = (slot + 1) & mask
    }
    return 0
  }

  @inline(__always)
  private func holds(_ count: Int, at start: Int, _ character: (Int) -> UInt16) -> Bool {
    characters[start + count] == 0
      && (count <= Key.exact || (0..<count).allSatisfy { characters[start + $0] == character($0) })
  }

  /// The tables of segments with these codes.
  static func tables(
    of tokens: [(characters: [UInt16], code: UInt16)]
  ) -> (
    slots: [UInt16], keys: [UInt64], offsets: [UInt32], characters: [UInt16], longest: Int
  ) {
    var size = 8
    while size < tokens.count * 4 { size *= 2 }
    var slots = [UInt16](repeating: 0, count: size)
    var keys = [UInt64](repeating: 0, count: size)
    var offsets = [UInt32](repeating: 0, count: size)
    var all: [UInt16] = []
    for token in tokens {
      var key = Key()
      for code in token.characters { key.add(code) }
      var slot = key.hash & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = token.code
      keys[slot] = key.value
      offsets[slot] = UInt32(all.count)
      all += token.characters + [0]
    }
    let longest = tokens.map(\.characters.count).max() ?? 0
    all += [UInt16](repeating: 0, count: longest + 1)
    return (slots, keys, offsets, all, longest)
  }

  /// Whether all codes and offsets stay inside, and a free slot ends every search.
  func isSound(codes: UInt16) -> Bool {
    slots.count > 0 && slots.count & (slots.count - 1) == 0 && offsets.count == slots.count
      && keys.count == slots.count && slots.allSatisfy { $0 < codes }
      && !slots.allSatisfy { $0 != 0 }
      && offsets.allSatisfy { Int($0) + longest < characters.count }
  }
}
