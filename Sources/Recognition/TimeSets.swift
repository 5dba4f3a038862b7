internal import Annotations

/// What comes again and again: 每天, 每周三.
extension TimeRecognizer {
  /// 每天, 每周三, 每月4号, 每隔三天, 每天晚上8点.
  func every(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    let gap = reader.find(.everyGap, at: start)
    guard let every = gap ?? reader.find(.every, at: start) else { return nil }
    let at = reader.skipSpace(every.end)
    func set(_ pattern: String, _ end: Int) -> Candidate {
      Candidate(
        start: start, end: end, meanings: [.fixed(pattern, isSet: true)], type: .set)
    }
    /// A clock time or part of the day behind.
    func clock(_ end: Int) -> (String, Int)? {
      let here = reader.skipFiller(end)
      guard let (fields, last) = reader.moment(at: here),
        fields.hour != nil || fields.daypart != nil,
        case .point(let point)? = resolver.meanings(of: fields).first, point.date == nil
      else { return nil }
      return (point.timex, last)
    }
    if let day = reader.find(.weekday, at: at), let number = Int(day.value) {
      let pattern = "XXXX-WXX-\(number)"
      if let (time, end) = clock(day.end) { return set(pattern + time, end) }
      return set(pattern, day.end)
    }
    if let read = reader.length(at: at, numbers: numbers), !read.isUnknown {
      return set(read.length.timex, read.end)
    }
    guard gap == nil, let unit = reader.find(.length, at: at) else {
      if let (time, end) = clock(at) { return set(time, end) }
      return nil
    }
    var one = TimeLength()
    let parts = unit.value.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    one.amounts[parts[0]] = ExactDecimal(Int128(parts[1]))
    if parts[0] == 1, let day = reader.number(at: unit.end), (1...31).contains(day.value),
      let mark = reader.calendarUnit(at: day.end), mark.value == "day"
    {
      return set("XXXX-XX-\(padded(day.value, 2))", mark.end)
    }
    if parts[0] == 0, let month = reader.number(at: unit.end), (1...12).contains(month.value),
      let mark = reader.calendarUnit(at: month.end), mark.value == "month"
    {
      return set("XXXX-\(padded(month.value, 2))", mark.end)
    }
    if parts[0] == 2, let day = reader.find(.shortWeekday, at: unit.end) {
      let pattern = "XXXX-WXX-\(day.value)"
      if let (time, end) = clock(day.end) { return set(pattern + time, end) }
      return set(pattern, day.end)
    }
    if parts[0] == 3, let (time, end) = clock(unit.end) { return set(time, end) }
    return set(one.timex, unit.end)
  }

  /// The same with a moment or range behind it, which only its span tells: 每年9月到11月.
  func everyRange(
    _ every: Candidate?, at start: Int, _ reader: MomentReader
  ) -> Candidate? {
    guard reader.find(.everyGap, at: start) == nil,
      let mark = reader.find(.every, at: start)
    else { return every }
    var ends = [mark.end]
    if let unit = reader.find(.length, at: mark.end) { ends.append(unit.end) }
    var best = every
    for begin in ends {
      guard let (fields, end) = reader.moment(at: reader.skipSpace(begin)), fields.shifts.isEmpty,
        fields.year == nil
      else { continue }
      let last = secondEnd(behind: end, fields, reader)?.1 ?? end
      if last > best?.end ?? start {
        best = Candidate(
          start: start, end: last, meanings: every?.meanings ?? [.fixed("P1D", isSet: true)],
          type: .set)
      }
    }
    return best
  }
}
