/// Searches the networks of a ``ClauseGrammar`` for the cheapest way through the symbols of a sentence.
///
/// The work is that of ``ClauseSearchRoom``; this holds it for those who are values. One thread uses it at a time.
final class ClauseSearch {
  /// The best way to a state of a network at a position.
  struct Node {
    /// The node before, -1 at the beginning of the network.
    let previous: Int32
    /// The row of the step, -1 for none.
    let row: Int32
    /// What a called network read, -1 for none.
    let child: Int32
  }

  /// One way in which a network may read the words from a position.
  struct Reading {
    let end: Int32
    let cost: Int32
    let node: Int32
  }

  private var room: ClauseSearchRoom
  private var margins: ClauseMargins

  init(_ grammar: ClauseGrammar) {
    room = ClauseSearchRoom(grammar)
    margins = ClauseMargins(grammar)
  }

  /// The cheapest reading of the symbols of a sentence, if there is one, and how many ways to states were kept.
  func read(
    _ symbols: [Int32], _ conditions: borrowing WordConditions
  ) -> (whole: Reading?, steps: Int) {
    room.read(symbols, conditions)
  }

  /// A reading of a called network in the last sentence.
  func reading(_ number: Int) -> Reading { room.readings[number] }

  /// Appends the nodes of a reading of the last sentence that a row led to, the last one first.
  func appendWay(of reading: Reading, to way: inout [Node]) {
    room.appendWay(of: reading, to: &way)
  }

  /// Finds the margins of the words of the last sentence, whose cheapest reading is `whole`.
  func weigh(_ whole: Reading) { margins.weigh(whole, room) }

  /// The margin of a word of the sentence that was weighed last, whose cheapest reading costs so much.
  func margin(ofWord word: Int, cost: Int32) -> Int32 { margins.margin(ofWord: word, cost: cost) }
}
