/// The kinds of named things that a record lists.
public enum EntityType: String, Hashable, Sendable, Codable, CaseIterable {
  case organization = "ORG"
  case person = "PER"
  case location = "LOC"
  case title = "TITLE"
  case work = "WORK"
  case event = "EVENT"
}

/// A place in the text that names something.
public struct Mention: Hashable, Sendable {
  /// The characters of the name.
  public var range: TextRange
  /// What kind of thing it names.
  public var type: EntityType
  /// A finer kind, such as `government`; free.
  public var subtype: String?
  /// The canonical name, where the lexicon gives one.
  public var name: String?
  /// The rule or row that found it.
  public var provenance: Provenance

  /// A mention.
  public init(
    range: TextRange, type: EntityType, subtype: String? = nil, name: String? = nil,
    provenance: Provenance
  ) {
    self.range = range
    self.type = type
    self.subtype = subtype
    self.name = name
    self.provenance = provenance
  }
}
