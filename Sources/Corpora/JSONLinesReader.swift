internal import Annotations

/// Documents that are objects of JSON: one a line.
struct JSONLinesReader: DocumentReader {
  private let lines: LineReader
  private let objects: ObjectDocuments
  private var isAtEnd = false

  init(_ stream: ByteStream, context: InputContext) {
    lines = LineReader(stream, limit: context.options.limits.valueBytes)
    objects = ObjectDocuments(context)
  }

  mutating func next() -> Result<Document, InputFailure>? {
    do {
      while !isAtEnd, let line = try lines.next() {
        switch line {
        case .bytes(let bytes):
          if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
          return objects.document(bytes, number: lines.number)
        case .tooLong(let count):
          return .failure(objects.context.tooLong(count, "the line", number: lines.number))
        }
      }
      return nil
    } catch {
      isAtEnd = true
      return .failure(objects.context.failure("\(error)", number: lines.number + 1))
    }
  }
}
