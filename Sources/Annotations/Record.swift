/// What is written about one document: the one truth that every output format is a view of.
///
/// All offsets are half-open and point into the text as it came (after decoding, before any
/// normalisation), in the unit that ``OffsetUnit`` names. Names and slots are in normalised form.
///
/// What a row may lack is written `Optional<…>`, since a field with `?` is nil before it is given its value, and a row of
/// such fields is copied when it is made.
public struct Record: Sendable, Hashable {
  /// What made the record.
  public struct Engine: Sendable, Hashable {
    /// The engine's version.
    public var version: String
    /// `sha256:` and the hash of the knowledge files.
    public var knowledge: String
    /// ICU's version, whose dictionary is the base of the words.
    public var icu: String
    /// An engine's names.
    public init(version: String, knowledge: String, icu: String) {
      self.version = version
      self.knowledge = knowledge
      self.icu = icu
    }
  }

  /// A name in the text.
  public struct Mention: Sendable, Hashable {
    public var id: String
    public var type: EntityType
    public var subtype: Optional<String>
    public var text: String
    public var start: Int
    public var end: Int
    public var entity: String
    public var rule: String

    /// A row of the record with all its fields.
    public init(
      id: String, type: EntityType, subtype: String?, text: String, start: Int, end: Int,
      entity: String, rule: String
    ) {
      self.id = id
      self.type = type
      self.subtype = subtype
      self.text = text
      self.start = start
      self.end = end
      self.entity = entity
      self.rule = rule
    }
  }

  /// A name inside of another one, or in a word that is no name.
  public struct Nested: Sendable, Hashable {
    public var type: EntityType
    public var text: String
    public var start: Int
    public var end: Int
    /// The mention that it is in; nil for an abbreviation.
    public var within: Optional<String>
    /// The canonical name, where the lexicon gives one.
    public var name: Optional<String>
    public var rule: String

    /// A row of the record with all its fields.
    public init(
      type: EntityType, text: String, start: Int, end: Int, within: String?, name: String?,
      rule: String
    ) {
      self.type = type
      self.text = text
      self.start = start
      self.end = end
      self.within = within
      self.name = name
      self.rule = rule
    }
  }

  /// A place in the text that refers to a thing without naming it: 该局, 李局长.
  public struct Reference: Sendable, Hashable {
    public var text: String
    public var start: Int
    public var end: Int
    public var rule: String

    /// A row of the record with all its fields.
    public init(text: String, start: Int, end: Int, rule: String) {
      self.text = text
      self.start = start
      self.end = end
      self.rule = rule
    }
  }

  /// A thing that mentions name.
  public struct Entity: Sendable, Hashable {
    public var id: String
    public var type: EntityType
    public var name: String
    public var aliases: [String]
    public var mentions: [String]
    /// Where else the text refers to it.
    public var references: [Reference]
    /// The region that the name was completed with, where the text does not write it in full.
    public var completedWith: Optional<String>

    /// A row of the record with all its fields.
    public init(
      id: String, type: EntityType, name: String, aliases: [String], mentions: [String],
      references: [Reference] = [], completedWith: String? = nil
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.aliases = aliases
      self.mentions = mentions
      self.references = references
      self.completedWith = completedWith
    }
  }

  /// A time.
  public struct Time: Sendable, Hashable {
    public var id: String
    public var text: String
    public var start: Int
    public var end: Int
    public var value: Optional<String>
    public var mod: Optional<String>

    /// A row of the record with all its fields.
    public init(
      id: String, text: String, start: Int, end: Int, value: String?, mod: String?
    ) {
      self.id = id
      self.text = text
      self.start = start
      self.end = end
      self.value = value
      self.mod = mod
    }
  }

  /// A quantity.
  public struct Quantity: Sendable, Hashable {
    public var id: String
    public var text: String
    public var start: Int
    public var end: Int
    public var kind: Annotations.Quantity.Kind
    public var value: Optional<String>
    public var low: Optional<String>
    public var high: Optional<String>
    public var measure: Optional<String>
    public var unit: Optional<String>
    public var mod: Modifier
    public var of: Optional<String>
    public var rule: Optional<String>

    /// A row of the record with all its fields.
    public init(
      id: String, text: String, start: Int, end: Int, kind: Annotations.Quantity.Kind,
      value: String?, low: String?, high: String?, measure: String?, unit: String?,
      mod: Modifier, of: String?, rule: String?
    ) {
      self.id = id
      self.text = text
      self.start = start
      self.end = end
      self.kind = kind
      self.value = value
      self.low = low
      self.high = high
      self.measure = measure
      self.unit = unit
      self.mod = mod
      self.of = of
      self.rule = rule
    }
  }

  /// A role of a triple.
  public struct Slot: Sendable, Hashable {
    public var text: String
    public var type: Optional<String>
    public var value: Optional<String>
    public var start: Optional<Int>
    public var end: Optional<Int>
    public var entity: Optional<String>
    public var quantity: Optional<String>
    public var carried: Bool

    /// A filled role; roles that no characters of the text fill have no offsets.
    public init(
      text: String, type: String? = nil, value: String? = nil, start: Int? = nil, end: Int? = nil,
      entity: String? = nil, quantity: String? = nil, carried: Bool
    ) {
      self.text = text
      self.type = type
      self.value = value
      self.start = start
      self.end = end
      self.entity = entity
      self.quantity = quantity
      self.carried = carried
    }
  }

  /// A typed value, nested ones too.
  public struct Value: Sendable, Hashable {
    public var type: TypedValue.ExpressionType
    public var text: String
    public var start: Int
    public var end: Int
    public var value: TypedValue.Reading
    public var alternatives: [TypedValue.Reading]

    /// A row of the record with all its fields.
    public init(
      type: TypedValue.ExpressionType, text: String, start: Int, end: Int,
      value: TypedValue.Reading, alternatives: [TypedValue.Reading]
    ) {
      self.type = type
      self.text = text
      self.start = start
      self.end = end
      self.value = value
      self.alternatives = alternatives
    }
  }

  /// A fact.
  public struct Triple: Sendable, Hashable {
    public var id: String
    public var subject: Optional<Slot>
    public var relation: Slot
    public var object: Optional<Slot>
    public var time: Optional<Slot>
    public var place: Optional<Slot>
    public var recipient: Optional<Slot>
    public var source: Optional<Slot>
    public var org: Optional<Slot>
    public var status: Status
    public var group: Optional<String>
    public var margin: Optional<Int>
    public var rule: String
    public var sentenceStart: Int
    public var sentenceEnd: Int

    /// A row of the record with all its fields.
    public init(
      id: String, subject: Slot?, relation: Slot, object: Slot?, time: Slot?, place: Slot?,
      recipient: Slot?, source: Slot?, org: Slot?, status: Status, group: String?,
      margin: Int? = nil, rule: String, sentenceStart: Int, sentenceEnd: Int
    ) {
      self.id = id
      self.subject = subject
      self.relation = relation
      self.object = object
      self.time = time
      self.place = place
      self.recipient = recipient
      self.source = source
      self.org = org
      self.status = status
      self.group = group
      self.margin = margin
      self.rule = rule
      self.sentenceStart = sentenceStart
      self.sentenceEnd = sentenceEnd
    }
  }

  /// A place where the normalised text reads the source differently than it is written.
  public struct Repair: Sendable, Hashable {
    public var start: Int
    public var end: Int
    public var kind: String
    public var read: String

    /// A row of the record with all its fields.
    public init(
      start: Int, end: Int, kind: String, read: String
    ) {
      self.start = start
      self.end = end
      self.kind = kind
      self.read = read
    }
  }

  public var id: String
  public var origin: String
  public var title: String?
  public var date: String?
  public var offsets: OffsetUnit
  public var engine: Engine
  public var mentions: [Mention] = []
  /// Names inside of these; see ``Nested``.
  public var nested: [Nested] = []
  /// Places that stand as a part of a word: 中 and 美 in 中美.
  public var abbreviations: [Nested] = []
  public var entities: [Entity] = []
  public var times: [Time] = []
  public var quantities: [Quantity] = []
  public var triples: [Triple] = []
  /// All typed values, where they were asked for.
  public var values: [Value]?
  public var repairs: [Repair] = []
  public var diagnostics: [RecordDiagnostic] = []

  /// An empty record of a document.
  public init(
    id: String, origin: String, title: String?, date: String?, offsets: OffsetUnit, engine: Engine,
    diagnostics: [RecordDiagnostic]
  ) {
    self.id = id
    self.origin = origin
    self.title = title
    self.date = date
    self.offsets = offsets
    self.engine = engine
    self.diagnostics = diagnostics
  }
}

/// What offsets in a record count.
public enum OffsetUnit: String, Sendable, Hashable, CaseIterable {
  /// Unicode scalars, as Python's strings count.
  case scalar
  /// Bytes of UTF-8.
  case utf8
  /// Units of UTF-16, as JavaScript's and Java's strings count.
  case utf16
}
