/// A document as the pipeline takes it.
public struct Document: Sendable {
  /// What the record calls it.
  public var id: String
  /// The file, and the line where there is one: `news/a.jsonl#3`.
  public var origin: String
  /// The headline, where the container gives one.
  public var title: String?
  /// The day against which times are resolved.
  public var date: CalendarDate?
  /// The time of that day in seconds since midnight, where it is known.
  public var clock: Int?
  /// The text as it came, after decoding.
  public var text: String
  /// What reading it had to say.
  public var diagnostics: [RecordDiagnostic]

  /// A document.
  public init(
    id: String, origin: String = "", title: String? = nil, date: CalendarDate? = nil,
    clock: Int? = nil, text: String, diagnostics: [RecordDiagnostic] = []
  ) {
    self.id = id
    self.origin = origin
    self.title = title
    self.date = date
    self.clock = clock
    self.text = text
    self.diagnostics = diagnostics
  }
}

/// Something a reader should know about how a document was read; never an error of the run.
public struct RecordDiagnostic: Hashable, Sendable, Codable {
  /// The kind of what names or refers to several things of the document, and so was linked to none.
  public static let ambiguousReference = "ambiguous-reference"

  /// The kind of a record without the facts whose margin was too low.
  public static let ambiguousFacts = "ambiguous-facts"

  /// The kinds that say nothing of how the text could be read: they stand in the record, and nowhere else.
  public static let recordedOnly: Set<String> = ["dateline", ambiguousReference, ambiguousFacts]

  /// A stable word for the kind.
  public var kind: String
  /// What is wrong and what was done.
  public var message: String
  /// Where, in bytes from the start of the file; nil for the document as a whole.
  public var byteOffset: Int?
  /// Where in the text, in the unit of the record; nil for what was found before there was a text.
  public var span: Span?
  /// What may be meant, for what is ambiguous.
  public var candidates: [String]

  /// A half-open range of the text.
  public struct Span: Hashable, Sendable, Codable {
    public var start: Int
    public var end: Int

    /// The range from `start` up to, but not including, `end`.
    public init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }
  }

  /// A remark.
  public init(
    kind: String, message: String, byteOffset: Int? = nil, span: Span? = nil,
    candidates: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.byteOffset = byteOffset
    self.span = span
    self.candidates = candidates
  }
}
