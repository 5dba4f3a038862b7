/// How words are formed that no dictionary lists: 三百五十 of numerals, 汪曾祺 of a surname and characters of
/// given names, 会计界 of a word and a suffix, 高高兴兴 by doubling.
///
/// Words of the cheapest way that stand side by side and are in a form are one word; so a form joins words
/// and never divides one.
package struct WordFormations: Sendable {
  /// What a form begins with.
  package enum Beginning: Sendable {
    /// One of these characters.
    case characters([UInt32])
    /// A word of several units: of Han or kana, not a run of letters.
    case word
  }

  /// The most forms that there can be.
  package static let limit = 8
  /// The most characters that can follow in a form.
  package static let longestRest = 31
  static let noKind: UInt32 = 0
  static let wordKind: UInt32 = 1
  static let runKind: UInt32 = 2

  /// Each form packed: from bit 24 on its kind, from 16 on the most and from 8 on the least characters that
  /// follow.
  private(set) var forms: [UInt32] = []
  private var first: [[UInt32]] = []
  private var rest: [[UInt32]] = []

  /// No forms.
  package init() {}

  /// Adds a form: a beginning and `count` characters of `rest`. Where a form begins with the characters that
  /// follow, words of several of them are joined as well. False when there are too many forms or characters.
  package mutating func add(
    _ beginning: Beginning, rest: [UInt32], count: ClosedRange<Int>
  ) -> Bool {
    guard forms.count < Self.limit, count.lowerBound >= 1,
      count.upperBound <= Self.longestRest
    else { return false }
    var kind = Self.wordKind
    var characters: [UInt32] = []
    if case .characters(let list) = beginning {
      characters = list
      kind = list == rest ? Self.runKind : Self.noKind
    }
    forms.append(kind << 24 | UInt32(count.upperBound) << 16 | UInt32(count.lowerBound) << 8)
    first.append(characters)
    self.rest.append(rest)
    return true
  }

  /// For each code, a bit for every form that its character begins, and above them one for every form in
  /// which it follows.
  func places(count: Int, code: (UInt32) -> UInt16) -> [UInt16] {
    var places = [UInt16](repeating: 0, count: count)
    for form in forms.indices {
      for (characters, bit) in [(first[form], form), (rest[form], form + Self.limit)] {
        for character in characters where code(character) >= WordTables.firstCode {
          places[Int(code(character))] |= 1 << UInt16(bit)
        }
      }
    }
    return places
  }
}
