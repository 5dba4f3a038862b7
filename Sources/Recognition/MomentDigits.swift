internal import Annotations
internal import Characters

/// Dates and clock times that are written in digits alone: 2024-05-03, 5/3, 15:30:20.
extension MomentReader {
  private struct Group {
    var value: Int
    var length: Int
    var end: Int
  }

  private func group(at position: Int) -> Group? {
    var end = position
    var value = 0
    while isDigit(end), end - position < 8 {
      value = value * 10 + Int(text[end] - 0x30)
      end += 1
    }
    return end > position ? Group(value: value, length: end - position, end: end) : nil
  }

  /// The position behind a range sign, with the spaces around it; nil where there is none.
  func rangeSign(at position: Int) -> Int? {
    var at = skipSpace(position)
    let start = at
    while at < limit, at - start < 2, let sign = vocabulary.rangeEnd(at: at, in: graph) {
      at = sign
    }
    guard at > start else { return nil }
    return skipSpace(at)
  }

  /// A date in digits at a position where nothing has been read.
  func digitDate(at position: Int, into fields: inout MomentFields) -> Int? {
    guard let end = readDate(at: position, into: &fields) else { return nil }
    // 2024-05-03 is how news writes a date in digits, too.
    fields.isInDigits =
      !(end - position >= 10 && character(position + 4) == 0x2D && character(position + 7) == 0x2D)
    return end
  }

  private func readDate(at position: Int, into fields: inout MomentFields) -> Int? {
    guard fields.grain == .none, let first = group(at: position) else { return nil }
    if first.length == 8, !isDigit(first.end) {
      let (year, month, day) = (first.value / 10_000, first.value / 100 % 100, first.value % 100)
      guard (1900...2100).contains(year), CalendarDate(year: year, month: month, day: day) != nil
      else { return nil }
      return set(year, month, day, first.end, into: &fields)
    }
    let sign = character(first.end)
    guard [0x2D, 0x2F, 0x2E].contains(sign), let second = group(at: first.end + 1) else {
      return bareYear(first, at: position, into: &fields)
    }
    // The second sign may be another one: 1994.01-19.
    if [0x2D, 0x2F, 0x2E].contains(character(second.end)), let third = group(at: second.end + 1),
      second.length <= 2
    {
      let isClosed = !isDigit(third.end) && character(third.end) != 0x2F
      if first.length == 4, third.length <= 2 || third.length == 4 && character(third.end) == 0x3A,
        (1...12).contains(second.value)
      {
        // 2021-09-0910:09: a clock time right behind the day.
        let isGlued = third.length == 4
        let day = isGlued ? third.value / 100 : third.value
        guard CalendarDate(year: first.value, month: second.value, day: day) != nil else {
          return nil
        }
        return set(
          first.value, second.value, day, isGlued ? third.end - 2 : third.end, into: &fields)
      }
      if first.length <= 2, third.length == 4 || third.length == 2 && sign == 0x2F, isClosed {
        return dayAndMonth(first.value, second.value, third.value, third, into: &fields)
      }
    }
    guard !isDigit(second.end) else { return nil }
    if first.length == 4, (1000...2200).contains(first.value), second.length <= 2,
      (1...12).contains(second.value), sign != 0x2E || second.length == 2
    {
      // 2018-2019 and 2.5 are something else; 2008.03 is a month before a sign or the end.
      guard character(second.end) != 0x25, !(sign == 0x2E && isFollowedByHan(second.end)) else {
        return nil
      }
      guard fields.advance(to: .year), fields.advance(to: .month) else { return nil }
      fields.year = first.value
      fields.month = second.value
      return second.end
    }
    if first.length <= 2, second.length <= 2,
      sign == 0x2F || (sign == 0x2D && first.length == 2 && second.length == 2)
    {
      return dayAndMonth(first.value, second.value, nil, second, into: &fields)
    }
    return nil
  }

  private func isFollowedByHan(_ end: Int) -> Bool { CharacterKind(character(end)) == .han }

  /// 10/1/2017 is the first of October or the tenth of January; the day stands first where both can be.
  private func dayAndMonth(
    _ first: Int, _ second: Int, _ year: Int?, _ last: Group, into fields: inout MomentFields
  ) -> Int? {
    var end = last.end
    // With a year the day stands first, without one the month.
    let dayFirst = year != nil
    let orders =
      dayFirst ? [(second, first), (first, second)] : [(first, second), (second, first)]
    let valid = orders.filter { (1...12).contains($0.0) && (1...31).contains($0.1) }
    guard let (month, day) = valid.first, fields.advance(to: .year) || year == nil,
      fields.advance(to: .day)
    else { return nil }
    fields.year = year
    fields.yearDigits = year != nil ? last.length : 4
    fields.month = month
    fields.day = day
    if valid.count > 1, valid[1] != valid[0] { fields.swapped = (valid[1].0, valid[1].1) }
    if year == nil, let unit = calendarUnit(at: end), unit.value == "day" {
      end = unit.end
    }
    return end
  }

  private func set(
    _ year: Int, _ month: Int, _ day: Int, _ end: Int, into fields: inout MomentFields
  ) -> Int? {
    guard fields.advance(to: .day) else { return nil }
    fields.year = year
    fields.month = month
    fields.day = day
    // 2021-09-12-11:23.
    if (character(end) == 0x2D && isDigit(end + 1)) || isDigit(end) {
      var copy = fields
      if let clock = digitClock(at: isDigit(end) ? end : end + 1, into: &copy) {
        fields = copy
        return clock
      }
    }
    return end
  }

  /// 2018 alone, or behind a sign.
  private func bareYear(_ group: Group, at position: Int, into fields: inout MomentFields) -> Int? {
    guard group.length == 4, (1900...2099).contains(group.value) else { return nil }
    let before = CharacterKind(character(position - 1))
    let isOpen =
      position == graph.range.start || (before != .han && before != .letter && before != .digit)
    let behind = skipSpace(group.end)
    let isClosed = behind >= limit || rangeSign(at: group.end) != nil
    guard isOpen, isClosed,
      [0x20, 0x3D, 0].contains(character(position - 1)) || rangeSignBefore(position),
      fields.advance(to: .year)
    else { return nil }
    fields.year = group.value
    return group.end
  }

  private func rangeSignBefore(_ position: Int) -> Bool {
    position > graph.range.start && vocabulary.rangeEnd(at: position - 1, in: graph) != nil
  }

  /// 15:30, 9:20:15, with the unit or the half of the day behind it.
  func digitClock(at position: Int, into fields: inout MomentFields) -> Int? {
    guard fields.grain < .hour, let hour = group(at: position), hour.length <= 2, hour.value <= 24,
      character(hour.end) == 0x3A, let minute = group(at: hour.end + 1), minute.length == 2,
      minute.value < 60
    else { return nil }
    guard fields.advance(to: .minute) else { return nil }
    fields.hour = hour.value
    fields.minute = minute.value
    var end = minute.end
    if character(end) == 0x3A, let second = group(at: end + 1), second.length == 2,
      second.value < 60
    {
      fields.second = second.value
      end = second.end
    }
    if let unit = calendarUnit(at: end), unit.value == "hour" { end = unit.end }
    return end
  }
}
