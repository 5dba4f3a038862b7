internal import Annotations
package import Segmentation

/// Lines of UTF-8 → their words, by this engine or by ICU's own iterator.
///
/// One segmenter is used for many lines; its buffers stay.
package struct TextSegmenter {
  /// Which engine cuts.
  package enum Engine: String, CaseIterable, Sendable {
    case guanxi
    case icu
  }

  private var path: WordPath
  private let iterator: ICUBreakIterator?
  private var characters: [UInt32] = []
  private var offsets: [Int] = []
  private var units: [UInt16] = []
  private var firstOfUnit: [Int] = []

  /// A segmenter over a lexicon. The lexicon is not looked at by ICU's engine.
  package init(lexicon: Lexicon, engine: Engine) {
    path = WordPath(lexicon: lexicon)
    iterator = engine == .icu ? ICUBreakIterator(.word) : nil
  }

  /// The words of a line in order; together they are the line.
  package mutating func words(of line: String) -> [String] {
    let bytes = Array(line.utf8)
    var words: [String] = []
    forEachWord(in: bytes[...]) { words.append(String(decoding: bytes[$0], as: UTF8.self)) }
    return words
  }

  /// Calls `body` with the bytes of each word of a line of well-formed UTF-8, in order.
  /// - Complexity: O(count of the line).
  package mutating func forEachWord(in line: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
    decode(line)
    guard let iterator else {
      let offsets = offsets
      path.forEachWord(in: characters, range: TextRange(0, characters.count)) { word, _ in
        body(offsets[word.start]..<offsets[word.end])
      }
      return
    }
    encodeUTF16()
    var start = 0
    iterator.forEachBorder(in: units) { end in
      body(offsets[firstOfUnit[start]]..<offsets[firstOfUnit[end]])
      start = end
    }
  }

  /// Appends the line's words with one space between them. White space of the line stays as it is and
  /// parts words by itself, so that the line can be had back.
  package mutating func append(_ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var afterSpace = true
    forEachWord(in: line) { word in
      let isSpace = Self.isSpace(line[word])
      if !afterSpace, !isSpace { output.append(0x20) }
      output += line[word]
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

  private mutating func decode(_ line: ArraySlice<UInt8>) {
    characters.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var index = line.startIndex
    while index < line.endIndex {
      let lead = UInt32(line[index])
      offsets.append(index)
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      guard index + length <= line.endIndex else {
        characters.append(0xFFFD)
        index += 1
        continue
      }
      switch length {
      case 1: characters.append(lead)
      case 2: characters.append((lead & 0x1F) << 6 | UInt32(line[index + 1] & 0x3F))
      case 3:
        characters.append(
          (lead & 0x0F) << 12 | UInt32(line[index + 1] & 0x3F) << 6
            | UInt32(line[index + 2] & 0x3F))
      default:
        characters.append(
          (lead & 0x07) << 18 | UInt32(line[index + 1] & 0x3F) << 12
            | UInt32(line[index + 2] & 0x3F) << 6 | UInt32(line[index + 3] & 0x3F))
      }
      index += length
    }
    offsets.append(line.endIndex)
  }

  private mutating func encodeUTF16() {
    units.removeAll(keepingCapacity: true)
    firstOfUnit.removeAll(keepingCapacity: true)
    for (index, character) in characters.enumerated() {
      firstOfUnit.append(index)
      if character < 0x10000 {
        units.append(UInt16(character))
      } else {
        units.append(UInt16(0xD7C0 + character >> 10))
        units.append(UInt16(0xDC00 + character & 0x3FF))
        firstOfUnit.append(index)
      }
    }
    firstOfUnit.append(characters.count)
  }
}
