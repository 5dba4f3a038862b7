package import Annotations

/// The spans of a sentence over which edges stand, for all stages of rules together.
///
/// What stands over a span has a number, its *sign*: spans over which edges of the same classes and lexicon rows
/// stand, added in the same order, have the same one, in all sentences. So what a stage makes of the edges of a word
/// is found once, and afterwards a span is one look-up, however many edges stand over it.
///
/// Edges are taken over in *runs*, neighbours in the graph's order with the same range: all senses of a word are one.
/// - Complexity: O(new edges) for ``follow(_:text:)``.
package struct SentenceSpans: Sendable {
  /// A span; positions count from the start of the sentence.
  struct Span: Sendable {
    let start: Int32
    let end: Int32
    var sign: Int32
    /// The next span that begins at the same position, or -1.
    let next: Int32
  }

  /// For each position of the sentence, the first of its spans, or -1.
  private(set) var heads: [Int32] = []
  private(set) var spans: [Span] = []
  /// For each character of the sentence, what it is to a run: see ``kind(of:)``.
  private(set) var kinds: [UInt8] = []
  /// A bit for each class: whether an edge of it stands in the sentence.
  private(set) var classes: [UInt64] = []
  /// Grows when all signs are forgotten.
  private(set) var epoch = 1
  /// The number of signs; 0 is that of no edges.
  private(set) var signCount = 1

  /// The number of edges that were taken over; -1 before the first of the sentence.
  private var taken = -1
  /// The classes and rows of all runs, one behind the other.
  private var members: [UInt64] = []
  private var memberStarts: [Int32] = [0]
  private var runs = KeyedNumbers()
  /// For each run, the sign of a span with nothing else; -1 when not yet known.
  private var signOfRun: [Int32] = []
  /// Sign and run → sign.
  private var extended = KeyedNumbers()
  private let limit: Int

  /// No spans; when more than `limit` signs are known at the end of a sentence they are forgotten.
  package init(limit: Int = 1 << 17) { self.limit = limit }

  /// Forgets the sentence: the graph has another one, or an edge of it has become another.
  package mutating func reset() {
    taken = -1
    guard signCount > limit || members.count > limit * 4 else { return }
    epoch += 1
    signCount = 1
    members.removeAll(keepingCapacity: true)
    memberStarts = [0]
    runs.removeAll()
    signOfRun.removeAll(keepingCapacity: true)
    extended.removeAll()
  }

  /// Takes over the edges that were added since.
  package mutating func follow(_ graph: borrowing AnnotationGraph, text: [UInt32]) {
    if taken < 0 { begin(graph.range, text) }
    let edges = graph.edges
    let start = graph.range.lower
    var first = taken
    while first < edges.count {
      let range = edges[first].range
      // FNV-1a over the members.
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      var next = first
      while next < edges.count, edges[next].range == range {
        hash = (hash ^ Self.member(edges[next])) &* 0x100_0000_01B3
        next += 1
      }
      add(run(hash & (.max >> 1), edges, first..<next), from: range.lower - start, to: range.upper - start)
      first = next
    }
    taken = edges.count
  }

  /// Whether an edge of a class stands in the sentence.
  func has(_ category: Int) -> Bool {
    category >> 6 < classes.count && classes[category >> 6] >> UInt64(category & 63) & 1 == 1
  }

  /// Han, digit, Latin letter, other.
  static func kind(of character: UInt32) -> UInt8 {
    RunKind.han.contains(character)
      ? 0 : RunKind.digit.contains(character) ? 1 : RunKind.latin.contains(character) ? 2 : 3
  }

  private mutating func begin(_ range: TextRange, _ text: [UInt32]) {
    taken = 0
    heads.removeAll(keepingCapacity: true)
    heads.append(contentsOf: repeatElement(-1, count: range.count + 1))
    spans.removeAll(keepingCapacity: true)
    for place in classes.indices { classes[place] = 0 }
    kinds.removeAll(keepingCapacity: true)
    for position in range.start..<range.end { kinds.append(Self.kind(of: text[position])) }
  }

  /// What counts of an edge: its class, what is behind it, and of a word the row.
  @inline(__always)
  private static func member(_ edge: Edge) -> UInt64 {
    let behind: UInt64 =
      switch edge.payload {
      case .none: 0
      case .quantity: 1
      case .time: 2
      case .match: 3
      case .sense(let sense): 4 + UInt64(UInt32(bitPattern: sense))
      }
    return UInt64(edge.category.rawValue) << 40 | behind
  }

  /// The number of a run of edges.
  private mutating func run(_ hash: UInt64, _ edges: [Edge], _ range: Range<Int>) -> Int {
    // A run with the hash of another one takes the next free one.
    var hash = hash
    while true {
      let known = runs.find(hash)
      if known < 0 { break }
      var member = Int(memberStarts[Int(known)])
      let end = Int(memberStarts[Int(known) + 1])
      if end - member == range.count {
        var place = range.lowerBound
        while member < end, members[member] == Self.member(edges[place]) {
          member += 1
          place += 1
        }
        if member == end {
          note(known)
          return Int(known)
        }
      }
      hash = (hash + 1) & (.max >> 1)
    }
    let number = Int32(memberStarts.count - 1)
    for place in range { members.append(Self.member(edges[place])) }
    memberStarts.append(Int32(members.count))
    signOfRun.append(-1)
    runs.add(hash, number)
    note(number)
    return Int(number)
  }

  /// Notes the classes of a run.
  @inline(__always)
  private mutating func note(_ run: Int32) {
    for place in Int(memberStarts[Int(run)])..<Int(memberStarts[Int(run) + 1]) {
      let category = Int(members[place] >> 40)
      while classes.count <= category >> 6 { classes.append(0) }
      classes[category >> 6] |= 1 << UInt64(category & 63)
    }
  }

  private mutating func add(_ run: Int, from start: Int32, to end: Int32) {
    var place = heads[Int(start)]
    while place >= 0, spans[Int(place)].end != end { place = spans[Int(place)].next }
    guard place >= 0 else {
      if signOfRun[run] < 0 {
        signOfRun[run] = Int32(signCount)
        signCount += 1
      }
      spans.append(Span(start: start, end: end, sign: signOfRun[run], next: heads[Int(start)]))
      heads[Int(start)] = Int32(spans.count - 1)
      return
    }
    let key = UInt64(spans[Int(place)].sign) << 32 | UInt64(run)
    var sign = extended.find(key)
    if sign < 0 {
      sign = Int32(signCount)
      signCount += 1
      extended.add(key, sign)
    }
    spans[Int(place)].sign = sign
  }
}
