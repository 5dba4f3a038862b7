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
  /// For each file, where the columns of a name are. A list, since a file has few, and their names are so short that
  /// they compare faster than they hash.
  private let places: [[(name: String, place: Int)]]

  /// The number of rows.
  package var count: Int { entryEnds.count - 1 }
  /// The names of all columns of all files.
  package var columnNames: Set<String> { Set(places.joined().map(\.name)) }

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
    var places: [[(name: String, place: Int)]] = []
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
      fileCount == 0 ? rowCount == 0 : files[0] == 0
    else { throw fail() }
    for file in 0..<fileCount {
      let here = file * Self.fileWidth
      let next = here + Self.fileWidth
      guard files[here] <= files[next], files[here + 1] <= files[next + 1],
        Int(files[next + 1]) <= columns.count / Self.columnWidth
      else { throw fail() }
      let rows = Int(files[next] - files[here])
      var names: [String: Int] = [:]
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
        names[stringText.string(in: Int(stringEnds[name])..<Int(stringEnds[name + 1]))] = at
      }
      places.append(names.sorted { $0.value < $1.value }.map { ($0.key, $0.value) })
    }
    self.places = places
  }

  /// A cell, nil when it is empty or the file has no such column.
  /// - Complexity: O(log files).
  package func cell(_ column: String, of row: Int) -> String? {
    let file = Self.last(in: files, of: Self.fileWidth, upTo: row, count: places.count)
    guard let at = places[file].first(where: { $0.name == column })?.place else { return nil }
    let number: Int
    switch columns[at + 1] {
    case Self.entries:
      let start = Int(entryEnds[row])
      let end = Int(entryEnds[row + 1])
      return start == end ? nil : entryText.string(in: start..<end)
    case Self.constant: number = Int(columns[at + 2])
    default:
      number = Int(cells[Int(columns[at + 2]) + row - Int(files[file * Self.fileWidth])])
    }
    if number == 0 { return nil }
    return stringText.string(in: Int(stringEnds[number])..<Int(stringEnds[number + 1]))
  }

  /// The first cell of a row.
  package func entry(of row: Int) -> String {
    entryText.string(in: Int(entryEnds[row])..<Int(entryEnds[row + 1]))
  }

  /// Where a row stands.
  package func provenance(of row: Int) -> Provenance {
    let file = Self.last(in: files, of: Self.fileWidth, upTo: row, count: places.count)
    let place = 2 * Self.last(in: lines, of: 2, upTo: row, count: lines.count / 2)
    return Provenance(
      file: UInt16(truncatingIfNeeded: files[file * Self.fileWidth + 2]),
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
