internal import Annotations

/// The Chinese calendar as a table: the months of each year and the days of its solar terms.
package struct ChineseCalendar: Sendable {
  private struct Year: Sendable {
    let newYear: CalendarDate
    /// The month whose number the leap month shares, 0 for none.
    let leap: Int
    /// The numbers of days of its 12 or 13 months in order.
    let months: [Int]
    /// The days of the 24 solar terms, two in every month of the Gregorian calendar.
    let terms: [Int]
  }

  private var years: [Int: Year] = [:]

  /// A calendar without years.
  package init() {}

  /// Adds a year as the table writes it; nil when it is accepted, else what is wrong.
  package mutating func add(
    year: String, newYear: String, leap: String, months: String, terms: String
  ) -> String? {
    guard let number = Int(year), let first = CalendarDate("\(padded(number, 4))-\(newYear)") else {
      return "\"\(year)\" and \"\(newYear)\" are no year and its first day, as 2021 and 02-12"
    }
    let lengths = months.map { $0 == "L" ? 30 : $0 == "S" ? 29 : 0 }
    guard lengths.count == (leap.isEmpty ? 12 : 13), !lengths.contains(0) else {
      return "\"\(months)\" is expected to be 12 letters L and S, or 13 in a year with a leap month"
    }
    guard leap.isEmpty || (1...12).contains(Int(leap) ?? 0) else {
      return "the leap month \"\(leap)\" is no number from 1 to 12"
    }
    let digits = terms.utf8.map { Int($0) - 48 }
    let days = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
    guard digits.count == 48, days.allSatisfy({ (1...31).contains($0) }) else {
      return "\"\(terms)\" is expected to be 24 days of two digits"
    }
    years[number] = Year(newYear: first, leap: Int(leap) ?? 0, months: lengths, terms: days)
    return nil
  }

  /// The day of a Chinese date; day 30 of a month of 29 days is its last one. Nil outside the table, or
  /// when there is no such leap month.
  func date(year: Int, month: Int, day: Int, isLeap: Bool = false) -> CalendarDate? {
    guard let first = firstDay(year: year, month: month, isLeap: isLeap), (1...30).contains(day)
    else { return nil }
    return first.start.adding(days: min(day, first.count) - 1)
  }

  /// The first day of a Chinese month and the number of its days.
  func firstDay(year: Int, month: Int, isLeap: Bool) -> (start: CalendarDate, count: Int)? {
    guard let entry = years[year], (1...12).contains(month), !isLeap || entry.leap == month else {
      return nil
    }
    let place = month - 1 + (isLeap || (entry.leap > 0 && month > entry.leap) ? 1 : 0)
    let before = entry.months[..<place].reduce(0, +)
    return (entry.newYear.adding(days: before), entry.months[place])
  }

  /// The day of a solar term, counted from 0 for 小寒 in January.
  func term(_ number: Int, year: Int) -> CalendarDate? {
    guard let entry = years[year], entry.terms.indices.contains(number) else { return nil }
    return CalendarDate(year: year, month: number / 2 + 1, day: entry.terms[number])
  }
}
