/// Which states of the networks of a ``ClauseGrammar`` lead anywhere before a word of a symbol: those from which such a
/// word can be read, and those in which the network may end if such a word can stand behind all that it reads.
///
/// No way through the sentence goes through another state there, so the search need not come to it.
///
/// The states of all networks stand side by side as bits, those of each network from a new cell of 64 bits on.
struct ClauseOutlook {
  /// What may follow a network: a step that reads it leads to a state of another one.
  private struct Call {
    let network: Int
    let target: Int
    let called: Int
  }

  /// States of a cell that call a network.
  private struct Callers {
    let cell: Int
    let states: UInt64
    let called: Int
  }

  /// What is known before a word.
  struct Outlook {
    /// The states that lead anywhere.
    var open: [UInt64]
    /// The same where no more may be read: the network may end.
    var ending: [UInt64]
  }

  private let networkCount: Int
  /// For each network its first cell of 64 bits, with the end of the last one.
  private let firstCell: [Int]
  private let calls: [Call]
  /// The states that read any word.
  private let readsAny: [UInt64]
  private let callers: [Callers]
  /// The states in which their network may end, perhaps behind steps that read nothing.
  private let mayEnd: [UInt64]
  /// The steps that read nothing, those of the last state of a network first.
  private let silent: [(from: Int, to: Int)]

  init(_ grammar: ClauseGrammar) {
    networkCount = grammar.networks.count
    firstCell = grammar.firstCells
    var calls: [Call] = []
    var callers: [Callers] = []
    var silent: [(from: Int, to: Int)] = []
    var readsAny = [UInt64](repeating: 0, count: firstCell.last ?? 0)
    var mayEnd = readsAny
    for (number, network) in grammar.networks.enumerated() {
      let first = firstCell[number] * 64
      var steps: [(from: Int, to: Int)] = []
      for state in 0..<network.count {
        let here = grammar.states[network.first + state]
        if !here.any.isEmpty { readsAny.insert(first + state) }
        if here.end != nil { mayEnd.insert(first + state) }
        for place in here.silent {
          steps.append((first + state, first + Int(grammar.steps[Int(place)].target)))
        }
        for place in here.calls {
          let called = Int(grammar.called[Int(place)])
          callers.append(
            Callers(
              cell: (first + state) >> 6, states: 1 << UInt64(state & 63), called: called))
          calls.append(
            Call(
              network: number, target: first + Int(grammar.steps[Int(place)].target),
              called: called))
        }
      }
      // Steps that read nothing lead to states of higher numbers.
      steps.reverse()
      mayEnd.follow(steps)
      silent += steps
    }
    self.calls = calls
    self.callers = Dictionary(grouping: callers) { [$0.cell, $0.called] }.values.map { same in
      Callers(
        cell: same[0].cell, states: same.reduce(0) { $0 | $1.states }, called: same[0].called)
    }
    (self.readsAny, self.mayEnd, self.silent) = (readsAny, mayEnd, silent)
  }

  /// What is known behind the last word.
  func atEnd() -> Outlook {
    var follows = [Bool](repeating: false, count: networkCount)
    if !follows.isEmpty { follows[0] = true }
    return outlook(readsAny.map { _ in 0 }, follows)
  }

  /// What is known before a word: `reads` are the states that have steps for it, `opens` says which networks may begin
  /// with it.
  func before(reads: [UInt64], opens: (_ network: Int) -> Bool) -> Outlook {
    let opened = (0..<networkCount).map(opens)
    var open = reads
    for cell in open.indices { open[cell] |= readsAny[cell] }
    for caller in callers where opened[caller.called] { open[caller.cell] |= caller.states }
    open.follow(silent)
    return outlook(open, [Bool](repeating: false, count: networkCount))
  }

  /// Adds the ends of networks. Grows until nothing is new, as networks end with networks.
  private func outlook(_ open: [UInt64], _ beginning: [Bool]) -> Outlook {
    var follows = beginning
    for call in calls where open.has(call.target) { follows[call.called] = true }
    var isNew = true
    while isNew {
      isNew = false
      for call in calls
      where !follows[call.called] && follows[call.network] && mayEnd.has(call.target) {
        follows[call.called] = true
        isNew = true
      }
    }
    var result = Outlook(open: open, ending: open)
    for network in 0..<networkCount {
      for cell in firstCell[network]..<firstCell[network + 1] {
        let ending = follows[network] ? mayEnd[cell] : 0
        result.open[cell] |= ending
        result.ending[cell] = ending
      }
    }
    return result
  }
}

extension [UInt64] {
  /// Whether a state is among those of these bits.
  fileprivate func has(_ state: Int) -> Bool { self[state >> 6] >> UInt64(state & 63) & 1 == 1 }

  fileprivate mutating func insert(_ state: Int) { self[state >> 6] |= 1 << UInt64(state & 63) }

  /// Adds the states from which a step leads into these.
  fileprivate mutating func follow(_ steps: [(from: Int, to: Int)]) {
    for step in steps where has(step.to) { insert(step.from) }
  }
}
