/// Codes of segments of more than one character that stand in lexicon entries: `New` and `York` of
/// *New York*. An open-addressed hash of the codes of their characters.
struct TokenCodes: Sendable {
  /// For each slot: a code, or 0.
  private let slots: Table<UInt16>
  /// For each slot, where the codes of its characters begin; behind them stands 0.
  private let offsets: Table<UInt32>
  private let characters: Table<UInt16>
  /// The length of the longest in characters, at most ``limit``; 0 when there are none.
  let longest: Int
  /// The longest segment that can have a code.
  static let limit = 32

  /// The tables as they were built by ``tables(of:)``.
  init(
    slots: Table<UInt16>, offsets: Table<UInt32>, characters: Table<UInt16>, longest: Int
  ) {
    self.slots = slots
    self.offsets = offsets
    self.characters = characters
    self.longest = longest
  }

  /// The code of the segment whose characters have the codes that `character` gives; 0 when there is none.
  func code(count: Int, _ character: (Int) -> UInt16) -> UInt16 {
    guard count <= longest else { return 0 }
    var slot = Self.hash(count: count, character) & (slots.count - 1)
    while slots[slot] != 0 {
      let start = Int(offsets[slot])
      if (0..<count).allSatisfy({ characters[start + $0] == character($0) }),
        characters[start + count] == 0
      {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0
  }

  /// FNV-1a.
  private static func hash(count: Int, _ character: (Int) -> UInt16) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<count { hash = (hash ^ UInt64(character(index))) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash >> 20)
  }

  /// The tables of segments with these codes.
  static func tables(
    of tokens: [(characters: [UInt16], code: UInt16)]
  ) -> (slots: [UInt16], offsets: [UInt32], characters: [UInt16], longest: Int) {
    var size = 8
    while size < tokens.count * 2 { size *= 2 }
    var slots = [UInt16](repeating: 0, count: size)
    var offsets = [UInt32](repeating: 0, count: size)
    var all: [UInt16] = []
    for token in tokens {
      var slot = hash(count: token.characters.count) { token.characters[$0] } & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = token.code
      offsets[slot] = UInt32(all.count)
      all += token.characters + [0]
    }
    let longest = tokens.map(\.characters.count).max() ?? 0
    all += [UInt16](repeating: 0, count: longest + 1)
    return (slots, offsets, all, longest)
  }

  /// Whether all codes and offsets stay inside, and a free slot ends every search.
  func isSound(codes: UInt16) -> Bool {
    slots.count > 0 && slots.count & (slots.count - 1) == 0 && offsets.count == slots.count
      && slots.allSatisfy { $0 < codes } && !slots.allSatisfy { $0 != 0 }
      && offsets.allSatisfy { Int($0) + longest < characters.count }
  }
}
