/// The words of a lexicon for finding the cheapest path: a trie whose first two steps are one look-up
/// in a dense table, because nearly all probes of running text end there.
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
/// A cost of 0 means "no word ends here". Costs are at most 65,535.
///
/// The idea of checking by label alone is that of daachorse and of Kanda et al., *Engineering faster
/// double-array Aho–Corasick automata* (2022).
struct PairTrie: Sendable {
  /// Codes of the second character in one row.
  static let chunk = 512

  /// For each code, the cost of the character as a word of its own.
  let single: [UInt16]
  /// For each code, where its rows begin in `starts`, and one more at the end.
  let rows: [UInt32]
  /// For each row, its start in the tables of slots.
  let starts: [UInt32]
  /// For each slot, the label of the row it belongs to.
  let labels: [UInt8]
  /// For each slot, the cost of the pair as a word.
  let pairCosts: [UInt16]
  /// For each slot, the base of its third characters, 0 for none.
  let pairBases: [UInt32]
  /// For each cell of the deeper part, the code that leads there.
  let deepCodes: [UInt16]
  /// For each cell, the cost of the word that ends there.
  let deepCosts: [UInt16]
  /// For each cell, the base of what goes on, 0 for none.
  let deepBases: [UInt32]

  /// Builds the tables of sorted, distinct keys; key `i` costs `costs[i]`.
  init(keys: KeyList, costs: [UInt16], codeCount: Int) {
    var builder = PairTrieBuilder(keys: keys, costs: costs, codeCount: codeCount)
    builder.build()
    single = builder.single
    rows = builder.rows
    starts = builder.starts
    labels = builder.labels
    pairCosts = builder.pairCosts
    pairBases = builder.pairBases
    deepCodes = builder.deepCodes
    deepCosts = builder.deepCosts
    deepBases = builder.deepBases
  }
}

/// Fills the tables of a ``PairTrie``.
struct PairTrieBuilder {
  /// All pairs with one first code and one chunk of second codes.
  private struct Row {
    let first: Int
    let chunk: Int
    /// Places of the pairs in `pairs`.
    var pairs: Range<Int>
  }

  private struct Pair {
    let first: UInt16
    let second: UInt16
    let keys: Range<Int>
  }

  private let keys: KeyList
  private let costs: [UInt16]
  private let codeCount: Int

  private(set) var single: [UInt16]
  private(set) var rows: [UInt32] = []
  private(set) var starts: [UInt32] = []
  private(set) var labels: [UInt8] = []
  private(set) var pairCosts: [UInt16] = []
  private(set) var pairBases: [UInt32] = []
  private(set) var deepCodes: [UInt16] = [0]
  private(set) var deepCosts: [UInt16] = [0]
  private(set) var deepBases: [UInt32] = [0]
  private var usedBases: [Bool] = []
  private var searchFrom = 1

  init(keys: KeyList, costs: [UInt16], codeCount: Int) {
    self.keys = keys
    self.costs = costs
    self.codeCount = codeCount
    single = [UInt16](repeating: UInt16(Lexicon.unknownCost), count: codeCount)
  }

  mutating func build() {
    let pairs = collect()
    let rowList = group(pairs)
    place(rowList, pairs)
    for (slot, pair) in slots(of: rowList, pairs) {
      var low = pair.keys.lowerBound
      if keys.length(low) == 2 {
        pairCosts[slot] = max(1, costs[low])
        low += 1
      }
      if low < pair.keys.upperBound {
        pairBases[slot] = UInt32(deepen(low..<pair.keys.upperBound, depth: 2))
      }
    }
    // A probe behind the last cell finds nothing there.
    for _ in 0..<codeCount {
      deepCodes.append(0)
      deepCosts.append(0)
      deepBases.append(0)
    }
  }

  private mutating func collect() -> [Pair] {
    var pairs: [Pair] = []
    var index = 0
    while index < keys.count {
      let first = keys.code(index, 0)
      if keys.length(index) == 1 {
        single[Int(first)] = costs[index]
        index += 1
        continue
      }
      let second = keys.code(index, 1)
      var end = index + 1
      while end < keys.count, keys.length(end) > 1, keys.code(end, 0) == first,
        keys.code(end, 1) == second
      { end += 1 }
      pairs.append(Pair(first: first, second: second, keys: index..<end))
      index = end
    }
    return pairs
  }

  /// The rows in the order of first code and chunk; a first code has all chunks up to its last.
  private mutating func group(_ pairs: [Pair]) -> [Row] {
    var list: [Row] = []
    var index = 0
    for first in 0..<codeCount {
      rows.append(UInt32(list.count))
      var chunk = 0
      while index < pairs.count, Int(pairs[index].first) == first {
        let here = Int(pairs[index].second) / PairTrie.chunk
        while chunk < here {
          list.append(Row(first: first, chunk: chunk, pairs: index..<index))
          chunk += 1
        }
        let start = index
        while index < pairs.count, Int(pairs[index].first) == first,
          Int(pairs[index].second) / PairTrie.chunk == here
        { index += 1 }
        list.append(Row(first: first, chunk: here, pairs: start..<index))
        chunk = here + 1
      }
    }
    rows.append(UInt32(list.count))
    return list
  }

  /// Gives each row a start: the fullest rows first, each at the first place where its pairs fall on
  /// free slots and no overlapping row has the same label.
  private mutating func place(_ list: [Row], _ pairs: [Pair]) {
    starts = [UInt32](repeating: 1, count: list.count)
    var free = [Bool](repeating: true, count: 1 << 16)
    var started = [Bool](repeating: false, count: 1 << 16)
    var firstFree = 1
    let order = list.indices.filter { !list[$0].pairs.isEmpty }
      .sorted {
        list[$0].pairs.count != list[$1].pairs.count
          ? list[$0].pairs.count > list[$1].pairs.count : $0 < $1
      }
    var offsets: [Int] = []
    for number in order {
      offsets.removeAll(keepingCapacity: true)
      for pair in list[number].pairs {
        offsets.append(Int(pairs[pair].second) % PairTrie.chunk)
      }
      let lead = offsets.min() ?? 0
      while firstFree < free.count, !free[firstFree] { firstFree += 1 }
      var slot = max(firstFree, lead + 1)
      var tried = 0
      while true {
        if slot + 2 * PairTrie.chunk >= free.count {
          free.append(contentsOf: repeatElement(true, count: free.count))
          started.append(contentsOf: repeatElement(false, count: started.count))
        }
        let start = slot - lead
        let isOpen =
          start & 255 != 0 && !started[start] && !started[start + 256]
          && (start < 256 || !started[start - 256])
        if isOpen, free[slot], offsets.allSatisfy({ free[start + $0] }) {
          for offset in offsets { free[start + offset] = false }
          started[start] = true
          starts[number] = UInt32(start)
          // Where the first free slots keep failing, the region is as good as full.
          if tried > 256 { firstFree = max(firstFree, slot - 128) }
          break
        }
        tried += 1
        slot += 1
      }
    }
    // Rows without pairs start behind all slots, where no label is theirs.
    let behind = ((free.lastIndex(of: false) ?? 0) | 255) + 2
    for number in list.indices where list[number].pairs.isEmpty { starts[number] = UInt32(behind) }
    let size = behind + PairTrie.chunk
    labels = [UInt8](repeating: 0, count: size)
    pairCosts = [UInt16](repeating: 0, count: size)
    pairBases = [UInt32](repeating: 0, count: size)
  }

  /// Marks the slots of all pairs with their row's label and gives them.
  private mutating func slots(of list: [Row], _ pairs: [Pair]) -> [(slot: Int, pair: Pair)] {
    var result: [(slot: Int, pair: Pair)] = []
    result.reserveCapacity(pairs.count)
    for (number, row) in list.enumerated() {
      for index in row.pairs {
        let start = Int(starts[number])
        let slot = start + Int(pairs[index].second) % PairTrie.chunk
        labels[slot] = UInt8(truncatingIfNeeded: start)
        result.append((slot, pairs[index]))
      }
    }
    return result
  }

  /// Puts the characters at `depth` of some keys into the deeper part and gives their base.
  private mutating func deepen(_ range: Range<Int>, depth: Int) -> Int {
    var groups: [(code: Int, keys: Range<Int>)] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let code = keys.code(index, depth)
      var end = index + 1
      while end < range.upperBound, keys.code(end, depth) == code { end += 1 }
      groups.append((Int(code), index..<end))
      index = end
    }
    let base = findBase(for: groups.map(\.code))
    for group in groups { deepCodes[base + group.code] = UInt16(group.code) }
    for group in groups {
      var low = group.keys.lowerBound
      let cell = base + group.code
      if keys.length(low) == depth + 1 {
        deepCosts[cell] = max(1, costs[low])
        low += 1
      }
      if low < group.keys.upperBound {
        deepBases[cell] = UInt32(deepen(low..<group.keys.upperBound, depth: depth + 1))
      }
    }
    return base
  }

  /// A base that no node has yet and at which all codes fall on free cells.
  private mutating func findBase(for codes: [Int]) -> Int {
    let lead = codes.min() ?? 1
    while searchFrom < deepCodes.count, deepCodes[searchFrom] != 0 { searchFrom += 1 }
    var cell = max(searchFrom, lead + 1)
    var tried = 0
    while true {
      let needed = cell + codeCount + 1
      if needed > deepCodes.count {
        let more = max(needed - deepCodes.count, deepCodes.count / 2)
        deepCodes.append(contentsOf: repeatElement(0, count: more))
        deepCosts.append(contentsOf: repeatElement(0, count: more))
        deepBases.append(contentsOf: repeatElement(0, count: more))
        usedBases.append(contentsOf: repeatElement(false, count: deepCodes.count - usedBases.count))
      }
      let base = cell - lead
      if deepCodes[cell] == 0, !usedBases[base], codes.allSatisfy({ deepCodes[base + $0] == 0 }) {
        usedBases[base] = true
        // Where the first free cells keep failing, the region is as good as full.
        if tried > 64 { searchFrom = max(searchFrom, cell - 32) }
        return base
      }
      tried += 1
      cell += 1
    }
  }
}
