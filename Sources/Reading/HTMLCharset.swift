internal import Annotations

/// The charset of a page: what its bytes are, what it declares, what was said from outside.
package enum HTMLCharset {
  /// A declaration stands in the first bytes of a page; HTML asks for 1024, pages need more.
  private static let window = 8192

  /// The charset that a page or an XML file declares in its own first bytes, in small letters:
  /// `<meta charset="gbk">`, `<meta … content="text/html; charset=gb2312">`, `<?xml … encoding="…"?>`.
  ///
  /// Only markup is looked at, not comments (HTML, *prescan a byte stream to determine its encoding*).
  package static func declared(_ bytes: some Collection<UInt8>) -> String? {
    let head = bytes.prefix(window).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    var at = 0
    while let tag = head[at...].firstIndex(of: UInt8(ascii: "<")) {
      let rest = head[tag...]
      if rest.starts(with: "<!--".utf8) {
        guard let end = find("-->", in: head, from: tag + 4) else { return nil }
        at = end + 3
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      let key: String? =
        rest.starts(with: "<meta".utf8)
        ? "charset" : rest.starts(with: "<?xml".utf8) ? "encoding" : nil
      if let key, let name = value(of: key, in: Array(head[tag..<end])) { return name }
      at = end + 1
    }
    return nil
  }

  /// Decodes a page. `outside` is what HTTP or an option says of it; it wins over the page.
  ///
  /// Bytes that are well-formed UTF-8 with Chinese in it are UTF-8, whatever the page declares: in GBK
  /// that happens by chance only in texts of a few characters. GB2312 and GBK are read as GB18030,
  /// which holds both (WHATWG *Encoding*).
  /// - Throws: `NotText` where the bytes are no text in any charset.
  package static func decode(_ bytes: [UInt8], outside: String? = nil) throws -> DecodedSource {
    guard let said = outside ?? declared(bytes) else { return try SourceDecoder.decode(bytes) }
    let hasMark =
      bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFF, 0xFE])
      || bytes.starts(with: [0xFE, 0xFF])
    let name = reading(of: said)
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    let isASCII = isUTF8 && !bytes.contains { $0 >= 0x80 }
    if hasMark || isASCII || name == "UTF-8" || name.hasPrefix("UTF-16") {
      // A page that says UTF-16 in bytes that can be read as markup is none.
      var source = try SourceDecoder.decode(bytes)
      if !isASCII, source.charset != name { source.diagnostics.append(lie(said, source.charset)) }
      return source
    }
    if isUTF8 {
      var source = try SourceDecoder.decode(bytes)
      source.diagnostics.append(lie(said, source.charset))
      return source
    }
    guard let (text, malformed) = try? convert(bytes, from: name) else {
      return try SourceDecoder.decode(bytes)
    }
    // Half of the characters malformed: it is another charset.
    if malformed.count * 20 > bytes.count {
      var source = try SourceDecoder.decode(bytes)
      if source.charset != name { source.diagnostics.append(lie(said, source.charset)) }
      return source
    }
    var diagnostics = [
      RecordDiagnostic(kind: "charset", message: "read as \(name), declared as \(said)")
    ]
    if let first = malformed.first {
      diagnostics.append(
        RecordDiagnostic(
          kind: "malformed-bytes",
          message:
            "\(malformed.count) malformed sequence\(malformed.count == 1 ? "" : "s") in \(name) "
            + "became U+FFFD; the first stands at byte \(first)", byteOffset: first))
    }
    return DecodedSource(text: text, charset: name, diagnostics: diagnostics)
  }

  private static func lie(_ declared: String, _ charset: String) -> RecordDiagnostic {
    RecordDiagnostic(
      kind: "charset", message: "declared as \(declared), but its bytes are \(charset)")
  }

  /// The charset that a declared one is read in.
  static func reading(of name: String) -> String {
    switch name.lowercased() {
    case "gb2312", "gb_2312-80", "gb2312-80", "gbk", "x-gbk", "gb18030", "cp936", "ms936", "euc-cn",
      "gb-2312":
      "GB18030"
    case "utf-8", "utf8", "unicode-1-1-utf-8": "UTF-8"
    case "big5", "big5-hkscs", "cn-big5", "x-x-big5": "Big5-HKSCS"
    default: name
    }
  }

  /// What stands behind `key=` in a tag, without quotes.
  private static func value(of key: String, in tag: [UInt8]) -> String? {
    guard let found = find(key, in: tag, from: 0) else { return nil }
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    var rest = tag[(found + key.utf8.count)...].drop { space.contains($0) }
    guard rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst().drop { space.contains($0) || $0 == 0x22 || $0 == 0x27 }
    let name = rest.prefix { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || "-_.:".utf8.contains(byte)
    }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count, start <= bytes.count - wanted.count else { return nil }
    return (start...(bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) }
  }
}
