package import Annotations
internal import Characters

/// A time that was found.
package struct RecognizedTime: Sendable {
  /// The mention as the record has it: without prepositions, with one value; nil where news means no time by
  /// such a form (12/1, 三点).
  package let expression: TimeExpression?
  /// The whole expression with all readings.
  package let value: TypedValue
}

/// Finds every time of a sentence with all its readings: moments, ranges, lengths, times counted from now,
/// and what comes again and again.
package struct TimeRecognizer: Sendable {
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

  /// A time that may be one: the whole expression with its readings, and the mention in it.
  private struct Candidate {
    var start: Int
    var end: Int
    var meanings: [TimeMeaning]
    var mod: String?
    var type: TypedValue.ExpressionType
    /// Where the mention begins and ends, when it is not the whole.
    var mentionStart: Int?
    var mentionEnd: Int?
    /// What the mention means, where it is not the first reading; nil for nothing that can be told.
    var mention: TimeMeaning??
    var mentionMod: String?
    /// Whether news has such a mention.
    var isMention = true
  }

  /// The times of the graph's sentence, in order, none overlapping another.
  /// - Complexity: O(count of the sentence × length of the longest time).
  package func times(
    in text: [UInt32], graph: AnnotationGraph, context: inout TimeContext
  ) -> [RecognizedTime] {
    let reader = MomentReader(text: text, graph: graph, words: words, numerals: numerals)
    var found: [RecognizedTime] = []
    var position = graph.range.start
    while position < graph.range.end {
      if text[position] == 0x300A,
        let close = text[position..<min(graph.range.end, position + 40)].firstIndex(of: 0x300B)
      {
        // The name of a work tells no time: 《明日之后》.
        position = close + 1
        continue
      }
      let openings = words.openings(at: position, in: graph)
      let isNumber = numbers.begins(text[position])
      guard isNumber || !openings.isDisjoint(with: .first) || reader.isHalf(text[position]) else {
        position += 1
        continue
      }
      let resolver = MomentResolver(calendar: calendar, context: context)
      guard let best = candidate(at: position, openings, isNumber, reader, resolver) else {
        position = skip(position, reader)
        continue
      }
      found.append(recognized(best, &context))
      position = best.end
    }
    return found
  }

  private func recognized(_ best: Candidate, _ context: inout TimeContext) -> RecognizedTime {
    var readings: [TypedValue.Reading] = []
    for meaning in best.meanings {
      let reading = meaning.reading(mod: best.mod)
      if !readings.contains(reading) { readings.append(reading) }
    }
    // Nothing tells what it is counted from.
    if readings.isEmpty { readings = [TypedValue.Reading(.time)] }
    let value = TypedValue(
      range: TextRange(best.start, best.end), type: best.type, value: readings[0],
      alternatives: Array(readings.dropFirst()))
    guard best.isMention else { return RecognizedTime(expression: nil, value: value) }
    let meaning = best.mention ?? best.meanings.first
    let told = meaning.flatMap { MomentWriter.text(of: $0, edge: best.mentionMod, context) }
    let expression = TimeExpression(
      range: TextRange(best.mentionStart ?? best.start, best.mentionEnd ?? best.end), value: told,
      modifier: best.mentionMod)
    if let meaning { context.note(meaning, told) }
    return RecognizedTime(expression: expression, value: value)
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
    at start: Int, _ openings: MomentVocabulary.Openings, _ isNumber: Bool, _ reader: MomentReader,
    _ resolver: MomentResolver
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
    if isNumber
      || !openings.isDisjoint(with: [.moment, .shift, .prefix, .frame, .lunar, .era, .ordinal])
    {
      offer(moment(at: start, openings, reader, resolver))
    }
    if openings.contains(.every) {
      offer(everyRange(every(at: start, reader, resolver), at: start, reader))
    }
    if isNumber || !openings.isDisjoint(with: [.span, .half, .vague, .frame])
      || reader.isHalf(reader.text[start])
    {
      offer(length(at: start, openings, reader, resolver))
    }
    if openings.contains(.vague), let vague = words.vague(at: start, in: graph), !vague.isWeak {
      offer(
        Candidate(
          start: start, end: vague.end,
          meanings: vague.value.isEmpty ? [] : [.fixed(vague.value, isSet: false)],
          type: .datetime))
    }
    guard let best else { return nil }
    // 每小时十公里 and 十公里每小时 are rates.
    if case .fixed(let pattern, true)? = best.meanings.first, pattern.hasPrefix("PT"),
      vocabulary.ends(.measure, at: start, in: graph)
        || (best.end < reader.limit && numbers.begins(reader.text[best.end]))
    {
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
    at start: Int, _ openings: MomentVocabulary.Openings, _ reader: MomentReader,
    _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    var begin = start
    let isPrefixed = openings.contains(.prefix)
    let from = isPrefixed ? words.find(.from, at: start, in: graph) : nil
    let until = isPrefixed ? words.find(.boundFront, at: start, in: graph) : nil
    if let prefix = until ?? from { begin = reader.skipSpace(prefix.end) }
    guard let (fields, firstEnd) = reader.moment(at: begin) else { return nil }
    let first = resolver.meanings(of: fields)
    var candidate = Candidate(
      start: start, end: firstEnd, meanings: first, mod: fields.edge, type: .datetime)
    candidate.mentionStart = begin
    candidate.mentionMod = fields.edge
    candidate.isMention = !fields.isLoose(end: firstEnd)
    if let days = fields.days, case .interval(let from?, _)? = first.first, let date = from.date {
      // 6月上旬 is the beginning of June.
      candidate.mention = .point(TimePoint(date, .month))
      candidate.mentionMod = days.lowerBound < 10 ? "START" : days.lowerBound < 20 ? "MID" : "END"
    }
    if let upper = fields.ordinals.first(where: { $0.unit == "hour" }) {
      // 七八点.
      var second = fields
      second.hour = upper.number
      candidate.meanings = pairs(first, resolver.meanings(of: second), sameHalf: true)
      candidate.type = .daterange
    } else if let (ended, end) = secondEnd(behind: firstEnd, fields, reader) {
      let day = first.first.flatMap { Self.begin($0)?.date }
      var ends = resolver.meanings(of: inherited(ended, from: fields, on: day))
      if ended.daypart == nil, fields.daypart != nil {
        // 晚上10点到2点: the part of the day is not that of both.
        var plain = fields
        plain.daypart = nil
        ends += resolver.meanings(of: inherited(ended, from: plain))
      }
      candidate.meanings = pairs(first, ends, reference: resolver.context.reference)
      candidate.mention = nil
      candidate.end = end
      candidate.mentionEnd = end
      candidate.mod = nil
      candidate.mentionMod = nil
      candidate.isMention = !(fields.isInDigits && ended.isInDigits) && ended.grain >= .century
      candidate.type = .daterange
      if let bound = words.find(.bound, at: end, in: graph), bound.value.hasPrefix("ON_OR_BEFORE") {
        candidate.end = bound.end
      }
      return candidate
    } else if let about = words.find(.aboutBehind, at: firstEnd, in: graph) {
      candidate.end = about.end
    }
    if until != nil {
      candidate.mention = candidate.mention ?? first.first
      candidate.mentionEnd = candidate.end
      candidate.meanings = first.compactMap { bounded($0, "BEFORE") }
      candidate.mod = "BEFORE"
      candidate.type = .daterange
      return candidate
    }
    let boundStart = reader.skipSpace(candidate.end)
    if let bound = words.find(.bound, at: boundStart, in: graph),
      !goesOn(boundStart, bound.end, reader)
    {
      if bound.isOuter {
        candidate.mention = candidate.mention ?? first.first
        candidate.mentionEnd = candidate.end
      } else {
        candidate.mention = first.first.flatMap { bounded($0, bound.value) }
        // 今年底前 has no other end than the year's.
        if bound.value != "ON_OR_AFTER" { candidate.mentionMod = nil }
      }
      candidate.end = bound.end
      candidate.mod = bound.value
      candidate.type = .daterange
      candidate.meanings =
        first.compactMap { bounded($0, bound.value) }
        + first.prefix(2).compactMap { now(resolver, bound.value, $0) }
      if from != nil, bound.value != "ON_OR_AFTER", bound.value != "AFTER" {
        candidate.start = begin
      }
      return candidate
    }
    // 从 belongs to a range only.
    if from != nil { return nil }
    // 三点建议: what the measure word counts follows.
    if fields.components == 1, fields.looseEnd == firstEnd, isCounted(firstEnd, reader) {
      return nil
    }
    // 12号, 一点: more likely a house or a little.
    if fields.components == 1, fields.isNumbered { return nil }
    return candidate
  }

  /// Whether a noun follows that goes with the measure word before a position: 三点建议.
  private func isCounted(_ end: Int, _ reader: MomentReader) -> Bool {
    let graph = reader.graph
    guard let measure = vocabulary.longest(.measure, at: end - 1, in: graph),
      let nouns = vocabulary.feature("nouns", measure.sense),
      let noun = vocabulary.longest(.blocking, at: end, in: graph)
    else { return false }
    let text = String(scalars: reader.text[noun.range.start..<noun.range.end])
    return nouns.split(separator: " ").contains { $0 == text }
  }

  /// Whether the word behind a time is longer: 前往, 后续, 起草; or belongs to what follows: 前三季度.
  private func goesOn(_ start: Int, _ end: Int, _ reader: MomentReader) -> Bool {
    guard end - start == 1 else { return false }
    let graph = reader.graph
    if (vocabulary.longest(.blocking, at: start, in: graph)?.range.count ?? 0) > 1
      || (vocabulary.plainWord(at: start, in: graph)?.count ?? 0) > 1
    {
      return true
    }
    return words.find(.head, at: start, in: graph) != nil && end < reader.limit
      && numbers.begins(reader.text[end])
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
    guard let reference = resolver.context.reference, case .point(let point) = meaning else {
      return nil
    }
    let now =
      resolver.context.clock.map { TimePoint(reference, seconds: $0, .second) }
      ?? TimePoint(reference)
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
  private func inherited(
    _ second: MomentFields, from first: MomentFields, on day: CalendarDate? = nil
  ) -> MomentFields {
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
      if first.month == nil, let day, !first.shifts.isEmpty {
        // 明天到14日.
        result.shifts = []
        result.year = day.year
        result.month = day.month
        return result
      }
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
      for to in ends.dropFirst().prefix(2)
      where Self.key(to) >= Self.key(from) && Self.key(to) - Self.key(from) < 366 * 86_400 {
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
    at start: Int, _ openings: MomentVocabulary.Openings, _ reader: MomentReader,
    _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let isSpan = openings.contains(.span)
    let back = isSpan ? words.find(.spanBack, at: start, in: graph) : nil
    let on = isSpan ? words.find(.spanOn, at: start, in: graph) : nil
    // 上百年 is no 百年.
    let vague = vocabulary.longest(.vague, at: start, in: graph)?.range.count ?? 0
    if let frame = back ?? on, vague < 2,
      let read = reader.length(
        at: reader.skipSpace(frame.end), numbers: numbers, vocabulary: vocabulary),
      !isAge(read.end, graph)
    {
      let counted = read.isUnknown ? [] : counted(read.length, resolver, isBack: back != nil)
      var candidate = Candidate(
        start: start, end: read.end,
        meanings: counted.isEmpty && !read.isUnknown ? [.length(read.length)] : counted,
        type: .daterange)
      candidate.mention =
        read.isUnknown
        ? (frame.value.isEmpty ? .some(nil) : .fixed(frame.value, isSet: false))
        : .length(read.length)
      if words.find(.head, at: start, in: graph) != nil,
        let months = firstMonths(read, resolver)
      {
        // 前11个月: those of the year.
        candidate.mention = months
        candidate.meanings.append(months)
      } else if frame.isOuter {
        candidate.mentionStart = reader.skipSpace(frame.end)
      }
      if let behind = words.find(.afterSince, at: read.end, in: graph)
        ?? words.find(.afterWithin, at: read.end, in: graph),
        !goesOn(read.end, behind.end, reader)
      {
        candidate.end = behind.end
      }
      return candidate
    }
    let about = openings.contains(.frame) ? words.find(.about, at: start, in: graph) : nil
    guard
      let read = reader.length(
        at: about.map { reader.skipSpace($0.end) } ?? start, numbers: numbers,
        vocabulary: vocabulary), !isAge(read.end, graph)
    else { return nil }
    let behind = reader.skipSpace(read.end)
    for (word, sign) in [(MomentVocabulary.Word.afterBack, -1), (.afterOn, 1)] {
      if let after = words.find(word, at: behind, in: graph), !goesOn(behind, after.end, reader) {
        return relative(read, sign, start, after.end, reader, resolver)
      }
    }
    let within = words.find(.afterWithin, at: behind, in: graph)
    if let after = within ?? words.find(.afterSince, at: behind, in: graph),
      !goesOn(behind, after.end, reader)
    {
      var candidate = plain(read, start)
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
    var candidate = plain(read, start)
    if let behind = words.find(.aboutBehind, at: read.end, in: graph) {
      candidate.end = behind.end
      candidate.mod = candidate.mod ?? "APPROX"
    }
    return candidate
  }

  /// The first months of the document's year: 前11个月.
  private func firstMonths(
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
  private func isAge(_ end: Int, _ graph: AnnotationGraph) -> Bool {
    guard end > graph.range.start, let word = vocabulary.longest(.measure, at: end - 1, in: graph)
    else { return false }
    return word.range.end > end
  }

  private func plain(_ read: MomentReader.ReadLength, _ start: Int) -> Candidate {
    var candidate = Candidate(
      start: start, end: read.end, meanings: [], mod: read.isMore ? "MORE_THAN" : nil,
      type: .duration)
    if !read.isUnknown {
      candidate.meanings = [
        read.upper.map { .lengths(read.length, $0) } ?? .length(read.length)
      ]
    }
    return candidate
  }

  private func now(_ resolver: MomentResolver) -> (exact: TimePoint, day: TimePoint)? {
    guard let reference = resolver.context.reference else { return nil }
    return (
      resolver.context.clock.map { TimePoint(reference, seconds: $0, .second) }
        ?? TimePoint(reference),
      TimePoint(reference)
    )
  }

  /// The document's time moved by a length.
  private func moved(
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
  private func relative(
    _ read: MomentReader.ReadLength, _ sign: Int, _ start: Int, _ end: Int,
    _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    guard !read.isUnknown, let moved = moved(read.length, sign, resolver) else {
      var candidate = plain(read, start)
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
    var candidate = Candidate(
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
  private func clock(behind end: Int, _ reader: MomentReader) -> (MomentFields, Int)? {
    let start = reader.skipFiller(end)
    guard let (fields, last) = reader.moment(at: start),
      fields.hour != nil || fields.daypart != nil,
      fields.grain >= .daypart, fields.day == nil, fields.shifts.isEmpty, fields.month == nil,
      fields.weekday == nil, fields.holiday == nil
    else { return nil }
    return (fields, last)
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
