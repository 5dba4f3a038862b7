internal import Annotations

/// The date that a text file gives of itself: one of its first lines is nothing but a full date
/// (2024年5月18日, 2024-05-18).
enum Dateline {
  /// How many lines are looked at.
  private static let lines = 5

  /// The date and the number of its line, from 1; nil when no line is a date.
  static func find(in text: String) -> (date: CalendarDate, line: Int)? {
    let head = text.prefix(2000).split(
      maxSplits: lines, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in head.prefix(lines).enumerated() {
      if let date = date(of: line) { return (date, index + 1) }
    }
    return nil
  }

  private static func date(of line: Substring) -> CalendarDate? {
    var fields: [Int] = []
    var digits = ""
    var signs: [Character] = []
    for character in line where !character.isWhitespace {
      if character.isNumber, let value = character.wholeNumberValue {
        digits += String(value)
      } else {
        guard let field = Int(digits) else { return nil }
        fields.append(field)
        signs.append(character)
        digits = ""
      }
    }
    if let field = Int(digits) { fields.append(field) }
    // A unit behind each number, or the same sign between them; nothing else is a year, a month and a day.
    let isWritten =
      (signs.count == 3 && signs.allSatisfy(\.isLetter) && Set(signs).count == 3)
      || signs == ["-", "-"]
    guard fields.count == 3, fields[0] >= 1000, isWritten else { return nil }
    return CalendarDate(year: fields[0], month: fields[1], day: fields[2])
  }
}
