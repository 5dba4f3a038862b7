package import Annotations
package import Segmentation

/// The lexicon as recognition asks it: which edges at a position are of a class, and their cells.
package struct Vocabulary: Sendable {
  /// The lexicon.
  package let lexicon: Lexicon
  private let measure: [Bool]
  private let quantifierBefore: [Bool]
  private let quantifierAfter: [Bool]
  private let quantifierVague: [Bool]
  private let article: [Bool]
  private let time: [Bool]
  private let rangeSign: [Bool]
  private let ordinal: [Bool]
  private let negative: [Bool]
  private let timeOpener: [Bool]
  private let quantityOpener: [Bool]
  private let blocking: [Bool]
  private let confusable: [Bool]
  private let amountVerb: [Bool]
  private let determining: [Bool]
  private let counting: [Bool]
  private let surpassing: [Bool]
  private let splitting: [Bool]
  private let opening: [Bool]
  private let closing: [Bool]
  private let listing: [Bool]
  private let punctuation: [Bool]
  private let naming: [Bool]
  private let thing: [Bool]
  private let notThing: [Bool]
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
  enum Kind {
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
    /// What a time may begin with, numbers aside.
    case timeOpener
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

  /// Looks the classes up once.
  package init(lexicon: Lexicon, classes: ClassTable) {
    self.lexicon = lexicon
    self.classes = classes
    word = classes.find("word")
    func table(_ names: String...) -> [Bool] {
      classes.membership(of: names.compactMap { classes.find($0) })
    }
    measure = table("measure")
    quantifierBefore = table("quantifier.before")
    quantifierAfter = table("quantifier.after")
    quantifierVague = table("quantifier.vague")
    article = table("quantifier.article")
    time = table("time")
    rangeSign = table("quantifier.range")
    ordinal = table("quantifier.number")
    negative = table("quantifier.negative")
    timeOpener = table("time", "quantifier.before", "quantifier.vague")
    quantityOpener = table("quantifier.before", "quantifier.vague", "quantifier.negative")
    amountVerb = table("verb.amount")
    confusable = table("noun.confusable", "adverb", "adjective", "verb", "conjunction")
    determining = table("quantifier.determining")
    counting = table("quantifier.counting")
    surpassing = table("quantifier.surpassing")
    splitting = table("quantifier.splitting")
    opening = table("punct.open")
    closing = table("punct.close")
    listing = table("punct.list")
    punctuation = table("punct")
    naming = table("quantifier.naming")
    thing = table("noun", "role", "adjective", "orgsuffix")
    notThing = table("verb", "adverb", "time", "localizer", "measure", "conjunction")
    let rowModifiers = table("quantifier")
    let measures = measure
    var modifiers = [Modifier?](repeating: nil, count: lexicon.rows.count)
    var countedNouns: [Int32: [[UInt32]]] = [:]
    var strong = [Bool](repeating: false, count: lexicon.rows.count)
    for sense in lexicon.senses {
      let row = Int(sense.row)
      if rowModifiers[sense.category.index] {
        modifiers[row] = lexicon.feature("mod", of: sense).flatMap(Modifier.init)
      }
      if measures[sense.category.index] {
        strong[row] = lexicon.feature("strength", of: sense) == "strong"
        let nouns = lexicon.feature("nouns", of: sense)?.split(separator: " ") ?? []
        countedNouns[sense.row] = nouns.map { $0.unicodeScalars.map(\.value) }
      }
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
    blocking = table(
      "noun", "adverb", "adjective", "verb", "conjunction", "place", "org", "title", "pronoun")
  }

  private func table(_ kind: Kind) -> [Bool] {
    switch kind {
    case .measure: measure
    case .before: quantifierBefore
    case .after: quantifierAfter
    case .vague: quantifierVague
    case .article: article
    case .time: time
    case .rangeSign: rangeSign
    case .ordinal: ordinal
    case .negative: negative
    case .timeOpener: timeOpener
    case .quantityOpener: quantityOpener
    case .blocking: blocking
    case .confusable: confusable
    case .amountVerb: amountVerb
    case .determining: determining
    case .counting: counting
    case .surpassing: surpassing
    case .splitting: splitting
    case .opening: opening
    case .closing: closing
    case .listing: listing
    case .punctuation: punctuation
    case .naming: naming
    case .thing: thing
    case .notThing: notThing
    }
  }

  /// The longest edge of a kind that starts at a position, up to `limit`.
  func longest(
    _ kind: Kind, at position: Int, in graph: AnnotationGraph, limit: Int? = nil
  ) -> (range: TextRange, sense: Sense)? {
    let wanted = table(kind)
    let limit = limit ?? graph.range.end
    var found: (range: TextRange, sense: Sense)?
    guard position < graph.range.end else { return nil }
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if wanted[edge.category.index], edge.range.end <= limit,
        case .sense(let sense) = edge.payload, edge.range.count >= (found?.range.count ?? 0)
      {
        found = (edge.range, lexicon.senses[Int(sense)])
      }
      number = graph.next(after: number)
    }
    return found
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
    guard position < graph.range.end,
      let sign = all(.rangeSign, at: position, in: graph).first(where: {
        feature("note", $0.sense)?.hasPrefix("weak") != true
      }), sign.range.end < graph.range.end
    else { return nil }
    return sign.range.end
  }

  /// The longest time word of exactly this class at a position.
  func timeWord(
    _ className: String, at position: Int, in graph: AnnotationGraph
  ) -> (range: TextRange, sense: Sense)? {
    guard position < graph.range.end else { return nil }
    var found: (range: TextRange, sense: Int32)?
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if time[edge.category.index], case .sense(let sense) = edge.payload,
        edge.range.count > found?.range.count ?? 0, classes.name(edge.category) == className
      {
        found = (edge.range, sense)
      }
      number = graph.next(after: number)
    }
    return found.map { ($0.range, lexicon.senses[Int($0.sense)]) }
  }

  /// The word of the plain path that starts at a position.
  func plainWord(at position: Int, in graph: AnnotationGraph) -> TextRange? {
    guard position < graph.range.end, let word else { return nil }
    return graph.starting(at: position).first { $0.category == word }?.range
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

  /// Whether a position lies inside a word of the plain path that the lexicon knows.
  func isInsideWord(_ position: Int, in graph: AnnotationGraph) -> Bool {
    guard !isBoundary(position, in: graph) else { return false }
    var start = position - 1
    while start > graph.range.start, plainWord(at: start, in: graph) == nil { start -= 1 }
    guard let word = plainWord(at: start, in: graph) else { return false }
    return graph.starting(at: start).contains {
      blocking[$0.category.index] && $0.range == word
    }
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
    var positions: [Int] = []
    for edge in graph.edges where quantityOpener[edge.category.index] {
      if positions.last != edge.range.start { positions.append(edge.range.start) }
    }
    return positions
  }

  /// The name of a sense's class.
  func className(_ sense: Sense) -> String { classes.name(sense.category) }

  /// A cell of a sense's row.
  func feature(_ name: String, _ sense: Sense) -> String? { lexicon.feature(name, of: sense) }
}
