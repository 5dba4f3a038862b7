/// The matches of a text: where each begins and ends, and the number of its word.
///
/// Unsafe: raw memory; ``reserve(_:)`` makes room before matches are appended.
@safe struct MatchBuffer: ~Copyable {
  private struct Cell {
    var start: UInt32
    var end: UInt32
    var word: Int32
  }

  /// The number of matches.
  private(set) var count = 0
  private var capacity = 1024
  private var cells: UnsafeMutablePointer<Cell>

  /// An empty buffer.
  init() { unsafe cells = .allocate(capacity: capacity) }

  deinit { unsafe cells.deallocate() }

  /// Forgets all matches.
  mutating func clear() { count = 0 }

  /// Makes room for so many more.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let room = UnsafeMutablePointer<Cell>.allocate(capacity: larger)
    unsafe room.initialize(from: cells, count: count)
    unsafe cells.deallocate()
    unsafe cells = room
    capacity = larger
  }

  /// Adds a match, unless its word is none.
  @inline(__always)
  mutating func append(_ start: UInt32, _ end: UInt32, _ word: Int32) {
    unsafe cells[count] = Cell(start: start, end: end, word: word)
    count &+= unsafe Int(unsafeBitCast(word >= 0, to: UInt8.self))
  }

  /// The bytes and the word of a match; traps when there is none of that number.
  subscript(index: Int) -> (range: Range<Int>, word: Int32) {
    precondition(index >= 0 && index < count, "there is no such match")
    let cell = unsafe cells[index]
    return (Int(cell.start)..<Int(cell.end), cell.word)
  }
}
