internal import Annotations
internal import Segmentation

/// The classes of words that written times are made of, looked up once.
final class MomentVocabulary: Sendable {
  /// The classes whose words are looked for one by one; fewer than there are bits below those of ``Openings/moment``.
  enum Word: Int, CaseIterable {
    case shift, shiftUnit, shortWeekday
    case ordinal, last, head
    case spanBack, spanOn
    case afterBack, afterOn, afterWithin
    case afterSince
    case bound, boundFront, from, between, betweenEnd
    case about, aboutBehind
    case lunar, lunarMonth, leap, lunarDay
    case lunarNewYear
    case clock, quarters, fives, meridiem
    case beforeChrist, annoDomini
    case every, everyGap
    case list, filler, counter, firstYear, tail
    case length, weakLength, halfLength, andHalf,
      join
    /// A unit of calendar or clock: year, month, day, hour and so on.
    case calendar
    /// A weekday by name.
    case weekday
    /// A reign, with its first year.
    case era
    /// 目前, 近日.
    case vague
    /// 多, 余 behind a number.
    case more
    /// 北京时间 before a moment.
    case zone

    /// The class.
    var className: String {
      switch self {
      case .calendar: "time.calendar"
      case .weekday: "time.weekday"
      case .era: "time.era"
      case .vague: "time.vague"
      case .more: "time.more"
      case .zone: "time.frame.point"
      default: "temporal." + name
      }
    }

    /// The class, behind `temporal.`.
    private var name: String {
      switch self {
      case .shiftUnit: "shift.unit"
      case .shortWeekday: "weekday.short"
      case .spanBack: "span.back"
      case .spanOn: "span.on"
      case .afterBack: "after.back"
      case .afterOn: "after.on"
      case .afterWithin: "after.within"
      case .afterSince: "after.since"
      case .boundFront: "bound.front"
      case .betweenEnd: "between.end"
      case .aboutBehind: "about.behind"
      case .lunarMonth: "lunar.month"
      case .lunarDay: "lunar.day"
      case .lunarNewYear: "lunar.newyear"
      case .quarters: "clock.quarter"
      case .fives: "clock.five"
      case .beforeChrist: "bc"
      case .annoDomini: "ad"
      case .everyGap: "every.gap"
      case .firstYear: "firstyear"
      case .weakLength: "length.weak"
      case .halfLength: "length.half"
      case .andHalf: "length.and"
      case .join: "length.join"
      default: "\(self)"
      }
    }
  }

  /// What the words at a position may be in a time, so that most positions need no second look.
  struct Openings: OptionSet {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A word of this class begins there.
    init(_ word: Word) { rawValue = 1 << UInt64(word.rawValue) }

    /// 去年, 下午, 国庆节, 周三, 冬至, 底.
    static let moment = Openings(rawValue: 1 << 53)
    /// 上, 下个, 这.
    static let shift = Openings(rawValue: 1 << 54)
    /// 从, 截至.
    static let prefix = Openings(rawValue: 1 << 55)
    /// 大约, 北京时间.
    static let frame = Openings(rawValue: 1 << 56)
    /// 农历, 正月, 闰, 初.
    static let lunar = Openings(rawValue: 1 << 57)
    /// 过去, 未来, 前.
    static let span = Openings(rawValue: 1 << 58)
    /// 每, 每隔.
    static let every = Openings(rawValue: 1 << 59)
    /// 半年, 个半.
    static let half = Openings(rawValue: 1 << 60)
    /// 康熙, 公元前.
    static let era = Openings(rawValue: 1 << 61)
    /// 目前; 数, 几.
    static let vague = Openings(rawValue: 1 << 62)
    /// 第, 最后, 前.
    static let ordinal = Openings(rawValue: 1 << 63)
    /// What a time may begin with, numbers aside.
    static let first: Openings = [
      .moment, .shift, .prefix, .frame, .lunar, .span, .every, .half, .era, .vague, .ordinal,
    ]
  }

  private let openings: [Openings]
  private let ids: [ClassID?]
  /// For each class, whether its words say a moment by themselves: 去年, 国庆节.
  let moments: [Bool]
  let solarTerm: ClassID?
  let suffix: ClassID?

  /// Looks the classes up.
  init(_ classes: ClassTable) {
    let ids = Word.allCases.map { classes.find($0.className) }
    self.ids = ids
    solarTerm = classes.find("time.solarterm")
    suffix = classes.find("time.suffix")
    precondition(
      Word.allCases.count <= Openings.moment.rawValue.trailingZeroBitCount,
      "every class of words needs a bit of its own")
    let named = [
      "time.deictic", "time.part", "time.season", "time.holiday", "time.festival-period",
      "time.daypart",
    ]
    moments = classes.membership(of: named.compactMap { classes.find($0) })
    var openings = classes.kinds([
      (Openings.moment, named + ["time.weekday", "time.solarterm", "time.suffix"]),
      (.frame, ["time.frame.point"]), (.era, ["time.era"]),
      (.vague, ["time.vague", "quantifier.vague"]),
    ])
    func mark(_ opening: Openings, _ words: [Word]) {
      for word in words {
        if let id = ids[word.rawValue] { openings[id.index].formUnion(opening) }
      }
    }
    mark(.shift, [.shift])
    mark(.prefix, [.from, .boundFront])
    mark(.frame, [.about])
    mark(.lunar, [.lunar, .lunarMonth, .leap, .lunarDay, .lunarNewYear])
    mark(.span, [.spanBack, .spanOn])
    mark(.every, [.every, .everyGap])
    mark(.half, [.halfLength, .andHalf])
    mark(.era, [.beforeChrist, .annoDomini])
    mark(.ordinal, [.ordinal, .last, .head])
    for word in Word.allCases { mark(Openings(word), [word]) }
    self.openings = openings
  }

  /// What the words at each position of the sentence may be in a time, and nothing at its end.
  /// - Complexity: O(edges of the graph), one after the other as they lie in memory.
  func openings(in graph: AnnotationGraph) -> [Openings] {
    var all = [Openings](repeating: [], count: graph.range.count + 1)
    let start = graph.range.start
    for edge in graph.edges {
      let here = openings[edge.category.index]
      if !here.isEmpty { all[edge.range.start - start].formUnion(here) }
    }
    return all
  }

  /// The class of a word; nil where no lexicon has one.
  func id(_ word: Word) -> ClassID? { ids[word.rawValue] }
}
