internal import Annotations

/// The classes that are there before any rule has run, for ``RuleCheck``.
package struct ClassOrigins: Sendable {
  /// The classes that lexicons and the engine make edges of.
  package var early: Set<String>
  /// The tags: their edges are there from the stage `taggedStage` on.
  package var tags: Set<String>
  /// The first stage that sees tags.
  package var taggedStage: String

  /// Classes by where they come from.
  package init(early: Set<String>, tags: Set<String>, taggedStage: String) {
    self.early = early
    self.tags = tags
    self.taggedStage = taggedStage
  }
}

/// What is wrong with rules that compile: those that can never match, those that another one makes idle, and
/// parts of them that do nothing.
struct RuleCheck {
  private let classes: ClassTable
  /// For each class, the number of the first stage that sees edges of it; nil for none.
  private let firstStage: [Int?]
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  /// Rows of a table share the lines of their template.
  private var reported: Set<KnowledgeDiagnostic> = []

  /// Checks the rules of all stages in their order.
  /// - Complexity: O(size of all patterns).
  init(
    _ sources: RuleSources, order: [String], classes: ClassTable, origins: ClassOrigins
  ) {
    self.classes = classes
    var first = [Int?](repeating: nil, count: classes.count)
    func make(_ name: String, _ stage: Int) {
      // What is of a class is also of those above it.
      var at = classes.find(name)
      while let id = at {
        first[id.index] = min(first[id.index] ?? stage, stage)
        at = classes.parent(of: id)
      }
    }
    for name in origins.early { make(name, 0) }
    for name in origins.tags { make(name, order.firstIndex(of: origins.taggedStage) ?? 0) }
    for (number, name) in order.enumerated() {
      for rule in sources.stages.first(where: { $0.name == name })?.rules ?? [] {
        for emission in rule.syntax.emissions { make(emission.name.name, number + 1) }
        if let row = rule.rowClass { make(row, 0) }
      }
    }
    firstStage = first
    for (number, name) in order.enumerated() {
      guard let stage = sources.stages.first(where: { $0.name == name }) else { continue }
      var seen: [String: RuleSources.Rule] = [:]
      for rule in stage.rules {
        let syntax = rule.syntax
        guard let pattern = syntax.pattern else { continue }
        checkMatches(rule, pattern)
        checkClasses(rule, stage: number, name)
        checkExamples(rule)
        checkCaptures(rule, pattern)
        let key = Self.key(of: syntax, keepsAll: stage.policy == .all)
        if let other = seen[key] {
          report(
            .error, "shadowed-rule", rule, syntax.place,
            "\"\(other.syntax.name)\" (\(other.file.name):\(other.syntax.place.line)) has the same pattern, "
              + "conditions and results, so one of the two never counts; remove one")
        } else {
          seen[key] = rule
        }
      }
    }
  }

  private mutating func report(
    _ severity: KnowledgeDiagnostic.Severity, _ kind: String, _ rule: RuleSources.Rule,
    _ place: RulePlace, _ message: String
  ) {
    let diagnostic = KnowledgeDiagnostic(
      severity, kind: kind, file: rule.file.name, line: place.line, column: place.column,
      message: message)
    if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  // MARK: Parts that do nothing

  private mutating func checkExamples(_ rule: RuleSources.Rule) {
    let syntax = rule.syntax
    // The examples of a template are in the rows of its tables.
    guard rule.rowClass == nil, !syntax.examples.contains(where: { !$0.positive }),
      let condition = syntax.conditions.first(where: \.kind.isInside)
    else { return }
    report(
      .warning, "no-counterexample", rule, condition.place,
      "no example shows what this condition forbids; add one with - that would match without it")
  }

  private mutating func checkCaptures(_ rule: RuleSources.Rule, _ pattern: PatternSyntax) {
    let syntax = rule.syntax
    var used = Set(syntax.retracted.map(\.capture) + [RuleSyntax.rowCapture])
    for (_, value) in syntax.emissions.flatMap(\.roles) {
      switch value {
      case .captures(let names): used.formUnion(names)
      case .feature(let capture, _): used.insert(capture)
      case .text, .column: break
      }
    }
    for condition in syntax.conditions {
      if case .has(let capture?) = condition.kind { used.insert(capture) }
    }
    for name in pattern.captures where used.insert(name).inserted {
      report(
        .warning, "unused-capture", rule, syntax.place,
        "rule \"\(syntax.name)\" makes nothing of its capture \"\(name)\"; remove the brackets or use it"
      )
    }
  }

  // MARK: Rules that never match

  private mutating func checkMatches(_ rule: RuleSources.Rule, _ pattern: PatternSyntax) {
    let whole = ends(of: pattern, from: [.atStart])
    if !whole.contains(where: \.hasTaken) {
      report(
        .error, "never-matches", rule, rule.syntax.place,
        "the pattern of rule \"\(rule.syntax.name)\" can match no characters: look for ^ behind or $ before "
          + "something, for {0,0}, and for a class that excludes itself")
    }
    for condition in rule.syntax.conditions {
      let from: Set<Place>
      switch condition.kind {
      case .before: from = [Place(hasTaken: true, isAtEnd: false)]
      case .after, .has, .whole: from = [.atStart]
      }
      var ends = ends(of: condition.pattern, from: from)
      // The match begins behind it, so this is not the end of the sentence.
      if case .after = condition.kind { ends = ends.filter { !$0.isAtEnd } }
      if ends.isEmpty {
        report(
          .error, "never-matches", rule, condition.place,
          condition.negated
            ? "what this condition forbids can never stand there, so it does nothing; remove it"
            : "what this condition asks for can never stand there, so the rule never matches")
      }
    }
  }

  /// What is known of a place in a sentence that a pattern has come to.
  private struct Place: Hashable {
    /// Whether there are characters before it.
    var hasTaken: Bool
    /// Whether it has to be the end of the sentence.
    var isAtEnd: Bool

    static let atStart = Place(hasTaken: false, isAtEnd: false)
  }

  /// Where a pattern may come to, for each of the places it may begin at.
  private func ends(of pattern: PatternSyntax, from places: Set<Place>) -> Set<Place> {
    if places.isEmpty { return [] }
    func taking() -> Set<Place> {
      places.contains { !$0.isAtEnd } ? [Place(hasTaken: true, isAtEnd: false)] : []
    }
    switch pattern {
    case .literal(let characters): return characters.isEmpty ? places : taking()
    case .edge(let edge): return isContradiction(edge) ? [] : taking()
    case .run(let minimum, let maximum, _, _):
      let taken = maximum > 0 ? taking() : []
      return minimum > 0 ? taken : taken.union(places)
    case .gap(let width): return width > 0 ? taking().union(places) : places
    case .sequence(let items): return items.reduce(places) { ends(of: $1, from: $0) }
    case .choice(let choices):
      return choices.reduce(into: []) { $0.formUnion(ends(of: $1, from: places)) }
    case .repeated(let item, let minimum, let maximum):
      // More often changes nothing: there are four places only, and none is come to again.
      let enough = 4
      var now = places
      for _ in 0..<min(minimum, enough) { now = ends(of: item, from: now) }
      var all = now
      for _ in 0..<min((maximum ?? .max) - minimum, enough) {
        now = ends(of: item, from: now)
        all.formUnion(now)
      }
      return all
    case .capture(_, let inner): return ends(of: inner, from: places)
    case .start: return places.filter { !$0.hasTaken }
    case .end: return Set(places.map { Place(hasTaken: $0.hasTaken, isAtEnd: true) })
    case .border: return places
    case .column: return places.union([Place(hasTaken: true, isAtEnd: false)])
    }
  }

  /// `@V[not @V]`: the edge itself covers its characters.
  private func isContradiction(_ edge: EdgeSyntax) -> Bool {
    guard let own = classes.find(edge.name.name) else { return false }
    return edge.excluded.contains { name in
      classes.find(name.name).map { classes.isA(own, $0) } ?? false
    }
  }

  // MARK: Classes

  private mutating func checkClasses(_ rule: RuleSources.Rule, stage: Int, _ name: String) {
    let syntax = rule.syntax
    var used = (syntax.pattern?.classNames ?? []) + (syntax.ignored?.classNames ?? [])
    used += syntax.conditions.flatMap(\.pattern.classNames) + syntax.barriers
    for used in used {
      guard let id = classes.find(used.name) else { continue }
      if let first = firstStage[id.index], first <= stage { continue }
      report(
        .error, "later-class", rule, used.place,
        "no stage before \"\(name)\" makes \"\(used.name)\", so it never stands there; move the rule to a later "
          + "stage or ask for another class")
    }
  }

  // MARK: Rules that are the same

  /// What is equal for two rules of which one never counts.
  private static func key(of rule: RuleSyntax, keepsAll: Bool) -> String {
    var key = rule.pattern?.key ?? ""
    for condition in rule.conditions {
      key += "\n\(condition.kind) \(condition.negated) \(condition.pattern.key)"
    }
    key += "\n\(rule.barriers.map(\.name)) \(rule.ignored?.key ?? "")"
    key += "\n\(rule.retracted.map(\.capture))"
    for emission in rule.emissions {
      // Where one of the two has to give way, it does not matter what else it makes.
      key += "\n\(emission.name.name) \(keepsAll ? "\(emission.roles)" : "")"
    }
    return key
  }
}

extension ConditionSyntax.Kind {
  /// Whether it is about the match itself and not about what is around it.
  fileprivate var isInside: Bool {
    switch self {
    case .has, .whole: true
    case .after, .before: false
    }
  }
}

extension PatternSyntax {
  /// A text that is equal for equal patterns, wherever they stand.
  var key: String {
    switch self {
    case .literal(let characters): "\"\(characters)\""
    case .edge(let edge):
      "@\(edge.name.name)\(edge.features.map { "\($0.feature)\($0.comparison.rawValue)\($0.values)" })"
        + "\(edge.required.map(\.name))\(edge.excluded.map(\.name))"
    case .run(let minimum, let maximum, let kind, let excluding):
      "{\(minimum),\(maximum) \(kind) \(excluding.map(\.name))}"
    case .gap(let width): "gap(\(width))"
    case .sequence(let items): "(" + items.map(\.key).joined(separator: " ") + ")"
    case .choice(let choices): "(" + choices.map(\.key).joined(separator: "|") + ")"
    case .repeated(let item, let minimum, let maximum):
      item.key + "{\(minimum),\(maximum.map(String.init) ?? "")}"
    case .capture(let name, let inner): "[\(name):\(inner.key)]"
    case .start: "^"
    case .end: "$"
    case .border: "border"
    case .column(let name, _): "%\(name)"
    }
  }
}

extension RuleSources {
  /// The names of all classes that rules ask for, exclude or make.
  package var classNames: Set<String> {
    var names: Set<String> = []
    for rule in stages.flatMap(\.rules) {
      let syntax = rule.syntax
      let patterns =
        [syntax.pattern, syntax.ignored].compactMap(\.self)
        + syntax.conditions.map(\.pattern)
      names.formUnion(patterns.flatMap(\.classNames).map(\.name))
      names.formUnion(syntax.barriers.map(\.name) + syntax.emissions.map(\.name.name))
    }
    return names
  }
}
