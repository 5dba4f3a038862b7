/// What a ``ClauseSearchRoom`` holds.
extension ClauseSearchRoom {
  /// A state: where its steps stand that do not depend on the word, among `steps`: first those that read nothing, then
  /// those that read any word, then those that read a network.
  struct State {
    let silent: Int32
    let any: Int32
    let calls: Int32
    let end: Int32
    /// The networks that the last ones read.
    let called: ClauseGrammar.NetworkSet
    /// What it costs to end here; `Int32.max` where the network does not end.
    let ending: Int32
  }

  struct Step {
    let target: Int32
    let cost: Int32
    let row: Int32
    /// The network that it reads, -1 for none.
    let called: Int32
  }

  /// Of 64 states of a network, those that lead anywhere before a word, as bits, and those in which it may end there.
  struct Openings {
    let open: UInt64
    let ending: UInt64
  }

  /// Of 64 states of a row, those that were reached, as bits, and those that lead anywhere.
  struct RowStates {
    var reached: UInt64
    let open: UInt64
  }

  /// What the best way to a state of a row costs, and its node.
  struct Cell {
    let cost: Int32
    let node: Int32
  }

  struct Network {
    /// Its first state, and how many there are.
    let first: Int
    let count: Int
    /// The words of bits for its states, and the place of the first among those of all networks.
    let width: Int
    let cell: Int
    /// Whether any of its states reads any word.
    let readsAny: Bool
    /// The lowest potential of its states; see ``ClauseBounds``.
    let lowest: Int32
  }

  /// Readings by their numbers; the first one is -1 where nobody asked yet.
  struct Found {
    let first: Int32
    let end: Int32
    /// What the cheapest of them costs.
    let cheapest: Int32

    init(first: Int, end: Int, cheapest: Int32) {
      self.first = Int32(truncatingIfNeeded: first)
      self.end = Int32(truncatingIfNeeded: end)
      self.cheapest = cheapest
    }
  }

  /// Where what is known of a network's states stands while it is searched: a row of cells a position, a cell a state.
  struct Search {
    let number: Int
    let network: Network
    let start: Int
    /// Where all that is read ends at the latest.
    let limit: Int
    /// The place of the first cell, less those that positions before the beginning would have; the same for the words
    /// of states.
    let cells: Int
    let rows: Int
    /// Whether it is that of the sentence.
    let isWhole: Bool
    /// What ways may cost; that of the sentence has another bound at each position.
    let bound: Int32

    @inline(__always)
    func cell(_ position: Int) -> Int { cells &+ position &* network.count }
    @inline(__always)
    func row(_ position: Int) -> Int { rows &+ position &* network.width }
  }

  /// The states at a position to which steps lead, with the room that they are in.
  struct Target {
    let row: Int
    let cell: Int
    /// What a way to them may cost.
    let bound: Int32
    let rows: UncheckedView<RowStates>
    let cells: UncheckedView<Cell>

    @inline(__always)
    init(
      _ search: Search, _ position: Int, _ bound: Int32, _ rows: UncheckedView<RowStates>,
      _ cells: UncheckedView<Cell>
    ) {
      self.bound = bound
      row = search.row(position)
      cell = search.cell(position)
      self.rows = rows
      self.cells = cells
    }
  }
}
