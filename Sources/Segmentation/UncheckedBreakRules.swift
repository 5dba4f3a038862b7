/// ICU's word rules as a table of states by category, as ``BreakRulesReader`` read them.
///
/// Where ICU lets its dictionaries decide, a segment is either all Han and kana, which
/// ``WordCutter`` cuts itself, or handed to ICU.
///
/// Unsafe: it reads its tables without bounds checks. ``init(kindBlocks:kinds:table:facts:)`` checks
/// that no state, category or block leads outside, and scalar values are below 0x110000.
struct BreakRules: Sendable {
  /// What a segment needs after the rules have found its end.
  enum Content {
    /// It is one word.
    case word
    /// ICU has to cut it: other scripts with dictionaries, or characters it normalises first.
    case foreign
  }

  static let startState = 1
  static let stopState: UInt16 = 0
  /// The category that stands for the beginning of the text in rules that ask for it.
  private static let beginning = 2
  /// The category that stands for the end of the text.
  private static let textEnd = 1
  /// Marks Han and kana that the lexicon cuts.
  static let simpleBit: UInt8 = 0x40
  /// Marks what ICU has to cut.
  static let foreignBit: UInt8 = 0x80

  private let kindBlocks: Table<UInt16>
  private let kinds: Table<UInt8>
  private let table: Table<UInt16>
  private let rowLength: Int
  /// The number of look-ahead positions that the rules ask for, at most 15.
  private let lookAheadCount: Int
  private let asksForBeginning: Bool
  private let endsRun: UInt64

  /// The rules in compiled tables; an error when they lead outside.
  init(
    kindBlocks: Table<UInt16>, kinds: Table<UInt8>, table: Table<UInt16>, facts: Table<UInt64>
  ) throws {
    func fact(_ fact: WordTables.Fact) -> UInt64 { facts[fact.rawValue] }
    let categories = Int(clamping: fact(.categories))
    self.kindBlocks = kindBlocks
    self.kinds = kinds
    self.table = table
    lookAheadCount = Int(clamping: fact(.lookAheads))
    asksForBeginning = fact(.asksForBeginning) != 0
    endsRun = fact(.endsRun)
    rowLength = 2 + categories
    guard fact(.hasRules) != 0 else { return }
    let length = rowLength
    let states = table.count / length
    guard categories > 3, categories < 64, lookAheadCount < 16, states > 1,
      table.count == states * length, kindBlocks.count == 0x1100,
      kindBlocks.allSatisfy({ (Int($0) + 1) * 256 <= kinds.count }),
      kinds.allSatisfy({ Int($0 & 0x3F) < categories }),
      (0..<states).allSatisfy({ state in
        (2..<length).allSatisfy { Int(table[state * length + $0]) < states }
      })
    else { throw CompiledTablesError.damaged("the break rules lead outside their table") }
  }

  /// The rules as they were read, and the memory that has to outlive them.
  static func tables(of reader: BreakRulesReader) -> (BreakRules, TableStorage)? {
    var sections = SectionList()
    var facts = [UInt64](repeating: 0, count: WordTables.Fact.allCases.count)
    reader.write(to: &sections, facts: &facts)
    sections.set(.facts, facts)
    let storage = sections.packed(icuVersion: "", identity: "")
    guard let packed = try? SectionReader(storage, icuVersion: ""),
      let kindBlocks: Table<UInt16> = try? packed.table(WordTables.Section.kindBlocks.rawValue),
      let kinds: Table<UInt8> = try? packed.table(WordTables.Section.kinds.rawValue),
      let table: Table<UInt16> = try? packed.table(WordTables.Section.transitions.rawValue),
      let facts: Table<UInt64> = try? packed.table(WordTables.Section.facts.rawValue),
      let rules = try? BreakRules(
        kindBlocks: kindBlocks, kinds: kinds, table: table, facts: facts)
    else { return nil }
    return (rules, storage)
  }

  /// The category of a scalar value and the two bits.
  @inline(__always)
  func kind(_ scalar: UInt32) -> UInt8 {
    unsafe kinds.base[Int(kindBlocks.base[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
  }

  /// Whether a run of Han and kana always ends before such a character.
  @inline(__always)
  func endsDictionaryRun(_ kind: UInt8) -> Bool { endsRun >> UInt64(kind & 0x3F) & 1 != 0 }

  /// The end of the segment that begins at `start`, and what cuts it: ICU's
  /// `RuleBasedBreakIterator::handleNext`.
  /// - Complexity: O(count of the segment); rules look a few characters further at most.
  @inline(__always)
  func segment<Source: CharacterSource>(
    _ source: Source, from start: Int
  ) -> (end: Int, content: Content) {
    let usual = usualSegment(source, from: start)
    return usual.end >= 0 ? usual : fullSegment(source, from: start)
  }

  /// The usual case, without look-ahead and with an end inside the text; end -1 for another.
  @inline(__always)
  func usualSegment<Source: CharacterSource>(
    _ source: Source, from start: Int
  ) -> (end: Int, content: Content) {
    if asksForBeginning { return (-1, .word) }
    let table = unsafe table.base
    var row = Self.startState &* rowLength
    var result = start
    var position = start
    var seen: UInt8 = 0
    var seenAtResult: UInt8 = 0
    while position < source.end {
      let (scalar, next) = source.character(at: position)
      let kind = kind(scalar)
      seen |= kind
      row = unsafe Int(table[row &+ 2 &+ Int(kind & 0x3F)]) &* rowLength
      if row == 0 {
        if result == start { break }
        return (result, Self.content(seenAtResult))
      }
      let accepting = unsafe table[row]
      if unsafe accepting > 1 || table[row &+ 1] != 0 { break }
      if accepting == 1 {
        result = next
        seenAtResult = seen
      }
      position = next
    }
    return (-1, .word)
  }

  private static func content(_ seen: UInt8) -> Content {
    seen & (simpleBit | foreignBit) != 0 ? .foreign : .word
  }

  /// The same with all that rules may ask for.
  @inline(never)
  func fullSegment<Source: CharacterSource>(
    _ source: Source, from start: Int
  ) -> (end: Int, content: Content) {
    var lookAheads = InlineArray<16, Int>(repeating: -1)
    var state = Self.startState
    var result = start
    var position = start
    var atBeginning = asksForBeginning
    var isOver = false
    var seen: UInt8 = 0
    var seenAtResult: UInt8 = 0
    while true {
      var category: Int
      var next = position
      if atBeginning {
        category = Self.beginning
      } else if position < source.end {
        let (scalar, behind) = source.character(at: position)
        let kind = kind(scalar)
        category = Int(kind & 0x3F)
        seen |= kind
        next = behind
      } else {
        if isOver { break }
        isOver = true
        category = Self.textEnd
      }
      state = Int(table[state * rowLength + 2 + category])
      let row = state * rowLength
      let accepting = Int(table[row])
      if accepting == 1 {
        if !atBeginning {
          result = next
          seenAtResult = seen
        }
      } else if accepting > 1, accepting < lookAheads.count, lookAheads[accepting] >= 0 {
        result = lookAheads[accepting]
        seenAtResult = seen
        break
      }
      let lookAhead = Int(table[row + 1])
      if lookAhead != 0, lookAhead < lookAheads.count { lookAheads[lookAhead] = next }
      if state == Int(Self.stopState) { break }
      if atBeginning { atBeginning = false } else if !isOver { position = next }
    }
    if result == start {
      let (scalar, next) = source.character(at: start)
      result = next
      seenAtResult = kind(scalar)
    }
    return (result, Self.content(seenAtResult))
  }

  /// Whether a segment that begins with a character of one kind ends before one of another.
  @inline(__always)
  func isAlone(_ kind: UInt8, before next: UInt8) -> Bool {
    guard !asksForBeginning, kind & (Self.simpleBit | Self.foreignBit) == 0 else { return false }
    let table = unsafe table.base
    let row = unsafe Int(table[Self.startState &* rowLength &+ 2 &+ Int(kind & 0x3F)]) &* rowLength
    return unsafe table[row] == 1 && table[row &+ 1] == 0
      && table[row &+ 2 &+ Int(next & 0x3F)] == Self.stopState
  }
}

/// The rules behind a reference: passing them as they are would copy them for every segment.
final class FullBreakRules: Sendable {
  private let rules: BreakRules

  /// A reference to rules, whose tables have to outlive it.
  init(_ rules: BreakRules) { self.rules = rules }

  /// ``BreakRules/segment(_:from:)``.
  @inline(never)
  func segment<Source: CharacterSource>(
    _ source: Source, from start: Int
  ) -> (end: Int, content: BreakRules.Content) {
    rules.segment(source, from: start)
  }
}
