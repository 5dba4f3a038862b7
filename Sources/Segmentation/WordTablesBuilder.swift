internal import Annotations
internal import Characters

/// Collects the words of ICU's dictionary and the entries of lexicons and compiles ``WordTables``.
///
///     var builder = WordTablesBuilder(folding: nil)
///     builder.addBase()
///     let number = builder.add(word, cost: 90)
///     let tables = builder.build(identity: "")
struct WordTablesBuilder {
  /// What an entry does to the path of words.
  typealias Role = LexiconBuilder.Role

  /// What a word costs that no dictionary knows: a number, a run of letters, a sign.
  static let plainCost = 60
  /// What ``WordTables/wordCosts`` says of what is on no path.
  static let neverCost = 20_000
  private static let noCost = Int32(-1)

  /// How characters are folded; nil to take them as they are.
  private let folding: CharacterFolding?
  private var hasBase = false
  private var baseFailed: Bool
  /// The characters of all words, and where each begins.
  private var characters: [UInt32] = []
  private var offsets: [Int32] = [0]
  private var costs: [Int32] = []
  private var roles: [Role] = []
  /// For each entry, whether it is listed with its word.
  private var isListed: [Bool] = []
  private var baseCount = 0
  private let compositions: Compositions
  private let formations: WordFormations

  /// An empty builder; what `compositions` divide is no word of the path unless an entry is, what
  /// `formations` form is one. With `leavesWordsToICU` ICU's own iterator cuts, as it does where its form is
  /// not known.
  init(
    folding: CharacterFolding?, compositions: Compositions = Compositions(),
    formations: WordFormations = WordFormations(), leavesWordsToICU: Bool = false
  ) {
    self.folding = folding
    self.compositions = compositions
    self.formations = formations
    baseFailed = leavesWordsToICU
  }

  /// Adds ICU's dictionary with its costs; before any entry. False where ICU has none that can be read.
  mutating func addBase() -> Bool {
    precondition(costs.isEmpty, "the base comes before the entries")
    guard let units = icuDictionaryUnits() else {
      baseFailed = true
      return false
    }
    characters.reserveCapacity(1_000_000)
    offsets.reserveCapacity(400_000)
    costs.reserveCapacity(400_000)
    guard UCharsTrieDecoder.decode(units, visit: { append($0, value: $1) }), costs.count > 1000
    else {
      self = WordTablesBuilder(
        folding: folding, compositions: compositions, formations: formations)
      baseFailed = true
      return false
    }
    roles = [Role](repeating: .word, count: costs.count)
    baseCount = costs.count
    hasBase = true
    return true
  }

  /// Those of some words that the base has.
  func baseWords(among words: [[UInt32]]) -> Set<[UInt32]> {
    if words.isEmpty { return [] }
    let wanted = Set(words)
    let beginnings = Set(words.compactMap(\.first))
    var found: Set<[UInt32]> = []
    for number in 0..<baseCount {
      let start = Int(offsets[number])
      guard beginnings.contains(characters[start]) else { continue }
      let word = Array(characters[start..<Int(offsets[number + 1])])
      if wanted.contains(word) { found.insert(word) }
    }
    return found
  }

  /// Adds an entry of 1 to ``Lexicon/longestWord`` characters and gives its number, counted from 0;
  /// `cost` nil takes ICU's, or one computed from ICU's. An entry that is not listed is not among the
  /// entries of its word.
  mutating func add(_ word: [UInt32], cost: Int?, role: Role, isListed: Bool = true) -> Int {
    precondition((1...Lexicon.longestWord).contains(word.count), "an entry has 1 to 64 characters")
    characters += word
    offsets.append(Int32(characters.count))
    costs.append(cost.map { Int32($0) } ?? Self.noCost)
    roles.append(role)
    self.isListed.append(isListed)
    return costs.count - 1 - baseCount
  }

  /// Adds an entry, or an empty place among the numbers for one that cannot match.
  mutating func addNumbered(_ word: [UInt32], cost: Int?, role: Role) {
    if (1...Lexicon.longestWord).contains(word.count) {
      _ = add(word, cost: cost, role: role)
    } else {
      // No text has this character, which is no scalar value.
      _ = add([0xD800], cost: nil, role: .cue)
    }
  }

  private mutating func append(_ units: [UInt16], value: Int) {
    var index = 0
    while index < units.count {
      let unit = UInt32(units[index])
      if unit & 0xFC00 == 0xD800, index + 1 < units.count {
        characters.append(0x10000 + (unit - 0xD800) << 10 + UInt32(units[index + 1]) - 0xDC00)
        index += 1
      } else {
        characters.append(unit)
      }
      index += 1
    }
    // Words that ICU has in traditional script only are left out where scripts count as one: 來了 would
    // be a word of simplified text as well.
    // So are the few with signs in them (〆切), which ICU's own iterator never finds: its runs end there.
    let start = Int(offsets[offsets.count - 1])
    let isOut = characters[start...].contains { character in
      if let folding, folding.segmentationForm(character) != character { return true }
      return !CharacterKind(character).isDictionaryScript
    }
    if isOut {
      characters.removeSubrange(start...)
      return
    }
    offsets.append(Int32(characters.count))
    costs.append(Int32(value))
  }

  // MARK: Building

  /// Compiles everything added so far. `complete` may add sections; it is given the numbers of the entries
  /// of all words, and where those of each begin.
  /// - Complexity: about 0.3 µs a word.
  func build(
    identity: String,
    _ complete: (
      _ sections: inout SectionList, _ entries: [UInt32], _ entryOffsets: [UInt32]
    ) -> Void = { _, _, _ in }
  ) -> WordTables {
    let fold = folding?.segmentationTable()
    // Without its dictionary the words are not ICU's: then its own iterator has to cut.
    let reader = baseFailed ? nil : BreakRulesReader()
    let codes = CharacterCodes(
      characters: characters, offsets: offsets, fold: fold, rules: reader)
    var keys = KeyList(codes: characters.map { codes[$0] }, offsets: offsets)
    var sources = (0..<UInt32(costs.count)).map { $0 }
    let tokens = addTokenKeys(&keys, &sources, codes: codes, reader: reader)
    let codeCount = codes.count + tokens.count

    let order = keys.sorted()
    var words = MergedWords()
    // Code 0: a character beyond the 61,440 that can have codes.
    for place in order where !keys.key(place).contains(0) {
      words.add(keys, place, sources[place], self)
    }
    words.finish(self)

    var trie = PairTrieBuilder(
      keys: words.keys, isOnPath: words.isOnPath, codeCount: codeCount)
    trie.build()
    let isScript = codes.isDictionaryScript + [Bool](repeating: false, count: tokens.count)
    var single = (0..<codeCount).map { code in
      UInt16(isScript[code] ? Lexicon.unknownCost : Self.plainCost)
    }
    let known = words.costs
    var costs = known
    for (code, word) in trie.singleWords.enumerated()
    where word >= 0 && known[Int(word)] != WordTables.noWord {
      single[code] = known[Int(word)]
    }
    for word in words.missing {
      costs[word] = UInt16(
        clamping: Self.cost(of: words.keys.key(word), word: word, trie, known, single))
    }
    let path = costs.indices.map { words.isOnPath[$0] ? costs[$0] : WordTables.noWord }
    for (code, word) in trie.singleWords.enumerated() where word >= 0 {
      single[code] =
        path[Int(word)] != WordTables.noWord
        ? path[Int(word)] : UInt16(isScript[code] ? Lexicon.unknownCost : Self.plainCost)
    }
    trie.setCosts(path)

    var sections = SectionList()
    sections.set(.fastCodes, codes.fast)
    sections.set(.allCodes, codes.all)
    sections.set(.rareCharacters, codes.rare.map(\.character))
    sections.set(.rareCodes, codes.rare.map(\.code))
    sections.set(
      .singleKeys, single.map { WordTables.key(cost: UInt32($0), length: 1) })
    sections.set(.singleWords, trie.singleWords)
    sections.set(.rows, trie.rows)
    sections.set(.starts, trie.starts)
    sections.set(.labels, trie.labels)
    sections.set(.pairs, trie.pairs)
    sections.set(.pairWords, trie.pairWords)
    sections.set(.pairFilters, trie.pairFilters)
    sections.set(.deep, trie.deep)
    sections.set(.deepWords, trie.deepWords)
    sections.set(.wordCosts, costs.map { $0 == WordTables.noWord ? UInt16(Self.neverCost) : $0 })
    sections.set(.entryOffsets, words.entryOffsets)
    sections.set(.entries, words.entries)
    let tokenTables = TokenCodes.tables(of: tokens)
    sections.set(.tokenSlots, tokenTables.slots)
    sections.set(.tokenKeys, tokenTables.keys)
    sections.set(.tokenOffsets, tokenTables.offsets)
    sections.set(.tokenCharacters, tokenTables.characters)
    sections.set(.formationPlaces, formations.places(count: codeCount) { codes[$0] })
    sections.set(.formations, formations.forms)
    var facts = [UInt64](repeating: 0, count: WordTables.Fact.allCases.count)
    func set(_ fact: WordTables.Fact, _ value: Int) { facts[fact.rawValue] = UInt64(value) }
    set(.codeCount, codeCount)
    set(.characterCodeCount, codes.count)
    set(.firstOtherCode, codes.firstOther)
    set(.firstBarrierCode, codes.firstBarrier)
    let entryCharacters = characters[Int(offsets[baseCount])...]
    let hasOthers = entryCharacters.contains { !CharacterKind($0).isDictionaryScript }
    set(.hasOthers, hasOthers ? 1 : 0)
    set(.hasBase, hasBase ? 1 : 0)
    set(.hasForced, roles.contains(.force) ? 1 : 0)
    if let reader {
      reader.write(to: &sections, facts: &facts)
    } else {
      sections.set(.kindBlocks, [UInt16]())
      sections.set(.kinds, [UInt8]())
      sections.set(.transitions, [UInt16]())
    }
    set(.longestToken, tokenTables.longest)
    sections.set(.facts, facts)
    complete(&sections, words.entries, words.entryOffsets)
    let storage = sections.packed(icuVersion: icuLibraryVersion(), identity: identity)
    let tables: WordTables
    do {
      tables = try WordTables(SectionReader(storage, icuVersion: icuLibraryVersion()))
    } catch {
      preconditionFailure("the builder made tables that are not sound: \(error)")
    }
    guard reader != nil, hasBase, baseCount == costs.count, fold == nil, !agreesWithICU(tables)
    else { return tables }
    // An ICU that reads the same bytes otherwise: its own iterator has to cut.
    var plain = self
    plain.baseFailed = true
    return plain.build(identity: identity, complete)
  }

  /// Whether a few hundred words of the dictionary, one behind the other, are cut as ICU cuts them.
  private func agreesWithICU(_ tables: WordTables) -> Bool {
    guard let iterator = ICUBreakIterator(.word) else { return false }
    var probe: [UInt32] = []
    for word in stride(from: 0, to: baseCount, by: max(1, baseCount / 300)) {
      probe += characters[Int(offsets[word])..<Int(offsets[word + 1])]
    }
    let text = String(scalars: probe)
    var borders: [Int] = []
    iterator.forEachBorder(in: Array(text.utf16)) { borders.append($0) }
    var session = SegmentationSession(Segmenter(tables: tables))
    let bytes = Array(text.utf8)
    var units = 0
    let found = (0..<session.segment(bytes.span)).map { index in
      units += String(decoding: bytes[session[index].range], as: UTF8.self).utf16.count
      return units
    }
    return found == borders
  }

  /// For each entry with segments of several characters in it that are no Han or kana, a second key
  /// whose codes stand for units; the path of words meets it there.
  private func addTokenKeys(
    _ keys: inout KeyList, _ sources: inout [UInt32], codes: CharacterCodes,
    reader: BreakRulesReader?
  ) -> [(characters: [UInt16], code: UInt16)] {
    guard let reader, let (rules, storage) = BreakRules.tables(of: reader) else { return [] }
    defer { withExtendedLifetime(storage) {} }
    var numbers: [[UInt16]: UInt16] = [:]
    var tokens: [(characters: [UInt16], code: UInt16)] = []
    for number in baseCount..<costs.count where roles[number] != .cue {
      let range = Int(offsets[number])..<Int(offsets[number + 1])
      guard range.count > 1,
        characters[range].contains(where: { !CharacterKind($0).isDictionaryScript })
      else { continue }
      let word = Array(characters[range])
      var key: [UInt16] = []
      var segments: [[UInt16]] = []
      withScalarSource(word) { source in
        var at = 0
        while at < word.count {
          let kind = rules.kind(word[at])
          let end =
            kind & BreakRules.simpleBit != 0
            ? at + 1 : rules.segment(source, from: at).end
          segments.append(word[at..<end].map { codes[$0] })
          at = end
        }
      }
      guard segments.count < word.count,
        segments.allSatisfy({ $0.count <= TokenCodes.limit })
      else { continue }
      for segment in segments {
        if segment.count == 1 {
          key.append(segment[0])
        } else if let code = numbers[segment] {
          key.append(code)
        } else {
          let code = codes.count + tokens.count
          guard code < 0xFFFE else { return tokens }
          numbers[segment] = UInt16(code)
          tokens.append((segment, UInt16(code)))
          key.append(UInt16(code))
        }
      }
      keys.append(key)
      sources.append(UInt32(number) | MergedWords.unitsBit)
    }
    return tokens
  }

  /// What an entry costs that ICU does not know: a tenth less than the cheapest way to write it in
  /// other words, so that it wins its span and hardly disturbs its neighbours.
  private static func cost(
    of codes: ArraySlice<UInt16>, word: Int, _ trie: PairTrieBuilder, _ costs: [UInt16],
    _ single: [UInt16]
  ) -> Int {
    let codes = Array(codes)
    var best = [Int](repeating: Int.max / 2, count: codes.count + 1)
    best[0] = 0
    for start in codes.indices {
      best[start + 1] = min(best[start + 1], best[start] + Int(single[Int(codes[start])]))
      trie.forEachWord(codes, at: start) { length, found in
        guard found != word, costs[found] != WordTables.noWord else { return }
        best[start + length] = min(best[start + length], best[start] + Int(costs[found]))
      }
    }
    return min(max(1, best[codes.count] * 9 / 10), WordTables.largestCost)
  }

  // MARK: Words

  /// The distinct words in the order of their keys, with what their entries say.
  private struct MergedWords {
    /// Marks the key of an entry that is made of units.
    static let unitsBit: UInt32 = 1 << 31

    var keys = KeyList()
    /// The cost; ``WordTables/noWord`` for what is no word, or not known yet.
    var costs: [UInt16] = []
    /// Whether the word is on the path.
    var isOnPath: [Bool] = []
    /// Words whose cost has to be computed.
    var missing: [Int] = []
    var entries: [UInt32] = []
    var entryOffsets: [UInt32] = []
    private var cost = WordTablesBuilder.noCost
    private var isWord = false
    private var isPathWord = false
    private var base: Int?
    private var isForced = false
    private var isBlocked = false

    /// Adds a key; keys come in order.
    mutating func add(
      _ all: KeyList, _ place: Int, _ source: UInt32, _ builder: WordTablesBuilder
    ) {
      if keys.count == 0 || !keys.lastEquals(all, place) {
        settle(builder)
        keys.append(all.key(place))
        entryOffsets.append(UInt32(entries.count))
      }
      let number = Int(source & ~Self.unitsBit)
      let own = builder.costs[number]
      if number < builder.baseCount {
        isWord = true
        base = number
        cost = own
        return
      }
      if builder.isListed[number - builder.baseCount] {
        entries.append(UInt32(number - builder.baseCount))
      }
      switch builder.roles[number] {
      case .word:
        isWord = true
        isPathWord = true
      case .name: isWord = true
      case .force:
        isWord = true
        isPathWord = true
        isForced = true
      case .block: isBlocked = true
      case .cue: break
      }
      if own != WordTablesBuilder.noCost {
        cost = own
      }
    }

    /// Ends the last word.
    mutating func finish(_ builder: WordTablesBuilder) {
      settle(builder)
      entryOffsets.append(UInt32(entries.count))
    }

    private mutating func settle(_ builder: WordTablesBuilder) {
      guard keys.count > 0 else { return }
      if let base, !isPathWord { isPathWord = !builder.isComposed(base) }
      isOnPath.append(isPathWord && !isBlocked)
      if isBlocked || !isWord {
        costs.append(WordTables.noWord)
      } else if isForced {
        costs.append(WordTables.forced)
      } else if cost != WordTablesBuilder.noCost {
        costs.append(UInt16(min(max(1, Int(cost)), WordTables.largestCost)))
      } else {
        missing.append(costs.count)
        costs.append(WordTables.noWord)
      }
      cost = WordTablesBuilder.noCost
      isWord = false
      isPathWord = false
      base = nil
      isForced = false
      isBlocked = false
    }
  }

  /// Whether a word of the base is two words side by side.
  private func isComposed(_ number: Int) -> Bool {
    compositions.divides(characters[Int(offsets[number])..<Int(offsets[number + 1])])
  }
}
