/// Reads the tokens of a line one after another.
struct RuleTokenStream {
  private let tokens: [LocatedToken]
  private let end: RulePlace
  private var index = 0
  /// How many brackets are open, and how many elements patterns have had so far.
  private var depth = 0
  private var elements = 0

  /// Brackets are not nested deeper, and a line has not more elements and characters in its patterns, those of the
  /// named patterns in it included.
  static let deepest = 100
  static let mostElements = 8192

  /// The tokens of a line that ends at `end`.
  init(_ tokens: [LocatedToken], end: RulePlace) {
    self.tokens = tokens
    self.end = end
  }

  var peek: RuleToken? { index < tokens.count ? tokens[index].token : nil }
  var place: RulePlace { index < tokens.count ? tokens[index].place : end }

  /// Whether the next token follows without a space.
  var isAttached: Bool { index < tokens.count && tokens[index].isAttached }

  /// Whether a `{n,m}` without a kind stands here: a number of times.
  var isCount: Bool {
    guard index + 4 < tokens.count, case .symbol("}") = tokens[index + 4].token else {
      return false
    }
    return true
  }

  mutating func next(expecting what: String) throws(RuleFault) -> RuleToken {
    guard let token = peek else {
      throw RuleFault(
        kind: "unexpected-end", place: end, message: "the line ends here; expected \(what)")
    }
    index += 1
    return token
  }

  mutating func word(expecting what: String) throws(RuleFault) -> String {
    let place = place
    guard case .word(let word) = try next(expecting: what) else {
      throw RuleFault(kind: "unexpected-token", place: place, message: "expected \(what)")
    }
    return word
  }

  mutating func number(expecting what: String) throws(RuleFault) -> Int {
    let place = place
    guard case .number(let number) = try next(expecting: what) else {
      throw RuleFault(kind: "unexpected-token", place: place, message: "expected \(what)")
    }
    return number
  }

  mutating func value() throws(RuleFault) -> String {
    let place = place
    switch try next(expecting: "a value") {
    case .word(let word): return word
    case .text(let text): return text
    case .number(let number): return String(number)
    case .symbol:
      throw RuleFault(
        kind: "unexpected-token", place: place, message: "expected a value; put signs in quotes")
    }
  }

  /// Goes into brackets at a place, or into a named pattern with so many levels of them.
  mutating func open(_ place: RulePlace, levels: Int = 1) throws(RuleFault) {
    depth += levels
    guard depth <= Self.deepest else {
      throw RuleFault(
        kind: "deep-nesting", place: place,
        message: "brackets are nested more than \(Self.deepest) deep here; write it flatter")
    }
  }

  /// Leaves brackets.
  mutating func close(levels: Int = 1) { depth -= levels }

  /// Counts elements of a pattern.
  mutating func count(_ more: Int, _ place: RulePlace) throws(RuleFault) {
    elements += more
    guard elements <= Self.mostElements else {
      throw RuleFault(
        kind: "large-pattern", place: place,
        message: "the line has more than \(Self.mostElements) elements and characters up to here; "
          + "write words as rows of a lexicon and ask for their class")
    }
  }

  mutating func symbol(_ symbol: Character) throws(RuleFault) {
    let place = place
    guard case .symbol(symbol) = try next(expecting: "\"\(symbol)\"") else {
      throw RuleFault(
        kind: "unexpected-token", place: place, message: "expected \"\(symbol)\" here")
    }
  }

  mutating func optionalSymbol(_ symbol: Character) -> Bool {
    guard case .symbol(symbol) = peek else { return false }
    index += 1
    return true
  }

  /// Takes a keyword in any of its languages.
  mutating func optionalKeyword(_ keyword: String, _ names: [String: String]) -> Bool {
    guard case .word(let word) = peek, names[word] ?? word == keyword else { return false }
    index += 1
    return true
  }

  func finish() throws(RuleFault) {
    guard index < tokens.count else { return }
    throw RuleFault(
      kind: "unexpected-token", place: place,
      message: "the statement is complete before this; remove the rest or check the brackets")
  }
}
