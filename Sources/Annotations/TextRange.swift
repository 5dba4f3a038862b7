/// A half-open range of characters (Unicode scalars) of a document's *normalised* text.
///
/// Every stage of the pipeline speaks in these; they never leave the library. ``NormalizedText``
/// is the one place that turns them into a ``SourceRange``.
///
///     let range = TextRange(3, 6)
///     range.count            // 3
///     range.contains(range)  // true
public struct TextRange: Hashable, Comparable, Sendable {
  /// The position of the first character.
  public let lower: Int32
  /// The position after the last character.
  public let upper: Int32

  /// The range from `lower` up to, but not including, `upper`; traps when they are reversed.
  public init(_ lower: Int, _ upper: Int) {
    precondition(lower <= upper, "a text range needs lower <= upper")
    self.lower = Int32(truncatingIfNeeded: lower)
    self.upper = Int32(truncatingIfNeeded: upper)
  }

  /// `lower` as an index.
  public var start: Int { Int(lower) }
  /// `upper` as an index.
  public var end: Int { Int(upper) }
  /// The number of characters.
  public var count: Int { Int(upper - lower) }
  /// Whether there is no character in it.
  public var isEmpty: Bool { lower == upper }

  /// Whether `other` lies inside this range; a range contains itself.
  public func contains(_ other: TextRange) -> Bool { lower <= other.lower && other.upper <= upper }
  /// Whether the two share at least one character.
  public func overlaps(_ other: TextRange) -> Bool { lower < other.upper && other.lower < upper }
  /// The smallest range that holds both.
  public func union(_ other: TextRange) -> TextRange {
    TextRange(Swift.min(start, other.start), Swift.max(end, other.end))
  }

  /// Its last characters, at most `length` of them.
  public func suffix(_ length: Int) -> TextRange {
    TextRange(Swift.max(start, end - length), end)
  }

  /// By start, then the longer one first.
  public static func < (left: TextRange, right: TextRange) -> Bool {
    left.lower != right.lower ? left.lower < right.lower : left.upper > right.upper
  }
}

/// A half-open range of characters (Unicode scalars) of a document's text as it came: after
/// decoding, before any normalisation.
public struct SourceRange: Hashable, Sendable {
  /// The position of the first character.
  public let start: Int
  /// The position after the last character.
  public let end: Int

  /// The range from `start` up to, but not including, `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }
}
