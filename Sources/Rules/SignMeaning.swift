/// What a sign of ``SentenceSpans`` means to a stage: what its edges mean together.
struct SignMeaning {
  /// The letter, as far as the sign says it.
  let letter: Int32
  /// What the edges exclude that begin here.
  let exclusion: Int32
  /// Whether something is asked of the features of an edge that is no word, which have to be looked up.
  let isOpen: Bool

  init(letter: Int32, exclusion: Int32, isOpen: Bool) {
    self.letter = letter
    self.exclusion = exclusion
    self.isOpen = isOpen
  }

  /// What stands for a sign that is not yet known.
  static let unknown = UInt32.max

  /// The meaning in 32 bits: 20 for the letter, 11 for the exclusion; unknown where there is no room for it.
  var packed: UInt32 {
    letter < 0xF_FFFF && exclusion < 0x7FF
      ? UInt32(letter) << 12 | UInt32(exclusion) << 1 | (isOpen ? 1 : 0) : Self.unknown
  }

  @inline(__always)
  init(packed: UInt32) {
    letter = Int32(packed >> 12)
    exclusion = Int32(packed >> 1 & 0x7FF)
    isOpen = packed & 1 == 1
  }
}
