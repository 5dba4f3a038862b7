/// Keys of codes in one array.
struct KeyList: Sendable {
  private(set) var codes: [UInt16] = []
  private var offsets: [Int32] = [0]

  /// No keys.
  init() {}

  /// Keys that lie one behind the other.
  init(codes: [UInt16], offsets: [Int32]) {
    self.codes = codes
    self.offsets = offsets
  }

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

  /// Whether the last key is that of another list.
  func lastEquals(_ other: KeyList, _ key: Int) -> Bool {
    let last = count - 1
    let length = length(last)
    guard length == other.length(key) else { return false }
    return (0..<length).allSatisfy { code(last, $0) == other.code(key, $0) }
  }

  /// The numbers of the keys in order; equal keys stay in the order they have.
  ///
  /// Four passes of a radix sort by the first four codes, then the few that are equal so far.
  /// - Complexity: O(count).
  func sorted() -> [Int] {
    var order = [UInt32](repeating: 0, count: count)
    for key in 0..<count { order[key] = UInt32(key) }
    var other = order
    var places = [Int](repeating: 0, count: 0x10001)
    for depth in stride(from: 3, through: 0, by: -1) {
      for index in places.indices { places[index] = 0 }
      func code(_ key: UInt32) -> Int {
        let start = Int(offsets[Int(key)])
        return start + depth < Int(offsets[Int(key) + 1]) ? Int(codes[start + depth]) : 0
      }
      for key in order { places[code(key) + 1] += 1 }
      for index in 1...0x10000 { places[index] += places[index - 1] }
      for key in order {
        let code = code(key)
        other[places[code]] = key
        places[code] += 1
      }
      swap(&order, &other)
    }
    var result = order.map { Int($0) }
    var start = 0
    while start < result.count {
      var end = start + 1
      while end < result.count, sharesFour(result[start], result[end]) { end += 1 }
      if end - start > 1 {
        result[start..<end].sort { left, right in
          let a = key(left).dropFirst(4)
          let b = key(right).dropFirst(4)
          return a.elementsEqual(b) ? left < right : a.lexicographicallyPrecedes(b)
        }
      }
      start = end
    }
    return result
  }

  private func sharesFour(_ left: Int, _ right: Int) -> Bool {
    guard length(left) >= 4, length(right) >= 4 else { return key(left).elementsEqual(key(right)) }
    return (0..<4).allSatisfy { code(left, $0) == code(right, $0) }
  }
}
