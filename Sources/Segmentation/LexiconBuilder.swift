internal import Annotations

/// Collects the words of ICU's dictionary and of the lexicons and compiles them.
///
///     var builder = LexiconBuilder()
///     builder.addBase()
///     builder.add(word, sense: sense, cost: nil)
///     let lexicon = builder.build(rows: rows)
package struct LexiconBuilder {
  private struct Entry {
    var cost: Int?
    var senses: [Sense] = []
    var isWord = false
  }

  /// What an entry costs that is no word: more than any way around it.
  private static let neverCost = 20_000

  private var base: [(word: [UInt32], cost: Int)] = []
  private var entries: [[UInt32]: Entry] = [:]

  /// An empty builder.
  package init() {}

  /// Adds ICU's dictionary with its costs. Returns false where ICU has none that can be read.
  package mutating func addBase() -> Bool {
    guard let units = icuDictionaryUnits() else { return false }
    var words: [(word: [UInt32], cost: Int)] = []
    words.reserveCapacity(320_000)
    let whole = UCharsTrieDecoder.decode(units) { word, value in
      words.append((Self.scalars(word), value))
    }
    guard whole, words.count > 1000 else { return false }
    base = words
    return true
  }

  /// Adds a sense of a word; `cost` nil takes ICU's, or one computed from ICU's.
  ///
  /// `isWord` says whether the entry is a word of the language by this sense, or only something that
  /// rules look for (a cue, a name character): such an entry is on no path of words unless ICU or
  /// another row knows it as one.
  package mutating func add(_ word: [UInt32], sense: Sense?, cost: Int?, isWord: Bool = true) {
    guard !word.isEmpty, word.count <= Lexicon.longestWord else { return }
    // Both cases are one word, so that the order of the rows decides and nothing else.
    let word = word.map(CharacterCodes.foldCase)
    var entry = entries[word, default: Entry()]
    if let sense { entry.senses.append(sense) }
    if let cost { entry.cost = cost }
    entry.isWord = entry.isWord || isWord
    entries[word] = entry
  }

  /// Keeps a word off every path of words, whoever knows it.
  package mutating func block(_ word: [UInt32]) {
    guard !word.isEmpty, word.count <= Lexicon.longestWord else { return }
    let word = word.map(CharacterCodes.foldCase)
    var entry = entries[word, default: Entry()]
    entry.cost = Self.neverCost
    entries[word] = entry
  }

  /// Compiles everything added so far.
  package func build(rows: LexiconRows) -> Lexicon {
    var frequencies: [UInt32: Int] = [:]
    for (word, _) in base { for character in word { frequencies[character, default: 0] += 1 } }
    for word in entries.keys { for character in word { frequencies[character, default: 0] += 1 } }
    let codes = CharacterCodes(frequencies: frequencies)

    struct Keyed {
      let key: [UInt16]
      var cost: Int?
      var senses: [Sense]
      var isWord = true
    }
    var all: [Keyed] = []
    all.reserveCapacity(base.count + entries.count)
    for (word, cost) in base {
      all.append(Keyed(key: word.map { codes[$0] }, cost: cost, senses: []))
    }
    for (word, entry) in entries {
      // What is written without Han or kana no dictionary has costs of.
      let isForeign = !word.contains { CharacterKind($0).isDictionaryScript }
      let cost = entry.cost ?? (isForeign ? WordPath.plainCost : nil)
      all.append(
        Keyed(
          key: word.map { codes[$0] }, cost: cost, senses: entry.senses, isWord: entry.isWord))
    }
    all.sort { left, right in
      left.key.elementsEqual(right.key)
        ? left.senses.isEmpty && !right.senses.isEmpty
        : left.key.lexicographicallyPrecedes(right.key)
    }

    var keys = KeyList()
    var costs: [Int] = []
    var senses: [Sense] = []
    var offsets: [Int32] = [0]
    var missing: [Int] = []
    var index = 0
    while index < all.count {
      var entry = all[index]
      var next = index + 1
      while next < all.count, all[next].key == entry.key {
        entry.cost = all[next].cost ?? entry.cost
        entry.isWord = entry.isWord || all[next].isWord
        entry.senses += all[next].senses
        next += 1
      }
      entry.senses.sort {
        ($0.provenance.file, $0.provenance.line, $0.category)
          < ($1.provenance.file, $1.provenance.line, $1.category)
      }
      keys.append(entry.key)
      if entry.cost == nil, entry.isWord { missing.append(costs.count) }
      costs.append(entry.cost ?? (entry.isWord ? Lexicon.unknownCost : Self.neverCost))
      senses += entry.senses
      offsets.append(Int32(senses.count))
      index = next
    }
    var trie = PairTrie(keys: keys, codeCount: codes.count)
    let known = costs
    for word in missing {
      costs[word] = Self.cost(of: keys.key(word), word: word, trie: trie, costs: known)
    }
    let clamped = costs.map { UInt16(clamping: $0) }
    trie.assign(costs: clamped)
    return Lexicon(
      codes: codes, trie: trie, costs: clamped, senseOffsets: offsets, senses: senses, rows: rows,
      hasBase: !base.isEmpty)
  }

  /// What a lexicon word costs that ICU does not know: a tenth less than the cheapest way to write it
  /// in other words.
  private static func cost(
    of key: ArraySlice<UInt16>, word: Int, trie: PairTrie, costs: [Int]
  ) -> Int {
    let codes = Array(key)
    var best = [Int](repeating: Int.max / 2, count: codes.count + 1)
    best[0] = 0
    for start in codes.indices {
      best[start + 1] = min(best[start + 1], best[start] + Lexicon.unknownCost)
      trie.forEachWord(at: start, limit: codes.count, code: { codes[$0] }) { length, found in
        guard found != word else { return }
        best[start + length] = min(best[start + length], best[start] + costs[found])
      }
    }
    return max(1, best[codes.count] * 9 / 10)
  }

  private static func scalars(_ units: ArraySlice<UInt16>) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(units.count)
    var index = units.startIndex
    while index < units.endIndex {
      let unit = UInt32(units[index])
      if (0xD800..<0xDC00).contains(unit), index + 1 < units.endIndex {
        scalars.append(0x10000 + (unit - 0xD800) << 10 + UInt32(units[index + 1]) - 0xDC00)
        index += 2
      } else {
        scalars.append(unit)
        index += 1
      }
    }
    return scalars
  }
}
