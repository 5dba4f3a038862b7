internal import Annotations
internal import Reading

/// A web page, which is one document.
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
      let source = try SourceDecoder.decode(
        try stream.all(limit: context.options.limits.valueBytes), hint: context.charset)
      let page = HTMLReader.read(source.text)
      var fields = DocumentFields(
        title: page.title, text: page.text,
        diagnostics: source.diagnostics.filter { $0.kind != "strange-characters" })
      if page.isCutOff {
        fields.diagnostics.append(
          RecordDiagnostic(
            kind: "html-cut-off",
            message:
              "the page nests more than 255 tags deep; what stands deeper and behind was not read"))
      }
      if context.options.date == nil, let found = Dateline.find(in: page.text) {
        fields.date = "\(found.date)"
        fields.diagnostics.append(
          RecordDiagnostic(
            kind: "dateline",
            message: "the date \(found.date) was taken from line \(found.line) of the text"))
      }
      return .success(context.document(fields))
    } catch {
      return .failure(context.failure("\(error)"))
    }
  }
}
