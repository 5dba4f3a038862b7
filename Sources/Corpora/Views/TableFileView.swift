internal import Annotations
internal import Extraction

/// One kind of rows as a table: a header, then a row a line.
struct TableFileView: RecordView {
  /// How cells stand in a line.
  enum Syntax: Sendable {
    /// Cells between tabs; a tab or a line end inside of a cell becomes a space.
    case tabs
    /// RFC 4180: cells between commas, lines that end with CR LF; a cell with a comma, a quote or a line end stands in
    /// quotes, and a quote in it is doubled.
    case commas
  }

  let rows: RecordTable
  let syntax: Syntax

  var prologue: [UInt8] { syntax.line(rows.columns) }

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    rows.rows(of: record).flatMap(syntax.line)
  }
}

extension TableFileView.Syntax {
  /// The bytes of a row, with its line end.
  func line(_ cells: [String?]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(self == .tabs ? UInt8(ascii: "\t") : UInt8(ascii: ",")) }
      guard let cell else { continue }
      switch self {
      case .tabs: bytes += String(cell.map { $0 == "\t" || $0.isNewline ? " " : $0 }).utf8
      case .commas: bytes += Self.quoted(cell)
      }
    }
    bytes += self == .tabs ? "\n".utf8 : "\r\n".utf8
    return bytes
  }

  private static func quoted(_ cell: String) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let special: [UInt8] = [quote, UInt8(ascii: ","), 0x0A, 0x0D]
    guard cell.utf8.contains(where: special.contains) else { return Array(cell.utf8) }
    var bytes = [quote]
    for byte in cell.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
    return bytes
  }
}
