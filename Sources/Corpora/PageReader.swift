internal import Annotations
internal import Reading

/// A web page, which is one document: its article, or all of its text where none is found.
struct PageReader: DocumentReader {
  private let stream: ByteStream
  private let context: InputContext
  private var isAtEnd = false

  init(_ stream: ByteStream, context: InputContext) {
    self.stream = stream
    self.context = context
  }

  mutating func next() -> Result<Document, InputFailure>? {
    guard !isAtEnd else { return nil }
    isAtEnd = true
    do {
      let bytes = try stream.all(limit: context.options.limits.valueBytes)
      // What was decoded already is UTF-8, whatever the page says of itself.
      let source =
        context.decoding == nil
        ? try HTMLCharset.decode(bytes, outside: context.charset)
        : try SourceDecoder.decode(bytes)
      return .success(document(HTMLReader.read(source.text), source.diagnostics))
    } catch {
      return .failure(context.failure("\(error)"))
    }
  }

  private func document(
    _ page: HTMLReader.Page, _ diagnostics: [RecordDiagnostic]
  ) -> Document {
    var fields = DocumentFields(
      title: page.title, date: page.date?.iso, text: page.text,
      diagnostics: diagnostics.filter { $0.kind != "strange-characters" })
    if page.isCutOff {
      fields.diagnostics.append(
        RecordDiagnostic(
          kind: "html-cut-off",
          message:
            "the page nests more than 255 tags deep or is longer than 32 MiB; what stands deeper and behind was not read"
        ))
    }
    if !page.isArticle {
      fields.diagnostics.append(
        RecordDiagnostic(
          kind: "no-article",
          message: page.frames.isEmpty
            ? "no article was found in the page, so all of its text was read"
            : "the page is made of frames; its text is in \(page.frames.joined(separator: ", "))"))
    }
    if fields.date == nil, context.options.date == nil, let found = Dateline.find(in: page.text) {
      fields.date = "\(found.date)"
      fields.diagnostics.append(
        RecordDiagnostic(
          kind: "dateline",
          message: "the date \(found.date) was taken from line \(found.line) of the text"))
    }
    return context.document(fields)
  }
}
