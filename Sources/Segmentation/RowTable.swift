package import Annotations

/// The cells of all lexicon rows, used where they lie in compiled tables: a cell becomes a string when it
/// is asked for.
package struct RowTable: Sendable {
  enum Section {
    static let files = "row.files"
    static let columns = "row.columns"
    static let cells = "row.cells"
    static let lines = "row.lines"
    static let entryEnds = "row.entry.ends"
    static let entryText = "row.entry.text"
    static let stringEnds = "row.string.ends"
    static let stringText = "row.string.text"
  }

  /// What a column is: the entries themselves; one cell for all rows; for each row the number of its cell.
  static let entries: UInt32 = 0
  static let constant: UInt32 = 1
  static let numbered: UInt32 = 2
  /// Of each column its name, what it is, and the number of its one cell or the place of its first.
  static let columnWidth = 3
  /// Of each file its first row, its first column, and its number for provenance.
  static let fileWidth = 3

  private let storage: TableStorage
  private let files: Table<UInt32>
  private let columns: Table<UInt32>
  private let cells: Table<UInt32>
  private let lines: Table<UInt32>
  private let entryEnds: Table<UInt32>
  private let entryText: Table<UInt8>
  private let stringEnds: Table<UInt32>
  private let stringText: Table<UInt8>
  /// The names of the columns. A file has few, and their names are so short that they compare faster than they hash.
  private let names: [String]
  /// The cells that need no memory of their own as strings, most of those that are asked for; the others are empty
  /// here. The same few stand in many rows.
  private let shortCells: [String]
  private static let longestShort = 15
  /// For each so many rows, the file that the first of them is of.
  private let fileOfRows: [UInt16]
  private static let rowsOfAStep = 64

  /// The number of rows.
  package var count: Int { entryEnds.count - 1 }
  /// The names of all columns of all files.
  package var columnNames: Set<String> { Set(names) }

  /// Takes over compiled rows after checking that none of their tables leads outside another.
  init(_ sections: SectionReader) throws {
    storage = sections.storage
    files = try sections.table(Section.files)
    columns = try sections.table(Section.columns)
    cells = try sections.table(Section.cells)
    lines = try sections.table(Section.lines)
    entryEnds = try sections.table(Section.entryEnds)
    entryText = try sections.table(Section.entryText)
    stringEnds = try sections.table(Section.stringEnds)
    stringText = try sections.table(Section.stringText)
    func fail() -> CompiledTablesError {
      CompiledTablesError.damaged("a table of its rows leads outside another")
    }
    func isSound(_ ends: Table<UInt32>, _ text: Table<UInt8>) -> Bool {
      ends.count > 0 && ends[0] == 0 && Int(ends[ends.count - 1]) == text.count
        && (1..<ends.count).allSatisfy { ends[$0 - 1] <= ends[$0] }
    }
    let rowCount = entryEnds.count - 1
    let strings = UInt32(clamping: stringEnds.count - 1)
    guard isSound(entryEnds, entryText), isSound(stringEnds, stringText),
      cells.allSatisfy({ $0 < strings }), files.count >= Self.fileWidth,
      files.count % Self.fileWidth == 0, columns.count % Self.columnWidth == 0,
      lines.count % 2 == 0, rowCount == 0 || (lines.count > 0 && lines[0] == 0)
    else { throw fail() }
    let fileCount = files.count / Self.fileWidth - 1
    guard Int(files[fileCount * Self.fileWidth]) == rowCount,
      Int(files[fileCount * Self.fileWidth + 1]) == columns.count / Self.columnWidth,
      fileCount == 0 ? rowCount == 0 : files[0] == 0, fileCount <= Int(UInt16.max)
    else { throw fail() }
    var names: [String] = []
    var fileOfRows: [UInt16] = []
    for file in 0..<fileCount {
      let here = file * Self.fileWidth
      let next = here + Self.fileWidth
      guard files[here] <= files[next], files[here + 1] <= files[next + 1],
        Int(files[next + 1]) <= columns.count / Self.columnWidth
      else { throw fail() }
      let rows = Int(files[next] - files[here])
      while fileOfRows.count * Self.rowsOfAStep < Int(files[next]) {
        fileOfRows.append(UInt16(file))
      }
      for column in Int(files[here + 1])..<Int(files[next + 1]) {
        let at = column * Self.columnWidth
        let value = Int(columns[at + 2])
        guard columns[at] < strings else { throw fail() }
        switch columns[at + 1] {
        case Self.entries: break
        case Self.constant: guard value < Int(strings) else { throw fail() }
        case Self.numbered: guard value + rows <= cells.count else { throw fail() }
        default: throw fail()
        }
        let name = Int(columns[at])
        names.append(
          stringText.string(in: Int(stringEnds[name])..<Int(stringEnds[name + 1])))
      }
    }
    self.names = names
    shortCells = (0..<max(stringEnds.count - 1, 0)).map { [stringText, stringEnds] in
      let bytes = Int(stringEnds[$0])..<Int(stringEnds[$0 + 1])
      return bytes.count <= Self.longestShort ? stringText.string(in: bytes) : ""
    }
    self.fileOfRows = fileOfRows
  }

  /// The place of the record of the file that a row is of.
  @inline(__always)
  private func file(ofRow row: Int) -> Int {
    var file = Int(fileOfRows[row / Self.rowsOfAStep]) * Self.fileWidth
    while Int(files[file + Self.fileWidth]) <= row { file += Self.fileWidth }
    return file
  }

  /// A cell, nil when it is empty or the file has no such column.
  /// - Complexity: O(columns of the file).
  package func cell(_ column: String, of row: Int) -> String? {
    let file = file(ofRow: row)
    let first = Int(files[file + 1])
    // Of two columns of one name the last one counts.
    var number = Int(files[file + Self.fileWidth + 1]) - 1
    while number >= first, names[number] != column { number -= 1 }
    return number < first ? nil : cell(inColumn: number, of: row, firstRow: Int(files[file]))
  }

  @inline(__always)
  private func cell(inColumn column: Int, of row: Int, firstRow: Int) -> String? {
    let at = column * Self.columnWidth
    let number: Int
    switch columns[at + 1] {
    case Self.entries:
      let start = Int(entryEnds[row])
      let end = Int(entryEnds[row + 1])
      return start == end ? nil : entryText.string(in: start..<end)
    case Self.constant: number = Int(columns[at + 2])
    default: number = Int(cells[Int(columns[at + 2]) + row - firstRow])
    }
    if number == 0 { return nil }
    let short = shortCells[number]
    return !short.isEmpty
      ? short : stringText.string(in: Int(stringEnds[number])..<Int(stringEnds[number + 1]))
  }

  /// The first cell of a row.
  package func entry(of row: Int) -> String {
    entryText.string(in: Int(entryEnds[row])..<Int(entryEnds[row + 1]))
  }

  /// Where a row stands.
  package func provenance(of row: Int) -> Provenance {
    let place = 2 * Self.last(in: lines, of: 2, upTo: row, count: lines.count / 2)
    return Provenance(
      file: UInt16(truncatingIfNeeded: files[file(ofRow: row) + 2]),
      line: lines[place + 1] &+ UInt32(truncatingIfNeeded: row) &- lines[place])
  }

  /// The last of `count` records of a width whose first number is at most `row`.
  private static func last(
    in table: Table<UInt32>, of width: Int, upTo row: Int, count: Int
  ) -> Int {
    var low = 0
    var high = count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(table[middle * width]) <= row { low = middle } else { high = middle }
    }
    return low
  }
}
