internal import Annotations

/// The arrays of a graph and its text, held by the matcher while it runs over one sentence: a step
/// reads them without a call into another module.
struct GraphView {
  let start: Int
  let end: Int
  let text: [UInt32]
  let edges: [Edge]
  let heads: [Int32]
  let links: [Int32]
  let tails: [Int32]
  let tailLinks: [Int32]

  init(_ graph: AnnotationGraph, text: [UInt32]) {
    start = graph.range.start
    end = graph.range.end
    self.text = text
    edges = graph.edges
    heads = graph.heads
    links = graph.links
    tails = graph.tails
    tailLinks = graph.tailLinks
  }

  /// The first edge over exactly these characters among those from one on that start where they do; -1 for none.
  func edge(over range: TextRange, from number: Int32) -> Int32 {
    var number = number
    while number >= 0, edges[Int(number)].range != range { number = links[Int(number)] }
    return number
  }

  /// Whether an edge of one of the classes covers exactly these characters.
  func covers(_ range: TextRange, by classes: [Bool]) -> Bool {
    var edge = heads[range.start - start]
    while edge >= 0 {
      let candidate = edges[Int(edge)]
      if candidate.range == range, classes[candidate.category.index] { return true }
      edge = links[Int(edge)]
    }
    return false
  }

  /// Whether what stands directly before a position is what a look back asks for.
  func follows(_ last: LastStep, at position: Int) -> Bool {
    if position == start { return last.start }
    if last.characters.contains(text[position - 1]) { return true }
    var edge = tails[position - start]
    while edge >= 0 {
      if last.classes[edges[Int(edge)].category.index] { return true }
      edge = tailLinks[Int(edge)]
    }
    return false
  }
}
