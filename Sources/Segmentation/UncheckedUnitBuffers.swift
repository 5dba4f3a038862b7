/// The units of a chunk of text: what no word ends inside of. A unit is a Han or kana character, or a
/// whole segment of ICU's word rules (a number, a run of letters, a sign).
///
/// Unsafe: raw memory, grown by ``reserve(_:)``. Behind the last unit stand two codes 0, which no word
/// holds, and the offset of the end.
@safe struct UnitBuffers: ~Copyable {
  /// Where the chunk begins in its source.
  var origin = 0
  /// The number of units.
  var count = 0
  /// For each unit its code: 0 for what no word holds, 1 for Han and kana that no word holds.
  private(set) var codes: UnsafeMutablePointer<UInt16>
  /// For each unit where it begins, from `origin`.
  private(set) var offsets: UnsafeMutablePointer<UInt32>
  /// For each unit, what a word of it and the next costs, as ``WordTables/key(cost:length:)``.
  private(set) var pairKeys: UnsafeMutablePointer<UInt32>
  /// The units that begin a pair the trie knows.
  private(set) var hits: UnsafeMutablePointer<UInt32>
  /// For each of these the pair's slot; later the base of its third codes.
  private(set) var slots: UnsafeMutablePointer<UInt32>
  /// For each position, the cost of the cheapest way there and the length of its last word, as
  /// ``WordTables/key(cost:length:)``.
  private(set) var best: UnsafeMutablePointer<Int64>
  /// Where the words end, up to the end of the buffer: the last word is in cell `capacity - 1`.
  private(set) var ends: UnsafeMutablePointer<UInt32>
  private(set) var capacity: Int

  /// Buffers for `capacity` units.
  init(capacity: Int) {
    self.capacity = capacity
    let room = capacity + Self.margin
    unsafe codes = .allocate(capacity: room)
    unsafe offsets = .allocate(capacity: room)
    unsafe pairKeys = .allocate(capacity: room)
    unsafe hits = .allocate(capacity: room)
    unsafe slots = .allocate(capacity: room)
    unsafe best = .allocate(capacity: room)
    unsafe ends = .allocate(capacity: room)
  }

  private static let margin = 8

  deinit {
    unsafe codes.deallocate()
    unsafe offsets.deallocate()
    unsafe pairKeys.deallocate()
    unsafe hits.deallocate()
    unsafe slots.deallocate()
    unsafe best.deallocate()
    unsafe ends.deallocate()
  }

  /// Makes room for `needed` units; the units stay, the rest is computed again.
  @inline(__always)
  mutating func reserve(_ needed: Int) {
    if needed > capacity { grow(needed) }
  }

  private mutating func grow(_ needed: Int) {
    capacity = max(needed, capacity * 2)
    let room = capacity + Self.margin
    unsafe codes = Self.moved(codes, count, room)
    unsafe offsets = Self.moved(offsets, count, room)
    unsafe pairKeys = Self.moved(pairKeys, 0, room)
    unsafe hits = Self.moved(hits, 0, room)
    unsafe slots = Self.moved(slots, 0, room)
    unsafe best = Self.moved(best, 0, room)
    unsafe ends = Self.moved(ends, 0, room)
  }

  private static func moved<Element: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Element>, _ count: Int, _ room: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: room)
    unsafe new.initialize(from: old, count: count)
    unsafe old.deallocate()
    return unsafe new
  }

  /// Adds a unit that begins at an offset of the source.
  @inline(__always)
  mutating func append(_ code: UInt16, at offset: Int) {
    reserve(count + 1)
    unsafe codes[count] = code
    unsafe offsets[count] = UInt32(truncatingIfNeeded: offset - origin)
    count += 1
  }

  /// Takes the last unit back.
  mutating func removeLast() { count -= 1 }

  /// The code of a unit.
  func code(_ unit: Int) -> UInt16 {
    precondition(unit >= 0 && unit < count)
    return unsafe codes[unit]
  }

  /// Where a unit begins in the source.
  func offset(_ unit: Int) -> Int {
    precondition(unit >= 0 && unit <= count)
    return unsafe origin + Int(offsets[unit])
  }
}
