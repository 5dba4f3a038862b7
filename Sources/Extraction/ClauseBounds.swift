/// What the steps of a ``ClauseGrammar`` count at least: with it a search leaves out ways that cannot be the cheapest,
/// however the sentence goes on.
///
/// A step may cost less than nothing, such as that over the object of 据 in 据…报道. If it counted where it stands,
/// every noun would be a word by which a way may become cheaper. So it counts by *potentials* (Johnson, J. ACM 24,
/// 1977): a step from one state to another counts as its cost and what the potential grows by, which is lowest where
/// something is still to be gained. Ends of networks have none, so what is gained by a frequent word counts at the rare one
/// that leads there, 据. What is gained by all that a network reads counts where it is called, as far as every step that
/// calls it costs as much; else at its first word, where many a word may stand.
struct ClauseBounds {
  /// For each state.
  private let potentials: [Int32]
  /// For each network, the lowest potential of its states.
  let lowest: [Int32]
  /// For each network, what a step that reads it counts at least, where that is less than nothing.
  private let calls: [Int32]
  /// The same for a step that reads any word.
  private let any: Int32
  /// For each test, what a step that reads a word by it counts at least besides what the word costs.
  private let words: [Int32]
  /// The networks that nothing bounds: the longer they read the cheaper they may get, or they begin with an end or a step
  /// that reads nothing and counts less than nothing.
  let unbounded: [Int]
  /// Whether anything is known.
  var isSound: Bool { unbounded.isEmpty }

  init(_ grammar: ClauseGrammar) {
    var wordSteps: [[ClauseGrammar.Step]] = grammar.states.map { _ in [] }
    // A word that is asked for by its row is rare, and may count as what it costs.
    for word in grammar.wordSteps where grammar.tests[word.test].asksTagOnly {
      wordSteps[word.state].append(word.step)
    }
    let begins = Self.begins(grammar, wordSteps)
    var potentials = [Int32](repeating: 0, count: grammar.states.count)
    var calls = [Int32](repeating: 0, count: grammar.networks.count)
    var any: Int32 = 0
    var words = [Int32](repeating: .max / 2, count: grammar.tests.count)
    var networkOfState: [Int] = []
    var unbounded: [Int] = []
    for (number, network) in grammar.networks.enumerated() {
      networkOfState += repeatElement(network.first, count: network.count)
      let states = network.first..<network.first + network.count
      let own = Self.potentials(of: network, grammar, wordSteps, begin: begins[number])
      if let own { potentials.replaceSubrange(states, with: own) }
      var isBounded = own != nil
      for state in states {
        let here = grammar.states[state]
        func count(_ step: ClauseGrammar.Step) -> Int32 {
          step.cost + potentials[network.first + Int(step.target)] - potentials[state]
        }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          let count = count(grammar.steps[Int(place)]) + (begins[called] ?? 0)
          calls[called] = min(calls[called], count)
        }
        for place in here.any { any = min(any, count(grammar.steps[Int(place)])) }
        for place in here.silent where count(grammar.steps[Int(place)]) < 0 { isBounded = false }
        if let end = here.end, end < potentials[state] { isBounded = false }
      }
      if !isBounded { unbounded.append(number) }
    }
    for word in grammar.wordSteps {
      let target = networkOfState[word.state] + Int(word.step.target)
      let count = word.step.cost + potentials[target] - potentials[word.state]
      words[word.test] = min(words[word.test], count)
    }
    self.potentials = potentials
    (self.calls, self.any, self.words, self.unbounded) = (calls, any, words, unbounded)
    lowest = grammar.networks.map { potentials[$0.first..<$0.first + $0.count].min() ?? 0 }
  }

  /// What all steps count at least that read a word, or a network that begins with it; no more than nothing. `passed` are the
  /// tests that the word passes, each with what it costs; `opens` says whether a network may begin with it.
  ///
  /// Each network is read from a word on once at most, since none calls itself before it has read a word.
  /// - Complexity: O(passed tests + networks).
  func floor(_ passed: [Int32], opens: (_ network: Int) -> Bool) -> Int32 {
    var floor = any
    for place in stride(from: 0, to: passed.count, by: 2) {
      floor = min(floor, words[Int(passed[place])] + passed[place + 1])
    }
    for (network, count) in calls.enumerated() where count < 0 && opens(network) { floor += count }
    return floor
  }

  /// For each network that is called the potential of its beginning: what is to be gained from there on, as far as no
  /// step that calls it counts less than nothing with it. Nil for one that is not called.
  private static func begins(
    _ grammar: ClauseGrammar, _ wordSteps: [[ClauseGrammar.Step]]
  ) -> [Int32?] {
    let called = Set(grammar.called)
    var begins = grammar.networks.indices.map { called.contains(Int32($0)) ? Int32(0) : nil }
    // What the steps count at least that call a network.
    var least = [Int32](repeating: .max, count: begins.count)
    for (number, network) in grammar.networks.enumerated() {
      let own =
        potentials(of: network, grammar, wordSteps, begin: begins[number])
        ?? Array(repeating: 0, count: network.count)
      for state in 0..<network.count {
        for place in grammar.states[network.first + state].calls {
          let step = grammar.steps[Int(place)]
          let count = step.cost + own[Int(step.target)] - own[state]
          let network = Int(grammar.called[Int(place)])
          least[network] = min(least[network], count)
        }
      }
    }
    for (number, network) in grammar.networks.enumerated() where begins[number] != nil {
      let free = potentials(of: network, grammar, wordSteps, begin: nil)?.first ?? 0
      begins[number] = max(free, -max(least[number], 0))
    }
    return begins
  }

  /// The least that is to be gained from a state of a network on, by its end and by steps of which each may be over a
  /// frequent word; `begin` in the states in which it begins, if that is given. Nil where there is no least.
  private static func potentials(
    of network: ClauseGrammar.Network, _ grammar: ClauseGrammar,
    _ wordSteps: [[ClauseGrammar.Step]], begin: Int32?
  ) -> [Int32]? {
    // Steps that read nothing lead forwards.
    var begins = [Bool](repeating: false, count: network.count)
    if begin != nil, !begins.isEmpty { begins[0] = true }
    for state in 0..<network.count where begins[state] {
      for place in grammar.states[network.first + state].silent {
        begins[Int(grammar.steps[Int(place)].target)] = true
      }
    }
    var potentials = begins.map { $0 ? begin ?? 0 : 0 }
    for _ in 0...network.count {
      var isNew = false
      for state in 0..<network.count where !begins[state] {
        let here = grammar.states[network.first + state]
        var least = min(potentials[state], here.end ?? 0)
        for places in [here.silent, here.any, here.calls] {
          for place in places {
            let step = grammar.steps[Int(place)]
            least = min(least, step.cost + potentials[Int(step.target)])
          }
        }
        for step in wordSteps[network.first + state] {
          least = min(least, step.cost + potentials[Int(step.target)])
        }
        if least < potentials[state] {
          potentials[state] = least
          isNew = true
        }
      }
      if !isNew { return potentials }
    }
    return nil
  }
}
