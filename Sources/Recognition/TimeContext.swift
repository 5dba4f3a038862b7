package import Annotations

/// What a document has said about time so far: the anchors of 当天, 同年 and 上年同期.
package struct TimeContext: Sendable {
  /// The day the document is of; nil when nobody gave one.
  package let reference: CalendarDate?
  /// The time of that day in seconds since midnight; nil when nobody gave one.
  package let clock: Int?
  /// The last day that the text named.
  var lastDay: CalendarDate?
  /// The last year that the text named.
  var lastYear: Int?
  /// The last month that the text named, with its year.
  var lastMonth: (year: Int, month: Int)?
  /// The value of the last time that was longer than a day, for 同期.
  var lastPeriod: String?

  /// The context at the beginning of a document.
  package init(reference: CalendarDate?, clock: Int? = nil) {
    self.reference = reference
    self.clock = clock
  }

  /// The day from which a unit is counted that refers to the text: 次日, 同年.
  func anchor(_ unit: String) -> CalendarDate? {
    switch unit {
    case "year":
      return lastYear.flatMap { CalendarDate(year: $0, month: 1, day: 1) }
    case "month":
      return lastMonth.flatMap { CalendarDate(year: $0.year, month: $0.month, day: 1) }
    default: return lastDay
    }
  }

  /// Remembers what a mention named, and how it is written.
  mutating func note(_ meaning: TimeMeaning, _ text: String?) {
    switch meaning {
    case .point(let point):
      guard let date = point.date else { return }
      lastYear = date.year
      switch point.unit {
      case .day:
        lastDay = date
        lastMonth = (date.year, date.month)
      case .month:
        lastMonth = (date.year, date.month)
        lastPeriod = text
      case .year, .half, .quarter, .season: lastPeriod = text
      default: break
      }
    case .interval(let from, let to):
      if let from { note(.point(from), nil) }
      if let to { note(.point(to), nil) }
      if from != nil, to != nil { lastPeriod = text }
    default: break
    }
  }
}
