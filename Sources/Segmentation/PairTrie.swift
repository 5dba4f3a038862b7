/// The words of a lexicon: a trie whose first two steps are one look-up in a dense table, because
/// nearly all probes of running text end there.
///
/// - A word of one character is a cost by its code.
/// - A pair of codes `(a, b)` lives in a *row*: that of `a` and the chunk of 512 codes that `b` falls
///   in. Rows are laid over each other in one array so that their pairs fill each other's gaps; the
///   slot of a pair is the row's start plus `b & 511`. A label of eight bits says whose a slot is:
///   the start modulo 256. Rows that overlap never start equal modulo 256, so the label is exact, and
///   0 marks an empty slot.
/// - Third and later characters live in a double array whose nodes have distinct bases, so that the
///   code alone is the check.
///
/// For each place where a word may end there are its cost and its number; a cost of 0 means "no word
/// ends here". Costs are at most 65,535.
///
/// The idea of checking by label alone is that of daachorse and of Kanda et al., *Engineering faster
/// double-array Aho–Corasick automata* (2022).
struct PairTrie: Sendable {
  /// Codes of the second character in one row.
  static let chunk = 512

  /// No word.
  static let none: Int32 = -1

  /// For each code, the cost of the character as a word of its own.
  private(set) var single: [UInt16]
  /// For each code, the number of the character's word.
  private(set) var singleWords: [Int32]
  /// For each code, where its rows begin in `starts`, and one more at the end.
  let rows: [UInt32]
  /// For each row, its start in the tables of slots.
  let starts: [UInt32]
  /// For each slot, the label of the row it belongs to.
  let labels: [UInt8]
  /// For each slot, the cost of the pair as a word.
  private(set) var pairCosts: [UInt16]
  /// For each slot, the number of the pair's word.
  private(set) var pairWords: [Int32]
  /// For each slot, the base of its third characters, 0 for none.
  let pairBases: [UInt32]
  /// For each cell of the deeper part, the code that leads there.
  let deepCodes: [UInt16]
  /// For each cell, the cost of the word that ends there.
  private(set) var deepCosts: [UInt16]
  /// For each cell, the number of the word that ends there.
  private(set) var deepWords: [Int32]
  /// For each cell, the base of what goes on, 0 for none.
  let deepBases: [UInt32]

  /// Builds the tables of sorted, distinct keys; key `i` is word `i`, and costs nothing yet.
  init(keys: KeyList, codeCount: Int) {
    var builder = PairTrieBuilder(keys: keys, codeCount: codeCount)
    builder.build()
    rows = builder.rows
    starts = builder.starts
    labels = builder.labels
    pairWords = builder.pairWords
    pairBases = builder.pairBases
    deepCodes = builder.deepCodes
    deepWords = builder.deepWords
    deepBases = builder.deepBases
    singleWords = builder.singleWords
    single = []
    pairCosts = []
    deepCosts = []
  }

  /// Gives every word its cost; a character that is no word costs ``Lexicon/unknownCost``.
  mutating func assign(costs: [UInt16]) {
    single = singleWords.map {
      $0 == Self.none ? UInt16(Lexicon.unknownCost) : costs[Int($0)]
    }
    pairCosts = pairWords.map { $0 == Self.none ? 0 : max(1, costs[Int($0)]) }
    deepCosts = deepWords.map { $0 == Self.none ? 0 : max(1, costs[Int($0)]) }
  }

  /// Calls `body` with the length and the number of each word that begins at `start`, the shortest
  /// first; `code` gives the code at a position and is asked for none at or behind `limit`.
  @inline(__always)
  func forEachWord(
    at start: Int, limit: Int, code: (Int) -> UInt16, _ body: (_ length: Int, _ word: Int) -> Void
  ) {
    guard start < limit else { return }
    let first = Int(code(start))
    if singleWords[first] != Self.none { body(1, Int(singleWords[first])) }
    guard start + 1 < limit else { return }
    let second = Int(code(start + 1))
    let row = Int(rows[first]) + second / Self.chunk
    guard second != 0, row < Int(rows[first + 1]) else { return }
    let slot = Int(starts[row]) + second % Self.chunk
    guard labels[slot] == UInt8(truncatingIfNeeded: starts[row]) else { return }
    if pairWords[slot] != Self.none { body(2, Int(pairWords[slot])) }
    var base = Int(pairBases[slot])
    var position = start + 2
    while base != 0, position < limit {
      let next = code(position)
      let cell = base + Int(next)
      guard next != 0, deepCodes[cell] == next else { return }
      position += 1
      if deepWords[cell] != Self.none { body(position - start, Int(deepWords[cell])) }
      base = Int(deepBases[cell])
    }
  }
}
