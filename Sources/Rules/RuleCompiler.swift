package import Annotations

/// Parsed rules and tables → compiled stages, with every fault of every file.
///
///     let sources = RuleSources(files, fold: fold)
///     let (stages, diagnostics) = RuleCompiler.compile(sources, classes: &classes, …)
///
/// A pattern that could match without bound at one position (a star over something that may be
/// empty) does not compile. Every match is at most ``PatternMachine/longestMatch`` characters long.
package struct RuleCompiler {
  private let classes: ClassTable
  private let file: (name: String, number: UInt16)
  private var diagnostics: [KnowledgeDiagnostic] = []
  private let features: Set<String>

  /// Compiles all rules. Classes that rules emit are added to `classes`, those that tables make have to be there
  /// as those of all lexicons. `features` are those that lexicons have, `known` the stages that the engine runs
  /// in any case, in their order; other stages stand where they say (``StageOrder``). `origins` says which classes
  /// are there before any rule; without it, all that are in `classes`. `isChecked` says that these rules were compiled
  /// before without a fault, so what is wrong with them as a whole is not looked for.
  package static func compile(
    _ sources: RuleSources, classes: inout ClassTable, features: Set<String>,
    stages known: [String], origins: ClassOrigins? = nil, isChecked: Bool = false
  ) -> (stages: [StageProgram], diagnostics: [KnowledgeDiagnostic]) {
    var diagnostics = sources.diagnostics
    let origins =
      origins ?? ClassOrigins(early: Set(classes.names), tags: [], taggedStage: "")
    // The roles of results are features of their edges.
    var features = features
    for rule in sources.stages.flatMap(\.rules) {
      for emission in rule.syntax.emissions {
        _ = classes.add(emission.name.name)
        features.formUnion(emission.roles.map(\.name))
      }
    }
    let (order, faults) = StageOrder.order(sources.stages, known: known)
    diagnostics += faults
    let stages = order.map { name in
      let stage = sources.stages.first { $0.name == name }
      var compiled: [CompiledRule] = []
      var watched: [PatternProgram] = []
      for rule in stage?.rules ?? [] {
        var compiler = RuleCompiler(classes: classes, file: rule.file, features: features)
        if let rule = compiler.rule(rule, watched: &watched) { compiled.append(rule) }
        for diagnostic in compiler.diagnostics where !diagnostics.contains(diagnostic) {
          // A name that several tables are made from is reported once.
          diagnostics.append(diagnostic)
        }
      }
      let parts = StageParts(
        compiled, watchCount: watched.count, classCount: classes.count
      ) { names in
        classes.membership(of: names.compactMap { classes.find($0.name) })
      }
      return StageProgram(
        name: name, policy: stage?.policy ?? .longest,
        rules: compiled.map(\.program), parts: parts)
    }
    // What is said of classes and matches is true only where everything could be read.
    if !isChecked, !diagnostics.contains(where: { $0.severity == .error }) {
      diagnostics +=
        RuleCheck(sources, order: order, classes: classes, origins: origins).diagnostics
    }
    return (stages, diagnostics)
  }

  /// No pattern is longer than this when its repetitions are written out.
  private static let mostSteps = 1 << 16

  private init(
    classes: ClassTable, file: (name: String, number: UInt16), features: Set<String>
  ) {
    self.classes = classes
    self.file = file
    self.features = features
  }

  private mutating func report(_ kind: String, _ place: RulePlace, _ message: String) {
    let diagnostic = KnowledgeDiagnostic(
      kind: kind, file: file.name, line: place.line, column: place.column, message: message)
    // A name that several tables are made from is reported once.
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  private mutating func rule(
    _ rule: RuleSources.Rule, watched: inout [PatternProgram]
  ) -> CompiledRule? {
    let ignored = rule.syntax.ignored
    let syntax =
      ignored.map { ignored in rule.syntax.mapPatterns { $0.ignoring(ignored) } }
      ?? rule.syntax
    guard let pattern = syntax.pattern else { return nil }
    let faults = diagnostics.count
    let patterns = [(pattern, syntax.place)] + syntax.conditions.map { ($0.pattern, $0.place) }
    for (pattern, place) in patterns where pattern.stepCount > Self.mostSteps {
      report(
        "large-pattern", place,
        "with all its repetitions the pattern has more than \(Self.mostSteps) steps; repeat less")
      return nil
    }
    if !(ignored?.captures.isEmpty ?? true) {
      report(
        "ignored-capture", syntax.place,
        "what is ignored is no part of the match, so nothing in it can be captured; remove the brackets"
      )
    }
    var captures: [String] = []
    var code = PatternCode()
    if !syntax.barriers.isEmpty {
      code.exclusions.append(table(of: syntax.barriers))
      code.barrier = 0
    }
    emit(pattern, into: &code, captures: &captures, place: syntax.place)
    let emissions = syntax.emissions.compactMap { emission($0, captures: captures) }
    let retractions = syntax.retracted.compactMap { retraction($0, of: pattern, captures) }
    let conditions = syntax.conditions.map { condition($0, captures, &watched) }
    guard diagnostics.count == faults else { return nil }
    let row = rule.rowClass.flatMap { name in
      guard let category = classes.find(name),
        let slot = captures.firstIndex(of: RuleSyntax.rowCapture)
      else { return nil as RowProgram? }
      return RowProgram(slot: slot, category: category)
    }
    let program = RuleProgram(
      name: syntax.name,
      provenance: Provenance(file: file.number, line: UInt32(syntax.place.line)),
      weight: syntax.weight, examples: syntax.examples,
      pattern: PatternProgram(code, classCount: classes.count), conditions: conditions,
      captures: captures, emissions: emissions, retractions: retractions, row: row)
    return CompiledRule(
      syntax: syntax, watches: conditions.map(\.watch), program: program)
  }

  private mutating func condition(
    _ syntax: ConditionSyntax, _ captures: [String], _ watched: inout [PatternProgram]
  ) -> ConditionProgram {
    var ignored: [String] = []
    var code = PatternCode()
    emit(syntax.pattern, into: &code, captures: &ignored, place: syntax.place)
    var slot: Int?
    var lastStep: LastStep?
    switch syntax.kind {
    case .after:
      var last = LastStep(classes: [Bool](repeating: false, count: classes.count))
      if single(syntax.pattern, into: &last) { lastStep = last }
    case .has(let capture?): slot = self.slot(of: capture, in: captures, syntax.place)
    case .has, .before, .whole: break
    }
    // A look at what stands directly before needs no place where it may begin.
    let isWatched = syntax.kind.isWatched && lastStep == nil
    let pattern = PatternProgram(code, classCount: classes.count)
    var watch: Int?
    if isWatched {
      // What several conditions ask for is looked for once.
      watch = watched.firstIndex(of: pattern) ?? watched.count
      if watch == watched.count { watched.append(pattern) }
    }
    return ConditionProgram(
      kind: syntax.kind, negated: syntax.negated, pattern: pattern, lastStep: lastStep,
      watch: watch, slot: slot)
  }

  /// What a rule takes back: the capture has to be one edge, or one of several.
  private mutating func retraction(
    _ retracted: (capture: String, place: RulePlace), of pattern: PatternSyntax,
    _ captures: [String]
  ) -> RetractionProgram? {
    guard let slot = slot(of: retracted.capture, in: captures, retracted.place) else { return nil }
    guard let classes = pattern.capture(retracted.capture)?.edgeClasses else {
      report(
        "bad-retraction", retracted.place,
        "what is taken back has to be one result; write [\(retracted.capture): @CLASS] in the match line"
      )
      return nil
    }
    return RetractionProgram(slot: slot, classes: table(of: classes))
  }

  private mutating func emission(_ syntax: EmissionSyntax, captures: [String]) -> Emission? {
    var roles: [EmissionRole] = []
    for (name, value) in syntax.roles {
      switch value {
      case .text(let text): roles.append(EmissionRole(name: name, value: .text(text)))
      case .captures(let names):
        let slots = names.compactMap { slot(of: $0, in: captures, syntax.name.place) }
        if let first = slots.first, let last = slots.last {
          roles.append(EmissionRole(name: name, value: .captures(first: first, last: last)))
        }
      case .feature(let capture, let feature):
        if let slot = slot(of: capture, in: captures, syntax.name.place) {
          roles.append(EmissionRole(name: name, value: .feature(capture: slot, name: feature)))
        }
      case .column(let column): roles.append(EmissionRole(name: name, value: .column(column)))
      }
    }
    return classes.find(syntax.name.name).map { Emission(category: $0, roles: roles) }
  }

  private mutating func slot(
    of name: String, in captures: [String], _ place: RulePlace
  ) -> Int? {
    if let slot = captures.firstIndex(of: name) { return slot }
    report(
      "unknown-capture", place,
      "the match line has no capture \"\(name)\"; it has \(captures.joined(separator: ", "))")
    return nil
  }

  private mutating func find(_ name: ClassName) -> ClassID? {
    if let id = classes.find(name.name) { return id }
    report("unknown-class", name.place, classes.unknown(name.name))
    return nil
  }

  private mutating func table(of names: [ClassName]) -> [Bool] {
    classes.membership(of: names.compactMap { find($0) })
  }

  /// Whether a pattern is a choice of single edges without conditions, single characters and the
  /// sentence's start; collects them.
  private mutating func single(_ pattern: PatternSyntax, into last: inout LastStep) -> Bool {
    switch pattern {
    case .choice(let choices):
      for choice in choices where !single(choice, into: &last) { return false }
      return true
    case .literal(let characters) where characters.count == 1:
      last.characters.append(characters[0])
      return true
    case .edge(let edge) where edge.isPlain:
      for (index, takes) in table(of: [edge.name]).enumerated() where takes {
        last.classes[index] = true
      }
      return true
    case .start:
      last.start = true
      return true
    default: return false
    }
  }

  // MARK: Code

  private mutating func emit(
    _ pattern: PatternSyntax, into program: inout PatternCode, captures: inout [String],
    place: RulePlace
  ) {
    switch pattern {
    case .literal(let characters):
      for character in characters { program.steps.append(.character(character)) }
    case .edge(let edge):
      for test in edge.features where !features.contains(test.feature) {
        report(
          "unknown-feature", edge.name.place,
          "no lexicon has a column and no rule a role \"\(test.feature)\", so this never matches")
      }
      let conditions = EdgeConditions(edge) { table(of: $0) }
      program.tests.append((classes: table(of: [edge.name]), conditions: conditions))
      program.steps.append(.edge(test: program.tests.count - 1))
    case .run(let minimum, let maximum, let kind, let excluding):
      program.exclusions.append(table(of: excluding))
      let step = Instruction.run(kind: kind, excluding: program.exclusions.count - 1)
      for _ in 0..<minimum { program.steps.append(step) }
      optional(count: maximum - minimum, lazy: false, into: &program) { $0.steps.append(step) }
    case .gap(let width):
      let step =
        program.barrier < 0
        ? Instruction.any : .run(kind: .any, excluding: program.barrier)
      optional(count: width, lazy: true, into: &program) { $0.steps.append(step) }
    case .sequence(let items):
      for item in items { emit(item, into: &program, captures: &captures, place: place) }
    case .choice(let choices):
      var jumps: [Int] = []
      for (index, choice) in choices.enumerated() {
        guard index + 1 < choices.count else {
          emit(choice, into: &program, captures: &captures, place: place)
          break
        }
        let split = program.steps.count
        program.steps.append(.jump(0))
        emit(choice, into: &program, captures: &captures, place: place)
        jumps.append(program.steps.count)
        program.steps.append(.jump(0))
        program.steps[split] = .split(split + 1, program.steps.count)
      }
      for jump in jumps { program.steps[jump] = .jump(program.steps.count) }
    case .repeated(let item, let minimum, let maximum):
      if maximum == nil, item.canBeEmpty {
        report(
          "unbounded", place,
          "a * or + stands over something that may be empty, so it has no end; "
            + "make one part of it obligatory")
      }
      for _ in 0..<minimum { emit(item, into: &program, captures: &captures, place: place) }
      if let maximum {
        var splits: [Int] = []
        for _ in 0..<max(0, maximum - minimum) {
          splits.append(program.steps.count)
          program.steps.append(.jump(0))
          emit(item, into: &program, captures: &captures, place: place)
        }
        for split in splits { program.steps[split] = .split(split + 1, program.steps.count) }
      } else {
        let split = program.steps.count
        program.steps.append(.jump(0))
        emit(item, into: &program, captures: &captures, place: place)
        program.steps.append(.jump(split))
        program.steps[split] = .split(split + 1, program.steps.count)
      }
    case .capture(let name, let inner):
      if inner.capture(name) != nil {
        report(
          "nested-capture", place,
          "the capture \"\(name)\" stands inside itself, so it would be two things; rename one")
      }
      let slot =
        captures.firstIndex(of: name)
        ?? {
          captures.append(name)
          return captures.count - 1
        }()
      program.steps.append(.save(slot: slot * 2))
      emit(inner, into: &program, captures: &captures, place: place)
      program.steps.append(.save(slot: slot * 2 + 1))
    case .start: program.steps.append(.start)
    case .end: program.steps.append(.end)
    case .border:
      program.exclusions.append(table(of: [ClassName(name: Self.wordClass, place: place)]))
      program.steps.append(.border(excluding: program.exclusions.count - 1))
    case .column: break
    }
  }

  /// The class of the words of the plain path.
  private static let wordClass = "word"

  private func optional(
    count: Int, lazy: Bool, into program: inout PatternCode,
    _ step: (inout PatternCode) -> Void
  ) {
    var splits: [Int] = []
    for _ in 0..<max(0, count) {
      splits.append(program.steps.count)
      program.steps.append(.jump(0))
      step(&program)
    }
    let end = program.steps.count
    for split in splits {
      program.steps[split] = lazy ? .split(end, split + 1) : .split(split + 1, end)
    }
  }
}
