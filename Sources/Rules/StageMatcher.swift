package import Annotations

/// A filled role of a rule match.
package enum MatchedRole: Hashable, Sendable {
  case range(TextRange)
  case text(String)
}

/// One result of a rule: an edge of its emission's class, with its roles.
package struct RuleMatch: Hashable, Sendable {
  /// The rule.
  package let provenance: Provenance
  /// The class of what came out.
  package let category: ClassID
  /// The characters of what came out: the role `span`, or the whole match.
  package let range: TextRange
  /// The roles by name.
  package let roles: [String: MatchedRole]
  /// Decides between matches of equal length.
  package let weight: Int

  /// The characters that fill a role.
  package func range(_ role: String) -> TextRange? {
    if case .range(let range)? = roles[role] { range } else { nil }
  }

  /// The text that fills a role, when it is fixed or a feature.
  package func text(_ role: String) -> String? {
    if case .text(let text)? = roles[role] { text } else { nil }
  }
}

/// Matches all rules of a stage over the graph of one sentence and settles overlaps.
///
/// Reused from sentence to sentence; its buffers stay.
/// - Complexity of a call: at each position only the rules that may begin there are tried, each
///   with bounded work, so a sentence costs time linear in its edges.
package struct StageMatcher: Sendable {
  /// A match before overlaps are settled.
  private struct Candidate {
    let rule: Int
    let range: TextRange
    let captures: [Int32]
  }

  private var machine = PatternMachine()
  private var tried: [Int32] = []
  private var barriers: [Bool] = []
  private var captures: [Int32] = []

  /// A matcher with empty buffers.
  package init() {}

  /// All results of a stage, in the order of the text.
  package mutating func run(
    _ stage: StageProgram, on graph: AnnotationGraph, text: [UInt32], features: some FeatureSource
  ) -> [RuleMatch] {
    findBarriers(stage, graph)
    tried.removeAll(keepingCapacity: true)
    tried.append(contentsOf: repeatElement(-1, count: stage.rules.count))
    var candidates: [Candidate] = []
    for position in graph.range.start..<graph.range.end {
      let here = Int32(position)
      for rule in stage.always { attempt(rule, here, stage, graph, text, features, &candidates) }
      for rule in stage.byCharacter[text[position]] ?? [] {
        attempt(rule, here, stage, graph, text, features, &candidates)
      }
      var edge = graph.first(at: position)
      while edge >= 0 {
        for rule in stage.byClass[graph.edges[edge].category.index] {
          attempt(rule, here, stage, graph, text, features, &candidates)
        }
        edge = graph.next(after: edge)
      }
    }
    return settle(candidates, stage).flatMap { emit($0, stage, graph, features) }
  }

  private mutating func attempt(
    _ number: Int32, _ position: Int32, _ stage: StageProgram, _ graph: AnnotationGraph,
    _ text: [UInt32], _ features: some FeatureSource, _ candidates: inout [Candidate]
  ) {
    guard tried[Int(number)] != position else { return }
    tried[Int(number)] = position
    let rule = stage.rules[Int(number)]
    captures.removeAll(keepingCapacity: true)
    captures.append(contentsOf: repeatElement(-1, count: rule.captures.count * 2))
    let start = Int(position)
    let end = machine.match(
      rule.pattern, at: start, in: graph, text: text, features: features,
      withinClause: rule.withinClause, barriers: barriers, captures: &captures)
    guard end > start else { return }
    let range = TextRange(start, end)
    for condition in rule.conditions
    where !holds(condition, range, graph, text, features) { return }
    candidates.append(Candidate(rule: Int(number), range: range, captures: captures))
  }

  private mutating func holds(
    _ condition: ConditionProgram, _ range: TextRange, _ graph: AnnotationGraph, _ text: [UInt32],
    _ features: some FeatureSource
  ) -> Bool {
    /// What a look behind may reach back, in characters.
    let reach = 16
    var none: [Int32] = []
    var found = false
    switch condition.kind {
    case .before:
      found =
        machine.match(
          condition.pattern, at: range.end, in: graph, text: text, features: features,
          captures: &none) >= 0
    case .after:
      var start = range.start
      while !found, start >= max(graph.range.start, range.start - reach) {
        found =
          machine.match(
            condition.pattern, at: start, in: graph, text: text, features: features,
            exactly: range.start, captures: &none) >= 0
        start -= 1
      }
    case .has:
      for start in range.start..<range.end {
        let end = machine.match(
          condition.pattern, at: start, in: graph, text: text, features: features,
          captures: &none)
        if end > start, end <= range.end {
          found = true
          break
        }
      }
    }
    return found != condition.negated
  }

  private func settle(_ candidates: [Candidate], _ stage: StageProgram) -> [Candidate] {
    guard stage.policy != .all else { return candidates }
    let ranked = candidates.sorted { left, right in
      let a = (left.range.count, stage.rules[left.rule].weight)
      let b = (right.range.count, stage.rules[right.rule].weight)
      if stage.policy == .longest, a != b { return a > b }
      if stage.policy == .weight, a != b { return (a.1, a.0) > (b.1, b.0) }
      if left.range.lower != right.range.lower { return left.range.lower < right.range.lower }
      return left.rule < right.rule
    }
    var kept: [Candidate] = []
    for candidate in ranked where !kept.contains(where: { $0.range.overlaps(candidate.range) }) {
      kept.append(candidate)
    }
    return kept.sorted { $0.range < $1.range }
  }

  private func emit(
    _ candidate: Candidate, _ stage: StageProgram, _ graph: AnnotationGraph,
    _ features: some FeatureSource
  ) -> [RuleMatch] {
    let rule = stage.rules[candidate.rule]
    return rule.emissions.compactMap { emission in
      var roles: [String: MatchedRole] = [:]
      for role in emission.roles {
        switch role.value {
        case .text(let text): roles[role.name] = .text(text)
        case .captures(let first, let last):
          let lower = candidate.captures[first * 2]
          let upper = candidate.captures[last * 2 + 1]
          if lower >= 0, upper >= lower {
            roles[role.name] = .range(TextRange(Int(lower), Int(upper)))
          }
        case .feature(let capture, let name):
          let lower = candidate.captures[capture * 2]
          let upper = candidate.captures[capture * 2 + 1]
          guard lower >= 0, upper > lower else { continue }
          let range = TextRange(Int(lower), Int(upper))
          for edge in graph.starting(at: range.start) where edge.range == range {
            if let value = features.feature(name, of: edge) { roles[role.name] = .text(value) }
          }
        }
      }
      var range = candidate.range
      if case .range(let span)? = roles["span"] {
        range = span
      } else if emission.roles.contains(where: { $0.name == "span" }) {
        return nil
      }
      return RuleMatch(
        provenance: rule.provenance, category: emission.category, range: range, roles: roles,
        weight: rule.weight)
    }
  }

  private mutating func findBarriers(_ stage: StageProgram, _ graph: AnnotationGraph) {
    barriers.removeAll(keepingCapacity: true)
    barriers.append(contentsOf: repeatElement(false, count: graph.range.count + 1))
    guard !stage.clauseEnd.isEmpty else { return }
    for edge in graph.edges where stage.clauseEnd[edge.category.index] {
      barriers[edge.range.start - graph.range.start] = true
    }
  }
}
