import Annotations
import Rules

/// A pattern as a tree: written in the rule language, and matched by trying everything in the order of preference.
indirect enum TwinPattern {
  case text([UInt32])
  case edge(TwinEdge)
  case run(Int, Int, excluding: String?)
  case gap(Int)
  case sequence([TwinPattern])
  case choice([TwinPattern])
  case repeated(TwinPattern, Int, Int?, String)
  case capture(TwinPattern)
  case start
  case end
  case border

  var written: String {
    switch self {
    case .text(let characters): "\"" + String(scalars: characters) + "\""
    case .edge(let edge): edge.written
    case .run(let low, let high, let excluding):
      "{\(low),\(high) han" + (excluding.map { ", not @\($0)" } ?? "") + "}"
    case .gap(let width): "gap(\(width))"
    case .sequence(let items): "(" + items.map(\.written).joined(separator: " ") + ")"
    case .choice(let items): "(" + items.map(\.written).joined(separator: " | ") + ")"
    case .repeated(let item, _, _, let sign): "(" + item.written + ")" + sign
    case .capture(let item): "[c: " + item.written + "]"
    case .start: "^"
    case .end: "$"
    case .border: "border"
    }
  }

  var canBeEmpty: Bool {
    switch self {
    case .text, .edge: false
    case .run(let low, _, _): low == 0
    case .gap, .start, .end, .border: true
    case .sequence(let items): items.allSatisfy(\.canBeEmpty)
    case .choice(let items): items.contains(where: \.canBeEmpty)
    case .repeated(let item, let low, _, _): low == 0 || item.canBeEmpty
    case .capture(let item): item.canBeEmpty
    }
  }

  var hasCapture: Bool {
    switch self {
    case .capture: true
    case .sequence(let items), .choice(let items): items.contains(where: \.hasCapture)
    case .repeated(let item, _, _, _): item.hasCapture
    default: false
    }
  }

  static let letters: [UInt32] = [0x7532, 0x4E59, 0x4E19]  // 甲乙丙

  static func random(_ random: inout SplitMix64, depth: Int) -> TwinPattern {
    switch random.below(depth > 0 ? 12 : 5) {
    case 0, 1: return .text((0..<(1 + random.below(2))).map { _ in random.pick(letters) })
    case 2, 3: return .edge(TwinEdge.random(&random))
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
      default: return .repeated(item, 1, 3, "{1,3}")
      }
    case 10:
      switch random.below(3) {
      case 0: return .sequence([.start, self.random(&random, depth: depth - 1)])
      case 1: return .sequence([self.random(&random, depth: depth - 1), .end])
      default: return .sequence([.border, self.random(&random, depth: depth - 1)])
      }
    default:
      let item = self.random(&random, depth: depth - 1)
      return item.hasCapture ? item : .capture(item)
    }
  }

  /// The same with what may stand between its parts.
  func ignoring(_ ignored: TwinPattern) -> TwinPattern {
    let skip = TwinPattern.repeated(ignored, 0, nil, "*")
    switch self {
    case .sequence(let items):
      return .sequence(
        items.enumerated().flatMap { index, item in
          index == 0 ? [item.ignoring(ignored)] : [skip, item.ignoring(ignored)]
        })
    case .choice(let items): return .choice(items.map { $0.ignoring(ignored) })
    case .capture(let item): return .capture(item.ignoring(ignored))
    case .repeated(let item, let low, let high, let sign):
      let inner = item.ignoring(ignored)
      if high == 1 { return .repeated(inner, low, high, sign) }
      let some = TwinPattern.sequence([
        inner, .repeated(.sequence([skip, inner]), max(0, low - 1), high.map { $0 - 1 }, ""),
      ])
      return low == 0 ? .repeated(some, 0, 1, "?") : some
    default: return self
    }
  }

  /// Calls `body` with each end of a match from `start` and its capture, the preferred way first, as long as
  /// `body` wants more.
  func match(
    _ start: Int, _ capture: TextRange?, in world: TwinWorld, barrier: String?,
    _ body: (Int, TextRange?) -> Void
  ) {
    switch self {
    case .text(let characters):
      let end = start + characters.count
      if end <= world.text.count, Array(world.text[start..<end]) == characters {
        body(end, capture)
      }
    case .edge(let wanted):
      if let barrier, world.begins(barrier, start) { return }
      for edge in world.edges
      where edge.range.start == start && world.passes(edge, wanted) {
        body(edge.range.end, capture)
      }
    case .run(let low, let high, let excluding):
      var longest = 0
      while longest < high, start + longest < world.text.count,
        !(excluding.map { world.begins($0, start + longest) } ?? false)
      {
        longest += 1
      }
      guard longest >= low else { return }
      for count in (low...longest).reversed() { body(start + count, capture) }
    case .gap(let width):
      for count in 0...width {
        if start + count > world.text.count { return }
        body(start + count, capture)
        if let barrier, world.begins(barrier, start + count) { return }
      }
    case .sequence(let items):
      guard let first = items.first else {
        body(start, capture)
        return
      }
      first.match(start, capture, in: world, barrier: barrier) { end, capture in
        TwinPattern.sequence(Array(items.dropFirst())).match(
          end, capture, in: world, barrier: barrier, body)
      }
    case .choice(let items):
      for item in items { item.match(start, capture, in: world, barrier: barrier, body) }
    case .repeated(let item, let low, let high, let sign):
      if high != 0 {
        item.match(start, capture, in: world, barrier: barrier) { end, capture in
          if high == nil, end == start { return }
          TwinPattern.repeated(item, max(0, low - 1), high.map { $0 - 1 }, sign).match(
            end, capture, in: world, barrier: barrier, body)
        }
      }
      if low == 0 { body(start, capture) }
    case .capture(let item):
      item.match(start, capture, in: world, barrier: barrier) { end, _ in
        body(end, TextRange(start, end))
      }
    case .start: if start == 0 { body(start, capture) }
    case .end: if start == world.text.count { body(start, capture) }
    case .border:
      if start == world.text.count || world.begins("word", start) { body(start, capture) }
    }
  }

  /// The ends of matches from `start`, each with the capture of the preferred way to it.
  func ends(_ start: Int, in world: TwinWorld, barrier: String? = nil) -> [Int: TextRange?] {
    var ends: [Int: TextRange?] = [:]
    match(start, nil, in: world, barrier: barrier) { end, capture in
      if ends[end] == nil { ends[end] = .some(capture) }
    }
    return ends
  }
}

/// An edge as a pattern asks for it.
struct TwinEdge {
  let name: String
  /// `x=1` and its like: a feature, a sign, a number.
  var test: (sign: String, number: Int)?
  var required: String?
  var excluded: String?

  static func random(_ random: inout SplitMix64) -> TwinEdge {
    let names = ["A", "B", "A.x"]
    var edge = TwinEdge(name: random.pick(names))
    if random.chance(25) {
      edge.test = (random.pick(["=", "!=", "<", "<=", ">", ">="]), random.below(3))
    }
    if random.chance(10) { edge.required = random.pick(names) }
    if random.chance(10) { edge.excluded = random.pick(names) }
    return edge
  }

  var written: String {
    var tests: [String] = []
    if let test { tests.append("f\(test.sign)\(test.number)") }
    if let required { tests.append("@\(required)") }
    if let excluded { tests.append("not @\(excluded)") }
    return "@" + name + (tests.isEmpty ? "" : "[" + tests.joined(separator: ", ") + "]")
  }
}

/// A text and the edges over it. Edges of even rows have the number of their row as feature `f`.
struct TwinWorld: FeatureSource {
  let text: [UInt32]
  let edges: [Edge]
  let classes: ClassTable

  static func random(_ random: inout SplitMix64, _ classes: ClassTable) -> TwinWorld {
    let names = ["A", "A.x", "B", "C", "word"].compactMap { classes.find($0) }
    let text = (0..<(1 + random.below(9))).map { _ in random.pick(TwinPattern.letters) }
    let edges = (0..<random.below(12)).map { _ in
      let start = random.below(text.count)
      let end = start + 1 + random.below(min(3, text.count - start))
      return Edge(
        range: TextRange(start, end), category: random.pick(names),
        payload: random.chance(70) ? .sense(Int32(random.below(4))) : .none)
    }
    return TwinWorld(text: text, edges: edges, classes: classes)
  }

  var graph: AnnotationGraph {
    var graph = AnnotationGraph()
    graph.reset(to: TextRange(0, text.count))
    for edge in edges { graph.add(edge) }
    return graph
  }

  func isA(_ edge: Edge, _ name: String) -> Bool {
    classes.find(name).map { classes.isA(edge.category, $0) } ?? false
  }

  func begins(_ name: String, _ position: Int) -> Bool {
    edges.contains { $0.range.start == position && isA($0, name) }
  }

  func passes(_ edge: Edge, _ wanted: TwinEdge) -> Bool {
    func covered(_ name: String) -> Bool {
      edges.contains { $0.range == edge.range && isA($0, name) }
    }
    guard isA(edge, wanted.name) else { return false }
    if let required = wanted.required, !covered(required) { return false }
    if let excluded = wanted.excluded, covered(excluded) { return false }
    guard let test = wanted.test else { return true }
    let value = feature("f", of: edge).flatMap { Int($0) }
    switch test.sign {
    case "=": return value == test.number
    case "!=": return value != test.number
    case "<": return value.map { $0 < test.number } ?? false
    case "<=": return value.map { $0 <= test.number } ?? false
    case ">": return value.map { $0 > test.number } ?? false
    default: return value.map { $0 >= test.number } ?? false
    }
  }

  func feature(_ name: String, of edge: Edge) -> String? {
    if case .sense(let row) = edge.payload, row % 2 == 0 { String(row) } else { nil }
  }

  func has(_ name: String, oneOf values: [String], edge: Edge) -> Bool {
    feature(name, of: edge).map(values.contains) ?? false
  }

  func provenance(of edge: Edge) -> Provenance? { nil }
}
