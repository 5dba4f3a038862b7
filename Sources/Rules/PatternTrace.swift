/// Told what ``PatternMachine`` visits. The machine is generic over it, so that ``NoTrace`` leaves
/// nothing behind in the compiled code.
protocol PatternTrace {
  /// A pair of step and position was visited for the first time. `depth` is the number of frames that
  /// were left on the stack when it was taken.
  mutating func reached(step: Int, position: Int, depth: Int)
}

/// Takes no notice.
struct NoTrace: PatternTrace {
  @inline(__always)
  mutating func reached(step: Int, position: Int, depth: Int) {}
}

/// Remembers every visit, and from which visit the machine came to it.
struct RecordingTrace: PatternTrace {
  /// A visit. The visits make a tree: the way of the machine.
  struct Visit {
    let step: Int
    let position: Int
    let depth: Int
    /// The visit before it on its way, -1 for the first one.
    let parent: Int
  }

  private(set) var visits: [Visit] = []

  /// What a visit puts on the stack lies above the frames that were left then, and is taken before
  /// them. So a frame from place `depth` was put there by the last visit that left no more frames.
  mutating func reached(step: Int, position: Int, depth: Int) {
    var parent = visits.count - 1
    while parent >= 0, visits[parent].depth > depth { parent = visits[parent].parent }
    visits.append(Visit(step: step, position: position, depth: depth, parent: parent))
  }

  /// The visits from the first one to this one.
  func way(to visit: Int) -> [Visit] {
    var way: [Visit] = []
    var number = visit
    while number >= 0 {
      way.append(visits[number])
      number = visits[number].parent
    }
    return way.reversed()
  }
}
