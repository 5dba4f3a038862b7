internal import Annotations

/// Lengths of time: 三天, 一个半小时, 1年11个月, 3—6个月.
extension MomentReader {
  /// A length that was read.
  struct ReadLength {
    var end: Int
    var length = TimeLength()
    /// The other end of 3—6个月.
    var upper: TimeLength?
    /// 多, 余: more than it says.
    var isMore = false
    /// 几天: nobody can tell how many.
    var isUnknown = false
    /// Whether every part of it is a number and a unit that a calendar has too: 5日, 三月.
    var isCalendar = false
    var parts = 0
    /// Whether its unit counts other things as well.
    var isWeak = false
  }

  /// The longest length of time at a position.
  /// - Complexity: O(its length).
  func length(at start: Int, numbers: NumberReader) -> ReadLength? {
    guard let first = part(at: skipSpace(start), isFirst: true, numbers) else { return nil }
    var result = ReadLength(end: start)
    var next: Part? = first
    var last = -1
    while let part = next {
      // Coarse to fine, but a month may stand behind days (两天又一个月).
      if result.parts > 0, part.isCalendar && part.unit <= last && !result.isUnknown { break }
      if result.length.amounts[part.unit] != nil { break }
      result.length.amounts[part.unit] = part.amount
      result.isUnknown = result.isUnknown || part.amount == nil
      result.isMore = result.isMore || part.isMore
      result.isCalendar = (result.parts == 0 || result.isCalendar) && part.isCalendar
      if let upper = part.upper, result.parts == 0 {
        var length = TimeLength()
        length.amounts[part.unit] = upper
        result.upper = length
      }
      result.isWeak = part.isWeak
      result.parts += 1
      last = part.unit
      result.end = part.end
      var here = skipSpace(part.end)
      if let join = find(.join, at: here) { here = skipSpace(join.end) }
      next = part.end < limit ? self.part(at: here, isFirst: false, numbers) : nil
    }
    // 百分, 五分: points or cents as well.
    guard result.parts > 1 || (result.parts == 1 && !result.isWeak) else { return nil }
    return result
  }

  private struct Part {
    var end: Int
    var unit: Int
    var amount: ExactDecimal?
    var upper: ExactDecimal?
    var isMore = false
    var isCalendar = false
    var isWeak = false
  }

  /// A number and a unit, or 半 and a unit.
  private func part(
    at start: Int, isFirst: Bool, _ numbers: NumberReader
  ) -> Part? {
    let half = ExactDecimal(5, exponent: -1)
    // 个半小时, 分半: one and a half.
    if isFirst, let and = find(.andHalf, at: start), let unit = unit(at: and.end) {
      return Part(
        end: unit.end, unit: unit.place,
        amount: ExactDecimal(15, exponent: -1).multiplied(by: unit.factor))
    }
    if isFirst, let whole = find(.halfLength, at: start) {
      guard let (place, factor) = Self.place(whole.value) else { return nil }
      let more = find(.more, at: whole.end)
      return Part(
        end: more?.end ?? whole.end, unit: place, amount: factor, isMore: more != nil)
    }
    if isFirst, isHalf(character(start)) {
      // 半小时, 半个月.
      guard let unit = unit(at: start + 1), let amount = half.multiplied(by: unit.factor) else {
        return nil
      }
      return Part(end: unit.end, unit: unit.place, amount: amount)
    }
    guard start < limit else { return nil }
    let read =
      numbers.begins(text[start]) ? numbers.read(text, at: start, limit: limit) : nil
    if isFirst, let vague = vocabulary.longest(.vague, at: start, in: graph),
      vague.range.end > read?.end ?? start, let unit = unit(at: vague.range.end)
    {
      // 数周, 几千年, 多日.
      return Part(end: unit.end, unit: unit.place)
    }
    guard var number = read else { return nil }
    var upper: ExactDecimal?
    var amount: ExactDecimal?
    switch number.magnitude {
    case .value(let value): amount = value
    case .range(let low, let high): (amount, upper) = (low, high)
    default: amount = nil
    }
    if isFirst, amount != nil, upper == nil, let sign = rangeSign(at: number.end), sign < limit,
      let second = numbers.read(text, at: sign, limit: limit),
      case .value(let high) = second.magnitude
    {
      upper = high
      number = second
    }
    var isMore = number.modifier == .more
    var end = skipSpace(number.end)
    if let more = find(.more, at: end) {
      isMore = true
      end = more.end
    }
    var isHalf = false
    if let and = find(.andHalf, at: end), unit(at: and.end) != nil {
      isHalf = true
      end = and.end
    }
    // 一分半钟: the half stands inside the unit.
    if self.isHalf(character(end + 1)), let inner = unit(at: end), inner.end == end + 1,
      let tail = find(.tail, at: end + 2),
      let amount = amount?.adding(half)?.multiplied(by: inner.factor)
    {
      return Part(end: tail.end, unit: inner.place, amount: amount, isMore: isMore)
    }
    let unitStart = end
    guard let unit = unit(at: unitStart) else { return nil }
    end = unit.end
    if !isHalf, self.isHalf(character(end)), self.unit(at: end + 1) == nil {
      isHalf = true
      end += 1
    }
    if let more = find(.more, at: end), !isHalf {
      isMore = true
      end = more.end
    }
    // 2025年 is a year.
    if unit.place == 0, !isMore, number.isArabic, number.length == 4, let value = amount?.integer,
      (1000...2999).contains(value)
    {
      return nil
    }
    let calendar = calendarUnit(at: skipSpace(number.end))
    let isCalendar = calendar?.end == unit.end && !isHalf && !isMore
    if isHalf { amount = amount?.adding(half) }
    return Part(
      end: end, unit: unit.place, amount: amount?.multiplied(by: unit.factor),
      upper: upper?.multiplied(by: unit.factor), isMore: isMore, isCalendar: isCalendar,
      isWeak: !isHalf && unit.isWeak && unitStart == skipSpace(number.end))
  }

  private func unit(
    at position: Int
  ) -> (place: Int, factor: ExactDecimal, end: Int, isWeak: Bool)? {
    let certain = find(.length, at: position)
    guard let found = certain ?? find(.weakLength, at: position),
      let (place, factor) = Self.place(found.value)
    else { return nil }
    // 人数分布: what begins a longer word is no unit by itself.
    if certain == nil, beginsLongerWord(position, found.end) { return nil }
    return (place, factor, found.end, certain == nil)
  }

  private func beginsLongerWord(_ start: Int, _ end: Int) -> Bool {
    graph.starting(at: start).contains {
      if case .sense = $0.payload { $0.range.end > end } else { false }
    }
  }

  /// `4:1` is one hour.
  private static func place(_ value: String) -> (Int, ExactDecimal)? {
    let bytes = value.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let place = Int(value[..<colon]),
      let factor = ExactDecimal(value[bytes.index(after: colon)...])
    else { return nil }
    return (place, factor)
  }
}
