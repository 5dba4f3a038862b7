internal import Annotations
internal import Rules
internal import Segmentation

/// The buffers of a ``TagPath``, and the search.
///
/// Its places are numbers of tags, which ``TaggingModel`` made, positions of the sentence for which room was made
/// before (`prepare`), and signs that the spans have. So buffers without bounds serve (``UncheckedBuffer``). Its types are not
/// private: the compiler (6.3) does not build their owner, which cannot be copied, for debugging then.
struct TagPathRoom: ~Copyable {
  /// What the cheapest way to a state at a position costs, and how it came about.
  struct Cell {
    let cost: Int32
    /// Where the last word begins, and the state there.
    let position: Int32
    let previous: Int32
    /// What the last word is: a sense, ``unknownWord``, or the number of a claim below that.
    let word: Int32
  }

  /// What stands for a word that is in no lexicon.
  private static let unknownWord: Int32 = -1

  /// A tag in which the word over a span may be read, at what cost, and by which sense.
  struct Reading {
    let tag: Int32
    let cost: Int32
    let sense: Int32
    /// Whether its class has the tag for nothing.
    let isFree: Bool
  }

  /// A tag of the words that end at a position: what the way to it costs, without and with a predicate so far;
  /// `Int32.max` where there is none.
  struct Live {
    let tag: Int32
    var without: Int32
    var with: Int32
  }

  /// The best way into a word of a tag, without and with a predicate so far; `Int32.max` where there is none.
  struct Entry {
    /// The visit that it was found in.
    var visit = -1
    var without = Int32.max
    var with = Int32.max
    var stateWithout: Int32 = 0
    var stateWith: Int32 = 0
  }

  /// What a tag does to its clause.
  struct Role {
    let endsClause: Bool
    let isPredicate: Bool
    /// What it costs as another predicate of its clause.
    let again: Int32
    /// From which length on a word that has it is never an unknown one, and one that has it for nothing.
    let knownFrom: Int
    let knownFreeFrom: Int
  }

  /// Where the readings of a sign stand; below 0 when not yet known.
  struct Readings {
    let first: Int32
    let end: Int32
  }

  private let model: TaggingModel
  private let lexicon: Lexicon
  private let tagCount: Int
  /// What it costs that one tag follows another, by the right tag and then by the left one.
  private var transitions = UncheckedBuffer<Int32>()
  /// For each tag, what it does to its clause.
  private var roles = UncheckedBuffer<Role>()
  /// For each position and state; it says something where the state was reached.
  private var cells = UncheckedBuffer<Cell>()
  /// For each position, 64 states a word, which states were reached.
  private var reached = UncheckedBuffer<UInt64>()
  private var lives = UncheckedBuffer<Live>()
  /// For each tag, the best way into a word of it from the tags that are alive.
  private var entries = UncheckedBuffer<Entry>()
  /// The number of times that tags were alive.
  private var visit = 0
  /// For each position, the claim that begins there, or -1, and whether it is inside of one.
  private var claimAt = UncheckedBuffer<Int32>()
  private var insideClaim = UncheckedBuffer<Bool>()
  /// For each position, the next one behind it that is claimed.
  private var nextClaimed = UncheckedBuffer<Int32>()
  /// For each sign of the spans, its readings among `readings`.
  private var readingsOfSign = UncheckedBuffer<Readings>()
  private var readings = UncheckedBuffer<Reading>()
  private var epoch = 0

  init(model: TaggingModel, lexicon: Lexicon) {
    self.model = model
    self.lexicon = lexicon
    tagCount = model.count
    transitions.append(model.transitionsInto)
    for tag in 0..<model.count {
      roles.append(
        Role(
          endsClause: model.endsClause[tag], isPredicate: model.predicateCosts[tag] != nil,
          again: model.predicateCosts[tag] ?? 0, knownFrom: model.knownFrom[tag],
          knownFreeFrom: model.knownFreeFrom[tag]))
      entries.append(Entry())
    }
  }

  /// The tokens of the sentence, in order.
  ///
  /// `spans` are those of the graph, the same ones in all calls; `words` are those of the plain path, which cover the
  /// sentence; `claims` are spans that are one token whatever the lexicon says, in order, not overlapping.
  /// - Complexity: O(spans × tags of a span × tags before it).
  mutating func tokens(
    graph: borrowing AnnotationGraph, spans: borrowing SentenceSpans, words: [PlainWord],
    claims: [Edge]
  ) -> [TaggedToken] {
    let start = graph.range.start
    let length = graph.range.count
    prepare(length, spans)
    note(claims, start, length)
    reached[0] |= 1 << UInt64(2 * TaggingModel.border)
    cells[2 * TaggingModel.border] = Cell(
      cost: 0, position: -1, previous: 0, word: Self.unknownWord)
    let (heads, all) = (spans.heads, spans.spans)
    var nextWord = 0
    for position in 0..<length {
      while nextWord < words.count, words[nextWord].range.start < start + position { nextWord += 1 }
      findLives(position)
      if lives.count == 0 { continue }
      if claimAt[position] >= 0 {
        let number = claimAt[position]
        let claim = claims[Int(number)]
        // A class that no row gives a tag is a word like any unknown one.
        let choices = model.choices(of: claim)
        for choice in choices.isEmpty ? [model.unknown] : choices {
          extend(
            from: position, to: claim.range.end - start, choice.tag, choice.cost,
            Self.unknownWord - 1 - number)
        }
        continue
      }
      let word =
        nextWord < words.count && words[nextWord].range.start == start + position
          && words[nextWord].isWord ? words[nextWord] : nil
      var isKnown = false
      // A word of a lexicon that the path takes for an unknown one is still that word to the grammar.
      var unknownWord = Self.unknownWord
      var number = heads[position]
      while number >= 0 {
        let span = all[Int(number)]
        number = span.next
        if crosses(position, Int(span.end)) { continue }
        var known = readingsOfSign[Int(span.sign)]
        if known.first < 0 { known = findReadings(of: span, graph) }
        var place = known.first
        while place < known.end {
          let reading = readings[Int(place)]
          place &+= 1
          extend(
            from: position, to: Int(span.end), Int(reading.tag), reading.cost, reading.sense)
          // A verb of the lexicon is no word that nobody knows, which would be a noun.
          if let word, start &+ Int(span.end) == word.range.end {
            let role = roles[Int(reading.tag)]
            if word.range.count >= (reading.isFree ? role.knownFreeFrom : role.knownFrom) {
              isKnown = true
            }
            unknownWord = reading.sense
          }
        }
      }
      if let word, !isKnown, !crosses(position, word.range.end - start) {
        extend(
          from: position, to: word.range.end - start, model.unknown.tag,
          model.unknown.cost + Int32(word.cost), unknownWord)
      }
      extend(
        from: position, to: position + 1, model.stray.tag,
        model.stray.cost + Int32(Lexicon.unknownCost), Self.unknownWord)
    }
    return backtrack(start: start, length: length, graph, claims)
  }

  /// A state is twice the tag, and one more once the clause has a predicate.
  private var states: Int { tagCount &* 2 }
  /// The words of reached states for a position.
  private var width: Int { (states &+ 63) >> 6 }

  /// Makes room for a sentence and for its signs.
  private mutating func prepare(_ length: Int, _ spans: borrowing SentenceSpans) {
    cells.resize(to: (length + 1) * states)
    reached.resize(to: (length + 1) * width)
    reached.fill(0..<reached.count, with: 0)
    if epoch != spans.epoch {
      epoch = spans.epoch
      readingsOfSign.removeAll()
      readings.removeAll()
    }
    let known = readingsOfSign.count
    if known < spans.signCount {
      readingsOfSign.resize(to: spans.signCount)
      readingsOfSign.fill(known..<spans.signCount, with: Readings(first: -1, end: -1))
    }
  }

  /// Puts down where the claims are.
  private mutating func note(_ claims: [Edge], _ start: Int, _ length: Int) {
    insideClaim.resize(to: length + 1)
    insideClaim.fill(0..<length + 1, with: false)
    claimAt.resize(to: length + 1)
    claimAt.fill(0..<length + 1, with: -1)
    nextClaimed.resize(to: length + 1)
    nextClaimed[length] = Int32(length + 1)
    for (number, claim) in claims.enumerated() {
      claimAt[claim.range.start - start] = Int32(number)
      for inside in (claim.range.start + 1)..<max(claim.range.end, claim.range.start + 1) {
        insideClaim[inside - start] = true
      }
    }
    for position in (0..<length).reversed() {
      let next = position + 1
      nextClaimed[position] =
        claimAt[next] >= 0 || insideClaim[next] ? Int32(next) : nextClaimed[next]
    }
  }

  /// Whether a word from one position to another would cut a claim or hold one.
  @inline(__always)
  private func crosses(_ from: Int, _ to: Int) -> Bool {
    insideClaim[to] || nextClaimed[from] < to
  }

  /// Finds the readings of a span: of each tag the cheapest one, of several the sense that was added last.
  private mutating func findReadings(
    of span: SentenceSpans.Span, _ graph: borrowing AnnotationGraph
  ) -> Readings {
    let first = readings.count
    let start = graph.range.start + Int(span.start)
    let ofLength = model.cost(ofLength: Int(span.end - span.start))
    for edge in graph.starting(at: start) where edge.range.end == graph.range.start + Int(span.end)
    {
      guard case .sense(let sense) = edge.payload else { continue }
      let cost = Int32(lexicon.cost(ofSense: Int(sense))) + ofLength
      for choice in model.choices(of: edge) {
        let reading = Reading(
          tag: Int32(choice.tag), cost: cost + choice.cost, sense: sense, isFree: choice.cost == 0)
        var place = first
        while place < readings.count, readings[place].tag != reading.tag { place += 1 }
        if place == readings.count {
          readings.append(reading)
        } else if reading.cost < readings[place].cost {
          readings[place] = reading
        }
      }
    }
    let found = Readings(first: Int32(first), end: Int32(readings.count))
    readingsOfSign[Int(span.sign)] = found
    return found
  }

  /// Finds the tags of the words that end at a position, in ascending order.
  private mutating func findLives(_ position: Int) {
    visit &+= 1
    lives.removeAll()
    let base = position &* states
    for place in 0..<width {
      var word = reached[position &* width &+ place]
      while word != 0 {
        let state = place &* 64 &+ word.trailingZeroBitCount
        word &= word &- 1
        let cost = cells[base &+ state].cost
        let tag = Int32(truncatingIfNeeded: state >> 1)
        if state & 1 == 0 {
          lives.append(Live(tag: tag, without: cost, with: .max))
        } else if lives.count > 0, lives[lives.count &- 1].tag == tag {
          lives[lives.count &- 1].with = cost
        } else {
          lives.append(Live(tag: tag, without: .max, with: cost))
        }
      }
    }
  }

  /// Goes on from the tags that are alive at a position by a word with a tag at a cost.
  private mutating func extend(from: Int, to: Int, _ tag: Int, _ own: Int32, _ word: Int32) {
    if entries[tag].visit != visit { enter(tag) }
    let entry = entries[tag]
    let role = roles[tag]
    let here = 2 &* tag
    if entry.without != .max {
      let cost = entry.without &+ own
      reach(
        to, role.isPredicate ? here &+ 1 : here,
        Cell(
          cost: role.endsClause ? cost &+ model.missingPredicateCost : cost,
          position: Int32(truncatingIfNeeded: from), previous: entry.stateWithout, word: word))
    }
    if entry.with != .max {
      reach(
        to, role.endsClause ? here : here &+ 1,
        Cell(
          cost: entry.with &+ own &+ role.again, position: Int32(truncatingIfNeeded: from),
          previous: entry.stateWith, word: word))
    }
  }

  /// Comes to a state at a position; what came there at no higher cost stays.
  @inline(__always)
  private mutating func reach(_ to: Int, _ state: Int, _ cell: Cell) {
    let place = to &* states &+ state
    let word = to &* width &+ state >> 6
    let bit: UInt64 = 1 << UInt64(state & 63)
    if reached[word] & bit == 0 {
      reached[word] |= bit
    } else if cell.cost >= cells[place].cost {
      return
    }
    cells[place] = cell
  }

  /// Finds the best way into words of a tag.
  private mutating func enter(_ tag: Int) {
    var entry = Entry(visit: visit)
    let row = tag &* tagCount
    for place in 0..<lives.count {
      let live = lives[place]
      let transition = transitions[row &+ Int(live.tag)]
      if live.without != .max, live.without &+ transition < entry.without {
        entry.without = live.without &+ transition
        entry.stateWithout = 2 &* live.tag
      }
      if live.with != .max, live.with &+ transition < entry.with {
        entry.with = live.with &+ transition
        entry.stateWith = 2 &* live.tag &+ 1
      }
    }
    entries[tag] = entry
  }

  private mutating func backtrack(
    start: Int, length: Int, _ graph: borrowing AnnotationGraph, _ claims: [Edge]
  ) -> [TaggedToken] {
    var position = length
    var state = 0
    var best = Int32.max
    findLives(length)
    for place in 0..<lives.count {
      let live = lives[place]
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
    if lives.count == 0 { return [] }
    var tokens: [TaggedToken] = []
    while position > 0 {
      let cell = cells[position * states + state]
      let range = TextRange(start + Int(cell.position), start + position)
      if cell.word < Self.unknownWord {
        let claim = claims[Int(Self.unknownWord - 1 - cell.word)]
        tokens.append(
          TaggedToken(
            range: range, tag: state / 2, payload: claim.payload, category: claim.category,
            row: Self.row(over: range, graph)))
      } else {
        tokens.append(
          TaggedToken(
            range: range, tag: state / 2,
            payload: cell.word == Self.unknownWord ? .none : .sense(cell.word)))
      }
      position = Int(cell.position)
      state = Int(cell.previous)
    }
    return tokens.reversed()
  }

  /// A row of the lexicon over just these characters.
  private static func row(over range: TextRange, _ graph: borrowing AnnotationGraph) -> Int32? {
    for edge in graph.starting(at: range.start) where edge.range.end == range.end {
      if case .sense(let sense) = edge.payload { return sense }
    }
    return nil
  }
}
