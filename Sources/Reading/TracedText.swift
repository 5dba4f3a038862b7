internal import Annotations

/// A text on its way through the repairs: characters, each with its place in the source.
///
/// A repair makes a new text of an old one, so that any number of them can follow each other: what it keeps keeps its
/// place, and what it makes of a range of the old text has the place of that range.
struct TracedText: Sendable {
  /// The characters as they are read so far.
  private(set) var characters: [UInt32] = []
  /// For each character, where its source begins.
  private(set) var starts: [UInt32] = []
  /// For each character, where its source ends.
  private(set) var ends: [UInt32] = []
  /// What was read differently so far.
  private(set) var repairs: [Repair] = []

  /// A text in which nothing has been read.
  init() {}

  /// A source as it is.
  init(_ source: [UInt32]) {
    characters = source
    starts = source.indices.map { UInt32($0) }
    ends = source.indices.map { UInt32($0 + 1) }
  }

  /// An empty text that will hold about as much as `other`, with the repairs of `other`.
  init(after other: TracedText) {
    repairs = other.repairs
    characters.reserveCapacity(other.characters.count)
    starts.reserveCapacity(other.characters.count)
    ends.reserveCapacity(other.characters.count)
  }

  /// Appends a range of another text as it is.
  mutating func append(_ range: Range<Int>, of other: TracedText) {
    characters += other.characters[range]
    starts += other.starts[range]
    ends += other.ends[range]
  }

  /// Appends a character that stands for a range of another text.
  mutating func append(_ character: UInt32, for range: Range<Int>, of other: TracedText) {
    characters.append(character)
    starts.append(other.starts[range.lowerBound])
    ends.append(other.ends[range.upperBound - 1])
  }

  /// Appends what a range of another text is read as, and lists it: its characters share the place of the range.
  mutating func append(
    _ read: [UInt32], for range: Range<Int>, of other: TracedText, kind: RepairKind
  ) {
    for character in read { append(character, for: range, of: other) }
    list(range, of: other, kind: kind, read: read)
  }

  /// Lists that a range of another text is read as some characters.
  mutating func list(
    _ range: Range<Int>, of other: TracedText, kind: RepairKind, read: [UInt32]
  ) {
    repairs.append(
      Repair(
        range: SourceRange(
          Int(other.starts[range.lowerBound]), Int(other.ends[range.upperBound - 1])),
        kind: kind, read: String(scalars: read)))
  }

  /// The last character also stands for what another text has up to `end`, as for an inserted reading.
  mutating func extendLast(to end: Int, of other: TracedText) {
    guard let last = ends.indices.last else { return }
    ends[last] = other.ends[end - 1]
  }
}
