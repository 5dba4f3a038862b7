internal import Annotations

/// Whether the values of two spans say the same.
enum ValueComparison {
  /// Whether two TIMEX3 values have a spelling in common. `modifier` is that of the result: where it says the end
  /// or the start of a year, the last or the first month will do.
  static func isSameTime(gold: String, found: String?, modifier: String?) -> Bool {
    let wanted = openEnds(gold)
    let given = openEnds(found ?? "")
    if wanted == given { return true }
    guard given.utf8.count == 4, given.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return false
    }
    switch modifier {
    case "END": return wanted == given + "-12"
    case "START": return wanted == given + "-01"
    default: return false
    }
  }

  /// `2023/` and `2023/..` are two spellings of one open range.
  private static func openEnds(_ value: String) -> String {
    (value.hasPrefix("/") ? ".." : "") + value + (value.hasSuffix("/") ? ".." : "")
  }

  /// Whether two values are the same number, or the same characters where they are none (`2/3`).
  static func isSameNumber(gold: String, found: String?) -> Bool {
    guard let found else { return false }
    if let one = number(gold), let other = number(found) { return one == other }
    return gold == found
  }

  private static func number(_ text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    }
    return isPlain ? Double(text) : nil
  }

  /// Whether two modifiers are the same. The gold has one sign for more and for at least, and one for less and
  /// for at most.
  static func isSameModifier(gold: String?, found: Modifier) -> Bool {
    func folded(_ sign: String?) -> String {
      switch sign {
      case Modifier.atLeast.rawValue: Modifier.more.rawValue
      case Modifier.atMost.rawValue: Modifier.less.rawValue
      default: sign ?? Modifier.exact.rawValue
      }
    }
    return folded(gold) == folded(found.rawValue)
  }

  /// Whether two measure words are the same characters; an empty one is none.
  static func isSameMeasure(gold: String?, found: String?) -> Bool {
    (gold ?? "") == (found ?? "")
  }
}
