package import Annotations

/// Where the features of an edge's lexicon row or earlier match are looked up. What an edge of a lexicon row
/// has depends on nothing but its class and its row.
package protocol FeatureSource {
  /// A feature of what stands behind an edge, or nil.
  func feature(_ name: String, of edge: Edge) -> String?
  /// Whether a feature of what stands behind an edge has one of these values.
  func has(_ name: String, oneOf values: [String], edge: Edge) -> Bool
  /// Where the lexicon row of an edge stands, nil for an edge of no row.
  func provenance(of edge: Edge) -> Provenance?
}

/// Runs one compiled pattern from one position of a graph.
///
/// A depth-first walk over (step, position) pairs that visits each pair once, in order of
/// preference, as RE2's bit-state matcher does: work is at most steps × reach, whatever the pattern.
/// Every end is remembered with the preferred way to reach it; ``nextMatch(captures:)`` gives them,
/// the longest first.
struct PatternMachine {
  /// No match is longer, in characters.
  static let longestMatch = 240

  private struct Frame {
    let step: Int32
    let position: Int32
    /// The newest capture on the way here, or -1.
    let captures: Int32

    /// To the next step, `width` characters on.
    @inline(__always)
    func moved(by width: Int) -> Frame {
      Frame(step: step + 1, position: position + Int32(width), captures: captures)
    }

    /// To another step at the same position.
    @inline(__always)
    func moved(to step: Int) -> Frame {
      Frame(step: Int32(step), position: position, captures: captures)
    }
  }

  /// A capture border on a way through the pattern, linked to the one before it.
  private struct CaptureLink {
    let slot: Int32
    let position: Int32
    let previous: Int32
  }

  /// How many pairs of step and position were visited, in all runs.
  private(set) var visits = 0
  private var visited: [UInt32] = []
  private var generation: UInt32 = 0
  private var stack: [Frame] = []
  private var links: [CaptureLink] = []
  /// The ends that were reached, with the newest capture on the way to each.
  private var ends: [(end: Int32, captures: Int32)] = []

  /// Finds all matches from `start` and gives the end of the longest, or -1. With `exactly`, the
  /// match has to end there.
  mutating func match(
    _ program: PatternProgram, at start: Int, in view: borrowing GraphView,
    features: borrowing some FeatureSource, exactly: Int? = nil
  ) -> Int {
    var none = NoTrace()
    return match(
      program, at: start, in: view, features: features, exactly: exactly, trace: &none)
  }

  /// The same, and tells `trace` every pair of step and position that it visits. Inlined, so that the one
  /// without a trace has no call for it.
  @inline(__always)
  mutating func match(
    _ program: PatternProgram, at start: Int, in view: borrowing GraphView,
    features: borrowing some FeatureSource, exactly: Int?,
    trace: inout some PatternTrace
  ) -> Int {
    let limit = min(view.end, start + Self.longestMatch)
    let width = limit - start + 1
    let code = program.code
    let cells = code.count * width
    if visited.count < cells {
      visited.append(contentsOf: repeatElement(0, count: cells - visited.count))
    }
    generation &+= 1
    if generation == 0 {
      for index in visited.indices { visited[index] = 0 }
      generation = 1
    }
    stack.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    // The frame that is taken next; what else there is to take is on the stack.
    var next: Frame? = Frame(step: 0, position: Int32(start), captures: -1)
    while let frame = next ?? stack.popLast() {
      next = nil
      let step = Int(frame.step)
      let position = Int(frame.position)
      // Position by position, since most walks do not go far.
      let cell = (position - start) * code.count + step
      if visited[cell] == generation { continue }
      visited[cell] = generation
      visits &+= 1
      trace.reached(step: step, position: position, depth: stack.count)
      switch code[step] {
      case .accept:
        if let exactly, position != exactly { continue }
        // Each pair of step and position comes once, so each end does.
        ends.append((frame.position, frame.captures))
        if exactly != nil { stack.removeAll(keepingCapacity: true) }
      case .character(let character):
        if position < limit, view.text[position] == character { next = frame.moved(by: 1) }
      case .any:
        if position < limit { next = frame.moved(by: 1) }
      case .run(let kind, let excluding):
        if position < limit, kind.contains(view.text[position]),
          !begins(program, excluding, at: position, in: view)
        {
          next = frame.moved(by: 1)
        }
      case .edge(let test):
        if program.barrier >= 0, begins(program, program.barrier, at: position, in: view) {
          continue
        }
        let row = test * program.classCount
        var edge = view.heads[position - view.start]
        while edge >= 0 {
          let candidate = view.edges[Int(edge)]
          if program.classes[row + candidate.category.index], candidate.range.end <= limit,
            program.conditions[test]?.hold(for: candidate, in: view, features: features) ?? true
          {
            if let other = next { stack.append(other) }
            next = frame.moved(by: candidate.range.count)
          }
          edge = view.links[Int(edge)]
        }
      case .split(let first, let second):
        stack.append(frame.moved(to: second))
        next = frame.moved(to: first)
      case .jump(let target): next = frame.moved(to: target)
      case .save(let slot):
        links.append(
          CaptureLink(slot: Int32(slot), position: frame.position, previous: frame.captures))
        next = Frame(
          step: frame.step + 1, position: frame.position, captures: Int32(links.count - 1))
      case .start: if position == view.start { next = frame.moved(by: 0) }
      case .end: if position == view.end { next = frame.moved(by: 0) }
      case .border(let words):
        if position == view.end || begins(program, words, at: position, in: view) {
          next = frame.moved(by: 0)
        }
      }
    }
    if ends.count > 1 { ends.sort { $0.end < $1.end } }
    return ends.last.map { Int($0.end) } ?? -1
  }

  /// The longest match that was not asked for yet: its end, or -1; fills in its captures.
  mutating func nextMatch(captures: inout [Int32]) -> Int {
    guard let match = ends.popLast() else { return -1 }
    read(match.captures, into: &captures)
    return Int(match.end)
  }

  private func read(_ newest: Int32, into captures: inout [Int32]) {
    for index in captures.indices { captures[index] = -1 }
    var link = newest
    while link >= 0 {
      let border = links[Int(link)]
      let slot = Int(border.slot)
      if slot < captures.count, captures[slot] < 0 { captures[slot] = border.position }
      link = border.previous
    }
  }

  func begins(
    _ program: PatternProgram, _ excluding: Int, at position: Int, in view: borrowing GraphView
  ) -> Bool {
    let row = excluding * program.classCount
    var edge = view.heads[position - view.start]
    while edge >= 0 {
      if program.exclusions[row + view.edges[Int(edge)].category.index] { return true }
      edge = view.links[Int(edge)]
    }
    return false
  }
}
