/// The buffers of a ``ClauseSearch``, and the search.
///
/// Its places are numbers of states, steps, networks and symbols, which ``ClauseGrammar`` and ``WordConditions`` made
/// together with the tables that they are places of, and rows of cells that were opened before (``open(to:_:)``). So
/// buffers without bounds serve (``UncheckedBuffer``): with arrays a fifth of its time were bounds and owners.
struct ClauseSearchRoom: ~Copyable {
  typealias Node = ClauseSearch.Node
  typealias Reading = ClauseSearch.Reading

  let networkCount: Int
  private let cellCount: Int
  private let outlook: ClauseOutlook

  // What the grammar and the symbols say.
  private(set) var networks = UncheckedBuffer<Network>()
  private(set) var states = UncheckedBuffer<State>()
  private(set) var steps = UncheckedBuffer<Step>()
  private(set) var wordSteps = UncheckedBuffer<ClauseGrammar.Step>()
  private var starts = UncheckedBuffer<Int32>()
  private var stateSteps = UncheckedBuffer<WordConditions.StateSteps>()
  private var openings = UncheckedBuffer<ClauseGrammar.NetworkSet>()
  private var places = UncheckedBuffer<NetworkPlaces.Places>()
  /// For what is behind the last word, and then for each symbol, the openings of the states of all networks.
  private var outlooks = UncheckedBuffer<Openings>()
  /// The same for whether a network may end there.
  private var follows = UncheckedBuffer<Bool>()

  // What is known of the sentence.
  private(set) var count = 0
  private var symbols = UncheckedBuffer<Int32>()
  private(set) var nodes = UncheckedBuffer<Node>(capacity: 1 << 12)
  private(set) var readings = UncheckedBuffer<Reading>(capacity: 1 << 10)
  /// For each position and network its readings.
  private(set) var known = UncheckedBuffer<Found>()
  /// The readings of the searches under way.
  private var ends = UncheckedBuffer<Reading>()
  /// The rows of all searches under way, see ``Search``; they say something of states that were reached.
  private(set) var cells = UncheckedBuffer<Cell>(capacity: 1 << 12)
  private var cellsEnd = 0
  /// The states of each row.
  private(set) var rows = UncheckedBuffer<RowStates>(capacity: 1 << 10)
  private var rowsEnd = 0
  /// The last position of the search under way whose row is open.
  private var opened = 0

  // What is too dear.
  private var isBounded = false
  /// For each symbol, what a step over such a word counts at least.
  private var floors = UncheckedBuffer<Int32>()
  /// For each position, what the steps over all words from there on count at least.
  private var ahead = UncheckedBuffer<Int32>()
  /// For each position, what the cheapest way to it costs that read a network last.
  private var nearest = UncheckedBuffer<Int32>()
  /// What the sentence may cost, and what a reading of a network may cost that is called now or later.
  private(set) var budget = Int32.max
  private var rest = Int32.max

  init(_ grammar: ClauseGrammar) {
    networkCount = grammar.networks.count
    let firstCells = grammar.firstCells
    cellCount = firstCells.last ?? 0
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
    let bounds = ClauseBounds(grammar)
    isBounded = bounds.isSound
    for (number, network) in grammar.networks.enumerated() {
      networks.append(
        Network(
          first: network.first, count: network.count, width: network.width,
          cell: firstCells[number],
          readsAny: grammar.states[network.first..<network.first + network.count].contains {
            !$0.any.isEmpty
          }, lowest: bounds.lowest[number]))
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
  ///
  /// It is looked for among those that cost no more than such a sentence mostly does; then what is too dear already is
  /// not followed. Where there is none, with half as much again, and in the end whatever it costs.
  mutating func read(
    _ sentence: [Int32], _ conditions: borrowing WordConditions
  ) -> (whole: Reading?, steps: Int) {
    learn(conditions)
    count = sentence.count
    symbols.removeAll()
    symbols.append(sentence)
    ahead.resize(to: count + 1)
    ahead[count] = 0
    for position in (0..<count).reversed() {
      ahead[position] = ahead[position + 1] + floors[Int(symbols[position])]
    }
    let usual = Int32(16 + count * 8 / 5)
    budget = isBounded ? usual : .max
    var steps = 0
    while true {
      let whole = readWithinBudget()
      steps += nodes.count
      if budget == .max { return (whole, steps) }
      if let whole, whole.cost <= budget { return (whole, steps) }
      budget = budget < 3 * usual ? budget * 3 / 2 : .max
    }
  }

  /// The cheapest reading of the sentence, if it costs no more than it may; else another one or none.
  private mutating func readWithinBudget() -> Reading? {
    nodes.removeAll()
    readings.removeAll()
    ends.removeAll()
    known.resize(to: networkCount * (count + 1))
    known.fill(0..<known.count, with: Found(first: -1, end: -1, cheapest: 0))
    nearest.resize(to: count + 1)
    nearest.fill(0..<nearest.count, with: .max / 2)
    cellsEnd = 0
    rowsEnd = 0
    let found = search(0, from: 0, limit: count, isWhole: true)
    var whole: Reading?
    for number in found.first..<found.end where readings[Int(number)].end == count {
      whole = readings[Int(number)]
    }
    return whole
  }

  /// Takes over what was found out about new symbols.
  private mutating func learn(_ conditions: borrowing WordConditions) {
    wordSteps.append(conditions.steps, from: wordSteps.count)
    starts.append(conditions.starts, from: starts.count)
    stateSteps.append(conditions.cells, from: stateSteps.count)
    let first = openings.count
    openings.append(conditions.openings, from: first)
    floors.append(conditions.floors, from: first)
    places.append(conditions.places, from: places.count)
    for symbol in first..<openings.count {
      let place = symbol * cellCount
      add(
        outlook.before(
          reads: conditions.cells[place..<place + cellCount].map(\.states),
          opens: { conditions.opens($0, Int32(symbol)) }))
    }
  }

  /// Adds what is known of all networks before a word.
  private mutating func add(_ outlook: ClauseOutlook.Outlook) {
    for (open, ending) in zip(outlook.open, outlook.ending) {
      outlooks.append(Openings(open: open, ending: ending))
    }
    for number in 0..<networkCount {
      let (first, width) = (networks[number].cell, networks[number].width)
      follows.append(outlook.ending[first..<first + width].contains { $0 != 0 })
    }
  }

  /// Finds the readings of a called network from a position, for whoever asks.
  private mutating func read(_ number: Int, from start: Int) {
    let place = start &* networkCount &+ number
    if known[place].first >= 0 { return }
    let limit = end(of: number, from: start, limit: min(count, start + ClauseChart.reach))
    known[place] =
      limit == start
      ? Found(first: readings.count, end: readings.count, cheapest: .max / 2)
      : search(number, from: start, limit: limit, isWhole: false)
  }

  /// Where all that a network reads from a position ends at the latest: behind a word that may be its last, and before
  /// one that it reads nowhere, with a word that it cannot do without. The position itself where it reads nothing.
  private func end(of network: Int, from start: Int, limit: Int) -> Int {
    var end = start
    var position = start
    var isComplete = false
    while position < limit {
      let places = places[Int(symbols[position]) &* networkCount &+ network]
      guard places.contains(.inside) else { break }
      position += 1
      isComplete = isComplete || places.contains(.needed)
      if isComplete, places.contains(.last) { end = position }
    }
    return end
  }

  private mutating func search(
    _ number: Int, from start: Int, limit: Int, isWhole: Bool
  ) -> Found {
    let network = networks[number]
    let (firstCell, firstRow, firstEnd) = (cellsEnd, rowsEnd, ends.count)
    let search = Search(
      number: number, network: network, start: start, limit: limit,
      cells: firstCell - start * network.count, rows: firstRow - start * network.width,
      isWhole: isWhole, bound: rest == .max ? .max : rest - network.lowest)
    cellsEnd += (limit - start + 1) * network.count
    rowsEnd += (limit - start + 1) * network.width
    cells.resize(to: cellsEnd)
    rows.resize(to: rowsEnd)
    let outer = opened
    opened = start - 1
    open(to: start, search)
    rows[firstRow].reached |= 1
    cells[firstCell] = Cell(cost: 0, node: Int32(nodes.count))
    nodes.append(Node(previous: -1, row: -1, child: -1))
    var position = start
    while position <= opened {
      if isReached(position, search) {
        if position < limit {
          step(position, search)
        } else {
          _ = settle(position, bound(position, search), search)
        }
      }
      position &+= 1
    }
    opened = outer
    cellsEnd = firstCell
    rowsEnd = firstRow
    let first = readings.count
    var cheapest = Int32.max / 2
    for place in firstEnd..<ends.count {
      readings.append(ends[place])
      cheapest = min(cheapest, ends[place].cost)
    }
    ends.resize(to: firstEnd)
    return Found(first: first, end: readings.count, cheapest: cheapest)
  }

  /// Opens the rows up to a position: no way has come to a state, and to some none will.
  @inline(__always)
  private mutating func open(to position: Int, _ search: Search) {
    while opened < position {
      opened &+= 1
      let first = number(before: opened) &* cellCount &+ search.network.cell
      let row = search.row(opened)
      for place in 0..<search.network.width {
        let here = outlooks[first &+ place]
        rows[row &+ place] = RowStates(
          reached: 0, open: opened == search.limit ? here.ending : here.open)
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

  /// Whether any state was reached at a position.
  @inline(__always)
  private func isReached(_ position: Int, _ search: Search) -> Bool {
    let row = search.row(position)
    for place in 0..<search.network.width where rows[row &+ place].reached != 0 { return true }
    return false
  }

  /// Goes on from all states that were reached at a position where a word may be read.
  private mutating func step(_ position: Int, _ search: Search) {
    let bound = bound(position, search)
    let (called, cheapest) = settle(position, bound, search)
    let symbol = Int(symbols[position])
    if called & openings[symbol] == 0 {
      advance(position, symbol, bound, search)
    } else {
      if search.isWhole { rest = rest(behind: cheapest, position, search) }
      // What is called is read before, so that in the loop nothing moves.
      readCalled(called, at: position)
      advanceWithCalls(position, symbol, bound, search)
    }
  }

  /// What a way may cost that goes on from a position.
  @inline(__always)
  private func bound(_ position: Int, _ search: Search) -> Int32 {
    if !search.isWhole { return search.bound }
    return budget == .max ? .max : budget - search.network.lowest - ahead[position]
  }

  /// What a reading of a network may cost that the sentence calls at a position, where the cheapest way to it costs so
  /// much, or behind it. Who calls it behind it comes from there, or has come over it by a network.
  private func rest(behind cheapest: Int32, _ position: Int, _ search: Search) -> Int32 {
    if budget == .max { return .max }
    var least = cheapest + ahead[position]
    var place = position + 1
    let end = min(count, position + ClauseChart.reach)
    while place <= end {
      least = min(least, nearest[place] + ahead[place])
      place += 1
    }
    return budget - least - search.network.lowest
  }

  /// Takes the steps that read nothing from the states that were reached at a position, and ends in one of them, if the
  /// network may end there: then all is known of them. Gives the networks that they call, and what the cheapest way to one
  /// of them costs.
  private mutating func settle(
    _ position: Int, _ bound: Int32, _ search: Search
  ) -> (called: ClauseGrammar.NetworkSet, cheapest: Int32) {
    let ends = position > search.start && mayEnd(search.number, position)
    let here = Target(search, position, bound, rows.view, cells.view)
    var called: ClauseGrammar.NetworkSet = 0
    var cheapest = Int32.max
    var best = Reading(end: Int32(position), cost: .max, node: -1)
    for place in 0..<search.network.width {
      // In ascending order: such a step leads to a state behind its own.
      var left = UInt64.max
      while true {
        let reached = here.rows[here.row &+ place].reached & left
        if reached == 0 { break }
        left = ~(reached ^ (reached &- 1))
        let state = place << 6 &+ reached.trailingZeroBitCount
        let from = states[search.network.first &+ state]
        let own = here.cells[here.cell &+ state]
        called |= from.called
        cheapest = min(cheapest, own.cost)
        if ends, from.ending != .max, own.cost &+ from.ending < best.cost {
          best = Reading(end: Int32(position), cost: own.cost &+ from.ending, node: own.node)
        }
        var number = from.silent
        while number < from.any {
          let step = steps[Int(number)]
          number &+= 1
          reach(
            step.target, here, own.cost &+ step.cost,
            Node(previous: own.node, row: step.row, child: -1))
        }
      }
    }
    if best.node >= 0 { self.ends.append(best) }
    return (called, cheapest)
  }

  /// Reads from a position the networks that the states reached there call, unless that was done before.
  private mutating func readCalled(_ called: ClauseGrammar.NetworkSet, at position: Int) {
    var networks = called & openings[Int(symbols[position])]
    while networks != 0 {
      let network = networks.trailingZeroBitCount
      networks &= networks &- 1
      if known[position &* networkCount &+ network].first < 0 { read(network, from: position) }
    }
  }

  /// Takes the steps that read a word from the states that were reached at a position.
  private mutating func advance(
    _ position: Int, _ symbol: Int, _ bound: Int32, _ search: Search
  ) {
    let next = Target(search, position &+ 1, bound, rows.view, cells.view)
    let (row, cell) = (search.row(position), search.cell(position))
    open(to: position &+ 1, search)
    for place in 0..<search.network.width {
      let words = stateSteps[symbol &* cellCount &+ search.network.cell &+ place]
      var reached = rows[row &+ place].reached
      if !search.network.readsAny { reached &= words.states }
      while reached != 0 {
        let bit = reached & (0 &- reached)
        reached ^= bit
        let state = place << 6 &+ bit.trailingZeroBitCount
        readWord(
          words, bit, states[search.network.first &+ state], cells[cell &+ state], next)
      }
    }
  }

  /// Takes the steps that read something from the states that were reached at a position; the networks that they call
  /// have been read.
  private mutating func advanceWithCalls(
    _ position: Int, _ symbol: Int, _ bound: Int32, _ search: Search
  ) {
    let next = Target(search, position &+ 1, bound, rows.view, cells.view)
    let (known, readings, steps) = (known.view, readings.view, steps.view)
    let (row, cell) = (search.row(position), search.cell(position))
    let opening = openings[symbol]
    let firstKnown = position &* networkCount
    open(to: position &+ 1, search)
    for place in 0..<search.network.width {
      let words = stateSteps[symbol &* cellCount &+ search.network.cell &+ place]
      var reached = rows[row &+ place].reached
      while reached != 0 {
        let bit = reached & (0 &- reached)
        reached ^= bit
        let state = place << 6 &+ bit.trailingZeroBitCount
        let here = states[search.network.first &+ state]
        let own = cells[cell &+ state]
        readWord(words, bit, here, own, next)
        if here.called & opening == 0 { continue }
        var number = here.calls
        while number < here.end {
          let step = steps[Int(number)]
          number &+= 1
          let called = Int(step.called)
          if opening & ClauseGrammar.set(ofNetwork: called) == 0 { continue }
          let found = known[firstKnown &+ called]
          let cost = own.cost &+ step.cost
          if cost &+ found.cheapest > bound { continue }
          var reading = found.first
          while reading < found.end {
            let read = readings[Int(reading)]
            // In order of their ends.
            if Int(read.end) > search.limit { break }
            reading &+= 1
            let total = cost &+ read.cost
            if total > bound { continue }
            let end = Int(read.end)
            if search.isWhole, total < nearest[end] { nearest[end] = total }
            open(to: end, search)
            reach(
              step.target, Target(search, end, bound, next.rows, next.cells), total,
              Node(previous: own.node, row: step.row, child: reading &- 1))
          }
        }
      }
    }
  }

  /// Takes the steps of a state that read a word; `words` are those of 64 states that read this one, among which `bit`
  /// is the state.
  @inline(__always)
  private mutating func readWord(
    _ words: WordConditions.StateSteps, _ bit: UInt64, _ here: State, _ own: Cell, _ next: Target
  ) {
    var number = here.any
    while number < here.calls {
      let step = steps[Int(number)]
      number &+= 1
      reach(
        step.target, next, own.cost &+ step.cost,
        Node(previous: own.node, row: step.row, child: -1))
    }
    if words.states & bit == 0 { return }
    let first = Int(words.first) &+ (words.states & (bit &- 1)).nonzeroBitCount
    number = starts[first]
    let end = starts[first &+ 1]
    while number < end {
      let step = wordSteps[Int(number)]
      number &+= 1
      reach(
        step.target, next, own.cost &+ step.cost,
        Node(previous: own.node, row: step.row, child: -1))
    }
  }

  /// The steps of a state of a network that read the word at a position, among ``wordSteps``.
  @inline(__always)
  func wordSteps(of state: Int, at position: Int, _ network: Network) -> (first: Int32, end: Int32)
  {
    let place = Int(symbols[position]) &* cellCount &+ network.cell &+ state >> 6
    let words = stateSteps[place]
    let bit: UInt64 = 1 << UInt64(state & 63)
    if words.states & bit == 0 { return (0, 0) }
    let number = Int(words.first) &+ (words.states & (bit &- 1)).nonzeroBitCount
    return (starts[number], starts[number &+ 1])
  }

  /// Appends the nodes of a reading that a row led to, the last one first.
  func appendWay(of reading: Reading, to way: inout [Node]) {
    var number = reading.node
    while number >= 0 {
      let node = nodes[Int(number)]
      if node.row >= 0 { way.append(node) }
      number = node.previous
    }
  }

  /// Comes to a state over a node; what came there at no higher cost stays.
  @inline(__always)
  private mutating func reach(_ state: Int32, _ target: Target, _ cost: Int32, _ node: Node) {
    if cost > target.bound { return }
    let word = target.row &+ Int(state >> 6)
    let place = target.cell &+ Int(state)
    let here = target.rows[word]
    let bit: UInt64 = 1 << UInt64(state & 63)
    if here.reached & bit != 0 {
      if cost >= target.cells[place].cost { return }
    } else {
      if here.open & bit == 0 { return }
      target.rows[word].reached = here.reached | bit
    }
    target.cells[place] = Cell(cost: cost, node: Int32(truncatingIfNeeded: nodes.count))
    nodes.append(node)
  }
}
