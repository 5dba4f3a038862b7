package import Annotations

/// The senses of words by their numbers in ``Lexicon/senses``, for those who look at many: a slice of the table costs more
/// than what is in it.
extension Lexicon {
  /// The numbers of the senses of the word that is exactly the characters of a range; none where it is no word.
  package func senseNumbers(in text: [UInt32], _ range: TextRange) -> Range<Int> {
    var found = 0..<0
    forEachWord(in: text, at: range.start, limit: range.end) { end, word in
      if end == range.end { found = tables.entries(ofWord: word) }
    }
    return found
  }

  /// The numbers of a word's senses.
  package func senseNumbers(ofWord word: Int) -> Range<Int> { tables.entries(ofWord: word) }
}
