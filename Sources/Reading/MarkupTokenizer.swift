/// Cuts a stream of UTF-8 into tags and texts, whether it is well-formed XML or only looks like it.
///
/// News come in files that are XML by their name: without a root, with a bare `&` or `<`, with tags that
/// are never closed. libxml2 stops at the first of these for good, and where it stopped cannot be told
/// to the byte. So there is one reader for all of them, by the rules that HTML has for such text
/// (WHATWG *HTML*, 13.2.5): what begins no tag is text. It needs no second reader for well-formed files,
/// which it cuts in the same way.
///
/// Nothing is read from elsewhere: there is no code that opens an entity or a DTD. An entity that the
/// document itself declares stands for its text only if no other entity is in it, so there is nothing
/// that could grow. Memory is bounded by `longestTag` and the size of a portion, whatever the stream is.
struct MarkupTokenizer {
  /// What a token is.
  enum Kind {
    case start
    case end
    case text
  }

  /// Something in the stream that no XML has, and where.
  struct Fault {
    let line: Int
    /// In characters, from 1.
    let column: Int
    let message: String
  }

  /// Bytes of a tag with its attributes; what is longer loses its last attributes.
  static let longestTag = 1 << 20

  /// The name of the tag, in small letters.
  private(set) var name = ""
  /// Whether the start tag ends its element, too: `<br/>`.
  private(set) var isEmpty = false
  /// Whether the stream says that it is XML.
  private(set) var isDeclared = false
  /// How many faults there are since the last `takeFaults`, and the first of them.
  private var faultCount = 0
  private var firstFault: Fault?

  private var source: () throws -> ArraySlice<UInt8>?
  private var buffer: [UInt8] = []
  /// Where the next token begins.
  private var at = 0
  private var isAtEnd = false
  private var isInCDATA = false
  /// The text of the last token: a part of the buffer, or what an entity stands for.
  private var text = 0..<0
  private var replacement: [UInt8]?
  /// What stands between the name of the last tag and its end.
  private var tag: [UInt8] = []
  private var entities = MarkupEntities()
  /// The line, and the characters of it, up to the place `counted` in the buffer.
  private var lines = 1
  private var column = 0
  private var counted = 0

  /// A stream whose portions `source` gives; nil is its end.
  init(_ source: @escaping () throws -> ArraySlice<UInt8>?) { self.source = source }

  /// The next token; nil at the end. Linear in the stream.
  mutating func next() throws -> Kind? {
    while true {
      if at == buffer.count, try !fill() { return nil }
      if isInCDATA {
        if let kind = try nextOfCDATA() { return kind }
        continue
      }
      switch buffer[at] {
      case UInt8(ascii: "<"): if let kind = try nextOfMarkup() { return kind }
      case UInt8(ascii: "&"): return try nextOfEntity()
      default:
        var end = at + 1
        while end < buffer.count, buffer[end] != UInt8(ascii: "<"), buffer[end] != UInt8(ascii: "&")
        {
          end += 1
        }
        return token(upTo: end)
      }
    }
  }

  /// Appends the text of the last token.
  func appendText(to bytes: inout [UInt8]) {
    if let replacement { bytes += replacement } else { bytes += buffer[text] }
  }

  /// The value of an attribute of the last start tag, its entities resolved; nil where there is none.
  /// Names are compared without prefix and in small letters.
  func attribute(_ wanted: String) -> String? {
    var at = 0
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "/") }
    while at < tag.count {
      while at < tag.count, isSpace(tag[at]) { at += 1 }
      let start = at
      while at < tag.count, !isSpace(tag[at]), tag[at] != UInt8(ascii: "=") { at += 1 }
      let name = Self.name(tag[start..<at])
      while at < tag.count, tag[at] <= 0x20 { at += 1 }
      guard at < tag.count, tag[at] == UInt8(ascii: "=") else { continue }
      at += 1
      while at < tag.count, tag[at] <= 0x20 { at += 1 }
      guard at < tag.count else { break }
      let quote = tag[at]
      let value: ArraySlice<UInt8>
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        value = tag[(at + 1)...].prefix { $0 != quote }
        at = value.endIndex + 1
      } else {
        value = tag[at...].prefix { $0 > 0x20 }
        at = value.endIndex
      }
      if name == wanted || Self.local(name) == wanted { return entities.resolved(value) }
    }
    return nil
  }

  /// The part of a name behind its prefix.
  static func local(_ name: String) -> Substring {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name[...] }
    return name[name.utf8.index(after: colon)...]
  }

  /// A fault where the next token begins. Only the first one before `takeFaults` is put into words.
  mutating func fault(_ message: @autoclosure () -> String) {
    faultCount += 1
    guard firstFault == nil else { return }
    countLines()
    firstFault = Fault(line: lines, column: column + 1, message: message())
  }

  /// The faults that were found since this was asked last: their number and the first one.
  mutating func takeFaults() -> (count: Int, first: Fault)? {
    guard let first = firstFault else { return nil }
    defer { (faultCount, firstFault) = (0, nil) }
    return (faultCount, first)
  }

  // MARK: Text

  private mutating func token(upTo end: Int) -> Kind {
    text = at..<end
    replacement = nil
    at = end
    return .text
  }

  /// Text of a CDATA section, or nil where the section ends here.
  private mutating func nextOfCDATA() throws -> Kind? {
    var end = at
    while end < buffer.count, buffer[end] != UInt8(ascii: "]") { end += 1 }
    if end > at { return token(upTo: end) }
    try need(3)
    if buffer[at...].starts(with: "]]>".utf8) {
      at += 3
      isInCDATA = false
      return nil
    }
    return token(upTo: at + 1)
  }

  private mutating func nextOfEntity() throws -> Kind {
    try need(MarkupEntities.longestName + 2)
    let name = buffer[(at + 1)...].prefix(MarkupEntities.longestName).prefix {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "#_-.:".utf8.contains($0)
    }
    guard !name.isEmpty, name.endIndex < buffer.count, buffer[name.endIndex] == UInt8(ascii: ";")
    else {
      if isDeclared { fault("a bare \"&\"; expected \"&amp;\"") }
      return token(upTo: at + 1)
    }
    guard let value = entities.value(of: String(decoding: name, as: UTF8.self)) else {
      fault(
        "the entity \"&\(String(decoding: name, as: UTF8.self));\" is not known, or stands for other "
          + "entities or files, which are not read; it is kept as it is written")
      return token(upTo: name.endIndex + 1)
    }
    at = name.endIndex + 1
    replacement = value
    return .text
  }

  // MARK: Markup

  /// A tag, or nil where markup was skipped that has no text.
  private mutating func nextOfMarkup() throws -> Kind? {
    try need(9)
    let rest = buffer[(at + 1)...]
    guard let first = rest.first else { return literal() }
    switch first {
    case UInt8(ascii: "!"):
      if rest.starts(with: "!--".utf8) {
        at += 4
        try skip(past: "-->", of: "a comment")
      } else if rest.starts(with: "![CDATA[".utf8) {
        at += 9
        isInCDATA = true
      } else {
        try skipDeclaration()
      }
      return nil
    case UInt8(ascii: "?"):
      if rest.starts(with: "?xml".utf8) { isDeclared = true }
      at += 2
      try skip(past: isDeclared ? "?>" : ">", of: "a processing instruction")
      return nil
    case UInt8(ascii: "/"):
      guard let second = rest.dropFirst().first, beginsName(second) else { return literal() }
      return try tag(from: 2, .end)
    default:
      return beginsName(first) ? try tag(from: 1, .start) : literal()
    }
  }

  /// A name in Chinese is one where the stream says that it is XML; elsewhere it is a word in brackets.
  private func beginsName(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
      || (isDeclared && byte >= 0x80)
  }

  /// A sign that begins no tag is text.
  private mutating func literal() -> Kind {
    if isDeclared { fault("a bare \"<\"; expected \"&lt;\"") }
    return token(upTo: at + 1)
  }

  private mutating func tag(from start: Int, _ kind: Kind) throws -> Kind {
    var length = try lengthOfTag(from: start, withQuotes: true)
    if length == nil { length = try lengthOfTag(from: start, withQuotes: false) }
    guard let length else { return literal() }
    var inner = buffer[(at + start)..<(at + length)]
    isEmpty = kind == .start && inner.last == UInt8(ascii: "/")
    let written = inner.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }.prefix(256)
    name = Self.name(written)
    inner = inner.dropFirst(written.count)
    if tag.count > 0 { tag.removeAll(keepingCapacity: tag.capacity < 4096) }
    if kind == .start, inner.count > 1 { tag += inner.prefix(Self.longestTag) }
    if length > Self.longestTag {
      let name = name
      fault(
        "the tag <\(name)> is longer than \(Self.longestTag) bytes; its last attributes are lost")
      at += length
      while try at < buffer.count || fill() {
        if buffer[at] == UInt8(ascii: ">") {
          at += 1
          break
        }
        if buffer[at] == UInt8(ascii: "<") { break }
        at += 1
      }
    } else {
      at += length + 1
    }
    return kind
  }

  /// How far it is to the `>` of the tag that begins here; at most a byte more than the longest tag.
  /// Nil where a `<` or the end of the stream comes first: then this is no tag, or one quote is missing.
  private mutating func lengthOfTag(from start: Int, withQuotes: Bool) throws -> Int? {
    var length = start
    var quote: UInt8 = 0
    while true {
      if at + length >= buffer.count, try !fill() { return nil }
      let byte = buffer[at + length]
      if byte == UInt8(ascii: "<") { return nil }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return length
      } else if withQuotes, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      if length > Self.longestTag { return length }
      length += 1
    }
  }

  private mutating func skip(past end: String, of what: String) throws {
    let end = Array(end.utf8)
    while true {
      try need(end.count)
      guard buffer.count - at >= end.count else { break }
      var next = at
      while next < buffer.count, buffer[next] != end[0] { next += 1 }
      at = next
      if next + end.count > buffer.count { continue }
      if buffer[next...].starts(with: end) {
        at = next + end.count
        return
      }
      at = next + 1
    }
    at = buffer.count
    fault("\(what) is not ended before the end of the file; what stands in it is not read")
  }

  /// A `<!DOCTYPE …>` with what it declares.
  private mutating func skipDeclaration() throws {
    var inner: [UInt8] = []
    var brackets = 0
    var quote: UInt8 = 0
    at += 2
    while try at < buffer.count || fill() {
      let byte = buffer[at]
      at += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if brackets > 0, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "[") {
        brackets += 1
      } else if byte == UInt8(ascii: "]") {
        brackets = max(0, brackets - 1)
      } else if byte == UInt8(ascii: ">"), brackets == 0 {
        entities.declare(inner)
        return
      }
      if inner.count < MarkupEntities.longestDeclarations { inner.append(byte) }
    }
    fault("a declaration is not ended before the end of the file; what stands in it is not read")
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.contains(where: { (0x41...0x5A).contains($0) }) {
      return String(
        decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Buffer

  /// Has at least `count` bytes in the buffer from the next token on, fewer only at the end.
  private mutating func need(_ count: Int) throws {
    while buffer.count - at < count, try fill() {}
  }

  /// Reads a portion more; false at the end of the stream. Places before `at` are gone afterwards.
  private mutating func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    guard let portion = try source() else {
      isAtEnd = true
      return false
    }
    countLines()
    buffer.removeSubrange(..<at)
    at = 0
    counted = 0
    buffer += portion
    return true
  }

  private mutating func countLines() {
    while counted < at {
      let byte = buffer[counted]
      if byte == UInt8(ascii: "\n") {
        lines += 1
        column = 0
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      counted += 1
    }
  }
}
