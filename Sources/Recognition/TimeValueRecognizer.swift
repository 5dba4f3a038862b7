package import Annotations
internal import Characters

/// Finds every time of a sentence with all its readings: moments, ranges, lengths, times counted from now, and
/// what comes again and again.
package struct TimeValueRecognizer: Sendable {
  private let vocabulary: Vocabulary
  private let words: MomentVocabulary
  private let numerals: NumeralTable
  private let numbers: NumberReader
  private let calendar: ChineseCalendar

  /// A recogniser over a lexicon and a calendar.
  package init(vocabulary: Vocabulary, numerals: NumeralTable, calendar: ChineseCalendar) {
    self.vocabulary = vocabulary
    words = MomentVocabulary(vocabulary)
    self.numerals = numerals
    numbers = NumberReader(numerals: numerals)
    self.calendar = calendar
  }

  /// A time that was found.
  private struct Candidate {
    var start: Int
    var end: Int
    var meanings: [TimeMeaning]
    var mod: String?
    var type: TypedValue.ExpressionType
  }

  /// The times of the graph's sentence, in order, none overlapping another.
  package func values(
    in text: [UInt32], graph: AnnotationGraph, context: TimeContext
  ) -> [TypedValue] {
    let reader = MomentReader(text: text, graph: graph, words: words, numerals: numerals)
    let resolver = MomentResolver(
      calendar: calendar, reference: context.reference, clock: context.clock,
      lastDay: context.lastDay)
    var found: [TypedValue] = []
    var position = graph.range.start
    while position < graph.range.end {
      if text[position] == 0x300A,
        let close = text[position..<min(graph.range.end, position + 40)].firstIndex(of: 0x300B)
      {
        // The name of a work tells no time: 《明日之后》.
        position = close + 1
        continue
      }
      guard let best = candidate(at: position, reader, resolver, context) else {
        position = skip(position, reader)
        continue
      }
      var readings: [TypedValue.Reading] = []
      for meaning in best.meanings {
        let reading = meaning.reading(mod: best.mod)
        if !readings.contains(reading) { readings.append(reading) }
      }
      if best.meanings.isEmpty {
        // Nothing tells against what it is counted.
        readings = [TypedValue.Reading(.time)]
      }
      if let first = readings.first {
        found.append(
          TypedValue(
            range: TextRange(best.start, best.end), type: best.type, value: first,
            alternatives: Array(readings.dropFirst())))
      }
      position = best.end
    }
    return found
  }

  /// Past a whole run of digits or letters.
  private func skip(_ position: Int, _ reader: MomentReader) -> Int {
    let kind = CharacterKind(reader.text[position])
    guard kind == .digit || kind == .letter else { return position + 1 }
    var end = position
    while end < reader.limit, CharacterKind(reader.text[end]) == kind { end += 1 }
    return end
  }

  private func candidate(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver, _ context: TimeContext
  ) -> Candidate? {
    let graph = reader.graph
    if vocabulary.ends(.ordinal, at: start, in: graph)
      || vocabulary.ends(.negative, at: start, in: graph)
    {
      return nil
    }
    let first = reader.text[start]
    if numbers.begins(first), start > graph.range.start, numbers.continues(reader.text[start - 1]),
      CharacterKind(first) == .digit || CharacterKind(reader.text[start - 1]) != .digit
    {
      return nil
    }
    var best: Candidate?
    func offer(_ candidate: Candidate?) {
      if let candidate, candidate.end > best?.end ?? start {
        best = candidate
      }
    }
    offer(moment(at: start, reader, resolver, context))
    offer(everyRange(every(at: start, reader, resolver), at: start, reader))
    offer(length(at: start, reader, resolver))
    if let vague = words.vague(at: start, in: graph) {
      offer(
        Candidate(
          start: start, end: vague.end, meanings: [.fixed(vague.value, isSet: false)],
          type: .datetime))
    }
    guard let best else { return nil }
    // 每小时十公里 is a rate.
    if best.type == .set, best.end < reader.limit, numbers.begins(reader.text[best.end]) {
      return nil
    }
    // 今日头条, 黎明主演: a longer word of another kind.
    if let other = vocabulary.longest(.blocking, at: start, in: graph), other.range.end > best.end {
      return nil
    }
    return best
  }

  // MARK: Moments and ranges

  private func moment(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver, _ context: TimeContext
  ) -> Candidate? {
    let graph = reader.graph
    var begin = start
    let from = words.find(.from, at: start, in: graph)
    let until = words.find(.boundFront, at: start, in: graph)
    if let prefix = until ?? from { begin = reader.skipSpace(prefix.end) }
    guard let (fields, firstEnd) = reader.moment(at: begin) else { return nil }
    let first = resolver.meanings(of: fields)
    var candidate = Candidate(
      start: start, end: firstEnd, meanings: first, mod: fields.edge, type: .datetime)
    if let upper = fields.ordinals.first(where: { $0.unit == "hour" }), let hour = fields.hour {
      // 七八点.
      var second = fields
      second.hour = upper.number
      let ends = resolver.meanings(of: second)
      candidate.meanings = pairs(first, ends, sameHalf: true)
      candidate.type = .daterange
      _ = hour
    } else if let (ended, end) = secondEnd(behind: firstEnd, fields, reader) {
      var ends = resolver.meanings(of: inherited(ended, from: fields))
      if ended.daypart == nil, fields.daypart != nil {
        // 晚上10点到2点: the part of the day is not that of both.
        var plain = fields
        plain.daypart = nil
        ends += resolver.meanings(of: inherited(ended, from: plain))
      }
      candidate.meanings = pairs(first, ends, reference: resolver.reference)
      candidate.end = end
      candidate.mod = nil
      candidate.type = .daterange
      if let bound = words.find(.bound, at: end, in: graph), bound.value.hasPrefix("ON_OR_BEFORE") {
        candidate.end = bound.end
      }
      return candidate
    } else if let about = words.find(.aboutBehind, at: firstEnd, in: graph) {
      candidate.end = about.end
    }
    if until != nil {
      candidate.meanings = first.compactMap { bounded($0, "BEFORE") }
      candidate.mod = "BEFORE"
      candidate.type = .daterange
      return candidate
    }
    if let bound = words.find(.bound, at: reader.skipSpace(candidate.end), in: graph),
      !isLongerWord(candidate.end, bound.end, graph)
    {
      candidate.end = bound.end
      candidate.mod = bound.value
      candidate.type = .daterange
      candidate.meanings =
        first.compactMap { bounded($0, bound.value) }
        + first.prefix(2).compactMap { meaning in
          now(resolver, bound.value, meaning)
        }
      if from != nil, bound.value != "ON_OR_AFTER", bound.value != "AFTER" {
        candidate.start = begin
      }
      return candidate
    }
    if from != nil || until != nil {
      // 从 belongs to a range only.
      return nil
    }
    // 12号, 一点: more likely a house or a little.
    if fields.components == 1, fields.isNumbered { return nil }
    return candidate
  }

  /// Whether the word behind a time goes on: 前往, 后续.
  private func isLongerWord(_ start: Int, _ end: Int, _ graph: AnnotationGraph) -> Bool {
    guard end - start == 1 else { return false }
    return (vocabulary.longest(.blocking, at: start, in: graph)?.range.count ?? 0) > 1
  }

  private func bounded(_ meaning: TimeMeaning, _ bound: String) -> TimeMeaning? {
    switch meaning {
    case .point(let point):
      return bound.hasSuffix("BEFORE") ? .interval(nil, point) : .interval(point, nil)
    case .interval(let from, let to):
      return bound.hasSuffix("BEFORE") ? .interval(nil, to) : .interval(from, nil)
    default: return nil
    }
  }

  /// What is open at one end, up to or from the time of the document.
  private func now(
    _ resolver: MomentResolver, _ bound: String, _ meaning: TimeMeaning
  ) -> TimeMeaning? {
    guard let reference = resolver.reference, case .point(let point) = meaning else { return nil }
    let now =
      resolver.clock.map { TimePoint(reference, seconds: $0, .second) } ?? TimePoint(reference)
    guard let date = point.date else { return nil }
    if bound.hasSuffix("BEFORE") { return date > reference ? .interval(now, point) : nil }
    return date <= reference ? .interval(point, now) : nil
  }

  /// The end of a range behind its beginning.
  private func secondEnd(
    behind end: Int, _ fields: MomentFields, _ reader: MomentReader
  ) -> (MomentFields, Int)? {
    let graph = reader.graph
    var at = end
    if reader.character(at) == 0x28,
      let close = reader.text[at..<min(reader.limit, at + 12)].firstIndex(of: 0x29)
    {
      at = close + 1
    }
    if let sign = reader.rangeSign(at: at) {
      guard let (second, last) = reader.moment(at: sign) else { return nil }
      // 2010年至2018年之间.
      let close = words.find(.betweenEnd, at: last, in: graph)
      return (second, close?.end ?? last)
    }
    if let and = words.find(.between, at: reader.skipSpace(at), in: graph),
      let (second, last) = reader.moment(at: reader.skipSpace(and.end)),
      let close = words.find(.betweenEnd, at: last, in: graph)
    {
      return (second, close.end)
    }
    return nil
  }

  /// The end of a range takes over what its beginning says and it does not.
  private func inherited(_ second: MomentFields, from first: MomentFields) -> MomentFields {
    var result = second
    let hasDate =
      second.year != nil || !second.shifts.isEmpty || second.month != nil || second.day != nil
      || second.weekday != nil || second.holiday != nil || second.period != nil
      || !second.ordinals.isEmpty || second.century != nil
    if !hasDate {
      if second.hour != nil || second.daypart != nil {
        result = first
        result.hour = second.hour
        result.minute = second.minute
        result.second = second.second
        result.meridiem = second.meridiem
        result.daypart = second.daypart ?? (second.meridiem == nil ? first.daypart : nil)
      }
      return result
    }
    guard second.year == nil, second.shifts.isEmpty, second.weekday == nil else { return result }
    if second.holiday != nil || second.period != nil || second.month != nil || second.day != nil {
      result.year = first.year
      result.yearDigits = first.yearDigits
      result.era = first.era
      result.shifts = first.shifts
    }
    if second.month == nil, second.day != nil {
      result.month = first.month
      result.isLunar = first.isLunar
    }
    return result
  }

  /// Ranges from readings of both ends: for each beginning the first end that is not before it.
  private func pairs(
    _ first: [TimeMeaning], _ second: [TimeMeaning], sameHalf: Bool = false,
    reference: CalendarDate? = nil
  ) -> [TimeMeaning] {
    var found: [TimeMeaning] = []
    for (number, begin) in first.enumerated() {
      guard var from = Self.begin(begin) else { continue }
      if from.date == nil, from.open == nil, from.clock != nil, let reference,
        second.contains(where: { Self.end($0)?.date != nil })
      {
        from.date = reference
      }
      if sameHalf, number < second.count, let to = Self.end(second[number]) {
        found.append(.interval(from, to))
        continue
      }
      let ends = second.compactMap { Self.end($0) }
      if let to = ends.first(where: { Self.key($0) >= Self.key(from) }) {
        found.append(.interval(from, to))
      } else if let to = ends.min(by: { Self.key($0) < Self.key($1) }) {
        // 晚上10点到2点 ends on the next day.
        var next = to
        if let date = to.date, to.clock != nil { next.date = date.adding(days: 1) }
        found.append(.interval(from, next))
      }
      for to in ends.dropFirst().prefix(2) where Self.key(to) >= Self.key(from) {
        let range = TimeMeaning.interval(from, to)
        if !found.contains(range) { found.append(range) }
      }
    }
    return found
  }

  private static func begin(_ meaning: TimeMeaning) -> TimePoint? {
    switch meaning {
    case .point(let point): point
    case .interval(let from, _): from
    default: nil
    }
  }

  private static func end(_ meaning: TimeMeaning) -> TimePoint? {
    switch meaning {
    case .point(let point): point
    case .interval(_, let to): to
    default: nil
    }
  }

  private static func key(_ point: TimePoint) -> Int {
    (point.date?.serial ?? 0) * 86_400 + (point.clock ?? 0)
  }

  // MARK: Lengths

  private func length(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let back = words.find(.spanBack, at: start, in: graph)
    let on = words.find(.spanOn, at: start, in: graph)
    if let frame = back ?? on {
      if let read = reader.length(at: reader.skipSpace(frame.end), numbers: numbers),
        !isAge(read.end, graph)
      {
        let counted = counted(read.length, resolver, isBack: back != nil)
        return Candidate(
          start: start, end: read.end,
          meanings: counted.isEmpty ? [.length(read.length)] : counted, type: .daterange)
      }
      return nil
    }
    let about = words.find(.about, at: start, in: graph)
    guard
      let read = reader.length(
        at: about.map { reader.skipSpace($0.end) } ?? start, numbers: numbers)
    else { return nil }
    if isAge(read.end, graph) { return nil }
    let behind = reader.skipSpace(read.end)
    if let after = words.find(.afterBack, at: behind, in: graph),
      !isLongerWord(behind, after.end, graph)
    {
      return relative(read, -1, start, after.end, resolver)
    }
    if let after = words.find(.afterOn, at: behind, in: graph),
      !isLongerWord(behind, after.end, graph)
    {
      return relative(read, 1, start, after.end, resolver)
    }
    if let within = words.find(.afterWithin, at: behind, in: graph) {
      guard let ends = moved(read.length, 1, resolver), let now = now(resolver) else {
        return plain(read, start)
      }
      return Candidate(
        start: start, end: within.end,
        meanings: [
          .interval(now.exact, ends.exact), .interval(now.day, ends.day), .point(ends.exact),
          .point(ends.day),
        ],
        type: .daterange)
    }
    if let since = words.find(.afterSince, at: behind, in: graph) {
      guard let begins = moved(read.length, -1, resolver), let now = now(resolver) else {
        return plain(read, start)
      }
      return Candidate(
        start: start, end: since.end,
        meanings: [.interval(begins.day, now.day), .interval(begins.exact, now.exact)],
        type: .daterange)
    }
    if read.isUnknown { return nil }
    return plain(read, start)
  }

  /// 18周岁 is an age and no length.
  private func isAge(_ end: Int, _ graph: AnnotationGraph) -> Bool {
    guard end > graph.range.start, let word = vocabulary.longest(.measure, at: end - 1, in: graph)
    else { return false }
    return word.range.end > end
  }

  private func plain(_ read: MomentReader.ReadLength, _ start: Int) -> Candidate? {
    guard !read.isUnknown else { return nil }
    let meaning: TimeMeaning =
      read.upper.map { .lengths(read.length, $0) } ?? .length(read.length)
    return Candidate(
      start: start, end: read.end, meanings: [meaning], mod: read.isMore ? "MORE_THAN" : nil,
      type: .duration)
  }

  private func now(_ resolver: MomentResolver) -> (exact: TimePoint, day: TimePoint)? {
    guard let reference = resolver.reference else { return nil }
    return (
      resolver.clock.map { TimePoint(reference, seconds: $0, .second) } ?? TimePoint(reference),
      TimePoint(reference)
    )
  }

  /// The document's time moved by a length.
  private func moved(
    _ length: TimeLength, _ sign: Int, _ resolver: MomentResolver
  ) -> (exact: TimePoint, day: TimePoint)? {
    guard let reference = resolver.reference, let parts = length.parts,
      parts.months < 120_000, parts.seconds < 1 << 40
    else { return nil }
    let serial = reference.year * 12 + reference.month - 1 + sign * parts.months
    let (year, month) = (serial / 12, serial % 12 + 1)
    guard serial > 0, year < 9999 else { return nil }
    let day = min(reference.day, CalendarDate.days(inMonth: month, of: year))
    guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    let seconds = (resolver.clock ?? 0) + sign * parts.seconds
    let instant = TimePoint(date, seconds: seconds, .second)
    guard let onDay = instant.date else { return nil }
    return (resolver.clock == nil ? TimePoint(onDay) : instant, TimePoint(onDay))
  }

  /// 三天前, 两小时后.
  private func relative(
    _ read: MomentReader.ReadLength, _ sign: Int, _ start: Int, _ end: Int,
    _ resolver: MomentResolver
  ) -> Candidate? {
    guard !read.isUnknown, let moved = moved(read.length, sign, resolver) else { return nil }
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
    return Candidate(
      start: start, end: end, meanings: meanings, mod: read.isMore ? "MORE_THAN" : nil,
      type: .datetime)
  }

  /// 过去十年, 未来48小时, 前两天: up to now or from now on, to the second, to the day, or by whole units.
  private func counted(
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
  private func units(_ length: TimeLength, _ resolver: MomentResolver, _ isBack: Bool)
    -> TimeMeaning?
  {
    guard let reference = resolver.reference, let amount = length.amounts[length.finest]?.integer,
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
        guard let clock = resolver.clock else { return nil }
        let shift = isBack ? shift : shift
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

  // MARK: Sets

  /// 每天, 每周三, 每月4号, 每隔三天, 每天晚上8点.
  private func every(
    at start: Int, _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let gap = words.find(.everyGap, at: start, in: graph)
    guard let every = gap ?? words.find(.every, at: start, in: graph) else { return nil }
    // 十千米每小时 is a rate.
    if vocabulary.ends(.measure, at: start, in: graph) { return nil }
    let at = reader.skipSpace(every.end)
    func set(_ pattern: String, _ end: Int) -> Candidate {
      Candidate(
        start: start, end: end, meanings: [.fixed(pattern, isSet: true)], type: .set)
    }
    /// A clock time or part of the day behind.
    func clock(_ end: Int) -> (String, Int)? {
      let here = reader.character(end) == 0x7684 ? end + 1 : end
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
    if let read = reader.length(at: at, numbers: numbers), !read.isUnknown {
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
  private func everyRange(
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
