internal import Annotations
internal import Rules
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
  /// How a state at a position was come to.
  private struct Origin {
    let position: Int32
    /// The state at that position.
    let state: Int32
    let payload: EdgePayload
  }

  /// A tag in which the word over a span may be read, at what cost, and by which sense.
  private struct Reading {
    let tag: Int32
    let cost: Int32
    let sense: Int32
  }

  /// A tag of the words that end at a position: what the way to it costs, without and with a predicate so far;
  /// `Int32.max` where there is none.
  private struct Live {
    let tag: Int32
    var without: Int32
    var with: Int32
  }

  /// The best way into a word of a tag, without and with a predicate so far; `Int32.max` where there is none.
  private struct Entry {
    /// The visit that it was found in.
    var visit = -1
    var without = Int32.max
    var with = Int32.max
    var stateWithout: Int32 = 0
    var stateWith: Int32 = 0
  }

  private let model: TaggingModel
  private let lexicon: Lexicon
  /// For each position and state what the cheapest way to it costs, and how it came about; it says something where
  /// the state was reached.
  private var costs: [Int32] = []
  private var origins: [Origin] = []
  /// For each position, 64 states a word, which states were reached.
  private var reached: [UInt64] = []
  private var lives: [Live] = []
  /// For each tag, the best way into a word of it from the tags that are alive.
  private var entries: [Entry]
  /// The number of times that tags were alive.
  private var visit = 0
  private var claimedEnd: [Int32] = []
  private var insideClaim: [Bool] = []
  /// For each position, the next one behind it that is claimed.
  private var nextClaimed: [Int32] = []
  /// For each sign of the spans, where its readings stand in `readings`; empty and below 0 when not yet known.
  private var readingsOfSign: [Range<Int32>] = []
  private var readings: [Reading] = []
  private var epoch = 0

  init(model: TaggingModel, lexicon: Lexicon) {
    self.model = model
    self.lexicon = lexicon
    entries = Array(repeating: Entry(), count: model.count)
  }

  /// The tokens of the sentence, in order.
  ///
  /// `spans` are those of the graph, the same ones in all calls; `words` are those of the plain path, which cover the
  /// sentence; `claims` are spans that are one token whatever the lexicon says, in order, not overlapping.
  /// - Complexity: O(spans × tags of a span × tags before it).
  mutating func tokens(
    graph: AnnotationGraph, spans: borrowing SentenceSpans, words: [PlainWord], claims: [Edge]
  ) -> [TaggedToken] {
    let start = graph.range.start
    let length = graph.range.count
    prepare(length, spans)
    note(claims, start, length)
    reached[0] |= 1 << UInt64(2 * TaggingModel.border)
    costs[2 * TaggingModel.border] = 0
    let (heads, all) = (spans.heads, spans.spans)
    var nextWord = 0
    for position in 0..<length {
      while nextWord < words.count, words[nextWord].range.start < start + position { nextWord += 1 }
      findLives(position)
      if lives.isEmpty { continue }
      if claimedEnd[position] >= 0 {
        let claim = claims[Int(claimedEnd[position])]
        // A class that no row gives a tag is a word like any unknown one.
        let choices = model.choices(of: claim)
        for choice in choices.isEmpty ? [model.unknown] : choices {
          extend(
            from: position, to: claim.range.end - start, choice.tag, choice.cost, claim.payload)
        }
        continue
      }
      let word =
        nextWord < words.count && words[nextWord].range.start == start + position
          && words[nextWord].isWord ? words[nextWord] : nil
      var isKnown = false
      var number = heads[position]
      while number >= 0 {
        let span = all[Int(number)]
        number = span.next
        if crosses(position, Int(span.end)) { continue }
        for place in readings(of: span, graph) {
          let reading = readings[Int(place)]
          extend(
            from: position, to: Int(span.end), Int(reading.tag), reading.cost,
            .sense(reading.sense))
          // A verb of the lexicon is no word that nobody knows, which would be a noun.
          if let word, start + Int(span.end) == word.range.end,
            word.range.count >= model.knownFrom[Int(reading.tag)]
          {
            isKnown = true
          }
        }
      }
      if let word, !isKnown, !crosses(position, word.range.end - start) {
        extend(
          from: position, to: word.range.end - start, model.unknown.tag,
          model.unknown.cost + Int32(word.cost), .none)
      }
      extend(
        from: position, to: position + 1, model.stray.tag,
        model.stray.cost + Int32(Lexicon.unknownCost), .none)
    }
    return backtrack(start: start, length: length)
  }

  /// A state is twice the tag, and one more once the clause has a predicate.
  private var states: Int { model.count * 2 }
  /// The words of reached states for a position.
  private var width: Int { (states + 63) / 64 }

  /// Makes room for a sentence and for its signs.
  private mutating func prepare(_ length: Int, _ spans: borrowing SentenceSpans) {
    let count = (length + 1) * states
    if costs.count < count {
      costs.append(contentsOf: repeatElement(0, count: count - costs.count))
      let none = Origin(position: -1, state: 0, payload: .none)
      origins.append(contentsOf: repeatElement(none, count: count - origins.count))
    }
    reached.removeAll(keepingCapacity: true)
    reached.append(contentsOf: repeatElement(0, count: (length + 1) * width))
    if epoch != spans.epoch {
      epoch = spans.epoch
      readingsOfSign.removeAll(keepingCapacity: true)
      readings.removeAll(keepingCapacity: true)
    }
    if readingsOfSign.count < spans.signCount {
      readingsOfSign.append(
        contentsOf: repeatElement(-1 ..< -1, count: spans.signCount - readingsOfSign.count))
    }
  }

  /// Puts down where the claims are.
  private mutating func note(_ claims: [Edge], _ start: Int, _ length: Int) {
    insideClaim.removeAll(keepingCapacity: true)
    insideClaim.append(contentsOf: repeatElement(false, count: length + 1))
    claimedEnd.removeAll(keepingCapacity: true)
    claimedEnd.append(contentsOf: repeatElement(-1, count: length + 1))
    nextClaimed.removeAll(keepingCapacity: true)
    nextClaimed.append(contentsOf: repeatElement(Int32(length + 1), count: length + 1))
    for (number, claim) in claims.enumerated() {
      claimedEnd[claim.range.start - start] = Int32(number)
      for inside in (claim.range.start + 1)..<max(claim.range.end, claim.range.start + 1) {
        insideClaim[inside - start] = true
      }
    }
    for position in (0..<length).reversed() {
      let next = position + 1
      nextClaimed[position] =
        claimedEnd[next] >= 0 || insideClaim[next] ? Int32(next) : nextClaimed[next]
    }
  }

  /// Whether a word from one position to another would cut a claim or hold one.
  @inline(__always)
  private func crosses(_ from: Int, _ to: Int) -> Bool {
    insideClaim[to] || nextClaimed[from] < to
  }

  /// The places in `readings` of those of a span: of each tag the cheapest one, of several the sense that was added
  /// last.
  @inline(__always)
  private mutating func readings(
    of span: SentenceSpans.Span, _ graph: AnnotationGraph
  ) -> Range<Int32> {
    let known = readingsOfSign[Int(span.sign)]
    return known.lowerBound >= 0 ? known : findReadings(of: span, graph)
  }

  private mutating func findReadings(
    of span: SentenceSpans.Span, _ graph: AnnotationGraph
  ) -> Range<Int32> {
    let first = readings.count
    let start = graph.range.start + Int(span.start)
    for edge in graph.starting(at: start) where edge.range.end == graph.range.start + Int(span.end)
    {
      guard case .sense(let sense) = edge.payload else { continue }
      let cost = Int32(lexicon.cost(ofSense: Int(sense)))
      for choice in model.choices(of: edge) {
        let reading = Reading(tag: Int32(choice.tag), cost: cost + choice.cost, sense: sense)
        if let place = readings[first...].firstIndex(where: { $0.tag == reading.tag }) {
          if reading.cost < readings[place].cost { readings[place] = reading }
        } else {
          readings.append(reading)
        }
      }
    }
    let found = Int32(first)..<Int32(readings.count)
    readingsOfSign[Int(span.sign)] = found
    return found
  }

  /// Finds the tags of the words that end at a position, in ascending order.
  private mutating func findLives(_ position: Int) {
    visit += 1
    lives.removeAll(keepingCapacity: true)
    let base = position * states
    for place in 0..<width {
      var word = reached[position * width + place]
      while word != 0 {
        let state = place * 64 + word.trailingZeroBitCount
        word &= word - 1
        let cost = costs[base + state]
        if state & 1 == 0 {
          lives.append(Live(tag: Int32(state / 2), without: cost, with: .max))
        } else if let last = lives.last, last.tag == state / 2 {
          lives[lives.count - 1].with = cost
        } else {
          lives.append(Live(tag: Int32(state / 2), without: .max, with: cost))
        }
      }
    }
  }

  /// Goes on from the tags that are alive at a position by a word with a tag at a cost.
  private mutating func extend(
    from: Int, to: Int, _ tag: Int, _ own: Int32, _ payload: EdgePayload
  ) {
    if entries[tag].visit != visit { enter(tag) }
    let entry = entries[tag]
    let here = 2 * tag
    func reach(_ state: Int, _ total: Int32, _ previous: Int32) {
      let cell = to * states + state
      let word = to * width + state >> 6
      let bit: UInt64 = 1 << UInt64(state & 63)
      if reached[word] & bit == 0 {
        reached[word] |= bit
      } else if total >= costs[cell] {
        return
      }
      costs[cell] = total
      origins[cell] = Origin(position: Int32(from), state: previous, payload: payload)
    }
    if model.endsClause[tag] {
      if entry.without != .max {
        reach(here, entry.without + own + model.missingPredicateCost, entry.stateWithout)
      }
      if entry.with != .max { reach(here, entry.with + own, entry.stateWith) }
    } else if let again = model.predicateCosts[tag] {
      if entry.without != .max { reach(here + 1, entry.without + own, entry.stateWithout) }
      if entry.with != .max { reach(here + 1, entry.with + own + again, entry.stateWith) }
    } else {
      if entry.without != .max { reach(here, entry.without + own, entry.stateWithout) }
      if entry.with != .max { reach(here + 1, entry.with + own, entry.stateWith) }
    }
  }

  /// Finds the best way into words of a tag.
  private mutating func enter(_ tag: Int) {
    var entry = Entry(visit: visit)
    let row = tag * model.count
    for live in lives {
      let transition = model.transitionsInto[row + Int(live.tag)]
      if live.without != .max, live.without + transition < entry.without {
        entry.without = live.without + transition
        entry.stateWithout = 2 * live.tag
      }
      if live.with != .max, live.with + transition < entry.with {
        entry.with = live.with + transition
        entry.stateWith = 2 * live.tag + 1
      }
    }
    entries[tag] = entry
  }

  private mutating func backtrack(start: Int, length: Int) -> [TaggedToken] {
    var position = length
    var state = 0
    var best = Int32.max
    findLives(length)
    for live in lives {
      let tag = Int(live.tag)
      let last = model.transition(tag, TaggingModel.border)
      if live.without != .max {
        let total =
          live.without + last + (model.endsClause[tag] ? 0 : model.missingPredicateCost)
        if total < best { (best, state) = (total, 2 * tag) }
      }
      if live.with != .max, live.with + last < best {
        (best, state) = (live.with + last, 2 * tag + 1)
      }
    }
    if lives.isEmpty { return [] }
    var tokens: [TaggedToken] = []
    while position > 0 {
      let origin = origins[position * states + state]
      tokens.append(
        TaggedToken(
          range: TextRange(start + Int(origin.position), start + position), tag: state / 2,
          payload: origin.payload))
      position = Int(origin.position)
      state = Int(origin.state)
    }
    return tokens.reversed()
  }
}
