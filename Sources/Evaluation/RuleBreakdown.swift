internal import Annotations

/// What a result is.
package enum ResultKind: String, CaseIterable, Sendable {
  case name = "mention"
  case time
  case quantity
  case fact = "triple"
}

/// How often each rule and each row was right.
package struct RuleBreakdown: Sendable {
  /// A rule with what it gave.
  package struct Row: Hashable, Sendable {
    /// `file:line` in the knowledge; nil for results that name none, such as times.
    package let rule: String?
    package let kind: ResultKind
    package fileprivate(set) var results = 0
    package fileprivate(set) var hits = 0

    /// The results that are not in the gold.
    package var falseHits: Int { results - hits }
    /// The share of the results that are.
    package var precision: Double { results == 0 ? 0 : Double(hits) / Double(results) }
  }

  /// Those with the most false hits first.
  package let rows: [Row]

  /// Counts the results of a scorecard.
  package init(_ card: Scorecard) {
    struct Key: Hashable {
      let rule: String?
      let kind: ResultKind
    }
    var rows: [Key: Row] = [:]
    for score in card.documents {
      func count(_ kind: ResultKind, _ rules: [String?], _ extra: [Int]) {
        let extra = Set(extra)
        for (number, rule) in rules.enumerated() {
          let rule = rule.flatMap { $0.isEmpty ? nil : $0 }
          rows[Key(rule: rule, kind: kind), default: Row(rule: rule, kind: kind)].results += 1
          if !extra.contains(number) {
            rows[Key(rule: rule, kind: kind), default: Row(rule: rule, kind: kind)].hits += 1
          }
        }
      }
      count(.name, score.found.mentions.map(\.rule), score.names.extra)
      count(.time, score.found.times.map { _ in nil }, score.times.extra)
      count(.quantity, score.found.quantities.map(\.rule), score.quantities.extra)
      count(.fact, score.found.triples.map(\.rule), score.facts.extra)
    }
    self.rows = rows.values.sorted { left, right in
      (right.falseHits, right.results, left.kind.rawValue, left.rule ?? "")
        < (left.falseHits, left.results, right.kind.rawValue, right.rule ?? "")
    }
  }
}
