package import Annotations
package import Segmentation

/// The numeral characters of the lexicon, looked up by character.
package struct NumeralTable: Sendable {
  /// What a character is in a number.
  package enum Numeral: Hashable, Sendable {
    case digit(Int)
    case unit(Int)
    case scale(Int)
  }

  private let numerals: [UInt32: Numeral]
  /// The power of ten that 百分之, 千分之 divide by, by the characters before 分之.
  let parts: [UInt32: Int]

  /// Collects the rows of the class `numeral`.
  package init(lexicon: Lexicon, classes: ClassTable, entries: [(word: [UInt32], sense: Sense)]) {
    var numerals: [UInt32: Numeral] = [:]
    var parts: [UInt32: Int] = [:]
    for (word, sense) in entries {
      guard let first = word.first,
        let value = lexicon.feature("value", of: sense).flatMap({ Int($0) })
      else { continue }
      switch classes.name(sense.category) {
      case "numeral.digit": numerals[first] = .digit(value)
      case "numeral.unit": numerals[first] = .unit(value)
      case "numeral.scale": numerals[first] = .scale(value)
      case "numeral.percent": parts[first] = value
      default: break
      }
    }
    self.numerals = numerals
    self.parts = parts
  }

  /// What `character` is in a number, nil for none.
  subscript(character: UInt32) -> Numeral? {
    // Every numeral is a Han character; this spares the look-up for all else.
    character >= 0x3007 ? numerals[character] : nil
  }
}
