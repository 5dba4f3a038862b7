package import Annotations
internal import Rules

/// A place in the text that refers to a thing without being its name: 该局, 李局长, 市局.
///
/// Rules find them and say what kind of thing is meant; ``EntityLinker`` says which one. They are no mentions.
package struct Reference: Hashable, Sendable {
  /// The class whose results are references.
  static let className = "REFERENCE"

  /// The characters.
  package let range: TextRange
  /// What kind of thing is meant.
  package let type: EntityType
  /// Subtypes of mentions that are of the kind.
  package let subtypes: [String]
  /// What names of the kind end in.
  package let endings: [[UInt32]]
  /// Whether the only one of the document is meant, and not the nearest.
  package let isOfDocument: Bool
  /// The level of the region before it: 市 of 市局.
  package let level: TextRange?
  /// The surname of the person who is meant.
  package let surname: TextRange?
  /// The post or form of address behind it.
  package let title: TextRange?
  /// The rule that found it.
  package let provenance: Provenance

  /// What a match of a rule refers to; nil where the rule names no type.
  init?(_ match: RuleMatch) {
    guard let type = match.text("type").flatMap(EntityType.init) else { return nil }
    range = match.range
    self.type = type
    subtypes = match.text("kinds")?.split(separator: " ").map { String($0) } ?? []
    endings = match.text("ends")?.split(separator: " ").map { $0.unicodeScalars.map(\.value) } ?? []
    isOfDocument = match.text("scope") == "document"
    level = match.range("level")
    surname = match.range("surname")
    title = match.range("title")
    provenance = match.provenance
  }
}
