package import Annotations

/// A day as pages and news formats write it, with the time of the day where it stands behind.
///
///     DayInText(in: "2020-4-2 14:58:00")                  // 2020-04-02, 53880
///     DayInText(in: "Thu, 02 Apr 2020 14:58:00 +0800")    // RFC 822: the same
///     DayInText(in: "20200402T145800Z")                   // the same
///
/// The day is the one that is written; a zone is not looked at. A year, a month and a day are told by
/// the signs between them and not by words: the same sign twice, or two letters that differ (年, 月).
package struct DayInText: Equatable, Sendable {
  /// The day.
  package let day: CalendarDate
  /// Seconds since midnight.
  package let clock: Int?

  /// The day, and the time where it is known, as ISO 8601: `2020-04-02T14:58:00`.
  package var iso: String {
    guard let clock else { return day.description }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))"
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The first day in a text, or nil. Linear in the text.
  package init?(in text: some StringProtocol) {
    let text = Array(text.unicodeScalars)
    var at = 0
    while at < text.count {
      guard let run = Self.digits(text, at), at == 0 || Self.digit(text[at - 1]) == nil else {
        at += 1
        continue
      }
      if let found = Self.day(text, at, run) {
        day = found.day
        clock = Self.clock(text, found.end)
        return
      }
      at += run.count
    }
    return nil
  }

  private typealias Number = (value: Int, count: Int)

  /// A day whose first number, `run`, stands at `start`, and where it ends.
  private static func day(
    _ text: [Unicode.Scalar], _ start: Int, _ run: Number
  ) -> (day: CalendarDate, end: Int)? {
    switch run.count {
    case 1, 2:
      return namedMonth(text, start, run)
    case 8:
      let day = CalendarDate(
        year: run.value / 10_000, month: run.value / 100 % 100, day: run.value % 100)
      guard let day, isUsual(day.year) else { return nil }
      return (day, start + run.count)
    case 4:
      guard isUsual(run.value) else { return nil }
      var at = start + run.count
      guard let first = separator(text, &at), let month = digits(text, at), month.count <= 2 else {
        return nil
      }
      at += month.count
      guard let second = separator(text, &at), let last = digits(text, at), last.count <= 2 else {
        return nil
      }
      let isSign = first == second && ["-", "/", "."].contains(first)
      let isWord =
        first != second && first.properties.isAlphabetic && second.properties.isAlphabetic
      guard isSign || isWord,
        let day = CalendarDate(year: run.value, month: month.value, day: last.value)
      else { return nil }
      at += last.count
      if isWord, at < text.count, text[at].properties.isAlphabetic { at += 1 }
      return (day, at)
    default: return nil
    }
  }

  /// `02 Apr 2020`, as RFC 822 has it.
  private static func namedMonth(
    _ text: [Unicode.Scalar], _ start: Int, _ run: Number
  ) -> (day: CalendarDate, end: Int)? {
    var at = start + run.count
    guard at + 9 <= text.count, text[at] == " " || text[at] == "-" else { return nil }
    var name = ""
    at += 1
    while at < text.count, text[at].isASCII, text[at].properties.isAlphabetic {
      name.unicodeScalars.append(text[at])
      at += 1
    }
    guard let month = months.firstIndex(of: String(name.lowercased().prefix(3))),
      at < text.count, text[at] == " " || text[at] == "-" || text[at] == ",",
      let year = digits(text, at + 1), year.count == 4, isUsual(year.value),
      let day = CalendarDate(year: year.value, month: month + 1, day: run.value)
    else { return nil }
    return (day, at + 1 + year.count)
  }

  /// `14:58` or `14:58:00`, at most four signs behind the day, or `T145800`.
  private static func clock(_ text: [Unicode.Scalar], _ end: Int) -> Int? {
    var at = end
    while at < text.count, at < end + 4, digit(text[at]) == nil { at += 1 }
    guard at > end, let hour = digits(text, at) else { return nil }
    if hour.count == 6, text[at - 1] == "T" {
      return seconds(hour.value / 10_000, hour.value / 100 % 100, hour.value % 100)
    }
    at += hour.count
    guard hour.count <= 2, at < text.count, text[at] == ":", let minute = digits(text, at + 1),
      minute.count == 2
    else { return nil }
    at += 3
    let second = at < text.count && text[at] == ":" ? digits(text, at + 1)?.value : nil
    return seconds(hour.value, minute.value, second ?? 0)
  }

  private static func seconds(_ hour: Int, _ minute: Int, _ second: Int) -> Int? {
    guard hour < 24, minute < 60, second < 61 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  private static func isUsual(_ year: Int) -> Bool { (1900..<2200).contains(year) }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30
    case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
    default: nil
    }
  }

  /// The number that begins at a place; nil where there is none or it has more than 14 digits.
  private static func digits(_ text: [Unicode.Scalar], _ start: Int) -> Number? {
    var number = (value: 0, count: 0)
    while start + number.count < text.count, let digit = digit(text[start + number.count]) {
      guard number.count < 14 else { return nil }
      number = (number.value * 10 + digit, number.count + 1)
    }
    return number.count == 0 ? nil : number
  }

  /// One sign, with a space on either side at most.
  private static func separator(_ text: [Unicode.Scalar], _ at: inout Int) -> Unicode.Scalar? {
    if at < text.count, text[at] == " " { at += 1 }
    guard at < text.count else { return nil }
    let sign = text[at]
    at += 1
    if at < text.count, text[at] == " " { at += 1 }
    return sign
  }
}
