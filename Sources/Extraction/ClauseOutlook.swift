/// Which states of the networks of a ``ClauseGrammar`` lead anywhere before a word of a symbol: those from which such a
/// word can be read, and those in which the network may end if such a word can stand behind all that it reads.
///
/// No way through the sentence goes through another state there, so the search need not come to it.
struct ClauseOutlook {
  /// What may follow a network: a step that reads it leads to a state of another one.
  private struct Call {
    let network: Int
    let target: Int
    let called: Int
  }

  /// States as bits, 64 a word.
  private typealias States = [UInt64]

  /// What is known before a word.
  struct Outlook {
    /// For each network, the states that lead anywhere, as bits, 64 a word.
    var open: [[UInt64]]
    /// The same where no more may be read: the network may end.
    var ending: [[UInt64]]
  }

  private let grammar: ClauseGrammar
  private let calls: [Call]
  /// For each network, its states that read any word.
  private let readsAny: [States]
  /// For each network and network that it calls, the states that do so.
  private let callers: [[(called: Int, states: States)]]
  /// For each network, its states in which it may end, perhaps behind steps that read nothing.
  private let mayEnd: [States]
  /// For each network, the steps that read nothing, those of the last state first.
  private let silent: [[(from: Int, to: Int)]]

  init(_ grammar: ClauseGrammar) {
    self.grammar = grammar
    var calls: [Call] = []
    var readsAny: [States] = []
    var callers: [[(called: Int, states: States)]] = []
    var mayEnd: [States] = []
    var silent: [[(from: Int, to: Int)]] = []
    for (number, network) in grammar.networks.enumerated() {
      let none = States(repeating: 0, count: (network.count + 63) / 64)
      var (any, end) = (none, none)
      var steps: [(from: Int, to: Int)] = []
      var own: [Int: States] = [:]
      for state in 0..<network.count {
        let here = grammar.states[network.first + state]
        if !here.any.isEmpty { any.insert(state) }
        if here.end != nil { end.insert(state) }
        for place in here.silent { steps.append((state, Int(grammar.steps[Int(place)].target))) }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          own[called, default: none].insert(state)
          calls.append(
            Call(network: number, target: Int(grammar.steps[Int(place)].target), called: called))
        }
      }
      // Steps that read nothing lead to states of higher numbers.
      steps.reverse()
      end.follow(steps)
      readsAny.append(any)
      callers.append(own.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      mayEnd.append(end)
      silent.append(steps)
    }
    (self.calls, self.readsAny, self.callers) = (calls, readsAny, callers)
    (self.mayEnd, self.silent) = (mayEnd, silent)
  }

  /// What is known behind the last word.
  func atEnd() -> Outlook {
    var follows = [Bool](repeating: false, count: grammar.networks.count)
    if !follows.isEmpty { follows[0] = true }
    return outlook(readsAny.map { $0.map { _ in 0 } }, follows)
  }

  /// What is known before a word: `reads` gives for each network the states that have steps for it, `opens` the
  /// networks that may begin with it.
  func before(reads: (_ network: Int) -> [UInt64], opens: (_ network: Int) -> Bool) -> Outlook {
    let opened = grammar.networks.indices.map(opens)
    let open = grammar.networks.indices.map { network in
      var states = reads(network)
      states.formUnion(readsAny[network])
      for caller in callers[network] where opened[caller.called] {
        states.formUnion(caller.states)
      }
      states.follow(silent[network])
      return states
    }
    return outlook(open, [Bool](repeating: false, count: grammar.networks.count))
  }

  /// Adds the ends of networks. Grows until nothing is new, as networks end with networks.
  private func outlook(_ open: [States], _ beginning: [Bool]) -> Outlook {
    var follows = beginning
    for call in calls where open[call.network].has(call.target) { follows[call.called] = true }
    var isNew = true
    while isNew {
      isNew = false
      for call in calls
      where !follows[call.called] && follows[call.network] && mayEnd[call.network].has(call.target)
      {
        follows[call.called] = true
        isNew = true
      }
    }
    var result = Outlook(open: open, ending: open)
    for network in open.indices {
      if follows[network] {
        result.open[network].formUnion(mayEnd[network])
        result.ending[network] = mayEnd[network]
      } else {
        result.ending[network] = open[network].map { _ in 0 }
      }
    }
    return result
  }
}

extension [UInt64] {
  /// Whether a state is among those of these bits.
  fileprivate func has(_ state: Int) -> Bool { self[state >> 6] >> UInt64(state & 63) & 1 == 1 }

  fileprivate mutating func insert(_ state: Int) { self[state >> 6] |= 1 << UInt64(state & 63) }

  fileprivate mutating func formUnion(_ other: [UInt64]) {
    for place in indices { self[place] |= other[place] }
  }

  /// Adds the states from which a step leads into these.
  fileprivate mutating func follow(_ steps: [(from: Int, to: Int)]) {
    for step in steps where has(step.to) { insert(step.from) }
  }
}
