internal import Annotations
internal import Characters

/// A quotation whose speaker is named behind it: “…。”王强说.
struct AttributedQuotation {
  /// The quotation with its marks.
  let words: TextRange
  let speaker: TextRange
  /// Whether a comma before it may be that of somebody else who speaks (李明说，“…。”王强说).
  private let isBehindComma: Bool
  /// How many characters back a quotation is looked for, so that marks without a partner cost no more.
  private static let reach = 4000

  /// The quotation that ends right before who speaks, with or without a comma; nil where there is none in the paragraph, or
  /// where a colon says that somebody before it speaks (李明说：“…。”王强走了).
  /// - Complexity: linear in the characters of the quotation, at most 4,000.
  init?(before clause: TextRange, by speaker: TextRange, in text: NormalizedText) {
    let characters = text.characters
    var end = clause.start
    if end > 0, characters[end - 1] == 0x2C { end -= 1 }
    guard end > 0, characters[end - 1] == 0x201D else { return nil }
    var start = end
    let first = max(0, end - Self.reach)
    var depth = 0
    repeat {
      start -= 1
      switch characters[start] {
      case 0x201D: depth += 1
      case 0x201C: depth -= 1
      case let character where CharacterKind(character) == .newline: return nil
      default: break
      }
    } while depth > 0 && start > first
    guard depth == 0, start == 0 || characters[start - 1] != 0x3A else { return nil }
    words = TextRange(start, end)
    isBehindComma = start > 0 && characters[start - 1] == 0x2C
    self.speaker = speaker
  }

  /// Names the speaker as the source of what the quotation tells, where nobody else in it is.
  /// - Complexity: linear in the facts since the quotation began.
  func attribute(_ triples: inout [Triple]) {
    for index in triples.indices.reversed() {
      if triples[index].sentence.end <= words.start { break }
      let isFree = triples[index].source.map { $0.carried && !isBehindComma } ?? true
      if isFree, words.contains(triples[index].relation.range) {
        triples[index].source = Slot(range: speaker)
      }
    }
  }
}
