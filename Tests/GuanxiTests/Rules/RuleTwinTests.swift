import Annotations
import Rules
import Testing

/// A rule with its conditions, as text and as something that is tried out.
private struct TwinRule {
  let name: String
  let pattern: TwinPattern
  var ignored: TwinPattern?
  var barrier: String?
  var weight = 0
  /// What is asked of the surroundings: the kind as it is written, and the pattern.
  var conditions: [(kind: String, pattern: TwinPattern)] = []

  static func random(_ random: inout SplitMix64, _ number: Int) -> TwinRule {
    var rule = TwinRule(name: "r\(number)", pattern: TwinPattern.random(&random, depth: 3))
    if random.chance(20) {
      let ignored = TwinPattern.random(&random, depth: random.below(2))
      if !ignored.canBeEmpty, !ignored.hasCapture { rule.ignored = ignored }
    }
    if random.chance(15) { rule.barrier = random.pick(["B", "C"]) }
    if random.chance(30) { rule.weight = random.below(5) - 2 }
    for kind in ["before", "not before", "after", "not after", "unless has", "unless"]
    where random.chance(rule.ignored == nil ? 12 : 40) {
      rule.conditions.append((kind, TwinPattern.random(&random, depth: random.below(3))))
    }
    return rule
  }

  var written: String {
    "rule \(name)\n  match \(pattern.written)\n"
      + (ignored.map { "  ignoring \($0.written)\n" } ?? "")
      + (barrier.map { "  barrier @\($0)\n" } ?? "") + "  weight \(weight)\n"
      + conditions.map { "  \($0.kind) \($0.pattern.written)\n" }.joined()
      + "  emit X(\(pattern.hasCapture ? "c = c, " : "")all = \"\(name)\")\n  + 甲\n"
  }

  /// The longest match from a position that holds, and its capture.
  func match(_ start: Int, in world: TwinWorld) -> (end: Int, capture: TextRange?)? {
    func whole(_ pattern: TwinPattern) -> TwinPattern {
      ignored.map { pattern.ignoring($0) } ?? pattern
    }
    let ends = whole(pattern).ends(start, in: world, barrier: barrier)
    for (end, capture) in ends.sorted(by: { $0.key > $1.key }) where end > start {
      let holds = conditions.allSatisfy { condition in
        let asked = whole(condition.pattern)
        switch condition.kind {
        case "before": return !asked.ends(end, in: world).isEmpty
        case "not before": return asked.ends(end, in: world).isEmpty
        case "after": return (0...start).contains { asked.ends($0, in: world)[start] != nil }
        case "not after": return !(0...start).contains { asked.ends($0, in: world)[start] != nil }
        case "unless has":
          return !(start..<end).contains { from in
            asked.ends(from, in: world).keys.contains { $0 > from && $0 <= end }
          }
        default: return asked.ends(start, in: world)[end] == nil
        }
      }
      if holds { return (end, capture) }
    }
    return nil
  }
}

/// What comes out, in a form that can be compared.
private struct TwinMatch: Equatable {
  let rule: Int
  let range: TextRange
  let capture: TextRange?
}

/// The automaton, the pattern machine and the settling of overlaps against trying everything.
struct RuleTwinTests {
  private static let lints: Set<String> = [
    "never-matches", "shadowed-rule", "no-counterexample", "unused-capture",
  ]

  @Test func agreesWithTryingEverything() throws {
    let (matches, captures) = try compare(seeds: 0..<6000) { 1 + $0.below(4) }
    #expect(matches > 10_000, "\(matches): the random patterns have to match now and then")
    #expect(captures > 2000, "\(captures): and to capture")
  }

  /// So many rules that those that need a text of their own are set apart.
  @Test func largeSetsAgreeAsWell() throws {
    let (matches, _) = try compare(seeds: 10_000..<10_040) { 150 + $0.below(100) }
    #expect(matches > 1000)
  }

  private func compare(
    seeds: Range<UInt64>, _ count: (inout SplitMix64) -> Int
  ) throws -> (matches: Int, captures: Int) {
    var matches = 0
    var captures = 0
    var flushes = 0
    for seed in seeds {
      var random = SplitMix64(seed: seed)
      let rules = (0..<count(&random)).map { TwinRule.random(&random, $0) }
      let policy = random.pick(["all", "longest", "weight"])
      let written = "stage s keep \(policy)\n" + rules.map(\.written).joined()
      var classes = ClassTable()
      for name in ["A", "A.x", "B", "C", "word"] { _ = classes.add(name) }
      let (stages, all) = RuleCompiler.compile(
        RuleSources(
          [RuleSources.File(name: "r", number: 0, text: written)],
          fold: { $0.unicodeScalars.map(\.value) }),
        classes: &classes, features: ["f"], stages: ["s"])
      // Random rules may match nothing, do the same, and need no examples.
      let faults = all.filter { !Self.lints.contains($0.kind) }
      #expect(faults.isEmpty, "seed \(seed): \(faults)\n\(written)")
      let stage = try #require(stages.first)
      // One that forgets what it learned every few characters, and one that does not.
      var (spans, fewSpans) = (SentenceSpans(), SentenceSpans(limit: 8))
      var matcher = StageMatcher(stage, spans: &spans)
      var forgetful = StageMatcher(stage, spans: &fewSpans, limit: 8)
      for _ in 0..<3 {
        let world = TwinWorld.random(&random, classes)
        var expected: [TwinMatch] = []
        for start in world.text.indices {
          for (number, rule) in rules.enumerated() {
            guard let (end, capture) = rule.match(start, in: world) else { continue }
            expected.append(
              TwinMatch(rule: number, range: TextRange(start, end), capture: capture))
          }
        }
        expected = settle(expected, policy, rules)
        spans.reset()
        fewSpans.reset()
        let results = matcher.run(
          on: world.graph, text: world.text, spans: &spans, features: world)
        #expect(
          forgetful.run(
            on: world.graph, text: world.text, spans: &fewSpans, features: world) == results,
          "seed \(seed): what is forgotten is found anew\n\(written)")
        let found = results.map { match in
          TwinMatch(
            rule: Int(match.text("all")?.dropFirst() ?? "") ?? -1, range: match.range,
            capture: match.range("c"))
        }
        matches += found.count
        captures += found.count { $0.capture != nil }
        #expect(
          found == expected,
          "seed \(seed): \(String(scalars: world.text)), edges \(world.edges.map { "\(classes.name($0.category)) \($0.range.start)-\($0.range.end)" })\n\(written)"
        )
      }
      flushes += forgetful.flushCount
    }
    #expect(flushes > seeds.count, "\(flushes): the forgetful one has to forget")
    return (matches, captures)
  }

  private func settle(
    _ matches: [TwinMatch], _ policy: String, _ rules: [TwinRule]
  ) -> [TwinMatch] {
    guard policy != "all" else { return matches }
    func isBetter(_ left: TwinMatch, _ right: TwinMatch) -> Bool {
      let lengths = (left.range.count, right.range.count)
      let weights = (rules[left.rule].weight, rules[right.rule].weight)
      let (first, second) = policy == "longest" ? (lengths, weights) : (weights, lengths)
      if first.0 != first.1 { return first.0 > first.1 }
      if second.0 != second.1 { return second.0 > second.1 }
      if left.range.start != right.range.start { return left.range.start < right.range.start }
      return left.rule < right.rule
    }
    // The best of all, then the best of what it leaves.
    var left = matches
    var kept: [TwinMatch] = []
    while let best = left.max(by: { isBetter($1, $0) }) {
      kept.append(best)
      left.removeAll { $0.range.overlaps(best.range) }
    }
    return kept.sorted { $0.range < $1.range }
  }

  /// Patterns that hang a backtracking engine.
  @Test(arguments: [
    "(\"甲\"+)+ \"乙\"", "((\"甲\" | \"甲甲\")*) \"乙\"", "(gap(20) \"甲\"){1,20} \"乙\"",
  ])
  func takesLinearTime(_ pattern: String) throws {
    var classes = ClassTable()
    let rule = "stage s\nrule r\n  match \(pattern)\n  emit X\n  + 甲\n"
    let (stages, faults) = RuleCompiler.compile(
      RuleSources(
        [RuleSources.File(name: "r", number: 0, text: rule)],
        fold: { $0.unicodeScalars.map(\.value) }),
      classes: &classes, features: [], stages: ["s"])
    #expect(faults.isEmpty)
    let text = [UInt32](repeating: 0x7532, count: 200)
    var spans = SentenceSpans()
    var matcher = StageMatcher(try #require(stages.first), spans: &spans)
    let world = TwinWorld(text: text, edges: [], classes: classes)
    #expect(
      matcher.run(on: world.graph, text: text, spans: &spans, features: world).isEmpty)
  }
}
