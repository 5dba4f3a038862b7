package import Annotations

/// A filled role of a rule match.
package enum MatchedRole: Hashable, Sendable {
  case range(TextRange)
  case text(String)
}

/// A role of a rule match and what fills it.
package struct NamedRole: Hashable, Sendable {
  package let name: String
  package let value: MatchedRole
}

/// One result of a rule: an edge of its emission's class, with its roles.
package struct RuleMatch: Hashable, Sendable {
  /// The rule.
  package let provenance: Provenance
  /// The class of what came out.
  package let category: ClassID
  /// The characters of what came out: the role `span`, or the whole match.
  package let range: TextRange
  /// The roles, in the order of the emission.
  package let roles: [NamedRole]
  /// Decides between matches of equal length.
  package let weight: Int

  /// The characters that fill a role.
  package func range(_ role: String) -> TextRange? {
    if case .range(let range)? = value(role) { range } else { nil }
  }

  /// The text that fills a role, when it is fixed or a feature.
  package func text(_ role: String) -> String? {
    if case .text(let text)? = value(role) { text } else { nil }
  }

  /// What fills a role. A match has few of them.
  private func value(_ role: String) -> MatchedRole? {
    for named in roles where named.name == role { return named.value }
    return nil
  }
}

/// A result of an earlier stage that a rule takes back.
package struct Retraction: Sendable {
  /// The rule that does so.
  package let provenance: Provenance
  /// The characters of the result.
  package let range: TextRange
  /// For each class, whether the result is of it.
  package let classes: [Bool]
}

/// Matches all rules of a stage over the graph of one sentence and settles overlaps.
///
/// ``StageScanner`` says where a rule can match, for all rules in one pass; ``PatternMachine`` finds the match
/// and its captures there. Reused from sentence to sentence; its buffers and what the scanner has learned stay.
/// - Complexity of a call: O(edges) for the scan, and for each place where a rule can match at most its steps
///   times the longest match, so a sentence costs time linear in its edges.
package struct StageMatcher: Sendable {
  /// A match before overlaps are settled.
  struct Candidate {
    let rule: Int
    let range: TextRange
    let captures: [Int32]

    /// The characters of a capture, or from one to another; nil where one took no part.
    func capture(_ first: Int, to last: Int? = nil) -> TextRange? {
      StageMatcher.capture(first, to: last ?? first, captures)
    }
  }

  private static func capture(_ first: Int, to last: Int, _ borders: [Int32]) -> TextRange? {
    let (lower, upper) = (borders[first * 2], borders[last * 2 + 1])
    return lower >= 0 && upper >= lower ? TextRange(Int(lower), Int(upper)) : nil
  }

  private var machine = PatternMachine()
  private var conditionMachine = PatternMachine()
  private let stage: StageProgram
  private var scanners: [StageScanner]
  /// The scanner of what rules ask for around or in a match.
  private var watcher: StageScanner
  /// Whether it has run over the sentence.
  private var isWatched = false
  /// The places at which rules can match, in order.
  private var starts: [StageScanner.Start] = []
  /// The bit of ``SentenceSpans/woken`` that says that a class of the sentence wakes the stage; nil where it is always
  /// awake.
  private let wake: UInt64?
  /// For each automaton, whether the sentence calls for it.
  private var isCalled: [Bool]
  /// For each watched pattern, what is known of it in the sentence.
  private var watched: [WatchedPattern]
  private var captures: [Int32] = []
  private var candidates: [Candidate] = []

  /// What the rules of the last run take back.
  package private(set) var retractions: [Retraction] = []

  /// How many steps of patterns were taken, in all runs: the same for the same sentences.
  package var steps: Int { machine.visits &+ conditionMachine.visits }

  /// How often what the scanners had learned was forgotten.
  package var flushCount: Int { scanners.reduce(watcher.flushCount) { $0 + $1.flushCount } }

  /// A matcher of a stage, with empty buffers; `spans` are those that all its calls are given, `limit` is how much its
  /// scanners remember at most, in states and look-ups.
  package init(_ stage: StageProgram, spans: inout SentenceSpans, limit: Int = 1 << 19) {
    self.stage = stage
    scanners = stage.parts.automata.map {
      StageScanner($0, reader: spans.addReader(ignoring: $0.ignoredClasses), limit: limit)
    }
    let watching = stage.parts.watching
    watcher = StageScanner(
      watching, reader: spans.addReader(ignoring: watching.ignoredClasses), limit: limit)
    wake = stage.parts.wake.flatMap { spans.addWake(on: $0.classes) }
    isCalled = [Bool](repeating: false, count: scanners.count)
    watched = [WatchedPattern](repeating: WatchedPattern(), count: stage.parts.watchCount)
  }

  /// All results of the stage, in the order of the text. `spans` are those of the sentence before, or reset; the
  /// same ones in all calls.
  package mutating func run(
    on graph: AnnotationGraph, text: [UInt32], spans: inout SentenceSpans,
    features: some FeatureSource
  ) -> [RuleMatch] {
    spans.follow(graph, text: text)
    retractions.removeAll(keepingCapacity: true)
    let view = GraphView(graph, text: text)
    if let wake, spans.woken & wake == 0, !(stage.parts.wake?.isCalled(by: view) ?? true) {
      return []
    }
    scan(view, &spans, features: features)
    if starts.isEmpty { return [] }
    candidates.removeAll(keepingCapacity: true)
    for start in starts { attempt(Int(start.rule), Int(start.position), view, &spans, features) }
    var results: [RuleMatch] = []
    for candidate in Self.settle(candidates, stage) {
      results += Self.emit(candidate, stage, graph, features)
      let rule = stage.rules[candidate.rule]
      for retraction in rule.retractions {
        guard let range = candidate.capture(retraction.slot) else { continue }
        retractions.append(
          Retraction(
            provenance: rule.provenance, range: range, classes: retraction.classes))
      }
    }
    return results
  }

  /// Finds out where rules can begin; conditions are asked after it.
  mutating func scan(
    _ view: borrowing GraphView, _ spans: inout SentenceSpans,
    features: borrowing some FeatureSource
  ) {
    starts.removeAll(keepingCapacity: true)
    isWatched = false
    call(view)
    for part in scanners.indices where isCalled[part] {
      scanners[part].scan(view, &spans, features: features)
      starts.append(contentsOf: scanners[part].starts.reversed())
    }
    if scanners.count > 1 {
      starts.sort { ($0.position, $0.rule) < ($1.position, $1.rule) }
    }
  }

  /// Finds out where what rules ask for can begin, once a sentence.
  private mutating func watch(
    _ view: borrowing GraphView, _ spans: inout SentenceSpans,
    _ features: borrowing some FeatureSource
  ) {
    if isWatched { return }
    isWatched = true
    for index in watched.indices { watched[index].removeAll() }
    watcher.scan(view, &spans, features: features)
    for start in watcher.starts.reversed() { watched[Int(start.rule)].add(start.position) }
  }

  /// Finds out which automata the texts of the sentence call for.
  private mutating func call(_ view: borrowing GraphView) {
    isCalled[0] = true
    guard isCalled.count > 1 else { return }
    for part in 1..<isCalled.count { isCalled[part] = false }
    for position in view.start..<view.end {
      guard let triggers = stage.parts.triggers[view.text[position]] else { continue }
      for trigger in triggers where !isCalled[trigger.part] {
        let end = position + trigger.text.count
        isCalled[trigger.part] =
          end <= view.end && view.text[position..<end].elementsEqual(trigger.text)
      }
    }
  }

  private mutating func attempt(
    _ index: Int, _ start: Int, _ view: borrowing GraphView,
    _ spans: inout SentenceSpans, _ features: borrowing some FeatureSource
  ) {
    let rule = stage.rules[index]
    // What stands before is asked first: it needs no match.
    let before = TextRange(start, start)
    for condition in rule.lookBehind {
      if !holds(condition, before, [], view, &spans, features) { return }
    }
    captures.removeAll(keepingCapacity: true)
    captures.append(contentsOf: repeatElement(-1, count: rule.captures.count * 2))
    guard
      machine.match(rule.pattern, at: start, in: view, features: features) > start
    else { return }
    // The longest match that holds wins; conditions run patterns of their own on another machine.
    var end = machine.nextMatch(captures: &captures)
    while end > start {
      let range = TextRange(start, end)
      if holdsAll(rule.conditions, range, view, &spans, features) {
        candidates.append(Candidate(rule: index, range: range, captures: captures))
        return
      }
      end = machine.nextMatch(captures: &captures)
    }
  }

  /// Whether all conditions hold that look ahead or inside.
  private mutating func holdsAll(
    _ conditions: [ConditionProgram], _ range: TextRange, _ view: borrowing GraphView,
    _ spans: inout SentenceSpans, _ features: borrowing some FeatureSource
  ) -> Bool {
    for condition in conditions {
      if !holds(condition, range, captures, view, &spans, features) { return false }
    }
    return true
  }

  mutating func holds(
    _ condition: ConditionProgram, _ range: TextRange, _ captures: [Int32],
    _ view: borrowing GraphView, _ spans: inout SentenceSpans,
    _ features: borrowing some FeatureSource
  ) -> Bool {
    if condition.watch != nil { watch(view, &spans, features) }
    var found = false
    switch condition.kind {
    case .before:
      found =
        conditionMachine.match(
          condition.pattern, at: range.end, in: view, features: features) >= 0
    case .after:
      if let last = condition.lastStep {
        found = view.follows(last, at: range.start)
        break
      }
      found =
        conditionMachine.match(
          condition.pattern, at: range.start, in: view, features: features, exactly: range.start)
        >= 0
      guard !found, let watch = condition.watch else { break }
      while let place = watched[watch].nextPlace(before: range.lower) {
        read(place, of: watch, condition, view, features)
      }
      found = watched[watch].ends.contains(range.lower)
    case .has:
      var inside = range
      if let slot = condition.slot {
        guard let capture = Self.capture(slot, to: slot, captures) else { break }
        inside = capture
      }
      guard let watch = condition.watch else { break }
      var place = watched[watch].place(from: inside.lower)
      while !found, place < watched[watch].count, watched[watch].start(place) < inside.upper {
        read(place, of: watch, condition, view, features)
        found = watched[watch].shortestEnd(place) <= inside.upper
        place += 1
      }
    case .whole:
      found =
        conditionMachine.match(
          condition.pattern, at: range.start, in: view, features: features, exactly: range.end) >= 0
    }
    return found != condition.negated
  }

  /// Finds out where a watched pattern ends that begins at one of its places, unless that is known.
  private mutating func read(
    _ place: Int, of watch: Int, _ condition: ConditionProgram, _ view: borrowing GraphView,
    _ features: borrowing some FeatureSource
  ) {
    if watched[watch].isKnown(place) { return }
    let start = Int(watched[watch].start(place))
    var none: [Int32] = []
    var end = conditionMachine.match(condition.pattern, at: start, in: view, features: features)
    if end >= 0 { end = conditionMachine.nextMatch(captures: &none) }
    watched[watch].begin(place)
    while end > start {
      watched[watch].add(end: Int32(end), of: place)
      end = conditionMachine.nextMatch(captures: &none)
    }
  }

  static func settle(_ candidates: [Candidate], _ stage: StageProgram) -> [Candidate] {
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

  static func emit(
    _ candidate: Candidate, _ stage: StageProgram, _ graph: AnnotationGraph,
    _ features: some FeatureSource
  ) -> [RuleMatch] {
    let rule = stage.rules[candidate.rule]
    let row = rule.row.flatMap { row -> Edge? in
      guard let range = candidate.capture(row.slot) else { return nil }
      return graph.starting(at: range.start).first {
        $0.category == row.category && $0.range == range
      }
    }
    let provenance = row.flatMap { features.provenance(of: $0) } ?? rule.provenance
    return rule.emissions.compactMap { emission in
      var roles: [NamedRole] = []
      roles.reserveCapacity(emission.roles.count)
      var range: TextRange? = candidate.range
      for role in emission.roles {
        let value = value(of: role, candidate, row, graph, features)
        if role.name == "span" {
          if case .range(let span)? = value { range = span } else { range = nil }
        }
        guard let value else { continue }
        // What is said later counts.
        roles.removeAll { $0.name == role.name }
        roles.append(NamedRole(name: role.name, value: value))
      }
      return range.map {
        RuleMatch(
          provenance: provenance, category: emission.category, range: $0, roles: roles,
          weight: rule.weight)
      }
    }
  }

  /// What fills a role of a candidate, whose edge of a table's row is `row`; nil where nothing does.
  private static func value(
    of role: EmissionRole, _ candidate: Candidate, _ row: Edge?, _ graph: AnnotationGraph,
    _ features: some FeatureSource
  ) -> MatchedRole? {
    switch role.value {
    case .text(let text): return .text(text)
    case .captures(let first, let last):
      return candidate.capture(first, to: last).map { .range($0) }
    case .feature(let capture, let name):
      guard let range = candidate.capture(capture) else { return nil }
      var found: String?
      for edge in graph.starting(at: range.start) where edge.range == range {
        found = features.feature(name, of: edge) ?? found
      }
      return found.map { .text($0) }
    case .column(let name):
      guard let value = row.flatMap({ features.feature(name, of: $0) }), !value.isEmpty else {
        return nil
      }
      return .text(value)
    }
  }
}
