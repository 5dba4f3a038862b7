internal import Annotations
internal import Segmentation

/// The classes of words that written times are made of, looked up once.
final class MomentVocabulary: Sendable {
  /// The classes, by what comes behind `temporal.` and `time.` in their names.
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

    /// The class, behind `temporal.`.
    var name: String {
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

  /// A word of a class at a position.
  struct Found {
    let end: Int
    let value: String
    /// What a unit of the calendar needs besides its number.
    var needs = ""
    /// What the row notes.
    var note = ""
    /// Whether it needs other words to be a time.
    var isWeak: Bool { note.hasPrefix("weak") }
    /// Whether it does not belong to the mention: 开始 behind a day.
    var isOuter: Bool { note.hasPrefix("outer") }
  }

  /// What the words at a position may be in a time, so that most positions need no second look.
  struct Openings: OptionSet {
    let rawValue: UInt16
    /// 去年, 下午, 国庆节, 周三, 冬至, 底.
    static let moment = Openings(rawValue: 1)
    /// 上, 下个, 这.
    static let shift = Openings(rawValue: 2)
    /// 从, 截至.
    static let prefix = Openings(rawValue: 4)
    /// 大约, 北京时间.
    static let frame = Openings(rawValue: 8)
    /// 农历, 正月, 闰, 初.
    static let lunar = Openings(rawValue: 16)
    /// 过去, 未来, 前.
    static let span = Openings(rawValue: 32)
    /// 每, 每隔.
    static let every = Openings(rawValue: 64)
    /// 半年, 个半.
    static let half = Openings(rawValue: 128)
    /// 康熙, 公元前.
    static let era = Openings(rawValue: 256)
    /// 目前; 数, 几.
    static let vague = Openings(rawValue: 512)
    /// 第, 最后, 前.
    static let ordinal = Openings(rawValue: 1024)
    /// What a time may begin with, numbers aside.
    static let first: Openings = [
      .moment, .shift, .prefix, .frame, .lunar, .span, .every, .half, .era, .vague, .ordinal,
    ]
  }

  private let vocabulary: Vocabulary
  private let openings: [Openings]
  private let ids: [ClassID?]
  private let calendar: ClassID?
  private let weekday: ClassID?
  private let solarTerm: ClassID?
  private let era: ClassID?
  private let vague: ClassID?
  private let more: ClassID?
  private let moments: [Bool]
  private let suffix: ClassID?
  private let zones: ClassID?

  /// Looks the classes up.
  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    let classes = vocabulary.classes
    ids = Word.allCases.map { classes.find("temporal.\($0.name)") }
    calendar = classes.find("time.calendar")
    weekday = classes.find("time.weekday")
    solarTerm = classes.find("time.solarterm")
    era = classes.find("time.era")
    vague = classes.find("time.vague")
    more = classes.find("time.more")
    zones = classes.find("time.frame.point")
    suffix = classes.find("time.suffix")
    var openings = [Openings](repeating: [], count: classes.count)
    func mark(_ opening: Openings, _ names: [String]) {
      let members = classes.membership(of: names.compactMap { classes.find($0) })
      for (index, isMember) in members.enumerated() where isMember {
        openings[index].formUnion(opening)
      }
    }
    func mark(_ opening: Openings, _ words: [Word]) {
      for word in words {
        if let id = classes.find("temporal.\(word.name)") {
          openings[id.index].formUnion(opening)
        }
      }
    }
    mark(
      .moment,
      [
        "time.deictic", "time.part", "time.season", "time.holiday", "time.festival-period",
        "time.daypart", "time.weekday", "time.solarterm", "time.suffix",
      ])
    mark(.shift, [Word.shift])
    mark(.prefix, [Word.from, .boundFront])
    mark(.frame, [Word.about])
    mark(.frame, ["time.frame.point"])
    mark(.lunar, [Word.lunar, .lunarMonth, .leap, .lunarDay, .lunarNewYear])
    mark(.span, [Word.spanBack, .spanOn])
    mark(.every, [Word.every, .everyGap])
    mark(.half, [Word.halfLength, .andHalf])
    mark(.era, [Word.beforeChrist, .annoDomini])
    mark(.era, ["time.era"])
    mark(.vague, ["time.vague", "quantifier.vague"])
    mark(.ordinal, [Word.ordinal, .last, .head])
    self.openings = openings
    moments = classes.membership(
      of: [
        "time.deictic", "time.part", "time.season", "time.holiday", "time.festival-period",
        "time.daypart",
      ].compactMap { classes.find($0) })
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

  /// The longest word of a class at a position.
  func find(_ word: Word, at position: Int, in graph: AnnotationGraph) -> Found? {
    find(ids[word.rawValue], at: position, in: graph)
  }

  /// The unit of calendar or clock at a position: year, month, day, hour and so on.
  func unit(at position: Int, in graph: AnnotationGraph, isClock: Bool = false) -> Found? {
    guard let found = find(calendar, at: position, in: graph, needs: true) else { return nil }
    // 日元, 时间: a longer word; but 日前 belongs to the number in 7月10日前.
    if !isClock, let word = vocabulary.plainWord(at: position, in: graph), word.end > found.end {
      if vocabulary.longest(.time, at: position, in: graph)?.range == word { return found }
      if let measure = vocabulary.longest(.measure, at: position, in: graph), measure.range == word
      {
        return vocabulary.className(measure.sense) == "measure.duration" ? found : nil
      }
      if vocabulary.longest(.blocking, at: position, in: graph)?.range == word { return nil }
    }
    return found
  }

  /// Whether a moment of one character is the beginning of another word: the season in 今年春耕, 2024年秋粮.
  func isCut(_ found: Found, at position: Int, in graph: AnnotationGraph) -> Bool {
    found.end - position == 1
      && (vocabulary.longest(.blocking, at: position, in: graph)?.range.end ?? 0) > found.end
  }

  /// A weekday by name.
  func weekday(at position: Int, in graph: AnnotationGraph) -> Found? {
    find(weekday, at: position, in: graph)
  }

  /// A reign, with its first year.
  func era(at position: Int, in graph: AnnotationGraph) -> Found? {
    find(era, at: position, in: graph)
  }

  /// 目前, 近日.
  func vague(at position: Int, in graph: AnnotationGraph) -> Found? {
    find(vague, at: position, in: graph)
  }

  /// 多, 余 behind a number.
  func more(at position: Int, in graph: AnnotationGraph) -> Found? {
    find(more, at: position, in: graph)
  }

  /// 北京时间 before a moment.
  func zone(at position: Int, in graph: AnnotationGraph) -> Found? {
    find(zones, at: position, in: graph)
  }

  /// The position behind a sign or word between the ends of a range.
  func rangeSign(at position: Int, in graph: AnnotationGraph) -> Int? {
    vocabulary.rangeEnd(at: position, in: graph)
  }

  /// Words that say a moment by themselves, the longest first: 去年, 年底, 国庆节, 下午.
  func moments(at position: Int, in graph: AnnotationGraph) -> [Found] {
    guard position < graph.range.end else { return [] }
    var found: [Found] = []
    var suffixes: [Found] = []
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if case .sense(let sense) = edge.payload {
        let entry = vocabulary.lexicon.senses[Int(sense)]
        if moments[edge.category.index] {
          let note = vocabulary.feature("note", entry) ?? ""
          found.append(
            Found(
              end: edge.range.end,
              value: (vocabulary.feature("value", entry) ?? "")
                + (note.hasPrefix("weak") ? "?" : ""), note: note))
        } else if edge.category == suffix, let value = vocabulary.feature("value", entry),
          ["START", "MID", "END"].contains(value) || value.hasPrefix("D0") || value.hasPrefix("D1")
            || value.hasPrefix("D2")
        {
          // 10月底: only behind another part.
          suffixes.append(Found(end: edge.range.end, value: value + "?"))
        } else if edge.category == solarTerm, let value = vocabulary.feature("value", entry) {
          // 02-04 is the third of the terms, which are two in every month.
          let parts = value.split(separator: "-").compactMap { Int($0) }
          if parts.count == 2 {
            let term = (parts[0] - 1) * 2 + (parts[1] > 14 ? 1 : 0)
            let isWeak = vocabulary.feature("note", entry)?.contains("weak") == true
            found.append(Found(end: edge.range.end, value: "term:\(term)" + (isWeak ? "?" : "")))
          }
        }
      }
      number = graph.next(after: number)
    }
    return found.sorted { $0.end > $1.end } + suffixes.sorted { $0.end > $1.end }
  }

  private func find(
    _ id: ClassID?, at position: Int, in graph: AnnotationGraph, needs: Bool = false
  ) -> Found? {
    guard let id, position < graph.range.end else { return nil }
    var best: (end: Int, sense: Int32)?
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if edge.category == id, case .sense(let sense) = edge.payload,
        edge.range.end > best?.end ?? position
      {
        best = (edge.range.end, sense)
      }
      number = graph.next(after: number)
    }
    return best.map { end, sense in
      let entry = vocabulary.lexicon.senses[Int(sense)]
      return Found(
        end: end, value: vocabulary.feature("value", entry) ?? "",
        needs: needs ? vocabulary.feature("needs", entry) ?? "" : "",
        note: vocabulary.feature("note", entry) ?? "")
    }
  }
}
