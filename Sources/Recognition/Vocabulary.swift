package import Annotations
package import Segmentation

/// The lexicon as recognition asks it: which edges at a position are of a class, and their cells.
package struct Vocabulary: Sendable {
  /// The lexicon.
  package let lexicon: Lexicon
  /// For each kind, by its number, which classes are of it.
  private let tables: [[Bool]]
  /// For each row of the lexicon, what ``modifier(_:)`` says.
  private let modifiers: [Modifier?]
  /// For each class, what kind of measure word it is.
  private let measureClasses: [MeasureClass]
  /// For each row of the lexicon, the nouns that its measure word counts.
  private let countedNouns: [Int32: [[UInt32]]]
  /// For each row of the lexicon, whether it is a measure word wherever a number precedes it.
  private let strong: [Bool]
  private let word: ClassID?
  /// The class names.
  package let classes: ClassTable

  /// What recognition looks for.
  enum Kind: Int, CaseIterable {
    case measure
    case before
    case after
    case vague
    case article
    case time
    /// What stands between the ends of a range.
    case rangeSign
    /// What makes a number an ordinal: 第.
    case ordinal
    /// What makes a number negative: 零下.
    case negative
    /// What a quantity may begin with, numbers aside.
    case quantityOpener
    /// A word of another kind than numbers and times.
    case blocking
    /// A verb that takes an amount (超过).
    case amountVerb
    /// A word that is no number although it is written like one (一线, 三农).
    case confusable
    /// What stands before 一 where nothing is counted: 新一代, 这一.
    case determining
    /// What says that 一 counts: 仅一家.
    case counting
    /// A verb that says that the amount behind it is exceeded: 突破千万辆.
    case surpassing
    /// A unit whose tenths may follow it: 一米八.
    case splitting
    case opening
    case closing
    /// 、
    case listing
    case punctuation
    /// What makes an amount the name of a discipline: 女子50米.
    case naming
    /// What 一 may count without a measure word.
    case thing
    case notThing
    /// A verb.
    case verb
    /// Every unit, measure word and currency that a value may have.
    case unit
    /// A sign or code of a currency, or its name.
    case currency
    /// A number in one word: 半百.
    case wholeNumber
    /// A percentage in one word: 百分百.
    case wholePercent
    /// What a number is multiplied with: 打.
    case dozen
    /// What ends an amount of money: 整.
    case round
    /// A bound before a number: 大于.
    case bound
    /// A bound behind a number: 以上.
    case limit
    /// What may stand between a bound and its number: 了.
    case particle
    /// What joins two bounds to one: 或.
    case either
    /// What stands between the two bounds of a range: 且.
    case boundAnd
    /// What stands between the ends of 20和30之间.
    case pair
    /// What stands behind them: 之间.
    case between
    /// What stands before them: 位于.
    case within
    /// What stands before a range: 从.
    case from
    /// What stands behind an end of a range: (含).
    case included
    /// The temperature that degrees behind it are of: 华氏.
    case degrees
    /// What the unit behind it is a rate of: 每小时.
    case per
    /// What says that numbers beside it are money: 月薪.
    case pay

    /// What a number is compared with what it follows by: 比.
    case than
    /// How it compares: 大 in 比100大.
    case comparative
    /// A unit of time behind a number.
    case timeUnit
    /// What says that digits behind it are a telephone number: 电话.
    case call

    /// The classes of the kind.
    fileprivate var classNames: [String] {
      switch self {
      case .measure: ["measure"]
      case .before: ["quantifier.before"]
      case .after: ["quantifier.after"]
      case .vague: ["quantifier.vague"]
      case .article: ["quantifier.article"]
      case .time: ["time"]
      case .rangeSign: ["quantifier.range"]
      case .ordinal: ["quantifier.number"]
      case .negative: ["quantifier.negative"]
      case .quantityOpener: ["quantifier.before", "quantifier.vague", "quantifier.negative"]
      case .blocking:
        ["noun", "adverb", "adjective", "verb", "conjunction", "place", "org", "title", "pronoun"]
      case .amountVerb: ["verb.amount"]
      case .confusable: ["noun.confusable", "adverb", "adjective", "verb", "conjunction"]
      case .determining: ["quantifier.determining"]
      case .counting: ["quantifier.counting"]
      case .surpassing: ["quantifier.surpassing"]
      case .splitting: ["quantifier.splitting"]
      case .opening: ["punct.open"]
      case .closing: ["punct.close"]
      case .listing: ["punct.list"]
      case .punctuation: ["punct"]
      case .naming: ["quantifier.naming"]
      case .thing: ["noun", "role", "adjective", "orgsuffix"]
      case .notThing: ["verb", "adverb", "time", "localizer", "measure", "conjunction"]
      case .verb: ["verb"]
      case .unit: ["measure", "currency.name", "currency.code", "figure.tenth", "figure.age"]
      case .currency: ["measure.currency", "currency"]
      case .wholeNumber: ["figure.number"]
      case .wholePercent: ["figure.percent"]
      case .dozen: ["figure.dozen"]
      case .round: ["figure.round"]
      case .bound: ["quantifier.before", "figure.bound"]
      case .limit: ["quantifier.after", "figure.limit"]
      case .particle: ["figure.particle"]
      case .either: ["figure.either"]
      case .boundAnd: ["figure.and"]
      case .pair: ["figure.pair"]
      case .between: ["figure.between"]
      case .within: ["figure.within"]
      case .from: ["figure.from"]
      case .included: ["figure.included"]
      case .degrees: ["figure.degree"]
      case .per: ["figure.per"]
      case .pay: ["figure.pay"]
      case .than: ["figure.than"]
      case .comparative: ["figure.comparative"]
      case .timeUnit: ["time.unit", "time.calendar", "measure.duration"]
      case .call: ["figure.call"]
      }
    }
  }

  /// What tells measure words apart that are counted differently.
  enum MeasureClass {
    case other
    case duration
    case unit
    case ordinalLike
    /// One that counts or holds things, and goes with certain nouns.
    case thing
  }

  /// The classes that recognition asks for; of classes with their first names all may be meant.
  package static let askedClasses =
    Kind.allCases.flatMap(\.classNames) + ["figure", "numeral", "quantifier", "temporal", "time"]

  /// Looks the classes up once.
  package init(lexicon: Lexicon, classes: ClassTable) {
    self.lexicon = lexicon
    self.classes = classes
    word = classes.find("word")
    tables = Kind.allCases.map { kind in
      classes.membership(of: kind.classNames.compactMap { classes.find($0) })
    }
    func table(_ names: String...) -> [Bool] {
      classes.membership(of: names.compactMap { classes.find($0) })
    }
    let rowModifiers = table("quantifier")
    let measures = tables[Kind.measure.rawValue]
    var modifiers = [Modifier?](repeating: nil, count: lexicon.rows.count)
    var countedNouns: [Int32: [[UInt32]]] = [:]
    var strong = [Bool](repeating: false, count: lexicon.rows.count)
    for sense in lexicon.senses(ofClasses: rowModifiers) {
      modifiers[Int(sense.row)] = lexicon.feature("mod", of: sense).flatMap(Modifier.init)
    }
    for sense in lexicon.senses(ofClasses: measures) {
      strong[Int(sense.row)] = lexicon.feature("strength", of: sense) == "strong"
      let nouns = lexicon.feature("nouns", of: sense)?.split(separator: " ") ?? []
      countedNouns[sense.row] = nouns.map { $0.unicodeScalars.map(\.value) }
    }
    self.modifiers = modifiers
    self.strong = strong
    self.countedNouns = countedNouns
    let durations = table("measure.duration")
    let units = table("measure.unit")
    let ordinalLike = table("measure.ordinal-like")
    let things = table(
      "measure.individual", "measure.collective", "measure.container", "measure.temporary")
    measureClasses = (0..<classes.count).map { index in
      durations[index]
        ? .duration
        : units[index]
          ? .unit : ordinalLike[index] ? .ordinalLike : things[index] ? .thing : .other
    }
  }

  private func table(_ kind: Kind) -> [Bool] { tables[kind.rawValue] }

  /// The longest edge of a kind that starts at a position, up to `limit`.
  func longest(
    _ kind: Kind, at position: Int, in graph: AnnotationGraph, limit: Int? = nil
  ) -> (range: TextRange, sense: Sense)? {
    let wanted = table(kind)
    let limit = limit ?? graph.range.end
    var found: (range: TextRange, sense: Int32)?
    guard position < graph.range.end else { return nil }
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if wanted[edge.category.index], edge.range.end <= limit,
        case .sense(let sense) = edge.payload, edge.range.count >= (found?.range.count ?? 0)
      {
        found = (edge.range, sense)
      }
      number = graph.next(after: number)
    }
    return found.map { ($0.range, lexicon.senses[Int($0.sense)]) }
  }

  /// Whether a word of a kind starts at a position.
  func starts(_ kind: Kind, at position: Int, in graph: AnnotationGraph) -> Bool {
    let wanted = table(kind)
    var number = graph.first(at: position)
    while number >= 0 {
      if wanted[graph.edges[number].category.index] { return true }
      number = graph.next(after: number)
    }
    return false
  }

  /// Whether a word of a kind ends at a position.
  func ends(_ kind: Kind, at position: Int, in graph: AnnotationGraph) -> Bool {
    let wanted = table(kind)
    var number = Int(graph.tails[position - graph.range.start])
    while number >= 0 {
      if wanted[graph.edges[number].category.index] { return true }
      number = Int(graph.tailLinks[number])
    }
    return false
  }

  /// The position behind a range sign, nil where none stands.
  func rangeEnd(at position: Int, in graph: AnnotationGraph) -> Int? {
    guard position < graph.range.end else { return nil }
    let wanted = table(.rangeSign)
    var end = position
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if wanted[edge.category.index], case .sense(let sense) = edge.payload, edge.range.end > end,
        feature("note", lexicon.senses[Int(sense)])?.hasPrefix("weak") != true
      {
        end = edge.range.end
      }
      number = graph.next(after: number)
    }
    return end > position && end < graph.range.end ? end : nil
  }

  /// The word of the plain path that starts at a position.
  func plainWord(at position: Int, in graph: AnnotationGraph) -> TextRange? {
    guard position < graph.range.end, let word else { return nil }
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if edge.category == word { return edge.range }
      number = graph.next(after: number)
    }
    return nil
  }

  /// All edges of a kind that start at a position.
  func all(
    _ kind: Kind, at position: Int, in graph: AnnotationGraph
  ) -> [(range: TextRange, sense: Sense)] {
    let wanted = table(kind)
    var found: [(range: TextRange, sense: Sense)] = []
    guard position < graph.range.end else { return [] }
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if wanted[edge.category.index], case .sense(let sense) = edge.payload {
        found.append((edge.range, lexicon.senses[Int(sense)]))
      }
      number = graph.next(after: number)
    }
    return found.sorted { $0.range.count > $1.range.count }
  }

  /// Whether the graph has the words of the plain path.
  func hasPath(in graph: AnnotationGraph) -> Bool {
    plainWord(at: graph.range.start, in: graph) != nil
  }

  /// Whether a word of the plain path begins or ends at a position; true where there is no path.
  func isBoundary(_ position: Int, in graph: AnnotationGraph) -> Bool {
    position <= graph.range.start || position >= graph.range.end
      || plainWord(at: position, in: graph) != nil || !hasPath(in: graph)
  }

  /// The word of the plain path that the lexicon knows and a position lies inside of.
  func knownWord(around position: Int, in graph: AnnotationGraph) -> TextRange? {
    guard !isBoundary(position, in: graph) else { return nil }
    var start = position - 1
    while start > graph.range.start, plainWord(at: start, in: graph) == nil { start -= 1 }
    guard let word = plainWord(at: start, in: graph) else { return nil }
    let isKnown = graph.starting(at: start).contains {
      table(.blocking)[$0.category.index] && $0.range == word
    }
    return isKnown ? word : nil
  }

  /// The longest word of a kind that ends at a position.
  func longest(
    _ kind: Kind, endingAt position: Int, in graph: AnnotationGraph
  ) -> (range: TextRange, sense: Sense)? {
    let wanted = table(kind)
    var found: (range: TextRange, sense: Int32)?
    var number = Int(graph.tails[position - graph.range.start])
    while number >= 0 {
      let edge = graph.edges[number]
      if wanted[edge.category.index], case .sense(let sense) = edge.payload,
        edge.range.count > found?.range.count ?? 0
      {
        found = (edge.range, sense)
      }
      number = Int(graph.tailLinks[number])
    }
    return found.map { ($0.range, lexicon.senses[Int($0.sense)]) }
  }

  /// What the row of a quantifier says about the number, nil where it says nothing.
  func modifier(_ sense: Sense) -> Modifier? { modifiers[Int(sense.row)] }

  /// What kind of measure word a sense of one is.
  func measureClass(_ sense: Sense) -> MeasureClass { measureClasses[sense.category.index] }

  /// The most characters between a measure word and the end of a noun that tells that it is one.
  private static let reach = 10

  /// Whether a noun that the measure word counts stands soon behind it.
  func goesWith(_ sense: Sense, _ text: [UInt32], _ start: Int, _ limit: Int) -> Bool {
    guard let nouns = countedNouns[sense.row] else { return false }
    let window = text[start..<min(limit, start + Self.reach)]
    return nouns.contains { noun in
      window.indices.contains { window[$0...].starts(with: noun) }
    }
  }

  /// Whether a word is a measure word wherever a number precedes it.
  func isStrong(_ sense: Sense) -> Bool { strong[Int(sense.row)] }

  /// The positions where a word begins that a quantity may open with, numbers aside, in order.
  func quantityOpeners(in graph: AnnotationGraph) -> [Int] {
    let openers = table(.quantityOpener)
    var positions: [Int] = []
    for edge in graph.edges where openers[edge.category.index] {
      if positions.last != edge.range.start { positions.append(edge.range.start) }
    }
    return positions
  }

  /// The name of a sense's class.
  func className(_ sense: Sense) -> String { classes.name(sense.category) }

  /// A cell of a sense's row.
  func feature(_ name: String, _ sense: Sense) -> String? { lexicon.feature(name, of: sense) }
}
