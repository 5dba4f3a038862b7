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
    var source = try read(bytes)
    if let remark = strangeCharacters(in: source.text) { source.diagnostics.append(remark) }
    return source
  }

  /// A remark on characters that no text has: controls and Unicode's noncharacters.
  private static func strangeCharacters(in text: String) -> RecordDiagnostic? {
    var first: (position: Int, scalar: Unicode.Scalar)?
    var count = 0
    for (position, scalar) in text.unicodeScalars.enumerated() {
      let value = scalar.value
      let isControl = value < 0x20 && !(0x09...0x0D).contains(value) || value == 0x7F
      let isNoncharacter = value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
      guard isControl || isNoncharacter else { continue }
      count += 1
      if first == nil { first = (position, scalar) }
    }
    guard let first else { return nil }
    let name = "U+" + String(first.scalar.value, radix: 16, uppercase: true)
    return RecordDiagnostic(
      kind: "strange-characters",
      message:
        "\(count) character\(count == 1 ? " is" : "s are") no text and match\(count == 1 ? "es" : "") "
        + "nothing; the first, \(name), is character \(first.position)")
  }

  private static func read(_ bytes: [UInt8]) throws -> DecodedSource {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes.dropFirst(3)), at: 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return try converted(bytes, from: "UTF-32") }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return try converted(bytes, from: "UTF-32") }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return try converted(bytes, from: "UTF-16")
    }
    if let text = String(validating: bytes, as: UTF8.self) {
      // A few NULs are strange characters, and said to be; many are another charset or no text.
      let nuls = bytes.count { $0 == 0 }
      if nuls == 0
        || (nuls * 100 <= bytes.count && utf16ByItsUnits(bytes.prefix(detectionWindow)) == nil)
      {
        return DecodedSource(text: text, charset: "UTF-8", diagnostics: [])
      }
    }
    if let nul = bytes.prefix(detectionWindow).firstIndex(of: 0) {
      guard let charset = utf16ByItsUnits(bytes.prefix(detectionWindow)) else {
        throw NotText(
          description:
            "byte \(nul) is NUL, so this is no text in UTF-8, GB18030, Big5 or UTF-16; "
            + "if it is an archive or a document file, unpack or export it as text first")
      }
      return try converted(bytes, from: charset)
    }
    let repaired = utf8(bytes, at: 0)
    if looksLikeDamagedUTF8(bytes) { return repaired }
    // The detector is shown where the text stops being ASCII.
    let foreign = bytes.firstIndex { $0 >= 0x80 } ?? 0
    let sample = bytes[max(0, foreign - detectionWindow / 8)...].prefix(detectionWindow)
    guard let found = detectCharset(Array(sample)), found.confidence >= 10,
      !(isSingleByte(found.name) && bytes.count { $0 >= 0x80 } * 20 <= bytes.count),
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

  /// UTF-16 without a mark: read one way, nearly all units are Chinese, ASCII or their signs.
  private static func utf16ByItsUnits(_ sample: ArraySlice<UInt8>) -> String? {
    let bytes = Array(sample)
    guard bytes.count >= 4 else { return nil }
    var plausible = (little: 0, big: 0)
    let units = bytes.count / 2
    for index in 0..<units {
      let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
      if isUsual(second << 8 | first) { plausible.little += 1 }
      if isUsual(first << 8 | second) { plausible.big += 1 }
    }
    if plausible.little * 10 >= units * 9, plausible.little > plausible.big { return "UTF-16LE" }
    if plausible.big * 10 >= units * 9, plausible.big > plausible.little { return "UTF-16BE" }
    return nil
  }

  private static func isUsual(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0x3000...0x303F, 0x4E00...0x9FFF, 0xFF00...0xFF5E,
      0x2010...0x2027:
      true
    default: false
    }
  }

  /// Whether there are as many well-formed sequences of three bytes as malformed ones: in a Chinese
  /// double-byte charset not one character in twenty begins what looks like one.
  private static func looksLikeDamagedUTF8(_ bytes: [UInt8]) -> Bool {
    var good = 0
    var bad = 0
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.prefix(1 << 20).makeIterator()
    loop: while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let scalar): if scalar.count > 2 { good += 1 }
      case .error: bad += 1
      case .emptyInput: break loop
      }
    }
    return good > 0 && good >= bad
  }

  /// Whether a charset has a character a byte. A few bytes beyond ASCII are no sign of one: they are
  /// what is left of damaged UTF-8.
  private static func isSingleByte(_ charset: String) -> Bool {
    charset.hasPrefix("ISO-8859") || charset.hasPrefix("windows-125") || charset.hasPrefix("IBM")
      || charset.hasPrefix("KOI8")
  }
}
