package import Annotations

/// The cheapest way to cut a text into words.
///
/// Runs of Han, Hiragana and Katakana follow ICU's CjkBreakEngine exactly: least sum of costs,
/// starts taken in order and only a strictly cheaper way replaces one, so that ties keep the
/// longest last word; a character that is no word by itself costs 255; a run of Katakana may be
/// one word at a cost by its length. Everything else is cut by ICU's word rules (``BreakRules``), and
/// what these leave to other dictionaries by ICU itself: without a lexicon over it, the words are
/// ICU's on any text.
///
/// One path is reused for many texts; its buffers stay.
package struct WordPath {
  private static let longestKatakanaWord = 20
  /// ICU's cost of a Katakana word by its length (`dictbe.cpp`).
  private static let katakanaCosts = [8192, 984, 408, 240, 204, 252, 300, 372, 480]

  private let lexicon: Lexicon
  private var cutter = UncheckedWordCutter()
  private var lookAheads: [Int] = []
  private var iterator: ICUBreakIterator?
  private var katakana: [(start: Int, end: Int, cost: Int)] = []

  /// A path finder over a lexicon.
  package init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// What a word costs that no dictionary knows: a number, a run of letters, a sign.
  static let plainCost = 60

  /// Calls `body` with each word of `range` and its cost, in order.
  /// - Complexity: O(count of the range × length of the longest word).
  package mutating func forEachWord(
    in text: [UInt32], range: TextRange, _ body: (_ word: TextRange, _ cost: Int) -> Void
  ) {
    guard let rules = lexicon.rules else {
      askICU(text, from: range.start, to: range.end, body)
      return
    }
    var start = range.start
    while start < range.end {
      let (end, content) = rules.segment(
        text, from: start, limit: range.end, lookAheads: &lookAheads)
      switch content {
      case .word: body(TextRange(start, end), Self.plainCost)
      case .dictionary: cut(text, from: start, to: end, body)
      case .foreign: askICU(text, from: start, to: end, body)
      }
      start = end
    }
  }

  /// The words that ICU's own iterator finds.
  private mutating func askICU(
    _ text: [UInt32], from start: Int, to end: Int, _ body: (TextRange, Int) -> Void
  ) {
    if iterator == nil { iterator = ICUBreakIterator(.word) }
    var units: [UInt16] = []
    var characters: [Int] = []
    for index in start..<end {
      characters.append(index)
      if text[index] < 0x10000 {
        units.append(UInt16(text[index]))
      } else {
        units.append(UInt16(0xD7C0 + text[index] >> 10))
        units.append(UInt16(0xDC00 + text[index] & 0x3FF))
        characters.append(index)
      }
    }
    characters.append(end)
    var from = start
    iterator?.forEachBorder(in: units) { border in
      body(TextRange(from, characters[border]), Self.plainCost)
      from = characters[border]
    }
    if from < end { body(TextRange(from, end), Self.plainCost) }
  }

  private mutating func cut(
    _ text: [UInt32], from start: Int, to end: Int, _ body: (TextRange, Int) -> Void
  ) {
    let count = end - start
    cutter.prepare(count: count)
    for index in 0..<count { cutter.set(index, lexicon.codes[text[start + index]]) }
    findKatakana(text, from: start, count: count)
    cutter.cut(lexicon.trie, count: count, extra: katakana)
    var from = 0
    for to in cutter.ends.reversed() {
      body(
        TextRange(start + from, start + to), cutter.cost(upTo: to) - cutter.cost(upTo: from))
      from = to
    }
  }

  /// What `dictbe.cpp` counts as Katakana: without the small letters of Ainu.
  private static func isKatakana(_ scalar: UInt32) -> Bool {
    (0x30A1...0x30FE).contains(scalar) && scalar != 0x30FB
  }

  /// The runs of Katakana that may be one word, as ICU has it.
  private mutating func findKatakana(_ text: [UInt32], from start: Int, count: Int) {
    katakana.removeAll(keepingCapacity: true)
    var position = 0
    while position < count {
      guard Self.isKatakana(text[start + position]) else {
        position += 1
        continue
      }
      var end = position + 1
      while end < count, Self.isKatakana(text[start + end]) { end += 1 }
      let length = end - position
      if length < Self.longestKatakanaWord {
        let cost = length < Self.katakanaCosts.count ? Self.katakanaCosts[length] : 8192
        katakana.append((start: position, end: end, cost: cost))
      }
      position = end
    }
  }
}
