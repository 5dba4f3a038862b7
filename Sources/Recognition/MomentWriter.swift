internal import Annotations

/// Writes what a mention means as the record has it: TIMEX3 with one value, open ends empty, and a clock time
/// on the day that it belongs to.
enum MomentWriter {
  /// The value; nil for a part of no day, and for a clock time of no day.
  static func text(of meaning: TimeMeaning, edge: String?, _ context: TimeContext) -> String? {
    switch meaning {
    case .point(let point): return text(of: point, edge: edge, context)
    case .interval(let from, let to):
      if let from, let to, case .century = from.unit, from.date != nil, let low = from.date,
        let high = to.date
      {
        // 10至12世纪.
        return "\(padded(low.year + 1, 4))/\(padded(high.year + 100, 4))"
      }
      let low = from.map { text(of: $0, edge: edge, context) }
      let high = to.map { text(of: $0, edge: edge, context) }
      if case .some(nil) = low { return nil }
      if case .some(nil) = high { return nil }
      return "\((low ?? nil) ?? "")/\((high ?? nil) ?? "")"
    case .length(let length): return length.timex
    case .lengths(let low, let high): return "\(low.timex)/\(high.timex)"
    case .fixed(let text, _), .chinese(let text): return text
    }
  }

  private static func text(
    of point: TimePoint, edge: String?, _ context: TimeContext
  ) -> String? {
    var point = point
    if point.open == nil, point.date == nil {
      guard point.clock != nil, let day = context.lastDay ?? context.reference else { return nil }
      point.date = day
    }
    // News has one morning.
    if point.part == "DA" { point.part = "MO" }
    if point.clock != nil, point.precision == .hour { point.precision = .minute }
    if let date = point.date, point.unit == .year, !point.isBeforeChrist {
      // 年初 is January, 年底 December.
      if edge == "START" { return "\(padded(date.year, 4))-01" }
      if edge == "END" { return "\(padded(date.year, 4))-12" }
    }
    return point.timex
  }
}
