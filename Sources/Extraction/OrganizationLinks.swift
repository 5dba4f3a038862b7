internal import Annotations

/// Short and full names of organisations: 区教育局 and 和平区教育局, 全贸公司 and 宁波全贸作息技术有限公司.
extension NameGroups {
  /// Links the names of organisations, those that say most about their place first.
  mutating func linkOrganizations() {
    var members: [Int] = []
    var byRest: [[UInt32]: [Int]] = [:]
    var byRegion: [[UInt32]: [Int]] = [:]
    var byCore: [ArraySlice<UInt32>: [Int]] = [:]
    for number in groups.indices {
      guard let parts = groups[number].organization else { continue }
      members.append(number)
      byRest[parts.rest, default: []].append(number)
      if let region = parts.places.last {
        byRegion[parts.rest + region.stem, default: []].append(number)
      }
      if parts.hasFullForm { byCore[parts.core.prefix(2), default: []].append(number) }
    }
    let places = regions(members)
    let order = members.sorted {
      let (left, right) = (exactness($0), exactness($1))
      return left != right ? left > right : $0 < $1
    }
    for group in order {
      guard groups[group].parent == nil, let parts = groups[group].organization else { continue }
      if let region = parts.places.last {
        if isOfElsewhere(group, parts, byRest) { continue }
        let stems = [region.stem] + region.choices.map { vocabulary.place($0).stem }
        let candidates = stems.flatMap { byRegion[parts.rest + $0] ?? [] }
        link(group, to: candidates.filter { $0 != group && isFuller($0, group) })
      }
      let same =
        parts.places.isEmpty
        ? (byRest[parts.rest] ?? []).filter { $0 != group && root($0) != group } : []
      // 市局 is no name, but refers to one.
      if !parts.level.isEmpty, vocabulary.isKind(parts.written) { continue }
      if !parts.level.isEmpty {
        linkLevel(group, parts, same, places)
      } else if parts.places.isEmpty, !isFullName(group) {
        link(group, to: same.filter { exactness($0) > exactness(group) })
      }
      if groups[group].parent == nil, !parts.hasFullForm, !isFullName(group) {
        linkCompany(group, parts, byCore)
      }
    }
  }

  /// How much a name says about where its organisation is: the number of its places, then its length.
  private func exactness(_ group: Int) -> Int {
    guard let parts = groups[group].organization else { return 0 }
    let count = groups[group].characters.count
    return (parts.places.count * 2 + (parts.level.isEmpty ? 0 : 1)) << 16 + count
  }

  /// Whether a name with places says the same as another one, and more.
  private func isFuller(_ candidate: Int, _ group: Int) -> Bool {
    guard let fuller = groups[candidate].organization, let parts = groups[group].organization
    else { return false }
    return !fuller.places.isEmpty && exactness(candidate) > exactness(group)
      && fuller.agrees(with: parts)
  }

  /// Whether the lexicon has the name as that of an organisation, and as no short form.
  private func isFullName(_ group: Int) -> Bool {
    vocabulary.isFullName(.organization, groups[group].characters)
  }

  // MARK: Level

  /// The regions that the document names, by their level, each once.
  private func regions(_ organizations: [Int]) -> [[UInt32]: [PlaceName]] {
    var regions: [[UInt32]: [PlaceName]] = [:]
    func add(_ places: [PlaceName]) {
      for place in places where !place.level.isEmpty {
        if regions[place.level]?.contains(where: { $0.full == place.full }) != true {
          regions[place.level, default: []].append(place)
        }
      }
    }
    for number in groups.indices where groups[number].type == .location {
      add(groups[number].places)
    }
    for number in organizations { add(groups[number].organization?.places ?? []) }
    return regions
  }

  /// Links 区教育局 to the one 和平区教育局; where no name says which region is meant, to the one region of the level.
  private mutating func linkLevel(
    _ group: Int, _ parts: OrganizationName, _ same: [Int], _ regions: [[UInt32]: [PlaceName]]
  ) {
    let full = same.filter { groups[$0].organization?.places.last?.level == parts.level }
    if !full.isEmpty {
      link(group, to: full)
      return
    }
    let others = same.filter {
      groups[$0].organization?.level == parts.level && exactness($0) > exactness(group)
    }
    if !others.isEmpty {
      link(group, to: others)
      return
    }
    let choices = regions[parts.level] ?? []
    let name = String(scalars: parts.written)
    if choices.count == 1 {
      let region = String(scalars: choices[0].full)
      groups[group].completedWith = region
      groups[group].isRenamed = true
      groups[group].name = region + name
      groups[group].characters = choices[0].full + parts.written
    } else if choices.count > 1 {
      ambiguities.append(
        DocumentLinks.Ambiguity(
          range: mentions[groups[group].mentions[0]].range,
          candidates: choices.map { String(scalars: $0.full) + name }))
    }
  }

  // MARK: Elsewhere

  /// Links a name that the lexicon gives to one country (国防部) to that of another (俄罗斯国防部) where the text named
  /// only that one before, and not the own country; whether it did.
  private mutating func isOfElsewhere(
    _ group: Int, _ own: OrganizationName, _ byRest: [[UInt32]: [Int]]
  ) -> Bool {
    let first = mentions[groups[group].mentions[0]]
    guard first.name != nil, own.places.count == 1 else { return false }
    let written = Array(text.characters[first.range.start..<first.range.end])
    guard vocabulary.isAmbiguous(written),
      groups[group].mentions.allSatisfy({
        text.characters[mentions[$0].range.start..<mentions[$0].range.end].elementsEqual(written)
      })
    else { return false }
    let foreign = (byRest[own.rest] ?? []).filter { other in
      guard let parts = groups[other].organization else { return false }
      return parts.written == written && parts.places.last?.isCountry == true
        && !parts.agrees(with: own) && start(other) < first.range.start
    }
    let isAtHome = groups.contains { other in
      other.type == .location && other.places.contains { $0.matches(own.places[0]) }
    }
    guard !foreign.isEmpty, !isAtHome else { return false }
    link(group, to: foreign)
    return true
  }

  // MARK: Companies

  /// Links 全贸公司 to the one company whose core begins so.
  private mutating func linkCompany(
    _ group: Int, _ parts: OrganizationName, _ byCore: [ArraySlice<UInt32>: [Int]]
  ) {
    guard parts.core.count >= 2, let full = byCore[parts.core.prefix(2)] else { return }
    link(
      group,
      to: full.filter { candidate in
        guard candidate != group, let name = groups[candidate].organization else { return false }
        return name.core.starts(with: parts.core) && name.agrees(with: parts)
          && Self.contains(name.legalForm, parts.legalForm)
      })
  }

  /// Whether a part stands anywhere in a name.
  private static func contains(_ name: [UInt32], _ part: [UInt32]) -> Bool {
    part.isEmpty || name.indices.contains { name[$0...].starts(with: part) }
  }
}
