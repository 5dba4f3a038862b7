internal import Annotations
internal import Characters

/// Finds addresses of the net, mail addresses and telephone numbers, which are texts and no numbers.
struct ContactScanner {
  let text: [UInt32]
  let range: TextRange
  /// Whether a word stands before a position that says that a telephone number comes.
  let isCalled: (Int) -> Bool

  private static let schemes = ["http://", "https://", "ftp://", "www."].map {
    $0.unicodeScalars.map(\.value)
  }

  /// How far before the sentence an address may begin that goes on in it.
  private static let reach = 300

  /// All of them that begin in the sentence, in order, none overlapping another.
  /// - Complexity: O(count of the sentence).
  func contacts() -> [TypedValue] {
    var found: [TypedValue] = []
    var position = max(range.start, inheritedEnd)
    while position < range.end {
      let kind = CharacterKind(text[position])
      guard
        kind == .letter || kind == .digit || text[position] == 0x2B || text[position] == 0x28
          || (text[position] == 0x3A && character(position + 1) == 0x3A)
      else {
        position += 1
        continue
      }
      if let (end, type) = contact(at: position) {
        let span = TextRange(position, end)
        let written = String(scalars: text[position..<end])
        found.append(TypedValue(range: span, type: type, value: .init(.string, value: written)))
        position = end
      } else {
        position += 1
        while position < range.end, isWord(position) { position += 1 }
      }
    }
    return found
  }

  /// Where an address ends that begins before the sentence: its question mark ended the one before.
  var inheritedEnd: Int {
    var start = range.start
    while start > 0, range.start - start < Self.reach, isAddress(text[start - 1]) { start -= 1 }
    guard start < range.start else { return range.start }
    for position in start..<range.start {
      if let end = address(at: position) { return max(range.start, min(end, range.end)) }
    }
    return range.start
  }

  private func isAddress(_ character: UInt32) -> Bool {
    (0x21...0x7E).contains(character) && ![0x22, 0x3C, 0x3E].contains(character)
  }

  private func contact(at start: Int) -> (end: Int, type: TypedValue.ExpressionType)? {
    if let end = address(at: start) { return (end, .url) }
    if let end = mail(at: start) { return (end, .email) }
    if let end = host(at: start) ?? longHost(at: start) { return (end, .ip) }
    if let end = called(at: start) { return (end, .phone) }
    if let end = telephone(at: start) { return (end, .phone) }
    return nil
  }

  private func character(_ position: Int) -> UInt32 { position < range.end ? text[position] : 0 }

  private func isDigit(_ position: Int) -> Bool { (0x30...0x39).contains(character(position)) }

  private func isWord(_ position: Int) -> Bool {
    let kind = CharacterKind(character(position))
    return kind == .letter || kind == .digit
  }

  /// http://… up to a space or a character that no address has.
  private func address(at start: Int) -> Int? {
    let matches = Self.schemes.contains { scheme in
      start + scheme.count < text.count
        && text[start..<(start + scheme.count)].map { $0 | 0x20 } == scheme.map { $0 | 0x20 }
    }
    guard matches else { return nil }
    var end = start
    while end < text.count, isAddress(text[end]) { end += 1 }
    while end > start, [0x2E, 0x2C, 0x3B, 0x29, 0x21, 0x3F].contains(text[end - 1]) { end -= 1 }
    return end
  }

  /// The longest name and the longest part of a domain that mail has.
  private static let longestName = 64

  /// name@host.domain
  private func mail(at start: Int) -> Int? {
    var position = start
    while position - start <= Self.longestName,
      isWord(position) || [0x2E, 0x2D, 0x5F, 0x2B].contains(character(position))
    {
      position += 1
    }
    guard character(position) == 0x40 else { return nil }
    let host = position + 1
    var end = host
    var point = false
    while isWord(end) || character(end) == 0x2D
      || (character(end) == 0x2E && isWord(end + 1) && end > host)
    {
      if character(end) == 0x2E { point = true }
      end += 1
    }
    return point ? end : nil
  }

  /// Four numbers up to 255 with points between.
  private func host(at start: Int) -> Int? {
    guard isDigit(start), start == range.start || text[start - 1] != 0x2E else { return nil }
    var position = start
    for part in 0..<4 {
      var value = 0
      let first = position
      while isDigit(position), position - first < 4 {
        value = value * 10 + Int(text[position] - 0x30)
        position += 1
      }
      guard position > first, position - first <= 3, value <= 255 else { return nil }
      if part < 3 {
        guard character(position) == 0x2E else { return nil }
        position += 1
      }
    }
    guard !isWord(position), character(position) != 0x2E || !isDigit(position + 1) else {
      return nil
    }
    return position
  }

  /// Groups of up to four hexadecimal digits with colons between: eight, or fewer with one gap (::).
  private func longHost(at start: Int) -> Int? {
    var position = start
    var groups = 0
    var gaps = 0
    while position < range.end, position - start < 40 {
      let first = position
      while isHexadecimal(position), position - first < 5 { position += 1 }
      guard position - first <= 4 else { return nil }
      if position > first { groups += 1 }
      guard character(position) == 0x3A else { break }
      if character(position + 1) == 0x3A {
        gaps += 1
        position += 2
      } else if isHexadecimal(position + 1) {
        position += 1
      } else {
        break
      }
    }
    let isWhole = gaps == 1 ? groups >= 1 && groups < 8 : gaps == 0 && groups == 8
    guard isWhole, !isWord(position), character(position) != 0x3A else { return nil }
    return position
  }

  private func isHexadecimal(_ position: Int) -> Bool {
    isDigit(position) || (0x61...0x66).contains(character(position) | 0x20)
  }

  /// Six digits or more behind 电话, however they are grouped.
  private func called(at start: Int) -> Int? {
    let signs: [UInt32] = [0x2D, 0x20, 0x2F, 0x28, 0x29, 0x2E]
    guard isDigit(start) || text[start] == 0x2B || text[start] == 0x28, isCalled(start) else {
      return nil
    }
    var position = start + 1
    var end = position
    var digits = isDigit(start) ? 1 : 0
    var gap = 0
    while position < range.end, digits < 20 {
      if isDigit(position) {
        digits += 1
        gap = 0
        end = position + 1
      } else if signs.contains(text[position]), gap < 2 {
        gap += 1
      } else {
        break
      }
      position += 1
    }
    return digits >= 6 && !isWord(end) ? end : nil
  }

  /// A mobile number, a number with its area code, or one with its country code.
  private func telephone(at start: Int) -> Int? {
    var digits: [UInt32] = []
    var groups = [0]
    var position = start
    let isForeign = character(position) == 0x2B
    if isForeign { position += 1 }
    while position < range.end, digits.count < 16 {
      if isDigit(position) {
        digits.append(text[position])
        groups[groups.count - 1] += 1
        position += 1
      } else if [0x2D, 0x20].contains(character(position)), isDigit(position + 1),
        groups.count < 5
      {
        groups.append(0)
        position += 1
      } else {
        break
      }
    }
    guard !isWord(position), character(position) != 0x2E || !isDigit(position + 1) else {
      return nil
    }
    if isForeign { return (9...15).contains(digits.count) ? position : nil }
    guard let first = digits.first else { return nil }
    let isMobile =
      digits.count == 11 && first == 0x31 && (0x33...0x39).contains(digits[1])
      && (groups == [11] || groups == [3, 4, 4])
    let isFixed =
      first == 0x30 && groups.count == 2 && (3...4).contains(groups[0])
      && (7...8).contains(groups[1])
    let isFree = groups == [3, 3, 4] && (first == 0x34 || first == 0x38) && digits[1] == 0x30
    return isMobile || isFixed || isFree ? position : nil
  }
}
