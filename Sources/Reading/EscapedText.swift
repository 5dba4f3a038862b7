internal import Annotations

/// Character references and tags of HTML that were escaped once more than they were read: `&nbsp;`, `&#20013;`,
/// `&amp;quot;`, `&lt;p&gt;` in what should be plain text.
///
/// A reference is read as its character, a tag as the end of a line where it ends a paragraph, else as nothing. What is
/// no whole reference with a name of the list stays as it is.
enum EscapedText {
  /// The references that occur in pages of news, by name.
  private static let named: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "ensp": 0x2002,
    "emsp": 0x2003, "thinsp": 0x2009, "ldquo": 0x201C, "rdquo": 0x201D, "lsquo": 0x2018,
    "rsquo": 0x2019, "laquo": 0xAB, "raquo": 0xBB, "mdash": 0x2014, "ndash": 0x2013,
    "hellip": 0x2026, "middot": 0xB7, "bull": 0x2022, "times": 0xD7, "divide": 0xF7,
    "deg": 0xB0, "plusmn": 0xB1, "permil": 0x2030, "yen": 0xA5, "euro": 0x20AC, "pound": 0xA3,
    "cent": 0xA2, "copy": 0xA9, "reg": 0xAE, "trade": 0x2122, "sect": 0xA7, "para": 0xB6,
    "eacute": 0xE9, "egrave": 0xE8, "uuml": 0xFC, "ouml": 0xF6, "auml": 0xE4, "ccedil": 0xE7,
    "sup2": 0xB2, "sup3": 0xB3, "frac12": 0xBD, "zwj": 0x200D, "zwnj": 0x200C, "shy": 0xAD,
  ]
  /// Tags that end a line, and tags that do not.
  private static let blocks: Set<String> = [
    "p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "tbody", "h1", "h2", "h3", "h4",
    "h5", "h6", "section", "article", "blockquote",
  ]
  private static let inline: Set<String> = [
    "span", "strong", "b", "i", "em", "font", "a", "u", "sup", "sub", "img", "small", "center",
  ]
  private static let longestName = 8
  private static let longestTag = 300
  private static let ampersand: UInt32 = 0x26
  private static let semicolon: UInt32 = 0x3B

  /// The text without them; nil where it has none.
  /// - Complexity: O(count of the text).
  static func restored(_ text: TracedText) -> TracedText? {
    let source = text.characters
    guard var next = source.firstIndex(of: ampersand) else { return nil }
    var result = TracedText(after: text)
    var done = 0
    while next < source.count {
      guard source[next] == ampersand, let (character, end) = reference(at: next, in: source) else {
        next += 1
        continue
      }
      result.append(done..<next, of: text)
      if character == 0x3C, let tag = tag(from: end, in: source) {
        result.append(
          tag.isBlock && result.characters.last != 0x0A && tag.end < source.count ? [0x0A] : [],
          for: next..<tag.end, of: text, kind: .entity)
        next = tag.end
      } else {
        result.append([character], for: next..<end, of: text, kind: .entity)
        next = end
      }
      done = next
    }
    guard done > 0 else { return nil }
    result.append(done..<source.count, of: text)
    return result
  }

  /// The character of a reference, however often it was escaped, and where it ends.
  private static func reference(at start: Int, in source: [UInt32]) -> (UInt32, end: Int)? {
    var found: (UInt32, end: Int)?
    var from = start + 1
    while let (character, end) = body(from: from, in: source) {
      found = (character, end)
      guard character == ampersand else { break }
      from = end
    }
    return found
  }

  /// What stands between `&` and the semicolon.
  private static func body(from start: Int, in source: [UInt32]) -> (UInt32, end: Int)? {
    var end = start
    while end < source.count, end - start <= longestName, source[end] != semicolon {
      guard source[end] < 0x80, isNameCharacter(source[end]) else { return nil }
      end += 1
    }
    guard end < source.count, end > start, source[end] == semicolon else { return nil }
    let name = String(scalars: source[start..<end])
    guard name.first == "#" else { return named[name].map { ($0, end + 1) } }
    let isHexadecimal = name.dropFirst().first.map { $0 == "x" || $0 == "X" } ?? false
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), value >= 0x20,
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar.value, end + 1)
  }

  private static func isNameCharacter(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0x41...0x5A).contains(scalar)
      || (0x61...0x7A).contains(scalar) || scalar == 0x23
  }

  /// Whether a tag whose `<` is read ends a line, and where it ends itself; nil where it is none.
  private static func tag(
    from start: Int, in source: [UInt32]
  ) -> (isBlock: Bool, end: Int)? {
    var name = ""
    var index = start
    if index < source.count, source[index] == 0x2F { index += 1 }
    while index < source.count, isNameCharacter(source[index]), name.count <= longestName {
      name += String(scalars: [source[index] | 0x20])
      index += 1
    }
    guard blocks.contains(name) || inline.contains(name) else {
      return nil
    }
    while index < source.count, index - start < longestTag, source[index] != 0x0A {
      if source[index] == 0x3E { return (blocks.contains(name), index + 1) }
      if source[index] == ampersand, let (character, end) = reference(at: index, in: source) {
        if character == 0x3E { return (blocks.contains(name), end) }
        if character == 0x3C { return nil }
        index = end
      } else {
        index += 1
      }
    }
    return nil
  }
}
