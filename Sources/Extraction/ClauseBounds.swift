/// What the steps of a ``ClauseGrammar`` count at least: with it a search leaves out ways that cannot be the cheapest,
/// however the sentence goes on.
///
/// A step may cost less than nothing, such as that over the object of 据 in 据…报道. If it counted where it stands,
/// every noun would be a word by which a way may become cheaper. So it counts by *potentials* (Johnson, J. ACM 24,
/// 1977): a step from one state to another counts as its cost and what the potential grows by, which is lowest where
/// something is still to be gained. Ends of networks have none, and beginnings of those that are called neither, so what
/// such a network reads counts as what it costs; and what is gained by a frequent word counts at the rare one that leads
/// there, 据.
struct ClauseBounds {
  /// For each state.
  private let potentials: [Int32]
  /// For each network, the lowest potential of its states.
  let lowest: [Int32]
  /// For each network, what a step that reads it counts at least, where that is less than nothing.
  private let calls: [Int32]
  /// The same for a step that reads any word.
  private let any: Int32
  /// The steps that read a word, with what they count.
  private let words: [(test: Int, count: Int32)]
  /// The networks that nothing bounds: the longer they read the cheaper they may get, or they begin with an end or a step
  /// that reads nothing and counts less than nothing.
  let unbounded: [Int]
  /// Whether anything is known.
  var isSound: Bool { unbounded.isEmpty }

  init(_ grammar: ClauseGrammar) {
    var wordSteps: [[ClauseGrammar.Step]] = grammar.states.map { _ in [] }
    // A word that is asked for by its row is rare, and may count as what it costs.
    for word in grammar.wordSteps where grammar.tests[word.test].row == .anything {
      wordSteps[word.state].append(word.step)
    }
    var potentials = [Int32](repeating: 0, count: grammar.states.count)
    var calls = [Int32](repeating: 0, count: grammar.networks.count)
    var any: Int32 = 0
    var words: [(test: Int, count: Int32)] = []
    var networkOfState: [Int] = []
    var unbounded: [Int] = []
    let called = Set(grammar.called)
    for (number, network) in grammar.networks.enumerated() {
      networkOfState += repeatElement(network.first, count: network.count)
      let states = network.first..<network.first + network.count
      let own = Self.potentials(
        of: network, grammar, wordSteps, isCalled: called.contains(Int32(number)))
      if let own { potentials.replaceSubrange(states, with: own) }
      var isBounded = own != nil
      for state in states {
        let here = grammar.states[state]
        func count(_ step: ClauseGrammar.Step) -> Int32 {
          step.cost + potentials[network.first + Int(step.target)] - potentials[state]
        }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          calls[called] = min(calls[called], count(grammar.steps[Int(place)]))
        }
        for place in here.any { any = min(any, count(grammar.steps[Int(place)])) }
        for place in here.silent where count(grammar.steps[Int(place)]) < 0 { isBounded = false }
        if let end = here.end, end < potentials[state] { isBounded = false }
      }
      if !isBounded { unbounded.append(number) }
    }
    for word in grammar.wordSteps {
      let target = networkOfState[word.state] + Int(word.step.target)
      words.append((word.test, word.step.cost + potentials[target] - potentials[word.state]))
    }
    self.potentials = potentials
    (self.calls, self.any, self.words, self.unbounded) = (calls, any, words, unbounded)
    lowest = grammar.networks.map { potentials[$0.first..<$0.first + $0.count].min() ?? 0 }
  }

  /// What all steps count at least that read a word, or a network that begins with it; no more than nothing. `costs` says
  /// for each test what the word costs, below 0 where it does not pass; `opens` whether a network may begin with it.
  ///
  /// Each network is read from a word on once at most, since none calls itself before it has read a word.
  func floor(_ costs: [Int32], opens: (_ network: Int) -> Bool) -> Int32 {
    var floor = any
    for word in words where costs[word.test] >= 0 {
      floor = min(floor, word.count + costs[word.test])
    }
    for (network, count) in calls.enumerated() where count < 0 && opens(network) { floor += count }
    return floor
  }

  /// The least that is to be gained from a state of a network on, by its end and by steps of which each may be over a
  /// frequent word; nothing in those in which a network begins that is called. Nil where there is no least.
  private static func potentials(
    of network: ClauseGrammar.Network, _ grammar: ClauseGrammar,
    _ wordSteps: [[ClauseGrammar.Step]], isCalled: Bool
  ) -> [Int32]? {
    // Steps that read nothing lead forwards.
    var begins = [Bool](repeating: false, count: network.count)
    if isCalled, !begins.isEmpty { begins[0] = true }
    for state in 0..<network.count where begins[state] {
      for place in grammar.states[network.first + state].silent {
        begins[Int(grammar.steps[Int(place)].target)] = true
      }
    }
    var potentials = [Int32](repeating: 0, count: network.count)
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
