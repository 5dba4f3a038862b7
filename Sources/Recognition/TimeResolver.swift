internal import Annotations

/// Turns the fields of a mention into TIMEX3 values against the document's date.
struct TimeResolver {
  /// A month this much later than the document's is last year's.
  private static let farMonths = 7

  /// The value of one mention; updates the anchors in `context`. Nil when it cannot be told.
  static func value(of fields: TimeFields, context: inout TimeContext) -> String? {
    if let fixed = fields.fixed { return fixed }
    if fields.isSamePeriod { return samePeriod(fields, context) }
    if let century = fields.century { return centuryValue(fields, century) }
    let reference = context.reference
    let anchorDay = fields.offset?.fromText == true ? context.lastDay ?? reference : reference
    var year = fields.year
    var month = fields.month
    var date: CalendarDate?

    if let offset = fields.offset {
      switch offset.unit {
      case "year", "term":
        let base = offset.fromText ? context.lastYear ?? reference?.year : reference?.year
        guard let base else { return nil }
        year = base + offset.amount
      case "month":
        let base =
          offset.fromText
          ? context.lastMonth ?? reference.map { ($0.year, $0.month) }
          : reference.map { ($0.year, $0.month) }
        guard let base else { return nil }
        let serial = base.0 * 12 + base.1 - 1 + offset.amount
        year = serial / 12
        month = serial % 12 + 1
      case "century":
        guard let reference else { return nil }
        let century = reference.year / 100 + offset.amount
        if let decade = fields.decade { return padded(century * 10 + decade / 10, 3) }
        return padded(century, 2)
      case "quarter":
        guard let anchorDay else { return nil }
        let serial = anchorDay.year * 4 + (anchorDay.month - 1) / 3 + offset.amount
        return "\(padded(serial / 4, 4))-Q\(serial % 4 + 1)"
      case "week":
        guard let anchorDay else { return nil }
        let monday = anchorDay.adding(days: 1 - anchorDay.weekday + 7 * offset.amount)
        guard let weekday = fields.weekday else {
          let week = monday.isoWeek
          return "\(padded(week.year, 4))-W\(padded(week.week, 2))"
        }
        date = monday.adding(days: weekday - 1)
      case "day":
        guard let anchorDay else { return nil }
        date = anchorDay.adding(days: offset.amount)
      default: return offset.fromText ? nil : "PRESENT_REF"
      }
    } else if let weekday = fields.weekday {
      guard let reference else { return nil }
      let back = (reference.weekday - weekday + 7) % 7
      date = reference.adding(days: -back)
    }

    if year == nil, let period = fields.period, fields.month == nil {
      year = periodYear(period, context)
    }
    if date == nil, let day = fields.day {
      if month == nil {
        guard let near = nearestDay(day, context) else { return nil }
        date = near
      } else if let month {
        let inYear = year ?? likelyYear(month: month, day: day, context)
        guard let inYear else { return timed("XXXX-\(padded(month, 2))-\(padded(day, 2))", fields) }
        date = CalendarDate(year: inYear, month: month, day: day)
        if date == nil { return nil }
      }
    }
    if let date {
      context.lastDay = date
      context.lastYear = date.year
      context.lastMonth = (date.year, date.month)
      if let end = fields.rangeEnd,
        let last = CalendarDate(year: date.year, month: date.month, day: end)
      {
        context.lastPeriod = "\(date)/\(last)"
        return "\(date)/\(last)"
      }
      return timed(date.description, fields)
    }
    if let month {
      guard let inYear = year ?? likelyYear(month: month, day: nil, context) else {
        return "XXXX-\(padded(month, 2))"
      }
      context.lastYear = inYear
      context.lastMonth = (inYear, month)
      let text = "\(padded(inYear, 4))-\(padded(month, 2))"
      let value = fields.rangeEnd.map { "\(text)/\(padded(inYear, 4))-\(padded($0, 2))" } ?? text
      context.lastPeriod = value
      return value
    }
    if fields.hour != nil || fields.daypart != nil {
      guard let day = context.lastDay ?? reference, fields.hour != nil else { return nil }
      return timed(day.description, fields)
    }
    return yearValue(fields, year, &context)
  }

  private static func yearValue(
    _ fields: TimeFields, _ year: Int?, _ context: inout TimeContext
  ) -> String? {
    guard let year = year ?? context.reference?.year else { return nil }
    context.lastYear = year
    let text = padded(year, 4)
    var value = fields.rangeEnd.map { "\(text)/\(padded($0, 4))" } ?? text
    if let period = fields.period {
      let ends = period.split(separator: "-")
      value = ends.map { "\(text)-\($0)" }.joined(separator: "/")
    } else if let edge = fields.edge {
      switch edge {
      case "START": value = "\(text)-01"
      case "END": value = "\(text)-12"
      default: value = text
      }
    } else if let decade = fields.decade {
      value = padded((year / 100) * 10 + decade / 10, 3)
    }
    context.lastPeriod = value
    return value
  }

  /// 上半年 in August is this year's; 四季度 in January is last year's.
  private static func periodYear(_ period: String, _ context: TimeContext) -> Int? {
    guard let reference = context.reference else { return nil }
    let firstMonth =
      switch period {
      case "Q4": 10
      case "H2", "FA", "WI": 7
      default: 1
      }
    return firstMonth - reference.month >= farMonths - 1 ? reference.year - 1 : reference.year
  }

  private static func likelyYear(month: Int, day: Int?, _ context: TimeContext) -> Int? {
    guard let reference = context.reference else { return context.lastYear }
    return month - reference.month >= farMonths ? reference.year - 1 : reference.year
  }

  /// A bare 15日: the nearest one not after the document's day, in this or the last month.
  private static func nearestDay(_ day: Int, _ context: TimeContext) -> CalendarDate? {
    guard let reference = context.reference else { return nil }
    // Reports written ahead of the day by a time zone still mean this month.
    if day <= reference.day + 1,
      let date = CalendarDate(year: reference.year, month: reference.month, day: day)
    {
      return date
    }
    let last = reference.month == 1 ? 12 : reference.month - 1
    return CalendarDate(
      year: reference.month == 1 ? reference.year - 1 : reference.year, month: last, day: day)
  }

  private static func timed(_ date: String, _ fields: TimeFields) -> String {
    guard var hour = fields.hour else { return date + (fields.daypart ?? "") }
    if hour < 12, fields.daypart == "TAF" || fields.daypart == "TEV" { hour += 12 }
    var text = "\(date)T\(padded(hour, 2)):\(padded(fields.minute ?? 0, 2))"
    if let second = fields.second { text += ":\(padded(second, 2))" }
    return text
  }

  private static func centuryValue(_ fields: TimeFields, _ century: Int) -> String {
    if let end = fields.rangeEnd {
      return "\(padded(century * 100 - 99, 4))/\(padded(end * 100, 4))"
    }
    if let decade = fields.decade { return padded((century - 1) * 10 + decade / 10, 3) }
    return padded(century - 1, 2)
  }

  private static func samePeriod(_ fields: TimeFields, _ context: TimeContext) -> String? {
    guard let last = context.lastPeriod, let offset = fields.offset ?? defaultOffset(fields) else {
      return nil
    }
    let ends = last.split(separator: "/").map { end -> String? in
      guard let year = Int(end.prefix(4)) else { return nil }
      let target = offset.unit == "year" ? fields.year ?? year + offset.amount : year - 1
      return padded(target, 4) + end.dropFirst(4)
    }
    guard !ends.contains(where: { $0 == nil }) else { return nil }
    return ends.compactMap { $0 }.joined(separator: "/")
  }

  private static func defaultOffset(_ fields: TimeFields) -> TimeFields.Offset? {
    TimeFields.Offset(unit: "year", amount: fields.year == nil ? -1 : 0, fromText: false)
  }
}
