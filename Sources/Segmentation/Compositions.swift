/// Which words of ICU's dictionary are two words side by side: 一个 is a numeral and a measure word, 他的 a
/// pronoun and a particle.
///
/// A rule names a left and a right side; a word that divides into the two sides of one is no word of the
/// path. Sides of more than three characters are matched by `any` only.
package struct Compositions: Sendable {
  /// One side of a rule.
  package enum Side: Sendable {
    /// Whatever stands there.
    case any
    /// One of these words.
    case words([[UInt32]])
    /// One or more of these words of one character.
    case repeated([[UInt32]])
  }

  /// The most rules there can be.
  package static let limit = 64
  private static let longestSide = 3

  private var left: [UInt64: UInt64] = [:]
  private var right: [UInt64: UInt64] = [:]
  private var anyLeft: UInt64 = 0
  private var anyRight: UInt64 = 0
  private var repeatedLeft: [UInt32: UInt64] = [:]
  private var repeatedRight: [UInt32: UInt64] = [:]
  private var count = 0

  /// No rules.
  package init() {}

  /// Adds a rule; traps behind ``limit``.
  package mutating func add(left leftSide: Side, right rightSide: Side) {
    precondition(count < Self.limit, "there are at most 64 compositions")
    let bit: UInt64 = 1 << UInt64(count)
    count += 1
    Self.add(leftSide, bit, &left, &anyLeft, &repeatedLeft)
    Self.add(rightSide, bit, &right, &anyRight, &repeatedRight)
  }

  private static func add(
    _ side: Side, _ bit: UInt64, _ words: inout [UInt64: UInt64], _ any: inout UInt64,
    _ repeated: inout [UInt32: UInt64]
  ) {
    switch side {
    case .any: any |= bit
    case .words(let list):
      for word in list where word.count <= longestSide { words[key(word[...]), default: 0] |= bit }
    case .repeated(let list):
      for word in list where word.count == 1 { repeated[word[0], default: 0] |= bit }
    }
  }

  /// Whether a word divides into the two sides of a rule.
  func divides(_ word: ArraySlice<UInt32>) -> Bool {
    guard count > 0, word.count > 1 else { return false }
    for border in (word.startIndex + 1)..<word.endIndex {
      let behind = Self.rules(word[border...], right, anyRight, repeatedRight)
      if behind != 0,
        behind & Self.rules(word[..<border], left, anyLeft, repeatedLeft) != 0
      {
        return true
      }
    }
    return false
  }

  /// The rules that have such a side.
  private static func rules(
    _ side: ArraySlice<UInt32>, _ words: [UInt64: UInt64], _ any: UInt64,
    _ repeated: [UInt32: UInt64]
  ) -> UInt64 {
    var rules = any
    if side.count <= longestSide { rules |= words[key(side)] ?? 0 }
    if !repeated.isEmpty {
      rules |= side.reduce(.max) { $1 < 0x80 ? 0 : $0 & (repeated[$1] ?? 0) }
    }
    return rules
  }

  private static func key(_ word: ArraySlice<UInt32>) -> UInt64 {
    word.reduce(0) { $0 << 21 | UInt64($1) }
  }
}
