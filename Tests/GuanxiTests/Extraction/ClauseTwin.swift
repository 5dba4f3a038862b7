import Annotations
import Extraction

/// All ways through the networks of a grammar over a row of tags, one after the other, from the rows as they are
/// written: the naive twin of the chart.
struct ClauseTwin {
  struct Piece: Hashable {
    let part: ClausePart
    let words: Range<Int>
  }

  struct Way {
    let cost: Int
    let pieces: [Piece]
    /// For each word the step of the first network that it belongs to.
    let steps: [Step]
  }

  /// What a step says of its words: its parts, or what network it reads.
  struct Step: Hashable {
    let words: Range<Int>
    let parts: [ClausePart]
    let network: String?
  }

  /// What a step has read, in the order in which steps are done.
  private struct Event {
    let row: ClauseGrammar.Row
    let words: Range<Int>
    let depth: Int
  }

  private let rows: [ClauseGrammar.Row]
  private let tags: [String]
  private let most: Int
  private(set) var count = 0

  /// A twin that gives up beyond a number of ways.
  init(_ rows: [ClauseGrammar.Row], tags: [String], most: Int) {
    self.rows = rows
    self.tags = tags
    self.most = most
  }

  /// All ways that read all words; nil where there are too many.
  mutating func ways() -> [Way]? {
    guard let first = rows.first?.network else { return [] }
    var ways: [Way] = []
    let length = tags.count
    follow(first, beginning(first), 0, 0, 0, [], depth: 0) { end, cost, events in
      if end == length {
        ways.append(Way(cost: cost, pieces: Self.pieces(events), steps: Self.steps(events)))
      }
    }
    return count > most ? nil : ways
  }

  private func beginning(_ network: String) -> String {
    rows.first { $0.network == network }?.from ?? ""
  }

  private mutating func follow(
    _ network: String, _ state: String, _ start: Int, _ position: Int, _ cost: Int,
    _ events: [Event], depth: Int, _ found: (Int, Int, [Event]) -> Void
  ) {
    for row in rows where row.network == network && (row.from == nil || row.from == state) {
      if count > most { return }
      let target = row.from == nil ? state : row.to
      func event(to end: Int) -> [Event] { [Event(row: row, words: position..<end, depth: depth)] }
      switch row.input {
      case .end:
        if position > start {
          count += 1
          found(position, cost + row.cost, events)
        }
      case .nothing:
        follow(
          network, target, start, position, cost + row.cost, events + event(to: position),
          depth: depth, found)
      case .any, .word:
        guard position < tags.count else { continue }
        if case .word(let test) = row.input, test.tag != tags[position] { continue }
        follow(
          network, target, start, position + 1, cost + row.cost, events + event(to: position + 1),
          depth: depth, found)
      case .network(let called):
        var inner: [(end: Int, cost: Int, events: [Event])] = []
        follow(called, beginning(called), position, position, 0, [], depth: depth + 1) {
          inner.append(($0, $1, $2))
        }
        for reading in inner {
          follow(
            network, target, start, reading.end, cost + row.cost + reading.cost,
            events + reading.events + event(to: reading.end), depth: depth, found)
        }
      }
    }
  }

  private static func steps(_ events: [Event]) -> [Step] {
    events.filter { $0.depth == 0 }.flatMap { event in
      var step = Step(words: event.words, parts: event.row.parts, network: nil)
      if event.row.parts.isEmpty, case .network(let name) = event.row.input {
        step = Step(words: event.words, parts: [], network: name)
      }
      return event.words.map { _ in step }
    }
  }

  /// What each word costs at least in a way where it belongs to another step than in the cheapest; `Int.max` where there is none.
  static func margins(_ ways: [Way]) -> [Int] {
    guard let least = ways.map(\.cost).min() else { return [] }
    let cheapest = ways.filter { $0.cost == least }
    return cheapest[0].steps.indices.map { word in
      if Set(cheapest.map { $0.steps[word] }).count > 1 { return 0 }
      let step = cheapest[0].steps[word]
      return ways.filter { $0.steps[word] != step }.map { $0.cost - least }.min() ?? .max
    }
  }

  private static func pieces(_ events: [Event]) -> [Piece] {
    var pieces: [Piece] = []
    for event in events {
      for part in event.row.parts {
        // A step that reads nothing makes a piece without characters, behind the word before it.
        let words = event.words
        if event.row.joins,
          let last = pieces.indices.last(where: { pieces[$0].part == part }),
          pieces[last].words.upperBound == words.lowerBound || last == pieces.count - 1
        {
          pieces[last] = Piece(part: part, words: pieces[last].words.lowerBound..<words.upperBound)
        } else {
          pieces.append(Piece(part: part, words: words))
        }
      }
    }
    return pieces
  }
}
