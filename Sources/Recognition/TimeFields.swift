internal import Annotations

/// What one mention of a point or period of time says, field by field, before it is resolved.
struct TimeFields {
  /// A field counted from an anchor: `day:-1` is yesterday.
  struct Offset: Equatable {
    var unit: String
    var amount: Int
    /// Counted from the last time of the text (次日) and not from the document's date (明天).
    var fromText: Bool
  }

  /// From coarse to fine; each component of a mention is finer than the one before.
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

  var offset: Offset?
  var century: Int?
  var decade: Int?
  var year: Int?
  var month: Int?
  var day: Int?
  var weekday: Int?
  /// Q1, H2, SU and the like.
  var period: String?
  var edge: String?
  var daypart: String?
  var hour: Int?
  var minute: Int?
  var second: Int?
  /// The end of `1—11月` and `8—10日`, in the finest field.
  var rangeEnd: Int?
  /// The same period of another year.
  var isSamePeriod = false
  /// A value that stands as it is.
  var fixed: String?
  var grain = Grain.none
  var components = 0

  /// Takes over a value as the lexicon writes it (`day:-1;TEV`, `year:Q1`, `month:END`, `SU`);
  /// false when it is not finer than what is there already.
  mutating func take(lexical value: String) -> Bool {
    var copy = self
    var grain = Grain.none
    for part in value.split(separator: ";") {
      guard let fineness = copy.takePart(part) else { return false }
      grain = max(grain, fineness)
    }
    guard grain > self.grain || (self.grain == .none && grain == .none) else { return false }
    copy.grain = max(grain, .century)
    copy.components += 1
    self = copy
    return true
  }

  private mutating func takePart(_ part: Substring) -> Grain? {
    if part.contains("/") {
      fixed = String(part)
      return .year
    }
    let pieces = part.split(separator: ":", maxSplits: 1)
    guard pieces.count == 2 else { return takeWord(String(part)) }
    var unit = pieces[0]
    let rest = String(pieces[1])
    let fromText = unit.hasPrefix("anchor-")
    if fromText { unit = unit.dropFirst("anchor-".count) }
    if let amount = Int(rest) {
      switch unit {
      case "weekday":
        weekday = amount
        return .day
      case "decade":
        decade = amount
        return .decade
      case "lunar": return nil
      default: break
      }
      guard let grain = Self.grain(of: unit) else { return nil }
      offset = Offset(unit: String(unit), amount: amount, fromText: fromText)
      return grain
    }
    if ["lunar", "nth", "easter"].contains(unit) { return .day }
    return takeWord(rest)
  }

  private mutating func takeWord(_ word: String) -> Grain? {
    switch word {
    case "START", "MID", "END":
      edge = word
      return .part
    case "SP", "SU", "FA", "WI", "H1", "H2":
      period = word
      return .half
    case "Q1", "Q2", "Q3", "Q4", "Q1-Q2", "Q1-Q3":
      period = word
      return .half
    case "TDA", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT", "DT":
      // News has one morning.
      daypart = word == "DT" ? "TDT" : word == "TDA" ? "TMO" : word
      return .daypart
    case "SAME":
      isSamePeriod = true
      return .year
    case "weekend":
      weekday = 6
      return .day
    default:
      if word.hasPrefix("D") {
        edge =
          word.hasPrefix("D01") || word == "D1-5" ? "START" : word.hasPrefix("D11") ? "MID" : "END"
        return .part
      }
      let numbers = word.split(separator: "-").compactMap { Int($0) }
      if numbers.count == 2 {
        month = numbers[0]
        day = numbers[1]
        return .day
      }
      return nil
    }
  }

  private static func grain(of unit: Substring) -> Grain? {
    switch unit {
    case "century": .century
    case "year", "term": .year
    case "quarter": .half
    case "month": .month
    case "week": .month
    case "day": .day
    case "second", "time": .minute
    default: nil
    }
  }

  /// Takes over a number with its unit; false when it is not finer than what is there already.
  mutating func take(_ grain: Grain, _ value: Int) -> Bool {
    guard grain > self.grain else { return false }
    switch grain {
    case .century: century = value
    case .decade: decade = value
    case .year: year = value
    case .month: month = value
    case .day: day = value
    case .hour: hour = value
    case .minute: minute = value
    case .second: second = value
    case .half: period = "Q\(value)"
    case .none, .part, .daypart: return false
    }
    self.grain = grain
    components += 1
    return true
  }
}
