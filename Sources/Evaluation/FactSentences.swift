internal import Annotations
internal import Segmentation

/// In which sentence of its text a fact of the gold stands. The gold does not say; it is the first sentence that
/// has the most of the fact's characters.
struct FactSentences {
  private let text: [UInt32]
  private let sentences: [SourceRange]

  /// The sentences of a text.
  init(_ text: String) {
    let scalars = text.unicodeScalars.map(\.value)
    let places = (0..<UInt32(scalars.count))
    var splitter = SentenceSplitter()
    self.text = scalars
    sentences = splitter.split(
      NormalizedText(
        characters: scalars, starts: Array(places), ends: places.map { $0 + 1 }, source: scalars)
    ).map { SourceRange($0.start, $0.end) }
  }

  /// The sentence of a fact; nil where no sentence has any of its roles.
  /// - Complexity: O(characters of the text × roles).
  func sentence(of fact: GoldDocument.Fact) -> SourceRange? {
    var best: (sentence: SourceRange, count: Int)?
    for sentence in sentences {
      let inside = Array(text[sentence.start..<sentence.end])
      let count = [fact.subject, fact.relation, fact.object].compactMap(\.self).reduce(0) {
        GoldDocument.span(of: $1, occurrence: 1, in: inside) == nil
          ? $0 : $0 + $1.unicodeScalars.count
      }
      if count > best?.count ?? 0 { best = (sentence, count) }
    }
    return best?.sentence
  }
}

extension SourceRange {
  func overlaps(_ other: SourceRange) -> Bool { start < other.end && other.start < end }
}
