internal import Annotations
internal import Reading

/// A stream in some charset as UTF-8.
final class DecodedBytes: ByteSource {
  private let stream: ByteStream
  private var decoder: StreamDecoder
  private var isAtEnd = false

  /// `charset` is one that is known for sure, `hint` one that a page or a server names.
  init(_ stream: ByteStream, charset: String?, hint: String? = nil) {
    self.stream = stream
    decoder = StreamDecoder(charset: charset, hint: hint)
  }

  func read() throws -> ArraySlice<UInt8>? {
    var text: [UInt8] = []
    while text.isEmpty, !isAtEnd {
      if let portion = try stream.next() {
        try decoder.append(portion, isLast: false, to: &text)
      } else {
        isAtEnd = true
        try decoder.append([], isLast: true, to: &text)
      }
    }
    return text.isEmpty ? nil : text[...]
  }

  /// What there is to say about what was read since the last call.
  func takeDiagnostics() -> [RecordDiagnostic] { decoder.takeDiagnostics() }
}
