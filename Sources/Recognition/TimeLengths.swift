internal import Annotations
internal import Characters

/// Lengths of time, and times that are counted from the document's: 三天, 三天前, 过去十年.
extension TimeRecognizer {
  func length(
    at start: Int, _ openings: MomentVocabulary.Openings, _ reader: MomentReader,
    _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let isSpan = openings.contains(.span)
    let back = isSpan ? reader.find(.spanBack, at: start) : nil
    let on = isSpan ? reader.find(.spanOn, at: start) : nil
    // 上百年 is no 百年.
    let vague = vocabulary.longest(.vague, at: start, in: graph)?.range.count ?? 0
    if let frame = back ?? on, vague < 2,
      let read = reader.length(
        at: reader.skipSpace(frame.end), numbers: numbers),
      !isAge(read.end, graph)
    {
      let counted = read.isUnknown ? [] : counted(read.length, resolver, isBack: back != nil)
      let candidate = Candidate(
        start: start, end: read.end,
        meanings: counted.isEmpty && !read.isUnknown ? [.length(read.length)] : counted,
        type: .daterange)
      candidate.mention =
        read.isUnknown
        ? (frame.value.isEmpty ? .some(nil) : .fixed(frame.value, isSet: false))
        : .length(read.length)
      if reader.find(.head, at: start) != nil,
        let months = firstMonths(read, resolver)
      {
        // 前11个月: those of the year.
        candidate.mention = months
        candidate.meanings.append(months)
      } else if frame.isOuter {
        candidate.mentionStart = reader.skipSpace(frame.end)
      }
      if let behind = reader.find(.afterSince, at: read.end)
        ?? reader.find(.afterWithin, at: read.end),
        !goesOn(read.end, behind.end, reader)
      {
        candidate.end = behind.end
      }
      return candidate
    }
    let about = openings.contains(.frame) ? reader.find(.about, at: start) : nil
    guard
      let read = reader.length(
        at: about.map { reader.skipSpace($0.end) } ?? start, numbers: numbers),
      !isAge(read.end, graph)
    else { return nil }
    let behind = reader.skipSpace(read.end)
    for (word, sign) in [(MomentVocabulary.Word.afterBack, -1), (.afterOn, 1)] {
      if let after = reader.find(word, at: behind), !goesOn(behind, after.end, reader) {
        return relative(read, sign, start, after.end, reader, resolver)
      }
    }
    let within = reader.find(.afterWithin, at: behind)
    if let after = within ?? reader.find(.afterSince, at: behind),
      !goesOn(behind, after.end, reader)
    {
      let candidate = plain(read, start)
      candidate.end = after.end
      candidate.type = .daterange
      candidate.mention = read.isUnknown ? .some(nil) : .length(read.length)
      guard !read.isUnknown, let now = now(resolver),
        let other = moved(read.length, within != nil ? 1 : -1, resolver)
      else { return candidate }
      candidate.mod = nil
      candidate.meanings =
        within != nil
        ? [
          .interval(now.exact, other.exact), .interval(now.day, other.day), .point(other.exact),
          .point(other.day),
        ]
        : [.interval(other.day, now.day), .interval(other.exact, now.exact)]
      return candidate
    }
    let candidate = plain(read, start)
    if let behind = reader.find(.aboutBehind, at: read.end) {
      candidate.end = behind.end
      candidate.mod = candidate.mod ?? "APPROX"
    }
    return candidate
  }

  /// The first months of the document's year: 前11个月.
  func firstMonths(
    _ read: MomentReader.ReadLength, _ resolver: MomentResolver
  ) -> TimeMeaning? {
    guard read.parts == 1, read.length.finest == 1, let count = read.length.amounts[1]?.integer,
      (1...12).contains(count),
      let year = resolver.context.reference?.year ?? resolver.context.lastYear,
      let low = CalendarDate(year: year, month: 1, day: 1),
      let high = CalendarDate(year: year, month: count, day: 1)
    else { return nil }
    return .interval(TimePoint(low, .month), TimePoint(high, .month))
  }

  /// 18周岁 is an age and no length.
  func isAge(_ end: Int, _ graph: AnnotationGraph) -> Bool {
    guard end > graph.range.start, let word = vocabulary.longest(.measure, at: end - 1, in: graph)
    else { return false }
    return word.range.end > end
  }

  func plain(_ read: MomentReader.ReadLength, _ start: Int) -> Candidate {
    let candidate = Candidate(
      start: start, end: read.end, meanings: [], mod: read.isMore ? "MORE_THAN" : nil,
      type: .duration)
    if !read.isUnknown {
      candidate.meanings = [
        read.upper.map { .lengths(read.length, $0) } ?? .length(read.length)
      ]
    }
    return candidate
  }

  func now(_ resolver: MomentResolver) -> (exact: TimePoint, day: TimePoint)? {
    guard let reference = resolver.context.reference else { return nil }
    return (
      resolver.context.clock.map { TimePoint(reference, seconds: $0, .second) }
        ?? TimePoint(reference),
      TimePoint(reference)
    )
  }

  /// The document's time moved by a length.
  func moved(
    _ length: TimeLength, _ sign: Int, _ resolver: MomentResolver
  ) -> (exact: TimePoint, day: TimePoint)? {
    guard let reference = resolver.context.reference, let parts = length.parts,
      parts.months < 120_000, parts.seconds < 1 << 40
    else { return nil }
    let serial = reference.year * 12 + reference.month - 1 + sign * parts.months
    let (year, month) = (serial / 12, serial % 12 + 1)
    guard serial > 0, year < 9999 else { return nil }
    let day = min(reference.day, CalendarDate.days(inMonth: month, of: year))
    guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    let seconds = (resolver.context.clock ?? 0) + sign * parts.seconds
    let instant = TimePoint(date, seconds: seconds, .second)
    guard let onDay = instant.date else { return nil }
    return (resolver.context.clock == nil ? TimePoint(onDay) : instant, TimePoint(onDay))
  }

  /// 三天前, 两小时后.
  func relative(
    _ read: MomentReader.ReadLength, _ sign: Int, _ start: Int, _ end: Int,
    _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    guard !read.isUnknown, let moved = moved(read.length, sign, resolver) else {
      let candidate = plain(read, start)
      candidate.end = end
      candidate.meanings = []
      candidate.mention = .some(nil)
      return candidate
    }
    var meanings: [TimeMeaning] = []
    switch read.length.finest {
    case 0, 1:
      if let date = moved.day.date,
        let first = CalendarDate(
          year: date.year, month: read.length.finest == 0 ? 1 : date.month, day: 1)
      {
        meanings = [
          .point(moved.day), .point(TimePoint(first, read.length.finest == 0 ? .year : .month)),
        ]
      }
    case 2, 3: meanings = [.point(moved.day), .point(moved.exact)]
    default: meanings = [.point(moved.exact)]
    }
    meanings += meanings.compactMap { meaning -> TimeMeaning? in
      guard case .point(let point) = meaning else { return nil }
      return sign < 0 ? .interval(nil, point) : .interval(point, nil)
    }
    let candidate = Candidate(
      start: start, end: end, meanings: meanings, mod: read.isMore ? "MORE_THAN" : nil,
      type: .datetime)
    if let day = moved.day.date, let (clock, last) = clock(behind: end, reader) {
      // 六天后的三点.
      let resolved = resolver.meanings(of: clock).compactMap { meaning -> TimeMeaning? in
        guard case .point(var point) = meaning, point.date == nil else { return nil }
        point.date = day
        return .point(point)
      }
      candidate.end = last
      candidate.meanings = resolved
    }
    // News seldom says from when it is counted.
    candidate.mention = .some(nil)
    return candidate
  }

  /// A clock time or part of the day behind a day, with 的 between.
  func clock(behind end: Int, _ reader: MomentReader) -> (MomentFields, Int)? {
    let start = reader.skipFiller(end)
    guard let (fields, last) = reader.moment(at: start),
      fields.hour != nil || fields.daypart != nil,
      fields.grain >= .daypart, fields.day == nil, fields.shifts.isEmpty, fields.month == nil,
      fields.weekday == nil, fields.holiday == nil
    else { return nil }
    return (fields, last)
  }

  /// 过去十年, 未来48小时, 前两天: up to now or from now on, to the second, to the day, or by whole units.
  func counted(
    _ length: TimeLength, _ resolver: MomentResolver, isBack: Bool
  ) -> [TimeMeaning] {
    guard let now = now(resolver), let far = moved(length, isBack ? -1 : 1, resolver) else {
      return []
    }
    func range(_ a: TimePoint, _ b: TimePoint) -> TimeMeaning {
      isBack ? .interval(a, b) : .interval(b, a)
    }
    var found: [TimeMeaning] = []
    if length.finest <= 3 { found.append(range(far.day, now.day)) }
    found.append(range(far.exact, now.exact))
    if isBack {
      var midnight = far.day
      midnight.clock = 0
      found.append(.interval(midnight, now.exact))
    }
    if let units = units(length, resolver, isBack) { found.append(units) }
    return found
  }

  /// So many whole units before or behind the one that now is in.
  func units(_ length: TimeLength, _ resolver: MomentResolver, _ isBack: Bool)
    -> TimeMeaning?
  {
    guard let reference = resolver.context.reference,
      let amount = length.amounts[length.finest]?.integer,
      length.amounts.count(where: { $0 != nil }) == 1, (1...10_000).contains(amount)
    else { return nil }
    let (from, to) = isBack ? (-amount, -1) : (1, amount)
    func point(_ shift: Int) -> TimePoint? {
      switch length.finest {
      case 0:
        return CalendarDate(year: reference.year + shift, month: 1, day: 1).map {
          TimePoint($0, .year)
        }
      case 1:
        let serial = reference.year * 12 + reference.month - 1 + shift
        return CalendarDate(year: serial / 12, month: serial % 12 + 1, day: 1).map {
          TimePoint($0, .month)
        }
      case 2:
        return TimePoint(reference.adding(days: 1 - reference.weekday + 7 * shift), .week)
      case 3: return TimePoint(reference.adding(days: shift))
      default:
        let seconds = [3600, 60, 1][length.finest - 4]
        guard let clock = resolver.context.clock else { return nil }
        return TimePoint(
          reference, seconds: (clock / seconds + shift) * seconds,
          [TimePoint.Precision.hour, .minute, .second][length.finest - 4])
      }
    }
    // A range of clock units ends where the last one does.
    let last = length.finest > 3 ? to + 1 : to
    guard let low = point(from), let high = point(last) else { return nil }
    return .interval(low, high)
  }
}
