/// How sure the text itself is of a fact.
public enum Status: String, Hashable, Sendable, Codable {
  case asserted
  case negated
  case planned
  case hypothetical
}

/// A role of a triple: the characters that fill it.
public struct Slot: Hashable, Sendable {
  /// The characters.
  public var range: TextRange
  /// Whether it was taken over from an earlier clause.
  public var carried: Bool

  /// A filled role.
  public init(range: TextRange, carried: Bool = false) {
    self.range = range
    self.carried = carried
  }
}

/// A fact of the text: who did what, to what, and when, where and according to whom.
public struct Triple: Hashable, Sendable {
  /// Who or what.
  public var subject: Slot?
  /// The predicate as it is written. Empty range for relations that no word of the text names.
  public var relation: Slot
  /// What the relation is called when no word of the text names it (任职, 简称).
  public var relationName: String?
  /// The relation's type, such as `establish`, where the lexicon knows it.
  public var relationType: String?
  /// To whom or what; absent for predicates without an object.
  public var object: Slot?
  /// When: the nearest time that governs the clause.
  public var time: Slot?
  /// Where.
  public var place: Slot?
  /// To or with whom.
  public var recipient: Slot?
  /// Who said so.
  public var source: Slot?
  /// In which organisation or country a post is held.
  public var organization: Slot?
  /// How sure the text is.
  public var status: Status
  /// The facts that come from one coordination share a number.
  public var group: Int?
  /// What the cheapest reading of the sentence costs more that reads its subject, relation or object otherwise, as far as it
  /// was looked at (0 to 20): the less, the more ambiguous is the text to the grammar. Absent where no grammar read it.
  public var margin: Int?
  /// The rule that found it.
  public var provenance: Provenance
  /// The sentence it stands in.
  public var sentence: TextRange

  /// A fact with its subject, relation and object.
  public init(
    subject: Slot?, relation: Slot, object: Slot?, status: Status = .asserted,
    provenance: Provenance, sentence: TextRange
  ) {
    self.subject = subject
    self.relation = relation
    self.object = object
    self.status = status
    self.provenance = provenance
    self.sentence = sentence
  }
}
