package import Annotations

/// A type of relations: what a knowledge base would call it, what fills its roles, and sentences that state it.
///
///     establish  设立  subject: person, organization, place  object: organization, place, thing
///
/// It says nothing of the words that state the relation: these are rows of lexicons and rules, which name the type.
package struct RelationType: Sendable {
  /// What may fill a role.
  package enum Kind: String, CaseIterable, Sendable {
    case person
    case organization
    case place
    case thing
    case event
    case amount
    case time
    /// Characters as they stand: another name.
    case text
    case any
  }

  /// A sentence, and the fact of this type that has to come out of it.
  package struct Example: Sendable {
    package let text: String
    /// `(subject, relation, object)`, with - for an empty role.
    package let fact: String
    package let provenance: Provenance

    /// A sentence with its fact.
    package init(text: String, fact: String, provenance: Provenance) {
      self.text = text
      self.fact = fact
      self.provenance = provenance
    }
  }

  /// What lexicons and records call it: `establish`.
  package let name: String
  /// What it is called in the language of the texts.
  package let title: String
  /// What may fill each role; nothing where the relation has no such role.
  package let subject: [Kind]
  package let object: [Kind]
  package let recipient: [Kind]
  /// Where it is declared.
  package let provenance: Provenance
  package var examples: [Example] = []

  /// A type without examples.
  package init(
    name: String, title: String, subject: [Kind], object: [Kind], recipient: [Kind],
    provenance: Provenance
  ) {
    self.name = name
    self.title = title
    self.subject = subject
    self.object = object
    self.recipient = recipient
    self.provenance = provenance
  }
}
