/// ICU's word rules as a table: states by category, read from ICU at run time.
///
/// The layout is that of ICU's `rbbidata.h`, format 6. Another format is not read, and segmentation
/// asks ICU's own iterator instead: slower, never wrong.
///
/// Where ICU lets its dictionaries decide, a segment is either all Han and kana, which ``WordPath``
/// cuts itself, or handed to ICU.
struct BreakRules: Sendable {
  /// What a segment needs after the rules have found its end.
  enum Content {
    /// It is one word.
    case word
    /// Han and kana only: the lexicon cuts it.
    case dictionary
    /// ICU has to cut it: other scripts with dictionaries, or characters it normalises first.
    case foreign
  }

  private static let magic: UInt32 = 0xB1A0
  private static let format: UInt8 = 6
  private static let startState = 1
  private static let stopState: UInt16 = 0
  /// The category that stands for the beginning of the text in rules that ask for it.
  private static let beginning = 2
  /// The category that stands for the end of the text.
  private static let textEnd = 1

  private static let simpleBit: UInt8 = 0x40
  private static let foreignBit: UInt8 = 0x80

  /// For each code point its category, and whether the lexicon or ICU cuts it.
  private let kinds: [UInt8]
  /// Row by row: accepting, look-ahead, then the next state for each category.
  private let table: [UInt16]
  private let rowLength: Int
  private let lookAheadCount: Int
  private let asksForBeginning: Bool
  /// For each category, whether it ends a run of Han and kana, whatever the run.
  private let endsDictionaryRun: [Bool]
  /// Whether runs of Han and kana never end inside by rule.
  private let runsAreWhole: Bool

  /// ICU's rules, or nil when they cannot be read.
  init?() {
    guard let rules = icuWordRules(), let parsed = BreakRules(rules) else { return nil }
    self = parsed
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
      let lookAheads = word(tableAt + 12), let flags = word(tableAt + 16)
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
    rowLength = 2 + categories
    lookAheadCount = max(lookAheads, 1)
    asksForBeginning = flags & 2 != 0
    var table: [UInt16] = []
    for state in 0..<states {
      table.append(cell(state, 0))
      table.append(cell(state, 1))
      for category in 0..<categories { table.append(cell(state, 3 + category)) }
    }
    self.table = table
    var kinds = [UInt8](repeating: 0, count: 0x110000)
    var simple: Set<Int> = []
    for (first, last, value) in ranges {
      for scalar in first...min(last, 0x10FFFF) {
        var kind = UInt8(truncatingIfNeeded: value)
        if value >= firstDictionary {
          if Self.isSimple(UInt32(scalar)) {
            kind |= Self.simpleBit
            simple.insert(value)
          } else {
            kind |= Self.foreignBit
          }
        }
        kinds[scalar] = kind
      }
    }
    self.kinds = kinds
    // The states that a run of Han and kana can be in.
    var reached: Set<Int> = []
    var open = simple.map { Int(table[Self.startState * (2 + categories) + 2 + $0]) }
    while let state = open.popLast() {
      guard reached.insert(state).inserted else { continue }
      open += simple.map { Int(table[state * (2 + categories) + 2 + $0]) }
    }
    let length = rowLength
    runsAreWhole = reached.allSatisfy { $0 != 0 && table[$0 * length] == 1 }
    endsDictionaryRun = (0..<categories).map { category in
      reached.allSatisfy { table[$0 * length + 2 + category] == Self.stopState }
    }
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

  /// The end of the segment that begins at `start`, and what cuts it.
  /// - Complexity: O(count of the segment); rules look a few characters further at most.
  func segment(
    _ text: [UInt32], from start: Int, limit: Int, lookAheads: inout [Int]
  ) -> (end: Int, content: Content) {
    if runsAreWhole, kinds[Int(text[start])] & Self.simpleBit != 0 {
      var end = start + 1
      while end < limit, kinds[Int(text[end])] & Self.simpleBit != 0 { end += 1 }
      if end == limit || endsDictionaryRun[Int(kinds[Int(text[end])] & 0x3F)] {
        return (end, .dictionary)
      }
    }
    return byRules(text, from: start, limit: limit, lookAheads: &lookAheads)
  }

  /// ICU's `RuleBasedBreakIterator::handleNext`.
  private func byRules(
    _ text: [UInt32], from start: Int, limit: Int, lookAheads: inout [Int]
  ) -> (end: Int, content: Content) {
    if lookAheads.count < lookAheadCount + 1 {
      lookAheads = [Int](repeating: -1, count: lookAheadCount + 1)
    }
    var state = Self.startState
    var result = start
    var position = start
    var atBeginning = asksForBeginning
    var isOver = false
    while true {
      var category: Int
      if atBeginning {
        category = Self.beginning
      } else if position < limit {
        category = Int(kinds[Int(text[position])] & 0x3F)
      } else {
        if isOver { break }
        isOver = true
        category = Self.textEnd
      }
      state = Int(table[state * rowLength + 2 + category])
      let row = state * rowLength
      let next = atBeginning || isOver ? position : position + 1
      let accepting = Int(table[row])
      if accepting == 1 {
        if !atBeginning { result = next }
      } else if accepting > 1, accepting < lookAheads.count, lookAheads[accepting] >= 0 {
        result = lookAheads[accepting]
        break
      }
      let lookAhead = Int(table[row + 1])
      if lookAhead != 0, lookAhead < lookAheads.count { lookAheads[lookAhead] = next }
      if state == Int(Self.stopState) { break }
      if atBeginning { atBeginning = false } else if !isOver { position += 1 }
    }
    if result == start { result = start + 1 }
    var simple = 0
    var foreign = false
    for index in start..<result {
      let kind = kinds[Int(text[index])]
      if kind & Self.simpleBit != 0 { simple += 1 }
      if kind & Self.foreignBit != 0 { foreign = true }
    }
    if foreign || (simple > 0 && simple < result - start) { return (result, .foreign) }
    return (result, simple > 0 ? .dictionary : .word)
  }
}
