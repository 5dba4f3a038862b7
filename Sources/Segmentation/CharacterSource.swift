/// Text that can be cut: bytes of UTF-8, or scalars of a normalised text.
///
/// Offsets are the source's own: bytes, or characters.
protocol CharacterSource {
  /// The offset behind the last character.
  var end: Int { get }

  /// The scalar value at an offset before the end, and the offset behind it. What is malformed is
  /// U+FFFD, one for each maximal part of a sequence, as the Unicode Standard recommends.
  func character(at offset: Int) -> (scalar: UInt32, next: Int)

  /// Whether a Katakana character ends at `offset`.
  func isAfterKatakana(_ offset: Int) -> Bool

  /// Takes characters with a code in `table` from `offset` on until one has none, the text ends, or
  /// `buffers` hold `limit` units.
  func takeRun(
    _ table: Table<UInt16>, at offset: inout Int, into buffers: inout UnitBuffers, limit: Int)
}
