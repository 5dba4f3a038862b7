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

  /// Decodes a page. `outside` is what HTTP says of it; it wins over what the page says of itself.
  ///
  /// Both are followed only where the bytes are well-formed in that charset. Bytes that are well-formed UTF-8 are UTF-8,
  /// whatever is declared: in GBK that happens by chance only in texts of a few characters.
  /// - Throws: `NotText` where the bytes are no text in any charset.
  package static func decode(_ bytes: [UInt8], outside: String? = nil) throws -> DecodedSource {
    let said = outside.flatMap { CharsetNames.usual($0) == nil ? nil : $0 } ?? declared(bytes)
    var source = try SourceDecoder.decode(bytes, hint: said)
    if let said, CharsetNames.usual(said) != source.charset, bytes.contains(where: { $0 >= 0x80 }) {
      source.diagnostics.removeAll { $0.kind == "charset" }
      source.diagnostics.insert(
        RecordDiagnostic(
          kind: "charset", message: "declared as \(said), but its bytes are \(source.charset)"),
        at: 0)
    }
    return source
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
