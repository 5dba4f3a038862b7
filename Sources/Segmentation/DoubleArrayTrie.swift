/// A trie over character codes as a double array: from node `n`, code `c` leads to
/// `base[n] + c` if that cell's `check` is `n`.
///
/// Built breadth-first from sorted keys; cells are found first-fit along a list of free ones
/// (Aoe 1989, *An Efficient Digital Search Algorithm by Using a Double-Array Structure*).
///
/// Invariant: node 0 is the root; a cell is free exactly when its `check` is -1; `values[n]` is
/// the key's number, or -1.
struct DoubleArrayTrie: Sendable {
  private(set) var base: [Int32]
  private(set) var check: [Int32]
  private(set) var values: [Int32]

  /// Builds the trie of `keys`, which must be sorted and distinct; key `i` has value `i`.
  /// - Complexity: O(total length of the keys) plus the search for free cells.
  init(keys: KeyList) {
    let size = max(1024, keys.codes.count * 2)
    base = [Int32](repeating: 0, count: size)
    check = [Int32](repeating: -1, count: size)
    values = [Int32](repeating: -1, count: size)
    check[0] = 0
    var searchFrom = 1
    struct Task {
      let node: Int32
      let low: Int32
      let high: Int32
      let depth: Int32
    }
    var queue = [Task(node: 0, low: 0, high: Int32(keys.count), depth: 0)]
    var next = 0
    var labels: [UInt16] = []
    var lows: [Int32] = []
    while next < queue.count {
      let task = queue[next]
      next += 1
      let depth = Int(task.depth)
      var low = Int(task.low)
      let high = Int(task.high)
      if low < high, keys.length(low) == depth {
        values[Int(task.node)] = Int32(low)
        low += 1
      }
      labels.removeAll(keepingCapacity: true)
      lows.removeAll(keepingCapacity: true)
      var index = low
      while index < high {
        let code = keys.code(index, depth)
        if labels.last != code {
          labels.append(code)
          lows.append(Int32(index))
        }
        index += 1
      }
      guard let smallest = labels.min() else { continue }
      let offset = place(labels, smallest: Int(smallest), from: &searchFrom)
      base[Int(task.node)] = Int32(offset)
      for (position, label) in labels.enumerated() {
        let cell = offset + Int(label)
        check[cell] = task.node
        queue.append(
          Task(
            node: Int32(cell), low: lows[position],
            high: position + 1 < lows.count ? lows[position + 1] : Int32(high),
            depth: task.depth + 1))
      }
      if next > 1 << 16 {
        queue.removeSubrange(0..<next)
        next = 0
      }
    }
  }

  /// The node that `code` leads to from `node`, or -1.
  @inline(__always)
  func child(of node: Int, code: UInt16) -> Int {
    let cell = Int(base[node]) + Int(code)
    return code != 0 && cell < check.count && check[cell] == Int32(node) ? cell : -1
  }

  /// An offset at which all labels fall on free cells.
  private mutating func place(_ labels: [UInt16], smallest: Int, from: inout Int) -> Int {
    while from < check.count, check[from] >= 0 { from += 1 }
    var cell = max(from, smallest + 1)
    var tried = 0
    while true {
      grow(to: cell + Int(UInt16.max))
      if check[cell] < 0 {
        let offset = cell - smallest
        if offset > 0, labels.allSatisfy({ check[offset + Int($0)] < 0 }) {
          // Where the first free cells keep failing, the region is as good as full.
          if tried > 64 { from = max(from, cell - 32) }
          return offset
        }
        tried += 1
      }
      cell += 1
    }
  }

  private mutating func grow(to size: Int) {
    guard size >= check.count else { return }
    let more = max(size - check.count + 1, check.count / 2)
    base.append(contentsOf: repeatElement(0, count: more))
    check.append(contentsOf: repeatElement(-1, count: more))
    values.append(contentsOf: repeatElement(-1, count: more))
  }
}

/// Keys of codes in one array.
struct KeyList: Sendable {
  private(set) var codes: [UInt16] = []
  private var offsets: [Int32] = [0]

  /// The number of keys.
  var count: Int { offsets.count - 1 }

  /// Adds a key.
  mutating func append(_ key: some Sequence<UInt16>) {
    codes.append(contentsOf: key)
    offsets.append(Int32(codes.count))
  }

  /// The length of a key.
  func length(_ key: Int) -> Int { Int(offsets[key + 1] - offsets[key]) }

  /// The code of a key at a depth.
  func code(_ key: Int, _ depth: Int) -> UInt16 { codes[Int(offsets[key]) + depth] }

  /// The codes of a key.
  func key(_ key: Int) -> ArraySlice<UInt16> { codes[Int(offsets[key])..<Int(offsets[key + 1])] }
}
