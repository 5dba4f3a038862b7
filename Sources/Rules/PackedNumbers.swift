/// Numbers of 24 bits by keys of 40, which share a slot of 64: ``KeyedNumbers`` for tables that do not fit into the cache,
/// since half as many lines are read.
///
/// Invariant: the count of slots is a power of two, and less than half of them are taken.
struct PackedNumbers: Sendable {
  /// The bits of each half of a key.
  private static let half: UInt64 = 20
  private static let valueBits: UInt64 = 24
  private static let empty = UInt64.max
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let recentBits: UInt64 = 12

  private var slots: [UInt64]
  /// The slots that were asked for last, each in the place that its hash begins with: so few that they stay in the near
  /// cache, where the table itself does not fit.
  private var recent: [UInt64]
  /// The bits of a hash that are no place.
  private var shift: UInt64
  private(set) var count = 0

  init() {
    slots = [UInt64](repeating: Self.empty, count: 64)
    recent = [UInt64](repeating: Self.empty, count: 1 << Self.recentBits)
    shift = 64 - 6
  }

  /// The key of two numbers below a million.
  @inline(__always)
  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << half | UInt64(UInt32(bitPattern: right))
  }

  /// The number of a key, or -1.
  @inline(__always)
  func find(_ key: UInt64) -> Int32 {
    let mask = slots.count &- 1
    var place = self.place(key)
    while true {
      let here = slots[place]
      if here >> Self.valueBits == key {
        return Int32(truncatingIfNeeded: here & (1 << Self.valueBits - 1))
      }
      if here == Self.empty { return -1 }
      place = (place &+ 1) & mask
    }
  }

  /// The number of a key, or -1; a key that is asked for often is found sooner.
  @inline(__always)
  mutating func recall(_ key: UInt64) -> Int32 {
    let place = Int(
      truncatingIfNeeded: (key &* Self.multiplier) >> (UInt64(UInt64.bitWidth) &- Self.recentBits))
    let here = recent[place]
    if here >> Self.valueBits == key {
      return Int32(truncatingIfNeeded: here & (1 << Self.valueBits - 1))
    }
    let number = find(key)
    if number >= 0 { recent[place] = key << Self.valueBits | UInt64(number) }
    return number
  }

  /// Adds a key that is not there; one that has no room in a slot is not kept.
  mutating func add(_ key: UInt64, _ value: Int32) {
    guard key < 1 << (2 * Self.half) - 1, value >= 0, value < 1 << Int32(Self.valueBits) else {
      return
    }
    if (count + 1) * 2 > slots.count {
      let old = slots
      slots = [UInt64](repeating: Self.empty, count: old.count * 2)
      shift -= 1
      for slot in old where slot != Self.empty { put(slot) }
    }
    put(key << Self.valueBits | UInt64(value))
    count += 1
  }

  /// Forgets all keys; the room stays.
  mutating func removeAll() {
    for place in slots.indices { slots[place] = Self.empty }
    for place in recent.indices { recent[place] = Self.empty }
    count = 0
  }

  private mutating func put(_ slot: UInt64) {
    let mask = slots.count - 1
    var place = self.place(slot >> Self.valueBits)
    while slots[place] != Self.empty { place = (place + 1) & mask }
    slots[place] = slot
  }

  /// Fibonacci hashing, as in ``KeyedNumbers``.
  @inline(__always)
  private func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* Self.multiplier) >> shift)
  }
}
