/// How well bytes fit the charsets of Chinese that have two bytes a character, told by their structure.
///
/// All of them sort their characters into a level of common ones and levels of rare ones, and in running text nearly
/// all characters are common. Read in a wrong charset, a third or more of them fall into rare levels or beside them.
/// ICU's detector knows no EUC-TW and takes some Big5 for Japanese or Western text.
struct ChineseCharsets {
  /// A charset, and how much of the text is well-formed and common in it.
  struct Fit {
    /// ICU's name.
    let name: String
    /// From 0 to 100.
    let confidence: Int
  }

  /// What two bytes are in a charset.
  private enum Pair {
    case common
    case sign
    case rare
    /// In a part that only an extension of the charset has.
    case extended
    case malformed
  }

  private struct Count {
    var pairs = 0
    var common = 0
    var signs = 0
    var extended = 0
    var malformed = 0

    mutating func add(_ pair: Pair) {
      pairs += 1
      switch pair {
      case .common: common += 1
      case .sign: signs += 1
      case .rare: break
      case .extended: extended += 1
      case .malformed: malformed += 1
      }
    }

    /// The share of common characters and signs, less what is malformed, which counts four times.
    var confidence: Int {
      guard pairs > signs else { return 0 }
      let good = common + signs - 4 * malformed
      // Signs alone say little: they stand in the same rows in all of these charsets.
      return common == 0 ? 0 : max(0, good * 100 / pairs)
    }
  }

  /// The charset that fits best; nil where none fits at all.
  /// - Complexity: O(count of the sample).
  static func best(for sample: ArraySlice<UInt8>) -> Fit? {
    let gb = count(sample, gb18030)
    let big5 = count(sample, big5)
    let eucTW = count(sample, eucTW)
    let fits = [
      Fit(name: "GB18030", confidence: gb.confidence),
      Fit(name: big5.extended > 0 ? "Big5-HKSCS" : "Big5", confidence: big5.confidence),
      Fit(name: "EUC-TW", confidence: eucTW.confidence),
    ]
    // Where two fit as well, the first is the more usual one.
    return fits.reduce(nil as Fit?) { best, fit in
      fit.confidence > best?.confidence ?? 0 ? fit : best
    }
  }

  /// Walks over the characters beyond ASCII; `read` says what stands at an index and how many bytes it takes.
  private static func count(
    _ sample: ArraySlice<UInt8>, _ read: (ArraySlice<UInt8>, Int) -> (Pair, Int)
  ) -> Count {
    var count = Count()
    // What is read behind the last byte is no part of a character.
    let bytes = ArraySlice(sample + [0, 0, 0])
    var at = bytes.startIndex
    while at < bytes.endIndex - 3 {
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let (pair, length) = read(bytes, at)
      count.add(pair)
      at += length
    }
    return count
  }

  /// GB 18030 with GB 2312's first level (rows 16 to 55) as the common characters.
  private static func gb18030(_ bytes: ArraySlice<UInt8>, _ at: Int) -> (Pair, Int) {
    let (lead, trail) = (bytes[at], bytes[at + 1])
    guard (0x81...0xFE).contains(lead) else { return (.malformed, 1) }
    if (0x30...0x39).contains(trail) {
      let isWhole =
        (0x81...0xFE).contains(bytes[at + 2]) && (0x30...0x39).contains(bytes[at + 3])
      return isWhole ? (.extended, 4) : (.malformed, 1)
    }
    guard (0x40...0xFE).contains(trail), trail != 0x7F else { return (.malformed, 1) }
    if trail < 0xA1 { return (.extended, 2) }
    switch lead {
    case 0xA1...0xA3: return (.sign, 2)
    case 0xB0...0xD7: return (.common, 2)
    case 0xD8...0xF7: return (.rare, 2)
    default: return (.extended, 2)
    }
  }

  /// Big5 with its first level (A440 to C67E), and the parts that the Hong Kong supplement adds.
  private static func big5(_ bytes: ArraySlice<UInt8>, _ at: Int) -> (Pair, Int) {
    let (lead, trail) = (bytes[at], bytes[at + 1])
    guard (0x81...0xFE).contains(lead), (0x40...0x7E).contains(trail) || trail >= 0xA1,
      trail != 0xFF
    else { return (.malformed, 1) }
    switch UInt16(lead) << 8 | UInt16(trail) {
    case 0xA140...0xA3FE: return (.sign, 2)
    case 0xA440...0xC67E: return (.common, 2)
    case 0xC940...0xF9FE: return (.rare, 2)
    default: return (lead < 0x87 ? .malformed : .extended, 2)
    }
  }

  /// EUC-TW: the first plane of CNS 11643 (from row 36) as the common characters, others by four bytes.
  private static func eucTW(_ bytes: ArraySlice<UInt8>, _ at: Int) -> (Pair, Int) {
    let (lead, trail) = (bytes[at], bytes[at + 1])
    if lead == 0x8E {
      let isWhole = (0xA1...0xB0).contains(trail) && bytes[at + 2] >= 0xA1 && bytes[at + 3] >= 0xA1
      return isWhole ? (.rare, 4) : (.malformed, 1)
    }
    guard (0xA1...0xFE).contains(lead), (0xA1...0xFE).contains(trail) else {
      return (.malformed, 1)
    }
    switch lead {
    case 0xA1...0xA7: return (.sign, 2)
    case 0xC2...0xC3: return (.extended, 2)
    case 0xC4...0xFD: return (.common, 2)
    default: return (.malformed, 2)
    }
  }
}
