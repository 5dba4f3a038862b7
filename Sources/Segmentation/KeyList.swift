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
