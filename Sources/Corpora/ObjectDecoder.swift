internal import Annotations
internal import FoundationEssentials
internal import Reading

/// Reads objects of JSON that stand by themselves, such as lines of JSON Lines.
///
/// One that is no UTF-8 is decoded first, and half pairs in escapes (`\ud83d`) become U+FFFD.
final class ObjectDecoder {
  /// Brackets nested deeper than this are refused: reading them takes the stack.
  static let deepest = 200

  private let decoder: JSONDecoder
  /// The charset of the last object that was no UTF-8, which the next one is read in where it fits.
  private var lastCharset: String?

  /// A decoder of documents with these fields.
  init(fields: FieldNames = FieldNames()) {
    decoder = JSONDecoder()
    if let key = CodingUserInfoKey(rawValue: ObjectFields.namesKey) {
      decoder.userInfo[key] = fields
    }
  }

  /// The object, and what reading its bytes had to say.
  func read<Fields: Decodable>(
    _ fields: Fields.Type, of bytes: ArraySlice<UInt8>
  ) throws -> (fields: Fields, diagnostics: [RecordDiagnostic]) {
    if isTooDeep(bytes) { throw TooDeep() }
    var text = Data(bytes)
    var diagnostics: [RecordDiagnostic] = []
    if !isUTF8(bytes) {
      let source = try decoded(bytes)
      text = Data(source.text.utf8)
      diagnostics = source.diagnostics
    }
    do {
      return (try decoder.decode(fields, from: text), diagnostics)
    } catch {
      guard let repaired = Self.repaired(text) else { throw error }
      diagnostics.append(
        RecordDiagnostic(
          kind: "half-pairs",
          message:
            "\(repaired.count) escape\(repaired.count == 1 ? " is" : "s are") half of a pair (\\ud800 to \\udfff) and became U+FFFD"
        ))
      return (try decoder.decode(fields, from: repaired.text), diagnostics)
    }
  }

  struct TooDeep: Error, CustomStringConvertible {
    var description: String {
      "its brackets nest more than \(ObjectDecoder.deepest) deep; expected the fields of a document"
    }
  }

  /// Whether brackets nest too deep. Nearly all objects have not so many that they could.
  private func isTooDeep(_ bytes: ArraySlice<UInt8>) -> Bool {
    let span = bytes.span
    var opening = 0
    // Both differ in one bit.
    for place in span.indices where span[place] | 0x20 == UInt8(ascii: "{") { opening &+= 1 }
    if opening <= Self.deepest { return false }
    var brackets = JSONBrackets()
    for byte in bytes { brackets.read(byte) }
    return brackets.deepest > Self.deepest
  }

  private func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// A short line says little about its charset, so that of the line before is tried first.
  private func decoded(_ bytes: ArraySlice<UInt8>) throws -> DecodedSource {
    let source = try SourceDecoder.decode(Array(bytes), hint: lastCharset)
    if source.charset != "UTF-8" { lastCharset = source.charset }
    return source
  }

  /// The text with an escape for U+FFFD instead of each half pair; nil where there is none.
  private static func repaired(_ text: Data) -> (text: Data, count: Int)? {
    var bytes = [UInt8](text)
    var count = 0
    var at = 0
    func unit(_ at: Int) -> UInt32? {
      guard at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"),
        bytes[at + 1] | 0x20 == UInt8(ascii: "u")
      else { return nil }
      return UInt32(String(decoding: bytes[at + 2..<at + 6], as: UTF8.self), radix: 16)
    }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      guard let first = unit(at), (0xD800...0xDFFF).contains(first) else {
        at += 2
        continue
      }
      if first < 0xDC00, let second = unit(at + 6), (0xDC00...0xDFFF).contains(second) {
        at += 12
        continue
      }
      bytes.replaceSubrange(at..<at + 6, with: Array("\\ufffd".utf8))
      count += 1
      at += 6
    }
    return count > 0 ? (Data(bytes), count) : nil
  }
}
