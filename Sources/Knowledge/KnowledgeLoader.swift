package import Annotations
internal import Characters
package import Extraction
internal import Reading
internal import Recognition
internal import Rules
package import Segmentation

/// Knowledge that was loaded, or why it was not.
package struct LoadedKnowledge: Sendable {
  /// The compiled knowledge; nil when any file has an error.
  package let knowledge: CompiledKnowledge?
  /// Everything there is to say about the files, in the order of files and lines.
  package let diagnostics: [KnowledgeDiagnostic]
  /// The number of lexicon entries.
  package let entryCount: Int
  /// The number of rules.
  package let ruleCount: Int
}

/// A lexicon that is laid over a folder.
package struct LexiconFile: Sendable {
  /// The name by which diagnostics speak of it.
  package let name: String
  /// Rows of tab-separated cells.
  package let text: String

  /// A lexicon in memory.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Words without costs, as a lexicon.
  package init(words: some Sequence<String>) {
    name = "words"
    text = "entry\tclass\n" + words.map { "\($0)\tword\n" }.joined()
  }
}

/// A folder of lexicons, costs and rules → ``CompiledKnowledge``, with every fault of every file.
///
/// By its name a file is one of four things: `*.costs.tsv` holds costs of tags, `*.path.tsv` what is a
/// word of the plain path, any other `*.tsv` is a lexicon, and `*.rules` holds rules. What has an error is not loaded, not even in part.
package struct KnowledgeLoader {
  /// A row of a lexicon.
  private struct Entry {
    let text: String
    let classes: [ClassID]
    let provenance: Provenance
    let row: Int
    let cost: Int?
    let isForced: Bool
  }

  private static let lexiconColumns = ["entry", "class"]
  private static let statuses: Set<String> = ["on", "off", "force", "block"]

  private var diagnostics: [KnowledgeDiagnostic] = []
  private var files = KnowledgeFiles()
  private var classes = ClassTable()
  private var rows = LexiconRows()
  private var entries: [Entry] = []
  private var blocked: [String] = []
  private var path = PathKnowledge()
  private var calendar = ChineseCalendar()
  private var exceptions: [CharacterFolding.Exception] = []
  /// Names of keywords of the rule language besides the English ones.
  private var keywords: [String: String] = [:]
  private var tagRows: [TaggingModel.TagRow] = []
  private var taggedClasses: [String] = []
  private var transitions: [(left: String, right: String, cost: Int)] = []
  private var unknown = (tag: "N", cost: 0)
  private var stray = (tag: "X", cost: 0)
  private var clauses = TaggingModel.ClauseCosts()

  /// Loads a folder. Takes about 0.4 s for the shipped one.
  package static func load(folder path: String) throws -> LoadedKnowledge {
    try load(KnowledgeFolder(path: path))
  }

  /// Loads a folder that was read.
  static func load(_ folder: KnowledgeFolder) throws -> LoadedKnowledge {
    var loader = KnowledgeLoader()
    loader.diagnostics = folder.diagnostics
    return try loader.compile(folder)
  }

  /// The words of a folder, nil for ICU's alone, with lexicons laid over them.
  package static func words(
    folder path: String?, over lexicons: [LexiconFile]
  ) throws -> (segmenter: Segmenter?, diagnostics: [KnowledgeDiagnostic]) {
    if path == nil, lexicons.isEmpty { return (Segmenter(), []) }
    let files = lexicons.map { (name: $0.name, text: $0.text) }
    let folder = KnowledgeFolder(path: path, adding: files)
    var loader = KnowledgeLoader()
    loader.diagnostics = folder.diagnostics
    let loaded = try loader.compile(folder)
    return (
      loaded.knowledge.map { Segmenter(tables: $0.lexicon.tables) }, loaded.diagnostics
    )
  }

  /// The name of a folder's content, as records carry it.
  package static func identity(folder path: String) -> String {
    KnowledgeFolder(path: path).identity
  }

  /// ICU's dictionary alone, without any lexicon: for segmentation only.
  package static func baseLexicon() -> Lexicon {
    var builder = LexiconBuilder(folding: nil)
    _ = builder.addBase()
    return builder.build(rows: LexiconRows())
  }

  private mutating func compile(_ folder: KnowledgeFolder) throws -> LoadedKnowledge {
    var ruleFiles: [RuleSources.File] = []
    var tables: [RuleSources.Table] = []
    var costFiles: [KnowledgeFolder.File] = []
    for file in folder.files {
      let number = files.add(file.name)
      if file.name.hasSuffix(".rules") {
        ruleFiles.append(
          RuleSources.File(name: file.name, number: number, text: file.text))
      } else if file.name.hasSuffix(".table.tsv") {
        if let table = readTable(file, number: number) { tables.append(table) }
      } else if file.name.hasSuffix(".costs.tsv") {
        costFiles.append(file)
      } else if file.name.hasSuffix(".calendar.tsv") {
        readCalendar(file)
      } else if PathKnowledge.reads(file.name) {
        path.read(file)
      } else {
        readLexicon(file, number: number)
      }
    }
    // Classes that the engine itself makes edges of.
    for name in ["word", "quantity.predicative", "amount", "time-expression", "retracted"] {
      _ = classes.add(name)
    }
    for type in EntityType.allCases { _ = classes.add(type.rawValue) }
    let folding = try CharacterFolding(exceptions: exceptions)
    let normalizer = Normalizer(folding: folding)
    for file in costFiles { readCosts(file) }
    let sources = RuleSources(
      ruleFiles, tables: tables, keywords: keywords, fold: { normalizer.fold($0) })
    addWords(of: sources, tables)
    let (words, lexicon) = buildLexicon(normalizer, folding, identity: folder.identity)
    // Rules are compiled for a number of classes: the tags of words that no row knows have to be among them.
    for tag in [unknown.tag, stray.tag] { _ = classes.add(tag) }
    let (stages, faults) = RuleCompiler.compile(
      sources, classes: &classes, features: rows.columnNames.union(ExtractionSession.valueFeatures),
      stages: ExtractionSession.stageNames)
    diagnostics += faults
    for file in costFiles where !Self.isTransitions(file) { resolveTags(file) }
    let tagging = TaggingModel(
      tags: tagRows, transitions: transitions, unknown: unknown, stray: stray,
      clauses: clauses, classes: &classes, lexicon: lexicon)
    diagnostics.sort {
      ($0.file, $0.line, $0.column, $0.kind) < ($1.file, $1.line, $1.column, $1.kind)
    }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return LoadedKnowledge(
        knowledge: nil, diagnostics: diagnostics, entryCount: entries.count,
        ruleCount: sources.ruleCount)
    }
    let numerals = NumeralTable(lexicon: lexicon, classes: classes, entries: words)
    let knowledge = CompiledKnowledge(
      identity: folder.identity, files: files, classes: classes, lexicon: lexicon,
      normalizer: normalizer, numerals: numerals, calendar: calendar,
      vocabulary: Vocabulary(lexicon: lexicon, classes: classes), tagging: tagging, stages: stages)
    return LoadedKnowledge(
      knowledge: knowledge, diagnostics: diagnostics, entryCount: entries.count,
      ruleCount: sources.ruleCount)
  }

  // MARK: Tables of rules

  /// A table of rules: `# rule: NAME` above the header names the template that its rows fill.
  private mutating func readTable(
    _ file: KnowledgeFolder.File, number: UInt16
  ) -> RuleSources.Table? {
    let table = TableReader(
      name: file.name, text: file.text, required: [RuleSources.entryColumn])
    diagnostics += table.diagnostics
    guard !table.columns.isEmpty else { return nil }
    var template: (name: String, line: Int)?
    for (line, comment) in table.comments {
      let words = comment.dropFirst().split(whereSeparator: { $0.isWhitespace || $0 == ":" })
      if words.count == 2, words[0] == "rule" { template = template ?? (String(words[1]), line) }
    }
    return RuleSources.Table(
      name: file.name, number: number, template: template, columns: table.columns,
      rows: table.rows.map { ($0.line, $0.cells) })
  }

  /// The words of the rows of tables: entries like those of lexicons.
  private mutating func addWords(of sources: RuleSources, _ tables: [RuleSources.Table]) {
    var last: (table: Int, row: Int, number: Int)?
    var files: [Int: Int] = [:]
    for word in sources.words {
      let table = tables[word.table]
      let row = table.rows[word.row]
      guard check(word.text, row.line, table.name) else { continue }
      let file = files[word.table] ?? rows.addFile(columns: table.columns)
      files[word.table] = file
      let number: Int
      if let last, last.table == word.table, last.row == word.row {
        number = last.number
      } else {
        number = rows.addRow(row.cells, file: file)
      }
      last = (word.table, word.row, number)
      entries.append(
        Entry(
          text: word.text, classes: [classes.add(word.category)],
          provenance: Provenance(file: table.number, line: UInt32(row.line)), row: number,
          cost: nil, isForced: false))
    }
  }

  // MARK: Lexicons

  /// The compiled lexicon, and each entry folded, with its senses.
  private mutating func buildLexicon(
    _ normalizer: Normalizer, _ folding: CharacterFolding, identity: String
  ) -> (words: [(word: [UInt32], sense: Sense)], lexicon: Lexicon) {
    var words: [(word: [UInt32], sense: Sense)] = []
    words.reserveCapacity(entries.count * 3 / 2)
    var costs: [(cost: Int?, isForced: Bool)] = []
    for entry in entries {
      let word = normalizer.fold(entry.text)
      for category in entry.classes {
        words.append(
          (
            word,
            Sense(category: category, provenance: entry.provenance, row: Int32(entry.row))
          ))
        costs.append((entry.cost, entry.isForced))
      }
    }
    let longest = path.longestWords(classes)
    let wordsOfClass = { [classes] (category: ClassID) -> [(word: [UInt32], sense: Sense)] in
      let members = classes.membership(of: [category])
      return words.filter { members[$0.sense.category.index] }
    }
    let compositions = path.compositions(
      classes, words: { wordsOfClass($0).map(\.word) }, fold: { normalizer.fold($0) })
    let formations = path.formations(
      classes,
      words: { [rows] category, column in
        wordsOfClass(category).map { entry in
          (entry.word, rows.cell(column, of: Int(entry.sense.row)).flatMap { Int($0) } ?? 0)
        }
      })
    diagnostics += path.diagnostics
    var builder = LexiconBuilder(
      folding: folding, compositions: compositions, formations: formations)
    if !builder.addBase() {
      diagnostics.append(
        KnowledgeDiagnostic(
          .warning, kind: "no-base", file: "ICU", line: 0,
          message: "ICU's Chinese dictionary is missing or of another kind; its own iterator cuts, "
            + "without the lexicons; install libicu with its full data"))
    }
    // What can have a tag is a word of the language; so are measure words, times, and plain words.
    let isWord = classes.membership(
      of: (taggedClasses + ["measure", "time", "word"]).compactMap { classes.find($0) })
    for (entry, (cost, isForced)) in zip(words, costs) {
      let category = entry.sense.category.index
      let role: LexiconBuilder.Role =
        isForced
        ? .force
        : !isWord[category] ? .cue : entry.word.count <= longest[category] ? .word : .name
      builder.add(entry.word, sense: entry.sense, cost: cost, role: role)
    }
    for text in blocked {
      builder.add(normalizer.fold(text), sense: nil, cost: nil, role: .block)
    }
    return (words, builder.build(rows: rows, identity: identity))
  }

  private mutating func readCalendar(_ file: KnowledgeFolder.File) {
    let table = TableReader(
      name: file.name, text: file.text, required: ["year", "newyear", "leap", "months", "terms"],
      inOrder: true)
    diagnostics += table.diagnostics
    for row in table.rows {
      if let fault = calendar.add(
        year: row.cells[0], newYear: row.cells[1], leap: row.cells[2], months: row.cells[3],
        terms: row.cells[4])
      {
        report("bad-year", file.name, row.line, fault)
      }
    }
  }

  private mutating func readLexicon(_ file: KnowledgeFolder.File, number: UInt16) {
    let table = TableReader(name: file.name, text: file.text, required: Self.lexiconColumns)
    diagnostics += table.diagnostics
    guard !table.columns.isEmpty, let classColumn = table.column("class") else { return }
    let fileNumber = rows.addFile(columns: table.columns)
    let statusColumn = table.column("status")
    let costColumn = table.column("cost")
    let nameColumn = table.column("name")
    for row in table.rows {
      let text = row.cells[0]
      guard check(text, row.line, file.name) else { continue }
      let names = row.cells[classColumn].split(separator: " ").map(String.init)
      if names.isEmpty {
        report("no-class", file.name, row.line, "\"\(text)\" has no class; name one")
        continue
      }
      if Set(names).count < names.count {
        report("duplicate-class", file.name, row.line, "a class is named twice; remove one")
        continue
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
        blocked.append(text)
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
      if names == ["keyword"] {
        keywords[text] = nameColumn.map { row.cells[$0] } ?? ""
        continue
      }
      if names == ["script"] {
        addException(text, name: nameColumn.map { row.cells[$0] } ?? "", row.line, file.name)
        continue
      }
      let rowNumber = rows.addRow(row.cells, file: fileNumber)
      entries.append(
        Entry(
          text: text, classes: names.map { classes.add($0) },
          provenance: Provenance(file: number, line: UInt32(row.line)), row: rowNumber, cost: cost,
          isForced: status == "force"))
    }
  }

  private mutating func check(_ entry: String, _ line: Int, _ file: String) -> Bool {
    if entry.isEmpty {
      report("empty-entry", file, line, "the entry is empty; write a word or remove the row")
      return false
    }
    if entry.first?.isWhitespace == true || entry.last?.isWhitespace == true {
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

  private mutating func report(_ kind: String, _ file: String, _ line: Int, _ message: String) {
    diagnostics.append(KnowledgeDiagnostic(kind: kind, file: file, line: line, message: message))
  }

  // MARK: Costs

  /// Two kinds of files of costs: `*transitions.costs.tsv`, and all others, which are of tags.
  private static func isTransitions(_ file: KnowledgeFolder.File) -> Bool {
    file.name.hasSuffix("transitions.costs.tsv")
  }

  private mutating func readCosts(_ file: KnowledgeFolder.File) {
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
          taggedClasses.append(row.cells[0])
          // The class of every tag has to be there before rules name it.
          _ = classes.add(row.cells[3])
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
    default:
      report(
        "unknown-clause-cost", file, row.line,
        "\"! \(row.cells[1])\" is unknown; expected none (a clause without a predicate) or again "
          + "(another predicate in one clause)")
    }
  }

  /// The rows of the tags, once all classes are known.
  private mutating func resolveTags(_ file: KnowledgeFolder.File) {
    let table = TableReader(
      name: file.name, text: file.text, required: ["class", "feature", "value", "tag", "cost"],
      inOrder: true)
    for row in table.rows where !["*", "?", "!"].contains(row.cells[0]) {
      guard let category = classes.find(row.cells[0]) else {
        report("unknown-class", file.name, row.line, Self.unknownClass(row.cells[0], classes))
        continue
      }
      tagRows.append(
        TaggingModel.TagRow(
          category: category, feature: row.cells[1].isEmpty ? nil : row.cells[1],
          value: row.cells[2].isEmpty ? nil : row.cells[2], tag: row.cells[3],
          cost: Int(row.cells[4]) ?? 0))
    }
  }

  /// What is said of a class that nothing makes, with the nearest one that something does.
  static func unknownClass(_ name: String, _ classes: ClassTable) -> String {
    let hint = classes.nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
    return "no lexicon and no rule makes the class \"\(name)\"\(hint)"
  }

  private mutating func cost(_ text: String, _ line: Int, _ file: String) -> Int? {
    if let cost = Int(text), (-10_000...10_000).contains(cost) { return cost }
    report(
      "bad-cost", file, line, "the cost \"\(text)\" is no whole number from -10000 to 10000")
    return nil
  }
}
