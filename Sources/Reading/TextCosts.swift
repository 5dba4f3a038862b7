internal import Annotations
internal import Characters

/// What text costs, character by character: −10 · ln of its probability, as the words of the lexicon have it.
///
/// It weighs readings of the same bytes against each other, so it need not be exact: Han characters cost what the
/// cheapest words cost that they make up, signs what they are worth in news, and all else is rare.
struct TextCosts {
  /// What a word costs that is `text` from `start` on; nil where it is none.
  typealias WordCost = @Sendable (_ text: [UInt32], _ start: Int) -> Int?

  /// What a character that stays unknown costs: as much as a rare word.
  static let unknown = 140
  /// What a Han character costs that is no word.
  static let rare = 255
  /// What any other character costs.
  private static let other = 160
  /// What a character costs more that is not the usual traditional form of its simplified one.
  private static let variant = 100
  private static let letter = 45
  /// The longest word that is asked for.
  static let longestWord = 6

  /// Signs of traditional print: ， 。 、 「 」 “ ” 《 》 （ ） ： ； ！ ？ — … · 『 』, and the ASCII forms of some.
  private static let signs: [UInt32: Int] = [
    0x2C: 29, 0x3002: 34, 0x3001: 38, 0x300C: 46, 0x300D: 46, 0x201C: 46, 0x201D: 46,
    0x300A: 58, 0x300B: 58, 0x28: 60, 0x29: 60, 0x3A: 56, 0x3B: 60, 0x21: 80, 0x3F: 80,
    0x2014: 62, 0x2026: 80, 0xB7: 66, 0x300E: 90, 0x300F: 90, 0x25: 60, 0x2E: 70, 0x2D: 80,
    0x2F: 90, 0x20: 60,
  ]

  let folding: CharacterFolding
  private let wordCost: WordCost
  /// The usual traditional forms, by their simplified ones; empty where script says nothing.
  private let usualForms: [UInt32: UInt32]

  /// The costs of traditional text, or of any. Those of traditional text take about 50 ms the first time.
  init(folding: CharacterFolding, isTraditional: Bool, wordCost: @escaping WordCost) {
    self.folding = folding
    self.wordCost = wordCost
    usualForms = isTraditional ? Self.traditionalForms : [:]
  }

  /// The traditional forms that ICU gives simplified characters.
  private static let traditionalForms: [UInt32: UInt32] = {
    let han = [UInt32](0x4E00...0x9FFF)
    let separated = han.flatMap { [$0, 0x0A] as [UInt32] }
    guard
      let forms = try? Transliterator("Hans-Hant").transform(
        String(scalars: separated), growth: 1
      ).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    else { return [:] }
    var usual: [UInt32: UInt32] = [:]
    for (character, form) in zip(han, forms) where form.count == 1 {
      if let only = form.first?.value { usual[character] = only }
    }
    return usual
  }()

  /// The character as words are looked up.
  func folded(_ character: UInt32) -> UInt32 { folding.simplified(character) }

  static func isHan(_ character: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(character) || (0x3400...0x4DBF).contains(character)
      || character == 0x3007
  }

  /// What a folded character costs by itself.
  func cost(ofFolded character: UInt32) -> Int {
    if character == replacementCharacter { return Self.unknown }
    if Self.isHan(character) { return min(Self.rare, wordCost([character], 0) ?? Self.rare) }
    if let sign = Self.signs[character] { return sign }
    switch character {
    case 0x30...0x39: return 30
    case 0x41...0x5A, 0x61...0x7A: return Self.letter
    default: return Self.other
    }
  }

  /// What the word costs that is `text` from `start` on; nil where it is none.
  func cost(ofWord text: [UInt32], from start: Int) -> Int? { wordCost(text, start) }

  /// What a character costs besides because of its form: what is neither usual in traditional script nor has a common
  /// simplified form costs more, as do full-width letters.
  func penalty(of character: UInt32) -> Int {
    let folded = folded(character)
    if folded != character, folded < 0x80 { return Self.signs[folded] == nil ? Self.variant : 0 }
    guard let usual = usualForms[folded] else { return 0 }
    let isCommon = GBKTable.shared?.isCommon(folded) ?? true
    return usual == character && isCommon ? 0 : Self.variant
  }

  /// Whether a lost character may have been this one: those that no word has are too many.
  func isUsual(_ character: UInt32) -> Bool {
    let folded = folded(character)
    return Self.isHan(folded)
      ? wordCost([folded], 0) != nil && cost(ofFolded: folded) < Self.rare
      : Self.signs[folded] != nil && folded >= 0x20
  }

  /// What a text costs.
  /// - Complexity: O(count · length of the longest word).
  func cost(of text: some Sequence<UInt32>) -> Int {
    var characters: [UInt32] = []
    var costs = [0]
    for character in text {
      characters.append(folded(character))
      var best = costs[costs.count - 1] + cost(ofFolded: characters[characters.count - 1])
      var length = 2
      while length <= min(Self.longestWord, characters.count) {
        let start = characters.count - length
        if let word = wordCost(Array(characters[start...]), 0) {
          best = min(best, costs[start] + word)
        }
        length += 1
      }
      costs.append(best)
    }
    return costs[costs.count - 1]
  }
}
