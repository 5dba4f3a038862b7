package import Annotations
package import Segmentation

/// The numeral characters of the lexicon, looked up by character. An object: it is asked for every character of a number.
package final class NumeralTable: Sendable {
  /// What a character is in a number.
  package enum Numeral: Hashable, Sendable {
    case digit(Int)
    case unit(Int)
    case tens(Int)
    case scale(Int)
  }

  /// What a character may be in a number, so that nothing is looked up for one that is nothing.
  private struct Roles: OptionSet {
    let rawValue: UInt8
    /// A digit, a numeral, or one of the vague digits: what a number may begin with.
    static let opener = Roles(rawValue: 1)
    static let numeral = Roles(rawValue: 2)
    static let half = Roles(rawValue: 4)
    static let point = Roles(rawValue: 8)
    static let vague = Roles(rawValue: 16)
    static let inside = Roles(rawValue: 32)
    static let part = Roles(rawValue: 64)
  }

  private let numerals: [UInt32: Numeral]
  /// The roles of the characters of the first plane.
  private let roles: [Roles]
  /// Numerals that are so only in speech, in old print or in large numbers: 幺, 俩, 兆.
  private let rareNumerals: [UInt32: Numeral]
  /// Digits as they are dictated: 幺, 洞.
  let spoken: [UInt32: Int]
  /// Digits of the formal script, which are other words by themselves: 陆, 伍.
  let formal: Set<UInt32>
  /// Digits that stand before measure words and units only: 两.
  let counting: Set<UInt32>
  /// The sign of negative numbers: 负.
  let signs: Set<UInt32>
  /// What joins a whole number and a fraction: 又.
  let joins: Set<UInt32>
  /// What stands for 分之 in short fractions: 份 in 二份一.
  let shortFractions: Set<UInt32>
  /// Half of the unit before: 半 in 三斤半.
  private let halves: Set<UInt32>
  /// The power of ten of a letter behind Arabic digits: k.
  let suffixes: [UInt32: Int]
  /// Every character that numbers are written with.
  let characters: Set<UInt32>
  /// Digits nobody names: 几 in 几十.
  private let vagueDigits: Set<UInt32>
  /// What may stand between a number and its scale, and what it says: 余 in 10余万.
  private let insideModifiers: [UInt32: Modifier]
  /// The sign of decimals: 点.
  private let points: Set<UInt32>
  /// What makes a number behind a point a clock time: 分 in 三点五分.
  let clockUnits: Set<UInt32>
  /// What stands between denominator and numerator: 分之.
  let fraction: [UInt32]
  /// The power of ten that 百分之, 千分之 divide by, by the characters before 分之.
  private let parts: [UInt32: Int]

  /// Collects the rows of the classes `numeral` and `figure`, in their order; `fold` gives the characters of
  /// an entry.
  package init(lexicon: Lexicon, classes: ClassTable, fold: (String) -> [UInt32]) {
    var numerals: [UInt32: Numeral] = [:]
    var parts: [UInt32: Int] = [:]
    var vagueDigits: Set<UInt32> = []
    var insideModifiers: [UInt32: Modifier] = [:]
    var points: Set<UInt32> = []
    var clockUnits: Set<UInt32> = []
    var fraction: [UInt32] = []
    var rareNumerals: [UInt32: Numeral] = [:]
    var spoken: [UInt32: Int] = [:]
    var formal: Set<UInt32> = []
    var counting: Set<UInt32> = []
    var signs: Set<UInt32> = []
    var joins: Set<UInt32> = []
    var shortFractions: Set<UInt32> = []
    var halves: Set<UInt32> = []
    var suffixes: [UInt32: Int] = [:]
    var characters: Set<UInt32> = []
    let isOwn = classes.membership(of: ["numeral", "figure"].compactMap { classes.find($0) })
    let own = lexicon.senses(ofClasses: isOwn)
      .sorted { ($0.row, $0.category) < ($1.row, $1.category) }
    for sense in own {
      let word = fold(lexicon.rows.entry(of: Int(sense.row)))
      guard let first = word.first else { continue }
      let name = classes.name(sense.category)
      guard name.contains(".") else { continue }
      let cell = lexicon.feature("value", of: sense)
      let value = cell.flatMap { Int($0) } ?? 0
      switch lexicon.feature("note", of: sense) {
      case "formal": formal.insert(first)
      case "counting": counting.insert(first)
      default: break
      }
      if name.hasPrefix("numeral.") || Self.spacedClasses.contains(name) {
        characters.formUnion(word)
      }
      switch name {
      case "numeral.digit": numerals[first] = .digit(value)
      case "numeral.unit": numerals[first] = .unit(value)
      case "numeral.tens": numerals[first] = .tens(value)
      case "numeral.scale": numerals[first] = .scale(value)
      case "numeral.percent": parts[first] = value
      case "numeral.vague": vagueDigits.insert(first)
      case "numeral.inside": insideModifiers[first] = cell.flatMap { Modifier(rawValue: $0) }
      case "numeral.point": points.insert(first)
      case "numeral.clock": clockUnits.insert(first)
      case "numeral.fraction": fraction = word
      case "numeral.half": halves.insert(first)
      case "figure.digit": rareNumerals[first] = .digit(value)
      case "figure.spoken": spoken[first] = value
      case "figure.scale": rareNumerals[first] = .scale(value)
      case "figure.sign": signs.insert(first)
      case "figure.join": joins.insert(first)
      case "figure.part": shortFractions.insert(first)
      case "figure.suffix": suffixes[first] = value
      default: break
      }
    }
    self.vagueDigits = vagueDigits
    self.insideModifiers = insideModifiers
    self.points = points
    self.clockUnits = clockUnits
    self.fraction = fraction
    self.numerals = numerals
    self.parts = parts
    self.rareNumerals = rareNumerals
    self.spoken = spoken
    self.formal = formal
    self.counting = counting
    self.signs = signs
    self.joins = joins
    self.shortFractions = shortFractions
    self.halves = halves
    self.suffixes = suffixes
    self.characters = characters
    var roles = [Roles](repeating: [], count: 0x10000)
    func add(_ role: Roles, _ characters: some Sequence<UInt32>) {
      for character in characters where character < 0x10000 {
        roles[Int(character)].insert(role)
      }
    }
    add(.opener, numerals.keys)
    add(.opener, vagueDigits)
    add(.opener, 0x30...0x39)
    // Every numeral is a Han character.
    add(.numeral, numerals.keys.filter { $0 >= 0x3007 })
    add(.half, halves)
    add(.point, points)
    add(.vague, vagueDigits)
    add(.inside, insideModifiers.keys)
    add(.part, parts.keys)
    self.roles = roles
  }

  /// Whether a character may have a role; false for nearly all.
  @inline(__always)
  private func mayBe(_ role: Roles, _ character: UInt32) -> Bool {
    character >= 0x10000 || roles[Int(character)].contains(role)
  }

  /// Whether a number may begin with a character: a digit, a numeral, or one of the vague digits.
  @inline(__always)
  func opens(_ character: UInt32) -> Bool { character < 0x10000 && mayBe(.opener, character) }

  /// Whether a time may begin with a character, words aside: with a number, or with 半.
  @inline(__always)
  func opensTime(_ character: UInt32) -> Bool { opens(character) || isHalf(character) }

  /// Whether a character is half of the unit before or behind it.
  @inline(__always)
  func isHalf(_ character: UInt32) -> Bool {
    mayBe(.half, character) && halves.contains(character)
  }

  /// Whether a character is the sign of decimals.
  @inline(__always)
  func isPoint(_ character: UInt32) -> Bool {
    mayBe(.point, character) && points.contains(character)
  }

  /// Whether a character is a digit that nobody names.
  @inline(__always)
  func isVague(_ character: UInt32) -> Bool {
    mayBe(.vague, character) && vagueDigits.contains(character)
  }

  /// What a character says between a number and its scale; nil for one that does not stand there.
  @inline(__always)
  func inside(_ character: UInt32) -> Modifier? {
    mayBe(.inside, character) ? insideModifiers[character] : nil
  }

  /// The power of ten that a character before 分之 divides by; nil for one that does not stand there.
  @inline(__always)
  func part(_ character: UInt32) -> Int? { mayBe(.part, character) ? parts[character] : nil }

  /// The classes whose characters numbers are spaced out with, besides the numerals.
  private static let spacedClasses: Set<String> = [
    "figure.digit", "figure.scale", "figure.sign", "figure.join", "figure.part", "figure.tenth",
  ]

  /// What `character` may be in a number that is read with all forms.
  func rare(_ character: UInt32) -> Numeral? {
    character >= 0x3007 ? rareNumerals[character] : nil
  }

  /// What `character` is in a number, nil for none.
  subscript(character: UInt32) -> Numeral? {
    mayBe(.numeral, character) ? numerals[character] : nil
  }
}
