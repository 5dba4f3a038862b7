internal import Annotations

/// The date of a document as a container has it.
///
///     WrittenDate("2021-06-14T01:06:40")   // the day, and 4000 seconds after midnight
///     WrittenDate("2021-05")               // the first of May at noon, with a remark
struct WrittenDate {
  /// The day against which times are resolved; nil where none is named.
  private(set) var day: CalendarDate?
  /// The seconds since midnight, where they are named.
  private(set) var clock: Int?
  /// What is to be said about it.
  private(set) var remark: RecordDiagnostic?

  /// Reads `YYYY-MM-DD`, also with `/` or `.` and without leading zeros, and what stands behind it as a time of the
  /// day; a year or a month stands for a day within it.
  init(_ written: String) {
    if let full = CalendarDate(written) ?? Self.loose(written) {
      day = full
      clock = Self.clock(written)
    } else if let partial = Self.partial(written) {
      day = partial
      clock = 12 * 3600
      remark = RecordDiagnostic(
        kind: "date",
        message: "the date \"\(written)\" names no day; times are resolved against \(partial)")
    } else {
      remark = RecordDiagnostic(
        kind: "date",
        message: "the date \"\(written)\" is no YYYY-MM-DD, so times are not resolved by it")
    }
  }

  /// A day with other signs between its numbers, or eight or more digits: `2020-3-30`, `2020/3/30`, `20200330`.
  private static func loose(_ written: String) -> CalendarDate? {
    let text = written.utf8.drop { $0 == 0x20 }
    let head = text.prefix { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2F || $0 == 0x2E }
    if head.count == 8 || head.count == 14, head.allSatisfy({ (0x30...0x39).contains($0) }) {
      let digits = head.map { Int($0 - 0x30) }
      func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
      return CalendarDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
    }
    let parts = head.split(omittingEmptySubsequences: false) { !(0x30...0x39).contains($0) }
    guard parts.count == 3, parts[0].count == 4,
      let fields = Optional(parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }),
      fields.count == 3
    else { return nil }
    return CalendarDate(year: fields[0], month: fields[1], day: fields[2])
  }

  /// The middle of a year (2021) or the first day of a month (2021-05), which a date may be instead of a day.
  private static func partial(_ written: String) -> CalendarDate? {
    let parts = written.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.first?.utf8.count == 4, let year = Int(parts[0]) else { return nil }
    switch parts.count {
    case 1: return CalendarDate(year: year, month: 7, day: 1)
    case 2: return Int(parts[1]).flatMap { CalendarDate(year: year, month: $0, day: 1) }
    default: return nil
    }
  }

  /// The clock time behind a day (`2021-06-14T01:06:40`), in seconds since midnight.
  private static func clock(_ written: String) -> Int? {
    let fields = written.utf8.drop { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: " ") }
      .dropFirst()
    let parts = fields.prefix(8).split(separator: UInt8(ascii: ":"))
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard parts.count > 1, let hour = parts[0], (0...24).contains(hour) else { return nil }
    let minute = parts[1] ?? 0
    let second = parts.count > 2 ? parts[2] ?? 0 : 0
    return hour * 3600 + minute * 60 + second
  }
}
