internal import Annotations
internal import Rules

/// Finds what a quantity counts or measures: the nouns behind it, or else what stands before it.
enum CountedNoun {
  /// Tags of words that may be part of a counted noun phrase.
  private static let nominal: Set<String> = ["N", "NR", "A", "NH", "NT", "NV", "B"]
  /// Tags that may be its last word.
  private static let heads: Set<String> = ["N", "NR", "NH", "NT", "NV"]

  /// The counted noun's range, nil where the text does not say.
  static func find(of quantity: Quantity, in phrases: SentencePhrases) -> TextRange? {
    behind(quantity, phrases) ?? directlyBefore(quantity, phrases)
      ?? measured(quantity, phrases)
  }

  /// 14个培养基地, 3.5亿元救灾资金.
  private static func behind(
    _ quantity: Quantity, _ phrases: SentencePhrases
  ) -> TextRange? {
    var index = phrases.firstToken(from: quantity.range.end)
    guard index < phrases.tokens.count, phrases.tokens[index].range.start == quantity.range.end
    else { return nil }
    if quantity.kind == .percent, phrases.tag(phrases.tokens[index]) != "U" { return nil }
    if phrases.tag(phrases.tokens[index]) == "U" { index += 1 }
    let start = index
    var end = index
    var last: Int?
    while end < phrases.tokens.count {
      let tag = phrases.tag(phrases.tokens[end])
      guard nominal.contains(tag) || (tag == "U" && end > start && last == end - 1) else { break }
      if heads.contains(tag) { last = end }
      end += 1
    }
    guard let last else { return nil }
    return TextRange(phrases.tokens[start].range.start, phrases.tokens[last].range.end)
  }

  /// 河道650多公里, 进境展品276票.
  private static func directlyBefore(
    _ quantity: Quantity, _ phrases: SentencePhrases
  ) -> TextRange? {
    let next = phrases.firstToken(from: quantity.range.start)
    var first: Int?
    var index = next - 1
    while index >= 0 {
      let tag = phrases.tag(phrases.tokens[index])
      guard nominal.contains(tag) || (tag == "U" && first == index + 1) else { break }
      first = index
      index -= 1
    }
    guard let first, heads.contains(phrases.tag(phrases.tokens[next - 1])) else { return nil }
    return TextRange(phrases.tokens[first].range.start, phrases.tokens[next - 1].range.end)
  }

  /// The subject of the clause before the quantity: 总量达18086.48万户.
  private static func measured(
    _ quantity: Quantity, _ phrases: SentencePhrases
  ) -> TextRange? {
    let before = phrases.frames.last {
      $0.range.end <= quantity.range.start && phrases.category($0) == "TOPIC"
    }
    return before.map { $0.range("subject") ?? $0.range }
  }
}
