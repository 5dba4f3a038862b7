/// What can be read of a chunk after ``WordCutter/cutChunk(_:from:)``: its words as ranges, with their
/// costs and numbers, and all matches.
///
/// Unsafe: it reads the cutter's buffers up to `chunkCount` units, for which they have room.
extension WordCutter {
  /// Writes where the words of the chunk end, in the source, and gives their number; there has to be
  /// room for as many as the chunk has units.
  @inline(__always)
  func copyEnds(to target: UnsafeMutablePointer<UInt32>) -> Int {
    let offsets = unsafe buffers.offsets
    let origin = UInt32(truncatingIfNeeded: buffers.origin)
    let top = unsafe buffers.ends + buffers.capacity
    guard wordCount > 0 else {
      let (count, _) = walk(
        { unsafe origin &+ offsets[$0] }, note: { (_, _, _, _: inout UInt16) in })
      unsafe target.update(from: top - count, count: count)
      return count
    }
    let words = unsafe top - wordCount
    var copied = 0
    var word = 0
    while word < wordCount {
      let end = unsafe words[word]
      unsafe target[copied] = origin &+ offsets[Int(end)]
      copied &+= end != 0 ? 1 : 0
      word &+= 1
    }
    return copied
  }

  /// Finds the words of the chunk as ranges of units, for ``units(ofWord:of:)``; gives their number.
  mutating func findWords() -> Int {
    if wordCount == 0 {
      wordCount =
        walk({ UInt32(truncatingIfNeeded: $0) }, note: { (_, _, _, _: inout UInt16) in }).count
    } else if hasJoined {
      wordCount = removeJoined(wordCount)
    }
    hasJoined = false
    return wordCount
  }

  /// Finds the words of the chunk and joins those that form one: they get the end 0, but for the last.
  mutating func joinWords() {
    let codes = unsafe buffers.codes
    let list = unsafe buffers.hits
    let formations = tables.formations
    var candidates = 0
    let (count, moved) = walk({ UInt32(truncatingIfNeeded: $0) }) {
      end, length, place, following in
      let (begun, follows) = unsafe formations.roles(ofLast: codes[end &- 1], length: length)
      unsafe list[candidates] = UInt32(truncatingIfNeeded: place)
      candidates &+= begun & following != 0 ? 1 : 0
      following = follows
    }
    wordCount = count
    hasJoined = false
    let words = unsafe buffers.ends + buffers.capacity - count
    while candidates > 0 {
      candidates &-= 1
      var place = unsafe Int(list[candidates])
      // Words of the first half moved up to those of the second.
      if place < buffers.capacity / 2 { place += moved }
      let joins = unsafe formations.join(
        words, first: place - (buffers.capacity - count), count: count, codes,
        isWord: { number(of: $0) != WordTables.noNumber },
        isForced: { tables.hasForced && cost(of: $0) == 0 })
      hasJoined = joins || hasJoined
    }
  }

  /// Takes the ends that are 0 out of the words and gives how many are left.
  private func removeJoined(_ count: Int) -> Int {
    let top = unsafe buffers.ends + buffers.capacity
    var left = 0
    var word = 1
    while word <= count {
      let end = unsafe (top - word).pointee
      unsafe (top - left - 1).pointee = end
      left &+= end != 0 ? 1 : 0
      word &+= 1
    }
    return left
  }

  /// Writes a value for the end of each word of the chunk, in their order, to the top of `ends`, and gives
  /// the number of words; `note` is called for each word, of either half from its last one on, with its
  /// place in `ends`, from which the first half moves by `moved`, and what it left for its half.
  ///
  /// Each step back waits for the one before it. So the two halves of the chunk are walked side by side
  /// where a barrier parts them, which every way passes.
  @inline(__always)
  private func walk(
    _ value: (_ end: Int) -> UInt32,
    note: (_ end: Int, _ length: Int, _ place: Int, _ following: inout UInt16) -> Void
  ) -> (count: Int, moved: Int) {
    let best = unsafe buffers.best
    let ends = unsafe buffers.ends
    var middle = chunkCount / 2
    while middle > 0, !tables.isBarrier(unsafe buffers.codes[middle - 1]) { middle -= 1 }
    // The words of the second half end at the top of the buffer, those of the first at its middle;
    // both have to fit.
    if chunkCount - middle > buffers.capacity / 2 { middle = 0 }
    var place = buffers.capacity
    var lowPlace = buffers.capacity / 2
    var at = chunkCount
    var low = middle
    var following: UInt16 = 0
    var lowFollowing: UInt16 = 0
    @inline(__always)
    func step(_ at: inout Int, _ place: inout Int, _ following: inout UInt16) {
      place &-= 1
      unsafe ends[place] = value(at)
      let length = unsafe 64 &- Int(best[at] & 63)
      note(at, length, place, &following)
      at &-= length
    }
    while at > middle, low > 0 {
      step(&at, &place, &following)
      step(&low, &lowPlace, &lowFollowing)
    }
    while at > middle { step(&at, &place, &following) }
    while low > 0 { step(&low, &lowPlace, &lowFollowing) }
    let lowCount = buffers.capacity / 2 - lowPlace
    place -= lowCount
    unsafe (ends + place).update(from: ends + lowPlace, count: lowCount)
    return (buffers.capacity - place, lowCount > 0 ? place - lowPlace : 0)
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
    let pairFilters = unsafe tables.pairFilters.base
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
        if unsafe pairFilters[slot] >> UInt8(truncatingIfNeeded: codes[unit &+ 2] & 7) & 1 != 0 {
          var base = unsafe pairs[slot].base
          var end = unit &+ 2
          repeat {
            let code = unsafe codes[end]
            let cell = base &+ Int(code)
            let found = unsafe deep[cell]
            if UInt16(truncatingIfNeeded: found) != code { break }
            end &+= 1
            unsafe matches.append(start, origin &+ offsets[end], deepWords[cell])
            base = WordTables.base(found)
          } while base != 0
        }
      }
      unit &+= 1
    }
  }
}
