internal import Annotations
internal import Reading

/// Reads the documents of one stream of bytes, one after another.
///
/// A reader takes no more memory than its longest document. The same bytes give the same elements in the same order.
/// After a failure it goes on with the next document where it can, and gives nil where it cannot.
protocol DocumentReader {
  /// The next document, or why there is none in its place; nil at the end.
  mutating func next() -> Result<Document, InputFailure>?
}

/// Where a stream comes from, and what is known about it from outside.
struct InputContext {
  /// The file as it was named, with the way into it: `news/a.zip!/2024/b.html`.
  var place: String
  /// What a document is called that is all of the stream: `2024/b`.
  var id: String
  /// The charset that is named outside the bytes, by an option or by HTTP; nil to find it.
  var charset: String?
  /// The moment at which the stream was fetched, for documents without a date.
  var date: String?
  /// How inputs are read.
  let options: InputOptions
  /// What turned the stream into UTF-8, where it was not so before; its remarks go to the documents.
  var decoding: DecodedBytes?
  /// How many packings are around the stream.
  var packings = 0
  /// What all packings of the file may give.
  let budget: UnpackingBudget
  /// What is to be said of every document of the stream.
  var remarks: [RecordDiagnostic] = []

  /// The context of a member of an archive.
  func member(_ name: String) -> InputContext {
    var inner = self
    inner.place = "\(place)!/\(name)"
    inner.id = "\(id)/\(Self.name(name))"
    return inner
  }

  /// A name without its ending, and without that of a compression behind it: `a` of `a.txt.gz`.
  static func name(_ name: some StringProtocol) -> String {
    func withoutEnding(_ name: Substring) -> Substring {
      guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
        name[name.index(before: dot)] != "/", !name[dot...].contains("/")
      else { return name }
      return name[..<dot]
    }
    let whole = Substring(name)
    let inner = withoutEnding(whole)
    let ending = whole[inner.endIndex...].dropFirst().lowercased()
    let isPacking = ["gz", "bz2", "xz", "zst", "lz4", "lz", "z", "lzma"].contains(ending)
    return String(isPacking ? withoutEnding(inner) : inner)
  }

  /// What is wrong with the stream, or with its part of this number.
  func failure(_ message: String, number: Int? = nil) -> InputFailure {
    InputFailure(place: number.map { "\(place)#\($0)" } ?? place, message: message)
  }

  /// That a part of the stream is longer than may be held.
  func tooLong(_ count: Int, _ what: String, number: Int? = nil) -> InputFailure {
    failure(
      "\(what) has \(count) bytes, more than the \(options.limits.valueBytes) that are held in memory for one document; "
        + "split it, or give its text as plain text", number: number)
  }

  /// A document of the stream: the one of this number, from 1, or all of it.
  ///
  /// A date that can't be read, an empty text and characters that are no text are remarked.
  func document(_ fields: DocumentFields, number: Int? = nil) -> Document {
    var document = Document(
      id: fields.id ?? number.map { "\(id)-\($0)" } ?? id,
      origin: number.map { "\(place)#\($0)" } ?? place,
      title: fields.title, date: options.date, text: fields.text,
      diagnostics: (decoding?.takeDiagnostics() ?? []) + remarks + fields.diagnostics)
    if let written = fields.date ?? (options.date == nil ? date : nil) {
      let time = WrittenDate(written)
      document.date = time.day ?? options.date
      document.clock = time.clock
      if let remark = time.remark { document.diagnostics.append(remark) }
      if fields.date == nil, let day = time.day {
        document.diagnostics.append(
          RecordDiagnostic(
            kind: "date", message: "the date \(day) is the day on which the document was fetched"))
      }
    }
    if let remark = SourceDecoder.strangeCharacters(in: fields.text) {
      document.diagnostics.append(remark)
    }
    if fields.text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
      document.diagnostics.append(
        RecordDiagnostic(kind: "empty", message: "there is no text in this document"))
    }
    return document
  }
}

/// What a container says of one document, as it is written there.
struct DocumentFields {
  var id: String?
  var title: String?
  /// A day, or a moment: `2024-06-15`, `2021-06-14T01:06:40`, `2021-05`.
  var date: String?
  var text: String
  /// What reading it had to say.
  var diagnostics: [RecordDiagnostic] = []
}
