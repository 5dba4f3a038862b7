package import Annotations

/// Facts by the type of their relation, and names by type and subtype.
///
/// The gold has no types of relations. A gold fact that was found counts to the type of its pair; one that was
/// missed to the type that the result gives to the same verb elsewhere, else to the verb itself. So does a fact
/// of the result that has no type.
package struct TypeBreakdown: Sendable {
  /// A line with its counts.
  package struct Row: Hashable, Sendable {
    /// The type, or the verb where there is none.
    package let name: String
    package let tally: Tally
  }

  /// A subtype of names. The gold has none, so nothing can be missing.
  package struct Subtype: Hashable, Sendable {
    package let type: EntityType
    /// What the rule or the lexicon says; nil for nothing.
    package let name: String?
    package fileprivate(set) var results = 0
    package fileprivate(set) var hits = 0

    /// The share of the results that are right.
    package var precision: Double { results == 0 ? 0 : Double(hits) / Double(results) }
  }

  /// Facts, those with the most misses and false hits first.
  package let facts: [Row]
  /// Names by type, in the order of the table.
  package let names: [Row]
  /// Names by subtype, in the order of the types, the most frequent first.
  package let subtypes: [Subtype]

  /// Counts the results of a scorecard.
  package init(_ card: Scorecard) {
    facts = Self.facts(card)
    names = EntityType.allCases.map {
      Row(name: $0.rawValue, tally: card.figures[Measure($0)])
    }
    var subtypes: [String: Subtype] = [:]
    for score in card.documents {
      let extra = Set(score.names.extra)
      for (number, mention) in score.found.mentions.enumerated() {
        var row =
          subtypes["\(mention.type)/\(mention.subtype ?? "")"]
          ?? Subtype(type: mention.type, name: mention.subtype)
        row.results += 1
        if !extra.contains(number) { row.hits += 1 }
        subtypes["\(mention.type)/\(mention.subtype ?? "")"] = row
      }
    }
    let order = Dictionary(
      uniqueKeysWithValues: zip(EntityType.allCases, EntityType.allCases.indices))
    self.subtypes = subtypes.values.sorted { left, right in
      (order[left.type] ?? 0, right.results, left.name ?? "")
        < (order[right.type] ?? 0, left.results, right.name ?? "")
    }
  }

  private static func facts(_ card: Scorecard) -> [Row] {
    let types = typesOfVerbs(card)
    func name(_ relation: SlotText) -> String { types[relation] ?? relation.text }
    var tallies: [String: Tally] = [:]
    for score in card.documents {
      func type(_ number: Int) -> String? { score.found.triples[number].relation.type }
      for pair in score.facts.pairs {
        let key = type(pair.found) ?? name(score.goldFacts[pair.gold].relation)
        tallies[key, default: Tally()].ask(true)
      }
      for number in score.facts.missed {
        tallies[name(score.goldFacts[number].relation), default: Tally()].gold += 1
      }
      for number in score.facts.extra {
        let key = type(number) ?? name(score.foundFacts[number].relation)
        tallies[key, default: Tally()].found += 1
      }
    }
    return tallies.map { Row(name: $0.key, tally: $0.value) }.sorted { left, right in
      func wrong(_ row: Row) -> Int { row.tally.misses + row.tally.falseHits }
      return (wrong(right), right.tally.gold, left.name)
        < (wrong(left), left.tally.gold, right.name)
    }
  }

  /// The type that the result gives most often to a verb.
  private static func typesOfVerbs(_ card: Scorecard) -> [SlotText: String] {
    var counts: [SlotText: [String: Int]] = [:]
    for score in card.documents {
      for (triple, fact) in zip(score.found.triples, score.foundFacts) {
        guard let type = triple.relation.type else { continue }
        counts[fact.relation, default: [:]][type, default: 0] += 1
      }
    }
    return counts.compactMapValues { types in
      types.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
  }
}
