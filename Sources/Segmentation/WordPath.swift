package import Annotations

/// The words of the cheapest path through a text of scalars, for the pipeline; ``Segmenter`` is the
/// same for bytes.
///
/// Runs of Han, Hiragana and Katakana follow ICU's CjkBreakEngine exactly: least sum of costs,
/// starts taken in order and only a strictly cheaper way replaces one, so that ties keep the
/// longest last word; a character that is no word by itself costs 255; a run of Katakana may be
/// one word at a cost by its length. Everything else is cut by ICU's word rules (``BreakRules``), and
/// what these leave to other dictionaries by ICU itself: without a lexicon over it, the words are
/// ICU's on any text.
///
/// One path is reused for many texts; its buffers stay. Belongs to one thread at a time.
package final class WordPath {
  private var buffers: WordPathBuffers

  /// A path finder over a lexicon.
  package init(lexicon: Lexicon) { buffers = WordPathBuffers(lexicon: lexicon) }

  /// Calls `body` with each word of `range` and its cost, in order; it must not ask this path.
  /// - Complexity: O(count of the range × length of the longest word).
  package func forEachWord(
    in text: [UInt32], range: TextRange, _ body: (_ word: TextRange, _ cost: Int) -> Void
  ) {
    buffers.forEachWord(in: text, range: range, body)
  }

  /// Whether a word of the path begins or ends at a position of the text that was cut last.
  package func isBorder(_ position: Int) -> Bool { buffers.isBorder(position) }

  /// What a word over `range` may cost without making the way dearer: the difference between the cheapest way
  /// and the cheapest one on which this word costs nothing. Nil where it would begin or end inside of a unit.
  /// For the text that was cut last.
  /// - Complexity: O(1).
  package func worth(of range: TextRange) -> Int? { buffers.worth(of: range) }
}

/// The buffers of a ``WordPath``, and all that it does: one access of the path is one access of them.
private struct WordPathBuffers: ~Copyable {
  private var cutter: WordCutter
  /// For each position of the range, what the cheapest way to it costs; `outside` inside a unit.
  private var costsBefore: [Int32] = []
  /// For each position, what the whole way costs more than the cheapest way from there on.
  private var costsSaved: [Int32] = []
  private var behind: [Int32] = []
  /// For each position of the range, whether a word of the path begins or ends there.
  private var borders: [Bool] = []
  private var start = 0
  private static let outside = Int32.max / 4

  init(lexicon: Lexicon) { cutter = WordCutter(lexicon.tables) }

  /// Calls `body` with each word of `range` and its cost, in order.
  /// - Complexity: O(count of the range × length of the longest word).
  mutating func forEachWord(
    in text: [UInt32], range: TextRange, _ body: (_ word: TextRange, _ cost: Int) -> Void
  ) {
    self.start = range.start
    Self.fill(&costsBefore, with: Self.outside, count: range.count + 1)
    Self.fill(&costsSaved, with: Self.outside, count: range.count + 1)
    Self.fill(&borders, with: false, count: range.count + 1)
    borders[0] = true
    withScalarSource(text, end: range.end) { source in
      var start = range.start
      var before: Int32 = 0
      while start < range.end {
        let next = cutter.cutChunk(source, from: start)
        noteCosts(before: before)
        before += behind[0]
        let count = cutter.findWords()
        for word in 0..<count {
          let units = cutter.units(ofWord: word, of: count)
          let end = cutter.buffers.offset(units.upperBound)
          borders[end - range.start] = true
          body(
            TextRange(cutter.buffers.offset(units.lowerBound), end), cutter.cost(of: units))
        }
        start = next
      }
    }
  }

  private static func fill<Element>(
    _ array: inout [Element], with element: Element, count: Int
  ) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(element, count: count))
  }

  /// Puts down the costs of the ways through the chunk, `before` being that of the way to it.
  private mutating func noteCosts(before: Int32) {
    cutter.findCostsBehind(into: &behind)
    let whole = behind[0]
    for unit in 0...cutter.chunkCount {
      let place = cutter.buffers.offset(unit) - start
      costsBefore[place] = before + Int32(truncatingIfNeeded: cutter.cost(of: 0..<unit))
      costsSaved[place] = before + whole - behind[unit]
    }
  }

  /// Whether a word of the path begins or ends at a position of the text that was cut last.
  func isBorder(_ position: Int) -> Bool { borders[position - start] }

  /// What a word over `range` may cost without making the way dearer: the difference between the cheapest way
  /// and the cheapest one on which this word costs nothing. Nil where it would begin or end inside of a unit.
  /// For the text that was cut last.
  /// - Complexity: O(1).
  func worth(of range: TextRange) -> Int? {
    let (first, last) = (costsBefore[range.start - start], costsSaved[range.end - start])
    return first == Self.outside || last == Self.outside ? nil : Int(last - first)
  }
}
