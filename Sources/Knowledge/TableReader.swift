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
    let bytes = Array(text.utf8)
    var line = 0
    var start = 0
    while start <= bytes.count {
      let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      line += 1
      var content = bytes[start..<lineEnd]
      start = lineEnd + 1
      if content.last == UInt8(ascii: "\r") { content.removeLast() }
      if content.isEmpty { continue }
      if columns.isEmpty {
        if content.first == UInt8(ascii: "#") {
          comments.append((line, String(decoding: content, as: UTF8.self)))
          continue
        }
        header(Self.cells(content), line: line, required: required, inOrder: inOrder)
        if columns.isEmpty { return }
        continue
      }
      let cells = Self.cells(content)
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

  /// The cells of a line.
  private static func cells(_ content: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var start = content.startIndex
    while true {
      let end = content[start...].firstIndex(of: UInt8(ascii: "\t")) ?? content.endIndex
      cells.append(String(decoding: content[start..<end], as: UTF8.self))
      if end == content.endIndex { return cells }
      start = end + 1
    }
  }

  private mutating func header(
    _ names: [String], line: Int, required: [String], inOrder: Bool
  ) {
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
