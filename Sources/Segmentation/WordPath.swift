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

  /// What the ways through the text cost that was cut last.
  package var costs: WayCosts { buffers.costs }
}

/// What the ways through a text cost that a ``WordPath`` cut.
package struct WayCosts: Sendable {
  /// For each position of the range, what the cheapest way to it costs; `outside` inside a unit.
  fileprivate var before: [Int32] = []
  /// For each position, what the whole way costs more than the cheapest way from there on.
  fileprivate var saved: [Int32] = []
  /// For each position of the range, whether a word of the path begins or ends there.
  fileprivate var borders: [Bool] = []
  fileprivate var start = 0
  private static let outside = Int32.max / 4

  /// Takes over another range; nothing is known of it.
  fileprivate mutating func reset(to range: TextRange) {
    start = range.start
    Self.fill(&before, with: Self.outside, count: range.count + 1)
    Self.fill(&saved, with: Self.outside, count: range.count + 1)
    Self.fill(&borders, with: false, count: range.count + 1)
    borders[0] = true
  }

  private static func fill<Element>(
    _ array: inout [Element], with element: Element, count: Int
  ) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(element, count: count))
  }

  /// Puts down the costs of the ways through a chunk: `before` is that of the way to it, `behind` are those from each
  /// of its units on.
  fileprivate mutating func note(
    _ cutter: borrowing WordCutter, behind: [Int32], before cost: Int32
  ) {
    let units = 0...cutter.chunkCount
    Self.set(&before, units, cutter, start) {
      cost + Int32(truncatingIfNeeded: cutter.cost(of: 0..<$0))
    }
    let whole = cost + behind[0]
    Self.set(&saved, units, cutter, start) { whole - behind[$0] }
  }

  /// Sets what a table has for the positions of units.
  @inline(__always)
  private static func set(
    _ table: inout [Int32], _ units: ClosedRange<Int>, _ cutter: borrowing WordCutter,
    _ start: Int, _ value: (Int) -> Int32
  ) {
    var table = table.mutableSpan
    for unit in units { table[cutter.buffers.offset(unit) - start] = value(unit) }
  }

  /// Whether a word of the path begins or ends at a position.
  package func isBorder(_ position: Int) -> Bool { borders[position - start] }

  /// What a word over `range` may cost without making the way dearer: the difference between the cheapest way
  /// and the cheapest one on which this word costs nothing. Nil where it would begin or end inside of a unit.
  /// - Complexity: O(1).
  package func worth(of range: TextRange) -> Int? {
    let (first, last) = (before[range.start - start], saved[range.end - start])
    return first == Self.outside || last == Self.outside ? nil : Int(last - first)
  }
}

/// The buffers of a ``WordPath``, and all that it does: one access of the path is one access of them.
private struct WordPathBuffers: ~Copyable {
  private var cutter: WordCutter
  private(set) var costs = WayCosts()
  private var behind: [Int32] = []

  init(lexicon: Lexicon) { cutter = WordCutter(lexicon.tables) }

  /// Calls `body` with each word of `range` and its cost, in order.
  /// - Complexity: O(count of the range × length of the longest word).
  mutating func forEachWord(
    in text: [UInt32], range: TextRange, _ body: (_ word: TextRange, _ cost: Int) -> Void
  ) {
    costs.reset(to: range)
    withScalarSource(text, end: range.end) { source in
      var start = range.start
      var before: Int32 = 0
      while start < range.end {
        let next = cutter.cutChunk(source, from: start)
        cutter.findCostsBehind(into: &behind)
        costs.note(cutter, behind: behind, before: before)
        before += behind[0]
        let count = cutter.findWords()
        for word in 0..<count {
          let units = cutter.units(ofWord: word, of: count)
          let end = cutter.buffers.offset(units.upperBound)
          costs.borders[end - range.start] = true
          body(
            TextRange(cutter.buffers.offset(units.lowerBound), end), cutter.cost(of: units))
        }
        start = next
      }
    }
  }
}
