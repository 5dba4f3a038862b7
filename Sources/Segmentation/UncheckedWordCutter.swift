/// Cuts text into the words of the cheapest path, a chunk at a time. The hot loop of segmentation.
///
/// A chunk is about a thousand *units* (``UnitBuffers``) and ends where no word crosses. It goes through
/// five short loops, each over the whole chunk: decode, look up pairs, their costs and longer words,
/// the cheapest way to each position, and the way back. `DESIGN.md` tells why.
///
/// Unsafe: it reads the tables and its buffers without bounds checks, which cost a third of its time.
/// What makes it sound:
/// - every code is below the number of codes: they come from the tables, which were checked when
///   they were loaded (``WordTables/init(_:icuVersion:)``) or come from the same builder;
/// - behind the last unit stand two codes 0, which lead to no cell, so no word crosses the end;
/// - a slot is at most a row's start + 511, a cell at most a base + a code, and the tables are as
///   long;
/// - the buffers have room for every unit (``UnitBuffers/reserve(_:)``), and ``words`` for as many
///   words as can begin at a unit before they are looked for.
///
/// The tests hold it against a search that tries every path, and against ICU.
struct WordCutter: ~Copyable {
  /// Units of a usual chunk: all of its buffers stay in the first cache.
  private static let usualChunk = 1000
  /// How far from its end a chunk looks back for a unit that no word holds.
  private static let lookBack = 192
  /// ICU's cost of a Katakana word by its length (`dictbe.cpp`).
  private static let katakanaCosts = [8192, 984, 408, 240, 204, 252, 300, 372, 480]
  private static let longestKatakanaWord = 20
  /// What a word costs that a forced one takes out: more than its units can.
  private static let removed: UInt32 = 1 << 25

  /// A word of three units or more, or one of Katakana that is in no list.
  private struct LongWord {
    var start: UInt32
    var end: UInt32
    var cost: UInt32
  }

  let tables: WordTables
  /// The units and words of the chunk.
  private(set) var buffers = UnitBuffers(capacity: 1024)
  /// The number of units of the chunk.
  private(set) var chunkCount = 0
  /// The number of words of the chunk once they stand in `ends` as units, 0 before.
  var wordCount = 0
  /// Whether some of these ends are 0, since their words were joined with the next.
  var hasJoined = false
  private var words: [LongWord] = []
  private var katakana: [LongWord] = []
  private var iterator: ICUBreakIterator?
  private var icuUnits: [UInt16] = []
  private var icuOffsets: [Int] = []

  /// A cutter over tables.
  init(_ tables: WordTables) {
    self.tables = tables
    words = [LongWord](repeating: LongWord(start: 0, end: 0, cost: 0), count: 1024)
  }

  /// Cuts the chunk that begins at `start`, where a word begins, and gives where the next one begins.
  /// - Complexity: O(count of the chunk × length of the longest word).
  mutating func cutChunk<Source: CharacterSource>(_ source: Source, from start: Int) -> Int {
    let next = decodeChunk(source, from: start)
    lookUp(chunkCount)
    if tables.hasForced { applyForced(chunkCount) }
    findCheapest(chunkCount)
    wordCount = 0
    if !tables.formations.isEmpty { joinWords() }
    return next
  }

  /// Decodes the chunk that begins at `start` and gives where the next one begins.
  mutating func decodeChunk<Source: CharacterSource>(_ source: Source, from start: Int) -> Int {
    buffers.origin = start
    buffers.count = 0
    katakana.removeAll(keepingCapacity: true)
    var limit = Self.usualChunk
    var next = decode(source, from: start, limit: limit)
    while next < source.end {
      chunkCount = lastBarrier(since: max(0, buffers.count - Self.lookBack))
      if chunkCount == 0 { chunkCount = lastCertainCut() }
      if chunkCount > 0 { return buffers.offset(chunkCount) }
      // Words overlap all along (人人人…): the chunk has to be longer.
      limit = buffers.count * 2
      buffers.reserve(limit)
      next = decode(source, from: next, limit: limit)
    }
    chunkCount = buffers.count
    return next
  }

  // MARK: Decoding

  private mutating func decode<Source: CharacterSource>(
    _ source: Source, from start: Int, limit: Int
  ) -> Int {
    var at = start
    while buffers.count < limit, at < source.end {
      let before = buffers.count
      source.takeRun(tables.fastCodes, at: &at, into: &buffers, limit: limit)
      if buffers.count > before, at < source.end,
        !tables.isScript(unsafe buffers.codes[buffers.count - 1])
      {
        // A sign is a word by itself before Han, kana and signs; what comes here the rules know.
        buffers.removeLast()
        at = unsafe buffers.origin + Int(buffers.offsets[buffers.count])
      }
      if buffers.count < limit, at < source.end { decodeSlowly(source, &at) }
    }
    unsafe buffers.offsets[buffers.count] = UInt32(truncatingIfNeeded: at - buffers.origin)
    return at
  }

  /// Takes what begins at `at`, which is no character of the fast loop.
  private mutating func decodeSlowly<Source: CharacterSource>(_ source: Source, _ at: inout Int) {
    guard tables.hasRules else {
      askICU(source, from: at, to: source.end)
      at = source.end
      return
    }
    let (scalar, next) = source.character(at: at)
    let kind = tables.rules.kind(scalar)
    if kind & BreakRules.simpleBit != 0 {
      if isKatakana(scalar) {
        takeKatakana(source, &at)
      } else {
        let code = tables.code(of: scalar)
        buffers.append(code == 0 ? WordTables.unknownCode : code, at: at)
        at = next
      }
      return
    }
    if buffers.count > 0, !tables.rules.endsDictionaryRun(kind),
      tables.isScript(unsafe buffers.codes[buffers.count - 1])
    {
      // Something that belongs to the character before it, a variation selector say: the rules have
      // to look at the segment from its beginning.
      var first = buffers.count - 1
      while first > 0, tables.isScript(unsafe buffers.codes[first - 1]) { first -= 1 }
      at = unsafe buffers.origin + Int(buffers.offsets[first])
      buffers.count = first
      katakana.removeAll { $0.end > UInt32(first) }
      let (end, _) = tables.fullRules.segment(source, from: at)
      askICU(source, from: at, to: end)
      at = end
    } else if next < source.end,
      tables.rules.isAlone(kind, before: tables.rules.kind(source.character(at: next).scalar))
    {
      buffers.append(tables.hasOthers ? tables.code(of: scalar) : 0, at: at)
      at = next
    } else {
      var (end, content) = tables.rules.usualSegment(source, from: at)
      if end < 0 { (end, content) = tables.fullRules.segment(source, from: at) }
      switch content {
      case .word: buffers.append(token(source, from: at, to: end), at: at)
      case .foreign: askICU(source, from: at, to: end)
      }
      at = end
    }
  }

  /// The code of a whole segment, 0 when no entry holds it.
  private func token<Source: CharacterSource>(_ source: Source, from start: Int, to end: Int)
    -> UInt16
  {
    guard tables.hasOthers, end - start <= max(tables.tokens.longest, 1) * 4 else { return 0 }
    var codes = InlineArray<32, UInt16>(repeating: 0)
    var key = TokenCodes.Key()
    var at = start
    while at < end {
      let (scalar, next) = source.character(at: at)
      let code = tables.code(of: scalar)
      guard key.count < TokenCodes.limit, code != 0 else { return 0 }
      codes[key.count] = code
      key.add(code)
      at = next
    }
    return key.count == 1 ? codes[0] : tables.tokens.code(key) { codes[$0] }
  }

  /// Takes a run of Katakana, which may be one word, as ICU has it.
  private mutating func takeKatakana<Source: CharacterSource>(_ source: Source, _ at: inout Int) {
    let first = buffers.count
    let isInside = source.isAfterKatakana(at)
    while at < source.end {
      let (scalar, next) = source.character(at: at)
      guard isKatakana(scalar), buffers.count - first < Self.longestKatakanaWord else { break }
      let code = tables.code(of: scalar)
      buffers.append(code == 0 ? WordTables.unknownCode : code, at: at)
      at = next
    }
    let length = buffers.count - first
    if !isInside, length < Self.longestKatakanaWord {
      let cost = length < Self.katakanaCosts.count ? Self.katakanaCosts[length] : 8192
      katakana.append(
        LongWord(start: UInt32(first), end: UInt32(first + length), cost: UInt32(cost)))
    }
  }

  /// Adds the words that ICU's own iterator finds, as units.
  private mutating func askICU<Source: CharacterSource>(
    _ source: Source, from start: Int, to end: Int
  ) {
    if iterator == nil { iterator = ICUBreakIterator(.word) }
    icuUnits.removeAll(keepingCapacity: true)
    icuOffsets.removeAll(keepingCapacity: true)
    var at = start
    while at < end {
      let (scalar, next) = source.character(at: at)
      icuOffsets.append(at)
      if scalar < 0x10000 {
        icuUnits.append(UInt16(scalar))
      } else {
        icuUnits.append(UInt16(0xD7C0 + scalar >> 10))
        icuUnits.append(UInt16(0xDC00 + scalar & 0x3FF))
        icuOffsets.append(at)
      }
      at = next
    }
    icuOffsets.append(end)
    var from = start
    iterator?.forEachBorder(in: icuUnits) { border in
      buffers.append(0, at: from)
      from = icuOffsets[border]
    }
    if from < end { buffers.append(0, at: from) }
  }

  // MARK: Where a chunk ends

  /// The position behind the last unit that is in no longer word, looking back to `first`; 0 when there
  /// is none.
  private func lastBarrier(since first: Int) -> Int {
    var unit = buffers.count
    while unit > first {
      if tables.isBarrier(unsafe buffers.codes[unit - 1]) { return unit }
      unit -= 1
    }
    return 0
  }

  /// The last position that no word crosses, none that is known and none that might go on behind the
  /// units; 0 when there is none among the last ones.
  private func lastCertainCut() -> Int {
    let count = buffers.count
    let first = max(0, count - Self.lookBack)
    // A word that begins before reaches so far at most.
    var farthest = first > 0 ? first + Lexicon.longestWord - 1 : 0
    var cut = 0
    // Those that begin before `first` end below `farthest` as well.
    var next = 0
    for unit in first..<count {
      if unit > 0, farthest <= unit { cut = unit }
      farthest = max(farthest, reach(from: unit))
      if tables.formations.mayGoOn(buffers, behind: unit) { farthest = max(farthest, unit + 2) }
      while next < katakana.count, katakana[next].start <= UInt32(unit) {
        farthest = max(farthest, Int(katakana[next].end))
        next += 1
      }
    }
    return cut
  }

  /// How far a word may reach that begins at a unit; one more than there are units if it may go on.
  private func reach(from start: Int) -> Int {
    let count = buffers.count
    let codes = unsafe buffers.codes
    guard start + 1 < count else { return count + 1 }
    let first = unsafe Int(codes[start])
    let second = unsafe Int(codes[start + 1])
    let row = min(
      Int(tables.rows[first]) + second / WordTables.chunk + 1, Int(tables.rows[first + 1]))
    let slot = Int(tables.starts[row]) + second % WordTables.chunk
    guard tables.labels[slot] == UInt8(truncatingIfNeeded: tables.starts[row]) else {
      return start + 1
    }
    var base = tables.pairs[slot].base
    var at = start + 2
    while base != 0 {
      guard at < count else { return count + 1 }
      let code = unsafe codes[at]
      let cell = tables.deep[base + Int(code)]
      guard UInt16(truncatingIfNeeded: cell) == code else { break }
      base = WordTables.base(cell)
      at += 1
    }
    return at
  }

  // MARK: Looking up

  private var longWordCount = 0
  private var forcedEnds: [Int] = []
  private var spans: [Int] = []

  /// Finds all words of the first `count` units: pairs into `pairKeys`, longer ones into `words`.
  private mutating func lookUp(_ count: Int) {
    let hits = probe(count)
    let deeper = Self.readCosts(tables, buffers, hits)
    longWordCount = 0
    if deeper > 0 { findLongWords(deeper) }
    if !katakana.isEmpty { addKatakana(count) }
  }

  /// Looks up each pair of units; `hits` gets those that the trie knows.
  @inline(__always)
  func probe(_ count: Int) -> Int {
    unsafe buffers.codes[count] = 0
    unsafe buffers.codes[count + 1] = 0
    let codes = unsafe buffers.codes
    let rows = unsafe tables.rows.base
    let starts = unsafe tables.starts.base
    let labels = unsafe tables.labels.base
    let hits = unsafe buffers.hits
    let slots = unsafe buffers.slots
    unsafe buffers.pairKeys.update(repeating: PairCell.never, count: count)
    var found = 0
    var unit = 0
    var first = unsafe Int(codes[0])
    while unit < count {
      let second = unsafe Int(codes[unit &+ 1])
      // Behind the last row of a code lies one without pairs.
      let row = unsafe min(Int(rows[first]) &+ second >> 9 &+ 1, Int(rows[first &+ 1]))
      let start = unsafe Int(starts[row])
      let slot = start &+ second & 511
      unsafe hits[found] = UInt32(truncatingIfNeeded: unit)
      unsafe slots[found] = UInt32(truncatingIfNeeded: slot)
      found &+= unsafe Int(
        unsafeBitCast(labels[slot] == UInt8(truncatingIfNeeded: start), to: UInt8.self))
      first = second
      unit &+= 1
    }
    return found
  }

  /// Reads the costs of the pairs, and keeps in `hits` those that longer words may begin with.
  @inline(__always)
  private static func readCosts(
    _ tables: borrowing WordTables, _ buffers: borrowing UnitBuffers, _ found: Int
  ) -> Int {
    let codes = unsafe buffers.codes
    let pairs = unsafe tables.pairs.base
    let hits = unsafe buffers.hits
    let slots = unsafe buffers.slots
    let pairKeys = unsafe buffers.pairKeys
    var deeper = 0
    var hit = 0
    while hit < found {
      let unit = unsafe hits[hit]
      let pair = unsafe pairs[Int(slots[hit])]
      unsafe pairKeys[Int(unit)] = pair.key
      unsafe hits[deeper] = unit
      unsafe slots[deeper] = UInt32(truncatingIfNeeded: pair.base)
      deeper &+= unsafe pair.mayGoOn(codes[Int(unit) &+ 2])
      hit &+= 1
    }
    return deeper
  }

  /// Walks on from the pairs that longer words begin with.
  private mutating func findLongWords(_ deeper: Int) {
    let codes = unsafe buffers.codes
    let hits = unsafe buffers.hits
    let slots = unsafe buffers.slots
    let deep = unsafe tables.deep.base
    var count = 0
    var hit = 0
    while hit < deeper {
      if words.count < count + Lexicon.longestWord {
        words.append(
          contentsOf: repeatElement(LongWord(start: 0, end: 0, cost: 0), count: count + 64))
      }
      let unit = unsafe hits[hit]
      var base = unsafe Int(slots[hit])
      var end = Int(unit) &+ 2
      var list = words.mutableSpan
      repeat {
        let code = unsafe codes[end]
        let cell = unsafe deep[base &+ Int(code)]
        if UInt16(truncatingIfNeeded: cell) != code { break }
        end &+= 1
        let cost = UInt32(cell >> 16 & 0xFFFF)
        unsafe list[unchecked: count] = LongWord(
          start: unit, end: UInt32(truncatingIfNeeded: end), cost: cost)
        count &+= unsafe Int(unsafeBitCast(cost != 0xFFFF, to: UInt8.self))
        // Below 0 where no word of the path goes on.
        base = Int(Int32(truncatingIfNeeded: cell >> 32))
      } while base > 0
      hit &+= 1
    }
    longWordCount = count
  }

  /// Puts ICU's words of Katakana among the long words, which are in the order of their starts.
  private mutating func addKatakana(_ count: Int) {
    // Merged from the back, so that no word moves twice.
    var own = longWordCount
    var added = katakana.count
    while added > 0, Int(katakana[added - 1].end) > count { added -= 1 }
    longWordCount += added
    if words.count < longWordCount {
      words.append(
        contentsOf: repeatElement(
          LongWord(start: 0, end: 0, cost: 0), count: longWordCount - words.count))
    }
    var place = longWordCount
    while added > 0 {
      place -= 1
      if own > 0, words[own - 1].start > katakana[added - 1].start {
        own -= 1
        words[place] = words[own]
      } else {
        added -= 1
        words[place] = katakana[added]
      }
    }
  }

  /// Leaves no word that crosses or cuts one that always wins: leftmost first, then the longest.
  private mutating func applyForced(_ count: Int) {
    forcedEnds.removeAll(keepingCapacity: true)
    forcedEnds.append(contentsOf: repeatElement(0, count: count))
    var isAny = false
    for unit in 0..<count {
      if tables.singleKeys[Int(buffers.code(unit))] >> 6 == UInt32(WordTables.forced) {
        forcedEnds[unit] = unit + 1
        isAny = true
      }
      if unsafe buffers.pairKeys[unit] >> 6 == UInt32(WordTables.forced), unit + 2 <= count {
        forcedEnds[unit] = unit + 2
        isAny = true
      }
    }
    for index in 0..<longWordCount where words[index].cost == UInt32(WordTables.forced) {
      let start = Int(words[index].start)
      guard start < count, Int(words[index].end) <= count else { continue }
      forcedEnds[start] = max(forcedEnds[start], Int(words[index].end))
      isAny = true
    }
    guard isAny else { return }
    // For each unit, the beginning of the span it lies in, -1 for none.
    spans.removeAll(keepingCapacity: true)
    spans.append(contentsOf: repeatElement(-1, count: count))
    var start = 0
    while start < count {
      let end = forcedEnds[start]
      guard end > 0 else {
        start += 1
        continue
      }
      for unit in start..<end { spans[unit] = start }
      for unit in max(0, start - 1)..<end where unit != start || unit + 2 != end {
        unsafe buffers.pairKeys[unit] = PairCell.never
      }
      start = end
    }
    for index in 0..<longWordCount {
      let start = Int(words[index].start)
      let end = min(Int(words[index].end), count)
      let isCrossed = (start..<max(start, end)).contains { unit in
        let span = spans[unit]
        return span >= 0 && (span != start || forcedEnds[span] != Int(words[index].end))
      }
      if isCrossed { words[index].cost = Self.removed }
    }
  }

  // MARK: The cheapest way

  /// Finds the cheapest way to every position up to `count`. Among ways of one cost the one with the
  /// longest last word is kept, as in ICU, where starts are taken in order and only a strictly cheaper
  /// way replaces one: `cost << 6 | (64 - length)` makes that one minimum. It is arithmetic and no
  /// comparison, since which way is cheaper nobody can predict, and the compiler makes a jump of it.
  private mutating func findCheapest(_ count: Int) {
    let codes = unsafe buffers.codes
    let best = unsafe buffers.best
    let pairKeys = unsafe buffers.pairKeys
    let singleKeys = unsafe tables.singleKeys.base
    let words = words.span
    let wordCount = longWordCount
    var at = 1
    while at <= count {
      unsafe best[at] = .max
      at &+= 1
    }
    unsafe best[0] = 0
    var word = 0
    var unit = 0
    // The cost of the way here, above bit 6.
    var cost: Int64 = 0
    // The key of a word of the unit before and this one.
    var pair = Int64.max
    while true {
      let next = word < wordCount ? unsafe min(Int(words[unchecked: word].start), count) : count
      while unit < next {
        // What does not hang on the last step first: the steps are a chain.
        let other = unsafe min(best[unit &+ 1], pair)
        let single = unsafe Int64(singleKeys[Int(codes[unit])])
        let less = cost &+ (single &- other)
        let key = other &+ (less & less >> 63)
        pair = unsafe cost &+ Int64(pairKeys[unit])
        unit &+= 1
        unsafe best[unit] = key
        cost = key & ~63
      }
      if unit >= count { break }
      while word < wordCount, unsafe Int(words[unchecked: word].start) == unit {
        let long = unsafe words[unchecked: word]
        let end = Int(long.end)
        if end <= count {
          let key = cost &+ Int64(WordTables.key(cost: long.cost, length: end &- unit))
          unsafe best[end] = min(best[end], key)
        }
        word &+= 1
      }
    }
  }

  /// Writes for each position of the chunk what the cheapest way from there to its end costs, after
  /// ``cutChunk(_:from:)``; with `best`, which has the cheapest way to it, this is the price of any detour.
  /// - Complexity: O(words that begin in the chunk).
  func findCostsBehind(into costs: inout [Int32]) {
    let count = chunkCount
    costs.removeAll(keepingCapacity: true)
    costs.append(contentsOf: repeatElement(0, count: count + 1))
    var costs = costs.mutableSpan
    let codes = unsafe buffers.codes
    let pairKeys = unsafe buffers.pairKeys
    let words = words.span
    var word = longWordCount
    var unit = count - 1
    while unit >= 0 {
      let single = unsafe Int(tables.singleKeys[Int(codes[unit])] >> 6)
      var least = Int32(truncatingIfNeeded: single) + costs[unit + 1]
      if unit + 2 <= count {
        let pair = unsafe Int32(truncatingIfNeeded: pairKeys[unit] >> 6)
        least = min(least, pair + costs[unit + 2])
      }
      while word > 0, Int(words[word - 1].start) > unit { word -= 1 }
      var own = word
      while own > 0, Int(words[own - 1].start) == unit {
        own -= 1
        let end = Int(words[own].end)
        if end <= count {
          least = min(least, Int32(truncatingIfNeeded: words[own].cost) + costs[end])
        }
      }
      costs[unit] = least
      unit -= 1
    }
  }
}

/// What `dictbe.cpp` counts as Katakana: without the small letters of Ainu.
@inline(__always)
func isKatakana(_ scalar: UInt32) -> Bool {
  (0x30A1...0x30FE).contains(scalar) && scalar != 0x30FB
}
