/// Small whole numbers by key: a hash table with open addressing, for caches that are asked for every
/// character. Numbers are not negative.
///
/// Invariant: the count of slots is a power of two, and less than half of them are taken.
struct KeyedNumbers: Sendable {
  private static let empty = UInt64.max

  private var keys: [UInt64]
  private var values: [Int32]
  private(set) var count = 0

  init(capacity: Int = 1024) {
    keys = [UInt64](repeating: Self.empty, count: capacity)
    values = [Int32](repeating: 0, count: capacity)
  }

  /// The number of a key, or -1.
  func find(_ key: UInt64) -> Int32 {
    let mask = keys.count - 1
    var slot = Self.slot(key) & mask
    while true {
      let here = keys[slot]
      if here == key { return values[slot] }
      if here == Self.empty { return -1 }
      slot = (slot + 1) & mask
    }
  }

  /// Adds a key that is not there.
  mutating func add(_ key: UInt64, _ value: Int32) {
    if (count + 1) * 2 > keys.count { grow() }
    place(key, value)
    count += 1
  }

  /// Forgets all keys; the room stays.
  mutating func removeAll() {
    for slot in keys.indices { keys[slot] = Self.empty }
    count = 0
  }

  private mutating func place(_ key: UInt64, _ value: Int32) {
    let mask = keys.count - 1
    var slot = Self.slot(key) & mask
    while keys[slot] != Self.empty { slot = (slot + 1) & mask }
    keys[slot] = key
    values[slot] = value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: Self.empty, count: oldKeys.count * 2)
    values = [Int32](repeating: 0, count: oldKeys.count * 2)
    for (slot, key) in oldKeys.enumerated() where key != Self.empty {
      place(key, oldValues[slot])
    }
  }

  /// Fibonacci hashing (Knuth, TAOCP 3, 6.4).
  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }
}
