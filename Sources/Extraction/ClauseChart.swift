internal import Annotations
internal import Segmentation

/// A piece of a clause: the words of one step, or of the network that it read.
struct ClausePiece {
  let part: ClausePart
  let range: TextRange
  /// The row of the step.
  let provenance: Provenance
}

/// Reads the tagged words of a sentence as clauses: the cheapest way through the networks of a ``ClauseGrammar``.
///
/// What a network reads from a position is found once, for whoever asks for it. Reused from sentence to sentence.
/// - Complexity: O(words × reach × steps): no called network reads more than ``reach`` words.
struct ClauseChart {
  /// The number of words that a called network reads at most.
  static let reach = 60

  /// The best way to a state of a network at a position.
  private struct Node {
    var cost: Int32
    /// The node before, -1 at the beginning of the network.
    var previous: Int32
    var row: Int32
    /// What a called network read, -1 for none.
    var child: Int32
  }

  /// One way in which a network may read the words from a position.
  private struct Reading {
    let end: Int32
    let cost: Int32
    let node: Int32
  }

  private let grammar: ClauseGrammar
  private let conditions: WordConditions
  private var symbols: [Int32] = []
  private var nodes: [Node] = []
  private var readings: [Reading] = []
  /// For each network and position the readings, or nothing where nobody asked yet.
  private var known: [Range<Int32>?] = []
  private var grid: [Int32] = []
  private var gridEnd = 0
  private var pieces: [ClausePiece] = []

  init(_ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable) {
    self.grammar = grammar
    conditions = WordConditions(grammar, model: model, lexicon: lexicon, classes: classes)
  }

  /// The pieces of the sentence, in order.
  mutating func pieces(of tokens: [TaggedToken]) -> [ClausePiece] {
    pieces.removeAll(keepingCapacity: true)
    guard !grammar.isEmpty, !tokens.isEmpty else { return [] }
    symbols.removeAll(keepingCapacity: true)
    for token in tokens { symbols.append(Int32(conditions.symbol(of: token))) }
    nodes.removeAll(keepingCapacity: true)
    readings.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    known.append(contentsOf: repeatElement(nil, count: grammar.networks.count * (tokens.count + 1)))
    gridEnd = 0
    let found = read(0, from: 0)
    guard let whole = found.last(where: { readings[Int($0)].end == tokens.count }) else {
      return []
    }
    collect(whole, from: 0, tokens)
    return pieces
  }

  /// The readings of a network from a position.
  private mutating func read(_ number: Int, from start: Int) -> Range<Int32> {
    let key = number * (symbols.count + 1) + start
    if let found = known[key] { return found }
    let found = search(number, from: start)
    known[key] = found
    return found
  }

  private mutating func search(_ number: Int, from start: Int) -> Range<Int32> {
    let network = grammar.networks[number]
    let count = network.states.count
    let limit = number == 0 ? symbols.count : min(symbols.count, start + Self.reach)
    let base = gridEnd
    let size = (limit - start + 1) * count
    gridEnd += size
    if grid.count < gridEnd {
      grid.append(contentsOf: repeatElement(-1, count: gridEnd - grid.count))
    }
    defer { gridEnd = base }
    // Rows of the grid are emptied as they are reached.
    var emptied = start - 1
    var last = start
    func reach(
      _ position: Int, _ state: Int32, _ cost: Int32, _ previous: Int32, _ row: Int32,
      _ child: Int32,
      _ self: inout ClauseChart
    ) {
      while emptied < position {
        emptied += 1
        let row = base + (emptied - start) * count
        for cell in row..<(row + count) { self.grid[cell] = -1 }
      }
      if position > last { last = position }
      let cell = base + (position - start) * count + Int(state)
      let old = self.grid[cell]
      if old >= 0 {
        if self.nodes[Int(old)].cost <= cost { return }
        // A node that others stand on is not changed: they came later and lie at later positions.
      }
      self.grid[cell] = Int32(self.nodes.count)
      self.nodes.append(Node(cost: cost, previous: previous, row: row, child: child))
    }
    reach(start, 0, 0, -1, -1, -1, &self)
    var ends: [Reading] = []
    var position = start
    while position <= last {
      var best: Reading?
      for state in 0..<count {
        let own = grid[base + (position - start) * count + state]
        if own < 0 { continue }
        let cost = nodes[Int(own)].cost
        let steps = network.states[state]
        if let end = steps.end, best.map({ cost + end < $0.cost }) ?? true, position > start {
          best = Reading(end: Int32(position), cost: cost + end, node: own)
        }
        for step in steps.silent {
          reach(position, step.target, cost + step.cost, own, step.row, -1, &self)
        }
        guard position < limit else { continue }
        let symbol = Int(symbols[position])
        for step in conditions.steps(network.first + state, symbol) {
          reach(position + 1, step.target, cost + step.cost, own, step.row, -1, &self)
        }
        for step in steps.any {
          reach(position + 1, step.target, cost + step.cost, own, step.row, -1, &self)
        }
        for (called, step) in steps.calls {
          for reading in read(called, from: position) {
            let found = readings[Int(reading)]
            if found.end > limit { continue }
            reach(
              Int(found.end), step.target, cost + step.cost + found.cost, own, step.row, reading,
              &self)
          }
        }
      }
      if let best { ends.append(best) }
      position += 1
    }
    let first = Int32(readings.count)
    readings.append(contentsOf: ends)
    return first..<Int32(readings.count)
  }

  /// Writes down the pieces of a reading.
  private mutating func collect(_ reading: Int32, from start: Int, _ tokens: [TaggedToken]) {
    var way: [Int32] = []
    var node = readings[Int(reading)].node
    while node >= 0 {
      way.append(node)
      node = nodes[Int(node)].previous
    }
    var position = start
    for number in way.reversed() {
      let node = nodes[Int(number)]
      guard node.row >= 0 else { continue }
      let row = grammar.rows[Int(node.row)]
      var end = position
      switch row.input {
      case .word, .any: end = position + 1
      case .network:
        end = Int(readings[Int(node.child)].end)
        collect(node.child, from: position, tokens)
      case .nothing, .end: break
      }
      for part in row.parts {
        let range =
          end > position
          ? TextRange(tokens[position].range.start, tokens[end - 1].range.end)
          : TextRange(
            tokens[max(position - 1, 0)].range.end, tokens[max(position - 1, 0)].range.end)
        if row.joins, let last = pieces.lastIndex(where: { $0.part == part }),
          pieces[last].range.end == range.start
        {
          pieces[last] = ClausePiece(
            part: part, range: TextRange(pieces[last].range.start, range.end),
            provenance: pieces[last].provenance)
        } else {
          pieces.append(ClausePiece(part: part, range: range, provenance: row.provenance))
        }
      }
      position = end
    }
  }
}
