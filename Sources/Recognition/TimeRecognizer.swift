package import Annotations
internal import Characters

/// A time that was found.
package struct RecognizedTime: Sendable {
  /// The mention as the record has it: without prepositions, with one value; nil where news means no time by
  /// such a form (12/1, 三点).
  package let expression: TimeExpression?
  let range: TextRange
  let type: TypedValue.ExpressionType
  let meanings: [TimeMeaning]
  let mod: String?

  /// The whole expression with all readings.
  package var value: TypedValue {
    var readings: [TypedValue.Reading] = []
    for meaning in meanings {
      let reading = meaning.reading(mod: mod)
      if !readings.contains(reading) { readings.append(reading) }
    }
    // Nothing tells what it is counted from.
    if readings.isEmpty { readings = [TypedValue.Reading(.time)] }
    return TypedValue(
      range: range, type: type, value: readings[0], alternatives: Array(readings.dropFirst()))
  }
}

/// Finds every time of a sentence with all its readings: moments, ranges, lengths, times counted from now,
/// and what comes again and again.
package struct TimeRecognizer: Sendable {
  let vocabulary: Vocabulary
  let words: MomentVocabulary
  let numerals: NumeralTable
  let numbers: NumberReader
  let calendar: ChineseCalendar

  /// A recogniser over a lexicon and a calendar.
  package init(vocabulary: Vocabulary, numerals: NumeralTable, calendar: ChineseCalendar) {
    self.vocabulary = vocabulary
    words = MomentVocabulary(vocabulary.classes)
    self.numerals = numerals
    numbers = NumberReader(numerals: numerals)
    self.calendar = calendar
  }

  /// A time that may be one: the whole expression with its readings, and the mention in it. An object, since it is
  /// large and goes from hand to hand.
  final class Candidate {
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
    /// What a moment said, for one that is joined to it: 14和16日.
    var fields: MomentFields?

    init(
      start: Int, end: Int, meanings: [TimeMeaning], mod: String? = nil,
      type: TypedValue.ExpressionType
    ) {
      self.start = start
      self.end = end
      self.meanings = meanings
      self.mod = mod
      self.type = type
    }
  }

  /// The times of the graph's sentence, in order, none overlapping another.
  /// - Complexity: O(count of the sentence × length of the longest time).
  package func times(
    in text: [UInt32], graph: AnnotationGraph, context: inout TimeContext
  ) -> [RecognizedTime] {
    let reader = MomentReader(
      text: text, graph: graph, words: words, vocabulary: vocabulary, numerals: numerals)
    var found: [RecognizedTime] = []
    var position = graph.range.start
    let limit = graph.range.end
    // The last moment, which one behind 和 or 、 goes on.
    var last: Candidate?
    while position < limit {
      let character = text[position]
      if character == 0x300A,
        let close = text[position..<min(limit, position + 40)].firstIndex(of: 0x300B)
      {
        // The name of a work tells no time: 《明日之后》.
        position = close + 1
        continue
      }
      let openings = reader.openings(at: position)
      guard !openings.isDisjoint(with: .first) || numerals.opensTime(character) else {
        position += 1
        continue
      }
      let joined = last.flatMap { isJoined($0.end, position, reader) ? $0 : nil }
      let resolver = MomentResolver(calendar: calendar, context: context)
      guard let best = candidate(at: position, openings, joined, reader, resolver) else {
        position = skip(position, reader)
        continue
      }
      found.append(recognized(best, &context))
      last = best.fields == nil ? nil : best
      position = best.end
    }
    return found
  }

  func recognized(_ best: Candidate, _ context: inout TimeContext) -> RecognizedTime {
    func recognized(_ expression: TimeExpression?) -> RecognizedTime {
      RecognizedTime(
        expression: expression, range: TextRange(best.start, best.end), type: best.type,
        meanings: best.meanings, mod: best.mod)
    }
    guard best.isMention else { return recognized(nil) }
    let meaning = best.mention ?? best.meanings.first
    let told = meaning.flatMap { MomentWriter.text(of: $0, edge: best.mentionMod, context) }
    let expression = TimeExpression(
      range: TextRange(best.mentionStart ?? best.start, best.mentionEnd ?? best.end), value: told,
      modifier: best.mentionMod)
    if let meaning { context.note(meaning, told) }
    return recognized(expression)
  }

  /// Past a whole run of digits or letters.
  func skip(_ position: Int, _ reader: MomentReader) -> Int {
    let kind = CharacterKind(reader.text[position])
    guard kind == .digit || kind == .letter else { return position + 1 }
    var end = position
    while end < reader.limit, CharacterKind(reader.text[end]) == kind { end += 1 }
    return end
  }

  func candidate(
    at start: Int, _ openings: MomentVocabulary.Openings, _ joined: Candidate?,
    _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    let graph = reader.graph
    let isNumber = numbers.begins(reader.text[start])
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
      offer(moment(at: start, openings, joined, reader, resolver))
    }
    if openings.contains(.every) {
      offer(everyRange(every(at: start, reader, resolver), at: start, reader))
    }
    if isNumber || !openings.isDisjoint(with: [.span, .half, .vague, .frame])
      || reader.isHalf(reader.text[start])
    {
      offer(length(at: start, openings, reader, resolver))
    }
    if openings.contains(.vague), let vague = reader.find(.vague, at: start), !vague.isWeak,
      !cutsWord(start, vague.end, graph)
    {
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
    // 青|年中|文, 挑|战时: begins with the end of another word; but 较上年 ends with a time.
    if !isNumber, let other = vocabulary.knownWord(around: start, in: graph), other.end < best.end,
      other.end == start + 1
        || vocabulary.longest(.time, at: start, in: graph, limit: other.end)?.range.end != other.end
    {
      return nil
    }
    return best
  }

  /// Whether what looks like a time ends inside of a long word that begins behind its start: 以 前所未有.
  private func cutsWord(_ start: Int, _ end: Int, _ graph: AnnotationGraph) -> Bool {
    (start + 1..<end).contains { position in
      vocabulary.longest(.blocking, at: position, in: graph).map {
        $0.range.end > end && $0.range.count >= 4
      } ?? false
    }
  }

  // MARK: Moments and ranges

  func moment(
    at start: Int, _ openings: MomentVocabulary.Openings, _ joined: Candidate?,
    _ reader: MomentReader, _ resolver: MomentResolver
  ) -> Candidate? {
    var begin = start
    let isPrefixed = openings.contains(.prefix)
    let from = isPrefixed ? reader.find(.from, at: start) : nil
    let until = isPrefixed ? reader.find(.boundFront, at: start) : nil
    if let prefix = until ?? from { begin = reader.skipSpace(prefix.end) }
    guard let (read, firstEnd) = reader.moment(at: begin) else { return nil }
    var fields = read
    if let joined = joined?.fields, read.year == nil, read.shifts.isEmpty, read.weekday == nil,
      read.month != nil || read.day != nil
    {
      // 12月14和16日, 2024年3月和5月.
      fields = inherited(read, from: joined)
    }
    let first = resolver.meanings(of: fields)
    let candidate = Candidate(
      start: start, end: firstEnd, meanings: first, mod: fields.edge, type: .datetime)
    candidate.mentionStart = begin
    candidate.mentionMod = fields.edge
    candidate.fields = fields
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
      if let bound = reader.find(.bound, at: end), bound.value.hasPrefix("ON_OR_BEFORE") {
        candidate.end = bound.end
      }
      return candidate
    } else if let about = reader.find(.aboutBehind, at: firstEnd) {
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
    if let bound = reader.find(.bound, at: boundStart),
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
    if fields.components == 1, fields.isNumbered, joined == nil { return nil }
    return candidate
  }

  /// Whether a word that joins times is all that stands between two positions.
  func isJoined(_ end: Int, _ start: Int, _ reader: MomentReader) -> Bool {
    start > end && start - end <= 3 && reader.joint(behind: end) == start
  }

  /// Whether a noun follows that goes with the measure word before a position: 三点建议.
  func isCounted(_ end: Int, _ reader: MomentReader) -> Bool {
    let graph = reader.graph
    guard let measure = vocabulary.longest(.measure, at: end - 1, in: graph),
      let nouns = vocabulary.feature("nouns", measure.sense),
      let noun = vocabulary.longest(.blocking, at: end, in: graph)
    else { return false }
    let text = String(scalars: reader.text[noun.range.start..<noun.range.end])
    return nouns.split(separator: " ").contains { $0 == text }
  }

  /// Whether the word behind a time is longer: 前往, 后续, 起草; or belongs to what follows: 前三季度.
  func goesOn(_ start: Int, _ end: Int, _ reader: MomentReader) -> Bool {
    guard end - start == 1 else { return false }
    let graph = reader.graph
    if (vocabulary.longest(.blocking, at: start, in: graph)?.range.count ?? 0) > 1
      || (vocabulary.plainWord(at: start, in: graph)?.count ?? 0) > 1
    {
      return true
    }
    return reader.find(.head, at: start) != nil && end < reader.limit
      && numbers.begins(reader.text[end])
  }

  func bounded(_ meaning: TimeMeaning, _ bound: String) -> TimeMeaning? {
    switch meaning {
    case .point(let point):
      return bound.hasSuffix("BEFORE") ? .interval(nil, point) : .interval(point, nil)
    case .interval(let from, let to):
      return bound.hasSuffix("BEFORE") ? .interval(nil, to) : .interval(from, nil)
    default: return nil
    }
  }

  /// What is open at one end, up to or from the time of the document.
  func now(
    _ resolver: MomentResolver, _ bound: String, _ meaning: TimeMeaning
  ) -> TimeMeaning? {
    guard let reference = resolver.context.reference, let now = now(resolver)?.exact,
      case .point(let point) = meaning, let date = point.date
    else { return nil }
    if bound.hasSuffix("BEFORE") { return date > reference ? .interval(now, point) : nil }
    return date <= reference ? .interval(point, now) : nil
  }

  /// The end of a range behind its beginning.
  func secondEnd(
    behind end: Int, _ fields: MomentFields, _ reader: MomentReader
  ) -> (MomentFields, Int)? {
    var at = end
    if reader.character(at) == 0x28,
      let close = reader.text[at..<min(reader.limit, at + 12)].firstIndex(of: 0x29)
    {
      at = close + 1
    }
    if let sign = reader.rangeSign(at: at) {
      guard let (second, last) = reader.moment(at: sign) else { return nil }
      // 2010年至2018年之间.
      let close = reader.find(.betweenEnd, at: last)
      return (second, close?.end ?? last)
    }
    if let and = reader.find(.between, at: reader.skipSpace(at)),
      let (second, last) = reader.moment(at: reader.skipSpace(and.end)),
      let close = reader.find(.betweenEnd, at: last)
    {
      return (second, close.end)
    }
    return nil
  }

  /// The end of a range takes over what its beginning says and it does not.
  func inherited(
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
  func pairs(
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

  static func begin(_ meaning: TimeMeaning) -> TimePoint? {
    switch meaning {
    case .point(let point): point
    case .interval(let from, _): from
    default: nil
    }
  }

  static func end(_ meaning: TimeMeaning) -> TimePoint? {
    switch meaning {
    case .point(let point): point
    case .interval(_, let to): to
    default: nil
    }
  }

  static func key(_ point: TimePoint) -> Int {
    (point.date?.serial ?? 0) * 86_400 + (point.clock ?? 0)
  }
}
