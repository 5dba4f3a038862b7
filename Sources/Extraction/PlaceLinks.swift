internal import Annotations

/// Short and full names of places: 靖远 and 靖远县, 靖远县 and 甘肃省靖远县.
extension NameGroups {
  /// Links the names of places.
  mutating func linkPlaces() {
    let members = groups.indices.filter { groups[$0].type == .location }
    for group in members {
      let places = vocabulary.places(of: groups[group].characters)
      // 中国阿根廷 is no place in a place.
      let isChain = zip(places, places.dropFirst()).allSatisfy { vocabulary.isWithin($1, $0) }
      groups[group].places =
        isChain ? places : [vocabulary.place(groups[group].characters[...])]
    }
    if members.count < 2 { return }
    /// By the full name of the narrowest place, and of those with a level by its stem.
    var byFull: [[UInt32]: [Int]] = [:]
    var byStem: [[UInt32]: [Int]] = [:]
    for group in members {
      guard let tail = groups[group].places.last else { continue }
      byFull[tail.full, default: []].append(group)
      if !tail.level.isEmpty { byStem[tail.stem, default: []].append(group) }
    }
    // The most exact names first, so that short ones find things and not names.
    let order = members.sorted {
      let (left, right) = (groups[$0].places, groups[$1].places)
      if left.count != right.count { return left.count > right.count }
      return left.last?.level.isEmpty == false && right.last?.level.isEmpty == true
        || left.last?.level.isEmpty == right.last?.level.isEmpty && $0 < $1
    }
    for group in order {
      guard groups[group].parent == nil, let tail = groups[group].places.last else { continue }
      var candidates = (byFull[tail.full] ?? []).filter { isWider(groups[$0].places, group, $0) }
      if groups[group].places.count == 1, tail.level.isEmpty {
        if !tail.choices.isEmpty {
          for name in tail.choices {
            candidates += byFull[name.unicodeScalars.map(\.value)] ?? []
          }
        } else if !tail.isKnown {
          candidates += byStem[tail.stem] ?? []
        }
      }
      link(group, to: candidates)
      // Where the lexicon has one place of the name, it says what it is called: 武汉市, not 湖北武汉.
      if let root = groups[group].parent, tail.isKnown, tail.parents.count == 1 {
        groups[root].name = String(scalars: tail.full)
        groups[root].isRenamed = true
      }
    }
  }

  /// Whether the places of a name say more than those of a group, and nothing else.
  private func isWider(_ places: [PlaceName], _ group: Int, _ candidate: Int) -> Bool {
    let own = groups[group].places
    guard places.count > own.count || (places.count == own.count && candidate < group),
      let tail = places.last, let ownTail = own.last, tail.matches(ownTail)
    else { return false }
    // The wider places of one are among those of the other: 云南滇池, 云南昆明市滇池.
    var rest = own.dropLast()
    for place in places.dropLast() {
      if let next = rest.first, next.matches(place) { rest = rest.dropFirst() }
    }
    return rest.isEmpty
  }
}
