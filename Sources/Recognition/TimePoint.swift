internal import Annotations

/// A point or unit of time: a day, a month, a quarter, an hour of a day, or a clock time of no day.
struct TimePoint: Hashable, Sendable {
  /// What a date names.
  enum Unit: Hashable, Sendable {
    case century
    case decade
    case year
    case half
    case quarter
    case season(String)
    case month
    case week
    case weekend
    case day
  }

  /// How exactly a clock time is told.
  enum Precision: Int, Hashable, Sendable {
    case hour
    case minute
    case second
  }

  /// The first day of the unit; nil for a clock time or part of a day alone.
  var date: CalendarDate?
  var unit: Unit = .day
  var isBeforeChrist = false
  /// Seconds since midnight.
  var clock: Int?
  var precision: Precision = .hour
  /// A part of the day: MO, AF and so on.
  var part: String?
  /// A day, month or weekday of no year in TIMEX3, where nothing tells the year.
  var open: String?

  /// The TIMEX3 value.
  var timex: String {
    var text = open ?? dateText
    if let clock {
      text += "T\(padded(clock / 3600, 2))"
      if precision.rawValue > 0 { text += ":\(padded(clock / 60 % 60, 2))" }
      if precision.rawValue > 1 { text += ":\(padded(clock % 60, 2))" }
    } else if let part {
      text += "T\(part)"
    }
    return text
  }

  private var dateText: String {
    guard let date else { return "" }
    let year = (isBeforeChrist ? "BC" : "") + padded(date.year, 4)
    switch unit {
    case .century: return padded(date.year / 100, 2)
    case .decade: return padded(date.year / 10, 3)
    case .year: return year
    case .half: return "\(year)-H\(date.month > 6 ? 2 : 1)"
    case .quarter: return "\(year)-Q\((date.month - 1) / 3 + 1)"
    case .season(let season): return "\(year)-\(season)"
    case .month: return "\(year)-\(padded(date.month, 2))"
    case .week, .weekend:
      let week = date.isoWeek
      let text = "\(padded(week.year, 4))-W\(padded(week.week, 2))"
      return unit == .weekend ? text + "-WE" : text
    case .day: return "\(year)-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }
  }

  /// A unit of a date.
  init(_ date: CalendarDate, _ unit: Unit = .day) {
    self.date = date
    self.unit = unit
  }

  /// A clock time of no day.
  init(clock: Int, _ precision: Precision) {
    self.clock = clock
    self.precision = precision
  }

  /// A part of no day.
  init(part: String) { self.part = part }

  /// A value that is written as it is.
  init(open: String) { self.open = open }

  /// An instant: a day and the seconds since its midnight, which may lie beyond it.
  init(_ date: CalendarDate, seconds: Int, _ precision: Precision) {
    let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    self.date = date.adding(days: days)
    clock = seconds - days * 86_400
    self.precision = precision
  }
}

/// A length of time in months and seconds, as it is told.
struct TimeLength: Hashable, Sendable {
  /// The parts from years to seconds, and the letters that TIMEX3 has for them.
  static let letters = ["Y", "M", "W", "D", "H", "M", "S"]
  /// Amounts of years, months, weeks, days, hours, minutes, seconds.
  var amounts: [ExactDecimal?] = [ExactDecimal?](repeating: nil, count: 7)

  /// The finest part.
  var finest: Int { amounts.lastIndex { $0 != nil } ?? 0 }

  /// The TIMEX3 value.
  var timex: String {
    var text = "P"
    for (place, amount) in amounts.enumerated() {
      guard let amount else { continue }
      if place > 3, !text.contains("T") { text += "T" }
      text += amount.description + Self.letters[place]
    }
    return text
  }

  /// Whole months and, in seconds, the rest; a half month counts 15 days, half a year six months.
  var parts: (months: Int, seconds: Int)? {
    let perUnit: [Int] = [12, 1, 604_800, 86_400, 3600, 60, 1]
    var months = 0
    var seconds = 0
    for (place, amount) in amounts.enumerated() {
      guard let amount else { continue }
      guard let exact = amount.multiplied(by: ExactDecimal(Int128(perUnit[place]))) else {
        return nil
      }
      if place < 2 {
        if let whole = exact.integer {
          months += whole
        } else if let halves = exact.multiplied(by: ExactDecimal(2))?.integer {
          months += halves / 2
          seconds += 15 * 86_400
        } else {
          return nil
        }
      } else {
        guard let whole = exact.integer else { return nil }
        seconds += whole
      }
    }
    return (months, seconds)
  }
}

/// What a mention of time means.
enum TimeMeaning: Hashable, Sendable {
  case point(TimePoint)
  /// From one to the other; nil is an open end.
  case interval(TimePoint?, TimePoint?)
  case length(TimeLength)
  case lengths(TimeLength, TimeLength)
  /// Written as it is: PRESENT_REF, or the pattern of a set.
  case fixed(String, isSet: Bool)
  /// A date as the Chinese calendar has it.
  case chinese(String)

  /// The reading in the interchange form.
  func reading(mod: String?) -> TypedValue.Reading {
    var reading = TypedValue.Reading(.time)
    reading.mod = mod
    switch self {
    case .point(let point): reading.timex = point.timex
    case .interval(let from, let to):
      reading.timex = "\(from?.timex ?? "..")/\(to?.timex ?? "..")"
    case .length(let length): reading.timex = length.timex
    case .lengths(let low, let high):
      reading.isRange = true
      reading.low = low.timex
      reading.high = high.timex
    case .chinese(let text):
      reading.timex = text
      reading.calendar = "chinese"
    case .fixed(let text, let isSet):
      reading.timex = text
      reading.isSet = isSet
    }
    return reading
  }
}
