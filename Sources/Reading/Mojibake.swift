internal import Annotations

/// UTF-8 that was read in another charset: 浣犲ソ, which is 你好 read as GBK, and ä½\u{A0}å¥½, read as Latin-1.
///
/// A run of such characters is written back into its bytes and read as UTF-8. It is taken where the bytes are
/// well-formed, at least two characters come out, and these are cheaper as words than what is written: text that was
/// read well passes neither. 锟斤拷 is the UTF-8 of U+FFFD, twice: what stood there is lost.
struct Mojibake {
  /// For each character of the first plane whether it is a first and a second byte of UTF-8 in GBK. Made of 576 pairs
  /// (0.1 ms) when a text is first looked at.
  private static let beginnings: [Bool] = {
    var beginnings = [Bool](repeating: false, count: 0x10000)
    var bytes: [UInt8] = []
    for lead in leads {
      for trail in UInt8(0x80)...0xBF { bytes += [lead, trail, 0x0A] }
    }
    guard let text = try? convert(bytes, from: "GBK").0 else { return beginnings }
    for scalar in text.unicodeScalars
    where scalar.value >= 0x80 && scalar.value < 0xE000 {
      beginnings[Int(scalar.value)] = true
    }
    return beginnings
  }()
  /// The first bytes of the UTF-8 of Han characters and their signs.
  private static let leads: [UInt8] = [0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF]
  /// What the bytes 80 to 9F are in Windows' code page 1252.
  private static let windows: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x201A: 0x82, 0x0192: 0x83, 0x201E: 0x84, 0x2026: 0x85, 0x2020: 0x86,
    0x2021: 0x87, 0x02C6: 0x88, 0x2030: 0x89, 0x0160: 0x8A, 0x2039: 0x8B, 0x0152: 0x8C,
    0x017D: 0x8E, 0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95,
    0x2013: 0x96, 0x2014: 0x97, 0x02DC: 0x98, 0x2122: 0x99, 0x0161: 0x9A, 0x203A: 0x9B,
    0x0153: 0x9C, 0x017E: 0x9E, 0x0178: 0x9F,
  ]

  /// Whether a run of bytes of Chinese UTF-8, read as GBK, may begin with a character.
  @inline(__always)
  static func mayBeginGBK(_ scalar: UInt32) -> Bool { scalar < 0x10000 && beginnings[Int(scalar)] }

  /// Whether a run of bytes of Chinese UTF-8, read as Latin-1, may begin with a character: â, ã, ä … é, ï.
  @inline(__always)
  static func mayBeginLatin(_ scalar: UInt32) -> Bool {
    (0xE2...0xE9).contains(scalar) || scalar == 0xEF
  }

  /// One character of a text that was read wrong.
  private struct Decoded {
    let character: UInt32
    /// Where it comes from.
    let place: Range<Int>
  }

  private let text: TracedText
  private let costs: TextCosts

  /// The text with what was read wrong read again; nil where nothing was.
  /// - Complexity: O(count of the text).
  static func restored(
    _ text: TracedText, costs: @autoclosure () -> TextCosts
  ) -> TracedText? {
    let source = text.characters
    // Most texts have beginnings and no bytes that go on.
    guard source.indices.contains(where: { goesOn(at: $0, in: source) }) else { return nil }
    let reader = Mojibake(text: text, costs: costs())
    return reader.restored()
  }

  /// Whether at least two characters of UTF-8 seem to begin here.
  private static func goesOn(at index: Int, in source: [UInt32]) -> Bool {
    guard mayBeginGBK(source[index]) || mayBeginLatin(source[index]) else { return false }
    var bytes: [UInt8] = []
    var next = index
    while next < source.count, bytes.count < 3,
      let own = self.bytes(of: source[next], in: source[index])
    {
      bytes += own
      next += 1
    }
    return bytes.count >= 3 && (0x80...0xBF).contains(bytes[1]) && (0x80...0xBF).contains(bytes[2])
      && (bytes.count == 3 || bytes[3] < 0x80 || bytes[3] >= 0xC2)
  }

  /// The bytes of a character in the charset that the run's first character is of.
  private static func bytes(of scalar: UInt32, in first: UInt32) -> [UInt8]? {
    guard first < 0x100 else {
      // The one character of a single byte: 80.
      if scalar == 0x20AC { return [0x80] }
      return GBKTable.shared?.bytes(of: scalar).map { [$0.0, $0.1] }
    }
    if (0x80...0xFF).contains(scalar) { return [UInt8(scalar)] }
    return windows[scalar].map { [$0] }
  }

  private func restored() -> TracedText? {
    let source = text.characters
    var result = TracedText(after: text)
    var done = 0
    var index = 0
    while index < source.count {
      guard Self.goesOn(at: index, in: source), let run = run(at: index) else {
        index += 1
        continue
      }
      result.append(done..<index, of: text)
      for decoded in run { result.append(decoded.character, for: decoded.place, of: text) }
      let end = run[run.count - 1].place.upperBound
      result.list(index..<end, of: text, kind: .mojibake, read: run.map(\.character))
      index = end
      done = end
    }
    guard done > 0 else { return nil }
    result.append(done..<source.count, of: text)
    return result
  }

  /// The characters of a run that was read wrong; nil where it was read well.
  private func run(at start: Int) -> [Decoded]? {
    let source = text.characters
    var bytes: [UInt8] = []
    var places: [Int] = []
    var end = start
    while end < source.count, let own = Self.bytes(of: source[end], in: source[start]) {
      bytes += own
      places += own.map { _ in end }
      end += 1
    }
    var run: [Decoded] = []
    var at = 0
    while at < bytes.count, let (character, length) = Self.character(at: at, in: bytes) {
      run.append(
        Decoded(character: character, place: places[at]..<(places[at + length - 1] + 1)))
      at += length
    }
    // A last character whose third byte was lost with a sign for it: 鐨?
    if at < bytes.count, bytes.count - at < 3, Self.leads.contains(bytes[at]),
      bytes[at...].dropFirst().allSatisfy({ (0x80...0xBF).contains($0) }), end == places[at] + 1,
      end < source.count, source[end] == 0x3F || source[end] == replacementCharacter
    {
      run.append(Decoded(character: replacementCharacter, place: places[at]..<(end + 1)))
    } else if at < bytes.count {
      // The last character that was read ends where the one that was not begins.
      while let last = run.last, last.place.upperBound > places[at] { run.removeLast() }
    }
    let known = run.filter { $0.character != replacementCharacter }
    let written = source[start..<(run.last?.place.upperBound ?? start)]
    // Two signs for lost characters, and nothing else: 锟斤拷.
    if run.count >= 2, known.isEmpty { return run }
    guard known.count >= 2 || source[start] < 0x100 && known.count == 1 else { return nil }
    guard costs.cost(of: known.map(\.character)) * 3 < costs.cost(of: written) * 2 else {
      return nil
    }
    return run
  }

  /// A character of Chinese text in UTF-8, with the number of its bytes.
  private static func character(at index: Int, in bytes: [UInt8]) -> (UInt32, length: Int)? {
    // A letter that was taken for a second byte, and the signs of Latin-1: · × °.
    if (0x40...0x7E).contains(bytes[index]) { return (UInt32(bytes[index]), 1) }
    if index + 1 < bytes.count, bytes[index] == 0xC2 || bytes[index] == 0xC3,
      (0x80...0xBF).contains(bytes[index + 1])
    {
      return (UInt32(bytes[index] & 0x03) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
    }
    guard index + 2 < bytes.count, leads.contains(bytes[index]),
      (0x80...0xBF).contains(bytes[index + 1]), (0x80...0xBF).contains(bytes[index + 2])
    else { return nil }
    let value =
      UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    switch value {
    case 0x2010...0x2026, 0x2030...0x203B, 0x2100...0x2BFF, 0x3000...0x30FF, 0x3200...0x4DBF,
      0x4E00...0x9FFF, 0xFF01...0xFF5E, 0xFFE5, replacementCharacter:
      return (value, 3)
    default: return nil
    }
  }
}
