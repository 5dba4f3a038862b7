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
/// A clause wants a predicate: a state is a tag and whether the clause has had one. So a word that
/// may be verb or noun (培养) is a noun where the clause has its verb already.
///
/// What names, times and quantities have claimed is not cut: no word crosses into a claimed span.
/// Where no lexicon word fits, the words of the plain path stand in as unknown ones.
struct TagPath {
  private struct Cell {
    var cost: Int32 = .max
    var previousPosition: Int32 = -1
    /// The state at the previous position.
    var previousState: Int16 = 0
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
  ///
  /// `words` are those of the plain path, which cover the sentence; `claims` are spans that are one
  /// token whatever the lexicon says, in order, not overlapping.
  /// - Complexity: O(edges × states), states being twice the tags.
  mutating func tokens(
    graph: AnnotationGraph, words: [PlainWord], claims: [Edge]
  ) -> [TaggedToken] {
    let start = graph.range.start
    let length = graph.range.count
    cells.removeAll(keepingCapacity: true)
    cells.append(contentsOf: repeatElement(Cell(), count: (length + 1) * states))
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
    cells[2 * TaggingModel.border].cost = 0
    var nextWord = 0
    for position in 0..<length {
      while nextWord < words.count, words[nextWord].range.start < start + position { nextWord += 1 }
      guard reached(position) else { continue }
      if claimedEnd[position] >= 0 {
        let claim = claims[Int(claimedEnd[position])]
        // A class that no row gives a tag is a word like any unknown one.
        let choices = model.choices(of: claim)
        for choice in choices.isEmpty ? [model.unknown] : choices {
          extend(from: position, to: claim.range.end - start, choice, 0, claim.payload)
        }
        continue
      }
      let word =
        nextWord < words.count && words[nextWord].range.start == start + position
          && words[nextWord].isWord ? words[nextWord] : nil
      var isKnown = false
      var number = graph.first(at: start + position)
      while number >= 0 {
        let edge = graph.edges[number]
        if case .sense(let sense) = edge.payload, !crosses(position, edge.range.end - start) {
          let cost = Int32(lexicon.cost(ofSense: Int(sense)))
          for choice in model.choices(of: edge) {
            extend(from: position, to: edge.range.end - start, choice, cost, edge.payload)
            // A verb of the lexicon is no word that nobody knows, which would be a noun.
            if edge.range == word?.range, edge.range.count > 1,
              model.predicateCosts[choice.tag] != nil
            {
              isKnown = true
            }
          }
        }
        number = graph.next(after: number)
      }
      if let word, !isKnown, !crosses(position, word.range.end - start) {
        extend(
          from: position, to: word.range.end - start, model.unknown, Int32(word.cost), .none)
      }
      extend(
        from: position, to: position + 1, model.stray, Int32(Lexicon.unknownCost), .none)
    }
    return backtrack(start: start, length: length)
  }

  /// A state is twice the tag, and one more once the clause has a predicate.
  private var states: Int { model.count * 2 }

  private func reached(_ position: Int) -> Bool {
    for state in 0..<states where cells[position * states + state].cost != .max { return true }
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
    let states = states
    // The best way in, without and with a predicate so far.
    var best: (Int32, Int32) = (.max, .max)
    var bestState = (0, 0)
    for tag in 0..<model.count {
      let transition = model.transition(tag, choice.tag)
      let without = cells[from * states + 2 * tag].cost
      if without != .max, without + transition < best.0 {
        best.0 = without + transition
        bestState.0 = 2 * tag
      }
      let with = cells[from * states + 2 * tag + 1].cost
      if with != .max, with + transition < best.1 {
        best.1 = with + transition
        bestState.1 = 2 * tag + 1
      }
    }
    let own = choice.cost + cost
    let here = to * states + 2 * choice.tag
    func reach(_ cell: Int, _ total: Int32, _ state: Int) {
      guard total < cells[cell].cost else { return }
      cells[cell] = Cell(
        cost: total, previousPosition: Int32(from), previousState: Int16(state),
        payload: payload)
    }
    if model.endsClause[choice.tag] {
      if best.0 != .max { reach(here, best.0 + own + model.missingPredicateCost, bestState.0) }
      if best.1 != .max { reach(here, best.1 + own, bestState.1) }
    } else if let again = model.predicateCosts[choice.tag] {
      if best.0 != .max { reach(here + 1, best.0 + own, bestState.0) }
      if best.1 != .max { reach(here + 1, best.1 + own + again, bestState.1) }
    } else {
      if best.0 != .max { reach(here, best.0 + own, bestState.0) }
      if best.1 != .max { reach(here + 1, best.1 + own, bestState.1) }
    }
  }

  private func backtrack(start: Int, length: Int) -> [TaggedToken] {
    let states = states
    var position = length
    var state = 0
    var best = Int32.max
    for candidate in 0..<states where cells[length * states + candidate].cost != .max {
      let tag = candidate / 2
      var total =
        cells[length * states + candidate].cost + model.transition(tag, TaggingModel.border)
      if candidate % 2 == 0, !model.endsClause[tag] { total += model.missingPredicateCost }
      if total < best {
        best = total
        state = candidate
      }
    }
    var tokens: [TaggedToken] = []
    while position > 0 {
      let cell = cells[position * states + state]
      guard cell.previousPosition >= 0 else { break }
      let from = Int(cell.previousPosition)
      tokens.append(
        TaggedToken(
          range: TextRange(start + from, start + position), tag: state / 2,
          payload: cell.payload))
      position = from
      state = Int(cell.previousState)
    }
    return tokens.reversed()
  }
}
