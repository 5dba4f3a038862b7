internal import Annotations

/// The errors of a scorecard with their causes.
package struct ErrorList: Sendable {
  /// Names by type, times, quantities, their values, facts; of each what was missed before what is wrong. Kinds
  /// without an error are left out.
  package let groups: [ErrorGroup]

  /// Lists up to `limit` errors of each kind. With an explainer, what was missed is looked for in the stages of the
  /// extraction.
  package init(_ card: Scorecard, limit: Int, explainer: MissExplainer?) {
    var groups: [ErrorGroup] = []
    var explainer = explainer
    for type in EntityType.allCases {
      groups += Self.names(type, card, limit, &explainer)
    }
    groups += Self.spans(
      "times", card, limit, pairing: \.times,
      gold: { $0.gold.times.map { ($0.text, $0.span) } },
      found: { $0.found.times.map { ($0.text, $0.span, nil) } },
      why: { explainer?.cause(of: $0.gold.times[$1], in: $0.gold.id) })
    groups += Self.spans(
      "quantities", card, limit, pairing: \.quantities,
      gold: { $0.gold.quantities.map { ($0.text, $0.span) } },
      found: { $0.found.quantities.map { ($0.text, $0.span, $0.rule) } },
      why: { explainer?.cause(of: $0.gold.quantities[$1], in: $0.gold.id) })
    for measure in [
      Measure.timeValues, .quantityValues, .quantityMeasures, .quantityModifiers, .quantityCounted,
    ] {
      groups.append(Self.values(measure, card, limit))
    }
    groups.append(Self.missedFacts(card, limit, &explainer))
    groups.append(Self.extraFacts(card, limit))
    self.groups = groups.filter { $0.count > 0 }
  }

  // MARK: Names

  private static func names(
    _ type: EntityType, _ card: Scorecard, _ limit: Int, _ explainer: inout MissExplainer?
  ) -> [ErrorGroup] {
    var missed: [ErrorGroup.Item] = []
    var extra: [ErrorGroup.Item] = []
    for score in card.documents {
      let (gold, found) = (score.gold.names, score.found.mentions)
      for name in score.names.missed.map({ gold[$0] }) where name.type == type {
        let rivals = found.filter { $0.span.overlaps(name.span) }
        var item = ErrorGroup.Item(
          id: score.gold.id, text: name.text,
          cause: cause(rivals.map { ($0.span, $0.type) }, name.span, none: "nothing there"),
          details: rivals.map { "found \($0.type.rawValue) \($0.text)\(place($0.rule))" })
        // Asking costs an analysis of the document, so only what is shown is asked about.
        if missed.count < limit, let why = explainer?.cause(of: name, in: score.gold.id) {
          item.details.append("why: \(why)")
        }
        missed.append(item)
      }
      for mention in score.names.extra.map({ found[$0] }) where mention.type == type {
        let rivals = gold.filter { $0.span.overlaps(mention.span) }
        extra.append(
          ErrorGroup.Item(
            id: score.gold.id, text: mention.text, rule: known(mention.rule),
            cause: cause(rivals.map { ($0.span, $0.type) }, mention.span, none: "no name there"),
            details: rivals.map { "the gold has \($0.type.rawValue) \($0.text)" }))
      }
    }
    return [
      ErrorGroup(.missed, type.rawValue, missed, keeping: limit),
      ErrorGroup(.extra, type.rawValue, extra, keeping: limit),
    ]
  }

  private static func cause(
    _ rivals: [(span: SourceRange, type: EntityType)], _ span: SourceRange, none: String
  ) -> String {
    if rivals.isEmpty { return none }
    return rivals.contains { $0.span == span } ? "other type" : "other span"
  }

  // MARK: Times and quantities

  private static func spans(
    _ name: String, _ card: Scorecard, _ limit: Int, pairing: KeyPath<DocumentScore, SpanPairing>,
    gold: (DocumentScore) -> [(text: String, span: SourceRange)],
    found: (DocumentScore) -> [(text: String, span: SourceRange, rule: String?)],
    why: (DocumentScore, Int) -> String?
  ) -> [ErrorGroup] {
    var missed: [ErrorGroup.Item] = []
    var extra: [ErrorGroup.Item] = []
    for score in card.documents {
      let (wanted, given) = (gold(score), found(score))
      for number in score[keyPath: pairing].missed {
        let one = wanted[number]
        let rivals = given.filter { $0.span.overlaps(one.span) }
        var item = ErrorGroup.Item(
          id: score.gold.id, text: one.text,
          cause: rivals.isEmpty ? "nothing there" : "other span",
          details: rivals.map { "found \($0.text)\(place($0.rule))" })
        if missed.count < limit, let why = why(score, number) { item.details.append("why: \(why)") }
        missed.append(item)
      }
      for one in score[keyPath: pairing].extra.map({ given[$0] }) {
        let rivals = wanted.filter { $0.span.overlaps(one.span) }
        extra.append(
          ErrorGroup.Item(
            id: score.gold.id, text: one.text, rule: one.rule,
            cause: rivals.isEmpty ? "none there" : "other span",
            details: rivals.map { "the gold has \($0.text)" }))
      }
    }
    return [
      ErrorGroup(.missed, name, missed, keeping: limit),
      ErrorGroup(.extra, name, extra, keeping: limit),
    ]
  }

  private static func values(_ measure: Measure, _ card: Scorecard, _ limit: Int) -> ErrorGroup {
    let items = card.documents.flatMap { score in
      score.wrongValues.filter { $0.measure == measure }.map { wrong in
        ErrorGroup.Item(
          id: score.gold.id, text: wrong.text, rule: wrong.rule,
          cause: wrong.found == nil ? "nothing said" : "another value",
          details: ["\(wrong.found ?? "nothing"), expected \(wrong.gold ?? "nothing")"])
      }
    }
    let name = measure.rawValue.split(separator: " ").first.map(String.init) ?? ""
    return ErrorGroup(.wrong, name, items, keeping: limit)
  }

  // MARK: Facts

  private static func missedFacts(
    _ card: Scorecard, _ limit: Int, _ explainer: inout MissExplainer?
  ) -> ErrorGroup {
    var items: [ErrorGroup.Item] = []
    for score in card.documents {
      for (number, nearest) in zip(score.facts.missed, score.nearestToMissed()) {
        let fact = score.goldFacts[number]
        var details: [String] = []
        let cause: String
        switch nearest {
        case .fact(let other, let differing, let partner):
          let given = score.foundFacts[other]
          cause = Self.cause(differing)
          details = [
            "nearest: \(given.written)\(place(score.found.triples[other].rule))"
              + (partner.map { ", which is \(score.goldFacts[$0].written)" } ?? "")
          ]
          details += differing.map { role in
            "\(role.rawValue) is \(shown(given[role])), expected \(shown(fact[role]))"
          }
        case .none(let isEmpty):
          cause = isEmpty ? "no result in its sentence" : "no result with its predicate"
        }
        if items.count < limit, explainer != nil, !nearest.hasItsPredicate,
          let why = explainer?.cause(of: score.gold.facts[number], in: score.gold.id)
        {
          details.append("why: \(why)")
        }
        items.append(
          ErrorGroup.Item(
            id: score.gold.id, text: fact.written, cause: cause, details: details))
      }
    }
    return ErrorGroup(.missed, "triples", items, keeping: limit)
  }

  private static func extraFacts(_ card: Scorecard, _ limit: Int) -> ErrorGroup {
    var items: [ErrorGroup.Item] = []
    for score in card.documents {
      for (number, nearest) in zip(score.facts.extra, score.nearestToExtra()) {
        let fact = score.foundFacts[number]
        var details: [String] = []
        let cause: String
        switch nearest {
        case .fact(let other, let differing, let partner):
          let wanted = score.goldFacts[other]
          cause = Self.cause(differing)
          details = [
            "nearest in the gold: \(wanted.written)"
              + (partner.map { ", which is \(score.foundFacts[$0].written)" } ?? "")
          ]
          details += differing.map { role in
            "\(role.rawValue) is \(shown(fact[role])), expected \(shown(wanted[role]))"
          }
        case .none(let isEmpty):
          cause =
            isEmpty ? "no fact in its sentence" : "no fact with its predicate"
        }
        items.append(
          ErrorGroup.Item(
            id: score.gold.id, text: fact.written, rule: known(score.found.triples[number].rule),
            cause: cause, details: details))
      }
    }
    return ErrorGroup(.extra, "triples", items, keeping: limit)
  }

  private static func cause(_ differing: [FactRole]) -> String {
    switch differing.count {
    case 0: "paired with another"
    case 1: "\(differing[0].rawValue) differs"
    default: differing.map(\.rawValue).joined(separator: " and ") + " differ"
    }
  }

  private static func shown(_ slot: SlotText) -> String { slot.isEmpty ? "empty" : slot.text }

  private static func known(_ rule: String?) -> String? { rule.flatMap { $0.isEmpty ? nil : $0 } }

  private static func place(_ rule: String?) -> String {
    known(rule).map { "  [\($0)]" } ?? ""
  }
}

extension NearestFact {
  /// Whether there is a fact with the predicate, so that it is known how far the rules came.
  fileprivate var hasItsPredicate: Bool {
    if case .fact(_, let differing, _) = self { return !differing.contains(.relation) }
    return false
  }
}
