internal import Annotations

/// The patterns of a stage as one automaton: what may follow what, without counts and captures.
///
/// It is Glushkov's construction (Commun. ACM 5, 1961): a state is a place in a pattern where a character or
/// an edge is taken, and all patterns share one numbering. A counted repetition is one without a count here,
/// and `^` and `border` are nothing: the automaton finds every place where a rule can match and some where it
/// can not, and ``PatternMachine`` decides. So `{1,60 any}` is one state and not sixty.
///
/// ``StageScanner`` runs it.
struct StageAutomaton: Sendable {
  /// What a state takes: a test that characters or edges pass. Equal tests of a stage are one.
  enum Test: Hashable, Sendable {
    /// This character.
    case character(UInt32)
    /// A character of a kind that begins no edge of an excluded class; the place in ``exclusions``, or -1.
    case run(RunKind, exclusion: Int)
    /// An edge; the place in ``edgeTests``.
    case edge(Int)
    /// The end of the sentence.
    case end
  }

  /// What an edge has to be.
  struct EdgeTest: Hashable, Sendable {
    /// For each class, whether it will do.
    let classes: [Bool]
    let conditions: EdgeConditions?
    /// The classes of which none may begin where it begins: the place in ``exclusions``, or -1.
    let barrier: Int
  }

  private(set) var tests: [Test] = []
  private(set) var edgeTests: [EdgeTest] = []
  private(set) var exclusions: [[Bool]] = []
  /// For each state, the number of its test.
  private(set) var testOfState: [Int32] = []
  /// The states of all tests, those of a test side by side in ascending order.
  private(set) var testStates: [Int32] = []
  private var testStarts: [Int32] = []
  /// For each state, its pattern.
  private(set) var patternOfState: [Int32] = []
  /// For each state, whether its pattern may end behind it.
  private(set) var isLast: [Bool] = []
  /// For each state, whether its pattern may begin with it.
  private(set) var isFirst: [Bool] = []
  /// For each state, the states that may come next.
  private var follow: [[Int32]] = []
  /// The states that may come before another one, those before one side by side.
  private(set) var before: [Int32] = []
  private var beforeStarts: [Int32] = []
  /// For each pattern what is told where it begins: the number of its rule, or of the pattern that rules ask for
  /// around or in a match; ``silent`` for what a rule looks ahead by.
  private(set) var ruleOfPattern: [Int32] = []
  static let silent: Int32 = -1
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
  /// For each test, the exclusion before which it fails, or -1.
  private(set) var barriers: [Int32] = []

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

  /// Adds the pattern of a rule with what it looks ahead for. `table` gives, for each class, whether it is one of
  /// the named ones or below.
  mutating func add(_ rule: RuleSyntax, number: Int, table: ([ClassName]) -> [Bool]) {
    let owner = Int32(ruleOfPattern.count)
    let barrier = rule.barriers.isEmpty ? -1 : index(of: table(rule.barriers))
    _ = add(rule.pattern ?? .sequence([]), rule: Int32(number), barrier: barrier, table)
    for condition in rule.conditions {
      guard case .before = condition.kind else { continue }
      let ahead = Int32(ruleOfPattern.count)
      let part = add(condition.pattern, rule: Self.silent, barrier: -1, table)
      // Nothing is always there; and what says too often that something is there must not forbid.
      if !part.canBeEmpty, !condition.negated || part.isExact {
        conditions.append(Condition(owner: owner, pattern: ahead, negated: condition.negated))
      }
    }
  }

  /// Adds a pattern that rules ask for around or in a match, by its number.
  mutating func add(watched pattern: PatternSyntax, number: Int, table: ([ClassName]) -> [Bool]) {
    _ = add(pattern, rule: Int32(number), barrier: -1, table)
  }

  /// Builds the indexes, once all rules are there.
  mutating func finish(classCount: Int) {
    var statesOfTest: [[Int32]] = tests.map { _ in [] }
    for (state, test) in testOfState.enumerated() { statesOfTest[Int(test)].append(Int32(state)) }
    (testStates, testStarts) = Self.flat(statesOfTest)
    var previous: [[Int32]] = follow.map { _ in [] }
    for (state, next) in follow.enumerated() {
      for next in next { previous[Int(next)].append(Int32(state)) }
    }
    (before, beforeStarts) = Self.flat(previous)
    follow = []
    plainTests = [[Int32]](repeating: [], count: classCount)
    conditionalTests = plainTests
    exclusionsOfClass = plainTests
    barriers = [Int32](repeating: -1, count: tests.count)
    for (number, test) in tests.enumerated() {
      switch test {
      case .edge(let index):
        let edge = edgeTests[index]
        barriers[number] = Int32(edge.barrier)
        for category in 0..<classCount where edge.classes[category] {
          if edge.conditions == nil {
            plainTests[category].append(Int32(number))
          } else {
            conditionalTests[category].append(Int32(number))
          }
        }
      case .run, .character: characterTests.append(Int32(number))
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

  /// Lists one behind the other, and where each begins, with the end of the last one.
  private static func flat(_ lists: [[Int32]]) -> (all: [Int32], starts: [Int32]) {
    let starts = lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
    return (lists.flatMap { $0 }, starts)
  }

  /// The places in ``testStates`` of the states of a test.
  @inline(__always)
  func states(ofTest test: Int32) -> Range<Int> {
    Int(testStarts[Int(test)])..<Int(testStarts[Int(test) + 1])
  }

  /// The places in ``before`` of the states that may come before one.
  @inline(__always)
  func states(before state: Int32) -> Range<Int> {
    Int(beforeStarts[Int(state)])..<Int(beforeStarts[Int(state) + 1])
  }

  /// For each class, whether no edge of it means anything to any pattern.
  var ignoredClasses: [Bool] {
    plainTests.indices.map {
      plainTests[$0].isEmpty && conditionalTests[$0].isEmpty && exclusionsOfClass[$0].isEmpty
    }
  }

  // MARK: Construction

  private mutating func add(
    _ pattern: PatternSyntax, rule: Int32, barrier: Int, _ table: ([ClassName]) -> [Bool]
  ) -> Part {
    let number = Int32(ruleOfPattern.count)
    ruleOfPattern.append(rule)
    let part = self.part(pattern, of: number, barrier: barrier, table)
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
    _ pattern: PatternSyntax, of number: Int32, barrier: Int, _ table: ([ClassName]) -> [Bool]
  ) -> Part {
    switch pattern {
    case .literal(let characters):
      return characters.reduce(Part(canBeEmpty: true)) {
        join($0, state(.character($1), of: number))
      }
    case .edge(let edge):
      let test = EdgeTest(
        classes: table([edge.name]), conditions: EdgeConditions(edge, table: table),
        barrier: barrier)
      return state(.edge(index(of: test)), of: number)
    case .run(let minimum, let maximum, let kind, let excluding):
      guard maximum > 0 else { return Part(canBeEmpty: true) }
      let exclusion = excluding.isEmpty ? -1 : index(of: table(excluding))
      var run = state(.run(kind, exclusion: exclusion), of: number)
      run.isExact = maximum == 1
      run.canBeEmpty = minimum == 0
      if maximum > 1 { connect(run.last, run.first) }
      return run
    case .gap(let width):
      guard width > 0 else { return Part(canBeEmpty: true) }
      var gap = state(.run(.any, exclusion: barrier), of: number)
      connect(gap.last, gap.first)
      gap.canBeEmpty = true
      gap.isExact = false
      return gap
    case .sequence(let items):
      return items.reduce(Part(canBeEmpty: true)) {
        join($0, part($1, of: number, barrier: barrier, table))
      }
    case .choice(let choices):
      var all = Part(canBeEmpty: false)
      for choice in choices {
        let one = part(choice, of: number, barrier: barrier, table)
        all.canBeEmpty = all.canBeEmpty || one.canBeEmpty
        all.first += one.first
        all.last += one.last
        all.isExact = all.isExact && one.isExact
      }
      return all
    case .repeated(let item, let minimum, let maximum):
      if maximum == 0 { return Part(canBeEmpty: true) }
      var one = part(item, of: number, barrier: barrier, table)
      if maximum != 1 { connect(one.last, one.first) }
      one.isExact = one.isExact && minimum <= 1 && (maximum == nil || maximum == 1)
      one.canBeEmpty = one.canBeEmpty || minimum == 0
      return one
    case .capture(_, let inner): return part(inner, of: number, barrier: barrier, table)
    case .start, .border, .column:
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
