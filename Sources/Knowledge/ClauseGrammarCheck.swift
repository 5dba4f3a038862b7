internal import Annotations
internal import Extraction

/// What is wrong with the networks of a grammar as a whole: what is called and not there, what no way comes to or
/// leads out of, what calls itself before it has read a word, and rows that never count.
struct ClauseGrammarCheck {
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private let rows: [ClauseGrammar.Row]
  private let fileNames: [UInt16: String]
  /// The networks in the order of their first rows.
  private var names: [String] = []
  private var networks: [String: Network] = [:]

  /// A network as a graph: its states by name.
  private struct Network {
    let beginning: String
    var states: [String] = []
    /// All steps, those of every state once for each.
    var steps: [Step] = []
  }

  private struct Step {
    let row: ClauseGrammar.Row
    let from: String
    /// nil where the network ends.
    let to: String?

    /// Whether it reads a word.
    var reads: Bool { row.input != .nothing && row.input != .end }
    var called: String? {
      if case .network(let name) = row.input { return name }
      return nil
    }
  }

  /// Checks rows whose files have these names.
  init(_ rows: [ClauseGrammar.Row], fileNames: [UInt16: String]) {
    self.rows = rows
    self.fileNames = fileNames
    for row in rows { add(row) }
    // A network without a beginning has no states to speak of.
    if !diagnostics.isEmpty { return }
    for name in names { addSteps(name) }
    checkCalls()
    for name in names { checkStates(name) }
    checkEnds()
    for name in names { checkCircles(name) }
    checkLeftRecursion()
    for name in names { checkRepeats(name) }
    checkLists()
    if diagnostics.isEmpty { checkBounds() }
  }

  private mutating func add(_ row: ClauseGrammar.Row) {
    if networks[row.network] == nil {
      names.append(row.network)
      if names.count == ClauseGrammar.mostNetworks + 1 {
        report(
          "too-many-networks", row,
          "the network \"\(row.network)\" is one more than the \(ClauseGrammar.mostNetworks) that a grammar may have; "
            + "put its rows into another network")
      }
      if row.from == nil {
        report(
          "bad-step", row,
          "the first row of the network \"\(row.network)\" says where it begins, but \"*\" is every state; "
            + "put a row above it that leaves one state")
      }
      networks[row.network] = Network(beginning: row.from ?? row.to)
    }
    for state in [row.from, row.from == nil || row.input == .end ? nil : row.to].compactMap({ $0 })
    where networks[row.network]?.states.contains(state) == false {
      networks[row.network]?.states.append(state)
    }
  }

  private mutating func addSteps(_ name: String) {
    let states = networks[name]?.states ?? []
    for row in rows where row.network == name {
      for from in row.from.map({ [$0] }) ?? states {
        networks[name]?.steps.append(
          Step(row: row, from: from, to: row.input == .end ? nil : row.from == nil ? from : row.to))
      }
    }
  }

  private mutating func report(
    _ kind: String, _ row: ClauseGrammar.Row, _ message: String,
    _ severity: KnowledgeDiagnostic.Severity = .error
  ) {
    let fault = KnowledgeDiagnostic(
      severity, kind: kind, file: fileNames[row.provenance.file] ?? "",
      line: Int(row.provenance.line), message: message)
    // A line stands for several steps, of which one is enough to be told.
    if !diagnostics.contains(where: {
      $0.file == fault.file && $0.line == fault.line && $0.kind == kind
    }) {
      diagnostics.append(fault)
    }
  }

  // MARK: Calls

  private mutating func checkCalls() {
    var known = ClassTable()
    for name in names { _ = known.add(name) }
    for row in rows {
      guard case .network(let name) = row.input, networks[name] == nil else { continue }
      let hint = known.nearest(to: name).map { "; did you mean \"(\($0))\"?" } ?? ""
      report(
        "unknown-network", row,
        "no row is of a network \"\(name)\"\(hint.isEmpty ? "; write rows of it or call another" : hint)"
      )
    }
    guard let first = names.first else { return }
    var called: Set<String> = [first]
    var rest = [first]
    while let name = rest.popLast() {
      for step in networks[name]?.steps ?? [] {
        if let next = step.called, called.insert(next).inserted { rest.append(next) }
      }
    }
    for name in names where !called.contains(name) {
      guard let row = rows.first(where: { $0.network == name }) else { continue }
      report(
        "unused-network", row,
        "nothing that the first network, \"\(first)\", reads calls \"(\(name))\"; call it or remove its rows",
        .warning)
    }
  }

  // MARK: States

  /// States that nothing leads to.
  private mutating func checkStates(_ name: String) {
    guard let network = networks[name] else { return }
    let reached = Self.closure([network.beginning]) { state in
      network.steps.filter { $0.from == state }.compactMap(\.to)
    }
    for state in network.states where !reached.contains(state) {
      guard let step = network.steps.first(where: { $0.from == state && $0.row.from != nil }) else {
        continue
      }
      report(
        "unreached-state", step.row,
        "no row of the network \"\(name)\" leads to the state \"\(state)\"; lead to it, or remove the "
          + "rows that leave it\(hint(state, reached))")
    }
  }

  /// Networks that never end, and states that no way leads out of.
  private mutating func checkEnds() {
    // A network ends when a way leads to an end that has read a word; what it calls has to end, too.
    var ending: Set<String> = []
    var changed = true
    while changed {
      changed = false
      for name in names where !ending.contains(name) {
        if ends(name, ending) {
          ending.insert(name)
          changed = true
        }
      }
    }
    for name in names {
      guard let network = networks[name], let row = rows.first(where: { $0.network == name })
      else { continue }
      guard ending.contains(name) else {
        let hasEnd = network.steps.contains { $0.to == nil }
        report(
          "endless-network", row,
          "the network \"\(name)\" "
            + (hasEnd
              ? "never comes to one of its ends with a word read; lead to one"
              : "has no row that reads \"end\"; add one for each state in which it may end"))
        continue
      }
      let leaving = Self.closure(
        network.steps.filter { $0.to == nil }.map(\.from)
      ) { state in
        network.steps.filter { $0.to == state && Self.isUsable($0, ending) }.map(\.from)
      }
      for state in network.states where !leaving.contains(state) {
        guard
          let step = network.steps.first(where: { $0.to == state && $0.from != state })
            ?? network.steps.first(where: { $0.from == state })
        else { continue }
        report(
          "dead-end", step.row,
          "no way leads from the state \"\(state)\" to an end of the network \"\(name)\"; add a row "
            + "that leaves it, or one with \"end\"\(hint(state, leaving))")
      }
    }
  }

  private static func isUsable(_ step: Step, _ ending: Set<String>) -> Bool {
    step.called.map(ending.contains) ?? true
  }

  private func ends(_ name: String, _ ending: Set<String>) -> Bool {
    guard let network = networks[name] else { return false }
    let silent = Self.closure([network.beginning]) { state in
      network.steps.filter { $0.from == state && !$0.reads }.compactMap(\.to)
    }
    let behindWord = network.steps.filter {
      silent.contains($0.from) && $0.reads && Self.isUsable($0, ending)
    }.compactMap(\.to)
    let all = Self.closure(behindWord) { state in
      network.steps.filter { $0.from == state && Self.isUsable($0, ending) }.compactMap(\.to)
    }
    return network.steps.contains { $0.to == nil && all.contains($0.from) }
  }

  private func hint(_ state: String, _ others: Set<String>) -> String {
    var known = ClassTable()
    for name in others.sorted() { _ = known.add(name) }
    return known.nearest(to: state).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  private static func closure(
    _ first: [String], _ next: (String) -> [String]
  ) -> Set<String> {
    var found = Set(first)
    var rest = first
    while let state = rest.popLast() {
      for other in next(state) where found.insert(other).inserted { rest.append(other) }
    }
    return found
  }

  // MARK: Circles

  /// Steps that read nothing and lead in a circle.
  private mutating func checkCircles(_ name: String) {
    guard let network = networks[name] else { return }
    let silent = network.steps.filter { $0.row.input == .nothing }
    for step in silent {
      let ahead = Self.closure([step.to].compactMap { $0 }) { state in
        silent.filter { $0.from == state }.compactMap(\.to)
      }
      guard ahead.contains(step.from) else { continue }
      report(
        "silent-circle", step.row,
        "this step reads nothing, and steps that read nothing lead back to \"\(step.from)\"; let one of "
          + "them read a word, or remove it")
    }
  }

  /// Networks that call themselves, or each other in a circle, before a word is read.
  private mutating func checkLeftRecursion() {
    var first: [String: [(called: String, row: ClauseGrammar.Row)]] = [:]
    for name in names {
      guard let network = networks[name] else { continue }
      let silent = Self.closure([network.beginning]) { state in
        network.steps.filter { $0.from == state && $0.row.input == .nothing }.compactMap(\.to)
      }
      for step in network.steps where silent.contains(step.from) {
        if let called = step.called { first[name, default: []].append((called, step.row)) }
      }
    }
    for name in names {
      for call in first[name] ?? [] {
        let ahead = Self.closure([call.called]) { (first[$0] ?? []).map(\.called) }
        guard ahead.contains(name) else { continue }
        report(
          "left-recursion", call.row,
          "the network \"\(name)\" calls "
            + (call.called == name ? "itself" : "\"(\(call.called))\", which comes back to it,")
            + " before it has read a word; let it read a word first, or go back to a state instead")
      }
    }
  }

  // MARK: Bounds

  /// Networks by which the search follows every way.
  private mutating func checkBounds() {
    for name in ClauseGrammar(rows).unboundedNetworks {
      guard let row = rows.first(where: { $0.network == name }) else { continue }
      report(
        "unbounded-network", row,
        "a way through the network \"\(name)\" may cost less than nothing, whatever it reads: a circle of steps "
          + "over any words, or an end in the state in which it begins; raise one of its costs below 0, or every "
          + "sentence is searched without a bound", .warning)
    }
  }

  // MARK: Repeats

  /// Of two steps from one state to another that read the same, only the cheaper one counts. A line is told whose
  /// steps that read something never count, whatever state they leave.
  private mutating func checkRepeats(_ name: String) {
    struct Key: Hashable {
      let from: String
      let input: ClauseGrammar.Input
      let to: String?
    }
    struct Reader: Hashable {
      let place: Provenance
      let input: ClauseGrammar.Input
    }
    let steps = networks[name]?.steps ?? []
    var best: [Key: Step] = [:]
    for step in steps {
      let key = Key(from: step.from, input: step.row.input, to: step.to)
      if best[key].map({ step.row.cost < $0.row.cost }) ?? true { best[key] = step }
    }
    var counting: Set<Reader> = []
    for step in best.values {
      counting.insert(Reader(place: step.row.provenance, input: step.row.input))
    }
    for step in steps {
      let reader = Reader(place: step.row.provenance, input: step.row.input)
      guard !counting.contains(reader),
        let kept = best[Key(from: step.from, input: step.row.input, to: step.to)]
      else { continue }
      report(
        "duplicate-row", step.row,
        "line \(kept.row.provenance.line) has the same step from \"\(step.from)\" at "
          + (kept.row.cost < step.row.cost ? "a lower cost" : "the same cost")
          + ", so this one never counts; remove it", .warning)
    }
  }

  // MARK: Lists of words

  /// From how many words on a list that stands in two lines wants a class of its own.
  private static let longList = 6

  /// Lists of words that an earlier line has as well, in whatever order: who adds a word to one has to know of the other.
  private mutating func checkLists() {
    var places: [Set<String>: Provenance] = [:]
    for row in rows {
      guard case .word(let test) = row.input else { continue }
      for case .feature(let column, let words) in test.wanted + test.unwanted
      where column == "entry" && words.count >= Self.longList {
        let list = Set(words)
        guard let first = places[list], first != row.provenance else {
          places[list] = row.provenance
          continue
        }
        report(
          "repeated-list", row,
          "\(fileNames[first.file] ?? ""):\(first.line) asks for the same \(list.count) words, \(words.prefix(3).joined(separator: "/"))…; give them a class "
            + "of their own in a lexicon and ask for it", .warning)
      }
    }
  }
}
