internal import Annotations
internal import Characters
internal import Rules
internal import Segmentation

/// The lexicons of a folder, read: entries with their classes, rows of cells, and every fault of them.
struct LexiconReader {
  /// A row of a lexicon.
  struct Entry {
    let text: String
    let classes: [ClassID]
    let row: Int32
    let cost: Int?
    let isForced: Bool
  }

  private static let requiredColumns = ["entry", "class"]
  private static let statuses: Set<String> = ["on", "off", "force", "block"]

  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var rows = LexiconRows()
  private(set) var entries: [Entry] = []
  /// The entries that are no words.
  private(set) var blocked: [(text: String, file: String, line: Int)] = []
  /// The rows that say nothing new.
  /// Nil where nobody looks for rows that repeat others.
  private var repeats: RepeatedRows?
  /// The types of relations that rows name.
  private(set) var types: [RelationTypeReader.Use] = []
  /// The words whose simplified form is not that of their characters.
  private(set) var exceptions: [CharacterFolding.Exception] = []

  /// A reader that with `lints` looks for rows that repeat others.
  init(lints: Bool) { repeats = lints ? RepeatedRows() : nil }

  /// Reads a file.
  mutating func read(
    _ file: KnowledgeFolder.File, number: UInt16, classes: inout ClassTable
  ) {
    let table = TableReader(name: file.name, text: file.text, required: Self.requiredColumns)
    diagnostics += table.diagnostics
    guard !table.columns.isEmpty, let classColumn = table.column("class") else { return }
    rows.addFile(columns: table.columns, number: number)
    // Most rows of a file have the class of the row before.
    var classesOfCell: [String: [ClassID]] = [:]
    let statusColumn = table.column("status")
    let costColumn = table.column("cost")
    let nameColumn = table.column("name")
    let typeColumn = table.column(RelationTypeReader.feature)
    let adverbColumn = table.column("adverb")
    let objectColumn = table.column("object")
    for row in table.rows {
      let text = row.cells[0]
      guard check(text, row.line, file.name),
        check(
          adverbColumn.map { row.cells[$0] } ?? "", isBeginning: true, text, row.line, file.name),
        check(
          objectColumn.map { row.cells[$0] } ?? "", isBeginning: false, text, row.line, file.name)
      else { continue }
      let classCell = row.cells[classColumn]
      var own = classesOfCell[classCell]
      var names: [String] = []
      if own == nil {
        names = classCell.split(separator: " ").map(String.init)
        if names.isEmpty {
          report("no-class", file.name, row.line, "\"\(text)\" has no class; name one")
          continue
        }
        if Set(names).count < names.count {
          report("duplicate-class", file.name, row.line, "a class is named twice; remove one")
          continue
        }
      }
      let status = statusColumn.map { row.cells[$0] } ?? ""
      if !status.isEmpty, !Self.statuses.contains(status) {
        report(
          "unknown-status", file.name, row.line,
          "the status \"\(status)\" is unknown; expected on, off, force or block")
        continue
      }
      if status == "off" { continue }
      if status == "block" {
        blocked.append((text, file.name, row.line))
        continue
      }
      var cost: Int?
      if let written = costColumn.map({ row.cells[$0] }), !written.isEmpty {
        guard let number = Int(written), (0...10_000).contains(number) else {
          report(
            "bad-cost", file.name, row.line,
            "the cost \"\(written)\" is no whole number from 0 to 10000")
          continue
        }
        cost = number
      }
      if names == ["script"] {
        addException(text, name: nameColumn.map { row.cells[$0] } ?? "", row.line, file.name)
        continue
      }
      if own == nil {
        own = names.map { classes.add($0) }
        classesOfCell[classCell] = own
      }
      if let other = repeats?.add(row.cells, table.columns, own ?? [], file.name, row.line) {
        diagnostics.append(
          KnowledgeDiagnostic(
            .warning, kind: "duplicate-row", file: file.name, line: row.line,
            message:
              "\(other) has \"\(text)\" with the same classes and features already; remove one"))
      }
      if let type = typeColumn.map({ row.cells[$0] }), !type.isEmpty {
        types.append(RelationTypeReader.Use(type: type, file: file.name, line: row.line))
      }
      let rowNumber = rows.addRow(row.cells, line: row.line)
      entries.append(
        Entry(
          text: text, classes: (own ?? []).sorted(), row: Int32(rowNumber), cost: cost,
          isForced: status == "force"))
    }
  }

  /// Adds the words of the rows of rule tables: entries like those of lexicons.
  mutating func add(
    _ words: [RuleSources.Word], of tables: [RuleSources.Table], classes: inout ClassTable
  ) {
    var last: (table: Int, row: Int, number: Int)?
    for word in words {
      let table = tables[word.table]
      let row = table.rows[word.row]
      guard check(word.text, row.line, table.name) else { continue }
      if last?.table != word.table { rows.addFile(columns: table.columns, number: table.number) }
      let isSame = last?.table == word.table && last?.row == word.row
      let number = isSame ? last?.number : nil
      let rowNumber = number ?? rows.addRow(row.cells, line: row.line)
      last = (word.table, word.row, rowNumber)
      entries.append(
        Entry(
          text: word.text, classes: [classes.add(word.category)], row: Int32(rowNumber), cost: nil,
          isForced: false))
    }
  }

  private mutating func check(_ entry: String, _ line: Int, _ file: String) -> Bool {
    if entry.isEmpty {
      report("empty-entry", file, line, "the entry is empty; write a word or remove the row")
      return false
    }
    if Self.isSpace(entry.unicodeScalars.first) || Self.isSpace(entry.unicodeScalars.last) {
      report("spaced-entry", file, line, "the entry \"\(entry)\" has spaces around it; remove them")
      return false
    }
    if entry.unicodeScalars.count > Lexicon.longestWord {
      report(
        "long-entry", file, line,
        "the entry has \(entry.unicodeScalars.count) characters; at most \(Lexicon.longestWord) "
          + "can match")
      return false
    }
    return true
  }

  /// Whether a cell is empty or the adverb or the object of a word, which leaves something of it for the verb.
  private mutating func check(
    _ part: String, isBeginning: Bool, _ entry: String, _ line: Int, _ file: String
  ) -> Bool {
    if part.isEmpty { return true }
    if part != entry, isBeginning ? entry.hasPrefix(part) : entry.hasSuffix(part) { return true }
    let (place, side) =
      isBeginning ? ("begin with its adverb", "before") : ("end with its object", "behind")
    report(
      "bad-part", file, line,
      "\"\(entry)\" does not \(place) \"\(part)\"; expected what stands \(side) its verb")
    return false
  }

  private mutating func addException(_ word: String, name: String, _ line: Int, _ file: String) {
    let from = word.unicodeScalars.map(\.value)
    let to = name.unicodeScalars.map(\.value)
    guard from.count == to.count else {
      report(
        "script-length", file, line,
        "\"\(word)\" and its simplified form \"\(name)\" have to be equally long")
      return
    }
    exceptions.append(CharacterFolding.Exception(word: from, simplified: to))
  }

  private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.isWhitespace == true
  }

  private mutating func report(_ kind: String, _ file: String, _ line: Int, _ message: String) {
    diagnostics.append(KnowledgeDiagnostic(kind: kind, file: file, line: line, message: message))
  }
}
