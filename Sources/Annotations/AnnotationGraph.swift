/// What an ``Edge`` points at beyond its class.
public enum EdgePayload: Hashable, Sendable {
  /// Nothing more.
  case none
  /// A sense of a lexicon word: the row's number in the lexicon.
  case sense(Int32)
  /// A quantity: its number in the layer of quantities.
  case quantity(Int32)
  /// A time: its number in the layer of times.
  case time(Int32)
  /// A rule match: its number in the layer of matches.
  case match(Int32)
}

/// A span of the text with a class: a lexicon word, a typed value, or the result of a rule.
public struct Edge: Hashable, Sendable {
  /// The characters it covers.
  public let range: TextRange
  /// What it is.
  public let category: ClassID
  /// What stands behind it.
  public let payload: EdgePayload

  /// An edge.
  public init(range: TextRange, category: ClassID, payload: EdgePayload = .none) {
    self.range = range
    self.category = category
    self.payload = payload
  }
}

/// The text of one sentence as a graph: positions between characters, and edges over them from
/// every stage so far, overlapping as they may.
///
/// Stages only add edges. A graph is reset and filled again for each sentence; its buffers stay.
///
/// Invariant: every edge lies within `range`; the edges that start at a position form a chain from
/// `heads` through `links`, those that end at one a chain from `tails` through `tailLinks`, the last
/// one added first. Chains are numbers of edges, -1 at their end; positions count from the
/// sentence's start.
public struct AnnotationGraph: Sendable {
  /// The sentence's place in the normalised text.
  public private(set) var range: TextRange
  /// All edges in the order they were added.
  public private(set) var edges: [Edge] = []
  /// For each position, the first edge of the chain that starts there.
  public private(set) var heads: [Int32] = []
  /// For each edge, the next one that starts at the same position.
  public private(set) var links: [Int32] = []
  /// For each position, the first edge of the chain that ends there.
  public private(set) var tails: [Int32] = []
  /// For each edge, the next one that ends at the same position.
  public private(set) var tailLinks: [Int32] = []

  /// Neighbours among the edges that are all senses of a word, with a number that is the same for the same edges in
  /// all sentences.
  package typealias WordEdges = (first: Int32, end: Int32, number: Int32)
  /// The edges of words, in the order they were added.
  package private(set) var words: [WordEdges] = []

  /// An empty graph.
  public init() { range = TextRange(0, 0) }

  /// Forgets all edges and takes over another sentence.
  public mutating func reset(to range: TextRange) {
    self.range = range
    edges.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    heads.append(contentsOf: repeatElement(-1, count: range.count + 1))
    tails.removeAll(keepingCapacity: true)
    tails.append(contentsOf: repeatElement(-1, count: range.count + 1))
    tailLinks.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }

  /// Adds an edge and gives its number. Traps when it does not lie within the sentence.
  @discardableResult
  public mutating func add(_ edge: Edge) -> Int {
    precondition(range.contains(edge.range), "an edge must lie within its sentence")
    let number = edges.count
    let head = Int(edge.range.lower &- range.lower)
    let tail = Int(edge.range.upper &- range.lower)
    edges.append(edge)
    links.append(heads[head])
    heads[head] = Int32(truncatingIfNeeded: number)
    tailLinks.append(tails[tail])
    tails[tail] = Int32(truncatingIfNeeded: number)
    return number
  }

  /// Adds at most `count` edges, as ``add(_:)`` adds each of them, but all at once: `body` appends them to a list, and
  /// to ``words`` which of them are the senses of a word.
  package mutating func add(
    atMost count: Int,
    _ body: (_ edges: inout OutputSpan<Edge>, _ words: inout [WordEdges]) -> Void
  ) {
    let first = edges.count
    edges.append(addingCapacity: count) { body(&$0, &words) }
    for edge in edges[first...] {
      precondition(range.contains(edge.range), "an edge must lie within its sentence")
    }
    let start = range.lower
    Self.chain(edges, from: first, heads: &heads, links: &links) { Int($0.lower &- start) }
    Self.chain(edges, from: first, heads: &tails, links: &tailLinks) { Int($0.upper &- start) }
  }

  /// Puts the edges from a number on at the heads of the chains of their places.
  @inline(__always)
  private static func chain(
    _ edges: [Edge], from first: Int, heads: inout [Int32], links: inout [Int32],
    place: (TextRange) -> Int
  ) {
    links.append(contentsOf: repeatElement(-1, count: edges.count - first))
    var heads = heads.mutableSpan
    var links = links.mutableSpan
    for number in first..<edges.count {
      let place = place(edges[number].range)
      links[number] = heads[place]
      heads[place] = Int32(truncatingIfNeeded: number)
    }
  }

  /// Takes an edge back: it stays in its chains, as one of another class.
  public mutating func relabel(_ number: Int, as category: ClassID) {
    let edge = edges[number]
    edges[number] = Edge(range: edge.range, category: category, payload: edge.payload)
  }

  /// The edges that start at a position of the text, the last one added first.
  public func starting(at position: Int) -> EdgesAtPosition {
    EdgesAtPosition(graph: self, at: position - range.start)
  }

  /// The number of the first edge of a position's chain, or -1.
  @inlinable
  public func first(at position: Int) -> Int { Int(heads[position - range.start]) }
  /// The number of the next edge of the chain, or -1.
  @inlinable
  public func next(after number: Int) -> Int { Int(links[number]) }
}

/// The edges that start at one position.
public struct EdgesAtPosition: Sequence, IteratorProtocol {
  private let edges: [Edge]
  private let links: [Int32]
  private var number: Int

  init(graph: AnnotationGraph, at index: Int) {
    edges = graph.edges
    links = graph.links
    number = Int(graph.heads[index])
  }

  /// The next edge.
  public mutating func next() -> Edge? {
    guard number >= 0 else { return nil }
    let edge = edges[number]
    number = Int(links[number])
    return edge
  }
}
