internal import Annotations
internal import Characters
internal import Extraction
internal import Reading
internal import Recognition
internal import Rules
internal import Segmentation

/// Knowledge in the form that a compiled file holds: compiled where that is costly, else as text.
struct KnowledgeParts: Sendable {
  /// The name of the folder's content.
  let identity: String
  let files: KnowledgeFiles
  /// The classes of lexicons, engine and tags; those that rules emit come with the rules.
  let classes: ClassTable
  let folding: CharacterFolding
  let lexicon: Lexicon
  let sources: [UncompiledFile]
  /// The costs of tags, read from the sources.
  let costs: CostTables
  /// The number of lexicon entries.
  let entryCount: Int
  /// The senses with tags of their own, nil before they were looked for.
  var special: SpecialTags?

  /// Compiles what is kept as text and puts everything together; `found` are faults that are known, `rules` the
  /// rules where they have been read, `pathClasses` the classes of the path where unused ones are to be found,
  /// `lexiconTypes` the types of relations that the rows of lexicons name where these are to be checked, `text`
  /// shows the faults where more is known than the sources, `isChecked` says that rules and networks were checked as a whole
  /// when the knowledge was compiled.
  func assembled(
    _ found: [KnowledgeDiagnostic] = [], rules: RuleFiles? = nil, pathClasses: [String]? = nil,
    lexiconTypes: [RelationTypeReader.Use]? = nil, text: DiagnosticText? = nil,
    isChecked: Bool = false
  ) -> LoadedKnowledge {
    let diagnosticText = text ?? DiagnosticText(sources.map { ($0.name, $0.text) })
    var diagnostics = found
    var classes = classes
    let running = RunningTextCosts(
      lexicon, costs.rows(classes), unknown: costs.unknown.cost, classes)
    let normalizer = Normalizer(folding: folding) { running.cost(ofWord: $0, from: $1) }
    diagnostics += costs.diagnostics
    let calendar = calendar(&diagnostics)
    let forms = NameFormReader(sources, classes)
    diagnostics += forms.diagnostics
    let grammar = ClauseGrammarReader(sources, isChecked: isChecked)
    // What is only idle is of interest where unused classes are.
    diagnostics += grammar.diagnostics.filter { pathClasses != nil || $0.severity == .error }
    let relations = RelationTypeReader(sources)
    diagnostics += relations.diagnostics
    // Rules are compiled for a number of classes: the tags of words that no row knows have to be among them.
    for tag in [costs.unknown.tag, costs.stray.tag] { _ = classes.add(tag) }
    let rules = rules ?? RuleFiles(sources) { normalizer.fold($0) }
    diagnostics += rules.diagnostics
    let (stages, faults) = RuleCompiler.compile(
      rules.sources, classes: &classes,
      features: lexicon.rows.columnNames.union(ExtractionSession.valueFeatures),
      stages: ExtractionSession.stageNames, origins: origins(costs), isChecked: isChecked)
    diagnostics += faults
    diagnostics += costs.unknownClasses(classes)
    diagnostics += grammar.unknown(
      classes, tags: costs.tags + [costs.unknown.tag, costs.stray.tag],
      columns: lexicon.rows.columnNames)
    if let lexiconTypes {
      diagnostics += relations.faults(
        given: lexiconTypes + typesGiven(by: rules.sources),
        asked: typesAsked(by: rules.sources, grammar.rows, costs), lints: pathClasses != nil)
    }
    if let pathClasses, !diagnostics.contains(where: { $0.severity == .error }) {
      diagnostics += unknownValues(grammar.rows)
      if rules.sources.ruleCount > 0 {
        diagnostics += unusedClasses(rules.sources, costs, pathClasses: pathClasses)
        diagnostics += idleEntries(rules.sources, costs, grammar.rows, pathClasses: pathClasses)
      }
    }
    diagnostics.sort {
      ($0.file, $0.line, $0.column, $0.kind) < ($1.file, $1.line, $1.column, $1.kind)
    }
    let ruleCount = rules.sources.ruleCount
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      return LoadedKnowledge(
        knowledge: nil, parts: nil, diagnostics: diagnostics, entryCount: entryCount,
        ruleCount: ruleCount, diagnosticText: diagnosticText)
    }
    let tagging = TaggingModel(
      tags: costs.rows(classes), transitions: costs.transitions, unknown: costs.unknown,
      stray: costs.stray, clauses: costs.clauses, classes: &classes, lexicon: lexicon,
      special: special)
    let knowledge = CompiledKnowledge(
      identity: identity, files: files, classes: classes, lexicon: lexicon,
      normalizer: normalizer,
      numerals: NumeralTable(
        lexicon: lexicon, classes: classes, fold: { normalizer.fold($0) }),
      calendar: calendar, vocabulary: Vocabulary(lexicon: lexicon, classes: classes),
      nameForms: NameForms(
        forms.rows, lexicon: lexicon, classes: classes, fold: { normalizer.fold($0) }),
      isHidden: hiddenClasses(rules.sources, costs, forms.rows, classes),
      tagging: tagging, clauseGrammar: ClauseGrammar(grammar.rows), relations: relations.types,
      stages: stages)
    var parts = self
    parts.special = tagging.special
    return LoadedKnowledge(
      knowledge: knowledge, parts: parts, diagnostics: diagnostics, entryCount: entryCount,
      ruleCount: ruleCount, diagnosticText: diagnosticText)
  }

  private func calendar(_ diagnostics: inout [KnowledgeDiagnostic]) -> ChineseCalendar {
    var calendar = ChineseCalendar()
    for source in sources where source.name.hasSuffix(".calendar.tsv") {
      let table = TableReader(
        name: source.name, text: source.text,
        required: ["year", "newyear", "leap", "months", "terms"], inOrder: true)
      diagnostics += table.diagnostics
      for row in table.rows {
        if let fault = calendar.add(
          year: row.cells[0], newYear: row.cells[1], leap: row.cells[2], months: row.cells[3],
          terms: row.cells[4])
        {
          diagnostics.append(
            KnowledgeDiagnostic(
              kind: "bad-year", file: source.name, line: row.line, message: fault))
        }
      }
    }
    return calendar
  }
}
