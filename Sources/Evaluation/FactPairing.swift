/// Which facts of a result are which facts of the gold: one to one, the pairs that agree most first.
///
/// Two facts may be a pair when subject, relation and object each agree enough (``SlotText/enough``). Of pairs
/// that agree alike the one of the earlier gold fact comes first, then that of the earlier result.
package struct FactPairing: Sendable {
  /// A fact of the gold and the fact of the result that is it.
  package struct Pair: Hashable, Sendable {
    package let gold: Int
    package let found: Int
    /// Whether every role has the same characters.
    package let isExact: Bool
  }

  /// The pairs, by the number of the gold fact.
  package let pairs: [Pair]
  /// The gold facts that are in no pair.
  package let missed: [Int]
  /// The facts of the result that are in no pair.
  package let extra: [Int]

  /// Pairs facts.
  /// - Complexity: O(gold × found).
  package init(gold: [FactText], found: [FactText]) {
    var candidates: [(sum: Double, pair: Pair)] = []
    for (row, one) in gold.enumerated() {
      for (column, other) in found.enumerated() {
        let agreements = one.agreements(with: other)
        guard let least = agreements.min(), least >= SlotText.enough else { continue }
        candidates.append(
          (agreements.reduce(0, +), Pair(gold: row, found: column, isExact: least == 1)))
      }
    }
    candidates.sort { left, right in
      left.sum != right.sum
        ? left.sum > right.sum
        : (left.pair.gold, left.pair.found) < (right.pair.gold, right.pair.found)
    }
    var byGold = [Pair?](repeating: nil, count: gold.count)
    var isTaken = [Bool](repeating: false, count: found.count)
    for (_, pair) in candidates where byGold[pair.gold] == nil && !isTaken[pair.found] {
      byGold[pair.gold] = pair
      isTaken[pair.found] = true
    }
    pairs = byGold.compactMap(\.self)
    missed = byGold.indices.filter { byGold[$0] == nil }
    extra = isTaken.indices.filter { !isTaken[$0] }
  }
}
