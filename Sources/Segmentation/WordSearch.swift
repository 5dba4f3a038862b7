/// A word in a text: its characters and its number.
struct FoundWord {
  let start: Int32
  let end: Int32
  let word: Int32
}

extension WordTables {
  /// All words in a range of a text, overlapping as they may, by their start and then the shortest first; what
  /// ``forEachWord(at:limit:code:_:)`` gives for each position.
  ///
  /// In short loops over the whole range, as ``WordCutter`` does: look-ups of one loop do not wait for each other, and
  /// the tables are so large that most of them are a line of the cache each.
  /// - Complexity: O(count of the range × length of the longest word).
  func words(in text: [UInt32], _ range: Range<Int>) -> [FoundWord] {
    let count = range.count
    let codes = [UInt16](capacity: count) { codes in
      for position in range { codes.append(code(of: text[position])) }
    }
    // The slot of each pair that the trie knows.
    let slots = [Int32](capacity: count) { slots in
      for place in 0..<max(count - 1, 0) {
        let first = Int(codes[place])
        let second = Int(codes[place + 1])
        let row = min(Int(rows[first]) + second / Self.chunk + 1, Int(rows[first + 1]))
        let start = starts[row]
        let slot = Int(start) + second % Self.chunk
        let isKnown = labels[slot] == UInt8(truncatingIfNeeded: start)
        slots.append(isKnown ? Int32(truncatingIfNeeded: slot) : -1)
      }
    }
    var found: [FoundWord] = []
    found.reserveCapacity(2 * count)
    func add(_ place: Int, _ end: Int, _ word: Int32) {
      if word == Self.noNumber { return }
      found.append(
        FoundWord(
          start: Int32(truncatingIfNeeded: range.lowerBound + place),
          end: Int32(truncatingIfNeeded: range.lowerBound + end), word: word))
    }
    for place in 0..<count {
      add(place, place + 1, singleWords[Int(codes[place])])
      guard place < slots.count, slots[place] >= 0 else { continue }
      let slot = Int(slots[place])
      add(place, place + 2, pairWords[slot])
      var base = pairs[slot].base
      var next = place + 2
      while base != 0, next < count {
        let cell = base + Int(codes[next])
        let here = deep[cell]
        guard UInt16(truncatingIfNeeded: here) == codes[next] else { break }
        next += 1
        add(place, next, deepWords[cell])
        base = Self.base(here)
      }
    }
    return found
  }
}
