/// Where in what the networks of a ``ClauseGrammar`` read a word may stand: what of it follows from the grammar.
struct NetworkPlaces {
  /// Where in what a network reads a word may stand.
  struct Places: OptionSet {
    let rawValue: UInt8
    static let first = Places(rawValue: 1)
    static let inside = Places(rawValue: 2)
    static let last = Places(rawValue: 4)
    /// Among the words without one of which the network reads nothing.
    static let needed = Places(rawValue: 8)
  }

  /// What the steps of a network make of a word, or of what another network reads.
  private struct Way {
    let network: Int
    /// The places in the network that the places in what is read can be.
    var kept: Places
  }

  /// For each test, what the steps make of a word that passes it, one for each network.
  private var words: [[Way]]
  /// For each network, what the steps of others make of what it reads, one for each network.
  private var calls: [[Way]]
  /// For each network, where any word may stand; among those that it cannot do without where that cannot be told.
  private var anyWord: [Places]
  /// For each test, the networks that cannot do without a word that passes it or one of some others.
  private var needing: [[Int]]

  init(_ grammar: ClauseGrammar) {
    anyWord = grammar.networks.map { _ in [] }
    words = grammar.tests.map { _ in [] }
    calls = grammar.networks.map { _ in [] }
    needing = grammar.tests.map { _ in [] }
    var wordSteps: [[ClauseGrammar.WordStep]] = grammar.states.map { _ in [] }
    for step in grammar.wordSteps { wordSteps[step.state].append(step) }
    for (number, network) in grammar.networks.enumerated() {
      // Whether the network may end in a state, or be in it at the beginning, without reading more.
      func ends(_ state: Int) -> Bool {
        let here = grammar.states[network.first + state]
        return here.end != nil
          || here.silent.contains { ends(Int(grammar.steps[Int($0)].target)) }
      }
      var isOpen = [true] + [Bool](repeating: false, count: network.count - 1)
      for state in 0..<network.count {
        let here = grammar.states[network.first + state]
        if isOpen[state] {
          for place in here.silent { isOpen[Int(grammar.steps[Int(place)].target)] = true }
        }
        func kept(_ step: ClauseGrammar.Step) -> Places {
          var kept: Places = .inside
          if isOpen[state] { kept.insert(.first) }
          if ends(Int(step.target)) { kept.insert(.last) }
          return kept
        }
        for place in here.any { anyWord[number].formUnion(kept(grammar.steps[Int(place)])) }
        for word in wordSteps[network.first + state] {
          Self.add(kept(word.step), number, to: &words[word.test])
        }
        for place in here.calls {
          Self.add(
            kept(grammar.steps[Int(place)]), number, to: &calls[Int(grammar.called[Int(place)])])
        }
      }
    }
    for (number, network) in grammar.networks.enumerated() {
      let needed = Self.needed(network, grammar, wordSteps)
      if needed == nil { anyWord[number].insert(.needed) }
      for test in needed ?? [] { needing[test].append(number) }
    }
  }

  private static func add(_ kept: Places, _ network: Int, to ways: inout [Way]) {
    if let place = ways.firstIndex(where: { $0.network == network }) {
      ways[place].kept.formUnion(kept)
    } else {
      ways.append(Way(network: network, kept: kept))
    }
  }

  /// For each network, where in it a word may stand that passes these tests. Grows until nothing is new, as networks
  /// read each other.
  func places(passing tests: some Sequence<Int>) -> [Places] {
    var result = anyWord
    for test in tests {
      for way in words[test] { result[way.network].formUnion(way.kept) }
      for network in needing[test] { result[network].insert(.needed) }
    }
    var isNew = true
    while isNew {
      isNew = false
      for (called, ways) in calls.enumerated() where !result[called].isEmpty {
        for way in ways {
          let found = result[way.network].union(result[called].intersection(way.kept))
          if found != result[way.network] {
            result[way.network] = found
            isNew = true
          }
        }
      }
    }
    return result
  }

  /// The fewest tests of the words that lead to a state of a network, if all its ways to an end go over that state, and
  /// none but words lead there.
  private static func needed(
    _ network: ClauseGrammar.Network, _ grammar: ClauseGrammar,
    _ wordSteps: [[ClauseGrammar.WordStep]]
  ) -> Set<Int>? {
    var tests = [Set<Int>](repeating: [], count: network.count)
    var next = [[Int]](repeating: [], count: network.count)
    var isOpen = [Bool](repeating: false, count: network.count)
    for state in 0..<network.count {
      let here = grammar.states[network.first + state]
      for place in [here.silent, here.any, here.calls].joined() {
        let target = Int(grammar.steps[Int(place)].target)
        if target != state { isOpen[target] = true }
        next[state].append(target)
      }
      for word in wordSteps[network.first + state] {
        if Int(word.step.target) != state { tests[Int(word.step.target)].insert(word.test) }
        next[state].append(Int(word.step.target))
      }
    }
    func ends(without gate: Int) -> Bool {
      var reached = [Bool](repeating: false, count: network.count)
      var states = [0]
      while let state = states.popLast() {
        if state == gate || reached[state] { continue }
        reached[state] = true
        if grammar.states[network.first + state].end != nil { return true }
        states += next[state]
      }
      return false
    }
    return (0..<network.count).dropFirst()
      .filter { !isOpen[$0] && !tests[$0].isEmpty && !ends(without: $0) }
      .map { tests[$0] }.min { $0.count < $1.count }
  }
}
