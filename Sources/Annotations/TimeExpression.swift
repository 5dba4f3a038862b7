/// A mention of a time and its TIMEX3 value against the document's date.
public struct TimeExpression: Hashable, Sendable {
  /// The whole expression, without prepositions.
  public var range: TextRange
  /// The TIMEX3 / ISO 8601 value, or nil when it cannot be told.
  public var value: String?
  /// TIMEX3's MOD for the edges of a unit: START, MID, END.
  public var modifier: String?

  /// Whether its value is a length (`P3Y`) and no point or period of the calendar.
  package var isLength: Bool {
    guard let value, value.hasPrefix("P") else { return false }
    return !value.hasSuffix("_REF")
  }

  /// A time.
  public init(range: TextRange, value: String?, modifier: String? = nil) {
    self.range = range
    self.value = value
    self.modifier = modifier
  }
}

/// A day of the proleptic Gregorian calendar.
///
/// Day arithmetic is Howard Hinnant's `days_from_civil` and its inverse
/// (*chrono-Compatible Low-Level Date Algorithms*).
///
///     CalendarDate("2021-03-01")?.adding(days: -1).description   // "2021-02-28"
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year; 0 is 1 BC.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, 1 to 31.
  public let day: Int

  /// A date, or nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, (-9999...9999).contains(year),
      day <= CalendarDate.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads ISO 8601's `YYYY-MM-DD` or `YYYYMMDD`; what follows the day (a clock time) is not looked
  /// at.
  public init?(_ text: some StringProtocol) {
    let digits = text.utf8.prefix(10).filter { $0 != UInt8(ascii: "-") }.prefix(8)
    let isExtended = text.utf8.prefix(8).contains(UInt8(ascii: "-"))
    guard digits.count == 8, let number = Int(String(decoding: digits, as: UTF8.self)),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    guard !isExtended || text.hasPrefix(description) else { return nil }
  }

  private init(serial: Int) {
    let shifted = serial + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  public var serial: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week, 1 for Monday to 7 for Sunday.
  public var weekday: Int { ((serial + 3) % 7 + 7) % 7 + 1 }

  /// The date `days` later.
  public func adding(days: Int) -> CalendarDate { CalendarDate(serial: serial + days) }

  /// The ISO 8601 week and the year it belongs to.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = adding(days: 4 - weekday)
    guard let first = CalendarDate(year: thursday.year, month: 1, day: 1) else { return (year, 1) }
    return (thursday.year, (thursday.serial - first.serial) / 7 + 1)
  }

  /// The number of days of a month.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// By day.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.serial < right.serial
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// `value` in decimal, filled up with zeros to `width` digits.
package func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value.magnitude)
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.utf8.count))
    + digits
}
