internal import Annotations
internal import Segmentation

/// A place as a name writes it: 靖远, 靖远县.
///
/// Two of them match where they are called the same in full, or where their stems are the same and one does not
/// say its level.
struct PlaceName: Equatable, Sendable {
  /// What it is called in full, where the lexicon knows one full name; else as it is written.
  let full: [UInt32]
  /// The name without the kind of region.
  let stem: [UInt32]
  /// The kind of region, as names of organisations call it: 市; empty where the name does not say.
  let level: [UInt32]
  /// The full names that it may be short for, where the lexicon knows several.
  var choices: [String] = []
  /// Whether the lexicon has it as a full name.
  var isKnown = false
  /// Whether it is a country.
  var isCountry = false
  /// Whether it is a region, and not a river or a building.
  var isRegion = false
  /// The names of the regions that it lies in, as the lexicon gives them; several where several places are called so.
  var parents: [String] = []

  /// Whether both may name one place.
  func matches(_ other: PlaceName) -> Bool {
    full == other.full || (stem == other.stem && (level.isEmpty || other.level.isEmpty))
      || choices.contains(String(scalars: other.full))
      || other.choices.contains(String(scalars: full))
  }
}

extension NameVocabulary {
  /// A place that is written so.
  func place(_ written: ArraySlice<UInt32>) -> PlaceName {
    let written = Array(written)
    let rows = placeRows(of: written)
    var full = written
    var choices: [String] = []
    if !rows.isFull {
      choices = rows.names.sorted()
      if choices.count == 1 { full = choices[0].unicodeScalars.map(\.value) }
    }
    var stem = full
    var level: [UInt32] = []
    if let (start, sense) = ending(.level, of: full, from: 2) {
      stem = Array(full[..<start])
      level = name(of: sense) ?? Array(full[start...])
    }
    return PlaceName(
      full: full, stem: stem, level: level, choices: choices.count > 1 ? choices : [],
      isKnown: rows.isFull, isCountry: rows.isCountry,
      isRegion: rows.isRegion || !level.isEmpty,
      parents: rows.isFull ? rows.parents : choices.count == 1 ? placeRows(of: full).parents : [])
  }

  /// How many regions above each other are looked at.
  private static let depth = 4

  /// Whether a place may lie in a region that stands before it: the lexicon says so, or knows nothing of it.
  func isWithin(_ place: PlaceName, _ region: PlaceName) -> Bool {
    guard region.isRegion, !place.isCountry else { return false }
    if place.parents.isEmpty { return !place.isKnown }
    var names = place.parents
    for _ in 0..<Self.depth where !names.isEmpty {
      if names.contains(where: { $0.unicodeScalars.map(\.value) == region.full }) { return true }
      names = names.flatMap { placeRows(of: $0.unicodeScalars.map(\.value)).parents }
    }
    return false
  }

  /// A place of a canonical name.
  func place(_ name: String) -> PlaceName { place(name.unicodeScalars.map(\.value)[...]) }

  /// The places that a name consists of, from the widest to the narrowest: 甘肃省, 靖远县.
  /// - Complexity: O(count of the name).
  func places(of name: [UInt32]) -> [PlaceName] {
    var places: [PlaceName] = []
    var start = 0
    while start < name.count {
      var end = name.count
      if let word = longest(.place, in: name, at: start) {
        end = regionEnd(name, from: start, known: word.end)
        // A single character behind a place belongs to it.
        if name.count - end < 2 { end = name.count }
      }
      places.append(place(name[start..<end]))
      start = end
    }
    return places
  }

  /// The end of the region that a word of the lexicon begins: 临江 of 临江省 ends behind 省.
  private func regionEnd(_ name: [UInt32], from start: Int, known: Int) -> Int {
    guard known < name.count, let level = longest(.level, in: name, at: known),
      level.end == name.count || isFollower(name, level.end)
    else { return known }
    return level.end
  }

  /// Whether something may follow the name of a region here: a kind or a part of an organisation. A single character
  /// is one at the end only, so 市场监督管理局 begins with no 市.
  private func isFollower(_ name: [UInt32], _ at: Int) -> Bool {
    guard let word = longest([.follower, .form, .tail, .ordinal], in: name, at: at) else {
      return false
    }
    return word.end - at >= 2 || word.end == name.count
      || longest(.ordinal, in: name, at: at) != nil
  }

  /// The places at the head of an organisation's name, and where what follows them begins; at least one character
  /// is left.
  func leadingPlaces(of name: [UInt32], from first: Int) -> (places: [PlaceName], end: Int) {
    var places: [PlaceName] = []
    var start = first
    while start < name.count {
      var end: Int?
      if let word = longest(.region, in: name, at: start), word.end < name.count {
        end = regionEnd(name, from: start, known: word.end)
      } else {
        end = unknownRegion(name, from: start)
      }
      guard let end, end < name.count else { break }
      let next = place(name[start..<end])
      // 万全 of 和平区万全小学 is no region of its own.
      if let last = places.last, !isWithin(next, last) { break }
      places.append(next)
      start = end
    }
    return (places, start)
  }

  /// The most characters of a region's stem that no lexicon knows.
  private static let longestStem = 5

  /// The end of a region that no lexicon knows, where its level and a part of an organisation say that it is one:
  /// 沙河镇 of 沙河镇政府.
  private func unknownRegion(_ name: [UInt32], from start: Int) -> Int? {
    var at = start + 2
    while at < min(start + Self.longestStem, name.count - 1) {
      if let level = longest(.level, in: name, at: at), level.end < name.count,
        isFollower(name, level.end), !has(.word, Array(name[at - 1..<level.end]))
      {
        return level.end
      }
      at += 1
    }
    return nil
  }

  /// The level that stands for a region at the head of a name: 区 of 区教育局; and where the rest begins.
  func leadingLevel(of name: [UInt32], from start: Int) -> (level: [UInt32], end: Int)? {
    guard let word = longest(.level, in: name, at: start), word.end < name.count,
      isFollower(name, word.end)
    else { return nil }
    return (self.name(of: word.sense) ?? Array(name[start..<word.end]), word.end)
  }
}
