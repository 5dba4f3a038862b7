/// The cells of all lexicon rows while they are collected: each file has its columns, each row its cells.
/// Compiled they are a ``RowTable``.
///
/// The first cell of a row, its entry, is kept by itself; of all others equal ones are kept once.
package struct LexiconRows: Sendable {
  private struct Column {
    let name: String
    /// For each row of the file, the number of its cell.
    var cells: [UInt32] = []
  }

  private struct File {
    let number: UInt16
    let firstRow: Int
    var columns: [Column]
  }

  private var files: [File] = []
  private var entryEnds: [UInt32] = [0]
  private var entryText: [UInt8] = []
  private var lines: [UInt32] = []
  private var strings: [String] = [""]
  private var numbers: [String: UInt32] = ["": 0]

  /// No rows.
  package init() {}

  /// The number of rows.
  package var count: Int { lines.count }

  /// Begins a file with these columns; `number` is its number for provenance.
  package mutating func addFile(columns names: [String], number: UInt16 = 0) {
    files.append(
      File(number: number, firstRow: count, columns: names.map { Column(name: $0) }))
  }

  /// Adds a row of the last file, which stands on this line, and gives the row's number.
  package mutating func addRow(_ row: [String], line: Int = 0) -> Int {
    entryText += row[0].utf8
    entryEnds.append(UInt32(entryText.count))
    for place in row.indices.dropFirst() {
      files[files.count - 1].columns[place].cells.append(number(of: row[place]))
    }
    lines.append(UInt32(line))
    return count - 1
  }

  private mutating func number(of string: String) -> UInt32 {
    if string.isEmpty { return 0 }
    if let known = numbers[string] { return known }
    let number = UInt32(strings.count)
    numbers[string] = number
    strings.append(string)
    return number
  }

  /// The names of all columns of all files.
  package var columnNames: Set<String> { Set(files.flatMap(\.columns).map(\.name)) }

  /// A cell of any column but the first, nil when it is empty or the file has no such column.
  package func cell(_ column: String, of row: Int) -> String? {
    guard let file = files.last(where: { $0.firstRow <= row }),
      let place = file.columns.dropFirst().firstIndex(where: { $0.name == column })
    else { return nil }
    let number = file.columns[place].cells[row - file.firstRow]
    return number == 0 ? nil : strings[Int(number)]
  }

  /// Adds the sections of a ``RowTable``.
  func write(to sections: inout SectionList) {
    var names = numbers
    var strings = strings
    func number(ofName name: String) -> UInt32 {
      if let known = names[name] { return known }
      names[name] = UInt32(strings.count)
      strings.append(name)
      return UInt32(strings.count - 1)
    }
    var fileTable: [UInt32] = []
    var columnTable: [UInt32] = []
    var cells: [UInt32] = []
    for file in files {
      fileTable += [
        UInt32(file.firstRow), UInt32(columnTable.count / RowTable.columnWidth),
        UInt32(file.number),
      ]
      for (place, column) in file.columns.enumerated() {
        let name = number(ofName: column.name)
        if place == 0 {
          columnTable += [name, RowTable.entries, 0]
        } else if let only = column.cells.first, column.cells.allSatisfy({ $0 == only }) {
          columnTable += [name, RowTable.constant, only]
        } else {
          columnTable += [name, RowTable.numbered, UInt32(cells.count)]
          cells += column.cells
        }
      }
    }
    fileTable += [UInt32(count), UInt32(columnTable.count / RowTable.columnWidth), 0]
    // Most rows stand on the line behind that of the row before.
    var lineTable: [UInt32] = []
    for row in lines.indices
    where row == 0 || lines[row] != lines[row - 1] &+ 1 {
      lineTable += [UInt32(row), lines[row]]
    }
    var stringEnds: [UInt32] = [0]
    var stringText: [UInt8] = []
    for string in strings {
      stringText += string.utf8
      stringEnds.append(UInt32(stringText.count))
    }
    sections.set(RowTable.Section.files, fileTable)
    sections.set(RowTable.Section.columns, columnTable)
    sections.set(RowTable.Section.cells, cells)
    sections.set(RowTable.Section.lines, lineTable)
    sections.set(RowTable.Section.entryEnds, entryEnds)
    sections.set(RowTable.Section.entryText, entryText)
    sections.set(RowTable.Section.stringEnds, stringEnds)
    sections.set(RowTable.Section.stringText, stringText)
  }
}
