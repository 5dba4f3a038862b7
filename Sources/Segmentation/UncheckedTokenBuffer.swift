/// The ends of the tokens of a text, and the numbers of their words if asked for.
///
/// Unsafe: raw memory, grown before a chunk's tokens are taken.
@safe struct TokenBuffer: ~Copyable {
  /// The number of tokens.
  private(set) var count = 0
  private var ends: UnsafeMutablePointer<UInt32>
  private var capacity = 1024
  private var words: [Int32] = []

  /// An empty buffer.
  init() { unsafe ends = .allocate(capacity: capacity) }

  deinit { unsafe ends.deallocate() }

  /// Forgets all tokens.
  mutating func clear() {
    count = 0
    words.removeAll(keepingCapacity: true)
  }

  /// Appends the words of the cutter's chunk.
  mutating func take(_ cutter: inout WordCutter, identifying: Bool) {
    let more = cutter.chunkCount
    if count + more > capacity {
      let larger = max(capacity * 2, count + more)
      let room = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
      unsafe room.initialize(from: ends, count: count)
      unsafe ends.deallocate()
      unsafe ends = room
      capacity = larger
    }
    let found = identifying ? cutter.findWords() : 0
    count += unsafe cutter.copyEnds(to: ends + count)
    if identifying {
      for word in 0..<found {
        words.append(cutter.number(of: cutter.units(ofWord: word, of: found)))
      }
    }
  }

  /// The bytes of a token.
  func range(_ index: Int) -> Range<Int> {
    precondition(index >= 0 && index < count, "there is no such token")
    let start = index > 0 ? unsafe Int(ends[index - 1]) : 0
    return unsafe start..<Int(ends[index])
  }

  /// The number of a token's word, -1 for none.
  func word(_ index: Int) -> Int32 { index < words.count ? words[index] : WordTables.noNumber }
}
