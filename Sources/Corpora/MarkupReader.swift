internal import Annotations

/// XML that is no page, and what looks like it without a declaration.
struct MarkupReader: DocumentReader {
  private var page: PageReader

  init(_ stream: ByteStream, context: InputContext) {
    page = PageReader(stream, context: context)
  }

  mutating func next() -> Result<Document, InputFailure>? { page.next() }
}
