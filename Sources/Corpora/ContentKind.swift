internal import Reading

/// What a stream holds, told by its first bytes and never by its name.
enum ContentKind: Equatable {
  /// Something to unpack first.
  case packed(Packing)
  /// A format that holds text in a way that is not read here: its name.
  case foreign(String)
  case warc
  /// An object of JSON a line.
  case jsonLines
  /// One object of JSON over several lines, several of them, or an array.
  case json
  case html
  case xml
  /// Elements without a declaration, such as `<doc><url>…`.
  case sgml
  case text

  /// What a stream holds; of its text that can be a table, see `TableReader.isTable`.
  ///
  /// Looks at no more than it needs, so that the first line of a pipe is told before the second one comes.
  static func find(_ stream: ByteStream) throws -> ContentKind {
    var head = try stream.peek(1)
    while head.count < 4096, !isLineOfJSON(head), try stream.fetch() { head = try stream.peek(1) }
    if let packing = Packing(head: head) { return .packed(packing) }
    if let name = foreign.first(where: { head.starts(with: $0.bytes) })?.name {
      return .foreign(name)
    }
    return ofText(head)
  }

  private static let foreign: [(bytes: [UInt8], name: String)] = [
    (Array("%PDF-".utf8), "a PDF file"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Office file (.doc, .xls, .ppt)"),
    (Array("{\\rtf".utf8), "a file of rich text (.rtf)"),
    (Array("SQLite format 3\u{0}".utf8), "a database of SQLite"),
    (Array("PAR1".utf8), "a Parquet file"),
    (Array("ARROW1".utf8), "an Arrow file"),
    ([0x89, 0x50, 0x4E, 0x47], "an image"),
    ([0xFF, 0xD8, 0xFF], "an image"),
    (Array("GIF8".utf8), "an image"),
  ]

  /// What text with this head is; ASCII has to stand in it byte by byte.
  static func ofText(_ head: ArraySlice<UInt8>) -> ContentKind {
    let start = body(head)
    if start.starts(with: Array("WARC/".utf8)) { return .warc }
    switch start.first {
    case UInt8(ascii: "{"):
      let next = start.dropFirst().first { !isSpace($0) }
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return .text }
      return isSpread(start) ? .json : .jsonLines
    case UInt8(ascii: "["):
      let next = start.dropFirst().first { !isSpace($0) }
      return next == UInt8(ascii: "{") || next == UInt8(ascii: "]") ? .json : .text
    case UInt8(ascii: "<"): return markup(start)
    default: return .text
    }
  }

  /// Elements that a page or a piece of one begins with.
  private static let pageElements: Set<String> = [
    "html", "head", "body", "meta", "link", "script", "style", "base", "div", "p", "table",
    "center", "frameset",
    "form", "ul", "h1", "h2", "h3",
  ]

  /// Told by the first element and the document type; comments and instructions before it are passed over.
  private static func markup(_ start: ArraySlice<UInt8>) -> ContentKind {
    var rest = start
    let isDeclared = rest.starts(with: Array("<?xml".utf8))
    while rest.first == UInt8(ascii: "<") {
      let second = rest.dropFirst().first ?? 0
      if second == UInt8(ascii: "!") || second == UInt8(ascii: "?") {
        let head = String(decoding: rest.prefix(32), as: UTF8.self).lowercased()
        if head.hasPrefix("<!doctype html") { return .html }
        let isComment = head.hasPrefix("<!--")
        if head.hasPrefix("<!doctype") { return .xml }
        guard let end = endOfMarkup(rest, isComment: isComment) else { break }
        rest = rest[end...].drop(while: isSpace)
        continue
      }
      let name = rest.dropFirst().prefix(64).prefix { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || "_-.:".utf8.contains(byte) || (isDeclared && byte >= 0x80)
      }
      let word = String(decoding: name, as: UTF8.self).lowercased()
      if pageElements.contains(word) { return .html }
      if isDeclared { return .xml }
      let isTag = !name.isEmpty && rest.prefix(1024).contains(UInt8(ascii: ">"))
      return isTag && rest.dropFirst().contains(UInt8(ascii: "<")) ? .sgml : .text
    }
    return isDeclared ? .xml : .text
  }

  private static func endOfMarkup(_ bytes: ArraySlice<UInt8>, isComment: Bool) -> Int? {
    var at = bytes.startIndex
    while let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) {
      if !isComment || bytes[..<end].suffix(2).elementsEqual("--".utf8) { return end + 1 }
      at = end + 1
    }
    return nil
  }

  // MARK: JSON

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// What stands behind a byte order mark and spaces.
  private static func body(_ head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    (head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head).drop(while: isSpace)
  }

  /// Whether the head holds a whole line, which is an object of JSON.
  private static func isLineOfJSON(_ head: ArraySlice<UInt8>) -> Bool {
    let start = body(head)
    guard start.first == UInt8(ascii: "{"), let end = start.firstIndex(of: 0x0A) else {
      return false
    }
    return isClosed(start[..<end])
  }

  /// Whether an object is spread over lines: its first line does not close it, and the second begins no other one.
  private static func isSpread(_ start: ArraySlice<UInt8>) -> Bool {
    guard let end = start.firstIndex(of: 0x0A), !isClosed(start[..<end]) else { return false }
    return start[end...].drop(while: isSpace).first != UInt8(ascii: "{")
  }

  /// Whether all brackets that a line opens are closed in it.
  private static func isClosed(_ line: ArraySlice<UInt8>) -> Bool {
    var brackets = JSONBrackets()
    for byte in line { brackets.read(byte) }
    return brackets.depth == 0
  }
}
