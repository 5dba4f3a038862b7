internal import Annotations
internal import Extraction

/// The files `*.costs.tsv`, read: the tags of classes and what it costs that one follows another.
struct CostTables {
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private var tagRows: [(row: TableReader.Row, file: String)] = []
  private(set) var transitions: [(left: String, right: String, cost: Int)] = []
  private(set) var unknown = (tag: "N", cost: 0)
  private(set) var stray = (tag: "X", cost: 0)
  private(set) var clauses = TaggingModel.ClauseCosts()

  /// The classes whose words have tags.
  var taggedClasses: [String] { tagRows.map { $0.row.cells[0] } }
  /// The tags.
  var tags: [String] { tagRows.map { $0.row.cells[3] } }

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".costs.tsv") }

  /// Reads those of some files that are of costs.
  init(_ sources: [UncompiledFile]) {
    for source in sources where Self.reads(source.name) { read(source) }
  }

  /// Two kinds of files of costs: `*transitions.costs.tsv`, and all others, which are of tags.
  private static func isTransitions(_ file: UncompiledFile) -> Bool {
    file.name.hasSuffix("transitions.costs.tsv")
  }

  private mutating func read(_ file: UncompiledFile) {
    if Self.isTransitions(file) {
      let table = TableReader(
        name: file.name, text: file.text, required: ["left", "right", "cost"],
        inOrder: true)
      diagnostics += table.diagnostics
      for row in table.rows {
        guard let cost = cost(row.cells[2], row.line, file.name) else { continue }
        for left in row.cells[0].split(separator: " ") {
          for right in row.cells[1].split(separator: " ") {
            transitions.append((String(left), String(right), cost))
          }
        }
      }
    } else {
      let table = TableReader(
        name: file.name, text: file.text, required: ["class", "feature", "value", "tag", "cost"],
        inOrder: true)
      diagnostics += table.diagnostics
      for row in table.rows {
        guard let cost = cost(row.cells[4], row.line, file.name) else { continue }
        switch row.cells[0] {
        case "*": unknown = (row.cells[3], cost)
        case "?": stray = (row.cells[3], cost)
        case "!": clauseCost(row, cost, file.name)
        default:
          tagRows.append((row, file.name))
        }
      }
    }
  }

  /// A row that speaks of whole clauses.
  private mutating func clauseCost(_ row: TableReader.Row, _ cost: Int, _ file: String) {
    switch row.cells[1] {
    case "none":
      clauses.missingPredicate = cost
      clauses.end = row.cells[3]
    case "again": clauses.predicates.append((row.cells[3], cost))
    case "known": clauses.known.append((row.cells[3], row.cells[2] == "free", cost))
    case "long": longWords(row, cost, file)
    default:
      report(
        "unknown-clause-cost", file, row.line,
        "\"! \(row.cells[1])\" is unknown; expected none (a clause without a predicate), again "
          + "(another predicate in one clause), known (the tag of words that are no unknown ones) or "
          + "long (words from a length on)")
    }
  }

  /// A row that says what words cost from a length on.
  private mutating func longWords(_ row: TableReader.Row, _ cost: Int, _ file: String) {
    guard let length = Int(row.cells[2]), (1...64).contains(length),
      !clauses.lengths.contains(where: { $0.length == length })
    else {
      report(
        "bad-length", file, row.line,
        "\"\(row.cells[2])\" is no length in characters from 1 to 64 that no other row of \"! long\" has"
      )
      return
    }
    clauses.lengths.append((length, cost))
  }

  /// The rows of the tags of those classes that are known.
  func rows(_ classes: ClassTable) -> [TaggingModel.TagRow] {
    tagRows.compactMap { row, _ in
      classes.find(row.cells[0]).map {
        TaggingModel.TagRow(
          category: $0, feature: row.cells[1].isEmpty ? nil : row.cells[1],
          value: row.cells[2].isEmpty ? nil : row.cells[2], tag: row.cells[3],
          cost: Int(row.cells[4]) ?? 0)
      }
    }
  }

  /// What is said of rows of tags whose classes are not there, once all are known.
  func unknownClasses(_ classes: ClassTable) -> [KnowledgeDiagnostic] {
    tagRows.filter { row, _ in classes.find(row.cells[0]) == nil }.map { row, file in
      KnowledgeDiagnostic(
        kind: "unknown-class", file: file, line: row.line,
        message: classes.unknown(row.cells[0]))
    }
  }

  private mutating func cost(_ text: String, _ line: Int, _ file: String) -> Int? {
    if let cost = Int(text), (-10_000...10_000).contains(cost) { return cost }
    report(
      "bad-cost", file, line, "the cost \"\(text)\" is no whole number from -10000 to 10000")
    return nil
  }

  private mutating func report(_ kind: String, _ file: String, _ line: Int, _ message: String) {
    diagnostics.append(KnowledgeDiagnostic(kind: kind, file: file, line: line, message: message))
  }
}
