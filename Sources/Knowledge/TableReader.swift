internal import Annotations

/// A TSV file with a header row: cells by row and column, with every fault of its form.
struct TableReader {
  /// A row with its place.
  struct Row {
    let line: Int
    let cells: [String]
  }

  let name: String
  private(set) var columns: [String] = []
  private(set) var rows: [Row] = []
  /// The lines above the header that begin with `#`.
  private(set) var comments: [(line: Int, text: String)] = []
  private(set) var diagnostics: [KnowledgeDiagnostic] = []

  /// Reads a file. Lines that begin with `#` above the header are comments.
  /// The columns `required` must be there; the first of them must stand first, and with `inOrder` all
  /// of them in their order.
  init(name: String, text: String, required: [String], inOrder: Bool = false) {
    self.name = name
    var line = 0
    for raw in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      var content = Substring(raw)
      if content.utf8.last == UInt8(ascii: "\r") { content.removeLast() }
      if columns.isEmpty {
        if content.isEmpty { continue }
        if content.hasPrefix("#") {
          comments.append((line, String(content)))
          continue
        }
        header(content, line: line, required: required, inOrder: inOrder)
        if columns.isEmpty { return }
        continue
      }
      if content.isEmpty { continue }
      let cells = content.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == columns.count else {
        report(
          "cell-count", line,
          "the row has \(cells.count) cell\(cells.count == 1 ? "" : "s"), the header "
            + "\(columns.count); add or remove tabs")
        continue
      }
      rows.append(Row(line: line, cells: cells))
    }
    if columns.isEmpty {
      report("no-header", 0, "there is no header row; the first row names the columns")
    }
  }

  private mutating func header(
    _ content: Substring, line: Int, required: [String], inOrder: Bool
  ) {
    let names = content.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard names.first == required.first else {
      report(
        "no-header", line,
        "the header row has to begin with \"\(required.first ?? "")\" and a tab, but begins with "
          + "\"\(names.first ?? "")\"")
      return
    }
    for (index, name) in names.enumerated() where name.isEmpty || names[..<index].contains(name) {
      report(
        "bad-column", line,
        name.isEmpty
          ? "column \(index + 1) has no name" : "two columns are called \"\(name)\"; rename one")
    }
    for name in required where !names.contains(name) {
      report("missing-column", line, "there is no column \"\(name)\"; add it to the header")
    }
    if diagnostics.isEmpty, inOrder, !names.starts(with: required) {
      report(
        "column-order", line,
        "the columns have to stand in this order: \(required.joined(separator: ", "))")
    }
    if diagnostics.isEmpty { columns = names }
  }

  private mutating func report(_ kind: String, _ line: Int, _ message: String) {
    diagnostics.append(
      KnowledgeDiagnostic(kind: kind, file: name, line: line, message: message))
  }

  /// The place of a column, nil when the file has none of that name.
  func column(_ name: String) -> Int? { columns.firstIndex(of: name) }
}
