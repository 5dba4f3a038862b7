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
  private var cutter: WordCutter

  /// A path finder over a lexicon.
  package init(lexicon: Lexicon) { cutter = WordCutter(lexicon.tables) }

  /// Calls `body` with each word of `range` and its cost, in order.
  /// - Complexity: O(count of the range × length of the longest word).
  package func forEachWord(
    in text: [UInt32], range: TextRange, _ body: (_ word: TextRange, _ cost: Int) -> Void
  ) {
    withScalarSource(text, end: range.end) { source in
      var start = range.start
      while start < range.end {
        let next = cutter.cutChunk(source, from: start)
        let count = cutter.findWords()
        for word in 0..<count {
          let units = cutter.units(ofWord: word, of: count)
          body(
            TextRange(
              cutter.buffers.offset(units.lowerBound), cutter.buffers.offset(units.upperBound)),
            cutter.cost(of: units))
        }
        start = next
      }
    }
  }
}
