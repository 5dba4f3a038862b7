/// The tokens of one line of a rule file.
enum RuleToken: Hashable, Sendable {
  case word(String)
  case text(String)
  case number(Int)
  case symbol(Character)
}

/// A token and where it begins.
struct LocatedToken: Sendable {
  let token: RuleToken
  let place: RulePlace
  /// Whether it follows the token before it without a space.
  var isAttached = false
}

/// A fault in a rule file before it is known which file.
struct RuleFault: Error {
  let kind: String
  let place: RulePlace
  let message: String
}

/// Cuts a line of a rule file into tokens.
///
/// Full-width punctuation outside quotes means the same as half-width. A word is letters, digits,
/// Han characters, `.`, `-` and `_`; a text stands in straight or curly quotes.
struct RuleLexer {
  private static let symbols: Set<Character> = [
    "(", ")", "[", "]", "{", "}", ":", ",", "=", "|", "+", "?", "*", "@", "#", "!", "/", "^", "$",
    "%", "<", ">",
  ]

  /// A character in its usual width: U+FF01 to U+FF5E are those of ASCII, wide.
  private static func halfWidth(_ character: Character) -> Character {
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
      (0xFF01...0xFF5E).contains(scalar.value), let narrow = Unicode.Scalar(scalar.value - 0xFEE0)
    else { return character }
    return Character(narrow)
  }

  /// The tokens of `line`, up to a `#` that begins a comment (one with a space behind it).
  static func tokens(
    of line: Substring, number: Int, from column: Int = 1
  ) throws(RuleFault) -> [LocatedToken] {
    let characters = Array(line)
    var tokens: [LocatedToken] = []
    var index = 0
    while index < characters.count {
      let place = RulePlace(line: number, column: column + index)
      let character = halfWidth(characters[index])
      if character.isWhitespace {
        index += 1
        continue
      }
      if character == "#", index + 1 == characters.count || characters[index + 1] == " " { break }
      if let closing = closer(of: character) {
        guard let end = characters[(index + 1)...].firstIndex(of: closing) else {
          throw RuleFault(
            kind: "open-quote", place: place,
            message: "the text that begins here does not end; add \(closing) behind it")
        }
        let text = String(characters[(index + 1)..<end])
        tokens.append(LocatedToken(token: .text(text), place: place))
        index = end + 1
        continue
      }
      if symbols.contains(character) {
        let attached = index > 0 && !characters[index - 1].isWhitespace
        tokens.append(
          LocatedToken(token: .symbol(character), place: place, isAttached: attached))
        index += 1
        continue
      }
      guard isWord(character) else {
        throw RuleFault(
          kind: "unknown-character", place: place,
          message: "\"\(character)\" means nothing here; a text to match stands in quotes")
      }
      var end = index
      while end < characters.count, isWord(characters[end]) { end += 1 }
      let word = String(characters[index..<end].map(halfWidth))
      tokens.append(
        LocatedToken(token: Int(word).map(RuleToken.number) ?? .word(word), place: place))
      index = end
    }
    return tokens
  }

  private static func closer(of character: Character) -> Character? {
    switch character {
    case "\"": "\""
    case "“": "”"
    default: nil
    }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "." || character == "-"
      || character == "_"
  }
}
