package import Annotations

/// The text of rule files and tables, parsed: what ``RuleCompiler`` compiles.
///
/// A row of a table is a rule. Its `entry` is a word of the lexicon, of a class that this table alone has, and
/// the template asks for an edge of that class: however many rows there are, the pattern is one. Rows whose
/// cells change the pattern otherwise (`%object` in a match line) share one pattern with all rows that have
/// the same cells.
package struct RuleSources {
  /// A rule file.
  package struct File: Sendable {
    package let name: String
    package let number: UInt16
    package let text: String

    /// A file, its number for provenance, and its text.
    package init(name: String, number: UInt16, text: String) {
      self.name = name
      self.number = number
      self.text = text
    }
  }

  /// A table of rules: rows for one template.
  package struct Table: Sendable {
    package let name: String
    package let number: UInt16
    /// The name of the template, and its line.
    package let template: (name: String, line: Int)?
    /// The columns; the first is `entry`.
    package let columns: [String]
    package let rows: [(line: Int, cells: [String])]

    /// A table with what its comment names as the template.
    package init(
      name: String, number: UInt16, template: (name: String, line: Int)?, columns: [String],
      rows: [(line: Int, cells: [String])]
    ) {
      self.name = name
      self.number = number
      self.template = template
      self.columns = columns
      self.rows = rows
    }
  }

  /// A word that a row of a table adds to the lexicon.
  package struct Word: Sendable {
    package let text: String
    /// Its class.
    package let category: String
    /// Its row, as ``Table`` has it.
    package let table: Int
    package let row: Int
  }

  /// A rule in its stage and file.
  struct Rule {
    let file: (name: String, number: UInt16)
    var syntax: RuleSyntax
    /// The class of the words of its rows, for one that tables fill, and its table.
    var rowClass: String?
    var table: Table?
  }

  /// What all files say of one stage.
  struct Stage {
    let name: String
    let file: String
    let place: RulePlace
    var policy: OverlapPolicy?
    var after: [(file: String, name: ClassName)] = []
    var before: [(file: String, name: ClassName)] = []
    var rules: [Rule] = []
  }

  /// All keywords that may have a name in another language.
  package static let keywords: Set<String> = [
    "after", "all", "any", "barrier", "before", "border", "clause", "digit", "emit", "gap", "han",
    "has", "ignoring", "keep", "latin", "let", "longest", "match", "not", "quote", "retract",
    "rule", "sentence", "stage", "template", "unless", "weight", "within",
  ]

  /// The class of the words of a table, and of those of its rows that share a pattern.
  private static func rowClass(_ table: Table, _ group: Int) -> String {
    "row.\(table.number).\(group)"
  }

  /// Whether a class is that of the words of a table.
  package static func isRowClass(_ name: String) -> Bool { name.hasPrefix("row.") }

  /// The column that holds the words of the rows.
  package static let entryColumn = "entry"

  /// Everything wrong with the files so far.
  package private(set) var diagnostics: [KnowledgeDiagnostic] = []
  /// What the tables add to the lexicon.
  package private(set) var words: [Word] = []
  /// The stages, as the files name them first.
  private(set) var stages: [Stage] = []
  /// The number of rules and rows.
  package private(set) var ruleCount = 0

  private var templates: [String: (stage: Int, rule: Rule, parser: RuleParser)] = [:]
  private var used: Set<String> = []

  /// Parses rule files and fills the templates with the rows of tables. `fold` brings literals into the form
  /// of normalised text; `keywords` are names of keywords besides the English ones.
  package init(
    _ files: [File], tables: [Table] = [], keywords: [String: String] = [:],
    fold: @escaping (String) -> [UInt32]
  ) {
    var parsers: [(file: String, parser: RuleParser)] = []
    for file in files {
      let parser = RuleParser(file: file.name, text: file.text, keywords: keywords, fold: fold)
      diagnostics += parser.diagnostics
      for stage in parser.stages { add(stage, file, parser) }
      parsers.append((file.name, parser))
    }
    for (number, table) in tables.enumerated() { add(table, number) }
    for (name, template) in templates.sorted(by: { $0.key < $1.key }) where !used.contains(name) {
      let rule = template.rule
      diagnostics.append(
        KnowledgeDiagnostic(
          .warning, kind: "unused-template", file: rule.file.name, line: rule.syntax.place.line,
          column: rule.syntax.place.column,
          message: "no table fills the template \"\(name)\"; write \"# rule: \(name)\" above one"))
    }
    for (file, parser) in parsers { reportUnusedLets(file, parser, tables) }
  }

  private mutating func add(_ syntax: StageSyntax, _ file: File, _ parser: RuleParser) {
    let index =
      stages.firstIndex { $0.name == syntax.name }
      ?? {
        stages.append(Stage(name: syntax.name, file: file.name, place: syntax.place))
        return stages.count - 1
      }()
    if let policy = syntax.policy {
      if let other = stages[index].policy, other != policy {
        report(
          "policy-conflict", file.name, syntax.place,
          "\(stages[index].file) keeps \(other.rawValue) in the stage \"\(syntax.name)\"; "
            + "say the same here or nothing")
      }
      stages[index].policy = stages[index].policy ?? policy
    }
    stages[index].after += syntax.after.map { (file.name, $0) }
    stages[index].before += syntax.before.map { (file.name, $0) }
    for rule in syntax.rules {
      let entry = Rule(file: (file.name, file.number), syntax: rule)
      if rule.isTemplate {
        if let other = templates[rule.name] {
          report(
            "duplicate-rule", file.name, rule.place,
            "\(other.rule.file.name) has a template \"\(rule.name)\" already; give this one another "
              + "name")
        } else {
          templates[rule.name] = (index, entry, parser)
        }
      } else {
        ruleCount += 1
        stages[index].rules.append(entry)
      }
    }
  }

  /// A named pattern that no line of its file names and no cell of a table holds.
  private mutating func reportUnusedLets(_ file: String, _ parser: RuleParser, _ tables: [Table]) {
    // A line that could not be read may have named it.
    guard !parser.diagnostics.contains(where: { $0.severity == .error }) else { return }
    for (name, place) in parser.letPlaces where !parser.words.contains(name) {
      let isInTable = tables.contains { table in
        table.rows.contains { $0.cells.contains { cell in cell.contains(name) } }
      }
      if isInTable { continue }
      diagnostics.append(
        KnowledgeDiagnostic(
          .warning, kind: "unused-let", file: file, line: place.line, column: place.column,
          message: "no line of this file uses the pattern \"\(name)\"; remove it"))
    }
  }

  private mutating func report(
    _ kind: String, _ file: String, _ place: RulePlace, _ message: String
  ) {
    diagnostics.append(
      KnowledgeDiagnostic(
        kind: kind, file: file, line: place.line, column: place.column, message: message))
  }

  // MARK: Tables

  private mutating func add(_ table: Table, _ number: Int) {
    func place(_ line: Int) -> RulePlace { RulePlace(line: line, column: 0) }
    guard let asked = table.template else {
      report(
        "no-template", table.name, place(1),
        "the table names no template; write \"# rule: NAME\" above the header")
      return
    }
    guard let template = templates[asked.name] else {
      let known = templates.keys.sorted().joined(separator: ", ")
      report(
        "unknown-template", table.name, place(asked.line),
        "no rule file has a template \"\(asked.name)\"; "
          + (known.isEmpty ? "there is none" : "there are \(known)"))
      return
    }
    used.insert(asked.name)
    let syntax = template.rule.syntax
    let asking = syntax.columns
    for (column, at) in asking.all where !table.columns.contains(column) {
      report(
        "missing-column", table.name, place(asked.line),
        "the template \"\(asked.name)\" (\(template.rule.file.name):\(at.line)) asks for a column "
          + "\"\(column)\"; add it")
      return
    }
    guard asking.inPattern.contains(where: { $0.name == Self.entryColumn }) else {
      report(
        "no-entry", template.rule.file.name, syntax.place,
        "the match line of a template has to ask for %entry, the word of the row")
      return
    }
    let filled = Set(asking.inPattern.map(\.name)).subtracting([Self.entryColumn]).sorted()
    var groups: [[String]: Int] = [:]
    var seen: [String: Int] = [:]
    var examples = 0
    let faults = diagnostics.count
    for (rowNumber, row) in table.rows.enumerated() {
      let cells = filled.map { name in row.cells[table.columns.firstIndex(of: name) ?? 0] }
      if groups[cells] == nil {
        guard let rule = instance(of: template, table, row.line, filled, cells, groups.count) else {
          continue
        }
        groups[cells] = stages[template.stage].rules.count
        stages[template.stage].rules.append(rule)
      }
      guard let index = groups[cells], let rowClass = stages[template.stage].rules[index].rowClass
      else { continue }
      for word in row.cells[0].split(separator: "|").map(String.init) {
        if let other = seen.updateValue(row.line, forKey: rowClass + "\t" + word) {
          report(
            "shadowed-row", table.name, place(row.line),
            "line \(other) has \"\(word)\" with the same pattern already, so this row never counts; "
              + "remove one")
        }
        words.append(Word(text: word, category: rowClass, table: number, row: rowNumber))
      }
      let provenance = Provenance(file: table.number, line: UInt32(row.line))
      for (column, name) in table.columns.enumerated() where !row.cells[column].isEmpty {
        guard let sign = name.first, sign == "+" || sign == "-" else { continue }
        if sign == "+" { examples += 1 }
        stages[template.stage].rules[index].syntax.examples.append(
          RuleExample(
            positive: sign == "+", written: row.cells[column], place: place(row.line),
            row: provenance))
      }
      ruleCount += 1
    }
    if examples == 0, !table.rows.isEmpty, diagnostics.count == faults {
      report(
        "no-example", table.name, place(asked.line),
        "no row has a + example; add a column \"+\" with a text that the row has to match")
    }
  }

  /// A template with the cells of rows for its columns.
  private mutating func instance(
    of template: (stage: Int, rule: Rule, parser: RuleParser), _ table: Table, _ line: Int,
    _ columns: [String], _ cells: [String], _ number: Int
  ) -> Rule? {
    var values: [String: PatternSyntax] = [:]
    let rowClass = Self.rowClass(table, number)
    values[Self.entryColumn] = .capture(
      RuleSyntax.rowCapture,
      .edge(EdgeSyntax(name: ClassName(name: rowClass, place: template.rule.syntax.place))))
    for (column, cell) in zip(columns, cells) {
      do throws(RuleFault) {
        values[column] = try template.parser.pattern(ofCell: cell, line: line)
      } catch {
        report(error.kind, table.name, error.place, "in the column \"\(column)\": " + error.message)
        return nil
      }
    }
    var rule = template.rule
    rule.syntax = rule.syntax.mapPatterns { $0.filled(with: values) }
    rule.rowClass = rowClass
    rule.table = table
    return rule
  }
}
