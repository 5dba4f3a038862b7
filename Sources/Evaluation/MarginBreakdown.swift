internal import Annotations

/// How often the facts were right that a least margin leaves (`Record.Triple.margin`): what it gains in precision, and what
/// it costs in recall.
package struct MarginBreakdown: Sendable {
  /// The facts with at least a margin. Those without one, which no grammar read, are in all rows.
  package struct Row: Hashable, Sendable {
    package let least: Int
    package let tally: Tally
  }

  /// A row for each margin that a fact has, the lowest first.
  package let rows: [Row]

  /// Counts the facts of a scorecard.
  package init(_ card: Scorecard) {
    var facts: [(margin: Int, isHit: Bool)] = []
    for score in card.documents {
      let extra = Set(score.facts.extra)
      for (number, triple) in score.found.triples.enumerated() {
        facts.append((triple.margin ?? .max, !extra.contains(number)))
      }
    }
    let gold = card.figures[.facts].gold
    rows = Set(facts.map(\.margin)).subtracting([.max]).sorted().map { least in
      let left = facts.filter { $0.margin >= least }
      var tally = Tally()
      tally.gold = gold
      tally.found = left.count
      tally.hits = left.count { $0.isHit }
      return Row(least: least, tally: tally)
    }
  }
}
