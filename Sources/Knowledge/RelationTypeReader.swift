internal import Annotations
internal import Extraction
internal import Rules

/// The files `*.relations.tsv`: the types of relations, a type or one more example a row.
struct RelationTypeReader {
  /// Where a lexicon, a rule or a grammar names a type.
  struct Use {
    let type: String
    let file: String
    let line: Int
    var column = 0
  }

  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var types: [RelationType] = []

  /// The column of lexicons, the feature of words and the role of facts that names a type.
  static let feature = "type"
  private static let columns = [
    "type", "name", "subject", "object", "recipient", "example", "fact",
  ]
  /// What stands in the cell of a role that a relation does not have.
  private static let none = "-"

  private var numbers: [String: Int] = [:]
  private var places: [(file: String, line: Int)] = []
  private var hasFile = false

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".relations.tsv") }

  /// Reads those of some files that are of types.
  init(_ sources: [UncompiledFile]) {
    for source in sources where Self.reads(source.name) {
      hasFile = true
      let table = TableReader(
        name: source.name, text: source.text, required: Self.columns, inOrder: true)
      diagnostics += table.diagnostics
      for row in table.rows { add(row, source) }
    }
  }

  private mutating func add(_ row: TableReader.Row, _ file: UncompiledFile) {
    let faults = diagnostics.count
    let name = row.cells[0]
    let provenance = Provenance(file: file.number, line: UInt32(row.line))
    let isFurther = row.cells[1...4].allSatisfy(\.isEmpty)
    for (column, cell) in zip(Self.columns, row.cells)
    where cell.isEmpty && !(isFurther && Self.columns[1...4].contains(column)) {
      report(
        "empty-cell", file.name, row.line,
        "the cell \"\(column)\" is empty; a type wants all cells, with - for a role that it does not have, "
          + "a further example of one its type, the sentence and the fact")
    }
    let roles = isFurther ? [] : row.cells[2...4].map { kinds($0, file.name, row.line) }
    guard diagnostics.count == faults else { return }
    if isFurther {
      guard numbers[name] != nil else {
        return report(
          "unknown-type", file.name, row.line,
          "no row above declares the type \"\(name)\" of this example; write its name and its roles"
        )
      }
    } else if let other = numbers[name] {
      return report(
        "repeated-type", file.name, row.line,
        "\(places[other].file):\(places[other].line) declares \"\(name)\" already; for a further example leave "
          + "name, subject, object and recipient empty")
    } else {
      numbers[name] = types.count
      places.append((file.name, row.line))
      types.append(
        RelationType(
          name: name, title: row.cells[1], subject: roles[0], object: roles[1],
          recipient: roles[2], provenance: provenance))
    }
    guard let number = numbers[name], check(row.cells[6], types[number], file.name, row.line)
    else { return }
    types[number].examples.append(
      RelationType.Example(text: row.cells[5], fact: row.cells[6], provenance: provenance))
  }

  private mutating func kinds(_ cell: String, _ file: String, _ line: Int) -> [RelationType.Kind] {
    if cell == Self.none { return [] }
    return cell.split(separator: "/", omittingEmptySubsequences: false).compactMap { word in
      let kind = RelationType.Kind(rawValue: String(word))
      if kind == nil, !cell.isEmpty {
        report(
          "unknown-kind", file, line,
          "\"\(word)\" is nothing that fills a role; expected "
            + RelationType.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            + ", several with / between them, or - for none")
      }
      return kind
    }
  }

  /// Whether a fact is one, and fills no role that its type does not have.
  private mutating func check(
    _ fact: String, _ type: RelationType, _ file: String, _ line: Int
  ) -> Bool {
    let parts = fact.dropFirst().dropLast().split(separator: ",").map { part in
      String(part.drop { $0 == " " })
    }
    guard fact.hasPrefix("("), fact.hasSuffix(")"), parts.count >= 3 else {
      report(
        "bad-fact", file, line,
        "\"\(fact)\" is no fact; expected (subject, relation, object), with - for an empty role")
      return false
    }
    for (role, kinds, text) in [
      ("subject", type.subject, parts[0]), ("object", type.object, parts[parts.count - 1]),
    ] where kinds.isEmpty && text != Self.none {
      report(
        "bad-fact", file, line,
        "the fact has the \(role) \"\(text)\", but the type \"\(type.name)\" has none; say what fills it, or "
          + "write - in the fact")
      return false
    }
    return true
  }

  private mutating func report(_ kind: String, _ file: String, _ line: Int, _ message: String) {
    diagnostics.append(KnowledgeDiagnostic(kind: kind, file: file, line: line, message: message))
  }

  /// What is said of types that are named and not declared, where a file declares any; and with `lints` of those
  /// that are declared and that no row of a lexicon and no rule gives a relation.
  ///
  /// `given` are the places that give a relation its type, `asked` those that ask for one.
  func faults(given: [Use], asked: [Use], lints: Bool) -> [KnowledgeDiagnostic] {
    guard hasFile else { return [] }
    var faults: [KnowledgeDiagnostic] = []
    var unknown: [String: [Use]] = [:]
    for use in given + asked where numbers[use.type] == nil {
      unknown[use.type, default: []].append(use)
    }
    for (type, uses) in unknown {
      let first = uses[0]
      faults.append(
        KnowledgeDiagnostic(
          kind: "unknown-type", file: first.file, line: first.line, column: first.column,
          message: "no file *.relations.tsv declares the type \"\(type)\""
            + (uses.count > 1 ? ", which \(uses.count) places name" : "")
            + "; correct it, or add a row for it"))
    }
    guard lints else { return faults }
    let used = Set(given.map(\.type))
    for (type, place) in zip(types, places) where !used.contains(type.name) {
      faults.append(
        KnowledgeDiagnostic(
          .warning, kind: "unused-type", file: place.file, line: place.line,
          message:
            "no row of a lexicon and no rule gives a relation the type \"\(type.name)\"; name it there, "
            + "or remove the row"))
    }
    return faults
  }
}
