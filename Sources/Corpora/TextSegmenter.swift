internal import Annotations
internal import Reading
package import Segmentation

/// Lines of text → words, by this engine or by ICU's own iterator.
package struct TextSegmenter {
  /// Which engine cuts.
  package enum Engine: String, CaseIterable, Sendable {
    case guanxi
    case icu
  }

  private var path: WordPath
  private let iterator: ICUBreakIterator?

  /// A segmenter over a lexicon. The lexicon is not looked at by ICU's engine.
  package init(lexicon: Lexicon, engine: Engine) {
    path = WordPath(lexicon: lexicon)
    iterator = engine == .icu ? ICUBreakIterator(.word) : nil
  }

  /// The words of a line in order; together they are the line.
  /// - Complexity: O(count of the line).
  package mutating func words(of line: String) -> [String] {
    var words: [String] = []
    if let iterator {
      let units = Array(line.utf16)
      var start = 0
      iterator.forEachBorder(in: units) { end in
        words.append(String(decoding: units[start..<end], as: UTF16.self))
        start = end
      }
      return words
    }
    let characters = line.unicodeScalars.map(\.value)
    path.forEachWord(in: characters, range: TextRange(0, characters.count)) { range, _ in
      words.append(String(scalars: characters[range.start..<range.end]))
    }
    return words
  }

  /// The words with one space between them. White space of the line stays as it is and parts words
  /// by itself, so that the line can be had back.
  package static func line(of words: [String]) -> String {
    var line = ""
    var afterSpace = true
    for word in words {
      let isSpace = word.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
      if !afterSpace, !isSpace { line += " " }
      line += word
      afterSpace = isSpace
    }
    return line
  }
}
