/// The markup of MediaWiki as plain text: paragraphs, headings and list items as lines; templates, tables, references,
/// files and categories are left out, a link is its label.
///
///     WikiText.plain("'''北京'''是[[中华人民共和国|中国]]的首都<ref>…</ref>。")   // 北京是中国的首都。
///
/// Brackets that are not closed stand for themselves, so damaged markup loses nothing. Linear in the text.
enum WikiText {
  /// Links inside links, as captions of files have them; deeper ones are left out.
  private static let deepest = 16

  /// The text of a page.
  static func plain(_ markup: String) -> String {
    let bytes = withoutElements(Array(markup.utf8))
    let bare = converted(withoutPairs(bytes, "{{", "}}"))
    let tableless = withoutPairs(bare, "{|", "|}")
    var out: [UInt8] = []
    write(tableless[...], links: pairs(tableless, "[[", "]]"), depth: 0, to: &out)
    let text = withoutTags(out)
    return text.split(separator: "\n").compactMap { line(String($0)) }.joined(separator: "\n")
  }

  // MARK: Pairs of brackets

  /// Where each opening bracket that is closed ends, by the place of it: behind its closing one.
  private static func pairs(_ bytes: [UInt8], _ open: StaticString, _ close: StaticString) -> [Int:
    Int]
  {
    let (open, close) = (Array(open.description.utf8), Array(close.description.utf8))
    var found: [Int: Int] = [:]
    var stack: [Int] = []
    var at = 0
    while at + 1 < bytes.count {
      if bytes[at] == open[0], bytes[at + 1] == open[1] {
        stack.append(at)
        at += 2
      } else if bytes[at] == close[0], bytes[at + 1] == close[1] {
        if let start = stack.popLast() { found[start] = at + 2 }
        at += 2
      } else {
        at += 1
      }
    }
    return found
  }

  private static func withoutPairs(
    _ bytes: [UInt8], _ open: StaticString, _ close: StaticString
  ) -> [UInt8] {
    let ends = pairs(bytes, open, close)
    if ends.isEmpty { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if let end = ends[at] {
        at = end
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return out
  }

  // MARK: Elements

  /// Elements whose content is no text of the page.
  private static let elements = [
    "ref", "gallery", "math", "syntaxhighlight", "source", "timeline", "score", "references",
    "imagemap", "table",
    "templatestyles", "mapframe", "graph", "chem",
  ]

  /// The text without comments and the elements above.
  private static func withoutElements(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    // Where the next end of a kind stands is searched once; behind the last one there is none to search.
    var unclosed: Set<String> = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        out.append(bytes[at])
        at += 1
        continue
      }
      if bytes[at...].starts(with: "<!--".utf8), !unclosed.contains("-->"),
        let end = find("-->", in: bytes, from: at + 4)
      {
        at = end + 3
        continue
      }
      let name = String(
        decoding: bytes[(at + 1)...].prefix(16).prefix { isLetter($0) }.map { $0 | 0x20 },
        as: UTF8.self)
      if elements.contains(name), !unclosed.contains(name), let tag = endOfTag(bytes, at) {
        if bytes[tag - 2] == UInt8(ascii: "/") {
          at = tag
          continue
        }
        if let end = find("</" + name, in: bytes, from: tag), let close = endOfTag(bytes, end) {
          at = close
          continue
        }
        unclosed.insert(name)
      } else if bytes[at...].starts(with: "<!--".utf8) {
        unclosed.insert("-->")
      }
      out.append(bytes[at])
      at += 1
    }
    return out
  }

  /// Tags without what stands between them; `<br>` ends a line. Entities are resolved.
  private static func withoutTags(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let next = at + 1 < bytes.count ? bytes[at + 1] : 0
      if bytes[at] == UInt8(ascii: "<"), isLetter(next) || next == UInt8(ascii: "/"),
        let end = endOfTag(bytes, at)
      {
        if bytes[(at + 1)...].starts(with: "br".utf8) { out.append(UInt8(ascii: "\n")) }
        at = end
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return MarkupEntities().resolved(out[...])
  }

  /// Behind the `>` of a tag, which is on the same few lines.
  private static func endOfTag(_ bytes: [UInt8], _ start: Int) -> Int? {
    bytes[start...].prefix(1000).firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
  }

  private static func find(_ text: String, in bytes: [UInt8], from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    var at = start
    while at + wanted.count <= bytes.count {
      if bytes[at] == wanted[0], bytes[at...].starts(with: wanted) { return at }
      at += 1
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  // MARK: Links

  /// Writes a text, links as their labels.
  private static func write(
    _ bytes: ArraySlice<UInt8>, links: [Int: Int], depth: Int, to out: inout [UInt8]
  ) {
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at] == UInt8(ascii: "["), let end = links[at], end <= bytes.endIndex {
        if depth < deepest {
          write(link: bytes[(at + 2)..<(end - 2)], links: links, depth: depth, to: &out)
        }
        at = end
      } else if bytes[at] == UInt8(ascii: "["), let end = address(bytes, at) {
        // An address from outside: what stands behind the first space is its label.
        let inner = bytes[(at + 1)..<end]
        if let space = inner.firstIndex(of: 0x20) { out += inner[(space + 1)...] }
        at = end + 1
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
  }

  private static func address(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    let inner = bytes[(start + 1)...]
    guard
      inner.starts(with: "http".utf8) || inner.starts(with: "//".utf8)
        || inner.starts(with: "ftp:".utf8)
    else {
      return nil
    }
    return inner.prefix(2000).prefix { $0 != UInt8(ascii: "\n") }.firstIndex(of: UInt8(ascii: "]"))
  }

  /// A link to another namespace or another wiki (a file, a category) is no text; one that begins with a colon is.
  private static func write(
    link: ArraySlice<UInt8>, links: [Int: Int], depth: Int, to out: inout [UInt8]
  ) {
    let bar = link.firstIndex(of: UInt8(ascii: "|"))
    let target = link[..<(bar ?? link.endIndex)]
    let colon = target.firstIndex(of: UInt8(ascii: ":"))
    if let colon, colon > target.startIndex, colon + 1 < target.endIndex, target[colon + 1] != 0x20
    {
      return
    }
    let label: ArraySlice<UInt8>
    if let bar, bar + 1 < link.endIndex {
      label = link[(bar + 1)...]
    } else {
      label = target.first == UInt8(ascii: ":") ? target.dropFirst() : target
    }
    write(label, links: links, depth: depth + 1, to: &out)
  }

  // MARK: Variants of Chinese

  /// `-{zh-hans:…; zh-hant:…}-` as the text for the mainland, or the first one; `-{…}-` as what is in it.
  private static func converted(_ bytes: [UInt8]) -> [UInt8] {
    let ends = pairs(bytes, "-{", "}-")
    if ends.isEmpty { return bytes }
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      guard let end = ends[at] else {
        out.append(bytes[at])
        at += 1
        continue
      }
      out += variant(String(decoding: bytes[(at + 2)..<(end - 2)], as: UTF8.self)).utf8
      at = end
    }
    return out
  }

  private static func variant(_ written: String) -> String {
    // Flags stand before a bar: A| shows the text, H| and T| only declare it.
    var text = written[...]
    if let bar = written.firstIndex(of: "|") {
      let flags = written[..<bar]
      if flags.allSatisfy({ $0.isASCII && ($0.isUppercase || $0 == ";" || $0 == "-") }) {
        if flags.contains("H") || flags.contains("T") { return "" }
        text = written[written.index(after: bar)...]
      }
    }
    var variants: [(code: Substring, text: Substring)] = []
    for part in text.split(separator: ";") {
      let part = part.drop(while: \.isWhitespace)
      guard part.hasPrefix("zh"), let colon = part.firstIndex(of: ":") else { continue }
      variants.append((part[..<colon], part[part.index(after: colon)...]))
    }
    for code in ["zh-cn", "zh-hans"] {
      if let found = variants.first(where: { $0.code == code[...] }) { return String(found.text) }
    }
    return variants.first.map { String($0.text) } ?? String(text)
  }

  // MARK: Lines

  /// A line without the signs of headings, lists, emphasis and rules; nil where nothing is left.
  private static func line(_ written: String) -> String? {
    var line = written[...]
    while let first = line.first, "*#:; \t".contains(first) || first.isWhitespace {
      line = line.dropFirst()
    }
    if line.hasPrefix("----") { line = line.drop { $0 == "-" } }
    while line.last?.isWhitespace == true { line = line.dropLast() }
    if line.hasPrefix("="), line.hasSuffix("="), line.count > 2 {
      line = line.drop { $0 == "=" || $0.isWhitespace }
      while let last = line.last, last == "=" || last.isWhitespace { line = line.dropLast() }
    }
    if line.hasPrefix("__"), line.hasSuffix("__"), line.allSatisfy({ $0.isASCII || $0 == "_" }) {
      return nil
    }
    var plain = String(line)
    // Emphasis, and the brackets that a template was all of.
    for sign in ["'''", "''", "\u{FF08}\u{FF09}", "()"] {
      plain = plain.split(separator: sign).joined()
    }
    return plain.isEmpty ? nil : plain
  }
}
