package import Annotations
package import Characters

/// Source text → ``NormalizedText``: usual width, simplified script in traditional documents,
/// inserted readings, invisible characters, and spaces between numbers and Chinese left out.
///
///     let (text, repairs) = normalizer.normalize("和平區(qū)共建立14 個基地")
///     // 和平区共建立14个基地, one repair of kind `reading`
///
/// It drops and replaces characters only; each one left knows its place in the source. What happened to a text on its
/// way is repaired first, where there is evidence of it: text that was read in a wrong charset, references that were
/// escaped twice, lines that were broken, bytes out of step. What was lost is U+FFFD, which nothing matches across.
package struct Normalizer: Sendable {
  /// In running traditional text about a quarter of the Han characters differ from simplified
  /// ones, in simplified text hardly one in a thousand (著, 乾).
  private static let traditionalShare = 20

  private let folding: CharacterFolding
  private let readings: PinyinReadings
  private let wordCost: TextCosts.WordCost
  /// For each character of the first plane what it is a sign of.
  private let signs: [UInt8]

  /// A normaliser with its tables; `wordCost` says what the word costs that is a text from a place on, nil where it is
  /// none, so that bytes that were lost are read as the likeliest text.
  package init(
    folding: CharacterFolding, readings: PinyinReadings = PinyinReadings(),
    wordCost: @escaping @Sendable (_ text: [UInt32], _ start: Int) -> Int? = { _, _ in nil }
  ) {
    self.folding = folding
    self.readings = readings
    self.wordCost = wordCost
    signs = Evidence.signs(folding)
  }

  /// Normalises a whole document; `skipped` are the kinds of repairs that are not made.
  /// - Complexity: O(count of the text).
  package func normalize(
    _ text: String, without skipped: Set<RepairKind> = []
  ) -> (NormalizedText, [Repair]) {
    let original = text.scalarValues
    var evidence = Evidence(original, signs)
    let repaired = repaired(original, &evidence, without: skipped)
    let traditional = evidence.isTraditional
    let source = repaired?.characters ?? original
    func start(_ index: Int) -> UInt32 { repaired?.starts[index] ?? UInt32(index) }
    func end(_ index: Int) -> UInt32 { repaired?.ends[index] ?? UInt32(index + 1) }
    var characters: [UInt32] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var repairs = repaired?.repairs ?? []
    characters.reserveCapacity(source.count)
    starts.reserveCapacity(source.count)
    ends.reserveCapacity(source.count)
    /// Lists a range of what is read, or lengthens the repair of this kind that reaches it.
    func list(_ range: Range<Int>, _ kind: RepairKind, read: String) {
      let (from, to) = (Int(start(range.lowerBound)), Int(end(range.upperBound - 1)))
      if let last = repairs.last, last.kind == kind, last.read == read, last.range.end >= from {
        repairs[repairs.count - 1] = Repair(
          range: SourceRange(last.range.start, to), kind: kind, read: read)
      } else {
        repairs.append(Repair(range: SourceRange(from, to), kind: kind, read: read))
      }
    }
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
        || folded >= 0xFEFF
      {
        if isInvisible(folded), !skipped.contains(.invisible) {
          list(index..<(index + 1), .invisible, read: "")
          index += 1
          continue
        }
        if folded == replacementCharacter { list(index..<(index + 1), .damage, read: "") }
        if isSpace(folded), let next = gapEnd(from: index, in: source, after: characters.last) {
          index = next
          continue
        }
        if folded == 0x28, !skipped.contains(.reading), let last = ends.indices.last,
          ends[last] == start(index), let next = readingEnd(at: index, in: source)
        {
          ends[last] = end(next - 1)
          repairs.append(
            Repair(
              range: SourceRange(Int(starts[last]), Int(ends[last])), kind: .reading,
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

  /// What a text shows of what happened to it, found in one walk.
  private struct Evidence {
    /// What a character is a sign of.
    private enum Sign {
      static let han: UInt8 = 1
      static let traditional: UInt8 = 2
      static let reference: UInt8 = 4
      static let question: UInt8 = 8
      static let misread: UInt8 = 16
      static let oldForm: UInt8 = 32
      static let lineEnd: UInt8 = 64
    }

    private var seen: UInt8 = 0
    private(set) var isTraditional = false
    private(set) var lineEnds = 0

    var hasReferences: Bool { seen & Sign.reference != 0 }
    var hasQuestions: Bool { seen & Sign.question != 0 }
    var isMisread: Bool { seen & Sign.misread != 0 }
    var hasOldForms: Bool { seen & Sign.oldForm != 0 }

    /// For each character of the first plane what it is a sign of.
    static func signs(_ folding: CharacterFolding) -> [UInt8] {
      (0..<0x10000).map { (scalar: UInt32) -> UInt8 in
        var signs: UInt8 = 0
        if TextCosts.isHan(scalar) {
          signs |= Sign.han
          if folding.tellsTraditional(scalar) { signs |= Sign.traditional }
        }
        if Mojibake.mayBeginGBK(scalar) || Mojibake.mayBeginLatin(scalar) { signs |= Sign.misread }
        if CharacterRepairs.isSuspect(scalar) { signs |= Sign.oldForm }
        switch scalar {
        case 0x0A: signs |= Sign.lineEnd
        case 0x26: signs |= Sign.reference
        case 0x3F: signs |= Sign.question
        default: break
        }
        return signs
      }
    }

    init(_ source: [UInt32], _ signs: [UInt8]) {
      var han = 0
      var traditional = 0
      for scalar in source {
        guard scalar < 0x10000 else {
          if CharacterRepairs.isSuspect(scalar) { seen |= Sign.oldForm }
          continue
        }
        let own = signs[Int(scalar)]
        seen |= own
        han += Int(own & Sign.han)
        traditional += Int(own & Sign.traditional)
        lineEnds += Int(own & Sign.lineEnd)
      }
      lineEnds /= Int(Sign.lineEnd)
      traditional /= Int(Sign.traditional)
      isTraditional = traditional * Normalizer.traditionalShare > han
    }
  }

  /// The text after the repairs that need more than a character; nil where it needs none.
  private func repaired(
    _ original: [UInt32], _ evidence: inout Evidence, without skipped: Set<RepairKind>
  ) -> TracedText? {
    var repaired: TracedText?
    /// Makes one repair; what it gives is looked at anew.
    func repair(_ kind: RepairKind, _ body: (TracedText) -> TracedText?) {
      guard !skipped.contains(kind), let next = body(repaired ?? TracedText(original)) else {
        return
      }
      repaired = next
      evidence = Evidence(next.characters, signs)
    }
    if evidence.hasReferences { repair(.entity) { EscapedText.restored($0) } }
    if evidence.isMisread {
      repair(.mojibake) { Mojibake.restored($0, costs: costs(isTraditional: false)) }
    }
    if evidence.hasOldForms,
      let next = CharacterRepairs.restored(
        repaired ?? TracedText(original), isTraditional: evidence.isTraditional, without: skipped)
    {
      repaired = next
    }
    let count = repaired?.characters.count ?? original.count
    if HardWraps.maySuit(lineEnds: evidence.lineEnds, count: count) {
      repair(.lineBreak) { HardWraps.restored($0) }
    }
    if evidence.isTraditional, evidence.hasQuestions {
      repair(.outOfStep) {
        OutOfStepBytes.restored($0, readings: readings, costs: costs(isTraditional: true))
      }
    }
    return repaired
  }

  private func costs(isTraditional: Bool) -> TextCosts {
    TextCosts(folding: folding, isTraditional: isTraditional, wordCost: wordCost)
  }

  /// The text of a lexicon entry or a rule literal in the form documents are brought to.
  package func fold(_ text: String) -> [UInt32] {
    text.unicodeScalars.map { folding.usualWidth($0.value) }
  }

  /// Where a run of spaces ends, if it only sets a number apart from Chinese text. One before a number that the text behind
  /// it touches parts clauses of a headline (某地发生地震 3人受伤).
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
      (isNumeric(last) && TextCosts.isHan(right))
      || (TextCosts.isHan(last) && isDigit(right) && !opensClause(numberAt: next, in: source))
      || (isDigit(last) && right == 0x25)
    return joins ? next : nil
  }

  /// Whether the space before a number parts two clauses of a headline (列车脱轨 3人受伤): Chinese
  /// text touches the number behind it, and no mark follows in the line. In running text (建立 14个
  /// 基地) the space is only set around figures. Looks 40 scalars ahead at most.
  private func opensClause(numberAt start: Int, in source: [UInt32]) -> Bool {
    var end = start
    while end < source.count, isNumberPart(folding.usualWidth(source[end])) { end += 1 }
    guard end < source.count, TextCosts.isHan(folding.usualWidth(source[end])) else { return false }
    for scalar in source[end..<min(end + 40, source.count)] {
      if scalar == 0x0A { return true }
      if isClauseMark(folding.usualWidth(scalar)) { return false }
    }
    return true
  }

  /// 。 , ! ? ;
  private func isClauseMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0x2C, 0x21, 0x3F, 0x3B: true
    default: false
    }
  }

  private func isNumberPart(_ scalar: UInt32) -> Bool {
    isNumeric(scalar) || scalar == 0x2C || scalar == 0x2E
  }

  /// Where `(qū)` ends, if it stands behind a character that ICU reads so. Tone marks may be
  /// missing, as in `(qu)`.
  private func readingEnd(at index: Int, in source: [UInt32]) -> Int? {
    guard index > 0, TextCosts.isHan(source[index - 1]) else { return nil }
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
}
