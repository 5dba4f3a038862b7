package import Annotations
internal import Characters

/// Cuts a text into sentences: ICU's sentence iterator, with Chinese rules for what stands in
/// brackets and quotes on top.
///
/// - A line end always ends a sentence, and so does a character that cannot be read any more.
/// - No sentence ends inside 《》, （） or 【】, nor inside a short quote that goes on in the same line.
/// - Closing quotes and brackets belong to the sentence before them (ICU's own rule), opening quotes to the one behind.
/// - What is longer than `longest` characters is cut, at a comma where there is one, so that the
///   work for a sentence is bounded.
package struct SentenceSplitter {
  /// The longest sentence, in characters.
  package static let longest = 1200
  /// A quote longer than this holds sentences of its own.
  private static let longestQuote = 120

  private let iterator: ICUBreakIterator?
  private var units: [UInt16] = []

  /// A splitter; opening ICU's iterator takes about 0.1 ms.
  package init() { iterator = ICUBreakIterator(.sentence) }

  /// The sentences of a text in order, without the white space around them.
  /// - Complexity: O(count of the text).
  package mutating func split(_ text: NormalizedText) -> [TextRange] {
    var sentences: [TextRange] = []
    var lineStart = 0
    let characters = text.characters
    let damaged = NormalizedText.damaged
    while lineStart < characters.count {
      var lineEnd = lineStart
      while lineEnd < characters.count, CharacterKind(characters[lineEnd]) != .newline,
        characters[lineEnd] != damaged
      {
        lineEnd += 1
      }
      splitLine(characters, from: lineStart, to: lineEnd, into: &sentences)
      lineStart = lineEnd + 1
    }
    return sentences
  }

  private mutating func splitLine(
    _ text: [UInt32], from lineStart: Int, to lineEnd: Int, into sentences: inout [TextRange]
  ) {
    guard lineStart < lineEnd else { return }
    var start = lineStart
    let protected = protectedEnds(text, from: lineStart, to: lineEnd)
    func emit(_ end: Int) {
      var rest = start
      while rest < end {
        let cut = end - rest > Self.longest ? Self.cut(text, from: rest) : end
        let trimmed = Self.trim(text, from: rest, to: cut)
        if !trimmed.isEmpty { sentences.append(trimmed) }
        rest = cut
      }
      start = end
    }
    units.removeAll(keepingCapacity: true)
    // One unit a character: a character beyond the first plane counts as a Han character.
    units.append(addingCapacity: lineEnd - lineStart) { units in
      for index in lineStart..<lineEnd { units.append(UInt16(exactly: text[index]) ?? 0x4E00) }
    }
    var borders: [Int] = []
    iterator?.forEachBorder(in: units) { border in
      // ICU takes what opens a quote for what closes one: 他走了。“我也走”，她说。
      var border = lineStart + border
      while border > lineStart + 1, border < lineEnd, Self.opensQuote(text[border - 1]) {
        border -= 1
      }
      borders.append(border)
    }
    var next = 0
    for border in borders where border < lineEnd {
      while next < protected.count, protected[next].end <= border { next += 1 }
      let inside = next < protected.count && protected[next].start < border
      // What closes a bracket does not end the sentence around it: 他读了《你好。》一书。
      let closes =
        next > 0 && protected[next - 1].end == border && text[border - 1] != 0x201D
        && CharacterKind(text[border]) != .space
      if !inside, !closes { emit(border) }
    }
    emit(lineEnd)
  }

  /// Spans between a bracket or quote and its partner, outermost ones, in order.
  private func protectedEnds(
    _ text: [UInt32], from lineStart: Int, to lineEnd: Int
  ) -> [TextRange] {
    var spans: [TextRange] = []
    var open: (closer: UInt32, at: Int, limit: Int)?
    for index in lineStart..<lineEnd {
      let character = text[index]
      if let pending = open {
        if character == pending.closer {
          spans.append(TextRange(pending.at, index + 1))
          open = nil
        } else if index - pending.at > pending.limit {
          open = nil
        }
        continue
      }
      switch character {
      case 0x300A: open = (0x300B, index, 200)  // 《》
      case 0x28: open = (0x29, index, 200)  // ()
      case 0x3010: open = (0x3011, index, 200)  // 【】
      case 0x201C: open = (0x201D, index, Self.longestQuote)  // “”
      default: break
      }
    }
    return spans
  }

  private static func opensQuote(_ character: UInt32) -> Bool {
    switch character {
    case 0x201C, 0x2018, 0x300A, 0x300C, 0x300E, 0x3010: true
    default: false
    }
  }

  private static func cut(_ text: [UInt32], from start: Int) -> Int {
    for index in stride(from: start + longest - 1, to: start + longest / 2, by: -1) {
      switch text[index] {
      case 0x2C, 0x3B, 0x3001: return index + 1
      default: continue
      }
    }
    return start + longest
  }

  private static func trim(_ text: [UInt32], from start: Int, to end: Int) -> TextRange {
    var start = start
    var end = end
    while start < end, CharacterKind(text[start]) == .space { start += 1 }
    while start < end, CharacterKind(text[end - 1]) == .space { end -= 1 }
    return TextRange(start, end)
  }
}
