import Annotations
import Extraction
import Reading
import Testing

/// Decoding and normalisation, case by case.
struct ReadingCaseTests {
  /// `和平區(qū) => 和平区`.
  @Test func normalisation() throws {
    let normalizer = try Shared.knowledge().normalizer
    try CaseFile.run("normalisation", atLeast: 20) { input in
      let (text, _) = normalizer.normalize(CaseFile.unescaped(input))
      return CaseFile.escaped(text.string(TextRange(0, text.count)))
    }
  }

  /// `GB18030 北京市… => charset | kinds of diagnostics`: the text is encoded and has to be read back
  /// as it was; `hex E4BD… => text | kinds of diagnostics`: bytes as they are.
  @Test func decoding() throws {
    try CaseFile.run("decoding", atLeast: 20) { input in
      let parts = input.split(separator: " ", maxSplits: 1).map(String.init)
      let rest = parts.count > 1 ? parts[1] : ""
      do {
        if parts[0] == "hex" {
          let decoded = try SourceDecoder.decode(bytes(ofHex: rest))
          return CaseFile.escaped(decoded.text) + " | " + kinds(decoded)
        }
        let text = CaseFile.unescaped(rest)
        let decoded = try SourceDecoder.decode(Foreign.bytes(of: text, in: parts[0]))
        let same = decoded.text == text ? "" : " gives \(CaseFile.escaped(decoded.text))"
        return decoded.charset + " | " + kinds(decoded) + same
      } catch is NotText {
        return "not text"
      }
    }
  }

  private func kinds(_ decoded: DecodedSource) -> String {
    let kinds = decoded.diagnostics.map { remark in
      remark.kind + (remark.byteOffset.map { " \($0)" } ?? "")
    }
    return kinds.isEmpty ? "-" : kinds.joined(separator: ", ")
  }

  private func bytes(ofHex text: String) -> [UInt8] {
    let digits = text.filter(\.isHexDigit)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start...].prefix(2), radix: 16)
    }
  }
}
