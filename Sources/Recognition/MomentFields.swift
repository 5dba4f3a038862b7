internal import Annotations

/// What one mention of a moment says, field by field, before it is resolved: 去年 + 五月 + 3日 + 下午 + 三点.
struct MomentFields {
  /// From coarse to fine; each part of a mention is finer than the one before.
  enum Grain: Int, Comparable {
    case none
    case century
    case decade
    case year
    case half
    case month
    case part
    case day
    case daypart
    case hour
    case minute
    case second

    static func < (left: Grain, right: Grain) -> Bool { left.rawValue < right.rawValue }
  }

  /// Counted units: the first week of a month, the last five days of a year.
  struct Ordinal {
    /// Which one, from 1; counted from the end when negative.
    var number: Int
    /// How many of them.
    var count = 1
    /// year, month, week, day, quarter, or weekday.
    var unit: String
    /// Of a weekday.
    var weekday = 0
  }

  /// A unit counted from the document's day, or from the last time of the text.
  struct Shift {
    var unit: String
    var amount: Int
    var fromText: Bool
  }

  var isBeforeChrist = false
  /// The year before the first one of a reign.
  var era: Int?
  var year: Int?
  var yearDigits = 4
  var shifts: [Shift] = []
  var century: Int?
  var decade: Int?
  /// Q1, H2, SU, Q1-Q3.
  var period: String?
  var month: Int?
  var isLunar = false
  var isLeap = false
  var day: Int?
  /// The other order of month and day, where a date in digits allows both.
  var swapped: (month: Int, day: Int)?
  /// Whether a day is written as only the Chinese calendar's are: 初三, 廿五.
  var isLunarDay = false
  /// Whether a day of a month stands without its unit: 十月三十.
  var isBareDay = false
  /// Whether it is a number and a unit that counts other things as well: 12号, 一点.
  var isNumbered = false
  /// Where something ends that alone is no time in news: 三点, which may count points, or 春天.
  var looseEnd: Int?
  /// Whether nothing tells when it is: 春运.
  var isUnknown = false
  /// 全年: a year that the text has named.
  var isWholeYear = false
  /// From one unit to another, both counted from the document's day: 今明两天.
  var span: (unit: String, from: Int, to: Int)?
  /// Whether it is written in digits as news writes no date: 12/1, 2008.03, 2018.
  var isInDigits = false
  var weekday: Int?
  var isWeekend = false
  var ordinals: [Ordinal] = []
  /// MM-DD, lunar:MM-DD, nth:MM-N-W, easter:N, term:N.
  var holiday: String?
  /// First and last day of a part of a month.
  var days: ClosedRange<Int>?
  /// START, MID, END.
  var edge: String?
  /// Whether the edge is one of a month: 月底.
  var isMonthEdge = false
  var daypart: String?
  var hour: Int?
  var minute: Int?
  var second: Int?
  var meridiem: String?
  /// The same period of another year.
  var isSame = false
  /// Years that stand as they are: a five-year plan.
  var years: ClosedRange<Int>?
  var grain = Grain.none
  var components = 0

  /// Whether a moment that ends here is none in news.
  func isLoose(end: Int) -> Bool {
    isInDigits || (components == 1 && looseEnd == end) || (isBareDay && !isLunar)
  }

  /// Takes a component over; false when it is not finer than what is there.
  mutating func advance(to grain: Grain) -> Bool {
    guard grain > self.grain else { return false }
    self.grain = grain
    components += 1
    return true
  }

  /// Takes over a value as the lexicon writes it: `day:-1;TEV`, `year:Q1`, `month:END`, `SU`, `01-01`.
  mutating func take(lexical value: String) -> Bool {
    var copy = self
    var finest = Grain.none
    for part in Self.pieces(of: value[...], at: ";") {
      guard let grain = copy.takePart(part) else { return false }
      finest = max(finest, grain)
    }
    guard finest > grain else { return false }
    copy.grain = finest
    copy.components += 1
    self = copy
    return true
  }

  private mutating func takePart(_ part: Substring) -> Grain? {
    if part.utf8.contains(UInt8(ascii: "/")) {
      let ends = Self.pieces(of: part, at: "/").compactMap { Int($0) }
      guard ends.count == 2, ends[0] <= ends[1] else { return nil }
      years = ends[0]...ends[1]
      return .year
    }
    guard let colon = part.utf8.firstIndex(of: UInt8(ascii: ":")), colon > part.startIndex,
      colon < part.utf8.index(before: part.endIndex)
    else { return takeWord(String(part)) }
    var unit = part[..<colon]
    let rest = String(part[part.utf8.index(after: colon)...])
    if unit == "week", rest == "END" {
      isWeekend = true
      return .day
    }
    if unit.hasPrefix("span-") {
      let ends = Self.pieces(of: rest[...], at: "~").compactMap { Int($0) }
      guard ends.count == 2 else { return nil }
      span = (String(unit.dropFirst(5)), ends[0], ends[1])
      return Self.grain(of: unit.dropFirst(5))
    }
    switch unit {
    case "lunar", "nth", "easter", "term":
      holiday = String(part)
      return .day
    default: break
    }
    let fromText = unit.hasPrefix("anchor-")
    if fromText { unit = unit.dropFirst("anchor-".count) }
    if unit == "month", Int(rest.hasPrefix("+") ? String(rest.dropFirst()) : rest) == nil {
      isMonthEdge = true
    }
    guard let amount = Int(rest.hasPrefix("+") ? String(rest.dropFirst()) : rest) else {
      return takeWord(rest)
    }
    switch unit {
    case "weekday":
      weekday = amount
      return .day
    case "decade":
      decade = amount
      return .decade
    default:
      shifts.append(
        Shift(unit: unit == "term" ? "year" : String(unit), amount: amount, fromText: fromText))
      return Self.grain(of: unit)
    }
  }

  private mutating func takeWord(_ word: String) -> Grain? {
    switch word {
    case "START", "MID", "END":
      edge = word
      return .part
    case "SP", "SU", "FA", "WI", "H1", "H2", "Q1", "Q2", "Q3", "Q4", "Q1-Q2", "Q1-Q3":
      period = word
      return .half
    case "TDA", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT", "DT":
      daypart = word == "DT" ? "DT" : String(word.dropFirst())
      return .daypart
    case "ALL":
      isWholeYear = true
      return .half
    case "LATE": return .daypart
    case "SAME":
      isSame = true
      return .half
    case "weekend":
      isWeekend = true
      return .day
    default:
      let numbers = Self.pieces(of: word[...], at: "-").compactMap {
        Int($0.hasPrefix("D") ? $0.dropFirst() : $0)
      }
      guard numbers.count == 2 else { return nil }
      if word.hasPrefix("D") {
        guard numbers[0] <= numbers[1] else { return nil }
        days = numbers[0]...numbers[1]
        return .part
      }
      holiday = word
      return .day
    }
  }

  /// The parts of a value between signs; by its bytes, since finding characters would take most of the time.
  private static func pieces(of text: Substring, at sign: Unicode.Scalar) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: sign)).map { Substring($0) }
  }

  static func grain(of unit: some StringProtocol) -> Grain? {
    switch unit {
    case "century": .century
    case "year", "term": .year
    case "half", "quarter": .half
    case "month", "week": .month
    case "weekend", "day": .day
    case "hour", "second", "time": .hour
    default: nil
    }
  }
}
