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
  private let codeCount: Int

  private(set) var singleWords: [Int32]
  private(set) var rows: [UInt32] = []
  private(set) var starts: [UInt32] = []
  private(set) var labels: [UInt8] = []
  private(set) var pairWords: [Int32] = []
  private(set) var pairBases: [UInt32] = []
  private(set) var deepCodes: [UInt16] = [0]
  private(set) var deepWords: [Int32] = [-1]
  private(set) var deepBases: [UInt32] = [0]
  private var usedBases: [Bool] = []
  private var searchFrom = 1

  init(keys: KeyList, codeCount: Int) {
    self.keys = keys
    self.codeCount = codeCount
    singleWords = [Int32](repeating: PairTrie.none, count: codeCount)
  }

  mutating func build() {
    let pairs = collect()
    let rowList = group(pairs)
    place(rowList, pairs)
    for (slot, pair) in slots(of: rowList, pairs) {
      var low = pair.keys.lowerBound
      if keys.length(low) == 2 {
        pairWords[slot] = Int32(low)
        low += 1
      }
      if low < pair.keys.upperBound {
        pairBases[slot] = UInt32(deepen(low..<pair.keys.upperBound, depth: 2))
      }
    }
    // A probe behind the last cell finds nothing there.
    for _ in 0..<codeCount {
      deepCodes.append(0)
      deepWords.append(PairTrie.none)
      deepBases.append(0)
    }
  }

  private mutating func collect() -> [Pair] {
    var pairs: [Pair] = []
    var index = 0
    while index < keys.count {
      let first = keys.code(index, 0)
      if keys.length(index) == 1 {
        singleWords[Int(first)] = Int32(index)
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
    pairWords = [Int32](repeating: PairTrie.none, count: size)
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
        deepWords[cell] = Int32(low)
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
        deepWords.append(contentsOf: repeatElement(PairTrie.none, count: more))
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
