/// The characters of a lexicon as small numbers, the ones in most words first, so that the trie's
/// table stays dense. Letters get one code in both cases; a character in no word has code 0.
struct CharacterCodes: Sendable {
  private let basic: [UInt16]
  private let supplementary: [UInt32: UInt16]
  /// One more than the largest code.
  let count: Int

  /// Numbers the characters by how many words hold them.
  init(frequencies: [UInt32: Int]) {
    var folded: [UInt32: Int] = [:]
    for (character, count) in frequencies { folded[Self.foldCase(character), default: 0] += count }
    let ranked = folded.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    var basic = [UInt16](repeating: 0, count: 0x10000)
    var supplementary: [UInt32: UInt16] = [:]
    for (rank, entry) in ranked.prefix(Int(UInt16.max) - 1).enumerated() {
      let code = UInt16(rank + 1)
      if entry.key < 0x10000 {
        basic[Int(entry.key)] = code
      } else {
        supplementary[entry.key] = code
      }
    }
    for upper in UInt32(0x41)...0x5A { basic[Int(upper)] = basic[Int(upper + 0x20)] }
    self.basic = basic
    self.supplementary = supplementary
    count = min(ranked.count, Int(UInt16.max) - 1) + 1
  }

  /// The code of a character, 0 when no word holds it.
  subscript(character: UInt32) -> UInt16 {
    character < 0x10000 ? basic[Int(character)] : supplementary[character] ?? 0
  }

  /// The character in the case that stands for both.
  static func foldCase(_ character: UInt32) -> UInt32 {
    (0x41...0x5A).contains(character) ? character + 0x20 : character
  }
}
