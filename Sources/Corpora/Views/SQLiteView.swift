internal import Annotations
internal import Extraction

/// Records as a database of SQLite, with the tables of ``SQLiteSchema`` and the facts as a view.
///
/// The stream has a row a line: a letter for the table, then cells behind tabs as PostgreSQL's `COPY` writes them (`\N`
/// is NULL, a backslash stands before what ends a cell). Documents are counted when the file is made.
struct SQLiteView: AssembledView {
  /// How many documents a transaction holds.
  private static let batch = 4096

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    var rows = Rows()
    rows.add(
      .documents, record.id, record.origin, record.title, record.date, record.offsets.rawValue,
      record.engine.version, record.engine.knowledge, record.engine.icu, document.text)
    for entity in record.entities {
      rows.add(.entities, entity.id, entity.type.rawValue, entity.name, entity.completedWith)
    }
    for entity in record.entities {
      for (number, alias) in entity.aliases.enumerated() {
        rows.add(.aliases, entity.id, String(number + 1), alias)
      }
    }
    for mention in record.mentions {
      rows.add(
        .mentions, mention.id, mention.type.rawValue, mention.subtype, mention.text,
        String(mention.start), String(mention.end), mention.entity, mention.rule)
    }
    let nested =
      record.nested.map { ("nested", $0) } + record.abbreviations.map { ("abbreviation", $0) }
    for (number, (kind, name)) in nested.enumerated() {
      rows.add(
        .nested, String(number + 1), kind, name.type.rawValue, name.text, String(name.start),
        String(name.end), name.within, name.name, name.rule)
    }
    for entity in record.entities {
      for (number, reference) in entity.references.enumerated() {
        rows.add(
          .references, entity.id, String(number + 1), reference.text, String(reference.start),
          String(reference.end), reference.rule)
      }
    }
    for time in record.times {
      rows.add(
        .times, time.id, time.text, String(time.start), String(time.end), time.value, time.mod)
    }
    for quantity in record.quantities {
      rows.add(
        .quantities, quantity.id, quantity.text, String(quantity.start), String(quantity.end),
        quantity.kind.rawValue, quantity.value, quantity.low, quantity.high, quantity.measure,
        quantity.unit, quantity.mod.rawValue, quantity.of, quantity.rule)
    }
    for (number, value) in (record.values ?? []).enumerated() {
      rows.add(
        .typedValues, String(number + 1), value.type.rawValue, value.text, String(value.start),
        String(value.end), RecordWriter.json(of: value.value),
        "[" + value.alternatives.map(RecordWriter.json).joined(separator: ", ") + "]")
    }
    for triple in record.triples {
      rows.add(
        .triples, triple.id, triple.status.rawValue, triple.group,
        triple.margin.map { String($0) }, triple.rule, String(triple.sentenceStart),
        String(triple.sentenceEnd))
    }
    for triple in record.triples {
      for (role, slot) in triple.roles {
        rows.add(
          .roles, triple.id, role, slot.text, slot.type, slot.value, slot.start.map(String.init),
          slot.end.map(String.init), slot.entity, slot.quantity, slot.carried ? "1" : "0")
      }
    }
    for (number, repair) in record.repairs.enumerated() {
      rows.add(
        .repairs, String(number + 1), String(repair.start), String(repair.end), repair.kind,
        repair.read)
    }
    for (number, remark) in record.diagnostics.enumerated() {
      rows.add(
        .diagnostics, String(number + 1), remark.kind, remark.message,
        remark.byteOffset.map { String($0) }, remark.span.map { String($0.start) },
        remark.span.map { String($0.end) }, remark.candidates.joined(separator: "\n"))
    }
    return rows.bytes
  }

  func assemble(_ stream: String, into result: String) throws {
    let file = try SQLiteFile(result)
    for table in SQLiteSchema.allCases { try file.execute(table.creation) }
    let tables = try SQLiteSchema.allCases.map { table in
      (insertion: try file.insertion(table.insertion), count: table.columns.count)
    }
    try file.execute("BEGIN")
    var number = 0
    var cell: [UInt8] = []
    try LineStream.lines(of: stream) { line in
      guard let letter = line.first, let table = SQLiteSchema(rawValue: letter) else { return }
      if table == .documents {
        number += 1
        if number % Self.batch == 0 { try file.execute("COMMIT; BEGIN") }
      }
      let (insertion, count) = tables[Int(letter - SQLiteSchema.documents.rawValue)]
      try insertion.bind(1, number)
      var at = line.startIndex + 1
      for column in 2..<(count + 2) {
        at += 1
        let end = line[at...].firstIndex(of: 0x09) ?? line.endIndex
        try insertion.bind(column, Self.read(line[at..<end], &cell))
        at = end
      }
      try insertion.run()
    }
    try file.execute("COMMIT")
    try file.execute(SQLiteSchema.ending)
    if try file.hasRows("PRAGMA foreign_key_check") {
      throw SQLiteFile.Failure(
        description: "a row names another one that is not there; this is a fault of the program")
    }
  }

  /// The text of a cell, in `buffer` where it has to be put together; nil for NULL.
  private static func read(_ cell: ArraySlice<UInt8>, _ buffer: inout [UInt8]) -> ArraySlice<UInt8>?
  {
    let backslash = UInt8(ascii: "\\")
    guard cell.contains(backslash) else { return cell }
    if cell.count == 2, cell.last == UInt8(ascii: "N") { return nil }
    buffer.removeAll(keepingCapacity: true)
    var isEscaped = false
    for byte in cell {
      if isEscaped {
        isEscaped = false
        switch byte {
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "t"): buffer.append(0x09)
        default: buffer.append(byte)
        }
      } else if byte == backslash {
        isEscaped = true
      } else {
        buffer.append(byte)
      }
    }
    return buffer[...]
  }

  /// Rows as lines of the stream.
  private struct Rows {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ table: SQLiteSchema, _ cells: String?...) {
      bytes.append(table.rawValue)
      for cell in cells {
        bytes.append(0x09)
        guard let cell else {
          bytes += "\\N".utf8
          continue
        }
        for byte in cell.utf8 {
          switch byte {
          case 0x09: bytes += "\\t".utf8
          case 0x0A: bytes += "\\n".utf8
          case UInt8(ascii: "\\"): bytes += "\\\\".utf8
          default: bytes.append(byte)
          }
        }
      }
      bytes.append(0x0A)
    }
  }
}
