package import Annotations

/// Diagnostics as text: each with the line it is about and a caret under its column.
///
///     names.rules:3:11: error: no lexicon and no rule makes the class "ogr"; did you mean "org"? [unknown-class]
///       match  @ogr
///               ^
///
/// A tab is shown as spaces up to the next multiple of eight, a control character as its picture, and of a long
/// line what stands around the column. East Asian wide characters take two columns of the terminal.
package struct DiagnosticText: Sendable {
  /// The most columns of a line that are shown.
  private static let widest = 100
  /// How many of them stand before the column at least, where the line is long.
  private static let before = 60
  private static let tabWidth = 8
  private static let indent = "  "

  /// The texts of the files by their names.
  private let files: [String: String]

  /// The texts of files by their names.
  init(_ files: some Sequence<(name: String, text: String)>) {
    self.files = Dictionary(files.map { ($0.name, $0.text) }) { first, _ in first }
  }

  /// The text of each diagnostic, without a line end behind it.
  /// - Complexity: O(count of the texts of the files that the diagnostics name).
  package func text(_ diagnostics: [KnowledgeDiagnostic]) -> [String] {
    var lines: [String: [Substring.UTF8View]] = [:]
    return diagnostics.map { diagnostic in
      guard diagnostic.line > 0, let text = files[diagnostic.file] else {
        return diagnostic.description
      }
      let all =
        lines[diagnostic.file]
        ?? text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      lines[diagnostic.file] = all
      guard diagnostic.line <= all.count else { return diagnostic.description }
      let line = String(Substring(all[diagnostic.line - 1]))
      return diagnostic.description + "\n" + Self.excerpt(of: line, column: diagnostic.column)
    }
  }

  /// The line, and in the next one a caret under a column; 0 for no caret.
  package static func excerpt(of line: String, column: Int) -> String {
    var cells: [(text: String, width: Int)] = []
    var width = 0
    for character in line where character != "\r" {
      let cell = cell(of: character, at: width)
      cells.append(cell)
      width += cell.width
      // What is far behind the column is not looked at: a line may be as long as a file.
      if width > 2 * widest, cells.count > column + widest { break }
    }
    // The column behind the last character is where something is missing.
    let marked = min(max(column, 1), cells.count + 1) - 1
    var first = marked
    var left = 0
    while first > 0, left + cells[first - 1].width <= before {
      first -= 1
      left += cells[first].width
    }
    // A line that fits is shown whole.
    if width <= widest { first = 0 }
    left = cells[first..<marked].reduce(0) { $0 + $1.width }
    var end = first
    var shown = 0
    while end < cells.count, shown + cells[end].width <= widest || end <= marked {
      shown += cells[end].width
      end += 1
    }
    var text = indent
    if first > 0 {
      text += "…"
      left += 1
    }
    text += cells[first..<end].map(\.text).joined()
    if end < cells.count { text += "…" }
    while text.last == " " { text.removeLast() }
    if column == 0 { return text }
    return text + "\n" + indent + String(repeating: " ", count: left) + "^"
  }

  /// How a character is shown, and how many columns that takes.
  private static func cell(of character: Character, at width: Int) -> (text: String, width: Int) {
    guard let scalar = character.unicodeScalars.first else { return ("", 0) }
    switch scalar.value {
    case 0x09:
      let count = tabWidth - width % tabWidth
      return (String(repeating: " ", count: count), count)
    case 0..<0x20: return (picture(0x2400 + scalar.value), 1)
    case 0x7F: return (picture(0x2421), 1)
    case 0x80..<0xA0, 0xFEFF, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064:
      return (picture(0xFFFD), 1)
    default: return (String(character), isWide(scalar.value) ? 2 : 1)
    }
  }

  private static func picture(_ value: UInt32) -> String {
    Unicode.Scalar(value).map { String(Character($0)) } ?? "?"
  }

  /// Whether a character is of the East Asian width W or F: Unicode Standard Annex 11.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
