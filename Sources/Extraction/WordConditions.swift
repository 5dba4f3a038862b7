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
  /// For each tag, the tests that ask for it.
  private let testsOfTag: [[Test]]
  /// The tests that say what no row of a word may have.
  private let negative: [Test]
  /// What the tests ask for, that of one side by side.
  private let properties: [Property]
  private let testCount: Int
  /// For each class that some test asks for, for each class whether it is that one.
  private let members: [Bool]
  /// The features that tests ask for.
  private let features: [Feature]
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
  /// The steps of cells, each as its state, target, cost and row; and for each list the cell.
  private var stepLists = NumberLists()
  private var cellOfList: [StateSteps] = []
  /// The steps of the grammar that read a word, in the order of their states, and for each 64 states of a network where
  /// theirs stand.
  private let stepsByState: [ClauseGrammar.WordStep]
  private let stepGroups: [(firstState: Int, steps: Range<Int>)]
  /// What is being put together: what a word costs for each test, the tests that it passes, the steps of a cell.
  private var costs: [Int32]
  private var passed: [Int32] = []
  private var key: [Int32] = []
  /// For each feature, the number of its value in the row that is looked at; ``notAsked`` or ``noValue``.
  private var valueOfFeature: [Int32]
  private static let notAsked: Int32 = -2
  private static let noValue: Int32 = -1
  /// For each network, the place of its cells among those of a symbol; at last how many there are.
  let cellOfNetwork: [Int]
  /// For each symbol and network, where in what the network reads such a word may stand.
  private(set) var places: [NetworkPlaces.Places] = []
  /// For each symbol, the networks that read something that begins with such a word, as bits; those from 64 on are not
  /// among them.
  private(set) var openings: [UInt64] = []
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

  private enum Property {
    /// The place in ``members`` of what is said of the classes.
    case category(Int)
    /// The place in ``features``, and the number of the test among those that ask for the feature.
    case feature(Int, Int)
  }

  /// A feature that tests ask for.
  private struct Feature {
    let name: String
    var testCount = 0
    /// The values that some test asks for, by number.
    var values: [String: Int32] = [:]
    /// For each value, which tests it passes.
    var passed: [[Bool]] = []

    /// Adds a test that asks for one of some values, and gives its number.
    mutating func add(_ wanted: [String]) -> Int {
      for value in wanted {
        let number = values[value] ?? Int32(values.count)
        values[value] = number
        if Int(number) == passed.count { passed.append([]) }
        let missing = max(testCount + 1 - passed[Int(number)].count, 0)
        passed[Int(number)] += repeatElement(false, count: missing)
        passed[Int(number)][testCount] = true
      }
      testCount += 1
      return testCount - 1
    }

    /// Whether a value passes a test.
    func passes(_ value: Int32, _ test: Int) -> Bool {
      test < passed[Int(value)].count && passed[Int(value)][test]
    }
  }

  /// What is asked of the rows of a word, with the number of the test.
  private struct Test {
    let number: Int
    /// The places in ``properties`` of what one row has to have, and of what none may have.
    let wanted: Range<Int>
    let unwanted: Range<Int>
  }

  init(_ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable) {
    self.grammar = grammar
    self.model = model
    self.lexicon = lexicon
    var testsOfTag = [[Test]](repeating: [], count: model.count)
    var features: [Feature] = []
    var members: [Bool] = []
    var properties: [Property] = []
    for (number, test) in grammar.tests.enumerated() {
      guard let tag = model.tagClasses.firstIndex(where: { classes.name($0) == test.tag }) else {
        continue
      }
      func numbered(_ property: ClauseGrammar.WordTest.Property) -> Property {
        switch property {
        case .category(let name):
          let first = members.count
          members += classes.membership(of: classes.find(name).map { [$0] } ?? [])
          return .category(first)
        case .feature(let name, let values):
          let place = features.firstIndex { $0.name == name } ?? features.count
          if place == features.count { features.append(Feature(name: name)) }
          return .feature(place, features[place].add(values))
        }
      }
      let first = properties.count
      properties += test.wanted.map(numbered)
      let border = properties.count
      properties += test.unwanted.map(numbered)
      testsOfTag[tag].append(
        Test(number: number, wanted: first..<border, unwanted: border..<properties.count))
    }
    self.properties = properties
    negative = testsOfTag.joined().filter { !$0.unwanted.isEmpty }
    self.testsOfTag = testsOfTag
    self.features = features
    self.members = members
    testCount = grammar.tests.count
    costs = Array(repeating: -1, count: testCount)
    valueOfFeature = Array(repeating: Self.notAsked, count: features.count)
    symbolOfTag = Array(repeating: -1, count: model.count)
    lastOfSense = Array(repeating: (-1, -1), count: lexicon.senses.count)
    var stepsOfState: [[ClauseGrammar.WordStep]] = grammar.states.map { _ in [] }
    for word in grammar.wordSteps { stepsOfState[word.state].append(word) }
    var stepGroups: [(firstState: Int, steps: Range<Int>)] = []
    var end = 0
    for network in grammar.networks {
      for first in stride(from: network.first, to: network.first + network.count, by: 64) {
        let states = first..<min(first + 64, network.first + network.count)
        let begin = end
        end += stepsOfState[states].reduce(0) { $0 + $1.count }
        stepGroups.append((first, begin..<end))
      }
    }
    stepsByState = stepsOfState.flatMap { $0 }
    self.stepGroups = stepGroups
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
    for test in 0..<testCount where costs[test] >= 0 {
      passed.append(Int32(test))
      passed.append(costs[test])
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
    for test in 0..<testCount { costs[test] = -1 }
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
    // What has no tag by itself (将 as a cue of plans) goes with every tag of the word.
    let untagged = siblings.indices.filter { model.choices(ofSense: $0).isEmpty }
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
        for other in untagged {
          startRow()
          pass(choice.tag, cost, siblings[other].category, siblings[other])
        }
        startRow()
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
    for test in testsOfTag[tag] where costs[test.number] < 0 || cost < costs[test.number] {
      var passes = true
      for place in test.wanted where passes { passes = has(properties[place], category, row) }
      if passes { costs[test.number] = cost }
    }
  }

  /// Takes back the costs of tests that some row does not pass for what it has.
  private mutating func drop(_ rows: Slice<SenseTable>?, _ category: ClassID?) {
    guard negative.contains(where: { costs[$0.number] >= 0 }) else { return }
    if let category { drop(category, nil) }
    guard let rows else { return }
    for row in rows {
      startRow()
      drop(row.category, row)
    }
  }

  private mutating func drop(_ category: ClassID, _ row: Sense?) {
    for test in negative where costs[test.number] >= 0 {
      for place in test.unwanted where has(properties[place], category, row) {
        costs[test.number] = -1
      }
    }
  }

  private mutating func has(_ property: Property, _ category: ClassID?, _ row: Sense?) -> Bool {
    switch property {
    case .category(let first): return category.map { members[first + $0.index] } ?? false
    case .feature(let place, let test):
      guard let row else { return false }
      if valueOfFeature[place] == Self.notAsked {
        let cell = lexicon.feature(features[place].name, of: row)
        valueOfFeature[place] = cell.flatMap { features[place].values[$0] } ?? Self.noValue
      }
      let value = valueOfFeature[place]
      return value != Self.noValue && features[place].passes(value, test)
    }
  }

  /// Finds out what a new symbol needs, from the costs of its tests.
  private mutating func addSymbol() {
    let found = networks.places { costs[$0] >= 0 }
    places += found
    floors.append(bounds.floor(costs) { found[$0].contains(.first) })
    openings.append(
      found.prefix(64).enumerated().reduce(0) {
        $1.element.contains(.first) ? $0 | 1 << UInt64($1.offset) : $0
      })
    for group in stepGroups { cells.append(cell(of: group)) }
  }

  /// The steps that read a word of these costs from up to 64 states; those of equal ones are found again.
  private mutating func cell(of group: (firstState: Int, steps: Range<Int>)) -> StateSteps {
    key.removeAll(keepingCapacity: true)
    var states: UInt64 = 0
    for place in group.steps {
      let word = stepsByState[place]
      if costs[word.test] < 0 { continue }
      let state = word.state - group.firstState
      states |= 1 << UInt64(state)
      key.append(Int32(state))
      key.append(word.step.target)
      key.append(word.step.cost + costs[word.test])
      key.append(word.step.row)
    }
    let list = Int(stepLists.number(key))
    if list < cellOfList.count { return cellOfList[list] }
    let cell = StateSteps(states: states, first: Int32(starts.count))
    cellOfList.append(cell)
    var last: Int32 = -1
    for place in stride(from: 0, to: key.count, by: 4) {
      if key[place] != last { starts.append(Int32(steps.count)) }
      last = key[place]
      steps.append(
        ClauseGrammar.Step(target: key[place + 1], cost: key[place + 2], row: key[place + 3]))
    }
    starts.append(Int32(steps.count))
    return cell
  }
}
