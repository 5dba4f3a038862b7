internal import Annotations

/// What 该局, 李局长, 市局 and 我市 refer to.
extension NameGroups {
  /// Gives each reference to the thing that it means; what may mean several is told.
  /// - Complexity: O(mentions + references), times at most ``reach`` mentions a reference.
  mutating func resolve(_ references: [Reference], sentences: [TextRange]) {
    let order = order()
    var persons: [UInt32: [Int]]?
    for reference in references.sorted(by: { $0.range < $1.range }) {
      // Inside a name it is a part of the name.
      let before = order.partitioningIndex { mentions[$0].range.end > reference.range.start }
      if before < order.count, mentions[order[before]].range.start <= reference.range.start,
        reference.surname == nil || mentions[order[before]].range.end >= reference.range.end
      {
        continue
      }
      let candidates: [Int]
      if let surname = reference.surname {
        persons = persons ?? personsBySurname()
        candidates = self.persons(reference, surname, persons ?? [:], order)
      } else if reference.isOfDocument {
        candidates = distinct(
          groups.indices.filter { isOfKind(reference, group: $0, mention: nil) })
      } else {
        candidates = nearest(reference, order[..<before], sentences)
      }
      if candidates.count == 1 {
        groups[candidates[0]].references.append(reference.range)
      } else if candidates.count > 1 {
        tell(reference.range, candidates)
      }
    }
  }

  /// How many mentions back the nearest thing of a kind is looked for.
  private static let reach = 64

  /// The things of the kind in the nearest sentence before that has any.
  private func nearest(
    _ reference: Reference, _ before: ArraySlice<Int>, _ sentences: [TextRange]
  ) -> [Int] {
    var found: [Int] = []
    var limit = 0
    for mention in before.suffix(Self.reach).reversed() {
      let range = mentions[mention].range
      if range.end <= limit { break }
      guard isOfKind(reference, group: numbers[mention], mention: mention) else { continue }
      if found.isEmpty {
        let sentence = sentences.partitioningIndex { $0.end > range.start }
        if sentence < sentences.count { limit = sentences[sentence].start }
      }
      found.append(numbers[mention])
    }
    return distinct(found)
  }

  /// The class of places whose things are meant by 该国, as the knowledge calls it.
  private static let country = "country"

  /// Whether a name is of the kind that a reference says.
  private func isOfKind(_ reference: Reference, group: Int, mention: Int?) -> Bool {
    let one = groups[group]
    guard one.type == reference.type else { return false }
    let root = groups[root(group)]
    if reference.type == .location {
      guard let tail = one.places.last else { return false }
      return (tail.isCountry && reference.subtypes.contains(Self.country))
        || reference.endings.contains { tail.full.suffix($0.count).elementsEqual($0) }
    }
    if let level = reference.level {
      let wanted = vocabulary.level(Array(text.characters[level.start..<level.end]))
      guard let parts = root.organization,
        parts.places.last?.level == wanted || parts.level == wanted
          || root.completedWith != nil && one.organization?.level == wanted
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
    for (number, group) in groups.enumerated()
    where group.type == .person && (2...Self.longestName).contains(group.characters.count) {
      persons[group.characters[0], default: []].append(number)
    }
    return persons
  }

  /// The persons of a surname that were named before; of several those with the post, where there are any.
  private func persons(
    _ reference: Reference, _ surname: TextRange, _ persons: [UInt32: [Int]], _ order: [Int]
  ) -> [Int] {
    let characters = text.characters[surname.start..<surname.end]
    let all = (persons[text[surname.start]] ?? []).filter {
      groups[$0].characters.starts(with: characters) && start($0) < reference.range.start
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
