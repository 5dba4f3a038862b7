internal import Annotations
internal import Extraction

/// The files `*.grammar.tsv`: how the words of a sentence make clauses, a step a row.
struct ClauseGrammarReader {
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var rows: [ClauseGrammar.Row] = []
  /// The classes that the steps ask for, each with the place where it is named.
  private var classNames: [(name: String, file: String, line: Int)] = []
  private var columnNames: [(name: String, file: String, line: Int)] = []
  private var tagNames: [(name: String, file: String, line: Int)] = []

  private static let columns = ["network", "from", "on", "to", "cost", "part"]

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".grammar.tsv") }

  /// The classes that some files ask for.
  static func askedClasses(_ sources: [UncompiledFile]) -> [String] {
    ClauseGrammarReader(sources, isChecked: true).classNames.map(\.name)
  }

  /// Reads those of some files that are of grammars; `isChecked` says that their networks were checked before.
  init(_ sources: [UncompiledFile], isChecked: Bool = false) {
    for source in sources where Self.reads(source.name) {
      let table = TableReader(
        name: source.name, text: source.text, required: Self.columns, inOrder: true)
      diagnostics += table.diagnostics
      for row in table.rows { add(row, source) }
    }
    // What is wrong with rows is said of the rows, and nothing more of the networks that lack them.
    if diagnostics.isEmpty, !isChecked {
      let names = sources.map { ($0.number, $0.name) }
      diagnostics +=
        ClauseGrammarCheck(rows, fileNames: Dictionary(names) { first, _ in first }).diagnostics
    }
  }

  /// What is said of classes, tags and columns that are not there.
  func unknown(
    _ classes: ClassTable, tags: [String], columns: Set<String>
  ) -> [KnowledgeDiagnostic] {
    columnNames.filter { !columns.contains($0.name) }.map {
      KnowledgeDiagnostic(
        kind: "unknown-feature", file: $0.file, line: $0.line,
        message: "no lexicon has a column \"\($0.name)\"; correct it")
    }
      + classNames.filter { classes.find($0.name) == nil }.map {
        KnowledgeDiagnostic(
          kind: "unknown-class", file: $0.file, line: $0.line, message: classes.unknown($0.name))
      }
      + tagNames.filter { !tags.contains($0.name) }.map {
        KnowledgeDiagnostic(
          kind: "unknown-tag", file: $0.file, line: $0.line,
          message: "\"\($0.name)\" is no tag; the tags are those of the files *.costs.tsv")
      }
  }

  private mutating func report(_ kind: String, _ file: String, _ line: Int, _ message: String) {
    diagnostics.append(KnowledgeDiagnostic(kind: kind, file: file, line: line, message: message))
  }

  private mutating func add(_ row: TableReader.Row, _ file: UncompiledFile) {
    guard let cost = Int(row.cells[4]), (-10_000...10_000).contains(cost) else {
      return report(
        "bad-cost", file.name, row.line,
        "the cost \"\(row.cells[4])\" is no whole number from -10000 to 10000")
    }
    for (column, name) in Self.columns.enumerated().prefix(3) where row.cells[column].isBlank {
      return report(
        "empty-cell", file.name, row.line,
        "the cell \"\(name)\" is empty; a step says its network, the states that it leaves, and what it reads"
      )
    }
    let sources = row.cells[1].split(separator: " ")
    let inputs = row.cells[2].split(separator: " ")
    for (name, words, word) in [("from", sources, "*"), ("on", inputs, "end")]
    where words.count > 1 && words.contains(Substring(word)) {
      return report(
        "bad-step", file.name, row.line,
        "\"\(word)\" stands by itself in the cell \"\(name)\"; write a row for it")
    }
    let isEnd = inputs == ["end"]
    if sources == ["*"] {
      guard row.cells[3].isEmpty, row.cells[2] != "-" else {
        return report(
          "bad-step", file.name, row.line,
          "a step of every state (*) reads a word and leads back to where it came from; expected an "
            + "empty cell \"to\" and something to read")
      }
    } else if row.cells[3].isBlank != isEnd {
      return report(
        "bad-step", file.name, row.line,
        isEnd
          ? "a step that reads \"end\" leads nowhere; expected an empty cell \"to\""
          : "the step leads nowhere; expected a state in the cell \"to\"")
    }
    var parts: [ClausePart] = []
    var joins = false
    var relation: String?
    for word in row.cells[5].split(separator: " ") {
      // predicate=是: the relation has a name, however it is written.
      let named = word.split(separator: "=", maxSplits: 1)
      if named.count == 2 { relation = String(named[1]) }
      let part = named.first ?? word
      let name = part.hasSuffix("+") ? part.dropLast() : part
      guard let part = ClausePart(rawValue: String(name)) else {
        return report(
          "unknown-part", file.name, row.line,
          "\"\(name)\" is no part of a clause; expected one of "
            + ClausePart.allCases.map(\.rawValue).joined(separator: ", ")
            + ", with + where it continues the piece before, or =NAME where its relation has a name"
        )
      }
      parts.append(part)
      joins = joins || word.hasSuffix("+")
    }
    if joins, parts.count > 1 {
      return report(
        "bad-step", file.name, row.line,
        "a step that continues a piece (+) names its part only; expected one part, not \(parts.count)"
      )
    }
    for source in sources {
      for word in inputs.flatMap(alternatives) {
        guard let input = input(word, file.name, row.line) else { continue }
        rows.append(
          ClauseGrammar.Row(
            network: row.cells[0], from: source == "*" ? nil : String(source), input: input,
            to: row.cells[3], cost: cost, parts: parts, joins: joins,
            relation: relation, provenance: Provenance(file: file.number, line: UInt32(row.line))))
      }
    }
  }

  /// What a word of the cell "on" stands for, one a tag: `V[…]` and `NV[…]` of `V|NV[…]`.
  private func alternatives(_ word: Substring) -> [String] {
    let open = word.firstIndex(of: "[") ?? word.endIndex
    return word[..<open].split(separator: "|", omittingEmptySubsequences: false).map {
      String($0 + word[open...])
    }
  }

  private mutating func input(
    _ word: String, _ file: String, _ line: Int
  ) -> ClauseGrammar.Input? {
    switch word {
    case "*": return .any
    case "-": return .nothing
    case "end": return .end
    default: break
    }
    if word.hasPrefix("("), word.hasSuffix(")") {
      return .network(String(word.dropFirst().dropLast()))
    }
    guard let open = word.firstIndex(of: "[") else {
      tagNames.append((word, file, line))
      return .word(ClauseGrammar.WordTest(tag: word))
    }
    let tag = String(word[..<open])
    guard word.hasSuffix("]"), !tag.isEmpty else {
      report(
        "bad-step", file, line,
        "\"\(word)\" is nothing to read; expected TAG, TAG[class], TAG[column=value/value], several of "
          + "these in TAG[class&column!=value&!class], TAG|TAG[…], (network), * (any word), - (nothing) or end"
      )
      return nil
    }
    tagNames.append((tag, file, line))
    var wanted: [ClauseGrammar.WordTest.Property] = []
    var unwanted: [ClauseGrammar.WordTest.Property] = []
    let conditions = word[word.index(after: open)...].dropLast()
    for condition in conditions.split(separator: "&", omittingEmptySubsequences: false) {
      let (property, isWanted) = property(condition, file, line)
      if isWanted { wanted.append(property) } else { unwanted.append(property) }
    }
    if let (one, other) = disjoint(wanted) {
      report(
        "impossible-test", file, line,
        "\"\(word)\" asks one row of a word for the classes \"\(one)\" and \"\(other)\", but a row has one class; "
          + "expected one of them, or a class of its own for words that are both")
      return nil
    }
    return .word(ClauseGrammar.WordTest(tag: tag, wanted: wanted, unwanted: unwanted))
  }

  /// Two classes among what is wanted of a row of which none can be both, if there are such.
  private func disjoint(
    _ wanted: [ClauseGrammar.WordTest.Property]
  ) -> (String, String)? {
    var narrowest: String?
    for case .category(let name) in wanted where !name.isEmpty {
      guard let former = narrowest, !(name + ".").hasPrefix(former + ".") else {
        narrowest = name
        continue
      }
      if !(former + ".").hasPrefix(name + ".") { return (former, name) }
    }
    return nil
  }

  /// `class`, `!class`, `column=value/value` or `column!=value/value`: what it names, and whether it is wanted.
  private mutating func property(
    _ condition: Substring, _ file: String, _ line: Int
  ) -> (ClauseGrammar.WordTest.Property, isWanted: Bool) {
    guard let equal = condition.firstIndex(of: "=") else {
      let isWanted = !condition.hasPrefix("!")
      let name = String(isWanted ? condition : condition.dropFirst())
      classNames.append((name, file, line))
      return (.category(name), isWanted)
    }
    let isWanted = !condition[..<equal].hasSuffix("!")
    let column = String(isWanted ? condition[..<equal] : condition[..<equal].dropLast())
    columnNames.append((column, file, line))
    let values = condition[condition.index(after: equal)...].split(separator: "/").map(String.init)
    return (.feature(column, values), isWanted)
  }
}

extension String {
  /// Whether it holds nothing but spaces.
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }
}
