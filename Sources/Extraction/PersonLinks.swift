internal import Annotations

/// Short and full names of foreign persons: 斯塔默 and 基尔·斯塔默.
extension NameGroups {
  /// Links the names of persons. The first or the last part of a name stands for it; of two names with several parts
  /// the parts of one have to be among those of the other. The lexicon's name, where only a short form of it is written, may
  /// be another transliteration of a name that is.
  mutating func linkPersons() {
    var byPart: [[UInt32]: [Int]] = [:]
    var members: [(group: Int, parts: [[UInt32]])] = []
    for number in groups.indices where groups[number].type == .person {
      let parts = Self.components(groups[number].characters)
      members.append((number, parts))
      guard parts.count > 1, let first = parts.first, let last = parts.last else { continue }
      byPart[first, default: []].append(number)
      if last != first { byPart[last, default: []].append(number) }
    }
    if byPart.isEmpty { return }
    members.sort {
      $0.parts.count != $1.parts.count ? $0.parts.count > $1.parts.count : $0.group < $1.group
    }
    for (group, parts) in members where groups[group].parent == nil {
      if parts.count == 1 {
        link(group, to: byPart[parts[0]] ?? [])
        continue
      }
      let isCanonical = groups[group].mentions.allSatisfy {
        text.string(mentions[$0].range) != groups[group].name
      }
      let several = (byPart[parts[0]] ?? []) + (byPart[parts[parts.count - 1]] ?? [])
      let candidates = several.filter { other in
        guard other != group, root(other) != group else { return false }
        let longer = Self.components(groups[other].characters)
        return longer.count > parts.count && parts.allSatisfy(longer.contains)
          || isCanonical && longer.count == parts.count
            && zip(longer, parts).allSatisfy { Self.areAlike($0, $1) }
      }
      link(group, to: candidates)
    }
  }

  /// Whether two parts of names may transliterate one: as long, and of three characters no more than one is another.
  private static func areAlike(_ left: [UInt32], _ right: [UInt32]) -> Bool {
    left.count == right.count && zip(left, right).count { $0 != $1 } * 3 <= left.count
  }
}
