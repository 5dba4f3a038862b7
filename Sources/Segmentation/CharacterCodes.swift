internal import Characters

/// The characters of all words as small numbers, the ones in most words first, so that the tables stay
/// dense and their often used parts close together.
struct CharacterCodes {
  /// For each character of the first plane, folded, its code; 0 when no word holds it.
  private(set) var all: [UInt16]
  /// The same for what is cut without asking the break rules, ``WordTables/slow`` for everything else:
  /// Han and Hiragana, 1 when no word holds them, and signs, 0 when no word holds them.
  private(set) var fast: [UInt16]
  /// The characters beyond the first plane, in order.
  private(set) var rare: [(character: UInt32, code: UInt16)] = []
  /// For each code, whether its character is Han or kana.
  private(set) var isDictionaryScript: [Bool]
  /// The first code of a character that is neither Han nor kana.
  let firstOther: Int
  /// The first code of one of these that stands only by itself.
  let firstBarrier: Int
  /// One more than the largest code.
  let count: Int

  /// Numbers the characters by how often they occur in `characters`. `fold` has a form for each
  /// character of the first plane.
  init(characters: [UInt32], offsets: [Int32], fold: [UInt16]?, rules: BreakRulesReader?) {
    var counts = [Int32](repeating: 0, count: 0x10000)
    var rareCounts: [UInt32: Int32] = [:]
    for character in characters {
      if character < 0x10000 {
        let form = fold.map { Int($0[Int(character)]) } ?? Int(character)
        counts[form] += (0x3041...0x30FF).contains(form) ? 1 : Self.weight
      } else {
        rareCounts[character, default: 0] += 1
      }
    }
    var ranked = counts.indices.filter { counts[$0] > 0 }
      .map { (character: UInt32($0), count: counts[$0]) }
    ranked += rareCounts.map { (character: $0.key, count: $0.value) }
    ranked.sort { $0.count != $1.count ? $0.count > $1.count : $0.character < $1.character }
    ranked = Array(ranked.prefix(0xF000))
    let script = ranked.filter { CharacterKind($0.character).isDictionaryScript }
    firstOther = WordTables.firstCode + script.count
    // Signs that only stand by themselves come last: no word crosses them.
    var inLonger: Set<UInt32> = []
    for word in 1..<offsets.count where offsets[word] - offsets[word - 1] > 1 {
      for character in characters[Int(offsets[word - 1])..<Int(offsets[word])]
      where !CharacterKind(character).isDictionaryScript {
        inLonger.insert(
          character < 0x10000 ? fold.map { UInt32($0[Int(character)]) } ?? character : character)
      }
    }
    let others = ranked.filter { !CharacterKind($0.character).isDictionaryScript }
    let longer = others.filter { inLonger.contains($0.character) }
    firstBarrier = firstOther + longer.count
    ranked = script + longer + others.filter { !inLonger.contains($0.character) }
    all = [UInt16](repeating: 0, count: 0x10000)
    isDictionaryScript = [false, true]
    for (rank, entry) in ranked.enumerated() {
      let code = UInt16(rank + WordTables.firstCode)
      if entry.character < 0x10000 {
        all[Int(entry.character)] = code
      } else {
        rare.append((entry.character, code))
      }
      isDictionaryScript.append(CharacterKind(entry.character).isDictionaryScript)
    }
    rare.sort { $0.character < $1.character }
    count = ranked.count + WordTables.firstCode
    if let fold {
      let unfolded = all
      for character in 0..<0x10000 { all[character] = unfolded[Int(fold[character])] }
    }
    fast = all
    for character in 0..<0x10000 {
      let scalar = UInt32(character)
      // Three bytes that give one of these are malformed.
      if scalar < 0x800 || (0xD800...0xDFFF).contains(scalar) {
        fast[character] = WordTables.slow
      } else if let rules, rules.isSimple(scalar), !isKatakana(scalar) {
        if fast[character] == 0 { fast[character] = WordTables.unknownCode }
      } else if rules?.isSign(scalar) != true {
        fast[character] = WordTables.slow
      }
    }
  }

  /// What a character counts for; kana, which are in many words of ICU's dictionary and in hardly any
  /// Chinese text, count for less.
  private static let weight: Int32 = 64

  /// The code of a character; 0 when no word holds it.
  subscript(character: UInt32) -> UInt16 {
    if character < 0x10000 { return all[Int(character)] }
    var low = 0
    var high = rare.count
    while low < high {
      let middle = (low + high) / 2
      if rare[middle].character < character { low = middle + 1 } else { high = middle }
    }
    return low < rare.count && rare[low].character == character ? rare[low].code : 0
  }
}
