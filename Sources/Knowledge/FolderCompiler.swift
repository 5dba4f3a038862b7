internal import Annotations
internal import Characters
internal import Extraction
internal import Reading
internal import Rules
internal import Segmentation

/// The files of a folder → ``KnowledgeParts``.
struct FolderCompiler {
  var diagnostics: [KnowledgeDiagnostic] = []
  /// Whether it looks for what does nothing.
  private let lints: Bool
  private var files = KnowledgeFiles()
  private var classes = ClassTable()
  private var lexicons: LexiconReader
  private var sources: [UncompiledFile] = []
  private var path = PathKnowledge()

  init(lints: Bool) {
    self.lints = lints
    lexicons = LexiconReader(lints: lints)
  }

  /// Reads and compiles everything.
  mutating func compile(_ folder: KnowledgeFolder) throws -> LoadedKnowledge {
    for file in folder.files {
      let number = files.add(file.name)
      if UncompiledFile.keeps(file.name) {
        sources.append(UncompiledFile(name: file.name, number: number, text: file.text))
      } else if PathKnowledge.reads(file.name) {
        path.read(file)
      } else {
        lexicons.read(file, number: number, classes: &classes)
      }
    }
    // Classes that the engine itself makes edges of.
    for name in ExtractionSession.engineClasses { _ = classes.add(name) }
    for type in EntityType.allCases { _ = classes.add(type.rawValue) }
    for name in NameFormReader.madeClasses(sources) { _ = classes.add(name) }
    let folding = try CharacterFolding(exceptions: lexicons.exceptions)
    let costs = CostTables(sources)
    // The class of every tag has to be there before rules name it.
    for tag in costs.tags { _ = classes.add(tag) }
    let normalizer = Normalizer(folding: folding)
    let rules = RuleFiles(sources) { normalizer.fold($0) }
    lexicons.add(rules.sources.words, of: rules.tables, classes: &classes)
    let lexicon = buildLexicon(folding, taggedClasses: costs.taggedClasses, folder.identity)
    let parts = KnowledgeParts(
      identity: folder.identity, files: files, classes: classes, folding: folding,
      lexicon: lexicon, sources: sources, costs: costs, entryCount: lexicons.entries.count,
      special: nil)
    return parts.assembled(
      diagnostics + lexicons.diagnostics + path.diagnostics, rules: rules,
      pathClasses: lints ? path.classNames : nil, lexiconTypes: lexicons.types,
      text: DiagnosticText(folder.files.map { ($0.name, $0.text) }))
  }

  /// A row that takes away what nobody knows, and what is not formed either.
  private mutating func reportIdleBlocks(
    _ blocked: [[UInt32]], entries: [[UInt32]], _ base: Set<[UInt32]>
  ) {
    if blocked.isEmpty { return }
    let known = base.union(entries)
    let ending = classes.membership(of: path.endingClasses.compactMap { classes.find($0) })
    var endings: Set<UInt32> = []
    for (entry, word) in zip(lexicons.entries, entries)
    where word.count == 1 && entry.classes.contains(where: { ending[$0.index] }) {
      endings.insert(word[0])
    }
    for (row, word) in zip(lexicons.blocked, blocked)
    where !known.contains(word) && !(word.last.map(endings.contains) ?? true) {
      diagnostics.append(
        KnowledgeDiagnostic(
          .warning, kind: "idle-block", file: row.file, line: row.line,
          message:
            "no row and not ICU's dictionary has the word \"\(row.text)\", so there is nothing to block; "
            + "remove the row"))
    }
  }

  private mutating func buildLexicon(
    _ folding: CharacterFolding, taggedClasses: [String], _ identity: String
  ) -> Lexicon {
    let normalizer = Normalizer(folding: folding)
    let entries = lexicons.entries
    let words = entries.map { normalizer.fold($0.text) }
    let longest = path.longestWords(classes)
    let placesOfClass = { [classes] (category: ClassID) -> [Int] in
      let members = classes.membership(of: [category])
      return entries.indices.filter { entries[$0].classes.contains { members[$0.index] } }
    }
    let compositions = path.compositions(
      classes, words: { placesOfClass($0).map { words[$0] } }, fold: { normalizer.fold($0) })
    let formations = path.formations(
      classes,
      words: { [rows = lexicons.rows] category, column in
        placesOfClass(category).map { place in
          (words[place], rows.cell(column, of: Int(entries[place].row)).flatMap { Int($0) } ?? 0)
        }
      })
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
    for (entry, word) in zip(entries, words) {
      for category in entry.classes {
        let role: LexiconBuilder.Role =
          entry.isForced
          ? .force
          : !isWord[category.index]
            ? .cue : word.count <= longest[category.index] ? .word : .name
        builder.add(
          word, sense: Sense(category: category, row: entry.row), cost: entry.cost, role: role)
      }
    }
    let blocked = lexicons.blocked.map { normalizer.fold($0.text) }
    if lints { reportIdleBlocks(blocked, entries: words, builder.baseWords(among: blocked)) }
    for word in blocked { builder.add(word, sense: nil, cost: nil, role: .block) }
    return builder.build(rows: lexicons.rows, identity: identity)
  }
}
