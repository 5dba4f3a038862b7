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
    /// The node before, -1 at the beginning of the network.
    let previous: Int32
    let row: Int32
    /// What a called network read, -1 for none.
    let child: Int32
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
  /// The rows of all searches under way, see ``Search``: what the best way to each state costs, `Int32.max` where there
  /// is none, and its node.
  private var costs: [Int32] = []
  private var owners: [Int32] = []
  private var gridEnd = 0
  /// For each row, 64 states a word, which states were reached.
  private var reached: [UInt64] = []
  private var reachedEnd = 0
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
    reachedEnd = 0
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

  /// Where what is known of a network's states stands while it is searched: a row of cells a position, a cell a state.
  private struct Search {
    /// The place of the first cell, less those that positions before the beginning would have.
    let cells: Int
    let stateCount: Int
    /// The same for the words of reached states, and how many there are to a row.
    let words: Int
    let width: Int
    /// The last position that was reached.
    var last: Int

    @inline(__always)
    func cell(_ position: Int, _ state: Int) -> Int { cells &+ position &* stateCount &+ state }
    @inline(__always)
    func word(_ position: Int, _ state: Int) -> Int {
      words &+ position &* width &+ state >> 6
    }
  }

  /// A step on the way: from a node, at what cost, by which row and over what.
  private struct Advance {
    let cost: Int32
    let previous: Int32
    let row: Int32
    let child: Int32
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
    let width = (network.count + 63) / 64
    let (firstCell, firstWord) = (gridEnd, reachedEnd)
    var search = Search(
      cells: firstCell - start * network.count, stateCount: network.count,
      words: firstWord - start * width, width: width, last: start)
    makeRoom(rows: limit - start + 1, network.count, width)
    defer {
      gridEnd = firstCell
      reachedEnd = firstWord
    }
    improve(
      search.cell(start, 0), start, 0, Advance(cost: 0, previous: -1, row: -1, child: -1), &search)
    var ends: [Reading] = []
    var position = start
    while position <= search.last {
      var best = Reading(end: Int32(position), cost: .max, node: -1)
      let symbol = position < limit ? symbols[position] : -1
      let cell = position < limit ? conditions.cell(of: number, symbol) : 0
      let opening = position < limit ? conditions.opening(symbol) : 0
      // In ascending order; a step that reads nothing may reach a state behind its own.
      var state = -1
      while let next = nextState(after: state, position, search) {
        state = next
        let own = owners[search.cell(position, state)]
        let cost = costs[search.cell(position, state)]
        let here = grammar.states[network.first + state]
        if let end = here.end, cost + end < best.cost, position > start {
          best = Reading(end: Int32(position), cost: cost + end, node: own)
        }
        take(here.silent, position, own, cost, &search)
        guard position < limit else { continue }
        take(here.any, position + 1, own, cost, &search)
        let wordSteps = conditions[cell + state >> 6]
        if wordSteps.has(state) {
          for place in conditions.steps(state, wordSteps) {
            let step = conditions.steps[Int(place)]
            reach(
              position + 1, step.target,
              Advance(cost: cost + step.cost, previous: own, row: step.row, child: -1), &search)
          }
        }
        if here.called & opening == 0, grammar.networks.count <= 64 { continue }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          guard conditions.opens(called, symbol) else { continue }
          let step = grammar.steps[Int(place)]
          for reading in read(called, from: position) {
            let found = readings[Int(reading)]
            if found.end > limit { continue }
            reach(
              Int(found.end), step.target,
              Advance(
                cost: cost + step.cost + found.cost, previous: own, row: step.row,
                child: reading), &search)
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

  /// Adds empty rows for a search.
  private mutating func makeRoom(rows: Int, _ stateCount: Int, _ width: Int) {
    let (firstCell, firstWord) = (gridEnd, reachedEnd)
    let (endCell, endWord) = (firstCell + rows * stateCount, firstWord + rows * width)
    (gridEnd, reachedEnd) = (endCell, endWord)
    if costs.count < gridEnd {
      costs.append(contentsOf: repeatElement(.max, count: gridEnd - costs.count))
      owners.append(contentsOf: repeatElement(-1, count: gridEnd - owners.count))
    }
    if reached.count < reachedEnd {
      reached.append(contentsOf: repeatElement(0, count: reachedEnd - reached.count))
    }
    var cells = costs.mutableSpan
    for cell in firstCell..<endCell { cells[cell] = .max }
    for word in firstWord..<endWord { reached[word] = 0 }
  }

  /// The first state behind another one that was reached at a position; nil for none.
  @inline(__always)
  private func nextState(after state: Int, _ position: Int, _ search: Search) -> Int? {
    let next = state + 1
    if next >= search.stateCount { return nil }
    var place = search.word(position, next)
    var word = reached[place] & (.max << UInt64(next & 63))
    let end = search.word(position, 0) + search.width
    while word == 0 {
      place += 1
      if place == end { return nil }
      word = reached[place]
    }
    return (place - search.word(position, 0)) << 6 + word.trailingZeroBitCount
  }

  /// Takes the steps that do not depend on a word.
  @inline(__always)
  private mutating func take(
    _ steps: Range<Int32>, _ position: Int, _ own: Int32, _ cost: Int32, _ search: inout Search
  ) {
    for place in steps {
      let step = grammar.steps[Int(place)]
      reach(
        position, step.target,
        Advance(cost: cost + step.cost, previous: own, row: step.row, child: -1), &search)
    }
  }

  /// Comes to a state at a position; what came there at no higher cost stays.
  @inline(__always)
  private mutating func reach(
    _ position: Int, _ state: Int32, _ advance: Advance, _ search: inout Search
  ) {
    let cell = search.cell(position, Int(state))
    if advance.cost >= costs[cell] { return }
    improve(cell, position, Int(state), advance, &search)
  }

  @inline(never)
  private mutating func improve(
    _ cell: Int, _ position: Int, _ state: Int, _ advance: Advance, _ search: inout Search
  ) {
    if position > search.last { search.last = position }
    if costs[cell] == .max { reached[search.word(position, state)] |= 1 << UInt64(state & 63) }
    costs[cell] = advance.cost
    owners[cell] = Int32(nodes.count)
    nodes.append(
      Node(previous: advance.previous, row: advance.row, child: advance.child))
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
      let row = grammar.pieceRows[Int(node.row)]
      var end = position
      if node.child >= 0 {
        end = Int(readings[Int(node.child)].end)
        collect(node.child, from: position, tokens)
      } else if row.readsWord {
        end = position + 1
      }
      pieces.add(row, reading: position..<end, of: tokens)
      position = end
    }
  }
}

extension [ClausePiece] {
  /// Adds what a step makes of the words that it reads: a piece for each of its parts, or more of the last one where
  /// the step continues it. A step that reads nothing stands behind the word before.
  mutating func add(
    _ row: ClauseGrammar.PieceRow, reading words: Range<Int>, of tokens: [TaggedToken]
  ) {
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
