internal import Annotations

/// Turns the fields of a moment into what it means against the document's date: the likeliest reading
/// first, then the others that the words allow.
struct MomentResolver {
  let calendar: ChineseCalendar
  let context: TimeContext
  private var reference: CalendarDate? { context.reference }
  private var clock: Int? { context.clock }

  /// All readings of a moment.
  func meanings(of fields: MomentFields) -> [TimeMeaning] {
    var found: [TimeMeaning] = []
    for meaning in dates(fields) {
      for timed in clocked(meaning, fields) where !found.contains(timed) { found.append(timed) }
    }
    return found
  }

  private static let farMonths = 7
  private static let firstMonth = ["Q4": 10, "H2": 7, "FA": 7, "WI": 7]

  /// The last period of the text in another year: 去年同期.
  private func samePeriod(_ fields: MomentFields) -> TimeMeaning? {
    guard let last = context.lastPeriod else { return nil }
    let shift = fields.shifts.first
    let ends = last.split(separator: "/").map { end -> String? in
      guard let year = Int(end.prefix(4)) else { return nil }
      let target = fields.year ?? (shift?.unit == "year" ? year + (shift?.amount ?? 0) : year - 1)
      return padded(target, 4) + end.dropFirst(4)
    }
    guard !ends.contains(where: { $0 == nil }) else { return nil }
    return .fixed(ends.compactMap { $0 }.joined(separator: "/"), isSet: false)
  }

  // MARK: Clock times

  private func clocked(_ meaning: TimeMeaning?, _ fields: MomentFields) -> [TimeMeaning] {
    guard let meaning else {
      // No date: a clock time, or a part of the day.
      if fields.hour != nil { return clocks(fields).map { at($0, nil, fields) } }
      if let part = fields.daypart { return [.point(TimePoint(part: part))] }
      return []
    }
    guard case .point(var point) = meaning, point.unit == .day || point.open != nil else {
      return [meaning]
    }
    if fields.hour != nil { return clocks(fields).map { at($0, point, fields) } }
    if let part = fields.daypart {
      point.part = part
      return [.point(point)]
    }
    return [meaning]
  }

  /// Seconds since midnight of the hour, as the part of the day says it or in both halves of the day.
  private func clocks(_ fields: MomentFields) -> [Int] {
    guard let hour = fields.hour else { return [] }
    let rest = (fields.minute ?? 0) * 60 + (fields.second ?? 0)
    var hours: [Int]
    switch fields.meridiem ?? fields.daypart ?? "" {
    case "PM": hours = [hour < 12 ? hour + 12 : hour]
    case "AM": hours = [hour == 12 ? 0 : hour]
    case "AF", "EV":
      hours = [hour < 12 ? hour + 12 : hour == 12 && fields.daypart == "EV" ? 24 : hour]
    case "NI": hours = [hour == 12 ? 24 : (6...11).contains(hour) ? hour + 12 : hour]
    case "DA", "MO": hours = [hour == 12 && fields.daypart == "DA" ? 0 : hour]
    case "MI": hours = [hour < 3 ? hour + 12 : hour]
    default: hours = hour > 0 && hour <= 12 ? [hour, hour == 12 ? 0 : hour + 12] : [hour]
    }
    return hours.map { $0 * 3600 + rest }
  }

  private func at(_ seconds: Int, _ point: TimePoint?, _ fields: MomentFields) -> TimeMeaning {
    let precision: TimePoint.Precision =
      fields.second != nil ? .second : fields.minute != nil ? .minute : .hour
    guard var day = point else {
      let isDayEnd = seconds == 86_400 && fields.daypart != nil
      return .point(TimePoint(clock: isDayEnd ? 0 : seconds, precision))
    }
    if let date = day.date {
      // 24时 is written as it is, 晚上12点 is the next midnight.
      if seconds >= 86_400 { return .point(TimePoint(date, seconds: seconds, precision)) }
    }
    day.clock = seconds
    day.precision = precision
    day.part = nil
    return .point(day)
  }

  // MARK: Dates

  /// The dates a moment may mean; a nil stands for none at all.
  private func dates(_ fields: MomentFields) -> [TimeMeaning?] {
    if fields.isUnknown { return [] }
    if let span = fields.span {
      let ends = [span.from, span.to].compactMap { amount -> TimePoint? in
        let shift = MomentFields.Shift(unit: span.unit, amount: amount, fromText: false)
        guard case .point(let point)?? = shifted(shift, MomentFields()).first else { return nil }
        return point
      }
      return ends.count == 2 ? [.interval(ends[0], ends[1])] : []
    }
    if fields.isSame { return [samePeriod(fields)] }
    if let years = fields.years { return [span(years.lowerBound, years.upperBound)] }
    if let century = fields.century {
      return [inCentury(century, fields)]
    }
    if fields.month == nil, fields.day == nil, fields.holiday == nil, fields.period == nil,
      fields.weekday == nil, fields.ordinals.isEmpty || fields.ordinals[0].unit == "hour",
      fields.days == nil, fields.edge == nil, fields.year == nil, fields.shifts.isEmpty,
      fields.decade == nil, !fields.isWeekend, !fields.isWholeYear
    {
      return [nil]
    }
    if let shift = fields.shifts.first {
      return shifted(shift, fields)
    }
    if reference == nil, fields.year == nil, let month = fields.month, !fields.isLunar {
      let day = fields.day.map { "-" + padded($0, 2) } ?? ""
      return [.point(TimePoint(open: "XXXX-\(padded(month, 2))\(day)"))]
    }
    return years(fields).flatMap { inYear($0, fields) }
  }

  private func span(_ from: Int, _ to: Int) -> TimeMeaning? {
    guard let first = year(from), let last = year(to) else { return nil }
    return .interval(first, last)
  }

  private func year(_ year: Int) -> TimePoint? {
    CalendarDate(year: year, month: 1, day: 1).map { TimePoint($0, .year) }
  }

  private func inCentury(_ century: Int, _ fields: MomentFields) -> TimeMeaning? {
    let first = (century - 1) * 100
    if let decade = fields.decade {
      return CalendarDate(year: first + decade, month: 1, day: 1).map {
        .point(TimePoint($0, .decade))
      }
    }
    return CalendarDate(year: first, month: 1, day: 1).map { .point(TimePoint($0, .century)) }
  }

  /// The years that a moment may lie in, the likeliest first.
  private func years(_ fields: MomentFields) -> [Int] {
    if let year = fields.year {
      if let era = fields.era { return [era + year] }
      if fields.isBeforeChrist || fields.yearDigits > 2 { return [year] }
      // 15年, 91年: the one that is at most ten years ahead.
      let base = reference?.year ?? 2000
      let century = base / 100 * 100
      let candidates = [century + year, century - 100 + year, century + 100 + year]
      return candidates.filter { $0 <= base + 10 && $0 > base - 90 }
        + candidates.filter { $0 > base + 10 || $0 <= base - 90 }.prefix(1)
    }
    if fields.isWholeYear, let year = context.lastYear ?? reference?.year { return [year] }
    guard let reference else { return context.lastYear.map { [$0] } ?? [] }
    let year = reference.year
    // A month or period that lies far ahead is last year's.
    let month = fields.month ?? fields.period.map { Self.firstMonth[$0] ?? 1 } ?? 1
    let far = fields.month != nil ? Self.farMonths : Self.farMonths - 1
    return month - reference.month >= far
      ? [year - 1, year, year + 1] : [year, year - 1, year + 1]
  }

  /// A moment counted from the document's day: 上周, 去年, 明天.
  private func shifted(_ shift: MomentFields.Shift, _ fields: MomentFields) -> [TimeMeaning?] {
    guard let reference = (shift.fromText ? context.anchor(shift.unit) : nil) ?? reference else {
      return []
    }
    switch shift.unit {
    case "year": return inYear(reference.year + shift.amount, fields)
    case "half":
      let serial = reference.year * 2 + (reference.month > 6 ? 1 : 0) + shift.amount
      return [unit(serial / 2, serial % 2 * 6 + 1, .half)]
    case "quarter":
      let serial = reference.year * 4 + (reference.month - 1) / 3 + shift.amount
      guard let quarter = unit(serial / 4, serial % 4 * 3 + 1, .quarter) else { return [] }
      return [quarter]
    case "month":
      let serial = reference.year * 12 + reference.month - 1 + shift.amount
      return inMonth(serial / 12, serial % 12 + 1, fields)
    case "century":
      let century = reference.year / 100 + 1 + shift.amount
      return [inCentury(century, fields)]
    case "week":
      let monday = reference.adding(days: 1 - reference.weekday + 7 * shift.amount)
      if fields.isWeekend { return [.point(TimePoint(monday, .weekend))] }
      guard let weekday = fields.weekday else { return [.point(TimePoint(monday, .week))] }
      let day = monday.adding(days: weekday - 1)
      // 这周一 on a Tuesday, 下周三 on one: the next that comes, for some speakers.
      var next = reference.adding(days: (weekday - reference.weekday + 7) % 7)
      if shift.amount == 1, next == reference { next = next.adding(days: 7) }
      return shift.amount == 0 || shift.amount == 1
        ? [.point(TimePoint(day)), .point(TimePoint(next))] : [.point(TimePoint(day))]
    case "day": return [.point(TimePoint(reference.adding(days: shift.amount)))]
    case "hour", "second", "time":
      guard shift.unit == "hour", let clock else { return [.fixed("PRESENT_REF", isSet: false)] }
      return [
        .point(TimePoint(reference, seconds: (clock / 3600 + shift.amount) * 3600, .hour))
      ]
    default: return []
    }
  }

  private func unit(_ year: Int, _ month: Int, _ unit: TimePoint.Unit) -> TimeMeaning? {
    CalendarDate(year: year, month: month, day: 1).map { .point(TimePoint($0, unit)) }
  }

  private func inYear(_ year: Int, _ fields: MomentFields) -> [TimeMeaning?] {
    if let holiday = fields.holiday {
      // The last two terms of a year lie in the January behind it.
      let isLate = ["term:0", "term:1"].contains(holiday) && fields.year != nil
      return (isLate ? [year, year + 1] : [year]).map {
        self.holiday(holiday, $0).map { .point(TimePoint($0)) }
      }
    }
    if let month = fields.month { return inMonth(year, month, fields) }
    if let period = fields.period { return [self.period(period, year)] }
    if let decade = fields.decade {
      let base =
        fields.shifts.isEmpty ? (year - decade % 100 < year / 100 * 100 ? year - 100 : year) : year
      return [
        CalendarDate(year: base / 100 * 100 + decade, month: 1, day: 1).map {
          .point(TimePoint($0, .decade))
        }
      ]
    }
    if let ordinal = fields.ordinals.first(where: { $0.unit != "hour" }) {
      return inYear(year, ordinal, fields)
    }
    if fields.day != nil || fields.weekday != nil || fields.isWeekend {
      return fields.year == nil ? near(fields) : []
    }
    guard var point = self.year(year) else { return [] }
    point.isBeforeChrist = fields.isBeforeChrist
    if fields.days != nil
      || (fields.edge != nil && fields.year == nil && fields.shifts.isEmpty && !isYearEdge(fields))
    {
      return inMonth(year, reference?.month ?? 1, fields)
    }
    return [.point(point)]
  }

  /// Whether 年初, 年底 stand alone, and not 月底.
  private func isYearEdge(_ fields: MomentFields) -> Bool { !fields.isMonthEdge }

  private func inYear(
    _ year: Int, _ ordinal: MomentFields.Ordinal, _ fields: MomentFields
  ) -> [TimeMeaning?] {
    guard let first = CalendarDate(year: year, month: 1, day: 1),
      let last = CalendarDate(year: year, month: 12, day: 31)
    else { return [] }
    switch ordinal.unit {
    case "week":
      guard ordinal.number > 0, let fourth = CalendarDate(year: year, month: 1, day: 4) else {
        return []
      }
      let monday = fourth.adding(days: 1 - fourth.weekday + 7 * (ordinal.number - 1))
      return [.point(TimePoint(monday, .week))]
    case "month":
      if ordinal.count == 1 && ordinal.number > 0 { return inMonth(year, ordinal.number, fields) }
      let from = ordinal.number > 0 ? ordinal.number : 13 - ordinal.count
      return [months(year, from, from + ordinal.count - 1)]
    case "quarter":
      if ordinal.count == 1, ordinal.number > 0 {
        return [unit(year, ordinal.number * 3 - 2, .quarter)]
      }
      let from = ordinal.number > 0 ? ordinal.number : 5 - ordinal.count
      guard case .point(let low)? = unit(year, from * 3 - 2, .quarter),
        case .point(let high)? = unit(year, (from + ordinal.count) * 3 - 5, .quarter)
      else { return [] }
      return [.interval(low, high)]
    default: return [days(first, last, ordinal)]
    }
  }

  private func months(_ year: Int, _ from: Int, _ to: Int) -> TimeMeaning? {
    guard let low = CalendarDate(year: year, month: from, day: 1),
      let high = CalendarDate(year: year, month: to, day: 1)
    else { return nil }
    return .interval(TimePoint(low, .month), TimePoint(high, .month))
  }

  /// The n-th day or weekday, or so many days, of a stretch.
  private func days(
    _ first: CalendarDate, _ last: CalendarDate, _ ordinal: MomentFields.Ordinal
  ) -> TimeMeaning? {
    if ordinal.unit == "weekday" {
      let day: CalendarDate
      if ordinal.number > 0 {
        day = first.adding(
          days: (ordinal.weekday - first.weekday + 7) % 7 + 7 * (ordinal.number - 1))
      } else {
        day = last.adding(days: -((last.weekday - ordinal.weekday + 7) % 7))
      }
      return day <= last ? .point(TimePoint(day)) : nil
    }
    guard ordinal.unit == "day" else { return nil }
    if ordinal.count == 1, ordinal.number > 0 {
      return .point(TimePoint(first.adding(days: ordinal.number - 1)))
    }
    let from = ordinal.number > 0 ? first : last.adding(days: 1 - ordinal.count)
    return .interval(TimePoint(from), TimePoint(from.adding(days: ordinal.count - 1)))
  }

  private func inMonth(_ year: Int, _ month: Int, _ fields: MomentFields) -> [TimeMeaning?] {
    if fields.isLunar { return lunar(year, month, fields) }
    guard let first = CalendarDate(year: year, month: month, day: 1) else { return [] }
    let last = first.adding(days: CalendarDate.days(inMonth: month, of: year) - 1)
    if let day = fields.day {
      var found: [TimeMeaning?] = []
      if let date = CalendarDate(year: year, month: month, day: day) {
        var point = TimePoint(date)
        point.isBeforeChrist = fields.isBeforeChrist
        found.append(.point(point))
      } else if month == 2, day == 29, fields.year == nil, fields.shifts.isEmpty {
        // The nearest years that have one.
        for far in [-1, 1, -2, 2, -3, 3, -4, 4] {
          if let date = CalendarDate(year: year + far, month: 2, day: 29) {
            found.append(.point(TimePoint(date)))
          }
        }
      }
      if let swapped = fields.swapped,
        let date = CalendarDate(year: year, month: swapped.month, day: swapped.day)
      {
        found.append(.point(TimePoint(date)))
      }
      if fields.isBareDay, let date = calendar.date(year: year, month: month, day: day) {
        found.append(.point(TimePoint(date)))
      }
      return found
    }
    if let days = fields.days {
      let end = min(days.upperBound, CalendarDate.days(inMonth: month, of: year))
      return [
        .interval(
          TimePoint(first.adding(days: days.lowerBound - 1)),
          TimePoint(first.adding(days: end - 1)))
      ]
    }
    if let ordinal = fields.ordinals.last(where: { $0.unit != "hour" && $0.unit != "month" }) {
      if ordinal.unit == "week" {
        // The first week is the first whole one.
        let monday = first.adding(
          days: (8 - first.weekday) % 7 + 7 * (ordinal.number - 1))
        return [.point(TimePoint(monday, .week))]
      }
      return [days(first, last, ordinal)]
    }
    var point = TimePoint(first, .month)
    point.isBeforeChrist = fields.isBeforeChrist
    return [.point(point)]
  }

  private func lunar(_ year: Int, _ month: Int, _ fields: MomentFields) -> [TimeMeaning?] {
    guard let day = fields.day else {
      guard
        let found = calendar.firstDay(year: year, month: month, isLeap: fields.isLeap)
      else { return [] }
      return [
        .interval(
          TimePoint(found.start), TimePoint(found.start.adding(days: found.count - 1)))
      ]
    }
    return [
      calendar.date(year: year, month: month, day: day, isLeap: fields.isLeap).map {
        .point(TimePoint($0))
      },
      .chinese("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"),
    ].filter { $0 != nil }
  }

  private func period(_ period: String, _ year: Int) -> TimeMeaning? {
    if period.contains("-") {
      let ends = period.split(separator: "-")
      guard case .point(let low)? = self.period(String(ends[0]), year),
        case .point(let high)? = self.period(String(ends[1]), year)
      else { return nil }
      return .interval(low, high)
    }
    let number = Int(period.dropFirst()) ?? 1
    switch period.first {
    case "Q": return unit(year, number * 3 - 2, .quarter)
    case "H": return unit(year, number * 6 - 5, .half)
    default: return unit(year, 1, .season(period))
    }
  }

  /// A bare day of the month or weekday: the nearest ones.
  private func near(_ fields: MomentFields) -> [TimeMeaning?] {
    guard let reference else { return [] }
    if let weekday = fields.weekday {
      let back = (reference.weekday - weekday + 7) % 7
      let last = reference.adding(days: -back)
      return [.point(TimePoint(last)), .point(TimePoint(last.adding(days: 7)))]
        + (fields.daypart == nil && fields.hour == nil
          ? [.point(TimePoint(open: "XXXX-WXX-\(weekday)"))] : [])
        + (back == 0 ? [.point(TimePoint(last.adding(days: -7)))] : [])
    }
    if fields.isWeekend {
      let monday = reference.adding(days: 1 - reference.weekday)
      return [monday, monday.adding(days: -7)].map { .point(TimePoint($0, .weekend)) }
    }
    guard let day = fields.day else { return [] }
    let serial = reference.year * 12 + reference.month - 1
    let order = day <= reference.day + 1 ? [0, -1, 1] : [-1, 0, 1]
    return order.compactMap { shift in
      CalendarDate(year: (serial + shift) / 12, month: (serial + shift) % 12 + 1, day: day).map {
        .point(TimePoint($0))
      }
    }
  }

  private func holiday(_ holiday: String, _ year: Int) -> CalendarDate? {
    let parts = holiday.split(separator: ":")
    if parts.count == 1 {
      let numbers = holiday.split(separator: "-").compactMap { Int($0) }
      return numbers.count == 2
        ? CalendarDate(year: year, month: numbers[0], day: numbers[1]) : nil
    }
    let numbers = parts[1].split(separator: "-", omittingEmptySubsequences: true).compactMap {
      Int($0)
    }
    switch parts[0] {
    case "lunar":
      guard numbers.count == 2 else { return nil }
      return calendar.date(year: year, month: numbers[0], day: numbers[1])
    case "nth":
      guard numbers.count == 3,
        let first = CalendarDate(year: year, month: numbers[0], day: 1)
      else { return nil }
      return first.adding(days: (numbers[2] - first.weekday + 7) % 7 + 7 * (numbers[1] - 1))
    case "easter": return Self.easter(year)?.adding(days: Int(parts[1]) ?? 0)
    case "term": return numbers.first.flatMap { calendar.term($0, year: year) }
    default: return nil
    }
  }

  /// Easter Sunday by the anonymous Gregorian algorithm (Meeus, *Astronomical Algorithms*, ch. 8).
  private static func easter(_ year: Int) -> CalendarDate? {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25)
    let h = (19 * a + b - d - (b - f + 1) / 3 + 15) % 30
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let sum = h + l - 7 * m + 114
    return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)
  }
}
