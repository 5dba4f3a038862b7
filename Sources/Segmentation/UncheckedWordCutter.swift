/// Cuts one run of codes into the words of the cheapest path. The hot loop of segmentation.
///
/// Unsafe: it reads the tables of a ``PairTrie`` and its own buffers without bounds checks, which
/// cost a third of its time. What makes it sound:
/// - every code is below the trie's number of codes (they come from the lexicon's own table);
/// - behind the run stand two codes 0, which begin no row and lead to no cell, so no word crosses;
/// - a slot is at most a row's start + 511, a cell at most a base + a code, and the tables are as
///   long (``PairTrieBuilder`` adds that room);
/// - ``prepare(count:)`` makes the buffers long enough.
///
/// The tests hold it against a search that tries every path, and against ICU.
struct UncheckedWordCutter: Sendable {
  /// The codes of the run and two codes 0 behind it.
  private var codes: [UInt16] = []
  private var best: [UInt32] = []
  private var previous: [UInt32] = []
  /// The ends of the words of the last run, the last one first.
  private(set) var ends: [Int] = []

  /// A cutter with empty buffers.
  init() {}

  /// Makes room for a run of `count` characters.
  mutating func prepare(count: Int) {
    guard codes.count < count + 2 else { return }
    let size = max(512, count + count / 2)
    codes = [UInt16](repeating: 0, count: size + 2)
    best = [UInt32](repeating: 0, count: size + 1)
    previous = [UInt32](repeating: 0, count: size + 1)
  }

  /// Sets the code of a character of the run.
  mutating func set(_ index: Int, _ code: UInt16) { codes[index] = code }

  /// The cost of the cheapest path up to a position of the run.
  func cost(upTo position: Int) -> Int { Int(best[position]) }

  /// Finds the words of a run whose codes were set: least sum of costs; starts are taken in order and
  /// only a strictly cheaper way replaces one, so ties keep the longest last word, as in ICU.
  ///
  /// `extra` gives for a start another word: its end and its cost (ICU's words of Katakana).
  /// - Complexity: O(count × length of the longest word).
  mutating func cut(
    _ trie: borrowing PairTrie, count: Int, extra: [(start: Int, end: Int, cost: Int)]
  ) {
    codes[count] = 0
    codes[count + 1] = 0
    Self.search(
      trie, codes: codes, best: &best, previous: &previous, count: count, extra: extra)
    ends.removeAll(keepingCapacity: true)
    var at = count
    while at > 0 {
      ends.append(at)
      at = Int(previous[at])
    }
  }

  private static func search(
    _ trie: borrowing PairTrie, codes runCodes: [UInt16], best bestCosts: inout [UInt32],
    previous previousEnds: inout [UInt32], count: Int,
    extra: [(start: Int, end: Int, cost: Int)]
  ) {
    let codes = runCodes.span
    var best = bestCosts.mutableSpan
    var previous = previousEnds.mutableSpan
    let single = trie.single.span
    let rows = trie.rows.span
    let starts = trie.starts.span
    let labels = trie.labels.span
    let pairCosts = trie.pairCosts.span
    let pairBases = trie.pairBases.span
    let deepCodes = trie.deepCodes.span
    let deepCosts = trie.deepCosts.span
    let deepBases = trie.deepBases.span
    var index = 1
    while index <= count {
      unsafe best[unchecked: index] = .max
      index &+= 1
    }
    unsafe best[unchecked: 0] = 0
    var nextExtra = 0
    var position = 0
    while position < count {
      let so = unsafe best[unchecked: position]
      let first = unsafe Int(codes[unchecked: position])
      let second = unsafe Int(codes[unchecked: position &+ 1])
      let one = unsafe so &+ UInt32(single[unchecked: first])
      if unsafe one < best[unchecked: position &+ 1] {
        unsafe best[unchecked: position &+ 1] = one
        unsafe previous[unchecked: position &+ 1] = UInt32(truncatingIfNeeded: position)
      }
      let row = unsafe Int(rows[unchecked: first]) &+ (second >> 9)
      if unsafe row < Int(rows[unchecked: first &+ 1]) {
        let start = unsafe Int(starts[unchecked: row])
        let slot = start &+ (second & 511)
        if unsafe labels[unchecked: slot] == UInt8(truncatingIfNeeded: start), second != 0 {
          let cost = unsafe UInt32(pairCosts[unchecked: slot])
          if cost != 0 {
            let two = so &+ cost
            if unsafe two < best[unchecked: position &+ 2] {
              unsafe best[unchecked: position &+ 2] = two
              unsafe previous[unchecked: position &+ 2] = UInt32(truncatingIfNeeded: position)
            }
          }
          var base = unsafe Int(pairBases[unchecked: slot])
          var end = position &+ 2
          while base != 0 {
            let code = unsafe codes[unchecked: end]
            let cell = base &+ Int(code)
            if unsafe deepCodes[unchecked: cell] != code || code == 0 { break }
            end &+= 1
            let cost = unsafe UInt32(deepCosts[unchecked: cell])
            if cost != 0 {
              let whole = so &+ cost
              if unsafe whole < best[unchecked: end] {
                unsafe best[unchecked: end] = whole
                unsafe previous[unchecked: end] = UInt32(truncatingIfNeeded: position)
              }
            }
            base = unsafe Int(deepBases[unchecked: cell])
          }
        }
      }
      while nextExtra < extra.count, extra[nextExtra].start == position {
        let (_, end, cost) = extra[nextExtra]
        let whole = so &+ UInt32(cost)
        if unsafe whole < best[unchecked: end] {
          unsafe best[unchecked: end] = whole
          unsafe previous[unchecked: end] = UInt32(truncatingIfNeeded: position)
        }
        nextExtra += 1
      }
      position &+= 1
    }
  }
}
