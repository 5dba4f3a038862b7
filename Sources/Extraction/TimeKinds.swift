internal import Annotations

/// What sort of time a phrase is, and how far from the day of the document.
extension SentencePhrases {
  /// Whether a range is a time of some length that the calendar has (今年一季度, 1至5月), and no day.
  func isPeriod(_ range: TextRange) -> Bool {
    guard let time = time(of: range), time.modifier == nil, let value = time.value else {
      return false
    }
    // 2024, 2024-05, 2024-Q1; START/END.
    return value.contains("/") || [4, 7].contains(value.utf8.count)
  }

  /// Whether a range says when by what happens then (考察时), and not by the calendar alone.
  func isMoment(_ range: TextRange) -> Bool {
    !tokens(in: range).allSatisfy { tag($0) == .time }
  }

  /// Whether a range is a length of time that begins with its number (3个月, 多年), or comes again and again (每年): it is of one
  /// clause, where a day, or 未来三年, or 三年来, is of all that follow.
  func isLength(_ range: TextRange) -> Bool {
    guard let time = time(of: range) else { return false }
    let first = TextRange(range.start, range.start + 1)
    guard let value = time.value else {
      return isWord(first, of: .vagueNumeral) && endsWithDuration(range)
    }
    guard value.first == "P", !isWord(range.suffix(1), of: .upToNow) else {
      return false
    }
    return (0x30...0x39).contains(text.characters[range.start]) || isWord(first, of: .numeral)
      || isWord(first, of: .every)
  }

  /// Whether a time ends with what lengths are counted in (年, 小时), and not with 前 or 来.
  private func endsWithDuration(_ time: TextRange) -> Bool {
    (1...2).contains {
      $0 < time.count && isWord(time.suffix($0), of: .duration)
    }
  }

  /// A length of time with the word that says that it runs through: 连续9年.
  func withRunning(_ length: TextRange) -> TextRange {
    guard let before = token(before: length), isWord(before.range, of: .running) else {
      return length
    }
    return before.range.union(length)
  }

  /// Whether a range is the time to come (未来几天), or a period that reaches into the year before the day of the document or
  /// later: one that is told of as news.
  func isRecent(_ range: TextRange) -> Bool {
    guard let value = time(of: range)?.value else { return false }
    if value == Self.future { return true }
    // 自3月1日起 says when something begins.
    let isFromDay = value.hasSuffix("/") && value.utf8.count > "2024-01/".utf8.count
    guard isPeriod(range), !isFromDay, let day else { return false }
    let end = value.split(separator: "/").last { $0.first?.isNumber ?? false } ?? ""
    return Int(end.prefix(4)).map { $0 >= day.year - 1 } ?? false
  }

  /// Whether a time begins behind the day of the document, as far as both are known; the name of a festival is more often
  /// what something is done for (春节将至).
  func isToCome(_ range: TextRange) -> Bool {
    guard let value = time(of: range)?.value else { return false }
    if value == Self.future { return true }
    guard let begin = value.split(separator: "/").first, !isWord(range, of: .festival),
      let (date, today) = written(begin)
    else { return false }
    return date > today && !value.hasPrefix("/")
  }

  /// Whether a time is over on the day of the document, or goes on up to it (近日, 上周, 今年以来).
  func isOver(_ range: TextRange) -> Bool {
    guard let value = time(of: range)?.value else { return false }
    if value == Self.past { return true }
    guard let end = value.split(separator: "/").last, let (date, today) = written(end) else {
      return false
    }
    // 2024/ goes on up to the day of the document, 2024-05-18/ from that day on.
    let goesOn = value.hasSuffix("/") && date.utf8.count < 10
    return date < today || goesOn && date == today
  }

  /// A date of a value as far as it is written (2030, 2024-07 and 2024-07-01; 2024-Q3 by its year), and the day of the
  /// document as far; nil where one is not known.
  private func written(_ date: Substring) -> (date: Substring, today: Substring)? {
    let digits = date.prefix(10).prefix { $0.isNumber || $0 == "-" }
    let count = digits.hasSuffix("-") ? 4 : digits.utf8.count
    guard let day, count >= 4 else { return nil }
    return (digits.prefix(count), day.description.prefix(count))
  }

  /// The time over a range, or the first of two that are one (今天（5月8日）凌晨).
  private func time(of range: TextRange) -> TimeExpression? {
    if let time = times.first(where: { $0.range == range }) { return time }
    guard let last = times.last(where: { $0.range.end == range.end }) else { return nil }
    return times.first {
      $0.range.start == range.start && isNote(from: $0.range.end, to: last.range.start)
    }
  }

  private static let future = "FUTURE_REF"
  private static let past = "PAST_REF"
}
