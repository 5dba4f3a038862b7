internal import Annotations
internal import Segmentation

/// A word of the plain path, with its cost.
struct PlainWord {
  let range: TextRange
  let cost: Int
  /// Whether it is more than a space or a sign.
  let isWord: Bool
}

/// A word of the cheapest tagged path.
struct TaggedToken {
  let range: TextRange
  let tag: Int
  let payload: EdgePayload
}

/// The cheapest path through the graph of a sentence when words have tags and tags have neighbours:
/// a Viterbi search over edges and tags.
///
/// What names, times and quantities have claimed is not cut: no word crosses into a claimed span.
/// Where no lexicon word fits, the words of the plain path stand in as unknown ones.
struct TagPath {
  private struct Cell {
    var cost: Int32 = .max
    var previousPosition: Int32 = -1
    var previousTag: Int16 = 0
    var payload: EdgePayload = .none
  }

  private let model: TaggingModel
  private let lexicon: Lexicon
  private var cells: [Cell] = []
  private var claimedEnd: [Int32] = []
  private var insideClaim: [Bool] = []

  init(model: TaggingModel, lexicon: Lexicon) {
    self.model = model
    self.lexicon = lexicon
  }

  /// The tokens of the sentence, in order.
  /// - Parameters:
  ///   - words: the words of the plain path, which cover the sentence.
  ///   - claims: spans that are one token whatever the lexicon says, in order, not overlapping.
  /// - Complexity: O(edges × tags²).
  mutating func tokens(
    graph: AnnotationGraph, words: [PlainWord], claims: [Edge]
  ) -> [TaggedToken] {
    let start = graph.range.start
    let length = graph.range.count
    let tags = model.count
    cells.removeAll(keepingCapacity: true)
    cells.append(contentsOf: repeatElement(Cell(), count: (length + 1) * tags))
    insideClaim.removeAll(keepingCapacity: true)
    insideClaim.append(contentsOf: repeatElement(false, count: length + 1))
    claimedEnd.removeAll(keepingCapacity: true)
    claimedEnd.append(contentsOf: repeatElement(-1, count: length + 1))
    for (number, claim) in claims.enumerated() {
      claimedEnd[claim.range.start - start] = Int32(number)
      for inside in (claim.range.start + 1)..<max(claim.range.end, claim.range.start + 1) {
        insideClaim[inside - start] = true
      }
    }
    cells[TaggingModel.border].cost = 0
    var nextWord = 0
    for position in 0..<length {
      while nextWord < words.count, words[nextWord].range.start < start + position { nextWord += 1 }
      guard reached(position) else { continue }
      if claimedEnd[position] >= 0 {
        let claim = claims[Int(claimedEnd[position])]
        for choice in model.choices(of: claim) {
          extend(from: position, to: claim.range.end - start, choice, 0, claim.payload)
        }
        continue
      }
      var number = graph.first(at: start + position)
      while number >= 0 {
        let edge = graph.edges[number]
        if case .sense(let sense) = edge.payload, !crosses(position, edge.range.end - start) {
          let cost = Int32(lexicon.cost(ofSense: Int(sense)))
          for choice in model.choices(of: edge) {
            extend(from: position, to: edge.range.end - start, choice, cost, edge.payload)
          }
        }
        number = graph.next(after: number)
      }
      if nextWord < words.count, words[nextWord].range.start == start + position,
        words[nextWord].isWord, !crosses(position, words[nextWord].range.end - start)
      {
        let word = words[nextWord]
        extend(
          from: position, to: word.range.end - start, model.unknown, Int32(word.cost), .none)
      }
      extend(
        from: position, to: position + 1, model.stray, Int32(Lexicon.unknownCost), .none)
    }
    return backtrack(start: start, length: length)
  }

  private func reached(_ position: Int) -> Bool {
    for tag in 0..<model.count where cells[position * model.count + tag].cost != .max {
      return true
    }
    return false
  }

  private func crosses(_ from: Int, _ to: Int) -> Bool {
    if insideClaim[to] { return true }
    var position = from + 1
    while position < to {
      if claimedEnd[position] >= 0 || insideClaim[position] { return true }
      position += 1
    }
    return false
  }

  private mutating func extend(
    from: Int, to: Int, _ choice: TaggingModel.Choice, _ cost: Int32, _ payload: EdgePayload
  ) {
    let tags = model.count
    var best = Int32.max
    var bestTag = 0
    for tag in 0..<tags {
      let so = cells[from * tags + tag].cost
      if so == .max { continue }
      let total = so + model.transition(tag, choice.tag)
      if total < best {
        best = total
        bestTag = tag
      }
    }
    guard best != .max else { return }
    best += choice.cost + cost
    let cell = to * tags + choice.tag
    if best < cells[cell].cost {
      cells[cell] = Cell(
        cost: best, previousPosition: Int32(from), previousTag: Int16(bestTag), payload: payload)
    }
  }

  private func backtrack(start: Int, length: Int) -> [TaggedToken] {
    let tags = model.count
    var position = length
    var tag = 0
    var best = Int32.max
    for candidate in 0..<tags where cells[length * tags + candidate].cost != .max {
      let total =
        cells[length * tags + candidate].cost + model.transition(candidate, TaggingModel.border)
      if total < best {
        best = total
        tag = candidate
      }
    }
    var tokens: [TaggedToken] = []
    while position > 0 {
      let cell = cells[position * tags + tag]
      guard cell.previousPosition >= 0 else { break }
      let from = Int(cell.previousPosition)
      tokens.append(
        TaggedToken(
          range: TextRange(start + from, start + position), tag: tag, payload: cell.payload))
      position = from
      tag = Int(cell.previousTag)
    }
    return tokens.reversed()
  }
}
