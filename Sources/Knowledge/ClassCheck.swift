internal import Annotations
internal import Extraction
internal import Recognition
internal import Rules
internal import Segmentation

/// Where the classes of a folder come from, and which of them nothing asks for.
extension KnowledgeParts {
  /// The classes that are there before any rule has run.
  func origins(_ costs: CostTables) -> ClassOrigins {
    ClassOrigins(
      early: Set(
        ExtractionSession.engineClasses + NameFormReader.madeClasses(sources)
          + lexicalClasses().map { classes.name($0.category) }),
      tags: Set(costs.tags + [costs.unknown.tag, costs.stray.tag]),
      taggedStage: ExtractionSession.taggedStage)
  }

  /// The classes of the rows, each with its first row.
  private func lexicalClasses() -> [(category: ClassID, first: Sense)] {
    var first = [Sense?](repeating: nil, count: classes.count)
    for sense in lexicon.senses where first[sense.category.index] == nil {
      first[sense.category.index] = sense
    }
    return first.compactMap { sense in sense.map { ($0.category, $0) } }
  }

  /// A warning for each class of rows that no rule, no cost, no file of the path and nothing in the engine asks for,
  /// neither for it nor for one above or below it.
  func unusedClasses(
    _ rules: RuleSources, _ costs: CostTables, pathClasses: [String]
  ) -> [KnowledgeDiagnostic] {
    let used = rules.classNames.union(costs.taggedClasses).union(pathClasses)
      .union(NameFormReader.askedClasses(sources))
      .union(ClauseGrammarReader.askedClasses(sources))
    let isAsked = asked(used)
    return lexicalClasses().compactMap { category, sense in
      let name = classes.name(category)
      guard !isAsked[category.index] else { return nil }
      let place = lexicon.provenance(of: sense)
      return KnowledgeDiagnostic(
        .warning, kind: "unused-class", file: files.names[Int(place.file)], line: Int(place.line),
        message:
          "no rule and no other file asks for the class \"\(name)\", so its rows do nothing; "
          + "correct the name, or remove them")
    }
  }

  /// For each class, whether one of some names asks for it, for one above it or for one below it, or the engine does: where that
  /// asks for one class, all of the same first name are its own.
  private func asked(_ used: Set<String>) -> [Bool] {
    let engine = Set(ExtractionSession.askedClasses.map(Self.firstName))
    let taken = classes.membership(of: used.compactMap { classes.find($0) })
    return taken.enumerated().map { index, isTaken in
      let name = classes.name(ClassID(rawValue: UInt16(index)))
      return isTaken || engine.contains(Self.firstName(name))
        || used.contains { $0.hasPrefix(name + ".") }
    }
  }

  /// A warning for each row of a word that nothing but the networks of clauses asks for, though no row of it has a tag, the
  /// plain path does not cut it, and no name, time or quantity is asked for its class, which the characters may be by rules:
  /// it is a word of no clause.
  func idleEntries(
    _ rules: RuleSources, _ costs: CostTables, _ grammar: [ClauseGrammar.Row], pathClasses: [String]
  ) -> [KnowledgeDiagnostic] {
    let others = rules.classNames.union(costs.taggedClasses).union(pathClasses)
      .union(NameFormReader.askedClasses(sources))
    let isAsked = asked(others.union(classesAskedOfResults(grammar, costs)))
    let senses = lexicon.senses
    var found: [KnowledgeDiagnostic] = []
    for number in senses.indices where !lexicon.isOnPath(sense: number) {
      let siblings = lexicon.siblings(ofSense: number)
      if siblings.contains(where: { isAsked[$0.category.index] }) { continue }
      let place = lexicon.provenance(of: senses[number])
      let name = classes.name(senses[number].category)
      found.append(
        KnowledgeDiagnostic(
          .warning, kind: "idle-entry", file: files.names[Int(place.file)], line: Int(place.line),
          message:
            "\"\(lexicon.rows.entry(of: Int(senses[number].row)))\" is no word of a clause, where \"\(name)\" is asked for: "
            + "no row gives it a class with a tag; add one (a noun, a verb), or remove the row"))
    }
    return found
  }

  /// The classes that steps ask of the tags that names, times and quantities have, which rules make of characters that no
  /// row has.
  private func classesAskedOfResults(
    _ grammar: [ClauseGrammar.Row], _ costs: CostTables
  ) -> Set<String> {
    let results = EntityType.allCases.map(\.rawValue) + ExtractionSession.engineClasses
    let tags = Set(
      zip(costs.taggedClasses, costs.tags).filter { results.contains($0.0) }.map(\.1))
    var asked: Set<String> = []
    for row in grammar {
      guard case .word(let test) = row.input, tags.contains(test.tag) else { continue }
      for case .category(let name) in test.wanted + test.unwanted { asked.insert(name) }
    }
    return asked
  }

  /// For each class, whether only the forms of names ask for it, and for its characters at that: such words need not be
  /// edges.
  func hiddenClasses(
    _ rules: RuleSources, _ costs: CostTables, _ forms: [NameForms.Row], _ classes: ClassTable
  ) -> [Bool] {
    let engine = Set(ExtractionSession.askedClasses.map(Self.firstName))
    let used = classes.membership(
      of: rules.classNames.union(costs.taggedClasses).compactMap { classes.find($0) }
        + forms.filter { $0.first != $0.rest }.map(\.first))
    let parts = forms.flatMap { [$0.rest, $0.joint].compactMap { $0 } }
    return classes.membership(of: parts).enumerated().map { index, isPart in
      let category = ClassID(rawValue: UInt16(index))
      return isPart && !used[index] && !engine.contains(Self.firstName(classes.name(category)))
    }
  }

  private static func firstName(_ name: String) -> Substring { name.prefix { $0 != "." } }
}
