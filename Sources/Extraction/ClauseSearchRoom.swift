/// The buffers of a ``ClauseSearch``, and the search.
///
/// Its places are numbers of states, steps, networks and symbols, which ``ClauseGrammar`` and ``WordConditions`` made
/// together with the tables that they are places of, and rows of cells that were opened before (``open(_:_:)``). So
/// buffers without bounds serve (``UncheckedBuffer``): with arrays a fifth of its time were bounds and owners.
struct ClauseSearchRoom: ~Copyable {
  typealias Node = ClauseSearch.Node
  typealias Reading = ClauseSearch.Reading

  /// A state: where its steps stand that do not depend on the word, among `steps`: first those that read nothing, then
  /// those that read any word, then those that read a network.
  struct State {
    let silent: Int32
    let any: Int32
    let calls: Int32
    let end: Int32
    /// The networks that the last ones read, as bits; all of them where one has a number from 64 on.
    let called: UInt64
    /// What it costs to end here; `Int32.max` where the network does not end.
    let ending: Int32
  }

  struct Step {
    let target: Int32
    let cost: Int32
    let row: Int32
    /// The network that it reads, -1 for none.
    let called: Int32
  }

  /// Of 64 states of a network, those that lead anywhere before a word, as bits, and those in which it may end there.
  struct Openings {
    let open: UInt64
    let ending: UInt64
  }

  /// Of 64 states of a row, those that were reached, as bits, and those that lead anywhere.
  struct RowStates {
    var reached: UInt64
    let open: UInt64
  }

  struct Network {
    /// Its first state, and how many there are.
    let first: Int
    let count: Int
    /// The words of bits for its states, and the place of the first among those of all networks.
    let width: Int
    let cell: Int
  }

  /// Readings by their numbers; the first one is -1 where nobody asked yet.
  struct Found {
    let first: Int32
    let end: Int32
  }

  private let networkCount: Int
  private let cellCount: Int
  private let outlook: ClauseOutlook

  // What the grammar and the symbols say.
  private var networks = UncheckedBuffer<Network>()
  private var states = UncheckedBuffer<State>()
  private var steps = UncheckedBuffer<Step>()
  private var wordSteps = UncheckedBuffer<ClauseGrammar.Step>()
  private var starts = UncheckedBuffer<Int32>()
  private var cells = UncheckedBuffer<WordConditions.StateSteps>()
  private var openings = UncheckedBuffer<UInt64>()
  private var places = UncheckedBuffer<NetworkPlaces.Places>()
  /// For what is behind the last word, and then for each symbol, the openings of the states of all networks.
  private var outlooks = UncheckedBuffer<Openings>()
  /// The same for whether a network may end there.
  private var follows = UncheckedBuffer<Bool>()

  // What is known of the sentence.
  private var count = 0
  private var symbols = UncheckedBuffer<Int32>()
  private(set) var nodes = UncheckedBuffer<Node>(capacity: 1 << 12)
  private(set) var readings = UncheckedBuffer<Reading>(capacity: 1 << 10)
  /// For each position and network its readings.
  private var known = UncheckedBuffer<Found>()
  /// The readings of the searches under way.
  private var ends = UncheckedBuffer<Reading>()
  /// The rows of all searches under way, see ``Search``: what the best way to each state costs, and its node.
  private var costs = UncheckedBuffer<Int32>(capacity: 1 << 12)
  private var owners = UncheckedBuffer<Int32>(capacity: 1 << 12)
  private var gridEnd = 0
  /// The states of each row.
  private var rows = UncheckedBuffer<RowStates>(capacity: 1 << 10)
  private var rowsEnd = 0

  init(_ grammar: ClauseGrammar) {
    networkCount = grammar.networks.count
    cellCount = grammar.networks.reduce(0) { $0 + ($1.count + 63) / 64 }
    outlook = ClauseOutlook(grammar)
    for state in grammar.states {
      let first = Int32(steps.count)
      add(grammar, state.silent)
      let any = Int32(steps.count)
      add(grammar, state.any)
      let calls = Int32(steps.count)
      add(grammar, state.calls)
      states.append(
        State(
          silent: first, any: any, calls: calls, end: Int32(steps.count), called: state.called,
          ending: state.end ?? .max))
    }
    var cell = 0
    for network in grammar.networks {
      let width = (network.count + 63) / 64
      networks.append(
        Network(first: network.first, count: network.count, width: width, cell: cell))
      cell += width
    }
    add(outlook.atEnd())
  }

  private mutating func add(_ grammar: ClauseGrammar, _ places: Range<Int32>) {
    for place in places {
      let step = grammar.steps[Int(place)]
      steps.append(
        Step(
          target: step.target, cost: step.cost, row: step.row,
          called: grammar.called[Int(place)]))
    }
  }

  /// The cheapest reading of the symbols of a sentence, if there is one, and how many ways to states were kept.
  mutating func read(
    _ sentence: [Int32], _ conditions: borrowing WordConditions
  ) -> (whole: Reading?, steps: Int) {
    learn(conditions)
    count = sentence.count
    symbols.removeAll()
    symbols.append(sentence)
    nodes.removeAll()
    readings.removeAll()
    ends.removeAll()
    known.resize(to: networkCount * (count + 1))
    known.fill(0..<known.count, with: Found(first: -1, end: -1))
    gridEnd = 0
    rowsEnd = 0
    let found = search(0, from: 0, limit: count)
    var whole: Reading?
    for number in found.first..<found.end where readings[Int(number)].end == count {
      whole = readings[Int(number)]
    }
    return (whole, nodes.count)
  }

  /// Takes over what was found out about new symbols.
  private mutating func learn(_ conditions: borrowing WordConditions) {
    wordSteps.append(conditions.steps, from: wordSteps.count)
    starts.append(conditions.starts, from: starts.count)
    cells.append(conditions.cells, from: cells.count)
    let first = openings.count
    openings.append(conditions.openings, from: first)
    places.append(conditions.places, from: places.count)
    for symbol in first..<openings.count {
      let place = symbol * cellCount
      add(
        outlook.before(
          reads: { network in
            let first = place + conditions.cellOfNetwork[network]
            let end = place + conditions.cellOfNetwork[network + 1]
            return conditions.cells[first..<end].map(\.states)
          },
          opens: { conditions.opens($0, Int32(symbol)) }))
    }
  }

  /// Adds what is known of all networks before a word.
  private mutating func add(_ outlook: ClauseOutlook.Outlook) {
    for (open, ending) in zip(outlook.open, outlook.ending) {
      for (open, ending) in zip(open, ending) {
        outlooks.append(Openings(open: open, ending: ending))
      }
      follows.append(ending.contains { $0 != 0 })
    }
  }

  /// Where what is known of a network's states stands while it is searched: a row of cells a position, a cell a state.
  private struct Search {
    let network: Int
    let start: Int
    /// The place of the network's first states among those of all networks.
    let firstStates: Int
    /// The place of the first cell, less those that positions before the beginning would have.
    let cells: Int
    let stateCount: Int
    /// The same for the words of states, and how many there are to a row.
    let words: Int
    let width: Int
    /// Where all that is read ends at the latest.
    let limit: Int
    /// The last position that was reached, and the last one whose row is open.
    var last: Int
    var opened: Int

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

  /// The readings of a called network from a position.
  private mutating func read(_ number: Int, from start: Int) -> Found {
    let place = start &* networkCount &+ number
    let found = known[place]
    if found.first >= 0 { return found }
    let limit = end(of: number, from: start, limit: min(count, start + ClauseChart.reach))
    let new =
      limit == start
      ? Found(first: Int32(readings.count), end: Int32(readings.count))
      : search(number, from: start, limit: limit)
    known[place] = new
    return new
  }

  /// Where all that a network reads from a position ends at the latest: behind a word that may be its last, and before
  /// one that it reads nowhere. The position itself where it reads nothing.
  private func end(of network: Int, from start: Int, limit: Int) -> Int {
    var end = start
    var position = start
    while position < limit {
      let places = places[Int(symbols[position]) &* networkCount &+ network]
      guard places.contains(.inside) else { break }
      position += 1
      if places.contains(.last) { end = position }
    }
    return end
  }

  private mutating func search(_ number: Int, from start: Int, limit: Int) -> Found {
    let network = networks[number]
    let (firstCell, firstWord, firstEnd) = (gridEnd, rowsEnd, ends.count)
    var search = Search(
      network: number, start: start, firstStates: network.cell,
      cells: firstCell - start * network.count,
      stateCount: network.count,
      words: firstWord - start * network.width, width: network.width, limit: limit, last: start,
      opened: start - 1)
    gridEnd += (limit - start + 1) * network.count
    rowsEnd += (limit - start + 1) * network.width
    costs.resize(to: gridEnd)
    owners.resize(to: gridEnd)
    rows.resize(to: rowsEnd)
    open(start, &search)
    improve(
      search.cell(start, 0), start, 0, Advance(cost: 0, previous: -1, row: -1, child: -1), &search)
    var position = start
    while position <= search.last {
      if position < limit {
        step(position, network, &search)
      } else {
        finish(position, network, &search)
      }
      position &+= 1
    }
    gridEnd = firstCell
    rowsEnd = firstWord
    let first = Int32(readings.count)
    for place in firstEnd..<ends.count { readings.append(ends[place]) }
    ends.resize(to: firstEnd)
    return Found(first: first, end: Int32(readings.count))
  }

  /// Opens the rows up to a position: no way has come to a state, and to some none will.
  @inline(__always)
  private mutating func open(_ position: Int, _ search: inout Search) {
    while search.opened < position {
      search.opened &+= 1
      let first = number(before: search.opened) &* cellCount &+ search.firstStates
      let word = search.word(search.opened, 0)
      let isLast = search.opened == search.limit
      var place = 0
      while place < search.width {
        let here = outlooks[first &+ place]
        rows[word &+ place] = RowStates(reached: 0, open: isLast ? here.ending : here.open)
        place &+= 1
      }
    }
  }

  /// The number of what is known before a position: 0 behind the last word, else one more than the symbol.
  @inline(__always)
  private func number(before position: Int) -> Int {
    position < count ? Int(symbols[position]) &+ 1 : 0
  }

  /// Whether a network may end at a position.
  @inline(__always)
  private func mayEnd(_ network: Int, _ position: Int) -> Bool {
    follows[number(before: position) &* networkCount &+ network]
  }

  /// Goes on from all states that were reached at a position where a word may be read.
  private mutating func step(_ position: Int, _ network: Network, _ search: inout Search) {
    let symbol = Int(symbols[position])
    let cell = symbol &* cellCount &+ network.cell
    let opening = openings[symbol]
    let ends = position > search.start && mayEnd(search.network, position)
    var best = Reading(end: Int32(position), cost: .max, node: -1)
    // In ascending order; a step that reads nothing may reach a state behind its own.
    var state = -1
    while true {
      state = nextState(after: state, position, search)
      if state < 0 { break }
      let here = states[network.first &+ state]
      let (own, cost) = visit(state, here, position, ends, &best, &search)
      if here.any < here.calls {
        open(position &+ 1, &search)
        take(here.any, here.calls, position &+ 1, own, cost, &search)
      }
      let words = cells[cell &+ state >> 6]
      if words.has(state) {
        open(position &+ 1, &search)
        let before = words.states & ((1 << UInt64(state & 63)) &- 1)
        let place = Int(words.first) &+ before.nonzeroBitCount
        var number = starts[place]
        let end = starts[place &+ 1]
        while number < end {
          let step = wordSteps[Int(number)]
          number &+= 1
          reach(
            position &+ 1, step.target,
            Advance(cost: cost &+ step.cost, previous: own, row: step.row, child: -1), &search)
        }
      }
      if here.called & opening == 0, networkCount <= 64 { continue }
      var number = here.calls
      while number < here.end {
        let step = steps[Int(number)]
        number &+= 1
        let called = Int(step.called)
        guard opens(called, symbol) else { continue }
        let found = read(called, from: position)
        var reading = found.first
        while reading < found.end {
          let read = readings[Int(reading)]
          // In order of their ends.
          if Int(read.end) > search.limit { break }
          open(Int(read.end), &search)
          reach(
            Int(read.end), step.target,
            Advance(
              cost: cost &+ step.cost &+ read.cost, previous: own, row: step.row, child: reading),
            &search)
          reading &+= 1
        }
      }
    }
    if best.node >= 0 { self.ends.append(best) }
  }

  /// Ends in the states that were reached at the last position.
  private mutating func finish(_ position: Int, _ network: Network, _ search: inout Search) {
    let ends = mayEnd(search.network, position)
    var best = Reading(end: Int32(position), cost: .max, node: -1)
    var state = -1
    while true {
      state = nextState(after: state, position, search)
      if state < 0 { break }
      _ = visit(state, states[network.first &+ state], position, ends, &best, &search)
    }
    if best.node >= 0 { self.ends.append(best) }
  }

  /// Ends in a state that was reached, if the network may end there, and takes its steps that read nothing; its node,
  /// and what the way to it costs.
  @inline(__always)
  private mutating func visit(
    _ state: Int, _ here: State, _ position: Int, _ ends: Bool, _ best: inout Reading,
    _ search: inout Search
  ) -> (own: Int32, cost: Int32) {
    let place = search.cell(position, state)
    let (own, cost) = (owners[place], costs[place])
    if ends, here.ending != .max, cost &+ here.ending < best.cost {
      best = Reading(end: Int32(position), cost: cost &+ here.ending, node: own)
    }
    take(here.silent, here.any, position, own, cost, &search)
    return (own, cost)
  }

  /// Whether a network reads anything that begins with a word of a symbol.
  @inline(__always)
  private func opens(_ network: Int, _ symbol: Int) -> Bool {
    places[symbol &* networkCount &+ network].contains(.first)
  }

  /// The first state behind another one that was reached at a position; -1 for none.
  @inline(__always)
  private func nextState(after state: Int, _ position: Int, _ search: Search) -> Int {
    let next = state &+ 1
    if next >= search.stateCount { return -1 }
    var place = search.word(position, next)
    let end = search.word(position, 0) &+ search.width
    var word = rows[place].reached & (.max << UInt64(next & 63))
    while word == 0 {
      place &+= 1
      if place == end { return -1 }
      word = rows[place].reached
    }
    return (place &- search.word(position, 0)) << 6 &+ word.trailingZeroBitCount
  }

  /// Takes steps that do not depend on a word.
  @inline(__always)
  private mutating func take(
    _ first: Int32, _ end: Int32, _ position: Int, _ own: Int32, _ cost: Int32,
    _ search: inout Search
  ) {
    var place = first
    while place < end {
      let step = steps[Int(place)]
      place &+= 1
      reach(
        position, step.target,
        Advance(cost: cost &+ step.cost, previous: own, row: step.row, child: -1), &search)
    }
  }

  /// Comes to a state at a position; what came there at no higher cost stays.
  @inline(__always)
  private mutating func reach(
    _ position: Int, _ state: Int32, _ advance: Advance, _ search: inout Search
  ) {
    let cell = search.cell(position, Int(state))
    let here = rows[search.word(position, Int(state))]
    let bit: UInt64 = 1 << UInt64(state & 63)
    if here.reached & bit != 0 {
      if advance.cost >= costs[cell] { return }
    } else if here.open & bit == 0 {
      return
    }
    improve(cell, position, Int(state), advance, &search)
  }

  @inline(__always)
  private mutating func improve(
    _ cell: Int, _ position: Int, _ state: Int, _ advance: Advance, _ search: inout Search
  ) {
    if position > search.last { search.last = position }
    rows[search.word(position, state)].reached |= 1 << UInt64(state & 63)
    costs[cell] = advance.cost
    owners[cell] = Int32(nodes.count)
    nodes.append(Node(previous: advance.previous, row: advance.row, child: advance.child))
  }
}
