internal import Annotations

/// Counted units inside a moment: the first week of May, the last five days of a year.
extension MomentReader {
  /// 第一周, 第三个星期一, 最后五天, 前10天, 后三月: in a year, a month, or of now.
  func ordinal(at position: Int, into fields: inout MomentFields) -> Int? {
    let isOuter = fields.grain != .none
    guard fields.grain < .day else { return nil }
    if let mark = find(.ordinal, at: position),
      let number = number(at: mark.end), let unit = countedUnit(at: number.end)
    {
      guard isOuter || unit.unit == "day" else { return nil }
      return append(
        MomentFields.Ordinal(number: number.value, unit: unit.unit, weekday: unit.weekday),
        unit.end,
        into: &fields)
    }
    guard isOuter else { return nil }
    let last = find(.last, at: position)
    guard let mark = last ?? find(.head, at: position) else { return nil }
    let at = skipSpace(mark.end)
    guard let number = number(at: at), let unit = countedUnit(at: skipSpace(number.end)) else {
      return nil
    }
    var ordinal = MomentFields.Ordinal(
      number: last != nil ? -1 : 1, unit: unit.unit, weekday: unit.weekday)
    ordinal.count = number.value
    if unit.weekday > 0, number.value == 1 { ordinal.count = 1 }
    return append(ordinal, unit.end, into: &fields)
  }

  private func append(
    _ ordinal: MomentFields.Ordinal, _ end: Int, into fields: inout MomentFields
  ) -> Int? {
    let grain: MomentFields.Grain =
      switch ordinal.unit {
      case "quarter": .half
      case "month", "week": .month
      default: .day
      }
    guard fields.grain < grain || (ordinal.unit == "week" && fields.grain == .month) else {
      return nil
    }
    fields.grain = max(fields.grain, grain == .month && ordinal.unit == "week" ? .part : grain)
    fields.components += 1
    fields.ordinals.append(ordinal)
    return end
  }

  /// A unit that is counted: 周, 个星期, 天, 个月, 季度, 个星期一.
  private func countedUnit(at position: Int) -> (unit: String, weekday: Int, end: Int)? {
    let at = find(.counter, at: position)?.end ?? position
    if let day = find(.weekday, at: at), let number = Int(day.value) {
      return ("weekday", number, day.end)
    }
    guard let length = find(.length, at: at) else { return nil }
    let unit: String
    switch length.value {
    case "1:3": unit = "quarter"
    case "1:1": unit = "month"
    case "2:1": unit = "week"
    case "3:1": unit = "day"
    default: return nil
    }
    return (unit, 0, length.end)
  }
}
