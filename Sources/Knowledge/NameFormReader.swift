internal import Annotations
internal import Recognition

/// The files `*.forms.tsv`: how names are formed that no list holds, a form and a margin a row.
struct NameFormReader {
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var rows: [NameForms.Row] = []

  private static let columns = [
    "class", "first", "rest", "joint", "count", "cost", "other", "cut",
    "margin",
  ]
  /// The most characters that follow a first part.
  private static let longest = 31

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".forms.tsv") }

  /// The classes that some files make edges of.
  static func madeClasses(_ sources: [UncompiledFile]) -> [String] {
    tables(sources).flatMap { $0.rows.map { $0.cells[0] } }
  }

  /// The classes that some files ask for.
  static func askedClasses(_ sources: [UncompiledFile]) -> [String] {
    tables(sources).flatMap { $0.rows.flatMap { $0.cells[1...3] } }.filter { !$0.isEmpty }
  }

  /// Reads those of some files that are of forms.
  init(_ sources: [UncompiledFile], _ classes: ClassTable) {
    for table in Self.tables(sources) {
      diagnostics += table.diagnostics
      for row in table.rows { add(row, table.name, classes) }
    }
  }

  private static func tables(_ sources: [UncompiledFile]) -> [TableReader] {
    sources.filter { reads($0.name) }
      .map { TableReader(name: $0.name, text: $0.text, required: columns, inOrder: true) }
  }

  private mutating func add(_ row: TableReader.Row, _ file: String, _ classes: ClassTable) {
    func report(_ kind: String, _ message: String) {
      diagnostics.append(
        KnowledgeDiagnostic(kind: kind, file: file, line: row.line, message: message))
    }
    var found: [ClassID?] = []
    for name in row.cells[0...3] {
      found.append(name.isEmpty ? nil : classes.find(name))
      if !name.isEmpty, found.last == .some(nil) { report("unknown-class", classes.unknown(name)) }
    }
    let bounds = row.cells[4].split(separator: "-").map { Int($0) ?? 0 }
    guard let least = bounds.first, let most = bounds.last, bounds.count <= 2, least >= 1,
      least <= most, most <= Self.longest
    else {
      return report(
        "bad-form",
        "\"\(row.cells[4])\" is not how many characters follow; expected 1 to \(Self.longest), as 2 or 1-2"
      )
    }
    let numbers = row.cells[5...8].map { $0.isEmpty ? nil : Int($0) }
    guard let cost = numbers[0], let cut = numbers[2], let margin = numbers[3],
      numbers[1] != nil || row.cells[6].isEmpty
    else {
      return report(
        "bad-cost",
        "\"\(row.cells[5...8].joined(separator: " "))\" have to be whole numbers: cost, other, cut and margin"
      )
    }
    guard let category = found[0], let first = found[1], let rest = found[2] else { return }
    if first != rest, !row.cells[3].isEmpty {
      return report(
        "bad-form",
        "a joint stands in runs of one class only; leave it empty, or give \"first\" and \"rest\" the same class"
      )
    }
    rows.append(
      NameForms.Row(
        category: category, first: first, rest: rest, joint: found[3], count: least...most,
        cost: cost, other: numbers[1], cut: cut, margin: margin))
  }
}
