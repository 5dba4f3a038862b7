internal import Annotations
internal import Rules

/// The files of the rule language among those of a folder: rules, tables, names of keywords.
struct RuleFiles {
  /// What is wrong with the form of tables and keywords; what is wrong with rules is found when they are compiled.
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var tables: [RuleSources.Table] = []
  let sources: RuleSources

  /// Reads the files that are of the rule language; `fold` brings literals into the form of normalised text.
  init(_ files: [UncompiledFile], fold: @escaping (String) -> [UInt32]) {
    var keywords: [String: String] = [:]
    var rules: [RuleSources.File] = []
    var tables: [RuleSources.Table] = []
    var diagnostics: [KnowledgeDiagnostic] = []
    for file in files {
      if file.name.hasSuffix(".rules") {
        rules.append(RuleSources.File(name: file.name, number: file.number, text: file.text))
      } else if file.name.hasSuffix(".keywords.tsv") {
        let table = TableReader(
          name: file.name, text: file.text, required: ["word", "keyword"], inOrder: true)
        diagnostics += table.diagnostics
        for row in table.rows {
          keywords[row.cells[0]] = row.cells[1]
          if RuleSources.keywords.contains(row.cells[1]) { continue }
          diagnostics.append(
            KnowledgeDiagnostic(
              kind: "unknown-keyword", file: file.name, line: row.line,
              message: "\"\(row.cells[1])\" is no keyword; expected "
                + RuleSources.keywords.sorted().joined(separator: ", ")))
        }
      } else if file.name.hasSuffix(".table.tsv") {
        let table = TableReader(
          name: file.name, text: file.text, required: [RuleSources.entryColumn])
        diagnostics += table.diagnostics
        if !table.columns.isEmpty { tables.append(Self.ruleTable(table, file)) }
      }
    }
    self.diagnostics = diagnostics
    self.tables = tables
    sources = RuleSources(rules, tables: tables, keywords: keywords, fold: fold)
  }

  /// `# rule: NAME` above the header names the template that the rows fill.
  private static func ruleTable(_ table: TableReader, _ file: UncompiledFile) -> RuleSources.Table {
    var template: (name: String, line: Int)?
    for (line, comment) in table.comments {
      let words = comment.dropFirst().split(whereSeparator: { $0.isWhitespace || $0 == ":" })
      if words.count == 2, words[0] == "rule" { template = template ?? (String(words[1]), line) }
    }
    return RuleSources.Table(
      name: file.name, number: file.number, template: template, columns: table.columns,
      rows: table.rows.map { ($0.line, $0.cells) })
  }
}
