internal import Annotations

/// Finds where the rules of a stage can match: one pass over the graph of a sentence for all of them.
///
/// It walks from the end of the sentence to its start. What is known at a position is the set of states of the
/// ``StageAutomaton`` from which an end can be reached there; it follows from the spans that start at the
/// position and the sets where they end. Sets have numbers, and what follows from a set and what stands over a
/// span is remembered, as the states of a lazy automaton are (RE2, hyperscan's predecessors; Thompson, Commun.
/// ACM 11, 1968): after some text each span costs a look-up or two, however many rules and edges there are.
///
/// Backwards, because what a rule looks ahead for is then known where the rule ends.
///
/// - Complexity: O(spans + characters) look-ups. A look-up that is new costs O(states that its letter takes).
///   When the sets are full they are emptied and made anew.
struct StageScanner: Sendable {
  private let automaton: StageAutomaton

  /// A letter is a set of tests that a character or the edges over a span pass together; 0 passes none.
  private var letters = NumberLists()
  /// Letter and test → letter.
  private var extended = KeyedNumbers()
  /// For each exclusion and letter, what of the letter stands before such a barrier; -1 when not yet known. A row
  /// for each exclusion, as long as there is room for letters.
  private var barred: [Int32] = []
  private var barredWidth = 64
  /// For each class, what an edge of it means to the stage.
  private var meanings: [Meaning] = []
  /// The tests that edges pass one by one.
  private var conditions: [Condition] = []

  /// A test with its number among all tests.
  private struct Condition {
    let number: Int32
    let test: EdgeConditions
  }

  /// What an edge of a class means.
  private struct Meaning {
    /// The letter, as far as the class says it.
    let letter: Int32
    /// The places in `conditions` of what is asked besides.
    let conditions: Range<Int32>
    /// Whether it excludes something.
    let excludes: Bool

    /// Whether it means nothing, and excludes nothing.
    var isNothing: Bool { letter == 0 && conditions.isEmpty && !excludes }
  }

  /// For each sign its meaning, packed, since there are many and each look-up is a line of the cache.
  private var signs: [UInt32] = []
  /// The bit of ``SentenceSpans`` that says that a sign means nothing here.
  private let reader: UInt64
  /// The epoch of the signs.
  private var epoch = 0
  /// Sets of exclusions, by number, as letters are.
  private var exclusions = NumberLists()
  /// Two sets of exclusions → their union.
  private var exclusionUnions = KeyedNumbers()
  /// A bit for each character of the basic plane: whether a rule names it.
  private var named = [UInt64](repeating: 0, count: 0x1_0000 / 64)
  /// For each exclusion, the letters of characters that no rule names, by what they are to a run; -1 when not yet
  /// known.
  private var letterOfKind: [Int32] = [-1, -1, -1, -1]
  /// Character and exclusions → letter.
  private var letterOfCharacter = PackedNumbers()
  private let endLetter: Int32

  private var sets = NumberLists()
  /// Set and letter → the states that this letter leads from into the set.
  private var steps = PackedNumbers()
  /// For each letter, the step into the empty set; -1 when not yet known.
  private var lastSteps: [Int32] = [-1]
  /// For each letter, bits of its tests.
  private var letterBits: [UInt64] = [0]
  /// For each set, bits of the tests that lead into it, and of those by which patterns end that may end before it and not
  /// before the empty set, or the other way round. A letter that has none of the bits leads where it leads before the empty
  /// set.
  private var wantedBits: [UInt64] = [0]
  /// For each pattern, bits of the tests by which it ends, and for each state, of those that lead into it.
  private var lastBits: [UInt64]
  private let leadingBits: [UInt64]
  /// For each condition, whether its pattern must not end before the empty set.
  private var blockedBeforeNothing: [Bool] = []
  /// Two sets → their union.
  private var unions = PackedNumbers()
  /// For each set, where the rules that can begin there stand in `rules`.
  private var ruleStarts: [Int32] = [0, 0]
  private var rules: [Int32] = []
  /// For each set, the rules that must not end there because of what follows, in `blocked`.
  private var blockedStarts: [Int32] = [0]
  private var blocked: [Int32] = []
  private var stamps: [Int]
  private var patternStamps: [Int]
  private var stamp = 1
  /// What is being put together: members of a new set, and of a set of exclusions.
  private var scratch: [Int32] = []
  private var scratchExclusions: [Int32] = []

  /// A span of the sentence that means something: its letter, and the next one that begins at the same position, or -1.
  private struct Item {
    let letter: Int32
    let end: Int32
    let next: Int32
  }

  private var items: [Item] = []
  /// For each position of the sentence, the first of its items, or -1.
  private var firstItem: [Int32] = []
  /// For each position of the sentence, what the edges that begin there exclude.
  private var excluded: [Int32] = []
  /// For each position of the sentence, its set.
  private var known: [Int32] = []

  /// A rule, or a pattern that rules ask for, and where it can match.
  struct Start: Sendable {
    let rule: Int32
    let position: Int32
  }

  /// The places of the last sentence at which rules can match, the last one first.
  private(set) var starts: [Start] = []

  /// Whether there is no room for more sets and look-ups.
  private var isFull = false
  /// How often the sets were full and had to be made anew.
  private(set) var flushCount = 0

  /// So much is remembered at most: states in all sets, and look-ups. Then it is forgotten and found anew.
  private let limit: Int

  /// A scanner of a stage, which remembers half a million states at most, 2 MB, and as many look-ups, 8 MB.
  init(_ automaton: StageAutomaton, reader: UInt64, limit: Int = 1 << 19) {
    self.automaton = automaton
    self.reader = reader
    self.limit = limit
    stamps = [Int](repeating: 0, count: automaton.testOfState.count)
    patternStamps = [Int](repeating: 0, count: automaton.ruleOfPattern.count)
    lastBits = [UInt64](repeating: 0, count: automaton.ruleOfPattern.count)
    for (state, test) in automaton.testOfState.enumerated() where automaton.isLast[state] {
      lastBits[Int(automaton.patternOfState[state])] |= TestBits.bit(of: test)
    }
    leadingBits = automaton.testOfState.indices.map { state in
      automaton.states(before: Int32(state)).reduce(0) {
        $0 | TestBits.bit(of: automaton.testOfState[Int(automaton.before[$1])])
      }
    }
    let endTest = automaton.tests.firstIndex(of: .end)
    endLetter = endTest == nil ? 0 : 1
    if let endTest { _ = letter(of: [Int32(endTest)]) }
    for category in automaton.plainTests.indices {
      let first = conditions.count
      for number in automaton.conditionalTests[category] {
        guard case .edge(let index) = automaton.tests[Int(number)],
          let test = automaton.edgeTests[index].conditions
        else { continue }
        conditions.append(Condition(number: number, test: test))
      }
      let letter = letter(of: automaton.plainTests[category])
      meanings.append(
        Meaning(
          letter: letter, conditions: Int32(first)..<Int32(conditions.count),
          excludes: !automaton.exclusionsOfClass[category].isEmpty))
    }
    for case .character(let character) in automaton.tests where character < 0x1_0000 {
      named[Int(character >> 6)] |= 1 << UInt64(character & 63)
    }
    block()
  }

  /// Finds out, for each position of a sentence, which rules can match there: ``starts``. `spans` are those of the
  /// same graph, and the same ones in all calls.
  mutating func scan(
    _ view: borrowing GraphView, _ spans: inout SentenceSpans,
    features: borrowing some FeatureSource
  ) {
    starts.removeAll(keepingCapacity: true)
    if letters.count > limit / 8 || exclusions.count > limit / 8 || barred.count > limit * 4 {
      reset()
    }
    read(&spans, view, features)
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
      let exclusion = excluded[index]
      var set: Int32 = 0
      let ofCharacter = letter(
        of: view.text[view.start + index], kind: spans.kinds[index], exclusion)
      if ofCharacter != 0 { set = step(known[index + 1], ofCharacter) }
      var place = firstItem[index]
      while place >= 0 {
        let item = items[Int(place)]
        place = item.next
        let reached = step(
          known[Int(item.end)], exclusion == 0 ? item.letter : bar(item.letter, exclusion))
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
    let number = letters.number(tests)
    if Int(number) == lastSteps.count {
      lastSteps.append(-1)
      letterBits.append(tests.reduce(0) { $0 | TestBits.bit(of: $1) })
    }
    return number
  }

  /// The letter that passes one test more.
  private mutating func extend(_ letter: Int32, by test: Int32) -> Int32 {
    let key = UInt64(letter) << 32 | UInt64(test)
    let known = extended.find(key)
    if known >= 0 { return known }
    var tests = letters.members(letter)
    NumberLists.add(test, to: &tests)
    let wider = self.letter(of: tests)
    extended.add(key, wider)
    return wider
  }

  @inline(__always)
  private mutating func bar(_ letter: Int32, _ exclusion: Int32) -> Int32 {
    let place = Int(exclusion) * barredWidth + Int(letter)
    if Int(letter) < barredWidth, place < barred.count, barred[place] >= 0 { return barred[place] }
    return findBarred(letter, exclusion)
  }

  private mutating func findBarred(_ letter: Int32, _ exclusion: Int32) -> Int32 {
    let left = self.letter(
      of: letters.members(letter).filter {
        !exclusions.has(exclusion, automaton.barriers[Int($0)])
      })
    if Int(letter) >= barredWidth {
      // What was known is found anew.
      while Int(letter) >= barredWidth { barredWidth *= 2 }
      barred.removeAll(keepingCapacity: true)
    }
    let end = (Int(exclusion) + 1) * barredWidth
    if barred.count < end {
      barred.append(contentsOf: repeatElement(-1, count: end - barred.count))
    }
    barred[Int(exclusion) * barredWidth + Int(letter)] = left
    return left
  }

  /// Finds the letters of all spans, and what their edges say of the positions: which runs and rules must not pass
  /// them. In a loop of its own, in which no look-up waits for another one.
  private mutating func read(
    _ spans: inout SentenceSpans, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) {
    if spans.epoch != epoch {
      signs.removeAll(keepingCapacity: true)
      epoch = spans.epoch
    }
    if signs.count < spans.signCount {
      let more = spans.signCount - signs.count
      signs.append(contentsOf: repeatElement(SignMeaning.unknown, count: more))
    }
    items.removeAll(keepingCapacity: true)
    firstItem.removeAll(keepingCapacity: true)
    firstItem.append(contentsOf: repeatElement(-1, count: spans.heads.count))
    excluded.removeAll(keepingCapacity: true)
    excluded.append(contentsOf: repeatElement(0, count: spans.heads.count))
    for place in spans.spans.indices {
      let span = spans.spans[place]
      if span.silent & reader != 0 { continue }
      let packed = signs[Int(span.sign)]
      let meaning =
        packed != SignMeaning.unknown
        ? SignMeaning(packed: packed) : learn(place, span, &spans, view, features)
      if meaning.exclusion != 0 {
        excluded[Int(span.start)] = join(excluded[Int(span.start)], meaning.exclusion)
      }
      let letter =
        meaning.isOpen
        ? open(meaning.letter, Int(span.start), Int(span.end), view, features) : meaning.letter
      if letter == 0 { continue }
      items.append(Item(letter: letter, end: span.end, next: firstItem[Int(span.start)]))
      firstItem[Int(span.start)] = Int32(items.count - 1)
    }
  }

  /// Finds out what a sign means, where it stands over a span.
  private mutating func learn(
    _ place: Int, _ span: SentenceSpans.Span, _ spans: inout SentenceSpans,
    _ view: borrowing GraphView, _ features: borrowing some FeatureSource
  ) -> SignMeaning {
    let meaning = meaning(ofSpan: Int(span.start), Int(span.end), view, features)
    signs[Int(span.sign)] = meaning.packed
    if meaning.letter == 0, meaning.exclusion == 0, !meaning.isOpen {
      spans.silence(place, for: reader)
    }
    return meaning
  }

  /// What the edges over a span mean, whose places count from the start of the sentence.
  private mutating func meaning(
    ofSpan start: Int, _ end: Int, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) -> SignMeaning {
    var (tests, excluded) = (scratch, scratchExclusions)
    (scratch, scratchExclusions) = ([], [])
    tests.removeAll(keepingCapacity: true)
    excluded.removeAll(keepingCapacity: true)
    var isOpen = false
    let range = TextRange(view.start + start, view.start + end)
    var number = view.edge(over: range, from: view.heads[start])
    while number >= 0 {
      let edge = view.edges[Int(number)]
      number = view.edge(over: range, from: view.links[Int(number)])
      let meaning = meanings[edge.category.index]
      if meaning.isNothing { continue }
      letters.add(meaning.letter, to: &tests)
      if meaning.excludes {
        for exclusion in automaton.exclusionsOfClass[edge.category.index] {
          NumberLists.add(exclusion, to: &excluded)
        }
      }
      for index in meaning.conditions {
        let condition = conditions[Int(index)]
        if Self.isOpen(condition, edge) {
          isOpen = true
        } else if condition.test.hold(for: edge, in: view, features: features) {
          NumberLists.add(condition.number, to: &tests)
        }
      }
    }
    let meaning = SignMeaning(
      letter: letter(of: tests), exclusion: exclusion(excluded), isOpen: isOpen)
    (scratch, scratchExclusions) = (tests, excluded)
    return meaning
  }

  /// Whether the answer to a condition does not follow from the sign: a feature of what is no word.
  private static func isOpen(_ condition: Condition, _ edge: Edge) -> Bool {
    if condition.test.features.isEmpty { return false }
    if case .sense = edge.payload { return false }
    return true
  }

  /// A letter with what a span passes besides that does not follow from its sign.
  private mutating func open(
    _ letter: Int32, _ start: Int, _ end: Int, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) -> Int32 {
    var letter = letter
    let range = TextRange(view.start + start, view.start + end)
    var number = view.edge(over: range, from: view.heads[start])
    while number >= 0 {
      let edge = view.edges[Int(number)]
      number = view.edge(over: range, from: view.links[Int(number)])
      for index in meanings[edge.category.index].conditions {
        let condition = conditions[Int(index)]
        if Self.isOpen(condition, edge),
          condition.test.hold(for: edge, in: view, features: features)
        {
          letter = extend(letter, by: condition.number)
        }
      }
    }
    return letter
  }

  /// The number of a set of exclusions.
  private mutating func exclusion(_ all: [Int32]) -> Int32 {
    let number = exclusions.number(all)
    if Int(number) * 4 == letterOfKind.count { letterOfKind += [-1, -1, -1, -1] }
    return number
  }

  private mutating func join(_ left: Int32, _ right: Int32) -> Int32 {
    if left == 0 || left == right { return right }
    let key = UInt64(left) << 32 | UInt64(right)
    let known = exclusionUnions.find(key)
    if known >= 0 { return known }
    var all = exclusions.members(left)
    exclusions.add(right, to: &all)
    let number = exclusion(all)
    exclusionUnions.add(key, number)
    return number
  }

  @inline(__always)
  private mutating func letter(of character: UInt32, kind: UInt8, _ exclusion: Int32) -> Int32 {
    // A character that no rule names is one of its kind; most are, and their letters are at hand.
    if !isNamed(character) {
      let known = letterOfKind[Int(exclusion) * 4 + Int(kind)]
      return known >= 0 ? known : findLetter(of: character, kind: kind, exclusion)
    }
    let known = letterOfCharacter.find(Self.key(exclusion, character))
    return known >= 0 ? known : findLetter(of: character, kind: kind, exclusion)
  }

  /// The key of an exclusion and a character, which has 21 bits.
  @inline(__always)
  private static func key(_ exclusion: Int32, _ character: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: exclusion)) << 21 | UInt64(character)
  }

  /// Whether a rule names a character; beyond the basic plane each counts as named.
  @inline(__always)
  private func isNamed(_ character: UInt32) -> Bool {
    character >= 0x1_0000 || named[Int(character >> 6)] >> (character & 63) & 1 == 1
  }

  private mutating func findLetter(
    of character: UInt32, kind: UInt8, _ exclusion: Int32
  ) -> Int32 {
    let passed = automaton.characterTests.filter { test in
      switch automaton.tests[Int(test)] {
      case .character(let wanted): wanted == character
      case .run(let kind, let excluded):
        kind.contains(character) && !exclusions.has(exclusion, Int32(excluded))
      case .edge, .end: false
      }
    }
    let letter = self.letter(of: passed)
    if isNamed(character) {
      if letterOfCharacter.count > limit / 4 { letterOfCharacter.removeAll() }
      letterOfCharacter.add(Self.key(exclusion, character), letter)
    } else {
      letterOfKind[Int(exclusion) * 4 + Int(kind)] = letter
    }
    return letter
  }

  // MARK: Sets

  /// The states that a letter leads from into a set, or behind which a pattern ends there.
  @inline(__always)
  private mutating func step(_ set: Int32, _ letter: Int32) -> Int32 {
    if wantedBits[Int(set)] & letterBits[Int(letter)] == 0 {
      // Behind most characters nothing can begin that this one leads to.
      let known = lastSteps[Int(letter)]
      return known >= 0 ? known : findStep(0, letter)
    }
    let known = steps.recall(PackedNumbers.key(set, letter))
    return known >= 0 ? known : findStep(set, letter)
  }

  private mutating func findStep(_ set: Int32, _ letter: Int32) -> Int32 {
    let key = PackedNumbers.key(set, letter)
    stamp += 1
    for place in sets.range(set) {
      for before in automaton.states(before: sets[place]) {
        stamps[Int(automaton.before[before])] = stamp
      }
    }
    for place in Int(blockedStarts[Int(set)])..<Int(blockedStarts[Int(set) + 1]) {
      patternStamps[Int(blocked[place])] = stamp
    }
    var reached = scratch
    scratch = []
    reached.removeAll(keepingCapacity: true)
    for test in letters.range(letter) {
      for place in automaton.states(ofTest: letters[test]) {
        let state = automaton.testStates[place]
        if stamps[Int(state)] == stamp
          || automaton.isLast[Int(state)]
            && patternStamps[Int(automaton.patternOfState[Int(state)])] != stamp
        {
          reached.append(state)
        }
      }
    }
    reached.sort()
    let number = self.number(reached)
    scratch = reached
    if set == 0 {
      lastSteps[Int(letter)] = number
    } else {
      steps.add(key, number)
      noteRoom()
    }
    return number
  }

  private mutating func union(_ left: Int32, _ right: Int32) -> Int32 {
    if left == 0 || left == right { return right }
    let key = PackedNumbers.key(left, right)
    let known = unions.find(key)
    if known >= 0 { return known }
    var all = scratch
    scratch = []
    all.removeAll(keepingCapacity: true)
    sets.merge(left, right, into: &all)
    let number = self.number(all)
    scratch = all
    unions.add(key, number)
    noteRoom()
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
    wantedBits.append(states.reduce(block()) { $0 | leadingBits[Int($1)] })
    noteRoom()
    return number
  }

  /// Notes the patterns of rules that must not end where the patterns of this stamp begin, and gives bits of the tests by which
  /// those end of which the empty set says otherwise; the first set is the empty one.
  @discardableResult
  private mutating func block() -> UInt64 {
    let isFirst = blockedBeforeNothing.isEmpty
    var bits: UInt64 = 0
    for (number, condition) in automaton.conditions.enumerated() {
      let isBlocked = (patternStamps[Int(condition.pattern)] == stamp) == condition.negated
      if isBlocked { blocked.append(condition.owner) }
      if isFirst {
        blockedBeforeNothing.append(isBlocked)
      } else if isBlocked != blockedBeforeNothing[number] {
        bits |= lastBits[Int(condition.owner)]
      }
    }
    blockedStarts.append(Int32(blocked.count))
    return bits
  }

  /// Finds out whether there is room for more, once something was added.
  private mutating func noteRoom() {
    isFull =
      sets.memberCount + rules.count + blocked.count > limit || sets.count > limit / 8
      || steps.count + unions.count > limit
  }

  /// Forgets all sets but those of the positions from `first` to `last`, which may still be asked for.
  private mutating func flush(from first: Int, to last: Int) {
    flushCount += 1
    let standing = (first...max(first, last)).map { sets.members(known[$0]) }
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
    wantedBits = [0]
    stamp += 1
    block()
    noteRoom()
  }

  /// Forgets everything that was learned from texts.
  private mutating func reset() {
    let flushes = flushCount + 1
    self = StageScanner(automaton, reader: reader, limit: limit)
    flushCount = flushes
  }
}
