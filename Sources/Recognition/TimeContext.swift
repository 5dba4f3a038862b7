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
}
