package import Annotations
package import Segmentation

/// The numeral characters of the lexicon, looked up by character.
package struct NumeralTable: Sendable {
  /// What a character is in a number.
  package enum Numeral: Hashable, Sendable {
    case digit(Int)
    case unit(Int)
    case tens(Int)
    case scale(Int)
  }

  private let numerals: [UInt32: Numeral]
  /// Digits nobody names: 几 in 几十.
  let vagueDigits: Set<UInt32>
  /// What may stand between a number and its scale, and what it says: 余 in 10余万.
  let insideModifiers: [UInt32: Modifier]
  /// 半.
  let halves: Set<UInt32>
  /// The sign of decimals: 点.
  let points: Set<UInt32>
  /// What makes a number behind a point a clock time: 分 in 三点五分.
  let clockUnits: Set<UInt32>
  /// What stands between denominator and numerator: 分之.
  let fraction: [UInt32]
  /// The power of ten that 百分之, 千分之 divide by, by the characters before 分之.
  let parts: [UInt32: Int]

  /// Collects the rows of the class `numeral`.
  package init(lexicon: Lexicon, classes: ClassTable, entries: [(word: [UInt32], sense: Sense)]) {
    var numerals: [UInt32: Numeral] = [:]
    var parts: [UInt32: Int] = [:]
    var vagueDigits: Set<UInt32> = []
    var insideModifiers: [UInt32: Modifier] = [:]
    var points: Set<UInt32> = []
    var halves: Set<UInt32> = []
    var clockUnits: Set<UInt32> = []
    var fraction: [UInt32] = []
    for (word, sense) in entries {
      guard let first = word.first else { continue }
      let cell = lexicon.feature("value", of: sense)
      let value = cell.flatMap { Int($0) } ?? 0
      switch classes.name(sense.category) {
      case "numeral.digit": numerals[first] = .digit(value)
      case "numeral.unit": numerals[first] = .unit(value)
      case "numeral.tens": numerals[first] = .tens(value)
      case "numeral.scale": numerals[first] = .scale(value)
      case "numeral.percent": parts[first] = value
      case "numeral.vague": vagueDigits.insert(first)
      case "numeral.inside": insideModifiers[first] = cell.flatMap { Modifier(rawValue: $0) }
      case "numeral.point": points.insert(first)
      case "numeral.half": halves.insert(first)
      case "numeral.clock": clockUnits.insert(first)
      case "numeral.fraction": fraction = word
      default: break
      }
    }
    self.vagueDigits = vagueDigits
    self.insideModifiers = insideModifiers
    self.points = points
    self.halves = halves
    self.clockUnits = clockUnits
    self.fraction = fraction
    self.numerals = numerals
    self.parts = parts
  }

  /// What `character` is in a number, nil for none.
  subscript(character: UInt32) -> Numeral? {
    // Every numeral is a Han character; this spares the look-up for all else.
    character >= 0x3007 ? numerals[character] : nil
  }
}
