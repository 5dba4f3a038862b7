internal import Annotations

/// Documents that are rows of a table: RFC 4180 with commas, semicolons, tabs or bars, and names in the first row.
///
/// A quotation may hold delimiters and line ends; a quotation mark within a cell that does not begin with one, or before
/// other text, is part of the text.
struct TableReader: DocumentReader {
  private let context: InputContext
  private var rows: TableRows
  private let limit: Int
  private var columns: [FieldNames.Role: Int] = [:]
  private var header: [String]?
  private var isAtEnd = false

  /// Reads a stream of UTF-8.
  init(_ stream: ByteStream, delimiter: UInt8, context: InputContext) {
    self.context = context
    limit = context.options.limits.valueBytes
    rows = TableRows(stream, delimiter: delimiter, limit: limit)
  }

  mutating func next() -> Result<Document, InputFailure>? {
    while !isAtEnd {
      do {
        guard let row = try rows.next() else { break }
        switch row {
        case .cells(let cells):
          if cells.allSatisfy(\.isEmpty) { continue }
          guard let header else {
            if let failure = start(cells) { return .failure(failure) }
            continue
          }
          return document(cells, header)
        case .tooLong(let count):
          return .failure(context.tooLong(count, "the row", number: rows.number))
        case .open(let line):
          return .failure(
            context.failure(
              "the quotation that begins in line \(line) is not closed; close it, or double the quotation marks that are part of the text",
              number: rows.number))
        }
      } catch {
        isAtEnd = true
        return .failure(context.failure("\(error)", number: rows.number + 1))
      }
    }
    isAtEnd = true
    return nil
  }

  /// Takes the names of the columns.
  private mutating func start(_ cells: [String]) -> InputFailure? {
    header = cells
    columns = Self.columns(cells, context.options.fields)
    if columns[.text] != nil { return nil }
    isAtEnd = true
    return context.failure(
      context.options.fields.explain("the table", keys: cells, called: "columns"),
      number: rows.number)
  }

  private func document(_ cells: [String], _ header: [String]) -> Result<Document, InputFailure> {
    func cell(_ role: FieldNames.Role) -> String? {
      guard let column = columns[role], column < cells.count, !cells[column].isEmpty else {
        return nil
      }
      return cells[column]
    }
    guard cells.count <= header.count, columns[.text].map({ $0 < cells.count }) == true else {
      return .failure(
        context.failure(
          "the row has \(cells.count) cells, the header \(header.count); put a cell that holds the delimiter in quotation marks",
          number: rows.number))
    }
    return .success(
      context.document(
        DocumentFields(
          id: cell(.id), title: cell(.title), date: cell(.date), text: cell(.text) ?? ""),
        number: rows.number))
  }

  private static func columns(
    _ header: [String], _ fields: FieldNames
  ) -> [FieldNames.Role: Int] {
    let folded = header.map { FieldNames.folded($0) }
    var columns: [FieldNames.Role: Int] = [:]
    for role in FieldNames.Role.allCases {
      for name in fields.names(role) {
        guard let column = folded.firstIndex(of: FieldNames.folded(name)) else { continue }
        columns[role] = column
        break
      }
    }
    return columns
  }

  // MARK: Recognition

  /// What a head of UTF-8 looks like.
  enum Look {
    /// A table whose header names the text.
    case table(delimiter: UInt8)
    /// Rows of the same number of short cells, none of which is known.
    case unknown(delimiter: UInt8, columns: [String])
    case none
  }

  /// Whether text with this head is a table.
  static func look(at head: ArraySlice<UInt8>, _ fields: FieldNames) -> Look {
    var unknown = Look.none
    for delimiter in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      guard head.prefix(while: { $0 != 0x0A }).contains(delimiter) else { continue }
      var rows = TableRows(
        ByteStream(bytes: Array(head)), delimiter: delimiter, limit: head.count)
      guard case .cells(let header)? = try? rows.next(), header.count > 1 else { continue }
      if columns(header, fields)[.text] != nil { return .table(delimiter: delimiter) }
      let areNames = header.allSatisfy { !$0.isEmpty && $0.count <= 30 }
      guard areNames, Set(header).count == header.count,
        case .cells(let second)? = try? rows.next(), second.count == header.count,
        case .none = unknown
      else { continue }
      unknown = .unknown(delimiter: delimiter, columns: header)
    }
    return unknown
  }
}

/// The rows of a table.
struct TableRows {
  /// A row, or why there is none.
  enum Row {
    case cells([String])
    case tooLong(Int)
    /// The table ends within a quotation that begins in this line.
    case open(line: Int)
  }

  private static let quote = UInt8(ascii: "\"")

  private let stream: ByteStream
  private let delimiter: UInt8
  private let limit: Int
  private var portion: ArraySlice<UInt8> = []
  private var line = 1
  /// The number of rows that were given, with the header.
  private(set) var number = 0

  init(_ stream: ByteStream, delimiter: UInt8, limit: Int) {
    self.stream = stream
    self.delimiter = delimiter
    self.limit = limit
  }

  /// Where in a cell the reading is.
  private enum State {
    case start
    case plain
    case quoted
    /// Behind a quotation mark that ends the quotation or is the first of two.
    case closing
  }

  /// The next row; nil at the end.
  mutating func next() throws -> Row? {
    var cells: [String] = []
    var cell: [UInt8] = []
    var state = State.start
    var count = 0
    var isEmpty = true
    var opened = line
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    while true {
      if portion.isEmpty {
        guard let read = try stream.next() else { break }
        portion = read
      }
      let byte = portion.removeFirst()
      isEmpty = false
      if byte == 0x0A { line += 1 }
      count += 1
      if count > limit {
        if byte == 0x0A { break }
        continue
      }
      switch (state, byte) {
      case (.start, Self.quote):
        state = .quoted
        opened = line
      case (.quoted, Self.quote): state = .closing
      case (.quoted, _): cell.append(byte)
      case (.closing, Self.quote):
        cell.append(byte)
        state = .quoted
      case (_, delimiter):
        cells.append(text(cell))
        cell = []
        state = .start
      case (_, 0x0A):
        if state != .closing, cell.last == 0x0D { cell.removeLast() }
        cells.append(text(cell))
        number += 1
        return .cells(cells)
      case (.closing, 0x0D): break
      case (.closing, _):
        // The mark did not end the quotation: it is part of the text.
        cell.append(Self.quote)
        cell.append(byte)
        state = .quoted
      default:
        cell.append(byte)
        state = .plain
      }
    }
    if isEmpty { return nil }
    number += 1
    if count > limit { return .tooLong(count) }
    if state == .quoted { return .open(line: opened) }
    cells.append(text(cell))
    return .cells(cells)
  }
}
