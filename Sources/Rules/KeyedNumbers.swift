/// Small whole numbers by key: a hash table with open addressing, for caches that are asked for every
/// character. Numbers are not negative.
///
/// Invariant: the count of slots is a power of two, and less than half of them are taken.
struct KeyedNumbers: Sendable {
  /// A key and its number side by side, so that a look-up reads one line of the cache.
  private struct Slot {
    var key = UInt64.max
    var value: Int32 = 0
  }

  private var slots: [Slot]
  /// The bits of a hash that are no place.
  private var shift: UInt64
  private(set) var count = 0

  /// No keys, with room for half of `capacity`, which is a power of two.
  init(capacity: Int = 64) {
    slots = [Slot](repeating: Slot(), count: capacity)
    shift = UInt64(UInt64.bitWidth - capacity.trailingZeroBitCount)
  }

  /// The number of a key, or -1.
  @inline(__always)
  func find(_ key: UInt64) -> Int32 {
    let mask = slots.count - 1
    var place = self.place(key)
    while true {
      let here = slots[place]
      if here.key == key { return here.value }
      if here.key == .max { return -1 }
      place = (place + 1) & mask
    }
  }

  /// Adds a key that is not there.
  mutating func add(_ key: UInt64, _ value: Int32) {
    if (count + 1) * 2 > slots.count {
      let old = slots
      slots = [Slot](repeating: Slot(), count: old.count * 2)
      shift -= 1
      for slot in old where slot.key != .max { put(slot) }
    }
    put(Slot(key: key, value: value))
    count += 1
  }

  /// Forgets all keys; the room stays.
  mutating func removeAll() {
    for place in slots.indices { slots[place] = Slot() }
    count = 0
  }

  private mutating func put(_ slot: Slot) {
    let mask = slots.count - 1
    var place = self.place(slot.key)
    while slots[place].key != .max { place = (place + 1) & mask }
    slots[place] = slot
  }

  /// Fibonacci hashing (Knuth, TAOCP 3, 6.4). The highest bits of the product are those that depend on all bits of
  /// the key.
  @inline(__always)
  private func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
