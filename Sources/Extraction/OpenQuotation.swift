internal import Annotations

/// The quotation that somebody's words begin with (指出：“…”), read on as the sentences come.
struct OpenQuotation {
  /// The first character that was not read.
  private var next: Int
  private var depth = 0

  /// The quotation right behind a verb of speech and a colon; nil where there is none.
  init?(behind verb: TextRange, in text: NormalizedText) {
    guard verb.end + 1 < text.count, text.characters[verb.end] == 0x3A,
      text.characters[verb.end + 1] == 0x201C
    else { return nil }
    next = verb.end + 1
  }

  /// Whether it ends before a position.
  /// - Complexity: linear in the characters since it was asked last.
  mutating func ends(before position: Int, in text: NormalizedText) -> Bool {
    while next < position {
      switch text.characters[next] {
      case 0x201C: depth += 1
      case 0x201D: depth -= 1
      default: break
      }
      next += 1
      if depth == 0 { return true }
    }
    return false
  }
}
