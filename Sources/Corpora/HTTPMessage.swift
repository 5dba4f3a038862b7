/// The header of a record of WARC or of an answer of HTTP: a first line, and fields up to an empty line.
struct MessageHeader {
  /// How long a header may be.
  static let limit = 1 << 16

  let firstLine: String
  private var fields: [String: String] = [:]

  /// Takes a header off a stream; nil, with its first line taken, where it has no end.
  init?(_ stream: ByteStream) throws {
    var lines: [String] = []
    var head = try stream.peek(1)
    var at = head.startIndex
    while true {
      guard let end = head[at...].firstIndex(of: 0x0A) else {
        let done = at - head.startIndex
        guard head.count < Self.limit, try stream.fetch() else {
          _ = try stream.take(max(1, head.firstIndex(of: 0x0A).map { $0 - head.startIndex } ?? 1))
          return nil
        }
        head = try stream.peek(1)
        at = head.startIndex + done
        continue
      }
      var line = head[at..<end]
      if line.last == 0x0D { line = line.dropLast() }
      at = end + 1
      if line.isEmpty { break }
      lines.append(String(decoding: line, as: UTF8.self))
    }
    _ = try stream.take(at - head.startIndex)
    firstLine = lines.first ?? ""
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields[line[..<colon].lowercased()] = String(value)
    }
  }

  /// The value of a field, whatever the case of its name.
  subscript(_ name: String) -> String? { fields[name.lowercased()] }
}

/// A media type with its charset: `text/html; charset=gb2312`.
struct MediaType {
  let name: String
  let charset: String?

  init(_ written: String) {
    let parts = written.split(separator: ";").map {
      $0.filter { $0 != " " && $0 != "\"" && $0 != "'" }
    }
    name = parts.first?.lowercased() ?? ""
    charset = parts.dropFirst().first { $0.lowercased().hasPrefix("charset=") }
      .map { String($0.dropFirst(8)) }
  }

  /// Whether there may be text in it; what has no type may be.
  var isText: Bool {
    name.isEmpty || name == "application/octet-stream"
      || name.hasPrefix("text/") && name != "text/css" && name != "text/javascript"
      || name.hasSuffix("xml") || name.hasSuffix("json")
  }

  /// What it is for sure.
  var kind: ContentKind? {
    name == "text/html" || name == "application/xhtml+xml" ? .html : nil
  }

  /// Whether bytes that are said to be packed are not.
  static func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(256).allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
      && bytes.prefix(64).contains(UInt8(ascii: "<"))
  }
}

/// The chunked transfer coding of HTTP/1.1 (RFC 9112, section 7.1).
enum HTTPChunks {
  /// The chunks together; nil where the bytes are not in chunks, as in archives that joined them before.
  static func joined(_ bytes: [UInt8]) -> [UInt8]? {
    var body: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard let end = bytes[at...].firstIndex(of: 0x0A) else { break }
      let digits = bytes[at..<end].prefix {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
      }
      guard !digits.isEmpty,
        let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return body.isEmpty ? nil : body }
      if count == 0 { break }
      let from = end + 1
      let to = count > bytes.count - from ? bytes.count : from + count
      body += bytes[from..<to]
      at = to
      while at < bytes.count, bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
    }
    return body
  }
}
