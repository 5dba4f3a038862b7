/// Cuts texts into words, one after another, with buffers that stay: after the first few texts
/// nothing is allocated. Belongs to one thread at a time.
///
///     var session = SegmentationSession(segmenter)
///     let count = session.segment(bytes)
///     session[0].range     // offsets of bytes
public struct SegmentationSession: ~Copyable {
  private var cutter: WordCutter
  private var buffer = TokenBuffer()
  private var matches = MatchBuffer()

  /// A session of a segmenter.
  public init(_ segmenter: Segmenter) { cutter = WordCutter(segmenter.tables) }

  /// Cuts UTF-8, well-formed or not, and gives the number of tokens; they are
  /// ``subscript(_:)`` until the next call. Every byte is in one token. A malformed sequence counts as U+FFFD.
  ///
  /// With `identifying`, each token knows its ``Token/word``, which takes a few nanoseconds a token.
  /// Traps for 4 GB and more.
  /// - Complexity: O(count of the text), whatever the text.
  @discardableResult
  public mutating func segment(_ text: Span<UInt8>, identifying: Bool = false) -> Int {
    precondition(text.count <= Int(UInt32.max), "a text has less than 4 GB; give it in parts")
    buffer.clear()
    withUTF8Source(text) { source in
      var start = 0
      while start < source.end {
        start = cutter.cutChunk(source, from: start)
        buffer.take(&cutter, identifying: identifying)
      }
    }
    return buffer.count
  }

  /// Cuts well-formed UTF-8.
  @discardableResult
  public mutating func segment(_ text: UTF8Span, identifying: Bool = false) -> Int {
    segment(text.span, identifying: identifying)
  }

  /// Cuts a string; ranges are those of its `utf8` view.
  @discardableResult
  public mutating func segment(_ text: String, identifying: Bool = false) -> Int {
    var text = text
    text.makeContiguousUTF8()
    return segment(text.utf8Span.span, identifying: identifying)
  }

  /// The number of tokens of the last text.
  public var count: Int { buffer.count }

  /// A token of the last text; traps when there is none of that number.
  public subscript(index: Int) -> Token {
    let word = buffer.word(index)
    return Token(range: buffer.range(index), word: word >= 0 ? word : nil)
  }

  /// Finds every word of the tables that stands anywhere in a text, overlapping as they may, and gives
  /// their number: the edges of the word graph, by start and length. They are ``match(_:)`` until the
  /// next call. Runs of other scripts count as units, as they do for ``segment(_:identifying:)``.
  /// - Complexity: O(count of the text × length of the longest word that is there).
  public mutating func findMatches(in text: Span<UInt8>) -> Int {
    precondition(text.count <= Int(UInt32.max), "a text has less than 4 GB; give it in parts")
    matches.clear()
    withUTF8Source(text) { source in
      var start = 0
      while start < source.end {
        start = cutter.decodeChunk(source, from: start)
        cutter.takeMatches(into: &matches)
      }
    }
    return matches.count
  }

  /// A match of the last text that ``findMatches(in:)`` was given; traps when there is none of that number.
  public func match(_ index: Int) -> (range: Range<Int>, word: Segmenter.WordID) { matches[index] }
}

/// A token of a text.
public struct Token: Hashable, Sendable {
  /// Where it stands, in bytes of UTF-8.
  public let range: Range<Int>
  /// The word it is; nil when no dictionary has it, or when tokens were not identified.
  public let word: Segmenter.WordID?
}
