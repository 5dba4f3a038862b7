package import Annotations

/// The cheapest way to cut a text into words.
///
/// Runs of Han, Hiragana and Katakana follow ICU's CjkBreakEngine exactly: least sum of costs,
/// starts taken in order and only a strictly cheaper way replaces one, so that ties keep the
/// longest last word; a character that is no word by itself costs 255; a run of Katakana may be
/// one word at a cost by its length. Everything else is cut by kind: a run of letters, a number, a
/// run of spaces, any other character by itself.
///
/// One path is reused for many texts; its buffers stay.
package struct WordPath: Sendable {
  private static let longestKatakanaWord = 20
  /// ICU's cost of a Katakana word by its length (`dictbe.cpp`).
  private static let katakanaCosts = [8192, 984, 408, 240, 204, 252, 300, 372, 480]

  private let lexicon: Lexicon
  private var cutter = UncheckedWordCutter()
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
    var start = range.start
    while start < range.end {
      let kind = CharacterKind(text[start])
      var end = start + 1
      switch kind {
      case .han, .hiragana, .katakana:
        while end < range.end, CharacterKind(text[end]).isDictionaryScript { end += 1 }
        cut(text, from: start, to: end, body)
        start = end
        continue
      case .letter, .digit: end = Self.alphanumericEnd(text, from: start, to: range.end)
      case .space: while end < range.end, CharacterKind(text[end]) == .space { end += 1 }
      case .newline, .other: break
      }
      body(TextRange(start, end), Self.plainCost)
      start = end
    }
  }

  /// Letters and digits belong together; a separator belongs to them between two digits
  /// (1,100 and 3.5), an apostrophe between two letters.
  private static func alphanumericEnd(_ text: [UInt32], from start: Int, to limit: Int) -> Int {
    var end = start + 1
    while end < limit {
      let kind = CharacterKind(text[end])
      if kind == .letter || kind == .digit {
        end += 1
        continue
      }
      guard end + 1 < limit else { break }
      let left = CharacterKind(text[end - 1])
      let right = CharacterKind(text[end + 1])
      let number = text[end] == 0x2E || text[end] == 0x2C || text[end] == 0xFF0C
      let joins =
        number
        ? left == .digit && right == .digit
        : (text[end] == 0x27 || text[end] == 0x2019) && left == .letter && right == .letter
      guard joins else { break }
      end += 2
    }
    return end
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

  /// The runs of Katakana that may be one word, as ICU has it.
  private mutating func findKatakana(_ text: [UInt32], from start: Int, count: Int) {
    katakana.removeAll(keepingCapacity: true)
    var position = 0
    while position < count {
      guard CharacterKind(text[start + position]) == .katakana else {
        position += 1
        continue
      }
      var end = position + 1
      while end < count, CharacterKind(text[start + end]) == .katakana { end += 1 }
      let length = end - position
      if length < Self.longestKatakanaWord {
        let cost = length < Self.katakanaCosts.count ? Self.katakanaCosts[length] : 8192
        katakana.append((start: position, end: end, cost: cost))
      }
      position = end
    }
  }
}
