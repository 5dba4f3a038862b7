internal import Annotations
internal import Characters

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
    // 退伍: a word of the path that begins before the number.
    if let word = wordBefore(range.start), !word.isEmpty,
      !vocabulary.ends(.bound, at: range.start, in: graph),
      !vocabulary.ends(.ordinal, at: range.start, in: graph)
    {
      return true
    }
    if let word = vocabulary.plainWord(at: range.start, in: graph), word.end > range.end,
      !isMeasured(range, upTo: word.end), isHan(range.end), !numbers.begins(text[range.end])
    {
      return true
    }
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

  /// A word of the path that covers the border before a number.
  private func wordBefore(_ position: Int) -> TextRange? {
    guard position > graph.range.start, isHan(position - 1) else { return nil }
    for start in max(graph.range.start, position - 3)..<position {
      guard let word = vocabulary.plainWord(at: start, in: graph), word.end > position else {
        continue
      }
      return word
    }
    return nil
  }

  /// A measure word, a unit or a unit of time stands behind the number and is at least as long as
  /// the word that would take its place: 十分钟 against 十分.
  private func isMeasured(_ range: TextRange, upTo end: Int) -> Bool {
    for kind in [Vocabulary.Kind.unit, .time, .dozen] {
      if let word = vocabulary.longest(kind, at: range.end, in: graph), word.range.end >= end {
        return true
      }
    }
    return false
  }

  private func isUnit(_ character: UInt32) -> Bool {
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
    if isUnit(character) { return true }
    let follows = isHan(range.end)
    let measured = isMeasured(range, upTo: range.end + 1)
    if numerals.formal.contains(character) { return (isHan(range.start - 1) || follows) && !measured }
    guard case .digit(1)? = numbers.numeral(character), follows, !measured else { return false }
    return vocabulary.starts(.verb, at: range.end, in: graph)
  }
}
