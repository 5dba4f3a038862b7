/// The text that the stages read: the source with widths, script, readings and spaces put in one
/// form, and for each character where it came from.
///
/// Normalisation is a *view*: the source is kept as it is, and every range of this text maps back
/// to a range of the source.
///
///     let text: NormalizedText = …       // of "和平區(qū)共建立14 個基地"
///     text.string(TextRange(0, 3))       // "和平区"
///     text.source(TextRange(0, 3))       // 0..<7: the inserted reading belongs to its character
///
/// Invariant: `starts` and `ends` do not decrease, and `starts[i] < ends[i] <= starts[i + 1]`; but what was restored
/// from bytes shares characters of the source, where one of them held bytes of two.
public struct NormalizedText: Sendable {
  /// A character that cannot be read any more, U+FFFD: sentences end there, so that nothing matches across it.
  package static let damaged: UInt32 = 0xFFFD

  /// The normalised characters.
  public let characters: [UInt32]
  /// For each character, where its source begins.
  public let starts: [UInt32]
  /// For each character, where its source ends: an inserted reading is part of its character.
  public let ends: [UInt32]
  /// The source's characters.
  public let source: [UInt32]

  /// A text and its origins; traps when the three arrays differ in length.
  public init(characters: [UInt32], starts: [UInt32], ends: [UInt32], source: [UInt32]) {
    precondition(
      characters.count == starts.count && starts.count == ends.count,
      "a normalised text needs one origin a character")
    self.characters = characters
    self.starts = starts
    self.ends = ends
    self.source = source
  }

  /// The number of characters.
  public var count: Int { characters.count }

  /// The character at `index`.
  public subscript(index: Int) -> UInt32 { characters[index] }

  /// Where `range` came from. An empty range maps to an empty one before its character.
  public func source(_ range: TextRange) -> SourceRange {
    guard !range.isEmpty else {
      let at = range.start < starts.count ? Int(starts[range.start]) : source.count
      return SourceRange(at, at)
    }
    return SourceRange(Int(starts[range.start]), Int(ends[range.end - 1]))
  }

  /// The normalised characters of `range`.
  /// - Complexity: O(count of the range).
  public func string(_ range: TextRange) -> String {
    String(scalars: characters[range.start..<range.end])
  }

  /// The source's own characters of `range`.
  /// - Complexity: O(count of the range).
  public func sourceString(_ range: SourceRange) -> String {
    String(scalars: source[range.start..<range.end])
  }
}
