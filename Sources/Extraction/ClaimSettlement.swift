internal import Annotations

/// A span that wants to be one thing: a name, a time or a quantity.
struct Claim {
  enum Kind: Int {
    case name
    case time
    case quantity
  }

  let edge: Edge
  let kind: Kind
  let weight: Int
  /// The place among the results of its kind.
  let number: Int
}

/// Settles which of overlapping claims stand.
///
/// The longest wins, where a rule's weight counts like characters; ties go to names before times
/// before quantities, then to the earlier start. Names inside of one that stands are told apart from it.
enum ClaimSettlement {
  /// The claims that stand, in the order of the text.
  /// - Complexity: O(n log n), and the claims behind each one that is put before them.
  static func settle(_ claims: [Claim]) -> [Claim] {
    let ranked = claims.sorted { left, right in
      let (a, b) = (left.edge.range, right.edge.range)
      let (reachA, reachB) = (a.count + left.weight, b.count + right.weight)
      if reachA != reachB { return reachA > reachB }
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      return a.lower != b.lower ? a.lower < b.lower : left.number < right.number
    }
    // In the order of the text, in which what stands behind a claim's beginning shows whether the claim is free.
    var kept: [Claim] = []
    kept.reserveCapacity(ranked.count)
    for claim in ranked where !claim.edge.range.isEmpty {
      let range = claim.edge.range
      let place = kept.partitioningIndex { $0.edge.range.upper > range.lower }
      if place == kept.count || kept[place].edge.range.lower >= range.upper {
        kept.insert(claim, at: place)
      }
    }
    return kept
  }

  /// The names inside of one that stands, settled among each other, and those inside of these: the outer ones
  /// first.
  static func nested(in outer: Claim, _ names: [Claim]) -> [Claim] {
    let inside = names.filter {
      outer.edge.range.contains($0.edge.range) && $0.edge.range != outer.edge.range
    }
    if inside.isEmpty { return [] }
    return settle(inside).flatMap { [$0] + nested(in: $0, inside) }
  }
}
