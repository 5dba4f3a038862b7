/// What the tables say of a pair of codes, in eight bytes: its cost as a word, which third codes may
/// follow in words of the path, and where all third codes are.
///
/// Bits 0 to 26: the key (``WordTables/key(cost:length:)``), as the loop that finds the cheapest way takes
/// it. Bits 27 to 34: a filter, one bit for the third codes that are equal modulo 8; most third codes end
/// there. Bits 35 to 63: the base of the third codes.
struct PairCell: BitwiseCopyable, Sendable {
  /// What no pair costs.
  static let never = WordTables.key(cost: WordTables.never, length: 2)
  private var bits: UInt64

  /// A pair that is no word, before third codes.
  init(filter: UInt8, base: Int) {
    bits = UInt64(Self.never) | UInt64(filter) << 27 | UInt64(base) << 35
  }

  /// The cost of the pair.
  @inline(__always)
  var key: UInt32 { UInt32(truncatingIfNeeded: bits & 0x7FF_FFFF) }

  /// The cost as lexicons have it, ``WordTables/noWord`` for a pair that is no word.
  var cost: UInt16 {
    get { key == Self.never ? WordTables.noWord : UInt16(truncatingIfNeeded: key >> 6) }
    set {
      let key =
        newValue == WordTables.noWord
        ? Self.never : WordTables.key(cost: UInt32(newValue), length: 2)
      bits = bits & ~0x7FF_FFFF | UInt64(key)
    }
  }

  /// Whether a third code may follow in a word of the path; 1 or 0.
  @inline(__always)
  func mayGoOn(_ third: UInt16) -> Int {
    Int(truncatingIfNeeded: bits >> UInt64(third & 7 &+ 27) & 1)
  }

  /// The base of the third codes, 0 for none.
  @inline(__always)
  var base: Int { Int(truncatingIfNeeded: bits >> 35) }
}
