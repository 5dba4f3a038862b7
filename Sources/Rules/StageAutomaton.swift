internal import Annotations

/// The patterns of a stage as one automaton: what may follow what, without counts and captures.
///
/// It is Glushkov's construction (Commun. ACM 5, 1961): a state is a place in a pattern where a character or
/// an edge is taken, and all patterns share one numbering. A counted repetition is one without a count here,
/// and `^` is nothing: the automaton finds every place where a rule can match and some where it can not, and
/// ``PatternMachine`` decides. So `{1,60 any}` is one state and not sixty.
///
/// ``StageScanner`` runs it.
struct StageAutomaton: Sendable {
  /// What a state takes: a test that characters or edges pass. Equal tests of a stage are one.
  enum Test: Hashable, Sendable {
    /// This character.
    case character(UInt32)
    /// A character of a kind, none of whose edges is of an excluded class. `exclusion` is the place in
    /// ``exclusions``, or -1; `stops` says whether it stops before the end of a clause.
    case run(RunKind, exclusion: Int, stops: Bool)
    /// An edge; the place in ``edgeTests``.
    case edge(Int)
    /// The end of the sentence.
    case end
  }

  /// What an edge has to be.
  struct EdgeTest: Hashable, Sendable {
    /// For each class, whether it will do.
    let classes: [Bool]
    let features: [FeatureTest]
    let required: [[Bool]]
    let excluded: [Bool]?
    /// Whether it stops before the end of a clause.
    let stops: Bool

    var isPlain: Bool { features.isEmpty && required.isEmpty && excluded == nil }
  }

  private(set) var tests: [Test] = []
  private(set) var edgeTests: [EdgeTest] = []
  private(set) var exclusions: [[Bool]] = []
  /// For each state, the number of its test.
  private(set) var testOfState: [Int32] = []
  /// For each test, its states in ascending order.
  private(set) var statesOfTest: [[Int32]] = []
  /// For each state, its pattern.
  private(set) var patternOfState: [Int32] = []
  /// For each state, whether its pattern may end behind it.
  private(set) var isLast: [Bool] = []
  /// For each state, whether its pattern may begin with it.
  private(set) var isFirst: [Bool] = []
  /// For each state, the states that may come next.
  private(set) var follow: [[Int32]] = []
  /// For each pattern that is a rule's, the rule; -1 for one that a rule looks ahead by.
  private(set) var ruleOfPattern: [Int32] = []
  /// What rules ask of the places where they end.
  private(set) var conditions: [Condition] = []

  /// A pattern of a rule ends only where another one begins, or only where it does not.
  struct Condition: Sendable {
    let owner: Int32
    let pattern: Int32
    let negated: Bool
  }

  // MARK: For the scanner

  /// For each class, the tests that every edge of it passes.
  private(set) var plainTests: [[Int32]] = []
  /// For each class, the tests that an edge of it may pass.
  private(set) var conditionalTests: [[Int32]] = []
  /// For each class, the exclusions that it is in.
  private(set) var exclusionsOfClass: [[Int32]] = []
  /// The tests of characters.
  private(set) var characterTests: [Int32] = []
  /// The tests that fail before the end of a clause.
  private(set) var stops: [Bool] = []

  private var numbers: [Test: Int32] = [:]
  private var edgeNumbers: [EdgeTest: Int] = [:]
  private var exclusionNumbers: [[Bool]: Int] = [:]

  /// The states of a part of a pattern.
  private struct Part {
    var canBeEmpty: Bool
    var first: [Int32] = []
    var last: [Int32] = []
    /// Whether it matches nothing that its pattern does not.
    var isExact = true
  }

  /// Adds the pattern of the next rule, with those it looks ahead by. `table` gives, for each class, whether
  /// it is one of the named ones or below.
  mutating func add(
    _ rule: RuleSyntax, number: Int, pattern: PatternSyntax, table: (ClassName) -> [Bool]
  ) {
    let owner = Int32(ruleOfPattern.count)
    _ = add(pattern, rule: Int32(number), stops: rule.withinClause, table)
    for condition in rule.conditions where condition.kind == .before {
      let ahead = Int32(ruleOfPattern.count)
      let part = add(condition.pattern, rule: -1, stops: false, table)
      // Nothing is always there; and what says too often that something is there must not forbid.
      if part.canBeEmpty || (condition.negated && !part.isExact) { continue }
      conditions.append(Condition(owner: owner, pattern: ahead, negated: condition.negated))
    }
  }

  /// Builds the indexes, once all rules are there.
  mutating func finish(classCount: Int) {
    statesOfTest = tests.map { _ in [] }
    for (state, test) in testOfState.enumerated() { statesOfTest[Int(test)].append(Int32(state)) }
    plainTests = [[Int32]](repeating: [], count: classCount)
    conditionalTests = plainTests
    exclusionsOfClass = plainTests
    stops = [Bool](repeating: false, count: tests.count)
    for (number, test) in tests.enumerated() {
      switch test {
      case .edge(let index):
        let edge = edgeTests[index]
        stops[number] = edge.stops
        for category in 0..<classCount where edge.classes[category] {
          if edge.isPlain {
            plainTests[category].append(Int32(number))
          } else {
            conditionalTests[category].append(Int32(number))
          }
        }
      case .run(_, _, let isStopped):
        stops[number] = isStopped
        characterTests.append(Int32(number))
      case .character: characterTests.append(Int32(number))
      case .end: break
      }
    }
    for (number, classes) in exclusions.enumerated() {
      for category in 0..<classCount where classes[category] {
        exclusionsOfClass[category].append(Int32(number))
      }
    }
    numbers = [:]
    edgeNumbers = [:]
    exclusionNumbers = [:]
  }

  // MARK: Construction

  private mutating func add(
    _ pattern: PatternSyntax, rule: Int32, stops: Bool, _ table: (ClassName) -> [Bool]
  ) -> Part {
    let number = Int32(ruleOfPattern.count)
    ruleOfPattern.append(rule)
    let part = self.part(pattern, of: number, stops: stops, table)
    for state in part.first { isFirst[Int(state)] = true }
    for state in part.last { isLast[Int(state)] = true }
    return part
  }

  private mutating func state(_ test: Test, of pattern: Int32) -> Part {
    let number =
      numbers[test]
      ?? {
        tests.append(test)
        let number = Int32(tests.count - 1)
        numbers[test] = number
        return number
      }()
    let state = Int32(testOfState.count)
    testOfState.append(number)
    patternOfState.append(pattern)
    isLast.append(false)
    isFirst.append(false)
    follow.append([])
    return Part(canBeEmpty: false, first: [state], last: [state])
  }

  private mutating func connect(_ last: [Int32], _ first: [Int32]) {
    for state in last {
      for next in first where !follow[Int(state)].contains(next) {
        follow[Int(state)].append(next)
      }
    }
  }

  private mutating func join(_ left: Part, _ right: Part) -> Part {
    connect(left.last, right.first)
    return Part(
      canBeEmpty: left.canBeEmpty && right.canBeEmpty,
      first: left.canBeEmpty ? left.first + right.first : left.first,
      last: right.canBeEmpty ? left.last + right.last : right.last,
      isExact: left.isExact && right.isExact)
  }

  private mutating func part(
    _ pattern: PatternSyntax, of number: Int32, stops: Bool, _ table: (ClassName) -> [Bool]
  ) -> Part {
    switch pattern {
    case .literal(let characters):
      return characters.reduce(Part(canBeEmpty: true)) {
        join($0, state(.character($1), of: number))
      }
    case .edge(let edge):
      let excluded = edge.excluded.map(table)
      let test = EdgeTest(
        classes: table(edge.name), features: edge.features, required: edge.required.map(table),
        excluded: excluded.first.map { first in
          excluded.dropFirst().reduce(first) { zip($0, $1).map { $0 || $1 } }
        }, stops: stops)
      return state(.edge(index(of: test)), of: number)
    case .run(let minimum, let maximum, let kind, let excluding):
      guard maximum > 0 else { return Part(canBeEmpty: true) }
      let classes = excluding.map(table)
      let exclusion = classes.first.map { first in
        index(of: classes.dropFirst().reduce(first) { zip($0, $1).map { $0 || $1 } })
      }
      var run = state(.run(kind, exclusion: exclusion ?? -1, stops: false), of: number)
      run.isExact = minimum <= 1 && maximum == 1
      run.canBeEmpty = minimum == 0
      if maximum > 1 { connect(run.last, run.first) }
      return run
    case .gap(let width):
      guard width > 0 else { return Part(canBeEmpty: true) }
      var gap = state(.run(.any, exclusion: -1, stops: stops), of: number)
      connect(gap.last, gap.first)
      gap.canBeEmpty = true
      gap.isExact = false
      return gap
    case .sequence(let items):
      return items.reduce(Part(canBeEmpty: true)) {
        join($0, part($1, of: number, stops: stops, table))
      }
    case .choice(let choices):
      var all = Part(canBeEmpty: false)
      for choice in choices {
        let one = part(choice, of: number, stops: stops, table)
        all.canBeEmpty = all.canBeEmpty || one.canBeEmpty
        all.first += one.first
        all.last += one.last
        all.isExact = all.isExact && one.isExact
      }
      return all
    case .repeated(let item, let minimum, let maximum):
      if maximum == 0 { return Part(canBeEmpty: true) }
      var one = part(item, of: number, stops: stops, table)
      if maximum != 1 { connect(one.last, one.first) }
      one.isExact = one.isExact && minimum <= 1 && (maximum == nil || maximum == 1)
      one.canBeEmpty = one.canBeEmpty || minimum == 0
      return one
    case .capture(_, let inner): return part(inner, of: number, stops: stops, table)
    case .start:
      return Part(canBeEmpty: true, isExact: false)
    case .end: return state(.end, of: number)
    }
  }

  private mutating func index(of test: EdgeTest) -> Int {
    if let known = edgeNumbers[test] { return known }
    edgeTests.append(test)
    edgeNumbers[test] = edgeTests.count - 1
    return edgeTests.count - 1
  }

  private mutating func index(of classes: [Bool]) -> Int {
    if let known = exclusionNumbers[classes] { return known }
    exclusions.append(classes)
    exclusionNumbers[classes] = exclusions.count - 1
    return exclusions.count - 1
  }
}
