/// How many there should be, how many were found, and how many of these are right.
package struct Tally: Hashable, Sendable {
  package var gold = 0
  package var found = 0
  package var hits = 0

  /// Counts of nothing yet.
  package init() {}

  /// The share of what was found that is right; 0 where nothing was found.
  package var precision: Double { found == 0 ? 0 : Double(hits) / Double(found) }
  /// The share of what there is that was found; 0 where there is nothing.
  package var recall: Double { gold == 0 ? 0 : Double(hits) / Double(gold) }
  /// The harmonic mean of both.
  package var f1: Double {
    let (precision, recall) = (precision, recall)
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// What was found and is wrong.
  package var falseHits: Int { found - hits }
  /// What was not found.
  package var misses: Int { gold - hits }
  /// Whether nothing is missing and nothing is wrong.
  package var isPerfect: Bool { gold == hits && found == hits }

  /// Counts a question that the gold asks and the result answers.
  mutating func ask(_ isRight: Bool) {
    gold += 1
    found += 1
    hits += isRight ? 1 : 0
  }

  /// Sums counts.
  static func += (left: inout Tally, right: Tally) {
    left.gold += right.gold
    left.found += right.found
    left.hits += right.hits
  }
}
