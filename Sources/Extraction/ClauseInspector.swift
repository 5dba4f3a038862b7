package import Annotations
package import Segmentation

/// Reads the words of a sentence as ``ClauseChart`` does and keeps every step, for those who ask: which steps led
/// to a piece, and what it would have cost to read some words as another part.
///
///     inspector.cheapest(tokens)                        // the way that the chart takes
///     inspector.cheapest(tokens, with: [.init([.object], over: 4..<6)])
///
/// Not for the pipeline: it searches once for each combination of demands.
/// - Complexity: that of ``ClauseChart``, times 2 to the number of demands.
package struct ClauseInspector {
  /// That some words are read as one piece of one of some parts.
  package struct Demand: Sendable {
    package let parts: Set<ClausePart>
    /// The numbers of the words.
    package let words: Range<Int>
    /// A demand.
    package init(_ parts: Set<ClausePart>, over words: Range<Int>) {
      self.parts = parts
      self.words = words
    }

    /// Whether a step meets it that reads these words, or reads the last of them as more of the piece before. With
    /// `apart`, a step that continues a piece does not begin one.
    fileprivate func isMet(
      by row: ClauseGrammar.Row, from start: Int, to end: Int, apart: Bool
    ) -> Bool {
      guard end == words.upperBound, row.parts.contains(where: parts.contains) else { return false }
      return start == words.lowerBound && !(apart && row.joins)
        || row.joins && start > words.lowerBound
    }
  }

  /// A step of a way.
  package struct Step: Sendable {
    package let row: ClauseGrammar.Row
    /// The numbers of the words that it reads.
    package let words: Range<Int>
    /// What it costs: the row, and for a word that it is read with another tag than its own.
    package let cost: Int
    /// How many networks are around its own.
    package let depth: Int
  }

  /// A way through the networks.
  package struct Way: Sendable {
    package let cost: Int
    /// The steps in the order of the text; those of a called network stand before the step that called it.
    package let steps: [Step]
  }

  /// What there is to say of a reading that somebody wants.
  package enum Answer: Sendable {
    case way(Way)
    /// A way that reads the words so, and there may be a cheaper one.
    case atMost(Way)
    /// No way of the grammar reads the words so.
    case none
    /// The cheapest way that comes near takes more or fewer words.
    case unsure
  }

  /// The number of words that a called network reads at most.
  package static let reach = ClauseChart.reach

  private let grammar: ClauseGrammar
  private let conditions: WordConditions
  private let tags: [String]

  /// An inspector of a grammar.
  package init(
    _ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable
  ) {
    self.grammar = grammar
    conditions = WordConditions(grammar, model: model, lexicon: lexicon, classes: classes)
    tags = model.tagClasses.map { classes.name($0) }
  }

  /// The cheapest way that meets all demands.
  func cheapest(_ tokens: [TaggedToken], with demands: [Demand] = []) -> Answer {
    guard !grammar.isEmpty, !tokens.isEmpty else { return .none }
    var conditions = conditions
    let symbols = tokens.map { Int32(conditions.symbol(of: $0)) }
    // Whether a step that continues a piece finds one is known when the way is whole.
    for apart in [false, true] {
      let pass = ClausePass(grammar, conditions, symbols: symbols, demands, apart: apart)
      guard let way = pass.way() else { return apart ? .unsure : .none }
      if meets(way, demands, tokens) { return apart ? .atMost(way) : .way(way) }
    }
    return .unsure
  }

  private func meets(_ way: Way, _ demands: [Demand], _ tokens: [TaggedToken]) -> Bool {
    let pieces = way.pieces(of: tokens)
    return demands.allSatisfy { demand in
      pieces.contains { piece in
        demand.parts.contains(piece.part)
          && piece.range
            == TextRange(
              tokens[demand.words.lowerBound].range.start,
              tokens[demand.words.upperBound - 1].range.end)
      }
    }
  }

  /// Words that no lexicon has, of these tags, each a character long: for who tries a grammar without a text.
  private func tokens(_ words: [String]) -> [TaggedToken] {
    words.enumerated().map { place, tag in
      TaggedToken(
        range: TextRange(place, place + 1), tag: tags.firstIndex(of: tag) ?? 0, payload: .none)
    }
  }

  /// The cheapest way through a row of tags that meets all demands.
  package func cheapest(tags words: [String], with demands: [Demand] = []) -> Answer {
    cheapest(tokens(words), with: demands)
  }

  /// The pieces of a row of tags, as ``ClauseChart`` reads it: of each the part and the words.
  package static func pieces(
    tags words: [String], _ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon,
    classes: ClassTable
  ) -> [(part: ClausePart, words: Range<Int>)] {
    let inspector = Self(grammar, model: model, lexicon: lexicon, classes: classes)
    var chart = ClauseChart(grammar, model: model, lexicon: lexicon, classes: classes)
    return chart.pieces(of: inspector.tokens(words)).map {
      ($0.part, $0.range.start..<$0.range.end)
    }
  }
}

extension ClauseInspector {
  /// The margin of each word of a row of tags, as ``ClauseChart`` finds it; none where it has no reading.
  package static func margins(
    tags words: [String], _ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon,
    classes: ClassTable
  ) -> [Int] {
    let inspector = Self(grammar, model: model, lexicon: lexicon, classes: classes)
    var chart = ClauseChart(grammar, model: model, lexicon: lexicon, classes: classes)
    let tokens = inspector.tokens(words)
    _ = chart.pieces(of: tokens)
    return tokens.compactMap { chart.margin(of: [$0.range], in: tokens) }
  }
}

extension ClauseInspector.Way {
  /// The pieces with the numbers of their words, where each word is a character.
  package var pieces: [(part: ClausePart, words: Range<Int>)] {
    let count = steps.map(\.words.upperBound).max() ?? 0
    let tokens = (0..<count).map {
      TaggedToken(range: TextRange($0, $0 + 1), tag: 0, payload: .none)
    }
    return pieces(of: tokens).map { ($0.part, $0.range.start..<$0.range.end) }
  }

  /// The pieces that the steps make.
  func pieces(of tokens: [TaggedToken]) -> [ClausePiece] {
    var pieces: [ClausePiece] = []
    for step in steps {
      pieces.add(ClauseGrammar.PieceRow(step.row), reading: step.words, of: tokens)
    }
    return pieces
  }
}

/// One search of a ``ClauseInspector``: a cell for each position, state and set of demands that are met.
private final class ClausePass {
  private struct Node {
    let cost: Int
    let previous: Int
    let row: Int
    /// What the step itself costs.
    let own: Int
    /// What a called network read, -1 for none.
    let child: Int
  }

  private struct Reading {
    let end: Int
    let met: Int
    let cost: Int
    let node: Int
  }

  private let grammar: ClauseGrammar
  private let conditions: WordConditions
  private let symbols: [Int32]
  private let demands: [ClauseInspector.Demand]
  private let apart: Bool
  private var nodes: [Node] = []
  private var readings: [Reading] = []
  private var known: [Int: Range<Int>] = [:]

  init(
    _ grammar: ClauseGrammar, _ conditions: WordConditions, symbols: [Int32],
    _ demands: [ClauseInspector.Demand], apart: Bool
  ) {
    self.grammar = grammar
    self.conditions = conditions
    self.symbols = symbols
    self.demands = demands
    self.apart = apart
  }

  func way() -> ClauseInspector.Way? {
    let all = (1 << demands.count) - 1
    let whole = read(0, from: 0).last {
      readings[$0].end == symbols.count && readings[$0].met == all
    }
    guard let whole else { return nil }
    var steps: [ClauseInspector.Step] = []
    collect(whole, from: 0, depth: 0, &steps)
    return ClauseInspector.Way(cost: readings[whole].cost, steps: steps)
  }

  private func read(_ network: Int, from start: Int) -> Range<Int> {
    let key = network * (symbols.count + 1) + start
    if let found = known[key] { return found }
    let ends = search(network, from: start)
    let found = readings.count..<(readings.count + ends.count)
    readings += ends
    known[key] = found
    return found
  }

  private func search(_ number: Int, from start: Int) -> [Reading] {
    let network = grammar.networks[number]
    let limit = number == 0 ? symbols.count : min(symbols.count, start + ClauseChart.reach)
    let sets = 1 << demands.count
    /// For each position the nodes of its states and sets.
    var grid: [[Int]] = []
    func reach(_ position: Int, _ state: Int32, _ met: Int, _ node: Node) {
      while grid.count <= position - start {
        grid.append([Int](repeating: -1, count: network.count * sets))
      }
      let cell = Int(state) * sets + met
      let old = grid[position - start][cell]
      if old >= 0, nodes[old].cost <= node.cost { return }
      grid[position - start][cell] = nodes.count
      nodes.append(node)
    }
    reach(start, 0, 0, Node(cost: 0, previous: -1, row: -1, own: 0, child: -1))
    var ends: [Reading] = []
    var position = start
    while position < start + grid.count {
      var best = [Reading?](repeating: nil, count: sets)
      for cell in 0..<(network.count * sets) {
        let own = grid[position - start][cell]
        if own < 0 { continue }
        let (state, met) = (network.first + cell / sets, cell % sets)
        let cost = nodes[own].cost
        let here = grammar.states[state]
        func take(_ step: ClauseGrammar.Step, to end: Int, child: Int = -1) {
          var now = met | (child < 0 ? 0 : readings[child].met)
          if step.row >= 0 {
            let row = grammar.rows[Int(step.row)]
            for (bit, demand) in demands.enumerated()
            where demand.isMet(by: row, from: position, to: end, apart: apart) {
              now |= 1 << bit
            }
          }
          reach(
            end, step.target, now,
            Node(
              cost: cost + Int(step.cost) + (child < 0 ? 0 : readings[child].cost), previous: own,
              row: Int(step.row), own: Int(step.cost), child: child))
        }
        if let end = here.end, position > start, cost + Int(end) < best[met]?.cost ?? .max {
          best[met] = Reading(end: position, met: met, cost: cost + Int(end), node: own)
        }
        for place in here.silent { take(grammar.steps[Int(place)], to: position) }
        guard position < limit else { continue }
        for place in here.any { take(grammar.steps[Int(place)], to: position + 1) }
        for place in conditions.steps(of: number, cell / sets, symbols[position]) {
          take(conditions.steps[Int(place)], to: position + 1)
        }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          guard conditions.opens(called, symbols[position]) else { continue }
          for reading in read(called, from: position)
          where readings[reading].end <= limit {
            take(grammar.steps[Int(place)], to: readings[reading].end, child: reading)
          }
        }
      }
      ends += best.compactMap { $0 }
      position += 1
    }
    return ends
  }

  private func collect(
    _ reading: Int, from start: Int, depth: Int, _ steps: inout [ClauseInspector.Step]
  ) {
    var way: [Node] = []
    var node = readings[reading].node
    while node >= 0 {
      way.append(nodes[node])
      node = nodes[node].previous
    }
    var position = start
    for node in way.reversed() where node.row >= 0 {
      let row = grammar.rows[node.row]
      var end = position
      switch row.input {
      case .word, .any: end += 1
      case .network:
        end = readings[node.child].end
        collect(node.child, from: position, depth: depth + 1, &steps)
      case .nothing, .end: break
      }
      steps.append(
        ClauseInspector.Step(row: row, words: position..<end, cost: node.own, depth: depth))
      position = end
    }
  }
}
