internal import Annotations
internal import Characters

/// Reads moments of one sentence into fields: 2024年 + 5月 + 3日 + 下午 + 3时, coarse to fine. An object, so that
/// nobody who asks it copies it.
final class MomentReader {
  let text: [UInt32]
  let graph: AnnotationGraph
  let words: MomentVocabulary
  let vocabulary: Vocabulary
  let numerals: NumeralTable
  let limit: Int
  /// What the words at each position may be in a time.
  private let openings: [MomentVocabulary.Openings]

  init(
    text: [UInt32], graph: AnnotationGraph, words: MomentVocabulary, vocabulary: Vocabulary,
    numerals: NumeralTable
  ) {
    self.text = text
    self.graph = graph
    self.words = words
    self.vocabulary = vocabulary
    self.numerals = numerals
    limit = graph.range.end
    openings = words.openings(in: graph)
  }

  /// What the words at a position of the sentence, or at its end, may be in a time.
  func openings(at position: Int) -> MomentVocabulary.Openings {
    openings[position - graph.range.start]
  }

  /// A small whole number, as calendar and clock have them.
  struct SmallNumber {
    var value: Int
    var end: Int
    /// How many digits or numerals.
    var length: Int
    var isArabic: Bool
    /// Whether it is a row of digits (二〇二一) and no number of tens.
    var isDigits: Bool
    /// 七八 in 七八点: the number behind it.
    var upper: Int?
  }

  // MARK: Characters

  func isDigit(_ position: Int) -> Bool {
    position >= graph.range.start && position < limit && (0x30...0x39).contains(text[position])
  }

  func character(_ position: Int) -> UInt32 {
    position >= graph.range.start && position < limit ? text[position] : 0
  }

  /// Whether a character is 半.
  func isHalf(_ character: UInt32) -> Bool { numerals.isHalf(character) }

  /// Past one space.
  func skipSpace(_ position: Int) -> Int { character(position) == 0x20 ? position + 1 : position }

  /// Past spaces, and 的 between parts of a moment.
  func skipFiller(_ position: Int) -> Int {
    var position = skipSpace(position)
    if let filler = find(.filler, at: position) {
      position = skipSpace(filler.end)
    }
    return position
  }

  // MARK: Numbers

  /// A number of at most four digits, or up to 99 in numerals.
  func number(at start: Int) -> SmallNumber? {
    if isDigit(start) {
      var end = start
      var value = 0
      while isDigit(end), end - start < 5 {
        value = value * 10 + Int(text[end] - 0x30)
        end += 1
      }
      guard end - start <= 4 else { return nil }
      return SmallNumber(
        value: value, end: end, length: end - start, isArabic: true, isDigits: true)
    }
    var end = start
    var digits: [Int] = []
    var tens: Int?
    while end < limit, let numeral = numerals[text[end]] {
      switch numeral {
      case .digit(let digit):
        if tens != nil, !digits.isEmpty { return finish(start, end, digits, tens) }
        digits.append(digit)
      case .unit(1):
        guard tens == nil, digits.count <= 1 else { return finish(start, end, digits, tens) }
        tens = digits.last ?? 1
        digits = []
      case .tens(let count):
        guard tens == nil, digits.isEmpty else { return finish(start, end, digits, tens) }
        tens = count
      default: return nil
      }
      end += 1
      if end - start > 6 { return nil }
    }
    return finish(start, end, digits, tens)
  }

  private func finish(_ start: Int, _ end: Int, _ digits: [Int], _ tens: Int?) -> SmallNumber? {
    guard end > start else { return nil }
    if let tens {
      return SmallNumber(
        value: tens * 10 + (digits.last ?? 0), end: end, length: end - start, isArabic: false,
        isDigits: false)
    }
    guard digits.count <= 4 else { return nil }
    var number = SmallNumber(
      value: digits.reduce(0) { $0 * 10 + $1 }, end: end, length: digits.count, isArabic: false,
      isDigits: digits.count > 1)
    if digits.count == 2, digits[0] > 0, digits[1] == digits[0] + 1 {
      number.upper = digits[1]
    }
    return number
  }

  // MARK: Moments

  /// The longest moment at a position.
  /// - Complexity: O(length of the moment).
  func moment(at start: Int) -> (fields: MomentFields, end: Int)? {
    var fields = MomentFields()
    var isWeak = false
    var end = start
    let openings = self.openings(at: start)
    if openings.contains(.frame), find(.lunar, at: start) == nil,
      find(.annoDomini, at: start) == nil,
      let zone = find(.zone, at: start)
    {
      end = skipSpace(zone.end)
    }
    if openings.contains(.frame) || end > start,
      let about = find(.about, at: end)
    {
      end = skipSpace(about.end)
    }
    var isFirst = true
    while true {
      let here = isFirst ? end : skipFiller(end)
      let about =
        isFirst || !self.openings(at: here).contains(.frame)
        ? nil : find(.about, at: here)
      let next =
        component(at: about?.end ?? here, into: &fields, &isWeak)
        ?? comma(at: here, into: &fields, &isWeak)
      guard let next, next > end else { break }
      end = next
      isFirst = false
    }
    guard fields.components > 0, !(isWeak && fields.components == 1) else { return nil }
    return (fields, end)
  }

  /// 周日, 二月十号: a weekday and its date, or a year and its day, with a comma between.
  private func comma(
    at position: Int, into fields: inout MomentFields, _ isWeak: inout Bool
  ) -> Int? {
    let isComma = character(position) == 0x2C || character(position) == 0xFF0C
    let next = isComma ? skipSpace(position + 1) : position
    if !isComma, fields.weekday == nil { return nil }
    if fields.weekday != nil, fields.components == 1, fields.shifts.isEmpty {
      var dated = MomentFields()
      guard let end = numeric(at: next, into: &dated) else { return nil }
      var last = end
      while let more = numeric(at: last, into: &dated) { last = more }
      guard dated.day != nil else { return nil }
      dated.components += 1
      fields = dated
      return last
    }
    if fields.year != nil, fields.components == 1, fields.grain == .year {
      var copy = fields
      guard let end = numeric(at: next, into: &copy), copy.month != nil else { return nil }
      fields = copy
      return end
    }
    if fields.day != nil, fields.grain == .day, let day = find(.weekday, at: next) {
      return day.end
    }
    return nil
  }

  private func component(
    at position: Int, into fields: inout MomentFields, _ isWeak: inout Bool
  ) -> Int? {
    guard position < limit else { return nil }
    // The longest way to read it; a word that the lexicon has before one that is put together.
    var best: (fields: MomentFields, end: Int, isWeak: Bool)?
    func offer(_ read: (inout MomentFields, inout Bool) -> Int?) {
      var copy = fields
      var weak = isWeak
      if let end = read(&copy, &weak), end > best?.end ?? position { best = (copy, end, weak) }
    }
    let openings = self.openings(at: position)
    if openings.contains(.lunar) {
      offer { fields, _ in lunar(at: position, into: &fields) }
    }
    if openings.contains(.era) || isDigit(position) || numerals[text[position]] != nil {
      offer { fields, _ in numeric(at: position, into: &fields) }
    }
    if openings.contains(.moment) { offer { lexical(at: position, into: &$0, &$1) } }
    if openings.contains(.shift), fields.grain == .none {
      offer { fields, _ in shifted(at: position, into: &fields) }
    }
    if openings.contains(.ordinal) {
      offer { fields, _ in ordinal(at: position, into: &fields) }
    }
    if fields.hour != nil { offer { fields, _ in meridiem(at: position, into: &fields) } }
    guard var best else { return nil }
    if best.fields.shifts.last?.unit == "week", best.fields.grain == .month,
      let day = find(.shortWeekday, at: best.end), let number = Int(day.value),
      best.fields.advance(to: .day)
    {
      // 上个礼拜三.
      best.fields.weekday = number
      best.end = day.end
    }
    fields = best.fields
    isWeak = best.isWeak
    return best.end
  }

  private func lexical(
    at position: Int, into fields: inout MomentFields, _ isWeak: inout Bool
  ) -> Int? {
    if let day = find(.weekday, at: position), let number = Int(day.value) {
      if fields.grain < .day, fields.advance(to: .day) {
        fields.weekday = number
        return day.end
      }
      // 3月17日周六: the weekday repeats the date.
      if fields.grain == .day, fields.weekday == nil, fields.day != nil { return day.end }
    }
    for found in moments(at: position) {
      if isCut(found, at: position) { continue }
      let weak = found.value.hasSuffix("?")
      let value = weak ? String(found.value.dropLast()) : found.value
      if value.isEmpty {
        // A holiday whose days nobody can tell without more is a time all the same.
        guard !weak, fields.advance(to: .day) else { continue }
        fields.isUnknown = true
        return found.end
      }
      // 二月二 in 二月二十, 六月六 in 六月六月.
      if numerals[character(found.end - 1)] != nil,
        numerals[character(found.end)] != nil || calendarUnit(at: found.end) != nil
      {
        continue
      }
      if fields.take(lexical: value) {
        isWeak = isWeak || weak
        if found.isLoose { fields.looseEnd = found.end }
        return found.end
      }
    }
    return nil
  }

  /// 上周, 下下个月, 上上个周三, 今个礼拜天.
  private func shifted(at position: Int, into fields: inout MomentFields) -> Int? {
    guard fields.grain == .none, let shift = find(.shift, at: position),
      let amount = Int(shift.value)
    else { return nil }
    func take(_ unit: String) -> Bool {
      guard let grain = MomentFields.grain(of: unit), fields.advance(to: grain) else {
        return false
      }
      fields.shifts.append(MomentFields.Shift(unit: unit, amount: amount, fromText: false))
      return true
    }
    let at = skipSpace(shift.end)
    if let day = find(.weekday, at: at), let number = Int(day.value) {
      guard take("week"), fields.advance(to: .day) else { return nil }
      fields.weekday = number
      return day.end
    }
    guard let unit = find(.shiftUnit, at: at) else { return nil }
    if unit.value == "weekend" {
      guard take("week"), fields.advance(to: .day) else { return nil }
      fields.isWeekend = true
      return unit.end
    }
    guard take(unit.value) else { return nil }
    if unit.value == "week", let day = find(.shortWeekday, at: unit.end),
      let number = Int(day.value), fields.advance(to: .day)
    {
      fields.weekday = number
      return day.end
    }
    return unit.end
  }

  // MARK: The Chinese calendar

  private func lunar(at position: Int, into fields: inout MomentFields) -> Int? {
    if let mark = find(.lunar, at: position), fields.grain < .month {
      var copy = fields
      copy.isLunar = true
      var isWeak = false
      let at = skipSpace(mark.end)
      // The mark alone is no time.
      guard let end = component(at: at, into: &copy, &isWeak) else { return nil }
      fields = copy
      return end
    }
    if let newYear = find(.lunarNewYear, at: position),
      let day = number(at: newYear.end), (1...10).contains(day.value), fields.advance(to: .day)
    {
      fields.isLunar = true
      fields.month = 1
      fields.day = day.value
      fields.isLunarDay = true
      return day.end
    }
    if let month = find(.lunarMonth, at: position), let number = Int(month.value),
      fields.grain < .month, fields.advance(to: .month)
    {
      fields.isLunar = true
      fields.month = number
      return month.end
    }
    if let leap = find(.leap, at: position), fields.grain < .month {
      let named = find(.lunarMonth, at: leap.end)
      let counted = number(at: leap.end)
      let end: Int
      let month: Int
      if let named, let value = Int(named.value) {
        (end, month) = (named.end, value)
      } else if let counted, (1...12).contains(counted.value),
        let unit = calendarUnit(at: counted.end), unit.value == "month"
      {
        (end, month) = (unit.end, counted.value)
      } else {
        return nil
      }
      guard fields.advance(to: .month) else { return nil }
      fields.isLunar = true
      fields.isLeap = true
      fields.month = month
      return end
    }
    guard fields.month != nil, fields.grain == .month else { return nil }
    if let mark = find(.lunarDay, at: position), let day = number(at: mark.end),
      (1...10).contains(day.value), fields.advance(to: .day)
    {
      fields.isLunar = true
      fields.isLunarDay = true
      fields.day = day.value
      return day.end
    }
    return nil
  }

  // MARK: Numbers with units

  private func numeric(at position: Int, into fields: inout MomentFields) -> Int? {
    if isDigit(position), !isDigit(position - 1) {
      if let end = digitDate(at: position, into: &fields) { return end }
      if let end = digitClock(at: position, into: &fields) { return end }
    }
    if fields.grain == .none {
      let isBefore = find(.beforeChrist, at: position)
      if let mark = isBefore ?? find(.annoDomini, at: position),
        let year = number(at: skipSpace(mark.end)),
        let unit = calendarUnit(at: skipSpace(year.end)), unit.value == "year",
        fields.advance(to: .year)
      {
        fields.year = year.value
        fields.isBeforeChrist = isBefore != nil
        return unit.end
      }
    }
    if let era = find(.era, at: position), let begin = Int(era.value),
      fields.grain == .none
    {
      let at = skipSpace(era.end)
      // The first year of a reign is 元年.
      let first = find(.firstYear, at: at)
      let count = first != nil ? nil : number(at: at)
      if let value = first != nil ? 1 : count?.value,
        let unit = calendarUnit(at: first?.end ?? count?.end ?? at), unit.value == "year",
        fields.advance(to: .year)
      {
        fields.era = begin - 1
        fields.year = value
        return unit.end
      }
      return nil
    }
    guard let number = number(at: position) else { return nil }
    var unitAt = skipSpace(number.end)
    var upper: Int?
    // Behind an hour 分 is its unit, and behind 2024 年 (2024年前三季度), whatever word begins with it.
    let isCertain =
      fields.grain >= .hour
      || number.isArabic && number.length == 4 && (1900...2099).contains(number.value)
    if calendarUnit(at: unitAt, isCertain: isCertain) == nil,
      let second = impliedUnit(behind: number.end)
    {
      // 9~12点: the unit stands behind both.
      unitAt = second
    }
    if let both = number.upper, number.length == 2 { upper = both }
    if let unit = calendarUnit(at: unitAt, isCertain: isCertain) {
      let end = unitAt > skipSpace(number.end) ? number.end : unit.end
      let isFirst = fields.components == 0
      if let taken = take(
        number, upper, unit.value, end, isPoint: unit.needs == "mark", into: &fields)
      {
        fields.isNumbered =
          isFirst
          && (unit.needs == "month"
            || unit.value == "hour" && number.value == 1 && !number.isArabic)
        if isFirst, unit.value == "hour", unit.needs == "mark" || !number.isArabic {
          fields.looseEnd = unit.end
        }
        return taken
      }
    }
    return bareNumber(number, into: &fields)
  }

  /// Where the unit stands that a number shares with those behind it: 4月12-19日, 3、4、5月.
  private func impliedUnit(behind end: Int) -> Int? {
    var end = end
    for _ in 0..<6 {
      guard let start = rangeSign(at: end) ?? joint(behind: end), let next = number(at: start)
      else { return nil }
      let unit = skipSpace(next.end)
      if calendarUnit(at: unit) != nil { return unit }
      end = next.end
    }
    return nil
  }

  /// Takes over a number with its unit.
  private func take(
    _ number: SmallNumber, _ upper: Int?, _ unit: String, _ end: Int, isPoint: Bool,
    into fields: inout MomentFields
  ) -> Int? {
    let value = number.value
    switch unit {
    case "century":
      guard (1...30).contains(value), fields.advance(to: .century) else { return nil }
      fields.century = value
    case "decade":
      guard value % 10 == 0, value < 100, fields.advance(to: .decade) else { return nil }
      fields.decade = value
    case "year":
      let isFull =
        number.isDigits && (number.length == 4 || (number.length == 3 && fields.isBeforeChrist))
      let isShort = number.isDigits && number.length == 2 && isShortYear(number, at: end)
      // 二千年.
      guard isFull || isShort, fields.grain == .none, fields.advance(to: .year) else { return nil }
      fields.year = value
      fields.yearDigits = number.length
    case "quarter":
      guard (1...4).contains(value), fields.advance(to: .half) else { return nil }
      fields.period = "Q\(value)"
    case "month":
      guard (1...12).contains(value), number.length <= 2, fields.advance(to: .month) else {
        return nil
      }
      fields.month = value
    case "day":
      guard (1...31).contains(value), number.length <= 3, fields.advance(to: .day) else {
        return nil
      }
      fields.day = value
      if fields.isLunar { fields.isLunarDay = true }
    case "hour":
      guard (0...24).contains(value % 100) || upper != nil else { return nil }
      if let upper {
        guard fields.advance(to: .hour) else { return nil }
        fields.hour = value / 10
        fields.second = nil
        fields.ordinals.append(MomentFields.Ordinal(number: upper, unit: "hour"))
        return end
      }
      guard value <= 24, number.length <= 3, fields.advance(to: .hour) else { return nil }
      fields.hour = value
      return clockMinutes(at: end, isPoint: isPoint, into: &fields)
    case "minute":
      guard fields.grain == .hour, value < 60, fields.advance(to: .minute) else { return nil }
      fields.minute = value
    case "second":
      guard fields.grain >= .hour, value < 60, fields.advance(to: .second) else { return nil }
      fields.second = value
      fields.minute = fields.minute ?? 0
    default: return nil
    }
    return end
  }

  /// A year of two digits: 08年, 91年5月, 零七年; but 36年 is a length of time.
  private func isShortYear(_ number: SmallNumber, at end: Int) -> Bool {
    if number.value < 10 || !number.isArabic { return true }
    var next = MomentFields()
    next.grain = .year
    var isWeak = false
    let at = skipFiller(end)
    if let following = component(at: at, into: &next, &isWeak), following > at, !isWeak {
      return next.grain < .daypart
    }
    return number.value >= 70
  }

  /// What may stand behind an hour: 半, 整, 一刻, 三个字, 十五, 零五.
  private func clockMinutes(
    at end: Int, isPoint: Bool, into fields: inout MomentFields
  ) -> Int? {
    if let mark = find(.clock, at: end), let minutes = Int(mark.value) {
      if minutes > 0, fields.advance(to: .minute) { fields.minute = minutes }
      return mark.end
    }
    let at = skipSpace(end)
    let isSpoken = fields.daypart == nil && at == end && isPoint
    guard let number = number(at: at) else {
      // 三点一四一五九: the decimals go on.
      return isSpoken && numerals[character(at)] != nil ? nil : end
    }
    for word in [MomentVocabulary.Word.quarters, .fives] {
      if let mark = find(word, at: number.end), let factor = Int(mark.value),
        number.value * factor < 60, fields.advance(to: .minute)
      {
        fields.minute = number.value * factor
        return mark.end
      }
    }
    if let unit = calendarUnit(at: skipSpace(number.end), isCertain: true),
      unit.value == "minute"
    {
      return end
    }
    if isSpoken, numerals[character(number.end)] != nil || (!number.isArabic && number.isDigits) {
      // 一点零五六, 三点二五, 二十点一万 are numbers.
      return nil
    }
    // 三点十五, 下午三点零五: two digits.
    let isTwo = number.isArabic ? number.length == 2 : number.value >= 10 || number.isDigits
    guard isTwo, number.value < 60, calendarUnit(at: number.end, isCertain: true) == nil,
      rangeSign(at: number.end) == nil || number.isArabic || number.value >= 10,
      fields.advance(to: .minute)
    else {
      // 七点八 is a decimal.
      return fields.daypart == nil && at == end && number.length == 1 ? nil : end
    }
    fields.minute = number.value
    return number.end
  }

  /// A number without a unit: the day of a month (1月3, 四月十三), of the Chinese calendar (腊月18).
  private func bareNumber(_ number: SmallNumber, into fields: inout MomentFields) -> Int? {
    guard fields.grain == .month, fields.month != nil, (1...31).contains(number.value),
      number.length <= 3, number.value >= 3 || !number.isArabic || fields.isLunar
    else { return nil }
    // 5月3万吨, 腊月18000吨: the number goes on.
    let behind = character(number.end)
    if numerals[behind] != nil || behind == 0x2E || behind == 0x2C && isDigit(number.end + 1)
      || calendarUnit(at: number.end) != nil
    {
      return nil
    }
    if CharacterKind(behind) == .han, moments(at: number.end).isEmpty,
      rangeSign(at: number.end) == nil, self.number(at: number.end) == nil,
      find(.bound, at: number.end) == nil
    {
      return nil
    }
    guard fields.advance(to: .day) else { return nil }
    fields.day = number.value
    fields.isBareDay = true
    if number.length >= 2, !number.isArabic,
      case .tens? = numerals[text[number.end - number.length]]
    {
      fields.isLunar = true
    }
    return number.end
  }

  private func meridiem(at position: Int, into fields: inout MomentFields) -> Int? {
    guard fields.hour != nil, fields.meridiem == nil,
      let mark = find(.meridiem, at: skipSpace(position)),
      CharacterKind(character(mark.end)) != .letter
    else { return nil }
    fields.meridiem = mark.value
    return mark.end
  }
}
