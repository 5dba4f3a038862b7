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
  private var conditions: WordConditions
  private var symbols: [Int32] = []
  private var nodes: [Node] = []
  private var readings: [Reading] = []
  /// For each network and position the readings, or nothing where nobody asked yet.
  private var known: [Range<Int32>?] = []
  private var grid: [Int32] = []
  private var gridEnd = 0
  private var pieces: [ClausePiece] = []
  /// How many ways to states were kept, in all sentences.
  private(set) var steps = 0

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
    steps += nodes.count
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

  /// What is known while a network is searched: a row of cells a position, a cell a state.
  private struct Search {
    /// The place of the first cell.
    let base: Int
    let start: Int
    let stateCount: Int
    /// The last position that was reached.
    var last: Int
    /// The last position whose cells are empty or filled; those behind hold what others left.
    var emptied: Int

    func row(_ position: Int) -> Int { base + (position - start) * stateCount }
  }

  private mutating func search(_ number: Int, from start: Int) -> Range<Int32> {
    let network = grammar.networks[number]
    var limit = symbols.count
    if number > 0 {
      limit = conditions.end(
        of: number, from: start, limit: min(limit, start + Self.reach), in: symbols)
      let none = Int32(readings.count)
      if limit == start { return none..<none }
    }
    var search = Search(
      base: gridEnd, start: start, stateCount: network.count, last: start, emptied: start - 1)
    gridEnd += (limit - start + 1) * network.count
    if grid.count < gridEnd {
      grid.append(contentsOf: repeatElement(-1, count: gridEnd - grid.count))
    }
    defer { gridEnd = search.base }
    reach(start, Node(cost: 0, previous: -1, row: -1, child: -1), 0, &search)
    var ends: [Reading] = []
    var position = start
    while position <= search.last {
      var best = Reading(end: Int32(position), cost: .max, node: -1)
      for state in 0..<network.count {
        let own = grid[search.row(position) + state]
        if own < 0 { continue }
        let cost = nodes[Int(own)].cost
        let here = grammar.states[network.first + state]
        if let end = here.end, cost + end < best.cost, position > start {
          best = Reading(end: Int32(position), cost: cost + end, node: own)
        }
        take(here.silent, position, own, cost, &search)
        guard position < limit else { continue }
        take(here.any, position + 1, own, cost, &search)
        for place in conditions.steps(network.first + state, Int(symbols[position])) {
          let step = conditions.steps[Int(place)]
          reach(
            position + 1,
            Node(cost: cost + step.cost, previous: own, row: step.row, child: -1), step.target,
            &search)
        }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          guard conditions.opens(called, symbols[position]) else { continue }
          let step = grammar.steps[Int(place)]
          for reading in read(called, from: position) {
            let found = readings[Int(reading)]
            if found.end > limit { continue }
            reach(
              Int(found.end),
              Node(
                cost: cost + step.cost + found.cost, previous: own, row: step.row, child: reading),
              step.target, &search)
          }
        }
      }
      if best.node >= 0 { ends.append(best) }
      position += 1
    }
    let first = Int32(readings.count)
    readings.append(contentsOf: ends)
    return first..<Int32(readings.count)
  }

  /// Takes the steps that do not depend on a word.
  @inline(__always)
  private mutating func take(
    _ steps: Range<Int32>, _ position: Int, _ previous: Int32, _ cost: Int32, _ search: inout Search
  ) {
    for place in steps {
      let step = grammar.steps[Int(place)]
      reach(
        position, Node(cost: cost + step.cost, previous: previous, row: step.row, child: -1),
        step.target, &search)
    }
  }

  /// Comes to a state at a position; what came there at no higher cost stays.
  @inline(__always)
  private mutating func reach(
    _ position: Int, _ node: Node, _ state: Int32, _ search: inout Search
  ) {
    while search.emptied < position {
      search.emptied += 1
      let row = search.row(search.emptied)
      for cell in row..<(row + search.stateCount) { grid[cell] = -1 }
    }
    if position > search.last { search.last = position }
    let cell = search.row(position) + Int(state)
    let old = grid[cell]
    if old >= 0, nodes[Int(old)].cost <= node.cost { return }
    grid[cell] = Int32(nodes.count)
    nodes.append(node)
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
      pieces.add(row, reading: position..<end, of: tokens)
      position = end
    }
  }
}

extension [ClausePiece] {
  /// Adds what a step makes of the words that it reads: a piece for each of its parts, or more of the last one where
  /// the step continues it. A step that reads nothing stands behind the word before.
  mutating func add(_ row: ClauseGrammar.Row, reading words: Range<Int>, of tokens: [TaggedToken]) {
    guard !row.parts.isEmpty else { return }
    let behind = tokens[Swift.max(words.lowerBound - 1, 0)].range.end
    let range =
      words.isEmpty
      ? TextRange(behind, behind)
      : TextRange(tokens[words.lowerBound].range.start, tokens[words.upperBound - 1].range.end)
    for part in row.parts {
      if row.joins, let last = lastIndex(where: { $0.part == part }),
        self[last].range.end == range.start || last == endIndex - 1
      {
        self[last] = ClausePiece(
          part: part, range: self[last].range.union(range), provenance: self[last].provenance)
      } else {
        append(ClausePiece(part: part, range: range, provenance: row.provenance))
      }
    }
  }
}
