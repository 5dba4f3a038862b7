internal import Annotations

/// Two results held against the same gold: what one has won and lost against the other.
package struct RunComparison: Sendable {
  /// What became of a fact or a span from the earlier result to the later one.
  package enum Fate: String, CaseIterable, Sendable {
    /// In the gold, and found now.
    case won
    /// In the gold, and found no more.
    case lost
    /// Not in the gold, and found now.
    case newFalse = "new false"
    /// Not in the gold, and found no more.
    case goneFalse = "gone false"
  }

  /// One change.
  package struct Change: Hashable, Sendable {
    package let fate: Fate
    package let kind: ResultKind
    /// `ORG 和平区教育局`, `(和平区, 建立, 14个培养基地)`.
    package let text: String
    /// The rule of the result that has it, where it says so.
    package let rule: String?
  }

  /// The changes of a document.
  package struct DocumentChanges: Sendable {
    package let id: String
    package let changes: [Change]
  }

  package let before: Figures
  package let after: Figures
  /// The documents in which something changed, in the order of the gold.
  package let documents: [DocumentChanges]

  /// Compares two scorecards of the same gold.
  package init(before: Scorecard, after: Scorecard) {
    self.before = before.figures
    self.after = after.figures
    documents = zip(before.documents, after.documents).compactMap { one, other in
      let changes = Self.changes(one, other)
      return changes.isEmpty ? nil : DocumentChanges(id: other.gold.id, changes: changes)
    }
  }

  /// How many changes there are of a fate and a kind.
  package func count(_ fate: Fate, _ kind: ResultKind) -> Int {
    documents.reduce(0) { sum, document in
      sum + document.changes.count { $0.fate == fate && $0.kind == kind }
    }
  }

  private static func changes(_ before: DocumentScore, _ after: DocumentScore) -> [Change] {
    var changes: [Change] = []
    for kind in [ResultKind.fact, .name, .time, .quantity] {
      let (one, other) = (outcome(of: before, kind), outcome(of: after, kind))
      func add(_ fate: Fate, _ items: [Item], without rest: [Item]) {
        var counts = Dictionary(rest.map { ($0.text, 1) }, uniquingKeysWith: +)
        for item in items {
          if let count = counts[item.text], count > 0 {
            counts[item.text] = count - 1
          } else {
            changes.append(Change(fate: fate, kind: kind, text: item.text, rule: item.rule))
          }
        }
      }
      add(.won, other.hits, without: one.hits)
      add(.lost, one.hits, without: other.hits)
      add(.newFalse, other.extra, without: one.extra)
      add(.goneFalse, one.extra, without: other.extra)
    }
    return changes
  }

  private struct Item {
    let text: String
    let rule: String?
  }

  /// What is right, as the gold has it, and what is wrong, as the result has it.
  private static func outcome(
    of score: DocumentScore, _ kind: ResultKind
  ) -> (hits: [Item], extra: [Item]) {
    let (gold, found) = (score.gold, score.found)
    switch kind {
    case .fact:
      return (
        score.facts.pairs.map {
          Item(text: score.goldFacts[$0.gold].written, rule: found.triples[$0.found].rule)
        },
        score.facts.extra.map {
          Item(text: score.foundFacts[$0].written, rule: found.triples[$0].rule)
        }
      )
    case .name:
      return (
        score.names.pairs.map {
          let name = gold.names[$0.gold]
          return Item(
            text: "\(name.type.rawValue) \(name.text) at \(name.span.start)",
            rule: found.mentions[$0.found].rule)
        },
        score.names.extra.map {
          let mention = found.mentions[$0]
          return Item(
            text: "\(mention.type.rawValue) \(mention.text) at \(mention.start)",
            rule: mention.rule)
        }
      )
    case .time:
      return (
        score.times.pairs.map {
          Item(
            text: "\(gold.times[$0.gold].text) at \(gold.times[$0.gold].span.start)", rule: nil)
        },
        score.times.extra.map {
          Item(text: "\(found.times[$0].text) at \(found.times[$0].start)", rule: nil)
        }
      )
    case .quantity:
      func item(_ quantity: Record.Quantity) -> Item {
        Item(text: "\(quantity.text) at \(quantity.start)", rule: quantity.rule)
      }
      return (
        score.quantities.pairs.map { item(found.quantities[$0.found]) },
        score.quantities.extra.map { item(found.quantities[$0]) }
      )
    }
  }
}
