internal import Annotations

/// Finds where the rules of a stage can match: one pass over the graph of a sentence for all of them.
///
/// It walks from the end of the sentence to its start. What is known at a position is the set of states of the
/// ``StageAutomaton`` from which an end can be reached there; it follows from the edges that start at the
/// position and the sets where they end. Sets have numbers, and what follows from a set and an edge is
/// remembered, as the states of a lazy automaton are (RE2, hyperscan's predecessors; Thompson, Commun.
/// ACM 11, 1968): after some text each edge costs a look-up or two, however many rules there are.
///
/// Backwards, because what a rule looks ahead for is then known where the rule ends.
///
/// - Complexity: O(edges + characters) look-ups. A look-up that is new costs O(states that its letter takes).
///   When the sets are full they are emptied and made anew.
struct StageScanner: Sendable {
  private let automaton: StageAutomaton

  /// A letter is a set of tests that an edge or a character passes together; 0 passes none.
  private var letters: [[Int32]] = [[]]
  private var letterNumbers: [[Int32]: Int32] = [[]: 0]
  /// Letter and exclusions → what of the letter stands before such a barrier.
  private var barred = KeyedNumbers()
  /// Letter and test → letter.
  private var extended = KeyedNumbers()
  /// For each class, what an edge of it means to the stage.
  private var meanings: [Meaning] = []
  /// The tests that edges pass one by one.
  private var conditions: [Condition] = []
  /// For each class, the tables of classes that have it, as bits: what stands over the characters of an edge is
  /// looked through once for all conditions.
  private var tablesOfClass: [UInt64]
  /// The tables, by their bits.
  private var tables: [[Bool]: UInt64] = [:]

  /// A test with its number among all tests.
  private struct Condition {
    let number: Int32
    let test: EdgeConditions
    /// The tables of which edges have to be there, and those of which none may be; nil where there are too many
    /// tables, and the test has to look for itself.
    let bits: (required: UInt64, excluded: UInt64)?
  }

  /// What an edge of a class means.
  private struct Meaning {
    /// The letter, as far as the class says it.
    let letter: Int32
    /// The places in `conditions` of what is asked besides.
    let conditions: Range<Int32>
    /// Whether that is asked of nothing but the edge.
    let asksOnlyEdge: Bool
    /// Whether what an edge passes follows from its features and the tables that stand over its characters.
    let isRemembered: Bool
    /// Whether some of it is asked of the features of the edge.
    let asksFeatures: Bool
    /// Whether it can stop a run of characters or a rule.
    let excludes: Bool
  }

  /// So many tables have bits; a key has room for them and for the number of a feature set.
  private static let mostTables = 48

  /// A class, and those of its conditions whose features an edge has, as bits.
  private struct FeatureSet: Hashable {
    let category: UInt16
    let passed: Int32
  }

  private var featureSets: [FeatureSet] = []
  private var featureSetNumbers: [FeatureSet: Int32] = [:]
  /// For each class whose conditions ask for no features, its feature set; -1 when not yet known.
  private var numberOfClass: [Int32]
  /// Class and lexicon row → feature set.
  private var numberOfSense = KeyedNumbers()
  /// Feature set and what else stands there → letter.
  private var letterOfCover = KeyedNumbers()
  /// Sets of exclusions, by number, as letters are.
  private var exclusions: [[Int32]] = [[]]
  private var exclusionNumbers: [[Int32]: Int32] = [[]: 0]
  private var exclusionsWith = KeyedNumbers()
  /// A bit for each character of the basic plane: whether a rule names it.
  private var named = [UInt64](repeating: 0, count: 0x1_0000 / 64)
  /// Han, digit, Latin letter, other: the letter of such a character that no rule names; -1 when not yet known.
  private var letterOfKind: [Int32] = [-1, -1, -1, -1]
  /// Character and exclusions → letter.
  private var letterOfCharacter = KeyedNumbers()
  private let endLetter: Int32

  private var sets = StateSets()
  /// Set and letter → the states that this letter leads from into the set.
  private var steps = KeyedNumbers()
  /// For each letter, the step into the empty set; -1 when not yet known.
  private var lastSteps: [Int32] = [-1]
  /// Two sets → their union.
  private var unions = KeyedNumbers()
  /// For each set, where the rules that can begin there stand in `rules`.
  private var ruleStarts: [Int32] = [0, 0]
  private var rules: [Int32] = []
  /// For each set, the rules that must not end there because of what follows, in `blocked`.
  private var blockedStarts: [Int32] = [0]
  private var blocked: [Int32] = []
  private var stamps: [Int]
  private var patternStamps: [Int]
  private var stamp = 1

  /// The edges of one position that mean something: their letters, and the sets where they end.
  private var here: [(letter: Int32, end: Int32)] = []
  /// For each position of the sentence, its set.
  private var known: [Int32] = []

  /// A rule or a watched pattern, and where it can match.
  struct Start: Sendable {
    let rule: Int32
    let position: Int32
  }

  /// The places of the last sentence at which rules can match, the last one first.
  private(set) var starts: [Start] = []

  /// How often the sets were full and had to be made anew.
  private(set) var flushCount = 0

  /// So much is remembered at most: states in all sets, and look-ups. Then it is forgotten and found anew.
  private let limit: Int

  /// A scanner of a stage, which remembers half a million states at most, 2 MB, and as many look-ups, 16 MB.
  init(_ automaton: StageAutomaton, limit: Int = 1 << 19) {
    self.automaton = automaton
    self.limit = limit
    stamps = [Int](repeating: 0, count: automaton.testOfState.count)
    patternStamps = [Int](repeating: 0, count: automaton.ruleOfPattern.count)
    tablesOfClass = [UInt64](repeating: 0, count: automaton.plainTests.count)
    numberOfClass = [Int32](repeating: -1, count: automaton.plainTests.count)
    let endTest = automaton.tests.firstIndex(of: .end)
    endLetter = endTest == nil ? 0 : 1
    if let endTest { _ = letter(of: [Int32(endTest)]) }
    for category in automaton.plainTests.indices {
      let first = conditions.count
      for number in automaton.conditionalTests[category] {
        guard case .edge(let index) = automaton.tests[Int(number)],
          let test = automaton.edgeTests[index].conditions
        else { continue }
        conditions.append(Condition(number: number, test: test, bits: bits(of: test)))
      }
      meanings.append(
        Meaning(
          letter: letter(of: automaton.plainTests[category]),
          conditions: Int32(first)..<Int32(conditions.count),
          asksOnlyEdge: conditions[first...].allSatisfy(\.test.asksOnlyEdge),
          isRemembered: conditions.count - first < Int32.bitWidth
            && conditions[first...].allSatisfy { $0.bits != nil },
          asksFeatures: conditions[first...].contains { !$0.test.features.isEmpty },
          excludes: !automaton.exclusionsOfClass[category].isEmpty))
    }
    for case .character(let character) in automaton.tests where character < 0x1_0000 {
      named[Int(character >> 6)] |= 1 << UInt64(character & 63)
    }
    block()
  }

  /// Finds out, for each position of a sentence, which rules can match there: ``starts``.
  mutating func scan(_ view: borrowing GraphView, features: borrowing some FeatureSource) {
    starts.removeAll(keepingCapacity: true)
    // A key has room for the number of a feature set.
    if letters.count > limit / 8 || featureSets.count > 1 << 15 { reset() }
    let count = view.end - view.start
    known.removeAll(keepingCapacity: true)
    known.append(contentsOf: repeatElement(0, count: count + 1))
    // The end of the sentence is taken without a character, once or again: "$" "$".
    var atEnd: Int32 = 0
    while endLetter != 0 {
      let more = union(atEnd, step(atEnd, endLetter))
      if more == atEnd { break }
      atEnd = more
    }
    known[count] = atEnd
    var longest: Int?
    var index = count - 1
    while index >= 0 {
      if isFull {
        let reach = longest ?? view.edges.reduce(1) { max($0, $1.range.count) }
        longest = reach
        flush(from: index + 1, to: min(count, index + reach))
      }
      // Where the edges lead, and what they say of the position: which runs and rules must not pass it.
      var exclusion: Int32 = 0
      var set: Int32 = 0
      here.removeAll(keepingCapacity: true)
      var edge = view.heads[index]
      while edge >= 0 {
        let candidate = view.edges[Int(edge)]
        edge = view.links[Int(edge)]
        let meaning = meanings[candidate.category.index]
        if meaning.excludes { exclusion = add(candidate.category.index, to: exclusion) }
        let letter =
          meaning.conditions.isEmpty
          ? meaning.letter : self.letter(of: candidate, meaning, view, features)
        if letter != 0 { here.append((letter, known[index + candidate.range.count])) }
      }
      let ofCharacter = letter(of: view.text[view.start + index], exclusion)
      if ofCharacter != 0 { set = step(known[index + 1], ofCharacter) }
      for (letter, end) in here {
        let reached = step(end, exclusion == 0 ? letter : bar(letter, exclusion))
        if reached != 0 { set = set == 0 ? reached : union(set, reached) }
      }
      known[index] = set
      if set != 0 {
        var place = Int(ruleStarts[Int(set) + 1])
        while place > Int(ruleStarts[Int(set)]) {
          place -= 1
          starts.append(Start(rule: rules[place], position: Int32(view.start + index)))
        }
      }
      index -= 1
    }
  }

  // MARK: Letters

  private mutating func letter(of tests: [Int32]) -> Int32 {
    if let known = letterNumbers[tests] { return known }
    let number = Int32(letters.count)
    letters.append(tests)
    lastSteps.append(-1)
    letterNumbers[tests] = number
    return number
  }

  /// The letter that passes one test more.
  private mutating func extend(_ letter: Int32, by test: Int32) -> Int32 {
    let key = UInt64(letter) << 32 | UInt64(test)
    let known = extended.find(key)
    if known >= 0 { return known }
    let wider = self.letter(of: (letters[Int(letter)] + [test]).sorted())
    extended.add(key, wider)
    return wider
  }

  private mutating func bar(_ letter: Int32, _ exclusion: Int32) -> Int32 {
    let key = UInt64(letter) << 32 | UInt64(exclusion)
    let known = barred.find(key)
    if known >= 0 { return known }
    let here = exclusions[Int(exclusion)]
    let left = self.letter(
      of: letters[Int(letter)].filter { !here.contains(automaton.barriers[Int($0)]) })
    barred.add(key, left)
    return left
  }

  /// The letter of an edge of a class with conditions: its class and features have a number, and this and what
  /// else stands over its characters have a letter.
  private mutating func letter(
    of edge: Edge, _ meaning: Meaning, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) -> Int32 {
    var cover: UInt64 = 0
    if !meaning.asksOnlyEdge {
      var other = view.heads[edge.range.start - view.start]
      while other >= 0 {
        let candidate = view.edges[Int(other)]
        if candidate.range == edge.range { cover |= tablesOfClass[candidate.category.index] }
        other = view.links[Int(other)]
      }
    }
    guard meaning.isRemembered else { return findLetter(of: edge, meaning, view, features) }
    let number = featureNumber(of: edge, meaning, features)
    let key = UInt64(number) << UInt64(Self.mostTables) | cover
    let known = letterOfCover.find(key)
    if known >= 0 { return known }
    var letter = meaning.letter
    let passed = featureSets[Int(number)].passed
    for (place, index) in meaning.conditions.enumerated() where passed >> Int32(place) & 1 == 1 {
      let condition = conditions[Int(index)]
      if let bits = condition.bits, cover & bits.required == bits.required,
        cover & bits.excluded == 0
      {
        letter = extend(letter, by: condition.number)
      }
    }
    if letterOfCover.count > limit / 4 { letterOfCover.removeAll() }
    letterOfCover.add(key, letter)
    return letter
  }

  /// The number of an edge's class and of the conditions whose features it has; of a lexicon row it is remembered.
  private mutating func featureNumber(
    of edge: Edge, _ meaning: Meaning, _ features: borrowing some FeatureSource
  ) -> Int32 {
    let category = edge.category.index
    if !meaning.asksFeatures, numberOfClass[category] >= 0 { return numberOfClass[category] }
    var key: UInt64?
    if meaning.asksFeatures, case .sense(let row) = edge.payload {
      let here = UInt64(edge.category.rawValue) << 32 | UInt64(UInt32(bitPattern: row))
      let known = numberOfSense.find(here)
      if known >= 0 { return known }
      key = here
    }
    var passed: Int32 = 0
    for (place, index) in meaning.conditions.enumerated()
    where conditions[Int(index)].test.holdsFeatures(for: edge, features: features) {
      passed |= 1 << Int32(place)
    }
    let set = FeatureSet(category: edge.category.rawValue, passed: passed)
    let number: Int32
    if let known = featureSetNumbers[set] {
      number = known
    } else {
      number = Int32(featureSets.count)
      featureSets.append(set)
      featureSetNumbers[set] = number
    }
    if !meaning.asksFeatures { numberOfClass[category] = number }
    if let key {
      if numberOfSense.count > limit / 4 { numberOfSense.removeAll() }
      numberOfSense.add(key, number)
    }
    return number
  }

  /// The same without anything remembered, where there are too many conditions or tables.
  private mutating func findLetter(
    of edge: Edge, _ meaning: Meaning, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) -> Int32 {
    var letter = meaning.letter
    for index in meaning.conditions {
      let condition = conditions[Int(index)]
      if condition.test.hold(for: edge, in: view, features: features) {
        letter = extend(letter, by: condition.number)
      }
    }
    return letter
  }

  /// The bits of the tables that a test asks for, as long as there are some left.
  private mutating func bits(of test: EdgeConditions) -> (required: UInt64, excluded: UInt64)? {
    func bit(_ table: [Bool]) -> UInt64? {
      if let known = tables[table] { return known }
      guard tables.count < Self.mostTables else { return nil }
      let bit: UInt64 = 1 << UInt64(tables.count)
      tables[table] = bit
      for (category, isMember) in table.enumerated() where isMember {
        tablesOfClass[category] |= bit
      }
      return bit
    }
    var required: UInt64 = 0
    for table in test.required {
      guard let bit = bit(table) else { return nil }
      required |= bit
    }
    guard let table = test.excluded else { return (required, 0) }
    return bit(table).map { (required, $0) }
  }

  private mutating func add(_ category: Int, to exclusion: Int32) -> Int32 {
    let key = UInt64(exclusion) << 32 | UInt64(category)
    let known = exclusionsWith.find(key)
    if known >= 0 { return known }
    let all = Set(exclusions[Int(exclusion)] + automaton.exclusionsOfClass[category]).sorted()
    let number =
      exclusionNumbers[all]
      ?? {
        exclusions.append(all)
        exclusionNumbers[all] = Int32(exclusions.count - 1)
        return Int32(exclusions.count - 1)
      }()
    exclusionsWith.add(key, number)
    return number
  }

  private mutating func letter(of character: UInt32, _ exclusion: Int32) -> Int32 {
    // A character that no rule names is one of its kind; most are, and their letters are at hand.
    var key = UInt64(character)
    if !isNamed(character) {
      let kind = Self.kind(of: character)
      if exclusion == 0, letterOfKind[kind] >= 0 { return letterOfKind[kind] }
      key = UInt64(0x11_0000 + kind)
    }
    key |= UInt64(exclusion) << 32
    let known = letterOfCharacter.find(key)
    return known >= 0 ? known : findLetter(of: character, exclusion, key)
  }

  /// Whether a rule names a character; beyond the basic plane each counts as named.
  @inline(__always)
  private func isNamed(_ character: UInt32) -> Bool {
    character >= 0x1_0000 || named[Int(character >> 6)] >> (character & 63) & 1 == 1
  }

  private static func kind(of character: UInt32) -> Int {
    RunKind.han.contains(character)
      ? 0 : RunKind.digit.contains(character) ? 1 : RunKind.latin.contains(character) ? 2 : 3
  }

  private mutating func findLetter(
    of character: UInt32, _ exclusion: Int32, _ key: UInt64
  ) -> Int32 {
    let passed = automaton.characterTests.filter { test in
      switch automaton.tests[Int(test)] {
      case .character(let wanted): wanted == character
      case .run(let kind, let excluded):
        kind.contains(character) && !exclusions[Int(exclusion)].contains(Int32(excluded))
      case .edge, .end: false
      }
    }
    let letter = self.letter(of: passed)
    if letterOfCharacter.count > limit / 4 { letterOfCharacter.removeAll() }
    letterOfCharacter.add(key, letter)
    if exclusion == 0, !isNamed(character) { letterOfKind[Self.kind(of: character)] = letter }
    return letter
  }

  // MARK: Sets

  /// The states that a letter leads from into a set, or behind which a pattern ends there.
  @inline(__always)
  private mutating func step(_ set: Int32, _ letter: Int32) -> Int32 {
    if set == 0 {
      // Behind most characters nothing can begin.
      let known = lastSteps[Int(letter)]
      if known >= 0 { return known }
    }
    let known = steps.find(UInt64(set) << 32 | UInt64(letter))
    return known >= 0 ? known : findStep(set, letter)
  }

  private mutating func findStep(_ set: Int32, _ letter: Int32) -> Int32 {
    let key = UInt64(set) << 32 | UInt64(letter)
    stamp += 1
    for place in sets.range(set) { stamps[Int(sets[place])] = stamp }
    for place in Int(blockedStarts[Int(set)])..<Int(blockedStarts[Int(set) + 1]) {
      patternStamps[Int(blocked[place])] = stamp
    }
    var reached: [Int32] = []
    for test in letters[Int(letter)] {
      for state in automaton.statesOfTest[Int(test)] {
        let ends =
          automaton.isLast[Int(state)]
          && patternStamps[Int(automaton.patternOfState[Int(state)])] != stamp
        if ends || automaton.follow[Int(state)].contains(where: { stamps[Int($0)] == stamp }) {
          reached.append(state)
        }
      }
    }
    reached.sort()
    let number = self.number(reached)
    steps.add(key, number)
    if set == 0 { lastSteps[Int(letter)] = number }
    return number
  }

  private mutating func union(_ left: Int32, _ right: Int32) -> Int32 {
    if left == 0 || left == right { return right }
    let key = UInt64(left) << 32 | UInt64(right)
    let known = unions.find(key)
    if known >= 0 { return known }
    var all = sets.states(left) + sets.states(right)
    all.sort()
    var last: Int32 = -1
    all.removeAll { state in
      defer { last = state }
      return state == last
    }
    let number = self.number(all)
    unions.add(key, number)
    return number
  }

  /// The number of a set; of a new one, what begins there and what must not end there is found out.
  private mutating func number(_ states: [Int32]) -> Int32 {
    let count = sets.count
    let number = sets.number(states)
    guard sets.count > count else { return number }
    stamp += 1
    var last = StageAutomaton.silent
    for state in states where automaton.isFirst[Int(state)] {
      let pattern = automaton.patternOfState[Int(state)]
      patternStamps[Int(pattern)] = stamp
      let rule = automaton.ruleOfPattern[Int(pattern)]
      if rule != StageAutomaton.silent, rule != last {
        rules.append(rule)
        last = rule
      }
    }
    ruleStarts.append(Int32(rules.count))
    block()
    return number
  }

  /// Notes the patterns of rules that must not end where the patterns of this stamp begin.
  private mutating func block() {
    for condition in automaton.conditions {
      if (patternStamps[Int(condition.pattern)] == stamp) == condition.negated {
        blocked.append(condition.owner)
      }
    }
    blockedStarts.append(Int32(blocked.count))
  }

  private var isFull: Bool {
    sets.stateCount + rules.count + blocked.count > limit || sets.count > limit / 8
      || steps.count + unions.count > limit
  }

  /// Forgets all sets but those of the positions from `first` to `last`, which may still be asked for.
  private mutating func flush(from first: Int, to last: Int) {
    flushCount += 1
    let standing = (first...max(first, last)).map { sets.states(known[$0]) }
    removeSets()
    for (offset, states) in standing.enumerated() { known[first + offset] = number(states) }
  }

  private mutating func removeSets() {
    sets.removeAll()
    steps.removeAll()
    for letter in lastSteps.indices { lastSteps[letter] = -1 }
    unions.removeAll()
    rules.removeAll(keepingCapacity: true)
    ruleStarts = [0, 0]
    blocked.removeAll(keepingCapacity: true)
    blockedStarts = [0]
    stamp += 1
    block()
  }

  /// Forgets everything that was learned from texts.
  private mutating func reset() {
    let flushes = flushCount + 1
    self = StageScanner(automaton, limit: limit)
    flushCount = flushes
  }
}
