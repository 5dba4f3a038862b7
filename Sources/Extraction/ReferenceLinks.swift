internal import Annotations

/// What 该局, 李局长, 市局 and 我市 refer to.
extension NameGroups {
  /// Finds the references and gives each to the thing that it means; what may mean several is told.
  /// - Complexity: O(count of the text + mentions + references), times at most ``reach`` mentions a reference.
  mutating func resolveReferences(sentences: [TextRange], tokens: [Token]) {
    let persons = personsBySurname()
    let references = ReferenceSearch(
      text, vocabulary: vocabulary, surnames: persons.keys.sorted(), tokens: tokens
    ).references()
    if references.isEmpty { return }
    let order = order()
    var kinds: [String: [Int]] = [:]
    for reference in references {
      let before = order.partitioningIndex { mentions[$0].range.end > reference.range.start }
      let here = before < order.count ? mentions[order[before]].range : nil
      let isSurname =
        here != nil && here == reference.surname && mentions[order[before]].type == .person
      // Inside a name it is a part of the name; a surname and a post may be mentions inside it.
      if let here, here != reference.range, !isSurname, here.overlaps(reference.range),
        mentions[order[before]].type != .title || here.contains(reference.range)
      {
        continue
      }
      let candidates: [Int]
      if let surname = reference.surname {
        candidates = self.persons(reference, surname, persons, order)
      } else if reference.reach == .document {
        candidates = ofKind(reference, &kinds)
      } else {
        candidates = nearest(reference, order[..<before], sentences, &kinds)
      }
      if candidates.count == 1 {
        if isSurname { link(numbers[order[before]], to: candidates) }
        if here == reference.range {
          // Recognition took 市局 or 李局长 for a name; 李工 may be one.
          if reference.title?.count != 1 { link(numbers[order[before]], to: candidates) }
          continue
        }
        groups[candidates[0]].references.append(
          DocumentLinks.Reference(range: reference.range, provenance: reference.provenance))
      } else if candidates.count > 1, here != reference.range || reference.surname == nil {
        tell(reference.range, candidates)
      }
    }
  }

  /// How many mentions back the nearest thing of a kind is looked for.
  private static let reach = 64

  /// The things of the kind in the nearest sentence before that has any, and in the one before it: a reader looks for
  /// the nearest one, but two of a kind in sentences before are compared with each other (A负责建设。B负责安装。). The first of its
  /// kind in the document is what it is about, and so is meant before others.
  private func nearest(
    _ reference: Reference, _ before: ArraySlice<Int>, _ sentences: [TextRange],
    _ kinds: inout [String: [Int]]
  ) -> [Int] {
    var found: [Int] = []
    var rivals: [Int] = []
    var limit = 0
    var farthest = 0
    for mention in before.suffix(Self.reach).reversed() {
      let range = mentions[mention].range
      if range.end <= farthest { break }
      guard let group = thing(reference, mention) else { continue }
      if found.isEmpty {
        let sentence = sentences.partitioningIndex { $0.end > range.start }
        guard sentence < sentences.count else { break }
        limit = sentences[sentence].start
        let isOwn = sentences[sentence].end > reference.range.start
        farthest = sentences[isOwn ? sentence : max(0, sentence - 1)].start
      }
      if range.end > limit { found.append(group) } else { rivals.append(group) }
    }
    let nearest = distinct(found)
    guard nearest.count == 1, !rivals.isEmpty else { return nearest }
    return ofKind(reference, &kinds).first == nearest[0] ? nearest : distinct(found + rivals)
  }

  /// All things of the kind in the order of their first mention, found once for each way to write a reference.
  private func ofKind(_ reference: Reference, _ kinds: inout [String: [Int]]) -> [Int] {
    let key = text.string(reference.range)
    if let known = kinds[key] { return known }
    let things = distinct(groups.indices.filter { isOfKind(reference, group: $0, mention: nil) })
    kinds[key] = things
    return things
  }

  /// The thing of the kind that a mention names; of an organisation in a region also the region.
  private func thing(_ reference: Reference, _ mention: Int) -> Int? {
    let group = numbers[mention]
    if isOfKind(reference, group: group, mention: mention) { return group }
    guard reference.type == .location, let place = groups[group].organization?.places.last else {
      return nil
    }
    return named(Key(type: .location, name: String(scalars: place.full))).flatMap {
      isOfKind(reference, group: $0, mention: nil) ? $0 : nil
    }
  }

  /// The class of places whose things are meant by 该国, as the knowledge calls it.
  private static let country = "country"

  /// Whether a name is of the kind that a reference says.
  private func isOfKind(_ reference: Reference, group: Int, mention: Int?) -> Bool {
    let one = groups[group]
    guard one.type == reference.type,
      reference.level.isEmpty || !vocabulary.isKind(one.organization?.written ?? [])
    else { return false }
    let root = groups[root(group)]
    if reference.type == .location {
      guard let tail = one.places.last else { return false }
      return (tail.isCountry && reference.subtypes.contains(Self.country))
        || reference.endings.contains { tail.full.suffix($0.count).elementsEqual($0) }
    }
    if !reference.level.isEmpty {
      guard let parts = root.organization,
        parts.places.last?.level == reference.level || parts.level == reference.level
      else { return false }
    }
    if let subtype = mentions[mention ?? one.mentions[0]].subtype,
      reference.subtypes.contains(subtype)
    {
      return true
    }
    return reference.endings.contains { ending in
      one.characters.suffix(ending.count).elementsEqual(ending)
        || root.characters.suffix(ending.count).elementsEqual(ending)
    }
  }

  // MARK: Persons

  /// The most characters of a name with a surname before it.
  private static let longestName = 4

  /// The persons with Chinese names by their first character.
  private func personsBySurname() -> [UInt32: [Int]] {
    var persons: [UInt32: [Int]] = [:]
    for number in groups.indices where groups[number].type == .person {
      let characters = groups[number].characters
      if (2...Self.longestName).contains(characters.count) {
        persons[characters[0], default: []].append(number)
      }
    }
    return persons
  }

  /// The persons of a surname that were named before; of several those with the post, where there are any.
  private func persons(
    _ reference: Reference, _ surname: TextRange, _ persons: [UInt32: [Int]], _ order: [Int]
  ) -> [Int] {
    let characters = text.characters[surname.start..<surname.end]
    let all = (persons[text[surname.start]] ?? []).filter {
      let name = groups[$0].characters
      return name.count > characters.count && name.starts(with: characters)
        && start($0) < reference.range.start
    }
    let several = distinct(all)
    guard several.count > 1, let title = reference.title else { return several }
    let post = text.characters[title.start..<title.end]
    let holders = all.filter { person in
      groups[person].mentions.contains { hasPost($0, post, order) }
    }
    let holding = distinct(holders)
    return holding.isEmpty ? several : holding
  }

  /// Whether a title that stands beside a person is a post, or ends in it.
  private func hasPost(_ mention: Int, _ post: ArraySlice<UInt32>, _ order: [Int]) -> Bool {
    let range = mentions[mention].range
    let place = order.partitioningIndex { mentions[$0].range.start >= range.start }
    for neighbour in [place - 1, place + 1] where order.indices.contains(neighbour) {
      let other = mentions[order[neighbour]]
      guard other.type == .title,
        other.range.end == range.start || other.range.start == range.end
      else { continue }
      if text.characters[other.range.start..<other.range.end].elementsEqual(post) { return true }
    }
    return false
  }
}
