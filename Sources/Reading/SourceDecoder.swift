package import Annotations

/// A file's bytes as text, with what there was to say about them.
package struct DecodedSource: Sendable {
  /// The text; what was malformed is U+FFFD.
  package var text: String
  /// The charset it was read in, by ICU's name.
  package var charset: String
  /// Remarks for the record.
  package var diagnostics: [RecordDiagnostic]
}

/// Bytes that are no text in any charset.
package struct NotText: Error, CustomStringConvertible {
  /// What was found, and where.
  package let description: String
}

/// Turns the bytes of a whole file into text: byte order marks first, then UTF-8, then what is likely.
///
/// Text is never an error: malformed bytes become U+FFFD and are reported. Only bytes that are no
/// text at all (NULs outside UTF-16 and UTF-32) are refused.
package enum SourceDecoder {
  /// Decodes a whole file. `charset` is one that is known for sure, `hint` one that a page or a server names.
  package static func decode(
    _ bytes: [UInt8], charset: String? = nil, hint: String? = nil
  ) throws -> DecodedSource {
    var decoder = StreamDecoder(charset: charset, hint: hint)
    var text: [UInt8] = []
    try decoder.append(bytes[...], isLast: true, to: &text)
    var source = DecodedSource(
      text: String(decoding: text, as: UTF8.self), charset: decoder.charset ?? "UTF-8",
      diagnostics: decoder.takeDiagnostics())
    if let remark = strangeCharacters(in: source.text) { source.diagnostics.append(remark) }
    return source
  }

  /// The charset of more than a byte a unit that text with this head is in, by its mark or by its units; nil where
  /// ASCII stands in it byte by byte.
  package static func wideCharset(of head: ArraySlice<UInt8>) -> String? {
    if let marked = CharsetChoice.byMark(head) { return marked.name == "UTF-8" ? nil : marked.name }
    return head.contains(0) ? CharsetChoice.wideByItsUnits(head) : nil
  }

  /// A remark on characters that no text has: controls and Unicode's noncharacters.
  /// - Complexity: O(count of the text).
  package static func strangeCharacters(in text: String) -> RecordDiagnostic? {
    var text = text
    var count = 0
    var first: (byte: Int, value: UInt32)?
    text.withUTF8 { bytes in
      // Only these bytes begin one: a control is one byte, a noncharacter has EF BF, EF B7 or F? ?F BF before its last.
      for index in bytes.indices {
        let byte = unsafe bytes[index]
        let value: UInt32
        if byte < 0x20 || byte == 0x7F {
          if (0x09...0x0D).contains(byte) { continue }
          value = UInt32(byte)
        } else if byte == 0xEF, index + 2 < bytes.count {
          let (second, third) = unsafe (UInt32(bytes[index + 1]), UInt32(bytes[index + 2]))
          value = 0xF000 | (second & 0x3F) << 6 | third & 0x3F
          guard value >= 0xFFFE || (0xFDD0...0xFDEF).contains(value) else { continue }
        } else if byte >= 0xF0, index + 3 < bytes.count {
          let (second, third) = unsafe (UInt32(bytes[index + 1]), UInt32(bytes[index + 2]))
          let last = unsafe UInt32(bytes[index + 3])
          value =
            (UInt32(byte) & 7) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | last & 0x3F
          guard value & 0xFFFE == 0xFFFE else { continue }
        } else {
          continue
        }
        count += 1
        if first == nil { first = (index, value) }
      }
    }
    guard let first else { return nil }
    let name = "U+" + String(first.value, radix: 16, uppercase: true)
    let position = text.utf8.prefix(first.byte).count { $0 & 0xC0 != 0x80 }
    return RecordDiagnostic(
      kind: "strange-characters",
      message:
        "\(count) character\(count == 1 ? " is" : "s are") no text and match\(count == 1 ? "es" : "") "
        + "nothing; the first, \(name), is character \(position)")
  }
}
