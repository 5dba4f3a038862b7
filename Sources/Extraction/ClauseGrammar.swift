package import Annotations

/// How the words of a sentence make clauses: networks of states that are left by reading a word or another network,
/// each step at a cost. The cheapest way through the first network reads the sentence, and the steps that name a part
/// say what its words are: subject, predicate, object.
///
/// A weighted recursive transition network (Woods 1970); costs are on the scale of the lexicon's, about 10 · (−ln p).
package struct ClauseGrammar: Sendable {
  /// Networks as bits, by their numbers.
  typealias NetworkSet = UInt128

  /// The number of networks that a grammar may have.
  package static let mostNetworks = NetworkSet.bitWidth

  /// A network alone by its number.
  @inline(__always)
  static func set(ofNetwork number: Int) -> NetworkSet { 1 &<< NetworkSet(number) }

  /// What a step reads.
  package enum Input: Hashable, Sendable {
    /// A word with a tag, perhaps only one that passes a test.
    case word(WordTest)
    /// Any word.
    case any
    /// What another network reads.
    case network(String)
    /// Nothing: the step only leads on.
    case nothing
    /// Nothing: what the network reads may end here.
    case end
  }

  /// `V`, `V[verb.speech]`, `P[role=place/time]`, `V[verb.transitive&type!=say]`.
  package struct WordTest: Hashable, Sendable {
    /// Something that may be said of a row of a word.
    package enum Property: Hashable, Sendable {
      case category(String)
      case feature(String, [String])
    }

    package let tag: String
    /// What one row of the word has to have, all of it.
    package let wanted: [Property]
    /// What no row of the word may have.
    package let unwanted: [Property]

    /// A test.
    package init(tag: String, wanted: [Property] = [], unwanted: [Property] = []) {
      self.tag = tag
      self.wanted = wanted
      self.unwanted = unwanted
    }

    /// Whether nothing is asked but the tag.
    var asksTagOnly: Bool { wanted.isEmpty && unwanted.isEmpty }
  }

  /// A row of the file: one step.
  package struct Row: Sendable {
    package let network: String
    /// The state it leaves; nil for every state, which it leads back to.
    package let from: String?
    package let input: Input
    package let to: String
    package let cost: Int
    package let parts: [ClausePart]
    /// Whether what is read continues the piece before, which is of the same part.
    package let joins: Bool
    /// What the relation of a predicate is called, where not as it is written.
    package let relation: String?
    package let provenance: Provenance
    /// A step.
    package init(
      network: String, from: String?, input: Input, to: String, cost: Int, parts: [ClausePart],
      joins: Bool, relation: String? = nil, provenance: Provenance
    ) {
      self.network = network
      self.from = from
      self.input = input
      self.to = to
      self.cost = cost
      self.parts = parts
      self.joins = joins
      self.relation = relation
      self.provenance = provenance
    }
  }

  /// What the pieces of a clause take from a row.
  struct PieceRow: Sendable {
    let parts: [ClausePart]
    let joins: Bool
    let provenance: Provenance
    /// Whether the step reads one word.
    let readsWord: Bool

    init(_ row: Row) {
      parts = row.parts
      joins = row.joins
      provenance = row.provenance
      switch row.input {
      case .word, .any: readsWord = true
      case .network, .nothing, .end: readsWord = false
      }
    }
  }

  /// A step by numbers.
  struct Step: Sendable {
    let target: Int32
    let cost: Int32
    /// The row.
    let row: Int32
  }

  /// A step that reads a word that passes a test.
  struct WordStep: Sendable {
    let state: Int
    let test: Int
    let step: Step
  }

  /// A state of a network: where its steps stand that do not depend on the word.
  struct State: Sendable {
    /// Among ``steps``: the steps that read nothing, those that read any word, and those that read a network.
    var silent: Range<Int32> = 0..<0
    var any: Range<Int32> = 0..<0
    var calls: Range<Int32> = 0..<0
    /// The networks that the last ones read.
    var called: NetworkSet = 0
    /// What it costs to end here; nil where the network does not end.
    var end: Int32?
  }

  /// A network: its states are among ``states``; it begins in the first.
  struct Network: Sendable {
    let name: String
    let first: Int
    let count: Int
    /// How many cells of 64 bits it takes to say something of each state.
    var width: Int { (count + 63) / 64 }
  }

  let networks: [Network]
  /// For each network its first cell, where those of all stand side by side; at last how many there are.
  var firstCells: [Int] {
    networks.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.width) }
  }
  /// The states of all networks.
  let states: [State]
  /// The steps of all states that do not depend on the word.
  let steps: [Step]
  /// For each of ``steps``, the network that it reads.
  let called: [Int32]
  /// The steps that read a word.
  let wordSteps: [WordStep]
  package let rows: [Row]
  /// For each row, what the pieces take from it.
  let pieceRows: [PieceRow]
  /// What the relations of predicates are called that some rows read, where not as they are written.
  let relationNames: [Provenance: String]
  /// The tests, each once.
  let tests: [WordTest]

  /// Whether no file says how clauses are made.
  package var isEmpty: Bool { networks.isEmpty }

  /// The networks in which a search cannot tell what is too dear, since by reading more a way may always get cheaper; with
  /// one of them it follows every way.
  package var unboundedNetworks: [String] {
    ClauseBounds(self).unbounded.map { networks[$0].name }
  }

  /// Numbers what the rows name. The first row's network reads the sentence; in each network the first row's state is
  /// its beginning.
  package init(_ rows: [Row]) {
    self.rows = rows
    pieceRows = rows.map { PieceRow($0) }
    relationNames = Dictionary(
      rows.compactMap { row in row.relation.map { (row.provenance, $0) } },
      uniquingKeysWith: { first, _ in first })
    var order: [String] = []
    var names: [String: StateNames] = [:]
    for row in rows {
      if names[row.network] == nil { order.append(row.network) }
      let to = row.from == nil || row.input == .end ? nil : row.to
      names[row.network, default: StateNames()].add([row.from, to].compactMap { $0 })
    }
    // A step that reads nothing leads to a state of a higher number, so one pass in order follows them.
    let silentRows = Dictionary(grouping: rows.filter { $0.input == .nothing }, by: \.network)
    for name in order { names[name]?.sort(along: silentRows[name] ?? []) }
    let beginnings = Dictionary(rows.map { ($0.network, $0.from ?? $0.to) }) { first, _ in first }
    let numbers = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var networks: [Network] = []
    var first = 0
    for name in order {
      let count = names[name]?.all.count ?? 0
      networks.append(Network(name: name, first: first, count: count))
      first += count
    }
    var tests: [WordTest: Int] = [:]
    var wordSteps: [WordStep] = []
    var ends = [Int32?](repeating: nil, count: first)
    var silent = [[Step]](repeating: [], count: first)
    var any = silent
    var calls = [[(network: Int32, step: Step)]](repeating: [], count: first)
    // Where a step that reads nothing leads back to the beginning, a state without a name stands before it.
    for (network, name) in zip(networks, order) {
      guard let own = names[name], own.all.first == StateNames.unnamed,
        let begin = own.number(of: beginnings[name] ?? "")
      else { continue }
      silent[network.first].append(Step(target: Int32(begin), cost: 0, row: -1))
    }
    for (number, row) in rows.enumerated() {
      guard let network = numbers[row.network], let own = names[row.network] else { continue }
      for source in row.from.map({ [$0] }) ?? own.all {
        guard let from = own.number(of: source) else { continue }
        let target = row.from == nil ? from : own.number(of: row.to) ?? from
        let state = networks[network].first + from
        let step = Step(target: Int32(target), cost: Int32(row.cost), row: Int32(number))
        switch row.input {
        case .word(let test):
          let place = tests[test] ?? tests.count
          tests[test] = place
          wordSteps.append(WordStep(state: state, test: place, step: step))
        case .any: any[state].append(step)
        case .network(let name):
          if let called = numbers[name] { calls[state].append((Int32(called), step)) }
        case .nothing: silent[state].append(step)
        case .end: ends[state] = min(ends[state] ?? .max, Int32(row.cost))
        }
      }
    }
    var states: [State] = []
    var steps: [Step] = []
    var called: [Int32] = []
    func add(_ some: [Step], _ networks: [Int32]? = nil) -> Range<Int32> {
      let first = Int32(steps.count)
      steps += some
      called += networks ?? some.map { _ in -1 }
      return first..<Int32(steps.count)
    }
    for state in 0..<first {
      states.append(
        State(
          silent: add(silent[state]), any: add(any[state]),
          calls: add(calls[state].map(\.step), calls[state].map(\.network)),
          called: calls[state].reduce(0) { $0 | Self.set(ofNetwork: Int($1.network)) },
          end: ends[state]))
    }
    self.networks = networks
    self.states = states
    self.steps = steps
    self.called = called
    self.wordSteps = wordSteps
    self.tests = tests.sorted { $0.value < $1.value }.map(\.key)
  }
}

/// The names of the states of a network, with their numbers.
private struct StateNames {
  /// No state of a file is called so.
  static let unnamed = ""

  private(set) var all: [String] = []
  private var numbers: [String: Int] = [:]

  func number(of name: String) -> Int? { numbers[name] }

  /// Adds those that are new.
  mutating func add(_ names: [String]) {
    for name in names where numbers[name] == nil {
      numbers[name] = all.count
      all.append(name)
    }
  }

  /// Puts them in an order in which steps that read nothing lead forwards, the beginning first: where such a step leads to
  /// it, one without a name.
  /// - Complexity: O(states), and that times the states that wait for another one.
  mutating func sort(along silent: [ClauseGrammar.Row]) {
    // For each state those that have to stand before it.
    var sources = all.map { _ in [Int]() }
    for row in silent where row.from != row.to {
      guard let to = numbers[row.to] else { continue }
      sources[to].append(row.from.flatMap { numbers[$0] } ?? to)
    }
    var result: [String] = []
    if let first = sources.first, !first.isEmpty { result.append(Self.unnamed) }
    var isPlaced = all.map { _ in false }
    var rest = 0
    while rest < all.count {
      let next =
        (rest..<all.count).first { state in
          !isPlaced[state] && sources[state].allSatisfy { isPlaced[$0] }
        } ?? rest
      isPlaced[next] = true
      result.append(all[next])
      while rest < all.count, isPlaced[rest] { rest += 1 }
    }
    all = result
    numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
  }
}

/// What a piece of a clause is.
package enum ClausePart: String, CaseIterable, Sendable {
  /// The end of a clause.
  case clause
  /// Where the words of a clause make none that the grammar knows, from here to its end: whom the next clause is about is
  /// unknown, unless it says so.
  case unread
  /// Who or what the clause is about.
  case subject
  /// The same where it is a deed itself (加强治理是…): it is no actor, so what is done next is not of it.
  case deed
  /// What is done: it makes a fact.
  case predicate
  /// The same where it is what is measured of the subject, and the object how much (全长): a change told next is of it.
  case attribute
  /// The same of a verb of change (同比增长): of what was measured last, where the clause has no subject.
  case change
  /// The same where it tells of what the fact before acted on, unless the clause has a subject (资金…用于救灾).
  case resumed
  /// What a verb without meaning of its own carries (进行, 作出): its object, or the predicate where there is a target.
  case light
  /// Another predicate with the object of the one before (审议和通过预算).
  case conjunct
  /// What is acted on, or how much.
  case object
  /// A quantity that begins with a verb of amount, which is the predicate of the rest (超过40平方米).
  case amount
  /// An object that is the subject of what follows in its clause (派出5名教师赴甘肃).
  case pivot
  /// The subject of what follows in its clause, and no object (让学生参加).
  case inner
  /// The same where he acts in the next clauses as well (鼓励企业加大投入，扩大出口).
  case moved
  /// Where somebody is moved to act (推动): what nobody moves is not told.
  case urging
  /// To, for or with whom.
  case recipient
  /// What an act is about (对, 就): its object where it has none, else the same as a recipient.
  case target
  /// What gives each subject an object of its own, the first one the first (A和B分别增长2%和3%).
  case respective
  /// When.
  case time
  /// Where.
  case place
  /// Who said so.
  case source
  /// A verb whose speaker is the subject before it, and whose content follows.
  case speech
  /// The same where the content is asked of its hearers (强调, 要求): what has no subject there is no fact.
  case directive
  /// Who acts, in a passive clause.
  case agent
  /// What is acted on, before the predicate (把).
  case fronted
  /// The predicate of a clause before 的, and its subject and object: what stands behind 的 is the one that is missing.
  case relative
  case relativeSubject = "relative-subject"
  case relativeObject = "relative-object"
  /// What is denied, planned or supposed is the clause around it.
  case negation
  case plan
  /// The same as a plan, said to somebody: what has no subject of its own is an exhortation, and no fact.
  case command
  case hypothesis
  /// The same of all that follows in the sentence (如果).
  case condition

  /// Whether it is who or what its clause is about.
  var isSubject: Bool { self == .subject || self == .deed }

  /// Whether it is a thing of the clause, with all that describes it.
  var isNominal: Bool {
    switch self {
    case .subject, .deed, .object, .pivot, .inner, .moved, .fronted, .agent, .target, .recipient,
      .place, .source:
      true
    default: false
    }
  }

  /// Whether it says when, where, how or by whom, of whatever it stands in.
  var isQualifier: Bool {
    switch self {
    case .time, .place, .agent, .target, .recipient, .fronted, .source, .negation, .plan, .command,
      .hypothesis, .condition, .respective:
      true
    default: false
    }
  }

  /// Whether it is of a clause before 的.
  var isRelative: Bool {
    switch self {
    case .relative, .relativeSubject, .relativeObject: true
    default: false
    }
  }
}
