internal import Annotations
internal import Segmentation

/// What it costs that a tagged word passes the tests of a ``ClauseGrammar``, as one number: words that pass the same
/// tests at the same costs have the same symbol, and the steps that a state has for a symbol are found once.
///
/// A word may be read with another of its tags than the path of tags gave it, at the cost of that tag and a little more:
/// the path knows the neighbours of a word, the grammar its clause.
final class WordConditions {
  /// What it costs to read a word with another tag than its own, over the cost of that tag.
  private static let departure: Int32 = 3

  private let grammar: ClauseGrammar
  private let model: TaggingModel
  private let lexicon: Lexicon
  /// For each test, the tag and what a row has to be.
  private let tests: [(tag: Int?, row: Row)]
  private var symbols: [[Int32]: Int] = [:]
  private var known: [UInt64: Int] = [:]
  /// The steps that read a word, by symbol and state, and where those of each symbol and state begin.
  private(set) var steps: [ClauseGrammar.Step] = []
  private var starts: [Int32] = [0]

  private enum Row {
    case anything
    /// For each class, whether it is the one asked for.
    case category([Bool])
    case feature(String, [String])
  }

  init(_ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable) {
    self.grammar = grammar
    self.model = model
    self.lexicon = lexicon
    tests = grammar.tests.map { test in
      let tag = model.tagClasses.firstIndex { classes.name($0) == test.tag }
      switch test.row {
      case .anything: return (tag, .anything)
      case .category(let name):
        return (tag, .category(classes.membership(of: classes.find(name).map { [$0] } ?? [])))
      case .feature(let name, let values): return (tag, .feature(name, values))
      }
    }
  }

  /// The symbol of a word.
  func symbol(of token: TaggedToken) -> Int {
    var key = UInt64(token.tag) << 32
    if case .sense(let sense) = token.payload { key |= UInt64(sense) + 1 }
    if let symbol = known[key] { return symbol }
    let costs = tests.map { cost(of: token, $0.tag, $0.row) }
    let symbol = symbols[costs] ?? add(costs)
    known[key] = symbol
    return symbol
  }

  /// The places among ``steps`` of those that a state has for a symbol.
  @inline(__always)
  func steps(_ state: Int, _ symbol: Int) -> Range<Int32> {
    let place = symbol * grammar.states.count + state
    return starts[place]..<starts[place + 1]
  }

  /// What it costs to read a word as a test asks; -1 where it does not pass.
  private func cost(of token: TaggedToken, _ tag: Int?, _ row: Row) -> Int32 {
    guard let tag else { return -1 }
    guard case .sense(let number) = token.payload else {
      if case .anything = row, tag == token.tag { return 0 }
      return -1
    }
    // A word stands for all its rows: a preposition has one a role.
    var best: Int32 = -1
    let siblings = lexicon.siblings(ofSense: Int(number))
    for sense in siblings.indices where passes(row, siblings[sense]) {
      if tag == token.tag { return 0 }
      for choice in model.choices(ofSense: sense) where choice.tag == tag {
        let cost = choice.cost + Self.departure
        if best < 0 || cost < best { best = cost }
      }
    }
    return best
  }

  private func passes(_ row: Row, _ sense: Sense) -> Bool {
    switch row {
    case .anything: true
    case .category(let members): members[sense.category.index]
    case .feature(let name, let values):
      lexicon.feature(name, of: sense).map(values.contains) ?? false
    }
  }

  private func add(_ costs: [Int32]) -> Int {
    let symbol = symbols.count
    symbols[costs] = symbol
    var own = [[ClauseGrammar.Step]](repeating: [], count: grammar.states.count)
    for word in grammar.wordSteps where costs[word.test] >= 0 {
      own[word.state].append(
        ClauseGrammar.Step(
          target: word.step.target, cost: word.step.cost + costs[word.test], row: word.step.row))
    }
    for some in own {
      steps += some
      starts.append(Int32(steps.count))
    }
    return symbol
  }
}
