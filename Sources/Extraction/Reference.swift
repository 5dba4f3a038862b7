internal import Annotations
internal import Segmentation

/// A place in the text that refers to a thing without being its name: 该局, 李局长, 市局, 我市. It is no mention.
struct Reference: Sendable {
  /// Where a thing is looked for.
  enum Reach: Sendable {
    /// The nearest one before.
    case nearest
    /// The only one of the document.
    case document
  }

  /// The characters.
  let range: TextRange
  /// What kind of thing is meant.
  let type: EntityType
  /// Where it is looked for.
  let reach: Reach
  /// Subtypes of mentions that are of the kind.
  var subtypes: [String] = []
  /// What names of the kind end in.
  var endings: [[UInt32]] = []
  /// The level of the region that it belongs to: 市 of 市局; empty where nothing says one.
  var level: [UInt32] = []
  /// The surname of the person who is meant.
  var surname: TextRange?
  /// The post or form of address behind it.
  var title: TextRange?
  /// The row that says what it refers to.
  let provenance: Provenance
}

/// A word for a kind of thing: 局, 公司.
struct ReferenceKind: Sendable {
  /// Where the word refers to a thing of the kind.
  enum Scope: String, Sendable {
    /// Behind a demonstrative.
    case any = ""
    /// The same, but not behind 我 and 本.
    case near
    /// Behind a level as well: 市局.
    case level
    /// By itself as well: 总局.
    case alone = "self"
  }

  let type: EntityType
  let subtypes: [String]
  let endings: [[UInt32]]
  let scope: Scope
  let provenance: Provenance

  /// What a row says; nil where it names no type.
  init?(_ sense: Sense, _ lexicon: Lexicon) {
    guard let type = lexicon.feature("entity", of: sense).flatMap(EntityType.init) else {
      return nil
    }
    self.type = type
    func list(_ column: String) -> [String] {
      lexicon.feature(column, of: sense)?.split(separator: " ").map { String($0) } ?? []
    }
    subtypes = list("kinds")
    endings = list("ends").map { $0.unicodeScalars.map(\.value) }
    scope = lexicon.feature("scope", of: sense).flatMap(Scope.init) ?? .any
    provenance = lexicon.provenance(of: sense)
  }

  /// A reference to a thing of the kind.
  func reference(
    _ range: TextRange, _ reach: Reference.Reach, level: [UInt32] = []
  ) -> Reference {
    Reference(
      range: range, type: type, reach: reach, subtypes: subtypes, endings: endings, level: level,
      provenance: provenance)
  }
}
