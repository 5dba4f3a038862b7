internal import Annotations

/// Where a pattern that rules ask for around or in a match stands in a sentence. Many rules ask for it at many places: it is
/// matched once from each place where it may begin.
struct WatchedPattern: Sendable {
  /// The positions at which it may begin, in order.
  private var starts: [Int32] = []
  /// For each of them the nearest position where it ends; ``unknown`` before it was matched, ``none`` where it does not
  /// match.
  private var shortest: [Int32] = []
  /// All positions where it ends that begins at one of the places that were matched.
  private(set) var ends: [Int32] = []
  /// The first place that was perhaps not matched.
  private var next = 0

  private static let unknown: Int32 = -1
  private static let none = Int32.max

  /// The number of places where it may begin.
  var count: Int { starts.count }

  /// The position of a place.
  func start(_ place: Int) -> Int32 { starts[place] }

  /// The first place from a position on.
  func place(from position: Int32) -> Int { starts.partitioningIndex { $0 >= position } }

  /// Whether a place was matched.
  func isKnown(_ place: Int) -> Bool { shortest[place] != Self.unknown }

  /// Where the shortest match from a place ends; beyond all positions where there is none.
  func shortestEnd(_ place: Int) -> Int32 { shortest[place] }

  /// The first place before a position that was not yet matched; nil where there is none.
  mutating func nextPlace(before position: Int32) -> Int? {
    while next < starts.count, isKnown(next) { next += 1 }
    return next < starts.count && starts[next] < position ? next : nil
  }

  /// Adds a place where it may begin, behind the others.
  mutating func add(_ start: Int32) {
    starts.append(start)
    shortest.append(Self.unknown)
  }

  /// Notes that a place is matched; its ends follow.
  mutating func begin(_ place: Int) { shortest[place] = Self.none }

  /// Notes an end of the matches from a place.
  mutating func add(end: Int32, of place: Int) {
    ends.append(end)
    shortest[place] = min(shortest[place], end)
  }

  /// Forgets the sentence.
  mutating func removeAll() {
    starts.removeAll(keepingCapacity: true)
    shortest.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    next = 0
  }
}
