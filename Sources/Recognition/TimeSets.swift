internal import Annotations

/// What comes again and again: 每天, 每周三.
extension TimeRecognizer {
  /// 每天, 每周三, 每月4号, 每隔三天, 每天晚上8点.
  func every(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let gap = words.find(.everyGap, at: start, in: graph)
    guard let every = gap ?? words.find(.every, at: start, in: graph) else { return nil }
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
    if let day = words.weekday(at: at, in: graph), let number = Int(day.value) {
      let pattern = "XXXX-WXX-\(number)"
      if let (time, end) = clock(day.end) { return set(pattern + time, end) }
      return set(pattern, day.end)
    }
    if let read = reader.length(at: at, numbers: numbers, vocabulary: vocabulary), !read.isUnknown {
      return set(read.length.timex, read.end)
    }
    guard gap == nil, let unit = words.find(.length, at: at, in: graph) else {
      if let (time, end) = clock(at) { return set(time, end) }
      return nil
    }
    var one = TimeLength()
    let parts = unit.value.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    one.amounts[parts[0]] = ExactDecimal(Int128(parts[1]))
    if parts[0] == 1, let day = reader.number(at: unit.end), (1...31).contains(day.value),
      let mark = words.unit(at: day.end, in: graph), mark.value == "day"
    {
      return set("XXXX-XX-\(padded(day.value, 2))", mark.end)
    }
    if parts[0] == 0, let month = reader.number(at: unit.end), (1...12).contains(month.value),
      let mark = words.unit(at: month.end, in: graph), mark.value == "month"
    {
      return set("XXXX-\(padded(month.value, 2))", mark.end)
    }
    if parts[0] == 2, let day = words.find(.shortWeekday, at: unit.end, in: graph) {
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
    guard words.find(.everyGap, at: start, in: reader.graph) == nil,
      let mark = words.find(.every, at: start, in: reader.graph)
    else { return every }
    var ends = [mark.end]
    if let unit = words.find(.length, at: mark.end, in: reader.graph) { ends.append(unit.end) }
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
