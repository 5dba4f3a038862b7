import Annotations
import Rules
import Testing

/// A pattern as a tree, written in the rule language and matched by trying everything.
private indirect enum TwinPattern {
  case text([UInt32])
  case edge(String)
  case run(Int, Int, excluding: String?)
  case gap(Int)
  case sequence([TwinPattern])
  case choice([TwinPattern])
  case repeated(TwinPattern, Int, Int?, String)
  case capture(TwinPattern)
  case start
  case end

  var written: String {
    switch self {
    case .text(let characters): "\"" + String(scalars: characters) + "\""
    case .edge(let name): "@" + name
    case .run(let low, let high, let excluding):
      "{\(low),\(high) han" + (excluding.map { ", not @\($0)" } ?? "") + "}"
    case .gap(let width): "gap(\(width))"
    case .sequence(let items): "(" + items.map(\.written).joined(separator: " ") + ")"
    case .choice(let items): "(" + items.map(\.written).joined(separator: " | ") + ")"
    case .repeated(let item, _, _, let sign): "(" + item.written + ")" + sign
    case .capture(let item): "[c: " + item.written + "]"
    case .start: "^"
    case .end: "$"
    }
  }

  var canBeEmpty: Bool {
    switch self {
    case .text, .edge: false
    case .run(let low, _, _): low == 0
    case .gap, .start, .end: true
    case .sequence(let items): items.allSatisfy(\.canBeEmpty)
    case .choice(let items): items.contains(where: \.canBeEmpty)
    case .repeated(let item, let low, _, _): low == 0 || item.canBeEmpty
    case .capture(let item): item.canBeEmpty
    }
  }

  static func random(_ random: inout SplitMix64, depth: Int) -> TwinPattern {
    let letters: [UInt32] = [0x7532, 0x4E59, 0x4E19]  // 甲乙丙
    switch random.below(depth > 0 ? 11 : 5) {
    case 0, 1: return .text((0..<(1 + random.below(2))).map { _ in random.pick(letters) })
    case 2, 3: return .edge(random.pick(["A", "B", "A.x"]))
    case 4:
      let low = random.below(2)
      return .run(low, low + 1 + random.below(2), excluding: random.chance(50) ? "B" : nil)
    case 5: return .gap(1 + random.below(3))
    case 6, 7:
      return .sequence(
        (0..<(2 + random.below(2))).map { _ in self.random(&random, depth: depth - 1) })
    case 8:
      return .choice(
        (0..<(2 + random.below(2))).map { _ in self.random(&random, depth: depth - 1) })
    case 9:
      let item = self.random(&random, depth: depth - 1)
      switch random.below(4) {
      case 0: return .repeated(item, 0, 1, "?")
      case 1: return item.canBeEmpty ? item : .repeated(item, 0, nil, "*")
      case 2: return item.canBeEmpty ? item : .repeated(item, 1, nil, "+")
      default: return .repeated(item, 1, 2, "{1,2}")
      }
    default:
      switch random.below(4) {
      case 0: return .sequence([.start, self.random(&random, depth: depth - 1)])
      case 1: return .sequence([self.random(&random, depth: depth - 1), .end])
      default: return .capture(self.random(&random, depth: depth - 1))
      }
    }
  }

  /// All positions at which a match from `start` may end.
  func ends(_ start: Int, _ text: [UInt32], _ edges: [Edge], _ classes: ClassTable) -> Set<Int> {
    func covers(_ edge: Edge, _ name: String) -> Bool {
      classes.find(name).map { classes.isA(edge.category, $0) } ?? false
    }
    switch self {
    case .text(let characters):
      let end = start + characters.count
      return end <= text.count && Array(text[start..<end]) == characters ? [end] : []
    case .edge(let name):
      return Set(edges.filter { $0.range.start == start && covers($0, name) }.map(\.range.end))
    case .run(let low, let high, let excluding):
      var result: Set<Int> = []
      for count in 0...high {
        if count >= low { result.insert(start + count) }
        let at = start + count
        let spoiled = edges.contains { edge in
          edge.range.start == at && excluding.map { covers(edge, $0) } ?? false
        }
        if at >= text.count || spoiled { break }
      }
      return result
    case .gap(let width): return Set(start...min(text.count, start + width))
    case .sequence(let items):
      return items.reduce([start]) { positions, item in
        Set(positions.flatMap { item.ends($0, text, edges, classes) })
      }
    case .choice(let items):
      return Set(items.flatMap { $0.ends(start, text, edges, classes) })
    case .repeated(let item, let low, let high, _):
      var result: Set<Int> = low == 0 ? [start] : []
      var here: Set<Int> = [start]
      for count in 1...(high ?? text.count + 1) {
        here = Set(here.flatMap { item.ends($0, text, edges, classes) })
        if here.isEmpty { break }
        if count >= low { result.formUnion(here) }
      }
      return result
    case .capture(let item): return item.ends(start, text, edges, classes)
    case .start: return start == 0 ? [start] : []
    case .end: return start == text.count ? [start] : []
    }
  }
}

/// The pattern machine against a matcher that tries everything.
struct PatternTwinTests {
  private struct NoFeatures: FeatureSource {
    func feature(_ name: String, of edge: Edge) -> String? { nil }
    func has(_ name: String, oneOf values: [String], edge: Edge) -> Bool { false }
    func provenance(of edge: Edge) -> Provenance? { nil }
  }

  @Test func agreesWithTryingEverything() throws {
    let letters: [UInt32] = [0x7532, 0x4E59, 0x4E19]
    var matches = 0
    for seed in UInt64(0)..<3000 {
      var random = SplitMix64(seed: seed)
      let pattern = TwinPattern.random(&random, depth: 3)
      let notBefore = random.chance(25) ? TwinPattern.random(&random, depth: 0) : nil
      let after = random.chance(25) ? TwinPattern.random(&random, depth: 0) : nil
      let rule =
        "stage s keep all\nrule r\n  match \(pattern.written)\n"
        + (notBefore.map { "  not before \($0.written)\n" } ?? "")
        + (after.map { "  after \($0.written)\n" } ?? "") + "  emit X\n  + 甲\n"
      var classes = ClassTable()
      let names = ["A", "A.x", "B", "C"].map { classes.add($0) }
      let (stages, faults) = RuleCompiler.compile(
        RuleSources(
          [RuleSources.File(name: "r", number: 0, text: rule)],
          fold: { $0.unicodeScalars.map(\.value) }),
        classes: &classes, features: [], stages: ["s"])
      #expect(faults.isEmpty, "seed \(seed): \(faults)\n\(rule)")
      var matcher = StageMatcher(try #require(stages.first))
      for _ in 0..<3 {
        let text = (0..<(1 + random.below(9))).map { _ in random.pick(letters) }
        var graph = AnnotationGraph()
        graph.reset(to: TextRange(0, text.count))
        for _ in 0..<random.below(10) {
          let start = random.below(text.count)
          let end = start + 1 + random.below(min(3, text.count - start))
          graph.add(Edge(range: TextRange(start, end), category: random.pick(names)))
        }
        var expected: [TextRange] = []
        for start in text.indices {
          let ends = pattern.ends(start, text, graph.edges, classes)
          let standing = ends.filter { end in
            notBefore.map { $0.ends(end, text, graph.edges, classes).isEmpty } ?? true
          }
          guard let end = standing.max(), end > start else { continue }
          if let after,
            !(0...start).contains(where: { from in
              after.ends(from, text, graph.edges, classes).contains(start)
            })
          {
            continue
          }
          expected.append(TextRange(start, end))
        }
        let found = matcher.run(on: graph, text: text, features: NoFeatures()).map(\.range)
        matches += found.count
        #expect(
          found == expected,
          "seed \(seed): \(String(scalars: text)), edges \(graph.edges.map { "\(classes.name($0.category)) \($0.range.start)-\($0.range.end)" })\n\(rule)"
        )
      }
    }
    #expect(matches > 1000, "the random patterns have to match now and then")
  }

  /// Patterns that hang a backtracking engine.
  @Test(arguments: ["(\"甲\"+)+ \"乙\"", "((\"甲\" | \"甲甲\")*) \"乙\"", "(gap(20) \"甲\"){1,20} \"乙\""])
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
    var graph = AnnotationGraph()
    graph.reset(to: TextRange(0, text.count))
    var matcher = StageMatcher(try #require(stages.first))
    #expect(matcher.run(on: graph, text: text, features: NoFeatures()).isEmpty)
  }
}
