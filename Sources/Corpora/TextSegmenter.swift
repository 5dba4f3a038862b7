package import Segmentation

/// UTF-8 → its words, by this engine or by ICU's own iterator.
///
/// One segmenter is used for many texts; its buffers stay.
package struct TextSegmenter: ~Copyable {
  /// Which engine cuts.
  package enum Engine: String, CaseIterable, Sendable {
    case guanxi
    case icu
  }

  private var session: SegmentationSession
  private let iterator: ICUBreakIterator?
  private var units: [UInt16] = []
  private var offsets: [Int] = []

  /// A segmenter. Its words are not looked at by ICU's engine.
  package init(_ segmenter: Segmenter, engine: Engine) {
    session = SegmentationSession(segmenter)
    iterator = engine == .icu ? ICUBreakIterator(.word) : nil
  }

  /// The words of a text in order; together they are the text.
  package mutating func words(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    var words: [String] = []
    forEachWord(in: bytes.span) { words.append(String(decoding: bytes[$0], as: UTF8.self)) }
    return words
  }

  /// Calls `body` with the bytes of each word of well-formed UTF-8, in order.
  /// - Complexity: O(count of the text).
  package mutating func forEachWord(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    guard let iterator else {
      for index in 0..<session.segment(text) { body(session[index].range) }
      return
    }
    encodeUTF16(text)
    var start = 0
    iterator.forEachBorder(in: units) { end in
      body(offsets[start]..<offsets[end])
      start = end
    }
  }

  /// The number of words of well-formed UTF-8.
  package mutating func count(in text: Span<UInt8>) -> Int {
    guard iterator != nil else { return session.segment(text) }
    var count = 0
    forEachWord(in: text) { _ in count += 1 }
    return count
  }

  /// Appends a text's words with one space between them. White space of the text stays as it is and
  /// parts words by itself, so that the text can be had back.
  package mutating func append(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var afterSpace = true
    let first = text.startIndex
    forEachWord(in: text.span) { word in
      let word = text[(first + word.lowerBound)..<(first + word.upperBound)]
      let isSpace = Self.isSpace(word)
      if !afterSpace, !isSpace { output.append(0x20) }
      output += word
      afterSpace = isSpace
    }
  }

  /// Whether a word is white space: no word of both has any.
  private static func isSpace(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return true }
    if first < 0x80 { return first == 0x20 || (0x09...0x0D).contains(first) }
    guard first == 0xC2 || first == 0xE1 || first == 0xE2 || first == 0xE3 else { return false }
    return String(decoding: word, as: UTF8.self).unicodeScalars
      .allSatisfy { $0.properties.isWhitespace }
  }

  /// The units of UTF-16, and for each where its character begins in the bytes.
  private mutating func encodeUTF16(_ text: Span<UInt8>) {
    units.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    let bytes = (0..<text.count).map { text[$0] }
    var offset = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        units.append(unit)
        offsets.append(offset)
      }
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
  }
}
