package import Annotations

/// What a rule is expected to make.
package struct RuleGoal: Sendable {
  /// The class of the result.
  package var category: ClassID
  /// The characters of the result; nil when only its roles matter.
  package var range: TextRange?
  /// The characters of some of its roles.
  package var roles: [String: TextRange]

  /// A goal.
  package init(category: ClassID, range: TextRange? = nil, roles: [String: TextRange] = [:]) {
    self.category = category
    self.range = range
    self.roles = roles
  }

  /// The characters that it speaks of.
  package var extent: TextRange? {
    let all = roles.values + (range.map { [$0] } ?? [])
    return all.dropFirst().reduce(all.first) { $0?.union($1) }
  }

  func accepts(_ match: RuleMatch) -> Bool {
    match.category == category && (range.map { $0 == match.range } ?? true)
      && roles.allSatisfy { match.range($0.key) == $0.value }
  }
}

/// How a rule came to one of its results.
package struct RuleDerivation: Sendable {
  /// An element of the pattern with the characters and the edges that it took.
  package struct Part: Sendable {
    /// The element.
    package let element: PatternElement
    /// The characters.
    package let range: TextRange
    /// The edges that pass the element's test; none for characters.
    package let edges: [Edge]

    /// The same with the part behind it.
    package func joined(_ next: Part) -> Part {
      Part(element: element, range: range.union(next.range), edges: edges + next.edges)
    }
  }

  /// The rule.
  package let rule: RuleProgram
  /// The whole match, also where the result is a part of it.
  package let range: TextRange
  /// The elements in the order of the text.
  package let parts: [Part]
  /// The captures that took part.
  package let captures: [(name: String, range: TextRange)]
}

/// What became of a rule that was tried at one position.
package struct RuleAttempt: Sendable {
  /// How it ended.
  package enum Outcome: Sendable {
    /// It makes what is expected, and the result stands.
    case stands
    /// It makes what is expected, but these results, which overlap it, stand instead.
    case lost(to: [RuleMatch])
    /// It makes something from the same place, but something longer.
    case tookLonger(RuleMatch)
    /// The pattern fits, but this condition does not hold.
    case conditionFailed(String)
    /// None of these elements fits at this position.
    case elementFailed([PatternElement], position: Int)
  }

  /// The rule.
  package let rule: RuleProgram
  /// Where it was tried.
  package let start: Int
  /// How it ended.
  package let outcome: Outcome
  /// How many of the expected characters edges and literals took; runs of characters and plain words take
  /// anything and do not count.
  package let covered: Int
}

/// Runs single rules over the graph as a stage found it, and says how they came to their results or where
/// they stopped.
package struct RuleInspector {
  /// How far before the expected characters a rule may begin.
  private static let context = 12

  private let stage: StageProgram
  private let graph: AnnotationGraph
  private let writer: PatternWriter
  private let view: GraphView
  private var matcher: StageMatcher
  private var spans = SentenceSpans()
  private var isScanned = false
  private var machine = PatternMachine()
  /// The candidates of the stage that stand.
  private var standing: [StageMatcher.Candidate]?

  /// An inspector of a stage over the graph that the stage began with.
  package init(
    _ stage: StageProgram, on graph: AnnotationGraph, text: [UInt32], classes: ClassTable
  ) {
    self.stage = stage
    self.graph = graph
    writer = PatternWriter(classes: classes)
    view = GraphView(graph, text: text)
    matcher = StageMatcher(stage, spans: &spans)
  }

  /// Conditions are asked where the scan says that they can begin.
  private mutating func scan(_ features: borrowing some FeatureSource) {
    if isScanned { return }
    spans.follow(graph, text: view.text)
    matcher.scan(view, &spans, features: features)
    isScanned = true
  }

  /// What a rule took at one position.
  private struct Run {
    let trace: RecordingTrace
    /// The longest match first.
    let ends: [(end: Int, captures: [Int32])]
  }

  private mutating func run(
    _ rule: RuleProgram, at start: Int, _ features: borrowing some FeatureSource
  ) -> Run {
    var trace = RecordingTrace()
    var captures = [Int32](repeating: -1, count: rule.captures.count * 2)
    _ = machine.match(
      rule.pattern, at: start, in: view, features: features, exactly: nil, trace: &trace)
    var ends: [(end: Int, captures: [Int32])] = []
    var end = machine.nextMatch(captures: &captures)
    while end > start {
      ends.append((end, captures))
      end = machine.nextMatch(captures: &captures)
    }
    return Run(trace: trace, ends: ends)
  }

  /// The first condition that does not hold.
  private mutating func fault(
    _ rule: RuleProgram, _ candidate: StageMatcher.Candidate,
    _ features: borrowing some FeatureSource
  ) -> ConditionProgram? {
    scan(features)
    for condition in rule.lookBehind + rule.conditions {
      if !matcher.holds(
        condition, candidate.range, candidate.captures, view, &spans, features)
      {
        return condition
      }
    }
    return nil
  }

  // MARK: How it came

  /// How a result was made; nil when no rule of the stage makes it.
  package mutating func derivation(
    of match: RuleMatch, features: some FeatureSource
  ) -> RuleDerivation? {
    // A row of a table has no rule of its own; its template has.
    for index in stage.rules.indices
    where stage.rules[index].provenance == match.provenance || stage.rules[index].row != nil {
      if let found = derivation(of: match, by: index, features) { return found }
    }
    return nil
  }

  private mutating func derivation(
    of match: RuleMatch, by index: Int, _ features: some FeatureSource
  ) -> RuleDerivation? {
    let rule = stage.rules[index]
    for start in (view.start...match.range.start).reversed() {
      let run = run(rule, at: start, features)
      for (end, captures) in run.ends {
        let candidate = StageMatcher.Candidate(
          rule: index, range: TextRange(start, end), captures: captures)
        guard StageMatcher.emit(candidate, stage, graph, features).contains(match),
          fault(rule, candidate, features) == nil
        else { continue }
        return derivation(rule, candidate, run.trace, features)
      }
    }
    return nil
  }

  private func derivation(
    _ rule: RuleProgram, _ candidate: StageMatcher.Candidate, _ trace: RecordingTrace,
    _ features: some FeatureSource
  ) -> RuleDerivation? {
    let program = rule.pattern
    guard
      let last = trace.visits.firstIndex(where: {
        $0.step == program.code.count - 1 && $0.position == candidate.range.end
      })
    else { return nil }
    let way = trace.way(to: last)
    var parts: [RuleDerivation.Part] = []
    for (visit, next) in zip(way, way.dropFirst()) where next.position > visit.position {
      guard let element = writer.element(visit.step, of: program) else { continue }
      let range = TextRange(visit.position, next.position)
      let edges = passing(visit.step, of: program, at: visit.position, features)
        .filter { $0.range == range }
      parts.append(RuleDerivation.Part(element: element, range: range, edges: edges))
    }
    let captures = rule.captures.enumerated().compactMap { slot, name -> (String, TextRange)? in
      candidate.capture(slot).map { (name, $0) }
    }
    return RuleDerivation(
      rule: rule, range: candidate.range, parts: parts,
      captures: captures.map { (name: $0.0, range: $0.1) })
  }

  /// The edges that an edge step takes at a position, in the order in which they were added.
  private func passing(
    _ step: Int, of program: PatternProgram, at position: Int, _ features: some FeatureSource
  ) -> [Edge] {
    guard case .edge(let test) = program.code[step] else { return [] }
    return graph.starting(at: position).filter {
      program.takes(test: test, $0.category.index)
        && program.conditions[test]?.hold(for: $0, in: view, features: features) ?? true
    }.reversed()
  }

  // MARK: How near it came

  /// What became of all rules that make results of a goal's class, the nearest first; none for a goal that does
  /// not lie in the sentence.
  package mutating func attempts(
    at goal: RuleGoal, features: some FeatureSource
  ) -> [RuleAttempt] {
    guard let extent = goal.extent, view.start <= extent.start, extent.end <= view.end else {
      return []
    }
    var attempts: [RuleAttempt] = []
    for (index, rule) in stage.rules.enumerated()
    where rule.emissions.contains(where: { $0.category == goal.category }) {
      let isWhole =
        goal.range != nil
        && !rule.emissions.contains { $0.roles.contains { $0.name == "span" } }
      let first = isWhole ? extent.start : max(view.start, extent.start - Self.context)
      for start in first...extent.start {
        if let attempt = attempt(index, at: start, goal, extent, features) {
          attempts.append(attempt)
        }
      }
    }
    return attempts.enumerated().sorted { left, right in
      let (a, b) = (Self.rank(left.element, extent), Self.rank(right.element, extent))
      return a != b ? a.lexicographicallyPrecedes(b) : left.offset < right.offset
    }.map(\.element)
  }

  /// Whether one attempt came nearer to a goal than another.
  package static func isNearer(
    _ attempt: RuleAttempt, than other: RuleAttempt, _ goal: RuleGoal
  ) -> Bool {
    guard let extent = goal.extent else { return false }
    return rank(attempt, extent).lexicographicallyPrecedes(rank(other, extent))
  }

  /// Less is nearer.
  private static func rank(_ attempt: RuleAttempt, _ extent: TextRange) -> [Int] {
    let before = extent.start - attempt.start
    return switch attempt.outcome {
    case .stands: [0, 0, 0, before]
    case .lost: [1, 0, 0, before]
    case .conditionFailed: [2, -attempt.covered, 0, before]
    case .tookLonger: [3, -attempt.covered, 0, before]
    case .elementFailed(_, let position):
      // What only runs of characters took is no way at all.
      [4, -attempt.covered, position - extent.start - attempt.covered, before]
    }
  }

  private mutating func attempt(
    _ index: Int, at start: Int, _ goal: RuleGoal, _ extent: TextRange,
    _ features: some FeatureSource
  ) -> RuleAttempt? {
    let rule = stage.rules[index]
    let run = run(rule, at: start, features)
    func made(_ outcome: RuleAttempt.Outcome) -> RuleAttempt {
      RuleAttempt(rule: rule, start: start, outcome: outcome, covered: extent.count)
    }
    var longer: RuleMatch?
    for (end, captures) in run.ends {
      let candidate = StageMatcher.Candidate(
        rule: index, range: TextRange(start, end), captures: captures)
      let results = StageMatcher.emit(candidate, stage, graph, features)
      let fault = fault(rule, candidate, features)
      if results.contains(where: goal.accepts) {
        if let fault { return made(.conditionFailed(writer.text(of: fault))) }
        if let longer { return made(.tookLonger(longer)) }
        let rivals = rivals(of: candidate, features)
        return made(rivals.isEmpty ? .stands : .lost(to: rivals))
      }
      if fault == nil, longer == nil {
        longer = results.first { $0.category == goal.category && $0.range.overlaps(extent) }
      }
    }
    return farthest(rule, start, run.trace, extent, features)
  }

  /// What became of one rule that may begin anywhere in the sentence: where its pattern fits, and else where it came
  /// farthest.
  package mutating func attempt(
    of provenance: Provenance, features: some FeatureSource
  ) -> RuleAttempt? {
    guard let index = stage.rules.firstIndex(where: { $0.provenance == provenance }) else {
      return nil
    }
    let rule = stage.rules[index]
    var best: RuleAttempt?
    for start in view.start..<view.end {
      let run = run(rule, at: start, features)
      if let (end, captures) = run.ends.first {
        let candidate = StageMatcher.Candidate(
          rule: index, range: TextRange(start, end), captures: captures)
        let outcome: RuleAttempt.Outcome
        if let fault = fault(rule, candidate, features) {
          outcome = .conditionFailed(writer.text(of: fault))
        } else {
          let rivals = rivals(of: candidate, features)
          outcome = rivals.isEmpty ? .stands : .lost(to: rivals)
        }
        return RuleAttempt(rule: rule, start: start, outcome: outcome, covered: end - start)
      }
      let extent = TextRange(start, view.end)
      if let attempt = farthest(rule, start, run.trace, extent, features),
        attempt.covered > best?.covered ?? -1
      {
        best = attempt
      }
    }
    return best
  }

  /// Where a pattern stopped that came nearest to the end of what is expected.
  private func farthest(
    _ rule: RuleProgram, _ start: Int, _ trace: RecordingTrace, _ extent: TextRange,
    _ features: some FeatureSource
  ) -> RuleAttempt? {
    let program = rule.pattern
    var best: (score: [Int], position: Int, elements: [PatternElement])?
    for (number, visit) in trace.visits.enumerated() {
      guard visit.position <= extent.end, visit.position >= extent.start,
        let element = writer.element(visit.step, of: program),
        !advances(visit.step, of: program, at: visit.position, features)
      else { continue }
      let way = trace.way(to: number)
      var covered = 0
      var loose = 0
      for (from, to) in zip(way, way.dropFirst()) where to.position > from.position {
        let taken = max(0, min(to.position, extent.end) - max(from.position, extent.start))
        if isEvidence(from.step, of: program) { covered += taken } else { loose += taken }
      }
      let score = [covered, -loose]
      if let known = best, known.score == score, !known.elements.contains(element) {
        best?.elements.append(element)
      } else if best.map({ $0.score.lexicographicallyPrecedes(score) }) ?? true {
        best = (score, visit.position, [element])
      }
    }
    guard let best else { return nil }
    return RuleAttempt(
      rule: rule, start: start,
      outcome: .elementFailed(best.elements, position: best.position), covered: best.score[0])
  }

  /// Whether a step asks for something in particular: any characters and any word of the plain path are
  /// no sign that a rule is the one that is meant.
  private func isEvidence(_ step: Int, of program: PatternProgram) -> Bool {
    switch program.code[step] {
    case .run, .any: false
    case .edge(let test): writer.plainWord.map { !program.takes(test: test, $0.index) } ?? true
    default: true
    }
  }

  private func advances(
    _ step: Int, of program: PatternProgram, at position: Int, _ features: some FeatureSource
  ) -> Bool {
    let isInside = position < view.end
    return switch program.code[step] {
    case .character(let character): isInside && view.text[position] == character
    case .edge: isInside && !passing(step, of: program, at: position, features).isEmpty
    case .run(let kind, let excluding):
      isInside && kind.contains(view.text[position])
        && !machine.begins(program, excluding, at: position, in: view)
    case .any: isInside
    case .start: position == view.start
    case .end: position == view.end
    case .border(let words):
      position == view.end || machine.begins(program, words, at: position, in: view)
    case .split, .jump, .save, .accept: true
    }
  }

  // MARK: Overlaps

  /// The results that stand where a candidate would, when it does not.
  private mutating func rivals(
    of candidate: StageMatcher.Candidate, _ features: some FeatureSource
  ) -> [RuleMatch] {
    let standing = settle(features)
    if standing.contains(where: { $0.rule == candidate.rule && $0.range == candidate.range }) {
      return []
    }
    return standing.filter { $0.range.overlaps(candidate.range) }
      .flatMap { StageMatcher.emit($0, stage, graph, features) }
  }

  private mutating func settle(_ features: some FeatureSource) -> [StageMatcher.Candidate] {
    if let standing { return standing }
    var all: [StageMatcher.Candidate] = []
    for (index, rule) in stage.rules.enumerated() {
      for start in view.start..<view.end {
        let run = run(rule, at: start, features)
        for (end, captures) in run.ends {
          let candidate = StageMatcher.Candidate(
            rule: index, range: TextRange(start, end), captures: captures)
          guard fault(rule, candidate, features) == nil else { continue }
          all.append(candidate)
          break
        }
      }
    }
    let kept = StageMatcher.settle(all, stage)
    standing = kept
    return kept
  }
}

extension RuleProgram {
  /// Whether its pattern is one edge, maybe between borders of words.
  package var isOneElement: Bool {
    pattern.code.count {
      switch $0 {
      case .save, .border: false
      default: true
      }
    } == 2
  }

  /// The texts that its results give as roles.
  package var texts: [String] {
    emissions.flatMap(\.roles).compactMap { role in
      if case .text(let text) = role.value { text } else { nil }
    }
  }
}
