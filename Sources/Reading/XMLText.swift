/// The text of an element as lines.
///
/// While an element is read, its tags leave marks among its bytes (`Mark`). Whether a line end of the file is one of
/// the text is known only when all of it was seen: where elements make the lines (`<p>`), line ends between words are
/// white space; where there is nothing but text they are the lines.
enum XMLText {
  /// What a tag leaves in the text: control characters that XML does not have.
  enum Mark {
    static let block: UInt8 = 0x1E
    /// An element of which is not known whether it is a line.
    static let start: UInt8 = 0x1C
    static let end: UInt8 = 0x1D
  }

  /// Elements that are lines, in the formats for news and in HTML.
  static let blocks: Set<String> = [
    "p", "br", "para", "paragraph", "lb", "hl1", "hl2", "head", "headline", "byline", "dateline",
    "distributor", "abstract", "sect", "subtitle", "note", "lg", "l", "ab", "section", "caption",
    "row", "content", "text", "body", "title", "subject", "turn", "post",
  ]

  /// Elements within a line.
  static let inlines: Set<String> = [
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd",
    "mark", "q", "ruby",
    "rb", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "chron",
    "city",
    "copyrite", "country", "event", "frac", "function", "inline", "lang", "location", "money",
    "name.family",
    "name.given", "num", "object.title", "org", "person", "postaddr", "pronounce", "region",
    "state", "virtloc",
    "alt-code", "persname", "placename", "orgname", "name", "rs", "hi", "ref", "w", "c", "pc",
    "seg", "term",
    "time", "emph", "foreign", "measure", "entity",
  ]

  /// Elements whose text is none of an article.
  static let skipped: Set<String> = [
    "script", "style", "media", "figure", "teiheader", "docdata", "figdesc", "contentmeta",
    "itemmeta", "rightsinfo",
  ]

  /// The marks of a start tag, or of an end tag; nil for none. A cell of a table leaves a space.
  static func mark(_ name: Substring, isStart: Bool) -> UInt8? {
    let name = String(name)
    if inlines.contains(name) { return nil }
    if name == "td" || name == "th" || name == "cell" { return 0x20 }
    if blocks.contains(name) || PageHints.blocks.contains(name) { return Mark.block }
    return isStart ? Mark.start : Mark.end
  }

  /// The lines of a text with marks, without white space around them and without empty ones. Linear.
  static func lines(_ bytes: [UInt8]) -> String {
    let hasBlocks = hasBlocks(bytes)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var space = false
    var lineEnd = false
    var isLine = false
    var isBehindEnd = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte <= 0x20 {
        switch byte {
        case 0x0A, 0x0D:
          lineEnd = true
          if hasBlocks { space = true } else { isLine = true }
        case Mark.block: isLine = true
        case Mark.start: if isBehindEnd { isLine = true }
        case Mark.end: isBehindEnd = true
        default: space = true
        }
        at += 1
        continue
      }
      // A wide space or one that does not break, at the beginning of a line.
      if byte == 0xE3, isLine || out.isEmpty, bytes[at...].starts(with: [0xE3, 0x80, 0x80]) {
        at += 3
        continue
      }
      if byte == 0xC2, isLine || out.isEmpty, bytes[at...].starts(with: [0xC2, 0xA0]) {
        at += 2
        continue
      }
      if isLine {
        if !out.isEmpty { out.append(0x0A) }
      } else if space, let last = out.last, !(lineEnd && last >= 0x80 && byte >= 0xE2) {
        out.append(0x20)
      }
      (space, lineEnd, isLine, isBehindEnd) = (false, false, false, false)
      // All bytes up to the next white space or mark.
      let start = at
      repeat { at += 1 } while at < bytes.count && bytes[at] > 0x20
      out += bytes[start..<at]
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A text as one line.
  static func line(_ bytes: [UInt8]) -> String {
    String(lines(bytes).map { $0.isNewline ? " " : $0 })
  }

  /// Whether elements make the lines: one that is a line, or two of an unknown kind with nothing between them.
  private static func hasBlocks(_ bytes: [UInt8]) -> Bool {
    var isBehindEnd = false
    for byte in bytes where byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 {
      switch byte {
      case Mark.block: return true
      case Mark.start: if isBehindEnd { return true }
      case Mark.end: isBehindEnd = true
      default: isBehindEnd = false
      }
    }
    return false
  }
}
