internal import Annotations
internal import Characters
internal import Segmentation

/// Whether numeral characters are a number where they stand, or part of another word: 四川, 退伍.
extension NumberTokenizer {
  func isNumber(_ token: NumberToken) -> Bool {
    token.isArabic ? !isCode(token.range) : !isWord(token)
  }

  /// An Arabic number that goes on with letters that are no unit: 3D.
  private func isCode(_ range: TextRange) -> Bool {
    if isLetter(range.start - 1), !vocabulary.ends(.currency, at: range.start, in: graph) {
      return true
    }
    guard isLetter(range.end) else { return false }
    if numerals.suffixes[character(range.end)] != nil, !isLetter(range.end + 1) { return false }
    var end = range.end
    while isLetter(end) { end += 1 }
    return !vocabulary.all(.unit, at: range.end, in: graph).contains { $0.range.end >= end }
  }

  private func isWord(_ token: NumberToken) -> Bool {
    let range = token.range
    if token.isPercent { return false }
    let isAll = range == graph.range
    if range.count == 1, isWordByItself(range) { return !isAll || isUnit(text[range.start]) }
    // 退伍: a word that begins before the number.
    if !vocabulary.ends(.ordinal, at: range.start, in: graph), coversBorder(range.start) {
      return true
    }
    if let word = vocabulary.plainWord(at: range.start, in: graph), word.end > range.end,
      !isMeasured(range, upTo: word.end), isHan(range.end), !numbers.begins(text[word.end - 1]),
      vocabulary.longest(.after, at: range.end, in: graph).map({ $0.range.end < word.end }) ?? true
    {
      return true
    }
    if isRangeStart(range.end) { return false }
    if let word = vocabulary.longest(.blocking, at: range.start, in: graph),
      word.range.end > range.end, !isMeasured(range, upTo: word.range.end)
    {
      return true
    }
    if !isAll, range.count > 1 || isArticle(range),
      let word = vocabulary.longest(.confusable, at: range.start, in: graph),
      word.range.end == range.end
    {
      return true
    }
    return false
  }

  /// Whether a word of the path and of the lexicon goes on over the border before a number.
  private func coversBorder(_ position: Int) -> Bool {
    guard position > graph.range.start, isHan(position - 1) else { return false }
    for start in max(graph.range.start, position - 3)..<position {
      guard let path = vocabulary.plainWord(at: start, in: graph), path.end > position else {
        continue
      }
      // 唯一: two characters are a word whether or not a lexicon has it.
      if path.count == 2, path.end == position + 1,
        case .digit(1)? = numbers.numeral(text[position])
      {
        return true
      }
      return vocabulary.all(.blocking, at: start, in: graph).contains { $0.range == path }
    }
    return false
  }

  /// A measure word, a unit or a unit of time stands behind the number and is at least as long as
  /// the word that would take its place: 十分钟 against 十分. Of a word as long as the two, a weak
  /// measure word is part where the text goes on: 十分重要, 一线工作.
  private func isMeasured(_ range: TextRange, upTo end: Int) -> Bool {
    for kind in [Vocabulary.Kind.unit, .timeUnit, .dozen] {
      guard let word = vocabulary.longest(kind, at: range.end, in: graph), word.range.end >= end
      else { continue }
      if word.range.end > end || !isHan(end) || numbers.begins(text[end]) { return true }
      if !vocabulary.all(kind, at: range.end, in: graph).contains(where: {
        $0.range == word.range && isWeak($0.sense)
      }) {
        return true
      }
    }
    return false
  }

  private func isWeak(_ sense: Sense) -> Bool {
    vocabulary.feature("strength", sense) == "weak"
      || vocabulary.feature("note", sense)?.hasPrefix("weak") == true
  }

  private func isVague(_ range: TextRange) -> Bool {
    range.start > graph.range.start
      && vocabulary.longest(.vague, at: range.start - 1, in: graph)?.range.end == range.end
  }

  /// 百余名: 余 and a measure word follow.
  private func isExceeded(_ range: TextRange) -> Bool {
    guard let after = vocabulary.longest(.after, at: range.end, in: graph),
      vocabulary.feature("mod", after.sense) == Modifier.more.rawValue,
      after.range.end < graph.range.end
    else { return false }
    return vocabulary.starts(.unit, at: after.range.end, in: graph)
  }

  /// 一到五: the sign of a range and another number follow.
  private func isRangeStart(_ end: Int) -> Bool {
    vocabulary.rangeEnd(at: end, in: graph).map { numbers.begins(text[$0]) } ?? false
  }

  private func isMoney(_ position: Int) -> Bool {
    position < graph.range.end && vocabulary.starts(.currency, at: position, in: graph)
  }

  /// Whether a character multiplies a digit and is no number without one: 百, but not 十.
  func isUnit(_ character: UInt32) -> Bool {
    switch numbers.numeral(character) {
    case .unit(let power): power > 1
    case .scale: true
    default: false
    }
  }

  private func isArticle(_ range: TextRange) -> Bool {
    vocabulary.longest(.article, at: range.start, in: graph) != nil
  }

  /// A single character that is mostly another word: 百, 陆, 一 before a verb.
  private func isWordByItself(_ range: TextRange) -> Bool {
    let character = text[range.start]
    // 千 in 上千元 and 千余人, but not by itself.
    if isUnit(character) { return !isVague(range) && !isExceeded(range) }
    let follows = isHan(range.end)
    let measured = isMeasured(range, upTo: range.end)
    if numerals.formal.contains(character) {
      if isMoney(range.end) { return false }
      return follows || (isHan(range.start - 1) && !numerals.signs.contains(text[range.start - 1]))
    }
    // 两两
    if follows, text[range.end] == character, numerals.counting.contains(character) { return true }
    if range.start > graph.range.start, text[range.start - 1] == character,
      numerals.counting.contains(character)
    {
      return true
    }
    guard case .digit(1)? = numbers.numeral(character), follows else { return false }
    // 一座座: a measure word said twice counts nothing.
    if measured, self.character(range.end) == self.character(range.end + 1),
      vocabulary.starts(.measure, at: range.end + 1, in: graph)
    {
      return true
    }
    guard !measured, !isRangeStart(range.end) else { return false }
    return vocabulary.starts(.verb, at: range.end, in: graph)
  }
}
