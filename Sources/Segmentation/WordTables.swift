/// The compiled tables of segmentation: one stretch of memory, built by ``WordTablesBuilder`` or
/// mapped from a file. `DESIGN.md` draws them.
///
/// - **Characters** have codes, the ones in most words first, Han and kana before all others.
///   `fastCodes` has those that the hot loop may take without asking the break rules (Han, Hiragana
///   and signs of the first plane); `allCodes` has every character of every word. Both fold as they
///   look up, so folding costs nothing.
/// - **A word of one character** is a cost by its code.
/// - **A pair of codes** `(a, b)` lives in a *row*: that of `a` and the chunk of 512 codes that `b`
///   falls in. Rows are laid over each other so that their pairs fill each other's gaps; the slot of a
///   pair is its row's start plus `b & 511`. A label of eight bits says whose a slot is: the start
///   modulo 256. Rows that overlap never start equal modulo 256, so the label is exact, and 0 marks
///   an empty slot.
/// - **Third and later characters** live in a double array whose nodes have distinct bases, so that
///   the code alone is the check.
///
/// Checking by label alone is the idea of Kanda et al., *Engineering faster double-array
/// Aho–Corasick automata* (2022).
package struct WordTables: Sendable {
  /// Codes of the second character in one row.
  static let chunk = 512
  /// The code of a character of a run that no word holds; 0 is that of all other units.
  static let unknownCode: UInt16 = 1
  /// What `fastCodes` says of a character that the break rules have to look at.
  static let slow: UInt16 = 0xFFFF
  /// The first code of a character that is in a word.
  static let firstCode = 2
  /// The cost of what is no word, only the beginning of one.
  static let noWord: UInt16 = 0xFFFF
  /// The cost of an entry that always wins its span.
  static let forced: UInt16 = 0
  /// What stands for the cost of no word in the loop: more than any way around it.
  static let never: UInt32 = 1 << 20
  /// The largest cost.
  static let largestCost = 0xFFFE
  /// A cell of the deeper part that nothing leads to.
  static let emptyCell: UInt64 = 0xFFFF | UInt64(noWord) << 16
  /// The bit of a cell of the deeper part behind which no word of the path goes on, only names and cues.
  static let offPath: UInt64 = 1 << 63
  /// The number of no word.
  static let noNumber: Int32 = -1
  /// The sections of words.
  enum Section: String {
    case facts
    case fastCodes, allCodes, rareCharacters, rareCodes
    case singleKeys, singleWords
    case rows, starts, labels, pairs, pairWords, pairFilters
    case deep, deepWords
    case wordCosts, entryOffsets, entries
    case kindBlocks, kinds, transitions
    case tokenSlots, tokenKeys, tokenOffsets, tokenCharacters
    case formationPlaces, formations
  }

  /// Numbers about the whole.
  enum Fact: Int, CaseIterable {
    case codeCount, characterCodeCount, firstOtherCode, firstBarrierCode, hasOthers,
      hasBase, hasForced
    case hasRules, categories, lookAheads, asksForBeginning, endsRun
    case longestToken
  }

  /// The file or memory that the tables lie in.
  package let sections: SectionReader
  var storage: TableStorage { sections.storage }
  /// The version of ICU whose dictionary and rules these are.
  package var icuVersion: String { sections.icuVersion }
  /// The name of the lexicons' content, empty for none.
  package var identity: String { sections.identity }

  let fastCodes: Table<UInt16>
  let allCodes: Table<UInt16>
  let rareCharacters: Table<UInt32>
  let rareCodes: Table<UInt16>
  /// For each code, what it costs as a word of one unit, as ``key(cost:length:)``.
  let singleKeys: Table<UInt32>
  let singleWords: Table<Int32>
  /// For each code, the number of the row before its first, which has no pairs; one more at the end.
  /// A second code behind the last row of a first is looked for in that empty row.
  let rows: Table<UInt32>
  /// For each row, its start among the slots.
  let starts: Table<UInt32>
  /// For each slot, the label of the row it belongs to.
  let labels: Table<UInt8>
  /// For each slot its pair.
  let pairs: Table<PairCell>
  let pairWords: Table<Int32>
  /// For each slot one bit for the third codes that are equal modulo 8, of all words.
  let pairFilters: Table<UInt8>
  /// For each cell: the code that leads there, the cost from bit 16 on, the base from bit 32 on, and
  /// ``offPath``.
  let deep: Table<UInt64>
  let deepWords: Table<Int32>
  let wordCosts: Table<UInt16>
  /// For each word, where its entries begin in `entries`, and one more at the end.
  let entryOffsets: Table<UInt32>
  /// Numbers of entries in the order they were added.
  let entries: Table<UInt32>
  /// ICU's word rules; not to be asked unless ``hasRules``.
  let rules: BreakRules
  /// The same for what is not usual.
  let fullRules: FullBreakRules
  let tokens: TokenCodes
  let formations: FormationTables
  private let facts: Table<UInt64>

  /// The number of distinct words.
  package var wordCount: Int { wordCosts.count }
  /// Whether ICU's dictionary was there to build on.
  package var hasBase: Bool { facts[Fact.hasBase.rawValue] != 0 }
  /// Whether ICU's word rules could be read; else ICU's own iterator cuts.
  package let hasRules: Bool
  var hasForced: Bool { facts[Fact.hasForced.rawValue] != 0 }
  /// The first code that is neither Han nor kana.
  let firstOther: UInt16
  /// The first code of a character that is neither and stands only by itself.
  private let firstBarrier: UInt16
  private let endOfBarriers: UInt16
  /// Whether any entry has a character that is neither.
  let hasOthers: Bool
  /// Codes from this one on stand for whole segments.
  var characterCodeCount: Int { Int(clamping: facts[Fact.characterCodeCount.rawValue]) }

  /// A cost and the length of a word in one number, whose least is the cheapest and, among those, the
  /// longest. Costs add up above bit 6.
  @inline(__always)
  static func key(cost: UInt32, length: Int) -> UInt32 {
    cost << 6 | UInt32(truncatingIfNeeded: 64 &- length)
  }

  /// The base of a cell of the deeper part, for all words; 0 for none.
  @inline(__always)
  static func base(_ cell: UInt64) -> Int { Int(truncatingIfNeeded: (cell & ~offPath) >> 32) }

  /// Whether a unit is in no word of several units.
  @inline(__always)
  func isBarrier(_ code: UInt16) -> Bool {
    code == 0 || (code >= firstBarrier && code < endOfBarriers)
  }

  /// Whether a code is that of Han or kana.
  @inline(__always)
  func isScript(_ code: UInt16) -> Bool { code != 0 && code < firstOther }

  /// The code of a character, folded; 0 when no word holds it.
  @inline(__always)
  func code(of character: UInt32) -> UInt16 {
    if character < 0x10000 { return allCodes[Int(character)] }
    return rareCode(of: character)
  }

  private func rareCode(of character: UInt32) -> UInt16 {
    var low = 0
    var high = rareCharacters.count
    while low < high {
      let middle = (low + high) / 2
      if rareCharacters[middle] < character { low = middle + 1 } else { high = middle }
    }
    return low < rareCharacters.count && rareCharacters[low] == character ? rareCodes[low] : 0
  }

  /// Calls `body` with the length and the number of each word that begins at `start`, the shortest
  /// first; `code` gives the code at a position and is asked for none at or behind `limit`.
  /// - Complexity: O(length of the longest word that begins so).
  @inline(__always)
  func forEachWord(
    at start: Int, limit: Int, code: (Int) -> UInt16, _ body: (_ length: Int, _ word: Int) -> Void
  ) {
    guard start < limit else { return }
    let first = Int(code(start))
    if singleWords[first] != Self.noNumber { body(1, Int(singleWords[first])) }
    guard start + 1 < limit else { return }
    let second = Int(code(start + 1))
    let row = min(Int(rows[first]) + second / Self.chunk + 1, Int(rows[first + 1]))
    let slot = Int(starts[row]) + second % Self.chunk
    guard labels[slot] == UInt8(truncatingIfNeeded: starts[row]) else { return }
    if pairWords[slot] != Self.noNumber { body(2, Int(pairWords[slot])) }
    var base = pairs[slot].base
    var position = start + 2
    while base != 0, position < limit {
      let next = code(position)
      let cell = base + Int(next)
      let found = deep[cell]
      guard UInt16(truncatingIfNeeded: found) == next else { return }
      position += 1
      if deepWords[cell] != Self.noNumber { body(position - start, Int(deepWords[cell])) }
      base = Self.base(found)
    }
  }

  /// The numbers of a word's entries.
  func entries(ofWord number: Int) -> Range<Int> {
    Int(entryOffsets[number])..<Int(entryOffsets[number + 1])
  }
}

extension WordTables {
  /// Takes over compiled tables after checking that none leads outside another.
  /// - Complexity: O(bytes), about a millisecond for ten megabytes.
  package init(_ sections: SectionReader) throws {
    self.sections = sections
    func section<Element>(_ section: Section) throws -> Table<Element> {
      try sections.table(section.rawValue)
    }
    facts = try section(.facts)
    guard facts.count == Fact.allCases.count else {
      throw CompiledTablesError.damaged("the facts about its words are incomplete")
    }
    fastCodes = try section(.fastCodes)
    allCodes = try section(.allCodes)
    rareCharacters = try section(.rareCharacters)
    rareCodes = try section(.rareCodes)
    singleKeys = try section(.singleKeys)
    firstOther = UInt16(clamping: facts[Fact.firstOtherCode.rawValue])
    firstBarrier = UInt16(clamping: facts[Fact.firstBarrierCode.rawValue])
    endOfBarriers = UInt16(clamping: facts[Fact.characterCodeCount.rawValue])
    hasOthers = facts[Fact.hasOthers.rawValue] != 0
    singleWords = try section(.singleWords)
    rows = try section(.rows)
    starts = try section(.starts)
    labels = try section(.labels)
    pairs = try section(.pairs)
    pairWords = try section(.pairWords)
    pairFilters = try section(.pairFilters)
    deep = try section(.deep)
    deepWords = try section(.deepWords)
    wordCosts = try section(.wordCosts)
    entryOffsets = try section(.entryOffsets)
    entries = try section(.entries)
    hasRules = facts[Fact.hasRules.rawValue] != 0
    rules = try BreakRules(
      kindBlocks: section(.kindBlocks), kinds: section(.kinds), table: section(.transitions),
      facts: facts)
    fullRules = FullBreakRules(rules)
    tokens = try TokenCodes(
      slots: section(.tokenSlots), keys: section(.tokenKeys), offsets: section(.tokenOffsets),
      characters: section(.tokenCharacters),
      longest: Int(clamping: facts[Fact.longestToken.rawValue] & 0xFFFF))
    formations = try FormationTables(
      places: section(.formationPlaces), forms: section(.formations))
    guard isSound else {
      throw CompiledTablesError.damaged("a table of its words leads outside another")
    }
  }

  /// Whether every number in a table that leads into another one stays inside of it.
  private var isSound: Bool {
    let codeCount = Int(clamping: facts[Fact.codeCount.rawValue])
    let codes = UInt16(clamping: codeCount)
    let words = Int32(clamping: wordCosts.count)
    let slots = UInt64(labels.count)
    let cells = UInt64(deep.count)
    func increases(_ table: Table<UInt32>, to last: Int) -> Bool {
      guard table.count > 0, table[table.count - 1] == UInt32(clamping: last) else { return false }
      return (1..<table.count).allSatisfy { table[$0 - 1] <= table[$0] }
    }
    return codeCount >= Self.firstCode && codeCount <= 0xFFFF
      && characterCodeCount <= codeCount
      && fastCodes.count == 0x10000
      && fastCodes.allSatisfy { $0 < codes || $0 == Self.slow }
      && allCodes.count == 0x10000 && allCodes.allSatisfy { $0 < codes }
      && rareCharacters.count == rareCodes.count && rareCodes.allSatisfy { $0 < codes }
      && singleKeys.count == codeCount && singleWords.count == codeCount
      && singleWords.allSatisfy { $0 < words }
      && rows.count == codeCount + 1 && increases(rows, to: starts.count - 1)
      && starts.allSatisfy { UInt64($0) + UInt64(Self.chunk) <= slots }
      && UInt64(pairs.count) == slots && UInt64(pairWords.count) == slots
      && UInt64(pairFilters.count) == slots
      && pairs.allSatisfy { UInt64($0.base + codeCount) <= cells }
      && pairWords.allSatisfy { $0 < words }
      && deep.allSatisfy { UInt64(Self.base($0) + codeCount) <= cells }
      && UInt64(deepWords.count) == cells && deepWords.allSatisfy { $0 < words }
      && entryOffsets.count == wordCosts.count + 1
      && increases(entryOffsets, to: entries.count)
      && tokens.isSound(codes: codes)
      && formations.isSound(codes: codeCount)
  }
}
