/// What can be read of a chunk after ``WordCutter/cutChunk(_:from:)``: its words as ranges, with their
/// costs and numbers, and all matches.
///
/// Unsafe: it reads the cutter's buffers up to `chunkCount` units, for which they have room.
extension WordCutter {
  /// Appends where the words of the chunk end, in the source, and gives their number; there has to be
  /// room for as many as the chunk has units.
  ///
  /// Each step back waits for the one before it. So the two halves of the chunk are walked side by side
  /// where a barrier parts them, which every way passes.
  @inline(__always)
  func copyEnds(to target: UnsafeMutablePointer<UInt32>) -> Int {
    let best = unsafe buffers.best
    let offsets = unsafe buffers.offsets
    let origin = UInt32(truncatingIfNeeded: buffers.origin)
    var middle = chunkCount / 2
    while middle > 0, !tables.isBarrier(unsafe buffers.codes[middle - 1]) { middle -= 1 }
    // The words of the second half end at the top of the buffer, those of the first at its middle;
    // both have to fit.
    if chunkCount - middle > buffers.capacity / 2 { middle = 0 }
    let top = unsafe buffers.ends + buffers.capacity
    let half = unsafe buffers.ends + buffers.capacity / 2
    var place = unsafe top
    var lowPlace = unsafe half
    var at = chunkCount
    var low = middle
    while at > middle, low > 0 {
      unsafe place -= 1
      unsafe lowPlace -= 1
      unsafe place.pointee = origin &+ offsets[at]
      unsafe lowPlace.pointee = origin &+ offsets[low]
      at &-= unsafe 64 &- Int(best[at] & 63)
      low &-= unsafe 64 &- Int(best[low] & 63)
    }
    while at > middle {
      unsafe place -= 1
      unsafe place.pointee = origin &+ offsets[at]
      at &-= unsafe 64 &- Int(best[at] & 63)
    }
    while low > 0 {
      unsafe lowPlace -= 1
      unsafe lowPlace.pointee = origin &+ offsets[low]
      low &-= unsafe 64 &- Int(best[low] & 63)
    }
    let lowCount = unsafe half - lowPlace
    let count = unsafe top - place
    unsafe target.update(from: lowPlace, count: lowCount)
    unsafe (target + lowCount).update(from: place, count: count)
    return lowCount + count
  }

  /// Finds the words of the chunk as ranges of units, for ``word(_:)``; gives their number.
  func findWords() -> Int {
    let best = unsafe buffers.best
    let top = unsafe buffers.ends + buffers.capacity
    var place = unsafe top
    var at = chunkCount
    while at > 0 {
      unsafe place -= 1
      unsafe place.pointee = UInt32(truncatingIfNeeded: at)
      at &-= unsafe 64 &- Int(best[at] & 63)
    }
    return unsafe top - place
  }

  /// The units of word `number` of `count` words that ``findWords()`` found.
  func units(ofWord number: Int, of count: Int) -> Range<Int> {
    precondition(number >= 0 && number < count && count <= chunkCount)
    let first = unsafe buffers.ends + buffers.capacity - count
    let start = number > 0 ? unsafe Int(first[number - 1]) : 0
    return unsafe start..<Int(first[number])
  }

  /// What the words of a range of units cost.
  func cost(of units: Range<Int>) -> Int {
    precondition(units.lowerBound >= 0 && units.upperBound <= chunkCount)
    return unsafe Int(buffers.best[units.upperBound] >> 6)
      - Int(buffers.best[units.lowerBound] >> 6)
  }

  /// The number of the word that is exactly these units, -1 for none.
  func number(of units: Range<Int>) -> Int32 {
    precondition(units.lowerBound >= 0 && units.upperBound <= chunkCount)
    var number = WordTables.noNumber
    let codes = unsafe buffers.codes
    tables.forEachWord(
      at: units.lowerBound, limit: units.upperBound, code: { unsafe codes[$0] }
    ) { length, found in
      if length == units.count { number = Int32(truncatingIfNeeded: found) }
    }
    return number
  }

  /// The codes of the chunk's units, where each begins in the source, and where the last one ends.
  func units() -> (codes: [UInt16], offsets: [UInt32]) {
    let origin = UInt32(truncatingIfNeeded: buffers.origin)
    return (
      (0..<chunkCount).map { unsafe buffers.codes[$0] },
      (0...chunkCount).map { unsafe origin + buffers.offsets[$0] }
    )
  }

  /// Appends every word of the tables that stands in the chunk, by start and length; after
  /// ``decodeChunk(_:from:)``, which is all it takes.
  func takeMatches(into matches: inout MatchBuffer) {
    let count = chunkCount
    let found = probe(count)
    let codes = unsafe buffers.codes
    let offsets = unsafe buffers.offsets
    let hits = unsafe buffers.hits
    let slots = unsafe buffers.slots
    let singleWords = unsafe tables.singleWords.base
    let pairs = unsafe tables.pairs.base
    let pairWords = unsafe tables.pairWords.base
    let deep = unsafe tables.deep.base
    let deepWords = unsafe tables.deepWords.base
    let origin = UInt32(truncatingIfNeeded: buffers.origin)
    var hit = 0
    var unit = 0
    while unit < count {
      matches.reserve(Lexicon.longestWord)
      let start = unsafe origin &+ offsets[unit]
      unsafe matches.append(start, origin &+ offsets[unit &+ 1], singleWords[Int(codes[unit])])
      if hit < found, unsafe Int(hits[hit]) == unit {
        let slot = unsafe Int(slots[hit])
        hit &+= 1
        unsafe matches.append(start, origin &+ offsets[unit &+ 2], pairWords[slot])
        let pair = unsafe pairs[slot]
        if unsafe pair.mayGoOn(codes[unit &+ 2]) != 0 {
          var base = pair.base
          var end = unit &+ 2
          repeat {
            let code = unsafe codes[end]
            let cell = base &+ Int(code)
            let found = unsafe deep[cell]
            if UInt16(truncatingIfNeeded: found) != code { break }
            end &+= 1
            unsafe matches.append(start, origin &+ offsets[end], deepWords[cell])
            base = Int(found >> 32)
          } while base != 0
        }
      }
      unit &+= 1
    }
  }
}
