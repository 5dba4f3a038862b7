internal import Annotations

/// Finds rows of lexicons that say nothing that another row has not said.
struct RepeatedRows {
  private struct Row {
    let classes: [ClassID]
    let cells: [String]
    let columns: [String]
    let file: String
    let line: Int

    /// What it says besides its classes: its cells by column, without empty ones.
    var features: [String: String] {
      var features: [String: String] = [:]
      for (column, cell) in zip(columns, cells) where !cell.isEmpty {
        if column == "entry" || column == "class" { continue }
        // A row that is on is one that says nothing of it.
        if column == "status", cell == "on" { continue }
        features[column] = cell
      }
      return features
    }
  }

  private var rows: [Row] = []
  /// For each entry the number of its last row, and for each row that of the one before with its entry, or -1.
  private var lastOfEntry: [String: Int] = [:]
  private var before: [Int] = []

  /// Adds a row, and gives the place of one that has the same features and all of its classes.
  /// - Complexity: O(rows with the same entry).
  mutating func add(
    _ cells: [String], _ columns: [String], _ classes: [ClassID], _ file: String, _ line: Int
  ) -> String? {
    let row = Row(classes: classes, cells: cells, columns: columns, file: file, line: line)
    var number = lastOfEntry.updateValue(rows.count, forKey: cells[0]) ?? -1
    before.append(number)
    rows.append(row)
    while number >= 0 {
      let other = rows[number]
      if classes.allSatisfy(other.classes.contains), other.features == row.features {
        return "\(other.file):\(other.line)"
      }
      number = before[number]
    }
    return nil
  }
}
