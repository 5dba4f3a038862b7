internal import Annotations

/// How much dearer a sentence becomes without a piece of its cheapest reading: the min-marginals of its words.
///
/// A word belongs to one step of each reading. Its margin is what the cheapest reading costs more in which the word belongs
/// to another step: one over other words, or one that says something else of them. It is found by going backward
/// over the ways that the search kept, from what the sentence costs behind each state (Viterbi's algorithm in both
/// directions; Kohli and Torr, *Measuring uncertainty in graph cut solutions*, 2008, for the name).
struct ClauseMargins: ~Copyable {
  /// The highest margin; more is not told apart.
  static let most: Int32 = 20

  /// A step of the cheapest reading.
  private struct Arc {
    let start: Int
    let end: Int
    let label: Int32
    /// What the cheapest reading costs that does not have it.
    var otherwise: Int32
  }

  /// For each row a number of what its step says of its words.
  private var labels = UncheckedBuffer<Int32>()
  /// The rows that read one word.
  private var readsWord = UncheckedBuffer<Bool>()
  /// What the rest of the sentence costs behind each state at each position.
  private var rest = UncheckedBuffer<Int32>()
  private var arcs = UncheckedBuffer<Arc>()
  /// What is as dear makes no difference.
  private var bound: Int32 = 0
  /// For each word the step of the cheapest reading that it belongs to.
  private var arcOfWord = UncheckedBuffer<Int32>()
  private var way: [ClauseSearch.Node] = []

  init(_ grammar: ClauseGrammar) {
    var numbers: [Label: Int32] = [:]
    for row in grammar.rows {
      var label = Label(parts: row.parts, network: nil)
      if row.parts.isEmpty, case .network(let name) = row.input { label.network = name }
      let next = Int32(numbers.count)
      labels.append(numbers[label, default: next])
      numbers[label] = numbers[label] ?? next
    }
    for row in grammar.pieceRows { readsWord.append(row.readsWord) }
  }

  /// What a step says: its parts, or the network that says it.
  private struct Label: Hashable {
    let parts: [ClausePart]
    var network: String?
  }

  /// The margin of a word in the sentence that was weighed last, 0 to ``most``.
  func margin(ofWord word: Int, cost: Int32) -> Int32 {
    arcs[Int(arcOfWord[word])].otherwise - cost
  }

  /// Weighs the readings of a sentence that `room` has read, whose cheapest one is `whole`.
  /// - Complexity: linear in the ways that the search kept.
  mutating func weigh(_ whole: ClauseSearch.Reading, _ room: borrowing ClauseSearchRoom) {
    note(whole, room)
    let network = room.networks[0]
    let count = room.count
    rest.resize(to: (count + 1) * network.count)
    rest.fill(0..<rest.count, with: Self.none)
    var position = count
    while position >= 0 {
      var place = network.width - 1
      while place >= 0 {
        var reached = room.rows[position &* network.width &+ place].reached
        while reached != 0 {
          // Descending: a step that reads nothing leads to a state behind its own.
          let bit = 63 - reached.leadingZeroBitCount
          reached ^= 1 << UInt64(bit)
          weigh(place << 6 &+ bit, position, network, room)
        }
        place -= 1
      }
      position -= 1
    }
  }

  /// More than any reading costs.
  private static var none: Int32 { .max / 4 }

  /// Notes the steps of a reading.
  private mutating func note(_ whole: ClauseSearch.Reading, _ room: borrowing ClauseSearchRoom) {
    way.removeAll(keepingCapacity: true)
    room.appendWay(of: whole, to: &way)
    // A reading that the search left out costs more than it might.
    let unseen = min(room.budget, Self.none - 1) + 1
    bound = min(unseen, whole.cost + Self.most)
    arcs.removeAll()
    arcOfWord.removeAll()
    for node in way.reversed() {
      let start = arcOfWord.count
      var end = start
      if node.child >= 0 {
        end = Int(room.readings[Int(node.child)].end)
      } else if readsWord[Int(node.row)] {
        end += 1
      }
      guard end > start else { continue }
      for _ in start..<end { arcOfWord.append(Int32(arcs.count)) }
      arcs.append(Arc(start: start, end: end, label: labels[Int(node.row)], otherwise: bound))
    }
  }

  /// Finds what the rest of the sentence costs behind a state, and what the readings cost that go on from it.
  private mutating func weigh(
    _ state: Int, _ position: Int, _ network: ClauseSearchRoom.Network,
    _ room: borrowing ClauseSearchRoom
  ) {
    let here = room.states[network.first &+ state]
    let cell = position &* network.count
    let own = room.cells[cell &+ state].cost
    var best = position == room.count && here.ending != .max ? here.ending : Self.none
    var number = here.silent
    while number < here.any {
      let step = room.steps[Int(number)]
      number &+= 1
      best = min(best, step.cost &+ rest[cell &+ Int(step.target)])
    }
    if position < room.count {
      let next = cell &+ network.count
      number = here.any
      while number < here.calls {
        let step = room.steps[Int(number)]
        number &+= 1
        let cost = step.cost &+ rest[next &+ Int(step.target)]
        best = min(best, cost)
        compare(own &+ cost, position, position &+ 1, step.row)
      }
      var (word, end) = room.wordSteps(of: state, at: position, network)
      while word < end {
        let step = room.wordSteps[Int(word)]
        word &+= 1
        let cost = step.cost &+ rest[next &+ Int(step.target)]
        best = min(best, cost)
        compare(own &+ cost, position, position &+ 1, step.row)
      }
      number = here.calls
      while number < here.end {
        let step = room.steps[Int(number)]
        number &+= 1
        let found = room.known[position &* room.networkCount &+ Int(step.called)]
        // Nobody asked for what it reads from here, or it reads nothing.
        var reading = max(found.first, 0)
        while reading < found.end {
          let read = room.readings[Int(reading)]
          reading &+= 1
          let behind = Int(read.end) &* network.count &+ Int(step.target)
          let cost = step.cost &+ read.cost &+ rest[behind]
          best = min(best, cost)
          compare(own &+ cost, position, Int(read.end), step.row)
        }
      }
    }
    rest[cell &+ state] = best
  }

  /// Compares the cheapest reading with one that has a step over some words.
  @inline(__always)
  private mutating func compare(_ cost: Int32, _ start: Int, _ end: Int, _ row: Int32) {
    if cost >= bound { return }
    var word = start
    while word < end {
      let number = Int(arcOfWord[word])
      let arc = arcs[number]
      if cost < arc.otherwise,
        arc.start != start || arc.end != end || arc.label != labels[Int(row)]
      {
        arcs[number].otherwise = cost
      }
      word = arc.end
    }
  }
}
