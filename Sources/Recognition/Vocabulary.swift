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
    all(.time, at: position, in: graph).first { self.className($0.sense) == className }
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

  /// The name of a sense's class.
  func className(_ sense: Sense) -> String { classes.name(sense.category) }

  /// A cell of a sense's row.
  func feature(_ name: String, _ sense: Sense) -> String? { lexicon.feature(name, of: sense) }
}
