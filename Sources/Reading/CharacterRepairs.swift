internal import Annotations
internal import Characters

/// Characters that stand for others: radicals and compatibility ideographs for the unified ones, and characters for
/// private use, which GBK and HKSCS had before there were standard ones.
///
/// A private character is read as GB 18030 has it in simplified text, and as HKSCS has it between Han characters of
/// traditional text. What has no standard character stays.
enum CharacterRepairs {
  /// Whether a character may be one that stands for another.
  @inline(__always)
  static func isSuspect(_ scalar: UInt32) -> Bool {
    (0x2E80...0x2FDF).contains(scalar) || (0xE000...0xFAFF).contains(scalar)
      || (0x2_F800...0x2_FA1F).contains(scalar)
  }

  /// The characters for private use that GB 18030-2000 still had, by those of its last edition, and by those of
  /// Unicode's second plane.
  private static let latest: [UInt32: UInt32] = [
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
    0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
  ]

  /// The text with the characters that are meant; nil where it has no others.
  /// - Complexity: O(count of the text).
  static func restored(
    _ text: TracedText, isTraditional: Bool, without skipped: Set<RepairKind>
  ) -> TracedText? {
    let source = text.characters
    var result = TracedText(after: text)
    var done = 0
    for index in source.indices where isSuspect(source[index]) {
      let scalar = source[index]
      let isPrivate = (0xE000...0xF8FF).contains(scalar)
      guard !skipped.contains(isPrivate ? .privateUse : .compatibility) else { continue }
      let meant: UInt32?
      if !isPrivate {
        meant = unified(scalar)
      } else if isTraditional {
        let isInText =
          index > 0 && TextCosts.isHan(source[index - 1]) && index + 1 < source.count
          && TextCosts.isHan(source[index + 1])
        meant = isInText ? characterOfHKSCS(scalar) : nil
      } else {
        meant = characterOfGB18030(scalar)
      }
      guard let meant else { continue }
      result.append(done..<index, of: text)
      result.append(
        [meant], for: index..<(index + 1), of: text,
        kind: isPrivate ? .privateUse : .compatibility)
      done = index + 1
    }
    guard done > 0 else { return nil }
    result.append(done..<source.count, of: text)
    return result
  }

  /// The unified ideograph of a radical or a compatibility ideograph.
  private static func unified(_ scalar: UInt32) -> UInt32? {
    let form = compatibilityForm(of: String(scalars: [scalar])).unicodeScalars
    guard form.count == 1, let only = form.first?.value, only != scalar else { return nil }
    return only
  }

  /// GBK had E815 to E864 at FE50 to FEA0, without 7F.
  private static func characterOfGB18030(_ scalar: UInt32) -> UInt32? {
    guard (0xE815...0xE864).contains(scalar) else { return nil }
    if let latest = latest[scalar] { return latest }
    let trail = UInt8(scalar - 0xE815) + 0x50
    return decoded([0xFE, trail < 0x7F ? trail : trail + 1], "GB18030")
  }

  /// Big5 has its private characters in five areas of 157 to a first byte.
  private static func characterOfHKSCS(_ scalar: UInt32) -> UInt32? {
    let areas: [(first: UInt32, last: UInt32, lead: UInt32)] = [
      (0xE000, 0xE310, 0xFA), (0xE311, 0xEEB7, 0x8E), (0xEEB8, 0xF6B0, 0x81),
      (0xF70F, 0xF848, 0xC7),
    ]
    if (0xF6B1...0xF70E).contains(scalar) {
      return decoded([0xC6, UInt8(0xA1 + scalar - 0xF6B1)], "Big5-HKSCS")
    }
    guard let area = areas.first(where: { ($0.first...$0.last).contains(scalar) }) else {
      return nil
    }
    let place = scalar - area.first
    let trail = place % 157
    return decoded(
      [UInt8(area.lead + place / 157), UInt8(trail < 63 ? 0x40 + trail : 0x62 + trail)],
      "Big5-HKSCS")
  }

  /// The one character of some bytes, unless it is again for private use.
  private static func decoded(_ bytes: [UInt8], _ charset: String) -> UInt32? {
    guard let text = try? convert(bytes, from: charset).0.unicodeScalars, text.count == 1,
      let only = text.first?.value, only != replacementCharacter,
      !(0xE000...0xF8FF).contains(only)
    else { return nil }
    return only
  }
}
