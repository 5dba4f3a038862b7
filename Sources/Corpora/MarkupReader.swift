internal import Annotations
internal import Reading

/// The documents of XML that is no page, and of what looks like it without a declaration.
struct MarkupReader: DocumentReader {
  private var reader: XMLReader
  private var context: InputContext
  private var number = 0
  private var isAtEnd = false

  init(_ stream: ByteStream, context: InputContext) throws {
    var context = context
    var text = stream
    if context.decoding == nil {
      let hint = HTMLCharset.declared(try stream.peek(1024))
      let bytes = DecodedBytes(stream, charset: nil, hint: context.charset ?? hint)
      text = ByteStream(bytes)
      context.decoding = bytes
    }
    self.context = context
    reader = XMLReader(
      rules: context.options.xml, longestText: context.options.limits.valueBytes
    ) { [text] in try text.next() }
  }

  mutating func next() -> Result<Document, InputFailure>? {
    guard !isAtEnd else { return nil }
    do {
      if let record = try reader.next() {
        number += 1
        return .success(
          context.document(
            DocumentFields(
              id: record.id, title: record.title, date: record.date, text: record.text,
              diagnostics: record.diagnostics), number: number))
      }
      isAtEnd = true
      guard number == 0 else { return nil }
      let remarks = reader.leftover.map { "; \($0.message)" }.joined()
      return .failure(
        context.failure(
          "there is no element \(reader.recordNames) in it, which would be a document\(remarks); say which element is "
            + "one with --xml record=NAME,text=NAME"))
    } catch {
      isAtEnd = true
      return .failure(context.failure("\(error)"))
    }
  }
}
