package import Annotations

/// Rule files → compiled stages, with every fault of every file.
///
///     let (stages, diagnostics) = RuleCompiler.compile(files, classes: classes, fold: fold)
///
/// A pattern that could match without bound at one position (a star over something that may be
/// empty) does not compile. Every match is at most ``PatternMachine/longestMatch`` characters long.
package struct RuleCompiler {
  /// A rule file.
  package struct File {
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

  /// The class of punctuation that ends a clause.
  package static let clauseEndClass = "punct.clause"

  private let classes: ClassTable
  private let file: File
  private var diagnostics: [KnowledgeDiagnostic] = []
  private let features: Set<String>

  /// Compiles all files. Classes that rules emit are added to `classes`. Stages of one name in
  /// several files are one stage. `features` are those that lexicons have, `known` the stages that the engine
  /// runs: these come out, in their order.
  package static func compile(
    _ files: [File], classes: inout ClassTable, features: Set<String>, stages known: [String],
    fold: @escaping (String) -> [UInt32]
  ) -> (stages: [StageProgram], diagnostics: [KnowledgeDiagnostic]) {
    var diagnostics: [KnowledgeDiagnostic] = []
    var parsed: [(File, [StageSyntax])] = []
    for file in files {
      let parser = RuleParser(file: file.name, text: file.text, fold: fold)
      diagnostics += parser.diagnostics
      parsed.append((file, parser.stages))
      for stage in parser.stages {
        for rule in stage.rules {
          for emission in rule.emissions { _ = classes.add(emission.name.name) }
        }
      }
    }
    // The roles of results are features of their edges.
    var features = features
    for (_, stages) in parsed {
      for emission in stages.flatMap(\.rules).flatMap(\.emissions) {
        features.formUnion(emission.roles.map(\.name))
      }
    }
    var policies: [String: OverlapPolicy] = [:]
    var rules: [String: [RuleProgram]] = [:]
    var automata: [String: StageAutomaton] = [:]
    for (file, stages) in parsed {
      var compiler = RuleCompiler(classes: classes, file: file, features: features)
      for stage in stages {
        if !known.contains(stage.name) {
          compiler.report(
            "unknown-stage", stage.place,
            "the engine runs no stage \"\(stage.name)\"; expected \(known.joined(separator: ", "))")
        }
        if policies[stage.name] == nil {
          policies[stage.name] = stage.policy
        }
        for syntax in stage.rules {
          guard let rule = compiler.rule(syntax), let pattern = syntax.pattern else { continue }
          automata[stage.name, default: StageAutomaton()].add(
            syntax, number: rules[stage.name, default: []].count, pattern: pattern
          ) { compiler.table(of: [$0]) }
          rules[stage.name, default: []].append(rule)
        }
      }
      diagnostics += compiler.diagnostics
    }
    let clauseEnd = classes.membership(of: classes.find(Self.clauseEndClass).map { [$0] } ?? [])
    let compiled = known.map { name in
      var automaton = automata[name] ?? StageAutomaton()
      automaton.finish(classCount: classes.count)
      return StageProgram(
        name: name, policy: policies[name] ?? .longest, rules: rules[name] ?? [],
        automaton: automaton, clauseEnd: clauseEnd)
    }
    return (compiled, diagnostics)
  }

  private init(classes: ClassTable, file: File, features: Set<String>) {
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

  private mutating func rule(_ syntax: RuleSyntax) -> RuleProgram? {
    guard let pattern = syntax.pattern else { return nil }
    let faults = diagnostics.count
    var captures: [String] = []
    var code = PatternCode()
    emit(pattern, into: &code, captures: &captures, place: syntax.place)
    let conditions = syntax.conditions.map { condition in
      var ignored: [String] = []
      var code = PatternCode()
      emit(condition.pattern, into: &code, captures: &ignored, place: syntax.place)
      var last = LastStep(classes: [Bool](repeating: false, count: classes.count))
      let isSimple = condition.kind == .after && single(condition.pattern, into: &last)
      return ConditionProgram(
        kind: condition.kind, negated: condition.negated,
        pattern: PatternProgram(code, classCount: classes.count),
        lastStep: isSimple ? last : nil)
    }
    let emissions = syntax.emissions.compactMap {
      emission($0, captures: captures)
    }
    guard diagnostics.count == faults else { return nil }
    return RuleProgram(
      name: syntax.name,
      provenance: Provenance(file: file.number, line: UInt32(syntax.place.line)),
      weight: syntax.weight, examples: syntax.examples,
      pattern: PatternProgram(code, classCount: classes.count), conditions: conditions,
      withinClause: syntax.withinClause, captures: captures, emissions: emissions)
  }

  private mutating func emission(_ syntax: EmissionSyntax, captures: [String]) -> Emission? {
    var roles: [EmissionRole] = []
    for (name, value) in syntax.roles {
      switch value {
      case .text(let text): roles.append(EmissionRole(name: name, value: .text(text)))
      case .captures(let names):
        let slots = names.compactMap { slot(of: $0, in: captures, syntax) }
        if let first = slots.first, let last = slots.last {
          roles.append(EmissionRole(name: name, value: .captures(first: first, last: last)))
        }
      case .feature(let capture, let feature):
        if let slot = slot(of: capture, in: captures, syntax) {
          roles.append(EmissionRole(name: name, value: .feature(capture: slot, name: feature)))
        }
      }
    }
    return classes.find(syntax.name.name).map { Emission(category: $0, roles: roles) }
  }

  private mutating func slot(
    of name: String, in captures: [String], _ syntax: EmissionSyntax
  ) -> Int? {
    if let slot = captures.firstIndex(of: name) { return slot }
    report(
      "unknown-capture", syntax.name.place,
      "the match line has no capture \"\(name)\"; it has \(captures.joined(separator: ", "))")
    return nil
  }

  private mutating func find(_ name: ClassName) -> ClassID? {
    if let id = classes.find(name.name) { return id }
    let hint = classes.nearest(to: name.name).map { "; did you mean \"\($0)\"?" } ?? ""
    report(
      "unknown-class", name.place, "no lexicon and no rule makes the class \"\(name.name)\"\(hint)")
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
    case .edge(let edge)
    where edge.features.isEmpty && edge.required.isEmpty && edge.excluded.isEmpty:
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
      let isPlain = edge.features.isEmpty && edge.required.isEmpty && edge.excluded.isEmpty
      program.tests.append(
        (
          classes: table(of: [edge.name]),
          conditions: isPlain
            ? nil
            : EdgeConditions(
              features: edge.features, required: edge.required.map { table(of: [$0]) },
              excluded: edge.excluded.isEmpty ? nil : table(of: edge.excluded))
        ))
      program.steps.append(.edge(test: program.tests.count - 1))
    case .run(let minimum, let maximum, let kind, let excluding):
      program.exclusions.append(table(of: excluding))
      let step = Instruction.run(kind: kind, excluding: program.exclusions.count - 1)
      for _ in 0..<minimum { program.steps.append(step) }
      optional(count: maximum - minimum, lazy: false, into: &program) { $0.steps.append(step) }
    case .gap(let width):
      optional(count: width, lazy: true, into: &program) { $0.steps.append(.any) }
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
      if maximum == nil, Self.canBeEmpty(item) {
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
    }
  }

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

  private static func canBeEmpty(_ pattern: PatternSyntax) -> Bool {
    switch pattern {
    case .literal(let characters): characters.isEmpty
    case .edge: false
    case .run(let minimum, _, _, _): minimum == 0
    case .gap, .start, .end: true
    case .sequence(let items): items.allSatisfy(canBeEmpty)
    case .choice(let choices): choices.contains(where: canBeEmpty)
    case .repeated(let item, let minimum, _): minimum == 0 || canBeEmpty(item)
    case .capture(_, let inner): canBeEmpty(inner)
    }
  }
}
