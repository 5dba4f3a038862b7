package import Annotations

/// Where the features of an edge's lexicon row or earlier match are looked up.
package protocol FeatureSource {
  /// A feature of what stands behind an edge, or nil.
  func feature(_ name: String, of edge: Edge) -> String?
  /// Whether a feature of what stands behind an edge has one of these values.
  func has(_ name: String, oneOf values: [String], edge: Edge) -> Bool
}

/// Runs one compiled pattern from one position of a graph.
///
/// A depth-first walk over (step, position) pairs that visits each pair once, in order of
/// preference, as RE2's bit-state matcher does: work is at most steps × reach, whatever the pattern.
/// The longest match wins; of the ways to reach its end the preferred one.
struct PatternMachine {
  /// No match is longer, in characters.
  static let longestMatch = 240

  private struct Frame {
    let step: Int32
    let position: Int32
    /// The newest capture on the way here, or -1.
    let captures: Int32
  }

  /// A capture border on a way through the pattern, linked to the one before it.
  private struct CaptureLink {
    let slot: Int32
    let position: Int32
    let previous: Int32
  }

  private var visited: [UInt32] = []
  private var generation: UInt32 = 0
  private var stack: [Frame] = []
  private var links: [CaptureLink] = []
  /// Positions in the sentence at which a clause ends.
  private var barriers: [Bool] = []

  /// The end of the longest match from `start`, or -1. With `exactly`, the match has to end there.
  mutating func match(
    _ program: PatternProgram, at start: Int, in graph: AnnotationGraph, text: [UInt32],
    features: some FeatureSource, withinClause: Bool = false, barriers: [Bool] = [],
    exactly: Int? = nil, captures: inout [Int32]
  ) -> Int {
    let limit = min(graph.range.end, start + Self.longestMatch)
    let width = limit - start + 1
    let cells = program.code.count * width
    if visited.count < cells { visited.append(contentsOf: repeatElement(0, count: cells - visited.count)) }
    generation &+= 1
    if generation == 0 {
      for index in visited.indices { visited[index] = 0 }
      generation = 1
    }
    stack.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    stack.append(Frame(step: 0, position: Int32(start), captures: -1))
    var bestEnd = -1
    var bestCaptures: Int32 = -1
    while let frame = stack.popLast() {
      let step = Int(frame.step)
      let position = Int(frame.position)
      let cell = step * width + position - start
      if visited[cell] == generation { continue }
      visited[cell] = generation
      switch program.code[step] {
      case .accept:
        if let exactly {
          if position == exactly {
            bestEnd = position
            bestCaptures = frame.captures
            stack.removeAll(keepingCapacity: true)
          }
        } else if position > bestEnd {
          bestEnd = position
          bestCaptures = frame.captures
        }
      case .character(let character):
        if position < limit, text[position] == character {
          stack.append(Frame(step: frame.step + 1, position: frame.position + 1, captures: frame.captures))
        }
      case .any:
        if position < limit, !(withinClause && barriers[position - graph.range.start]) {
          stack.append(Frame(step: frame.step + 1, position: frame.position + 1, captures: frame.captures))
        }
      case .run(let kind, let excluding):
        if position < limit, Self.fits(text[position], kind),
          !begins(program.exclusions[excluding], at: position, in: graph)
        {
          stack.append(Frame(step: frame.step + 1, position: frame.position + 1, captures: frame.captures))
        }
      case .edge(let number):
        let test = program.tests[number]
        var edge = graph.first(at: position)
        while edge >= 0 {
          let candidate = graph.edges[edge]
          if candidate.range.end <= limit, test.classes[candidate.category.index],
            !(withinClause && barriers[position - graph.range.start]),
            passes(test, candidate, in: graph, features: features)
          {
            stack.append(
              Frame(
                step: frame.step + 1, position: candidate.range.upper, captures: frame.captures))
          }
          edge = graph.next(after: edge)
        }
      case .split(let first, let second):
        stack.append(
          Frame(step: Int32(second), position: frame.position, captures: frame.captures))
        stack.append(Frame(step: Int32(first), position: frame.position, captures: frame.captures))
      case .jump(let target):
        stack.append(Frame(step: Int32(target), position: frame.position, captures: frame.captures))
      case .save(let slot):
        links.append(
          CaptureLink(slot: Int32(slot), position: frame.position, previous: frame.captures))
        stack.append(
          Frame(
            step: frame.step + 1, position: frame.position, captures: Int32(links.count - 1)))
      case .start:
        if position == graph.range.start {
          stack.append(Frame(step: frame.step + 1, position: frame.position, captures: frame.captures))
        }
      case .end:
        if position == graph.range.end {
          stack.append(Frame(step: frame.step + 1, position: frame.position, captures: frame.captures))
        }
      }
    }
    if bestEnd >= 0 {
      for index in captures.indices { captures[index] = -1 }
      var link = bestCaptures
      while link >= 0 {
        let border = links[Int(link)]
        let slot = Int(border.slot)
        if slot < captures.count, captures[slot] < 0 { captures[slot] = border.position }
        link = border.previous
      }
    }
    return bestEnd
  }

  private func passes(
    _ test: EdgeTest, _ edge: Edge, in graph: AnnotationGraph, features: some FeatureSource
  ) -> Bool {
    for test in test.features
    where features.has(test.feature, oneOf: test.values, edge: edge) == test.negated {
      return false
    }
    for required in test.required where !covered(edge.range, by: required, in: graph) {
      return false
    }
    return test.excluded.map { !covered(edge.range, by: $0, in: graph) } ?? true
  }

  /// Whether an edge of one of the classes covers exactly these characters.
  private func covered(_ range: TextRange, by classes: [Bool], in graph: AnnotationGraph) -> Bool {
    var edge = graph.first(at: range.start)
    while edge >= 0 {
      let candidate = graph.edges[edge]
      if candidate.range == range, classes[candidate.category.index] { return true }
      edge = graph.next(after: edge)
    }
    return false
  }

  private func begins(_ classes: [Bool], at position: Int, in graph: AnnotationGraph) -> Bool {
    var edge = graph.first(at: position)
    while edge >= 0 {
      if classes[graph.edges[edge].category.index] { return true }
      edge = graph.next(after: edge)
    }
    return false
  }

  private static func fits(_ character: UInt32, _ kind: RunKind) -> Bool {
    switch kind {
    case .han: (0x4E00...0x9FFF).contains(character) || (0x3400...0x4DBF).contains(character)
    case .digit: (0x30...0x39).contains(character)
    case .latin: (0x41...0x5A).contains(character) || (0x61...0x7A).contains(character)
    case .any: true
    }
  }
}
