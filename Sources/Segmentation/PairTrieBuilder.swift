/// Fills the tables of pairs and of what goes on behind them from sorted, distinct keys; key `i` is
/// word `i`.
struct PairTrieBuilder {
  /// All pairs with one first code and one chunk of second codes.
  private struct Row {
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
  private let isOnPath: [Bool]

  private(set) var singleWords: [Int32]
  private(set) var rows: [UInt32] = []
  private(set) var starts: [UInt32] = []
  private(set) var labels: [UInt8] = []
  private(set) var pairs: [PairCell] = []
  private(set) var pairWords: [Int32] = []
  private(set) var pairFilters: [UInt8] = []
  private(set) var deep: [UInt64] = [WordTables.emptyCell]
  private(set) var deepWords: [Int32] = [WordTables.noNumber]
  private var usedBases: [Bool] = [true]
  private var searchFrom = 1

  /// A builder for keys of codes below `codeCount`, of which some are words of the path.
  init(keys: KeyList, isOnPath: [Bool], codeCount: Int) {
    self.keys = keys
    self.isOnPath = isOnPath
    self.codeCount = codeCount
    singleWords = [Int32](repeating: WordTables.noNumber, count: codeCount)
  }

  /// Lays out all keys; costs come with ``setCosts(_:)``.
  mutating func build() {
    let all = collect()
    let rowList = group(all)
    place(rowList, all)
    for (number, row) in rowList.enumerated() {
      for index in row.pairs { fill(all[index], start: Int(starts[number])) }
    }
    // The room that is left over, and cells in which a probe behind the last one finds nothing.
    let used = (deep.lastIndex { $0 != WordTables.emptyCell } ?? 0) + 1
    deep.removeSubrange(used...)
    deepWords.removeSubrange(used...)
    deep += [UInt64](repeating: WordTables.emptyCell, count: codeCount)
    deepWords += [Int32](repeating: WordTables.noNumber, count: codeCount)
  }

  /// Writes the costs of all words into the tables.
  mutating func setCosts(_ costs: [UInt16]) {
    for slot in pairWords.indices where pairWords[slot] >= 0 {
      pairs[slot].cost = costs[Int(pairWords[slot])]
    }
    for cell in deepWords.indices where deepWords[cell] >= 0 {
      deep[cell] =
        deep[cell] & ~0xFFFF_0000 | UInt64(costs[Int(deepWords[cell])]) << 16
    }
  }

  /// Calls `body` with the length and number of each word of two and more codes at `start`.
  func forEachWord(
    _ codes: [UInt16], at start: Int, _ body: (_ length: Int, _ word: Int) -> Void
  ) {
    guard start + 1 < codes.count else { return }
    let first = Int(codes[start])
    let second = Int(codes[start + 1])
    let row = min(Int(rows[first]) + second / WordTables.chunk + 1, Int(rows[first + 1]))
    let slot = Int(starts[row]) + second % WordTables.chunk
    guard labels[slot] == UInt8(truncatingIfNeeded: starts[row]) else { return }
    if pairWords[slot] >= 0 { body(2, Int(pairWords[slot])) }
    var base = pairs[slot].base
    var position = start + 2
    while base != 0, position < codes.count {
      let cell = base + Int(codes[position])
      guard UInt16(truncatingIfNeeded: deep[cell]) == codes[position] else { return }
      position += 1
      if deepWords[cell] >= 0 { body(position - start, Int(deepWords[cell])) }
      base = WordTables.base(deep[cell])
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

  /// The rows in the order of first code and chunk; a first code has all chunks up to its last, and
  /// before them a row without pairs.
  private mutating func group(_ pairs: [Pair]) -> [Row] {
    var list: [Row] = []
    var index = 0
    rows.reserveCapacity(codeCount + 1)
    for first in 0..<codeCount {
      rows.append(UInt32(list.count))
      list.append(Row(pairs: index..<index))
      var chunk = 0
      while index < pairs.count, Int(pairs[index].first) == first {
        let here = Int(pairs[index].second) / WordTables.chunk
        while chunk < here {
          list.append(Row(pairs: index..<index))
          chunk += 1
        }
        let start = index
        while index < pairs.count, Int(pairs[index].first) == first,
          Int(pairs[index].second) / WordTables.chunk == here
        { index += 1 }
        list.append(Row(pairs: start..<index))
        chunk = here + 1
      }
    }
    rows.append(UInt32(list.count))
    list.append(Row(pairs: index..<index))
    return list
  }

  /// Gives each row a start: the fullest rows first, each at the first place where its pairs fall on
  /// free slots and no overlapping row has the same label.
  private mutating func place(_ list: [Row], _ pairs: [Pair]) {
    starts = [UInt32](repeating: 1, count: list.count)
    var taken = [Bool](repeating: false, count: 1 << 18)
    var started = [Bool](repeating: false, count: 1 << 18)
    var firstFree = 1
    var bySize = [[Int]](repeating: [], count: WordTables.chunk + 1)
    for number in list.indices { bySize[list[number].pairs.count].append(number) }
    var offsets: [Int] = []
    var last = 0
    for size in stride(from: WordTables.chunk, to: 0, by: -1) {
      for number in bySize[size] {
        offsets.removeAll(keepingCapacity: true)
        for pair in list[number].pairs {
          offsets.append(Int(pairs[pair].second) % WordTables.chunk)
        }
        // Pairs come in order, so the first offset is the smallest.
        let lead = offsets[0]
        while firstFree < taken.count, taken[firstFree] { firstFree += 1 }
        var slot = max(firstFree, lead + 1)
        var tried = 0
        while true {
          if slot + 2 * WordTables.chunk >= taken.count {
            taken += [Bool](repeating: false, count: taken.count)
            started += [Bool](repeating: false, count: started.count)
          }
          if !taken[slot] {
            let start = slot - lead
            if start & 255 != 0, !started[start], !started[start + 256],
              start < 256 || !started[start - 256], Self.isFree(taken, start, offsets)
            {
              for offset in offsets { taken[start + offset] = true }
              started[start] = true
              starts[number] = UInt32(start)
              last = max(last, start + offsets[offsets.count - 1])
              break
            }
            tried += 1
          }
          slot += 1
        }
        // Where the first free slots keep failing, the region is as good as full.
        if tried > 128 { firstFree = max(firstFree, slot - 64) }
      }
    }
    // Rows without pairs start behind all slots, where no label is theirs.
    let behind = (last | 255) + 2
    for number in list.indices where list[number].pairs.isEmpty { starts[number] = UInt32(behind) }
    let size = behind + WordTables.chunk
    labels = [UInt8](repeating: 0, count: size)
    self.pairs = [PairCell](repeating: PairCell(filter: 0, base: 0), count: size)
    pairWords = [Int32](repeating: WordTables.noNumber, count: size)
    pairFilters = [UInt8](repeating: 0, count: size)
  }

  @inline(__always)
  private static func isFree(_ taken: [Bool], _ start: Int, _ offsets: [Int]) -> Bool {
    for offset in offsets where taken[start + offset] { return false }
    return true
  }

  private mutating func fill(_ pair: Pair, start: Int) {
    let slot = start + Int(pair.second) % WordTables.chunk
    labels[slot] = UInt8(truncatingIfNeeded: start)
    var low = pair.keys.lowerBound
    if keys.length(low) == 2 {
      pairWords[slot] = Int32(low)
      low += 1
    }
    guard low < pair.keys.upperBound else { return }
    var filter: UInt8 = 0
    for key in low..<pair.keys.upperBound {
      let bit: UInt8 = 1 << UInt8(keys.code(key, 2) & 7)
      pairFilters[slot] |= bit
      if isOnPath[key] { filter |= bit }
    }
    let base = deepen(low..<pair.keys.upperBound, depth: 2)
    pairs[slot] = PairCell(filter: filter, base: base)
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
    let base = findBase(groups)
    for group in groups { deep[base + group.code] = Self.cell(group.code, base: 0) }
    for group in groups {
      var low = group.keys.lowerBound
      let cell = base + group.code
      if keys.length(low) == depth + 1 {
        deepWords[cell] = Int32(low)
        low += 1
      }
      if low < group.keys.upperBound {
        let next = deepen(low..<group.keys.upperBound, depth: depth + 1)
        let goesOn = (low..<group.keys.upperBound).contains { isOnPath[$0] }
        deep[cell] = Self.cell(group.code, base: next) | (goesOn ? 0 : WordTables.offPath)
      }
    }
    return base
  }

  private static func cell(_ code: Int, base: Int) -> UInt64 {
    UInt64(code) | UInt64(WordTables.noWord) << 16 | UInt64(base) << 32
  }

  /// A base that no node has yet and at which all codes fall on free cells.
  private mutating func findBase(_ groups: [(code: Int, keys: Range<Int>)]) -> Int {
    // Keys come in order, so the first code is the smallest.
    let lead = groups[0].code
    while searchFrom < deep.count, deep[searchFrom] != WordTables.emptyCell { searchFrom += 1 }
    var cell = max(searchFrom, lead + 1)
    var tried = 0
    while true {
      let needed = cell + codeCount + 1
      if needed > deep.count {
        let more = max(needed - deep.count, deep.count / 2)
        deep += [UInt64](repeating: WordTables.emptyCell, count: more)
        deepWords += [Int32](repeating: WordTables.noNumber, count: more)
        usedBases += [Bool](repeating: false, count: deep.count - usedBases.count)
      }
      if deep[cell] == WordTables.emptyCell {
        let base = cell - lead
        if !usedBases[base], fits(groups, base) {
          usedBases[base] = true
          // Where the first free cells keep failing, the region is as good as full.
          if tried > 64 { searchFrom = max(searchFrom, cell - 32) }
          return base
        }
        tried += 1
      }
      cell += 1
    }
  }

  @inline(__always)
  private func fits(_ groups: [(code: Int, keys: Range<Int>)], _ base: Int) -> Bool {
    for group in groups where deep[base + group.code] != WordTables.emptyCell { return false }
    return true
  }
}
