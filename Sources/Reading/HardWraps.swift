internal import Annotations
internal import Characters

/// Lines that a fixed width broke: joins them in a text that consists of such lines.
///
/// The text has to show it. Most of its long lines are equally wide, to within the width of a few letters; most of these
/// end in the middle of a sentence; and they have signs of sentences inside. Lists and poems have lines of one width as
/// well, but end them with signs or have none, and headlines are shorter. A full line is joined with the next one where
/// that is not indented, empty, or an item of a list.
enum HardWraps {
  /// How many full lines show that they are.
  private static let fewest = 4
  /// The narrowest width, in columns, of which a Han character takes two.
  private static let narrowest = 24
  private static let widest = 160
  /// How many columns stay free at most where a character would not have fit, with a sign that begins no line.
  private static let leastRoom = 4

  private struct Line {
    /// Without its end, and without spaces before that.
    let content: Range<Int>
    /// Where the next line begins.
    let next: Int
    let width: Int
  }

  /// Whether the lines of a text are as long as broken ones on the whole.
  static func maySuit(lineEnds: Int, count: Int) -> Bool {
    lineEnds >= fewest && (8...widest).contains(count / lineEnds)
  }

  /// The text with its lines joined; nil where they are not broken.
  /// - Complexity: O(count of the text).
  static func restored(_ text: TracedText) -> TracedText? {
    let source = text.characters
    let lines = lines(of: source)
    guard let width = width(of: lines, source) else { return nil }
    var result = TracedText(after: text)
    var done = 0
    for (line, next) in zip(lines, lines.dropFirst())
    where line.width + room(for: source[next.content]) > width && continues(source, line, next) {
      result.append(done..<line.content.upperBound, of: text)
      let gap = line.content.upperBound..<next.content.lowerBound
      // Words of Latin letters stay two words.
      let isBetweenWords =
        isWordCharacter(source[line.content.upperBound - 1])
        && isWordCharacter(source[next.content.lowerBound])
      result.append(isBetweenWords ? [0x20] : [], for: gap, of: text, kind: .lineBreak)
      done = next.content.lowerBound
    }
    guard done > 0 else { return nil }
    result.append(done..<source.count, of: text)
    return result
  }

  private static func lines(of source: [UInt32]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while start < source.count {
      var end = start
      while end < source.count, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
      var next = min(end + 1, source.count)
      if end < source.count, source[end] == 0x0D, next < source.count, source[next] == 0x0A {
        next += 1
      }
      while end > start, CharacterKind(source[end - 1]) == .space { end -= 1 }
      let width = source[start..<end].reduce(0) { $0 + columns(of: $1) }
      lines.append(Line(content: start..<end, next: next, width: width))
      start = next
    }
    return lines
  }

  /// The width that broke the lines; nil where none did.
  private static func width(of lines: [Line], _ source: [UInt32]) -> Int? {
    // The last line of a paragraph may have any width.
    let long = lines.filter { $0.width >= narrowest }
    guard long.count >= fewest, let width = long.map(\.width).max(), width <= widest else {
      return nil
    }
    let full = long.filter { isFull($0, width) }
    guard full.count >= fewest, full.count * 2 > long.count else { return nil }
    let broken = full.filter { endsInside(source[$0.content]) }
    let sentences = full.filter { source[$0.content].dropLast().contains(where: isSentenceSign) }
    guard broken.count * 2 > full.count, sentences.count * 2 > full.count else { return nil }
    return width
  }

  private static func isFull(_ line: Line, _ width: Int) -> Bool { line.width + leastRoom > width }

  /// The columns that the beginning of a line would have needed behind the line before it: a word is not broken.
  private static func room(for line: ArraySlice<UInt32>) -> Int {
    max(leastRoom, line.prefix(while: isWordCharacter).count + 1)
  }

  private static func endsInside(_ line: ArraySlice<UInt32>) -> Bool {
    guard let last = line.last else { return false }
    return TextCosts.isHan(last) || isWordCharacter(last)
  }

  /// Whether the next line goes on where a full one was broken.
  private static func continues(_ source: [UInt32], _ line: Line, _ next: Line) -> Bool {
    guard !next.content.isEmpty else { return false }
    let first = source[next.content.lowerBound]
    if CharacterKind(first) == .space { return false }
    // 1. 2、 (3) • ● - begin an item, unless the line before it ends inside a sentence.
    if endsInside(source[line.content]) { return true }
    if isDigit(first), source[line.content.upperBound - 1] != 0x2C {
      let rest = source[next.content].drop(while: isDigit)
      if let sign = rest.first, [0x2E, 0x3001, 0x29, 0xFF0E, 0xFF09].contains(sign) {
        return false
      }
    }
    return ![0x28, 0xFF08, 0x2022, 0x25CF, 0x25A0, 0x2D, 0x2A, 0x3010].contains(first)
  }

  private static func columns(of scalar: UInt32) -> Int {
    scalar < 0x1100 || (0xFF61...0xFFDC).contains(scalar) ? 1 : 2
  }

  private static func isSentenceSign(_ scalar: UInt32) -> Bool {
    [0x3002, 0xFF0C, 0x2C, 0xFF1B, 0xFF1F, 0xFF01].contains(scalar)
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  private static func isWordCharacter(_ scalar: UInt32) -> Bool {
    isDigit(scalar) || CharacterKind(scalar) == .letter
  }
}
