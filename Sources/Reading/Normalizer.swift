package import Annotations
package import Characters

/// Something that normalisation read differently than it is written.
package struct Repair: Hashable, Sendable {
  /// The characters of the source that are read as something else.
  package let range: SourceRange
  /// `reading` for an inserted pronunciation.
  package let kind: String
  /// What stands in the normalised text instead.
  package let read: String
}

/// Source text → ``NormalizedText``: usual width, simplified script in traditional documents,
/// inserted readings, invisible characters, and spaces between numbers and Chinese left out.
///
///     let (text, repairs) = normalizer.normalize("和平區(qū)共建立14 個基地")
///     // 和平区共建立14个基地, one repair of kind `reading`
///
/// It drops and replaces single characters only; each character left knows its place in the source.
package struct Normalizer: Sendable {
  /// In running traditional text about a quarter of the Han characters differ from simplified
  /// ones, in simplified text hardly one in a thousand (著, 乾).
  private static let traditionalShare = 20

  private let folding: CharacterFolding
  private let readings: PinyinReadings
  private let wordCost: @Sendable ([UInt32]) -> Int

  /// A normaliser with its tables; `wordCost` says what the cheapest way to cut normalised characters into words costs,
  /// for bytes that were lost.
  package init(
    folding: CharacterFolding, readings: PinyinReadings = PinyinReadings(),
    wordCost: @escaping @Sendable ([UInt32]) -> Int = { _ in 0 }
  ) {
    self.folding = folding
    self.readings = readings
    self.wordCost = wordCost
  }

  /// Normalises a whole document.
  /// - Complexity: O(count of the text).
  package func normalize(_ text: String) -> (NormalizedText, [Repair]) {
    let original = text.unicodeScalars.map(\.value)
    let traditional = isTraditional(original)
    let restored = traditional ? restored(original) : nil
    let source = restored?.characters ?? original
    func start(_ index: Int) -> UInt32 { restored?.starts[index] ?? UInt32(index) }
    func end(_ index: Int) -> UInt32 { restored?.ends[index] ?? UInt32(index + 1) }
    var characters: [UInt32] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var repairs = restored?.repairs ?? []
    characters.reserveCapacity(source.count)
    starts.reserveCapacity(source.count)
    ends.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      let scalar = source[index]
      if traditional, let exception = folding.exception(at: index, in: source) {
        for offset in exception.word.indices {
          characters.append(exception.simplified[offset])
          starts.append(start(index + offset))
          ends.append(end(index + offset))
        }
        index += exception.word.count
        continue
      }
      let folded = traditional ? folding.simplified(scalar) : folding.usualWidth(scalar)
      if folded < 0x80 || (0x2000...0x206F).contains(folded) || folded == 0xA0 || folded == 0xAD
        || folded == 0xFEFF
      {
        if isInvisible(folded) {
          index += 1
          continue
        }
        if isSpace(folded), let next = gapEnd(from: index, in: source, after: characters.last) {
          index = next
          continue
        }
        if folded == 0x28, let next = readingEnd(at: index, in: source),
          let last = ends.indices.last, ends[last] == start(index)
        {
          ends[last] = end(next - 1)
          repairs.append(
            Repair(
              range: SourceRange(Int(starts[last]), Int(ends[last])), kind: "reading",
              read: String(scalars: [characters[last]])))
          index = next
          continue
        }
      }
      characters.append(folded)
      starts.append(start(index))
      ends.append(end(index))
      index += 1
    }
    repairs.sort { $0.range.start < $1.range.start }
    return (
      NormalizedText(characters: characters, starts: starts, ends: ends, source: original), repairs
    )
  }

  /// The text with its damaged lines restored; nil where none is damaged.
  private func restored(_ source: [UInt32]) -> OutOfStepBytes.Restored? {
    guard OutOfStepBytes.isDamaged(source[...]), let table = GBKTable.shared else { return nil }
    let lines = source.split(
      maxSplits: .max, omittingEmptySubsequences: true, whereSeparator: { $0 == 0x0A || $0 == 0x0D }
    )
    let damaged = lines.filter { OutOfStepBytes.isDamaged($0) }
    let repair = OutOfStepBytes(table, readings: readings) { characters in
      wordCost(characters.map { folding.simplified($0) })
    }
    var result = OutOfStepBytes.Restored()
    func keep(_ range: Range<Int>) {
      result.characters += source[range]
      result.starts += range.map { UInt32($0) }
      result.ends += range.map { UInt32($0 + 1) }
    }
    var done = 0
    for line in damaged {
      keep(done..<line.startIndex)
      let own = repair.restore(line)
      result.characters += own.characters
      result.starts += own.starts
      result.ends += own.ends
      result.repairs += own.repairs
      done = line.endIndex
    }
    keep(done..<source.count)
    return result
  }

  /// The text of a lexicon entry or a rule literal in the form documents are brought to.
  package func fold(_ text: String) -> [UInt32] {
    text.unicodeScalars.map { folding.usualWidth($0.value) }
  }

  private func isTraditional(_ source: [UInt32]) -> Bool {
    var han = 0
    var traditional = 0
    for scalar in source where isHan(scalar) {
      han += 1
      if folding.isTraditional(scalar) { traditional += 1 }
    }
    return traditional * Self.traditionalShare > han
  }

  /// Where a run of spaces ends, if it only sets a number apart from Chinese text.
  private func gapEnd(from index: Int, in source: [UInt32], after last: UInt32?) -> Int? {
    guard let last else { return nil }
    var next = index
    // Wider gaps mean something, and walking each of them from each of its spaces would not end.
    while next < source.count, next - index <= 2, isSpace(folding.usualWidth(source[next])) {
      next += 1
    }
    guard next < source.count, next - index <= 2 else { return nil }
    let right = folding.usualWidth(source[next])
    let joins =
      (isNumeric(last) && isHan(right)) || (isHan(last) && isDigit(right))
      || (isDigit(last) && right == 0x25)
    return joins ? next : nil
  }

  /// Where `(qū)` ends, if it stands behind a character that ICU reads so. Tone marks may be
  /// missing, as in `(qu)`.
  private func readingEnd(at index: Int, in source: [UInt32]) -> Int? {
    guard index > 0, isHan(source[index - 1]) else { return nil }
    var end = index + 1
    while end < source.count, end - index <= 8, PinyinReadings.isLetter(source[end]) { end += 1 }
    guard end < source.count, end > index + 1, folding.usualWidth(source[end]) == 0x29 else {
      return nil
    }
    let written = String(scalars: source[(index + 1)..<end])
    guard let reading = readings.reading(of: source[index - 1]) else { return nil }
    return written == reading || written == withoutTones(reading) ? end + 1 : nil
  }

  private func withoutTones(_ pinyin: String) -> String {
    let plain: [Character: Character] = [
      "ā": "a", "á": "a", "ǎ": "a", "à": "a", "ē": "e", "é": "e", "ě": "e", "è": "e",
      "ī": "i", "í": "i", "ǐ": "i", "ì": "i", "ō": "o", "ó": "o", "ǒ": "o", "ò": "o",
      "ū": "u", "ú": "u", "ǔ": "u", "ù": "u", "ǖ": "ü", "ǘ": "ü", "ǚ": "ü", "ǜ": "ü",
    ]
    return String(pinyin.map { plain[$0] ?? $0 })
  }

  private func isInvisible(_ scalar: UInt32) -> Bool {
    (0x200B...0x200F).contains(scalar) || (0x2060...0x2064).contains(scalar) || scalar == 0xAD
      || scalar == 0xFEFF
  }

  private func isSpace(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x09 || scalar == 0xA0 || (0x2002...0x200A).contains(scalar)
  }

  private func isDigit(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(folding.usualWidth(scalar))
  }

  private func isNumeric(_ scalar: UInt32) -> Bool { isDigit(scalar) || scalar == 0x25 }

  private func isHan(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(scalar) || (0x3400...0x4DBF).contains(scalar) || scalar == 0x3007
  }
}
