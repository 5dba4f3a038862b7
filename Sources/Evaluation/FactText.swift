package import Annotations

/// A role of a fact, by its key in the record.
package enum FactRole: String, CaseIterable, Sendable {
  case subject
  case relation
  case object
}

/// A fact as it is compared: its roles and qualifiers as slot texts.
package struct FactText: Hashable, Sendable {
  package let subject: SlotText
  package let relation: SlotText
  package let object: SlotText
  /// Time, place, recipient, source and organisation, in this order.
  package let qualifiers: [SlotText]
  package let status: Status

  /// A fact of the gold.
  package init(_ fact: GoldDocument.Fact) {
    subject = SlotText(fact.subject)
    relation = SlotText(fact.relation)
    object = SlotText(fact.object)
    qualifiers = [fact.time, fact.place, fact.recipient, fact.source, fact.organization]
      .map { SlotText($0) }
    status = fact.status
  }

  /// A fact of a result.
  package init(_ triple: Record.Triple) {
    subject = SlotText(triple.subject?.text)
    relation = SlotText(triple.relation.text)
    object = SlotText(triple.object?.text)
    qualifiers = [triple.time, triple.place, triple.recipient, triple.source, triple.org]
      .map { SlotText($0?.text) }
    status = triple.status
  }

  /// One of the three roles.
  package subscript(role: FactRole) -> SlotText {
    switch role {
    case .subject: subject
    case .relation: relation
    case .object: object
    }
  }

  /// How far the three roles agree, in their order.
  package func agreements(with other: FactText) -> [Double] {
    FactRole.allCases.map { self[$0].agreement(with: other[$0]) }
  }

  /// `(subject, relation, object)` with - for an empty role.
  package var written: String {
    "(" + FactRole.allCases.map { self[$0].isEmpty ? "-" : self[$0].text }.joined(separator: ", ")
      + ")"
  }
}
