internal import Annotations
internal import Characters

/// Short forms that the text defines, and those of its names that recognition did not find.
extension NameGroups {
  /// A short form that the text defines.
  struct Alias {
    /// Its characters.
    let characters: [UInt32]
    /// Where it is defined.
    let range: TextRange
    /// The group of the full name; nil where the text gives it to two.
    var group: Int?
    /// The rule that found the definition.
    let provenance: Provenance
  }

  /// The type of the facts that define short forms.
  private static let aliasType = "alias"

  /// Takes over the short forms that facts define: with a word that says so (以下简称), or in brackets where the
  /// names themselves show it.
  mutating func defineAliases(_ triples: [Triple]) {
    var places: [[UInt32]: Int] = [:]
    for triple in triples where triple.relationType == Self.aliasType {
      guard let full = triple.subject?.range, let short = triple.object?.range,
        let mention = mention(endingAt: full.end), full.end <= short.start
      else { continue }
      let group = numbers[mention]
      let characters = Array(text.characters[short.start..<short.end])
      guard isDefined(characters, short, group, between: TextRange(full.end, short.start)) else {
        continue
      }
      if let place = places[characters] {
        if aliases[place].group != group { aliases[place].group = nil }
      } else {
        places[characters] = aliases.count
        aliases.append(
          Alias(
            characters: characters, range: short, group: group, provenance: triple.provenance))
      }
    }
    for alias in aliases {
      guard let group = alias.group else { continue }
      let key = Key(type: groups[group].type, name: String(scalars: alias.characters))
      if let short = written(key), root(short) != root(group) {
        groups[root(short)].parent = root(group)
      }
    }
  }

  /// The mention that ends at a position.
  private func mention(endingAt position: Int) -> Int? {
    let index = mentions.partitioningIndex { $0.range.end >= position }
    return index < mentions.count && mentions[index].range.end == position ? index : nil
  }

  /// Whether the characters are a short form of a group's name.
  private func isDefined(
    _ short: [UInt32], _ range: TextRange, _ group: Int, between: TextRange
  ) -> Bool {
    let type = groups[group].type
    let full = groups[group].characters
    guard short.count >= 2, short != full else { return false }
    let gap = text.characters[between.start..<between.end]
    if gap.contains(where: { CharacterKind($0) == .han }) { return true }
    if short.allSatisfy({ CharacterKind($0) == .letter }) { return type == .organization }
    if short.count >= full.count || vocabulary.has(.word, short) { return false }
    if type != .person, Self.isPicked(short, from: full) { return true }
    guard let index = mention(endingAt: range.end), mentions[index].range == range,
      mentions[index].type == type, type == .organization
    else { return false }
    let parts = vocabulary.organization(short)
    return parts.places.isEmpty && parts.level.isEmpty
  }

  /// Whether the characters stand in a name in this order, with others between them.
  private static func isPicked(_ short: [UInt32], from full: [UInt32]) -> Bool {
    var rest = short[...]
    for character in full where character == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }

  // MARK: Search

  /// Characters that name a group's thing wherever they stand.
  private struct Pattern {
    let characters: [UInt32]
    let group: Int
    let provenance: Provenance
    /// Whether a loose legal form may follow: 全贸公司; and whether one has to.
    var takesForm = false
    var needsForm = false
  }

  /// Finds short forms and repeated names of persons that are no mentions yet, and makes them mentions.
  /// - Complexity: O(count of the text + names), times the patterns that begin with the same two characters.
  mutating func findShortForms(tokens: [Token]) {
    let patterns = patterns()
    if patterns.isEmpty { return }
    var borders = [Bool](repeating: false, count: text.count + 1)
    for number in tokens.indices {
      let range = tokens[number].range
      borders[range.start] = true
      borders[range.end] = true
    }
    // What a bracket defines is no word of its sentence.
    for alias in aliases {
      borders[alias.range.start] = true
      borders[alias.range.end] = true
    }
    var begins = CharacterFilter()
    for pattern in patterns.values.joined() { begins.insert(pattern.characters[0]) }
    let covered = mentions.map(\.range)
    let characters = text.characters
    var next = 0
    var at = 0
    while at + 1 < characters.count {
      while next < covered.count, covered[next].end <= at { next += 1 }
      if next < covered.count, covered[next].start <= at {
        at = covered[next].end
        continue
      }
      let limit = next < covered.count ? covered[next].start : characters.count
      if begins.mayHold(characters[at]), borders[at],
        let here = patterns[Self.head(characters[at...])],
        let (pattern, end) = match(here, at, limit, borders)
      {
        add(
          Mention(
            range: TextRange(at, end), type: groups[pattern.group].type,
            subtype: mentions[groups[pattern.group].mentions[0]].subtype,
            provenance: pattern.provenance))
        if numbers[numbers.count - 1] != pattern.group {
          let short = numbers[numbers.count - 1]
          if groups[short].parent == nil { groups[short].parent = root(pattern.group) }
        }
        at = end
      } else {
        at += 1
      }
    }
  }

  /// The longest of the patterns that stands at a position, and its end.
  private func match(
    _ patterns: [Pattern], _ start: Int, _ limit: Int, _ borders: [Bool]
  ) -> (Pattern, Int)? {
    for pattern in patterns {
      var end = start + pattern.characters.count
      guard end <= limit, text.characters[start..<end].elementsEqual(pattern.characters) else {
        continue
      }
      if pattern.takesForm {
        let behind = Array(text.characters[end..<min(limit, end + 4)])
        if let form = vocabulary.longest(.looseForm, in: behind, at: 0) {
          end += form.end
        } else if pattern.needsForm {
          continue
        }
      }
      if borders[end] { return (pattern, end) }
    }
    return nil
  }

  private static func head(_ characters: ArraySlice<UInt32>) -> UInt64 {
    UInt64(characters[characters.startIndex]) << 32
      | UInt64(characters[characters.startIndex + 1])
  }

  /// What to look for, by its first two characters, the longest first. What may mean two things is left out.
  private func patterns() -> [UInt64: [Pattern]] {
    var all: [Pattern] = []
    for alias in aliases {
      if let group = alias.group {
        all.append(
          Pattern(characters: alias.characters, group: group, provenance: alias.provenance))
      }
    }
    for number in groups.indices {
      switch groups[number].type {
      case .person: all += personPatterns(number)
      case .organization: all += companyPatterns(number)
      default: break
      }
    }
    var byHead: [UInt64: [Pattern]] = [:]
    for pattern in all { byHead[Self.head(pattern.characters[...]), default: []].append(pattern) }
    for (key, patterns) in byHead where patterns.count > 1 {
      let unambiguous = patterns.filter { pattern in
        patterns.allSatisfy {
          $0.characters != pattern.characters || root($0.group) == root(pattern.group)
        }
      }
      byHead[key] = unambiguous.sorted { $0.characters.count > $1.characters.count }
    }
    return byHead
  }

  /// A person's whole name where it has three characters or more, and the last part of a foreign one.
  private func personPatterns(_ number: Int) -> [Pattern] {
    let provenance = mentions[groups[number].mentions[0]].provenance
    let characters = groups[number].characters
    let parts = Self.components(characters)
    var result: [Pattern] = []
    for name in parts.count > 1 ? [characters, parts[parts.count - 1]] : [characters] {
      if name.count > 2
        ? !vocabulary.has(.word, name)
        : parts.count > 1 && name.count == 2 && !vocabulary.isWord(name)
      {
        result.append(Pattern(characters: name, group: number, provenance: provenance))
      }
    }
    return result
  }

  /// The beginnings of a company's core, where it begins with no common word: 全贸作息, but not 国家铁路.
  private func companyPatterns(_ number: Int) -> [Pattern] {
    guard let parts = groups[number].organization, parts.hasFullForm,
      !vocabulary.beginsWithWord(parts.core)
    else { return [] }
    let provenance = mentions[groups[number].mentions[0]].provenance
    return (2...max(2, parts.core.count)).compactMap { count in
      guard count <= parts.core.count else { return nil }
      let start = Array(parts.core[..<count])
      return Pattern(
        characters: start, group: number, provenance: provenance, takesForm: true,
        needsForm: count == 2 || vocabulary.isWord(start))
    }
  }

  /// The parts of a foreign name: 弗拉基米尔·普京 has two.
  static func components(_ name: [UInt32]) -> [[UInt32]] {
    if !name.isEmpty, !name.contains(0xB7) { return [name] }
    return name.split(separator: 0xB7).map { Array($0) }
  }
}
