internal import Annotations

/// Plain text: one document, or several where it is longer than one may be.
///
/// A text that is too long is cut behind an empty line, else behind a line, else behind a sentence, and where there is
/// none of these between two characters. Each part says where it stands; together they are the text again.
struct PlainTextReader: DocumentReader {
  private let stream: ByteStream
  private let context: InputContext
  private let size: Int
  private var text: [UInt8] = []
  /// Where in the text, as UTF-8, what is held begins.
  private var offset = 0
  private var part = 0
  private var date: String?
  private var isAtEnd = false

  /// Reads a stream of UTF-8.
  init(_ stream: ByteStream, context: InputContext) {
    self.stream = stream
    self.context = context
    size = max(16, context.options.documentSize)
  }

  mutating func next() -> Result<Document, InputFailure>? {
    guard !isAtEnd else { return nil }
    do {
      while text.count <= size, let portion = try stream.next() { text += portion }
    } catch {
      isAtEnd = true
      return .failure(context.failure("\(error)"))
    }
    guard text.count > size else {
      isAtEnd = true
      return .success(document(text[...], border: nil))
    }
    let (end, border) = Self.cut(text, at: size)
    let document = document(text[..<end], border: border)
    text.removeSubrange(..<end)
    return .success(document)
  }

  private mutating func document(_ bytes: ArraySlice<UInt8>, border: String?) -> Document {
    part += 1
    defer { offset += bytes.count }
    var fields = DocumentFields(text: String(decoding: bytes, as: UTF8.self))
    if part == 1, context.options.date == nil, let found = Dateline.find(in: fields.text) {
      date = "\(found.date)"
      fields.diagnostics.append(
        RecordDiagnostic(
          kind: "dateline",
          message: "the date \(found.date) was taken from line \(found.line) of the text"))
    }
    fields.date = date
    if part == 1, border == nil { return context.document(fields) }
    fields.diagnostics.append(
      RecordDiagnostic(
        kind: "split",
        message:
          "part \(part) of a text, from its byte \(offset) on"
          + (border.map { "; cut \($0)" } ?? ", and its end")))
    return context.document(fields, number: part)
  }

  /// Where to cut, at most at `size`, and behind what.
  private static func cut(_ text: [UInt8], at size: Int) -> (Int, String) {
    let half = size / 2
    var line: Int?
    var at = size
    while at > half {
      if text[at - 1] == 0x0A {
        if line == nil { line = at }
        if isEmptyLine(text, endingAt: at - 1) { return (at, "behind an empty line") }
      }
      at -= 1
    }
    if let line { return (line, "behind a line") }
    at = size
    while at > half {
      if endsSentence(text, at) { return (at, "behind a sentence") }
      at -= 1
    }
    at = size
    while text[at] & 0xC0 == 0x80 { at -= 1 }
    return (at, "within a sentence, which has no end nearby")
  }

  /// Whether nothing but spaces stands between the line end at an index and the one before it.
  private static func isEmptyLine(_ text: [UInt8], endingAt end: Int) -> Bool {
    var at = end - 1
    while at >= 0, at > end - 16 {
      switch text[at] {
      case 0x0A: return true
      case 0x0D, 0x20, 0x09: at -= 1
      // U+3000, the wide space.
      case 0x80 where at >= 2 && text[at - 1] == 0x80 && text[at - 2] == 0xE3: at -= 3
      default: return false
      }
    }
    return false
  }

  /// Whether a full stop, a question mark or an exclamation mark, wide or not, ends before an index.
  private static func endsSentence(_ text: [UInt8], _ at: Int) -> Bool {
    switch text[at - 1] {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): true
    case 0x82: at >= 3 && text[at - 2] == 0x80 && text[at - 3] == 0xE3
    case 0x81, 0x9F: at >= 3 && text[at - 2] == 0xBC && text[at - 3] == 0xEF
    default: false
    }
  }
}
