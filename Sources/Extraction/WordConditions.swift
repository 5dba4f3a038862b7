internal import Annotations
internal import Rules
internal import Segmentation

/// What it costs that a tagged word passes the tests of a ``ClauseGrammar``, as one number: words that pass the same
/// tests at the same costs have the same symbol, and the steps that a state has for a symbol are found once.
///
/// A word may be read with another of its tags than the path of tags gave it, at the cost of that tag and a little more:
/// the path knows the neighbours of a word, the grammar its clause.
struct WordConditions {
  /// What it costs to read a word with another tag than its own, over the cost of that tag.
  private static let departure: Int32 = 3

  private let grammar: ClauseGrammar
  private let model: TaggingModel
  private let lexicon: Lexicon
  private let tests: WordTests
  private let networks: NetworkPlaces
  /// The symbols: the tests that a word passes and what that costs, in turn.
  private var symbols = NumberLists()
  private var known: [UInt64: Int] = [:]
  /// For each tag, the symbol of a word of no row; -1 when not yet known.
  private var symbolOfTag: [Int32]
  /// For each sense, the tag and the symbol of the last word that it was in; the tag is -1 for none.
  private var lastOfSense: [(tag: Int32, symbol: Int32)]
  /// The steps that read a word, those of a state side by side.
  private(set) var steps: [ClauseGrammar.Step] = []
  /// Where the steps of states begin, those of 64 states side by side with the end of the last one.
  private(set) var starts: [Int32] = []
  /// For each symbol and 64 states of a network, which of them have steps. Equal ones share their steps.
  private(set) var cells: [StateSteps] = []
  /// The steps of cells, each by its place in `stepsByState` and what the word costs there; and for each list the cell.
  private var stepLists = NumberLists()
  private var cellOfList: [StateSteps] = []
  /// The steps of the grammar that read a word, in the order of their states, and for each 64 states of a network where
  /// theirs end.
  private let stepsByState: [ClauseGrammar.WordStep]
  private let stepGroups: [(firstState: Int, end: Int)]
  /// For each test, where the steps that ask it stand in `stepsByState`.
  private let stepsOfTest: [[Int32]]
  /// What is being put together: what a word costs for each test, the tests that it passes, the steps that it takes, and
  /// those of a cell.
  private var costs: [Int32]
  /// The tests that were given a cost, some of which were taken back.
  private var noted: [Int32] = []
  /// Of these, those that some row of the word may take back.
  private var restricted: [Int32] = []
  /// For each tag that the word has not, what it costs to read it with that one; below 0 where no row allows it.
  private var costOfTag: [Int32]
  private var passed: [Int32] = []
  private var taken: [Int32] = []
  /// The same as bits, while they are collected.
  private var takenBits: [UInt64] = []
  private var key: [Int32] = []
  /// For each feature, the number of its value in the row that is looked at; ``notAsked`` or ``noValue``.
  private var valueOfFeature: [Int32]
  private static let notAsked: Int32 = -2
  private static let noValue: Int32 = -1
  /// For each network, the place of its cells among those of a symbol; at last how many there are.
  let cellOfNetwork: [Int]
  /// For each symbol and network, where in what the network reads such a word may stand.
  private(set) var places: [NetworkPlaces.Places] = []
  /// For each symbol, the networks that read something that begins with such a word.
  private(set) var openings: [ClauseGrammar.NetworkSet] = []
  /// For each symbol, what a step over such a word counts at least; see ``ClauseBounds``.
  private(set) var floors: [Int32] = []
  let bounds: ClauseBounds

  /// Of 64 states, those that have steps for a symbol, as bits, and the place in `starts` of the first of them.
  struct StateSteps {
    let states: UInt64
    let first: Int32

    /// Whether a state has steps.
    @inline(__always)
    func has(_ state: Int) -> Bool { states >> UInt64(state & 63) & 1 == 1 }
  }

  init(_ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable) {
    self.grammar = grammar
    self.model = model
    self.lexicon = lexicon
    tests = WordTests(grammar, model: model, classes: classes)
    costs = Array(repeating: -1, count: tests.count)
    costOfTag = Array(repeating: -1, count: model.count)
    valueOfFeature = Array(repeating: Self.notAsked, count: tests.features.count)
    symbolOfTag = Array(repeating: -1, count: model.count)
    lastOfSense = Array(repeating: (-1, -1), count: lexicon.senses.count)
    var stepsOfState: [[ClauseGrammar.WordStep]] = grammar.states.map { _ in [] }
    for word in grammar.wordSteps { stepsOfState[word.state].append(word) }
    var stepGroups: [(firstState: Int, end: Int)] = []
    var end = 0
    for network in grammar.networks {
      for first in stride(from: network.first, to: network.first + network.count, by: 64) {
        let states = first..<min(first + 64, network.first + network.count)
        end += stepsOfState[states].reduce(0) { $0 + $1.count }
        stepGroups.append((first, end))
      }
    }
    let stepsByState = stepsOfState.flatMap { $0 }
    var stepsOfTest = [[Int32]](repeating: [], count: grammar.tests.count)
    for (place, word) in stepsByState.enumerated() { stepsOfTest[word.test].append(Int32(place)) }
    self.stepsByState = stepsByState
    takenBits = Array(repeating: 0, count: (stepsByState.count + 63) / 64)
    self.stepGroups = stepGroups
    self.stepsOfTest = stepsOfTest
    networks = NetworkPlaces(grammar)
    bounds = ClauseBounds(grammar)
    cellOfNetwork = grammar.firstCells
    // The empty list, which is known from the beginning: a cell without steps, and a word that passes no test.
    cellOfList.append(StateSteps(states: 0, first: 0))
    addSymbol()
  }

  /// The symbol of a word.
  mutating func symbol(of token: TaggedToken) -> Int {
    guard case .sense(let sense) = token.payload else {
      if let category = token.category {
        return find(
          token,
          1 << 63 | UInt64(category.index) << 40 | UInt64(token.tag) << 32
            | UInt64((token.row ?? -1) + 1))
      }
      if symbolOfTag[token.tag] < 0 {
        symbolOfTag[token.tag] = Int32(find(token, UInt64(token.tag) << 32))
      }
      return Int(symbolOfTag[token.tag])
    }
    let last = lastOfSense[Int(sense)]
    if Int(last.tag) == token.tag { return Int(last.symbol) }
    let symbol = find(token, UInt64(token.tag) << 32 | UInt64(sense) + 1)
    lastOfSense[Int(sense)] = (Int32(token.tag), Int32(symbol))
    return symbol
  }

  /// The symbol of a word, by what it depends on.
  private mutating func find(_ token: TaggedToken, _ key: UInt64) -> Int {
    if let symbol = known[key] { return symbol }
    findCosts(of: token)
    // Of many tests a word passes few.
    passed.removeAll(keepingCapacity: true)
    noted.sort()
    for test in noted where costs[Int(test)] >= 0 {
      passed.append(test)
      passed.append(costs[Int(test)])
    }
    let symbol = Int(symbols.number(passed))
    if symbol == floors.count { addSymbol() }
    known[key] = symbol
    return symbol
  }

  /// The place among ``cells`` of the first one of a network for a symbol.
  @inline(__always)
  func cell(of network: Int, _ symbol: Int32) -> Int {
    Int(symbol) * (cellOfNetwork.last ?? 0) + cellOfNetwork[network]
  }

  /// The places among ``steps`` of those that a state has, which has some.
  @inline(__always)
  func steps(_ state: Int, _ cell: StateSteps) -> Range<Int32> {
    let before = cell.states & ((1 << UInt64(state & 63)) - 1)
    let place = Int(cell.first) + before.nonzeroBitCount
    return starts[place]..<starts[place + 1]
  }

  /// The places among ``steps`` of those that a state of a network has for a symbol.
  func steps(of network: Int, _ state: Int, _ symbol: Int32) -> Range<Int32> {
    let cell = cells[cell(of: network, symbol) + state >> 6]
    return cell.has(state) ? steps(state, cell) : 0..<0
  }

  /// Whether a network reads anything that begins with a word of a symbol.
  @inline(__always)
  func opens(_ network: Int, _ symbol: Int32) -> Bool {
    places[Int(symbol) * grammar.networks.count + network].contains(.first)
  }

  /// Where all that a network reads from a position ends at the latest: behind a word that may be its last, and before
  /// one that it reads nowhere, with a word that it cannot do without. The position itself where it reads nothing.
  func end(of network: Int, from start: Int, limit: Int, in symbols: [Int32]) -> Int {
    var end = start
    var position = start
    var isComplete = false
    while position < limit {
      let places = places[Int(symbols[position]) * grammar.networks.count + network]
      guard places.contains(.inside) else { break }
      position += 1
      isComplete = isComplete || places.contains(.needed)
      if isComplete, places.contains(.last) { end = position }
    }
    return end
  }

  /// Finds out what it costs to read a word as each test asks: ``costs``, -1 where it does not pass.
  private mutating func findCosts(of token: TaggedToken) {
    for test in noted { costs[Int(test)] = -1 }
    noted.removeAll(keepingCapacity: true)
    restricted.removeAll(keepingCapacity: true)
    guard case .sense(let number) = token.payload else {
      // A name has its tag, and passes by what it is or by a row of its characters.
      let rows = token.row.map { lexicon.siblings(ofSense: Int($0)) }
      startRow()
      pass(token.tag, 0, token.category, nil)
      if let rows {
        for row in rows {
          startRow()
          pass(token.tag, 0, row.category, row)
        }
      }
      drop(rows, token.category)
      return
    }
    // A word stands for all its rows: a preposition has one a role.
    let siblings = lexicon.siblings(ofSense: Int(number))
    // What the path took for a word that nobody knows costs as much there.
    let paid =
      model.isUnknown(token.tag, sense: Int(number), lexicon) ? model.unknown.cost : 0
    for tag in costOfTag.indices { costOfTag[tag] = -1 }
    for sense in siblings.startIndex..<siblings.endIndex {
      let row = siblings[sense]
      startRow()
      pass(token.tag, 0, row.category, row)
      let choices = model.choices(ofSense: sense)
      for choice in choices where choice.tag != token.tag {
        // What the row is more readily costs nothing: a verb that the path took for a noun.
        let isMoreReady = choices.contains { $0.tag == token.tag && $0.cost > choice.cost }
        let cost = isMoreReady ? choice.cost : max(choice.cost - paid, 0) + Self.departure
        pass(choice.tag, cost, row.category, row)
        if costOfTag[choice.tag] < 0 || cost < costOfTag[choice.tag] {
          costOfTag[choice.tag] = cost
        }
      }
    }
    // What has no tag by itself (将 as a cue of plans) goes with every tag of the word.
    for sense in siblings.startIndex..<siblings.endIndex
    where model.choices(ofSense: sense).isEmpty {
      let row = siblings[sense]
      startRow()
      for tag in costOfTag.indices where costOfTag[tag] >= 0 {
        pass(tag, costOfTag[tag], row.category, row)
      }
    }
    drop(siblings, nil)
  }

  /// Forgets what was asked of the row before.
  private mutating func startRow() {
    for feature in valueOfFeature.indices { valueOfFeature[feature] = Self.notAsked }
  }

  /// Notes a cost for the tests of a tag that a row passes and that had none or a higher one; what has a class only is
  /// no row.
  private mutating func pass(_ tag: Int, _ cost: Int32, _ category: ClassID?, _ row: Sense?) {
    note(cost, tests.ofTag[tag].others, category, row)
    if let category { note(cost, tests.ofTag[tag].ofClass[category.index], category, row) }
    for (feature, ofValue) in tests.ofTag[tag].ofFeature {
      if let value = value(of: feature, row) { note(cost, ofValue[Int(value)], category, row) }
    }
  }

  private mutating func note(
    _ cost: Int32, _ all: [WordTests.Test], _ category: ClassID?, _ row: Sense?
  ) {
    for test in all where costs[test.number] < 0 || cost < costs[test.number] {
      if tests.has(test.wanted, category, value: { value(of: $0, row) }) {
        if costs[test.number] < 0 {
          noted.append(Int32(test.number))
          if !tests.unwanted[test.number].isEmpty { restricted.append(Int32(test.number)) }
        }
        costs[test.number] = cost
      }
    }
  }

  /// Takes back the costs of tests that some row does not pass for what it has.
  private mutating func drop(_ rows: Slice<SenseTable>?, _ category: ClassID?) {
    if restricted.isEmpty { return }
    if let category { drop(category, nil) }
    guard let rows else { return }
    for row in rows {
      startRow()
      drop(row.category, row)
    }
  }

  private mutating func drop(_ category: ClassID, _ row: Sense?) {
    for test in restricted where costs[Int(test)] >= 0 {
      let isUnwanted = tests.unwanted[Int(test)].contains {
        tests.has($0, category, value: { value(of: $0, row) })
      }
      if isUnwanted { costs[Int(test)] = -1 }
    }
  }

  /// The number of the value of a feature in the row that is looked at; nil where no test asks for it.
  private mutating func value(of feature: Int, _ row: Sense?) -> Int32? {
    guard let row else { return nil }
    if valueOfFeature[feature] == Self.notAsked {
      let cell = lexicon.feature(tests.features[feature].name, of: row)
      valueOfFeature[feature] = cell.flatMap { tests.features[feature].values[$0] } ?? Self.noValue
    }
    let value = valueOfFeature[feature]
    return value == Self.noValue ? nil : value
  }

  /// Finds out what a new symbol needs, from the costs of its tests.
  private mutating func addSymbol() {
    let pairs = passed
    let found = networks.places(
      passing: stride(from: 0, to: pairs.count, by: 2).lazy.map { Int(pairs[$0]) })
    places += found
    floors.append(bounds.floor(passed) { found[$0].contains(.first) })
    openings.append(
      found.enumerated().reduce(0) {
        $1.element.contains(.first) ? $0 | ClauseGrammar.set(ofNetwork: $1.offset) : $0
      })
    // Of many steps a word takes few; as bits they come out in order.
    for place in stride(from: 0, to: passed.count, by: 2) {
      for step in stepsOfTest[Int(passed[place])] {
        takenBits[Int(step >> 6)] |= 1 << UInt64(step & 63)
      }
    }
    taken.removeAll(keepingCapacity: true)
    for cell in takenBits.indices where takenBits[cell] != 0 {
      var left = takenBits[cell]
      takenBits[cell] = 0
      while left != 0 {
        taken.append(Int32(cell << 6 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
    var first = 0
    for group in stepGroups {
      var end = first
      while end < taken.count, taken[end] < group.end { end += 1 }
      cells.append(cell(of: first..<end, firstState: group.firstState))
      first = end
    }
  }

  /// The steps that read a word of these costs from up to 64 states, by their places in ``taken``; those of equal ones
  /// are found again.
  private mutating func cell(of places: Range<Int>, firstState: Int) -> StateSteps {
    key.removeAll(keepingCapacity: true)
    for place in places {
      key.append(taken[place])
      key.append(costs[stepsByState[Int(taken[place])].test])
    }
    let list = Int(stepLists.number(key))
    if list < cellOfList.count { return cellOfList[list] }
    var states: UInt64 = 0
    let firstStart = Int32(starts.count)
    for place in places {
      let word = stepsByState[Int(taken[place])]
      let state: UInt64 = 1 << UInt64(word.state - firstState)
      if states & state == 0 { starts.append(Int32(steps.count)) }
      states |= state
      steps.append(
        ClauseGrammar.Step(
          target: word.step.target, cost: word.step.cost + costs[word.test], row: word.step.row))
    }
    let cell = StateSteps(states: states, first: firstStart)
    cellOfList.append(cell)
    starts.append(Int32(steps.count))
    return cell
  }
}
