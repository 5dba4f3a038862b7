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

/// Turns bytes into text: byte order marks first, then UTF-8, then what ICU's detector says.
///
/// Text is never an error: malformed bytes become U+FFFD and are reported. Only bytes that are no
/// text at all (NULs outside UTF-16 and UTF-32) are refused.
package enum SourceDecoder {
  /// How many bytes ICU's detector is shown.
  private static let detectionWindow = 8192

  /// Decodes a whole file.
  package static func decode(_ bytes: [UInt8]) throws -> DecodedSource {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes.dropFirst(3)), at: 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return try converted(bytes, from: "UTF-32") }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return try converted(bytes, from: "UTF-32") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return try converted(bytes, from: "UTF-16")
    }
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) {
      return DecodedSource(text: text, charset: "UTF-8", diagnostics: [])
    }
    if let nul = bytes.prefix(detectionWindow).firstIndex(of: 0) {
      guard let charset = utf16ByItsZeros(bytes.prefix(detectionWindow)) else {
        throw NotText(
          description:
            "byte \(nul) is NUL, so this is no text in UTF-8, GB18030, Big5 or UTF-16; "
            + "if it is an archive or a document file, unpack or export it as text first")
      }
      return try converted(bytes, from: charset)
    }
    let repaired = utf8(bytes, at: 0)
    if looksLikeDamagedUTF8(bytes) { return repaired }
    guard let found = detectCharset(Array(bytes.prefix(detectionWindow))), found.confidence >= 10,
      var decoded = try? converted(bytes, from: found.name)
    else { return repaired }
    decoded.diagnostics.insert(
      RecordDiagnostic(
        kind: "charset",
        message: "read as \(found.name), detected with confidence \(found.confidence) %"), at: 0)
    return decoded
  }

  /// UTF-8 with U+FFFD for each maximal part that is malformed.
  private static func utf8(_ bytes: [UInt8], at base: Int) -> DecodedSource {
    if let text = String(validating: bytes, as: UTF8.self) {
      return DecodedSource(text: text, charset: "UTF-8", diagnostics: [])
    }
    var first: Int?
    var count = 0
    var offset = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar): offset += scalar.count
      case .error(let length):
        if first == nil { first = base + offset }
        count += 1
        offset += length
      case .emptyInput: break loop
      }
    }
    return DecodedSource(
      text: String(decoding: bytes, as: UTF8.self), charset: "UTF-8",
      diagnostics: malformed(count: count, first: first, charset: "UTF-8"))
  }

  private static func converted(_ bytes: [UInt8], from charset: String) throws -> DecodedSource {
    let (text, malformedAt) = try convert(bytes, from: charset)
    let body = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    return DecodedSource(
      text: body, charset: charset,
      diagnostics: malformed(
        count: malformedAt.count, first: malformedAt.first, charset: charset))
  }

  private static func malformed(
    count: Int, first: Int?, charset: String
  ) -> [RecordDiagnostic] {
    guard count > 0 else { return [] }
    return [
      RecordDiagnostic(
        kind: "malformed-bytes",
        message:
          "\(count) malformed sequence\(count == 1 ? "" : "s") in \(charset) became U+FFFD; "
          + "the first stands at byte \(first ?? 0)",
        byteOffset: first)
    ]
  }

  /// UTF-16 without a mark: nearly all NULs at even or at odd places.
  private static func utf16ByItsZeros(_ sample: ArraySlice<UInt8>) -> String? {
    var even = 0
    var odd = 0
    for (index, byte) in sample.enumerated() where byte == 0 {
      if index % 2 == 0 { even += 1 } else { odd += 1 }
    }
    guard even + odd >= max(2, sample.count / 100) else { return nil }
    if even > 20 * odd { return "UTF-16BE" }
    if odd > 20 * even { return "UTF-16LE" }
    return nil
  }

  /// Whether well-formed multi-byte sequences outnumber malformed ones ten to one: text in a
  /// Chinese double-byte charset hardly ever holds any.
  private static func looksLikeDamagedUTF8(_ bytes: [UInt8]) -> Bool {
    var good = 0
    var bad = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.prefix(1 << 20).makeIterator()
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar): if scalar.count > 1 { good += 1 }
      case .error: bad += 1
      case .emptyInput: break loop
      }
    }
    return good >= 10 * bad || (good == 0 && bad * 10 <= bytes.count)
  }
}
