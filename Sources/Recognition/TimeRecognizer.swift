package import Annotations
internal import Characters
internal import Segmentation

/// Finds times — points, periods, durations, ranges, vague references — and gives each its TIMEX3
/// value against the document's date.
package struct TimeRecognizer: Sendable {
  private let vocabulary: Vocabulary
  private let numbers: NumberReader

  /// A recogniser over a lexicon.
  package init(vocabulary: Vocabulary, numerals: NumeralTable) {
    self.vocabulary = vocabulary
    numbers = NumberReader(numerals: numerals)
  }

  /// A point or period that was read.
  private struct Point {
    var end: Int
    var fields: TimeFields
  }

  /// The times of the graph's sentence, in order, none overlapping another.
  package func times(
    in text: [UInt32], graph: AnnotationGraph, context: inout TimeContext
  ) -> [TimeExpression] {
    var found: [TimeExpression] = []
    var position = graph.range.start
    while position < graph.range.end {
      let opens =
        numbers.begins(text[position])
        || vocabulary.starts(.timeOpener, at: position, in: graph)
      if opens, let time = time(at: position, text, graph, &context) {
        found.append(time)
        position = time.range.end
      } else {
        position = skip(position, text, graph.range.end)
      }
    }
    return found
  }

  /// Past a whole run of digits or letters, so that no time begins inside one.
  private func skip(_ position: Int, _ text: [UInt32], _ limit: Int) -> Int {
    let kind = CharacterKind(text[position])
    guard kind == .digit || kind == .letter else { return position + 1 }
    var end = position
    while end < limit, CharacterKind(text[end]) == kind || text[end] == 0x2E { end += 1 }
    return end
  }

  private func time(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph, _ context: inout TimeContext
  ) -> TimeExpression? {
    if start > graph.range.start {
      let before = text[start - 1]
      if vocabulary.ends(.ordinal, at: start, in: graph) { return nil }
      // Inside a number nothing begins: 五一 in 二点五一.
      if numbers.begins(text[start]), numbers.continues(before) { return nil }
      if CharacterKind(text[start]) == .digit,
        CharacterKind(before) == .letter || before == 0x2E || before == 0x2D
      {
        return nil
      }
    }
    var begin = start
    if let frame = vocabulary.timeWord("time.frame.point", at: start, in: graph),
      frame.range.end < graph.range.end
    {
      begin = frame.range.end
    }
    if let point = point(at: begin, text, graph), point.fields.components > 0 {
      return whole(point, from: start, text, graph, &context)
    }
    if begin > start { return nil }
    return duration(at: start, text, graph, context) ?? vague(at: start, graph)
  }

  // MARK: Points and ranges

  private func whole(
    _ first: Point, from start: Int, _ text: [UInt32], _ graph: AnnotationGraph,
    _ context: inout TimeContext
  ) -> TimeExpression? {
    let limit = graph.range.end
    var value = TimeResolver.value(of: first.fields, context: &context)
    var end = first.end
    if let sign = vocabulary.rangeEnd(at: afterAside(end, text, limit), in: graph),
      let second = point(at: sign, text, graph), second.fields.components > 0,
      second.fields.grain >= .year
    {
      var fields = second.fields
      inherit(from: first.fields, into: &fields, context)
      if let low = value, let high = TimeResolver.value(of: fields, context: &context) {
        value = "\(low)/\(high)"
        context.lastPeriod = value
      }
      end = second.end
    }
    let modifier = first.fields.edge
    return suffixed(
      TimeExpression(range: TextRange(start, end), value: value, modifier: modifier), text, graph)
  }

  /// The end of an aside in parentheses that stands at `position`: 明天（6月12日）到14日.
  private func afterAside(_ position: Int, _ text: [UInt32], _ limit: Int) -> Int {
    guard position < limit, text[position] == 0x28,
      let close = text[position..<min(limit, position + 12)].firstIndex(of: 0x29)
    else { return position }
    return close + 1
  }

  /// The end of a range takes over what its beginning says and it does not.
  private func inherit(
    from first: TimeFields, into second: inout TimeFields, _ context: TimeContext
  ) {
    guard second.offset == nil else { return }
    if second.day != nil, second.month == nil, let day = context.lastDay,
      first.day != nil || first.offset?.unit == "day"
    {
      second.year = day.year
      second.month = day.month
      return
    }
    if second.year == nil, second.month != nil || second.day != nil {
      second.year = first.year
      if first.offset?.unit == "year" { second.offset = first.offset }
    }
    if second.month == nil, second.day != nil {
      second.month = first.month
      if first.month == nil, first.offset?.unit == "month" { second.offset = first.offset }
    }
    if second.hour != nil, second.day == nil { second.daypart = second.daypart ?? first.daypart }
  }

  /// Reads components, each finer than the one before: 2024年 + 5月 + 3日 + 下午 + 3时.
  private func point(at start: Int, _ text: [UInt32], _ graph: AnnotationGraph) -> Point? {
    var fields = TimeFields()
    var position = start
    var weak = false
    let limit = graph.range.end
    while position < limit {
      if let next = lexical(at: position, into: &fields, weak: &weak, graph) {
        position = next
        continue
      }
      if let next = numeric(at: position, into: &fields, text, graph) {
        position = next
        continue
      }
      break
    }
    guard position > start, !(weak && fields.components == 1) else { return nil }
    return Point(end: position, fields: fields)
  }

  private static let pointClasses: Set<String> = [
    "time.deictic", "time.part", "time.season", "time.weekday", "time.holiday",
    "time.festival-period", "time.daypart", "time.solarterm",
  ]

  private func lexical(
    at position: Int, into fields: inout TimeFields, weak: inout Bool, _ graph: AnnotationGraph
  ) -> Int? {
    for (range, sense) in vocabulary.all(.time, at: position, in: graph)
    where Self.pointClasses.contains(vocabulary.className(sense)) {
      let value = vocabulary.feature("value", sense)
      if let value, let weekday = Int(value), vocabulary.className(sense) == "time.weekday" {
        guard fields.grain < .day else { continue }
        fields.weekday = weekday
        fields.grain = .day
        fields.components += 1
        return range.end
      }
      let isWeak = vocabulary.feature("note", sense)?.hasPrefix("weak") == true
      guard let value else {
        // A holiday whose date nobody can tell without tables still is a time.
        guard fields.components == 0, !isWeak else { continue }
        fields.grain = .second
        fields.components = 1
        fields.offset = TimeFields.Offset(unit: "time", amount: 0, fromText: true)
        return range.end
      }
      if value.hasPrefix("lunar:") {
        guard fields.grain <= .year else { continue }
        fields.grain = .day
        fields.components += 1
        fields.offset = TimeFields.Offset(unit: "time", amount: 0, fromText: true)
        return range.end
      }
      if fields.take(lexical: value) {
        weak = weak || isWeak
        return range.end
      }
    }
    return nil
  }

  private func numeric(
    at position: Int, into fields: inout TimeFields, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> Int? {
    let limit = graph.range.end
    if let end = isoDate(at: position, into: &fields, text, limit) { return end }
    guard numbers.begins(text[position]),
      var number = numbers.read(text, at: position, limit: limit),
      case .value(let amount) = number.magnitude, var value = amount.integer, number.end < limit
    else { return nil }
    if number.end + 2 < limit, text[number.end] == 0x3A, number.isArabic, value <= 24,
      let minute = numbers.read(text, at: number.end + 1, limit: limit),
      minute.end == number.end + 3, let minutes = integer(minute), minutes < 60
    {
      guard fields.take(.hour, value), fields.take(.minute, minutes) else { return nil }
      return minute.end
    }
    var rangeStart: Int?
    if let sign = vocabulary.rangeEnd(at: number.end, in: graph),
      let second = numbers.read(text, at: sign, limit: limit), let high = integer(second),
      second.end < limit, high > value
    {
      rangeStart = value
      value = high
      number = second
    }
    guard let (grain, end) = unit(at: number.end, value, number, text, graph, fields) else {
      return nil
    }
    if let low = rangeStart {
      let takesRange =
        grain == .month || grain == .day || grain == .century || (grain == .year && low >= 1000)
      guard takesRange, fields.take(grain, low) else { return nil }
      fields.rangeEnd = value
      return end
    }
    guard fields.take(grain, value) else { return nil }
    // 三点半, 三点整.
    if grain == .hour, let mark = vocabulary.timeWord("time.mark", at: end, in: graph),
      let minutes = vocabulary.feature("value", mark.sense).flatMap({ Int($0) })
    {
      _ = fields.take(.minute, minutes)
      return mark.range.end
    }
    return end
  }

  /// A date in digits: 2024-05-03.
  private func isoDate(
    at position: Int, into fields: inout TimeFields, _ text: [UInt32], _ limit: Int
  ) -> Int? {
    guard fields.grain == .none, position + 10 <= limit else { return nil }
    let written = String(scalars: text[position..<(position + 10)])
    guard let date = CalendarDate(written), date.description == written,
      position + 10 == limit || CharacterKind(text[position + 10]) != .digit
    else { return nil }
    _ =
      fields.take(.year, date.year) && fields.take(.month, date.month)
      && fields.take(.day, date.day)
    return position + 10
  }

  private func integer(_ number: ReadNumber) -> Int? {
    if case .value(let value) = number.magnitude { value.integer } else { nil }
  }

  /// The unit of a point of time behind a number, with the position after it.
  private func unit(
    at position: Int, _ value: Int, _ number: ReadNumber, _ text: [UInt32],
    _ graph: AnnotationGraph, _ fields: TimeFields
  ) -> (TimeFields.Grain, Int)? {
    guard let (range, sense) = vocabulary.timeWord("time.calendar", at: position, in: graph),
      !isLongerWord(at: position, than: range, graph)
    else { return nil }
    let end = range.end
    switch vocabulary.feature("needs", sense) {
    case "month": if fields.month == nil { return nil }
    case "arabic":
      if !number.isArabic, fields.grain < .day, !isMarked(end, text, graph) { return nil }
    case "mark": if fields.grain < .day, !isMarked(end, text, graph) { return nil }
    default: break
    }
    switch vocabulary.feature("value", sense) {
    case "decade": return value % 10 == 0 && value < 100 ? (.decade, end) : nil
    case "year":
      return number.length == 4 && (1000...2999).contains(value) ? (.year, end) : nil
    case "century": return (1...30).contains(value) ? (.century, end) : nil
    case "month": return (1...12).contains(value) && number.length <= 2 ? (.month, end) : nil
    case "day": return (1...31).contains(value) && number.length <= 3 ? (.day, end) : nil
    case "hour": return (0...24).contains(value) && number.length <= 3 ? (.hour, end) : nil
    case "minute": return fields.grain == .hour && value < 60 ? (.minute, end) : nil
    case "second": return fields.grain == .minute && value < 60 ? (.second, end) : nil
    case "quarter": return (1...4).contains(value) ? (.half, end) : nil
    default: return nil
    }
  }

  /// Whether a number or a mark such as 半 or 许 follows, so that 点 is a clock's.
  private func isMarked(_ position: Int, _ text: [UInt32], _ graph: AnnotationGraph) -> Bool {
    position < graph.range.end
      && (numbers.begins(text[position])
        || vocabulary.timeWord("time.mark", at: position, in: graph) != nil)
  }

  /// Whether the plain path has a longer word here that the lexicon knows as another thing: 日元,
  /// 时间.
  private func isLongerWord(
    at position: Int, than unit: TextRange, _ graph: AnnotationGraph
  ) -> Bool {
    guard let word = vocabulary.plainWord(at: position, in: graph), word.count > unit.count else {
      return false
    }
    // 7月10日前: 日前 is a time by itself, but here its 日 belongs to the number.
    if vocabulary.longest(.time, at: position, in: graph)?.range == word { return false }
    let measure = vocabulary.longest(.measure, at: position, in: graph)
    if let measure, measure.range == word {
      return vocabulary.className(measure.sense) != "measure.duration"
    }
    return vocabulary.longest(.blocking, at: position, in: graph)?.range == word
  }

  // MARK: Suffixes

  private func suffixed(
    _ time: TimeExpression, _ text: [UInt32], _ graph: AnnotationGraph, isDuration: Bool = false
  ) -> TimeExpression {
    var time = time
    guard let suffix = suffix(at: time.range.end, text, graph, isDuration: isDuration) else {
      return time
    }
    let range = TextRange(time.range.start, suffix.range.end)
    switch vocabulary.feature("value", suffix.sense) ?? "" {
    case "SINCE": if !isDuration { time.value = time.value.map { $0 + "/" } }
    case "AFTER": time.value = isDuration ? nil : time.value.map { $0 + "/" }
    case "BEFORE": time.value = isDuration ? nil : time.value.map { "/" + $0 }
    case "UNTIL": time.value = time.value.map { "/" + $0 }
    case "START", "MID", "END":
      guard let value = time.value, value.utf8.count <= 7, !value.contains("/") else {
        return time
      }
      let suffixValue = vocabulary.feature("value", suffix.sense)
      if value.utf8.count == 4, suffixValue != "MID" {
        time.value = value + (suffixValue == "START" ? "-01" : "-12")
      }
      time.modifier = suffixValue
    case "DURING", "APPROX": break
    default: time.modifier = vocabulary.feature("value", suffix.sense)
    }
    time.range = range
    // 2018年初以来: a second suffix may follow the edge of a unit.
    if time.modifier != nil, !isDuration,
      let since = self.suffix(at: range.end, text, graph, isDuration: false),
      vocabulary.feature("value", since.sense) == "SINCE"
    {
      time.range = TextRange(range.start, since.range.end)
      time.value = time.value.map { $0 + "/" }
    }
    return time
  }

  private func suffix(
    at position: Int, _ text: [UInt32], _ graph: AnnotationGraph, isDuration: Bool
  ) -> (range: TextRange, sense: Sense)? {
    guard position < graph.range.end else { return nil }
    for (range, sense) in vocabulary.all(.time, at: position, in: graph) {
      let name = vocabulary.className(sense)
      guard name == "time.suffix" || (isDuration && name == "time.suffix.span") else { continue }
      if range.count == 1 {
        // 前往, 后续, 起草: a longer word begins here. 前三季度: what follows belongs to 前.
        let isLonger =
          (vocabulary.longest(.blocking, at: position, in: graph)?.range.count ?? 0) > 1
          || (vocabulary.plainWord(at: position, in: graph)?.count ?? 0) > 1
        let isFirst =
          vocabulary.timeWord("time.first", at: position, in: graph) != nil
          && range.end < graph.range.end && numbers.begins(text[range.end])
        if isLonger || isFirst { continue }
      }
      return (range, sense)
    }
    return nil
  }

  // MARK: Durations and vague times

  private static let durationLetters: [String: (letter: String, isClock: Bool)] = [
    "year": ("Y", false), "month": ("M", false), "week": ("W", false), "day": ("D", false),
    "hour": ("H", true), "minute": ("M", true), "second": ("S", true),
  ]

  private func duration(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph, _ context: TimeContext
  ) -> TimeExpression? {
    let limit = graph.range.end
    var position = start
    var framed: String?
    if let frame = vocabulary.timeWord("time.frame.span", at: start, in: graph) {
      position = frame.range.end
      framed = vocabulary.feature("value", frame.sense)
    } else if let before = vocabulary.longest(.before, at: start, in: graph) {
      position = before.range.end
    }
    var isFirst = false
    if position == start, let first = vocabulary.timeWord("time.first", at: start, in: graph) {
      position = first.range.end
      isFirst = true
    }
    guard position < limit, numbers.begins(text[position]) || isVague(position, graph) else {
      return nil
    }
    var number = numbers.read(text, at: position, limit: limit)
    if let vague = vocabulary.longest(.vague, at: position, in: graph),
      vague.range.end > (number?.end ?? position)
    {
      number = ReadNumber(
        end: vague.range.end, magnitude: .unknown, isArabic: false, length: vague.range.count)
    }
    guard let number else { return nil }
    var end = number.end
    var half = false
    if let more = vocabulary.timeWord("time.more", at: end, in: graph) { end = more.range.end }
    if let middle = vocabulary.timeWord("time.half", at: end, in: graph), middle.range.count > 1 {
      half = true
      end = middle.range.end
    }
    let unit = vocabulary.all(.measure, at: end, in: graph).first {
      vocabulary.className($0.sense) == "measure.duration"
    }
    guard let unit, let name = vocabulary.feature("unit", unit.sense),
      let letter = Self.durationLetters[name]
    else { return nil }
    // 5日 and 8分 are points of calendar and clock.
    let calendar = vocabulary.timeWord("time.calendar", at: end, in: graph)
    if calendar?.range == unit.range, vocabulary.feature("strength", unit.sense) == "weak",
      !half, number.isArabic, framed == nil
    {
      return nil
    }
    // 一线 and 一周 apart: a longer word that begins with the number is no duration.
    if !number.isArabic, let other = vocabulary.longest(.blocking, at: position, in: graph),
      other.range.end > unit.range.end
    {
      return nil
    }
    end = unit.range.end
    if !half, let behind = vocabulary.timeWord("time.half", at: end, in: graph),
      behind.range.count == 1
    {
      half = true
      end = behind.range.end
    }
    var value: String?
    if case .value(let amount) = number.magnitude,
      let whole = half ? amount.adding(ExactDecimal(5, exponent: -1)) : amount
    {
      value = "P" + (letter.isClock ? "T" : "") + whole.description + letter.letter
      if isFirst, name == "month", let months = whole.integer, (1...12).contains(months) {
        let year = context.reference?.year ?? context.lastYear
        value = year.map { "\(padded($0, 4))-01/\(padded($0, 4))-\(padded(months, 2))" }
      } else if isFirst {
        return nil
      }
    } else if isFirst {
      return nil
    } else {
      value = framed
    }
    return suffixed(
      TimeExpression(range: TextRange(start, end), value: value), text, graph, isDuration: true)
  }

  private func isVague(_ position: Int, _ graph: AnnotationGraph) -> Bool {
    vocabulary.longest(.vague, at: position, in: graph) != nil
  }

  private func vague(at start: Int, _ graph: AnnotationGraph) -> TimeExpression? {
    for (range, sense) in vocabulary.all(.time, at: start, in: graph)
    where vocabulary.className(sense) == "time.vague" {
      guard vocabulary.feature("note", sense)?.hasPrefix("weak") != true, range.count >= 2 else {
        continue
      }
      // A longer word that only begins so is something else: 过去了, 将来 in 将来到.
      if let other = vocabulary.longest(.blocking, at: start, in: graph),
        other.range.count > range.count
      {
        return nil
      }
      return TimeExpression(range: range, value: vocabulary.feature("value", sense))
    }
    return nil
  }
}
