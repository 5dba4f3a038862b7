/// The one-character foldings of normalisation, made once from ICU's data: full-width and
/// half-width forms to their usual width, and traditional characters to simplified ones.
///
/// Where the simplified form depends on the word (著名 but 看着), ICU's character-by-character
/// answer is put right by the words of the `script` class of the lexicons.
package struct CharacterFolding: Sendable {
  /// A word of traditional script whose simplified form is not that of its characters.
  package struct Exception: Sendable {
    package let word: [UInt32]
    package let simplified: [UInt32]
    /// A word and its simplified form, equally long.
    package init(word: [UInt32], simplified: [UInt32]) {
      self.word = word
      self.simplified = simplified
    }
  }

  /// The tables by themselves.
  package struct Tables: Sendable {
    /// The characters of the first plane in usual width.
    package let width: [UInt16]
    /// The same, simplified.
    package let simplified: [UInt16]
    /// The words whose simplified form is not that of their characters.
    package let exceptions: [Exception]

    /// Tables.
    package init(width: [UInt16], simplified: [UInt16], exceptions: [Exception]) {
      self.width = width
      self.simplified = simplified
      self.exceptions = exceptions
    }
  }

  private static let size = 0x10000
  private let width: [UInt16]
  private let simplified: [UInt16]
  private let exceptions: [UInt32: [Exception]]
  /// The characters that some word keeps when it is simplified.
  private let kept: Set<UInt32>

  /// Builds the tables: about 20 ms.
  package init(exceptions: [Exception]) throws {
    var width = (0..<Self.size).map { UInt16($0) }
    for scalar in [0x3000] + Array(0xFF00...0xFFEF) {
      if let folded = widthFolding(of: UInt32(scalar)), folded < 0x3000 {
        width[scalar] = UInt16(folded)
      }
    }
    self.width = width
    var simplified = width
    let han = Array(UInt32(0x4E00)...0x9FFF)
    let lines = try Transliterator("Hant-Hans").transform(
      Self.lines(of: han), growth: 1)
    for (index, line) in lines.split(separator: "\n").enumerated() where index < han.count {
      let scalars = line.unicodeScalars
      if let only = scalars.first, scalars.count == 1, let unit = UInt16(exactly: only.value) {
        simplified[Int(han[index])] = unit
      }
    }
    self.simplified = simplified
    self.exceptions = Self.byFirst(exceptions)
    kept = Self.kept(exceptions)
  }

  /// The tables as ``tables`` gave them; nil when they are not whole.
  package init?(_ tables: Tables) {
    guard tables.width.count == Self.size, tables.simplified.count == Self.size,
      tables.exceptions.allSatisfy({ $0.word.count == $0.simplified.count })
    else { return nil }
    width = tables.width
    simplified = tables.simplified
    exceptions = Self.byFirst(tables.exceptions)
    kept = Self.kept(tables.exceptions)
  }

  /// What was made of ICU's data and the words, for keeping.
  package var tables: Tables {
    Tables(
      width: width, simplified: simplified,
      exceptions: exceptions.sorted { $0.key < $1.key }.flatMap(\.value))
  }

  private static func kept(_ exceptions: [Exception]) -> Set<UInt32> {
    Set(exceptions.flatMap { zip($0.word, $0.simplified).filter { $0 == $1 }.map(\.0) })
  }

  private static func byFirst(_ exceptions: [Exception]) -> [UInt32: [Exception]] {
    var byFirst: [UInt32: [Exception]] = [:]
    for exception in exceptions {
      guard let first = exception.word.first else { continue }
      byFirst[first, default: []].append(exception)
    }
    return byFirst.mapValues { $0.sorted { $0.word.count > $1.word.count } }
  }

  /// One character a line.
  private static func lines(of characters: [UInt32]) -> String {
    var view = String.UnicodeScalarView()
    for character in characters {
      if let scalar = Unicode.Scalar(character) { view.append(scalar) }
      view.append("\n")
    }
    return String(view)
  }

  /// What a character counts as in segmentation: usual width, simplified, small letters. A character
  /// by itself has one form whatever the word, so that the two sides always agree.
  package func segmentationForm(_ scalar: UInt32) -> UInt32 {
    let form = simplified(scalar)
    return (0x41...0x5A).contains(form) ? form + 0x20 : form
  }

  /// ``segmentationForm(_:)`` of every character of the first plane.
  package func segmentationTable() -> [UInt16] {
    (0..<UInt32(Self.size)).map { UInt16(segmentationForm($0)) }
  }

  /// The character in usual width.
  package func usualWidth(_ scalar: UInt32) -> UInt32 {
    scalar < UInt32(Self.size) ? UInt32(width[Int(scalar)]) : scalar
  }

  /// The character in usual width and simplified script, by itself.
  package func simplified(_ scalar: UInt32) -> UInt32 {
    scalar < UInt32(Self.size) ? UInt32(simplified[Int(scalar)]) : scalar
  }

  /// Whether simplifying changes the character.
  package func isTraditional(_ scalar: UInt32) -> Bool {
    scalar < UInt32(Self.size) && simplified[Int(scalar)] != width[Int(scalar)]
  }

  /// Whether a text that has the character is one of traditional script: what some words keep when they are simplified
  /// (显著, 乾隆) tells nothing.
  package func tellsTraditional(_ scalar: UInt32) -> Bool {
    isTraditional(scalar) && !kept.contains(scalar)
  }

  /// The longest exception that begins at `index`.
  package func exception(at index: Int, in text: [UInt32]) -> Exception? {
    exceptions[text[index]]?.first { exception in
      index + exception.word.count <= text.count
        && text[index..<(index + exception.word.count)].elementsEqual(exception.word)
    }
  }
}
