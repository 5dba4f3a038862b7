internal import Characters

/// Reads ICU's compiled word rules into tables: states by category, and a category for each character.
///
/// The layout is that of ICU's `rbbidata.h`, format 6. Another format is not read, and segmentation
/// asks ICU's own iterator instead: slower, never wrong.
struct BreakRulesReader {
  private static let magic: UInt32 = 0xB1A0
  private static let format: UInt8 = 6
  private static let blockSize = 256

  /// For each block of 256 code points, where its kinds begin, in blocks.
  private(set) var kindBlocks: [UInt16] = []
  /// For each code point of a block its category, and whether the lexicon or ICU cuts it.
  private(set) var kinds: [UInt8] = []
  /// Row by row: accepting, look-ahead, then the next state for each category.
  private(set) var table: [UInt16] = []
  private(set) var categories = 0
  private(set) var lookAheads = 1
  private(set) var asksForBeginning = false
  /// A bit for each category that ends a run of Han and kana, whatever the run.
  private(set) var endsDictionaryRun: UInt64 = 0
  /// A bit for each category of *signs*: characters that end a run of Han and kana and are a word by
  /// themselves before Han, kana and other signs.
  private(set) var signs: UInt64 = 0

  /// ICU's rules, or nil when they cannot be read.
  init?() {
    guard let rules = icuWordRules(), let reader = BreakRulesReader(rules) else { return nil }
    self = reader
  }

  private init?(_ rules: [UInt8]) {
    func word(_ offset: Int) -> Int? {
      guard offset >= 0, offset + 4 <= rules.count else { return nil }
      return (0..<4).reduce(0) { $0 | Int(rules[offset + $1]) << (8 * $1) }
    }
    guard word(0) == Int(Self.magic), rules.count > 64, rules[4] == Self.format,
      let categories = word(12), let tableAt = word(16), let trieAt = word(32),
      let trieLength = word(36), categories > 3, categories < 64,
      trieAt + trieLength <= rules.count,
      let states = word(tableAt), let row = word(tableAt + 4),
      let firstDictionary = word(tableAt + 8),
      let lookAheads = word(tableAt + 12), lookAheads < 16, let flags = word(tableAt + 16)
    else { return nil }
    let isNarrow = flags & 4 != 0
    let width = isNarrow ? 1 : 2
    guard row == (3 + categories) * width, states > 1,
      tableAt + 20 + states * row <= rules.count,
      let ranges = icuCodePointRanges(rules[trieAt..<(trieAt + trieLength)])
    else { return nil }
    func cell(_ state: Int, _ index: Int) -> UInt16 {
      let at = tableAt + 20 + state * row + index * width
      return isNarrow ? UInt16(rules[at]) : UInt16(rules[at]) | UInt16(rules[at + 1]) << 8
    }
    self.categories = categories
    self.lookAheads = max(lookAheads, 1)
    asksForBeginning = flags & 2 != 0
    for state in 0..<states {
      table.append(cell(state, 0))
      table.append(cell(state, 1))
      for category in 0..<categories { table.append(cell(state, 3 + category)) }
    }
    var simple: Set<Int> = []
    readKinds(ranges, firstDictionary: firstDictionary, simple: &simple)
    guard readRuns(of: simple) else { return nil }
    findSigns(simple, firstDictionary: firstDictionary)
  }

  /// The largest set of categories is not looked for: a category that goes together with itself and
  /// with all signs before it is one.
  private mutating func findSigns(_ simple: Set<Int>, firstDictionary: Int) {
    guard !asksForBeginning else { return }
    let length = 2 + categories
    func isAlone(_ category: Int, before next: Int) -> Bool {
      let row = Int(table[BreakRules.startState * length + 2 + category]) * length
      return table[row] == 1 && table[row + 1] == 0
        && table[row + 2 + next] == BreakRules.stopState
    }
    var found: [Int] = []
    for category in 3..<min(categories, firstDictionary)
    where endsDictionaryRun >> UInt64(category) & 1 != 0 {
      let together = simple + found + [category]
      if together.allSatisfy({ isAlone(category, before: $0) }),
        found.allSatisfy({ isAlone($0, before: category) })
      {
        found.append(category)
        signs |= 1 << UInt64(category)
      }
    }
  }

  private mutating func readKinds(
    _ ranges: [(first: Int, last: Int, value: Int)], firstDictionary: Int, simple: inout Set<Int>
  ) {
    var all = [UInt8](repeating: 0, count: 0x110000)
    for (first, last, value) in ranges {
      let category = UInt8(truncatingIfNeeded: value)
      for scalar in first...min(last, 0x10FFFF) {
        guard value >= firstDictionary else {
          all[scalar] = category
          continue
        }
        if Self.isSimple(UInt32(scalar)) {
          all[scalar] = category | BreakRules.simpleBit
          simple.insert(value)
        } else {
          all[scalar] = category | BreakRules.foreignBit
        }
      }
    }
    var numbers: [ArraySlice<UInt8>: UInt16] = [:]
    for start in stride(from: 0, to: all.count, by: Self.blockSize) {
      let block = all[start..<(start + Self.blockSize)]
      let number = numbers[block] ?? UInt16(numbers.count)
      if numbers.updateValue(number, forKey: block) == nil { kinds += block }
      kindBlocks.append(number)
    }
  }

  /// What ends runs of Han and kana; false where such a run might end inside by the rules alone.
  private mutating func readRuns(of simple: Set<Int>) -> Bool {
    let length = 2 + categories
    var reached: Set<Int> = []
    var open = simple.map { Int(table[BreakRules.startState * length + 2 + $0]) }
    while let state = open.popLast() {
      guard reached.insert(state).inserted else { continue }
      open += simple.map { Int(table[state * length + 2 + $0]) }
    }
    guard reached.allSatisfy({ $0 != 0 && table[$0 * length] == 1 }) else { return false }
    for category in 0..<categories
    where reached.allSatisfy({ table[$0 * length + 2 + category] == BreakRules.stopState }) {
      endsDictionaryRun |= 1 << UInt64(category)
    }
    return true
  }

  /// Whether the lexicon cuts a character, by what ICU's rules say.
  func isSimple(_ scalar: UInt32) -> Bool {
    kinds[Int(kindBlocks[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] & BreakRules.simpleBit != 0
  }

  /// Whether a character is a sign.
  func isSign(_ scalar: UInt32) -> Bool {
    let kind = kinds[Int(kindBlocks[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
    return kind & 0xC0 == 0 && signs >> UInt64(kind & 0x3F) & 1 != 0
  }

  /// Puts the rules among the sections and facts of compiled tables.
  func write(to sections: inout SectionList, facts: inout [UInt64]) {
    sections.set(.kindBlocks, kindBlocks)
    sections.set(.kinds, kinds)
    sections.set(.transitions, table)
    facts[WordTables.Fact.hasRules.rawValue] = 1
    facts[WordTables.Fact.categories.rawValue] = UInt64(categories)
    facts[WordTables.Fact.lookAheads.rawValue] = UInt64(lookAheads)
    facts[WordTables.Fact.asksForBeginning.rawValue] = asksForBeginning ? 1 : 0
    facts[WordTables.Fact.endsRun.rawValue] = endsDictionaryRun
  }

  /// Han and kana that ICU looks up as they are: no compatibility forms, no half width, and not the
  /// two kana that stand for two (ゟ, ヿ).
  private static func isSimple(_ scalar: UInt32) -> Bool {
    guard CharacterKind(scalar).isDictionaryScript else { return false }
    switch scalar {
    case 0x309F, 0x30FF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x2F800...0x2FA1F: return false
    default: return true
    }
  }
}
