/// How patterns are walked, asked and changed before they are compiled.
extension PatternSyntax {
  /// The patterns that it is made of, in order; none for an element.
  var parts: [PatternSyntax] {
    switch self {
    case .sequence(let items), .choice(let items): items
    case .capture(_, let inner), .repeated(let inner, _, _): [inner]
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: []
    }
  }

  /// The same with other patterns for its parts.
  func mapParts(_ change: (PatternSyntax) -> PatternSyntax) -> PatternSyntax {
    switch self {
    case .sequence(let items): .sequence(items.map(change))
    case .choice(let choices): .choice(choices.map(change))
    case .capture(let name, let inner): .capture(name, change(inner))
    case .repeated(let item, let minimum, let maximum):
      .repeated(change(item), minimum: minimum, maximum: maximum)
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: self
    }
  }

  /// The pattern with what may stand between its parts: `ignored`, any number of times, between the items of
  /// a sequence and between repetitions, and nowhere at its edges.
  func ignoring(_ ignored: PatternSyntax) -> PatternSyntax {
    let skip = PatternSyntax.repeated(ignored, minimum: 0, maximum: nil)
    switch self {
    case .sequence(let items):
      let inner = items.map { $0.ignoring(ignored) }
      return .sequence(Array(inner.prefix(1)) + inner.dropFirst().flatMap { [skip, $0] })
    case .repeated(let item, let minimum, let maximum) where maximum != 0 && maximum != 1:
      let inner = item.ignoring(ignored)
      let more = PatternSyntax.repeated(
        .sequence([skip, inner]), minimum: max(0, minimum - 1), maximum: maximum.map { $0 - 1 })
      let some = PatternSyntax.sequence([inner, more])
      return minimum == 0 ? .repeated(some, minimum: 0, maximum: 1) : some
    default: return mapParts { $0.ignoring(ignored) }
    }
  }

  /// The pattern with patterns for columns of a table.
  func filled(with values: [String: PatternSyntax]) -> PatternSyntax {
    if case .column(let name, _) = self { return values[name] ?? self }
    return mapParts { $0.filled(with: values) }
  }

  /// The columns that it asks for.
  var columns: [(name: String, place: RulePlace)] {
    if case .column(let name, let place) = self { return [(name, place)] }
    return parts.flatMap(\.columns)
  }

  /// The names of all captures, in order.
  var captures: [String] {
    let inner = parts.flatMap(\.captures)
    if case .capture(let name, _) = self { return [name] + inner }
    return inner
  }

  /// The pattern inside a capture.
  func capture(_ wanted: String) -> PatternSyntax? {
    if case .capture(wanted, let inner) = self { return inner }
    return parts.lazy.compactMap { $0.capture(wanted) }.first
  }

  /// The classes that it asks for or excludes.
  var classNames: [ClassName] {
    switch self {
    case .edge(let edge): [edge.name] + edge.required + edge.excluded
    case .run(_, _, _, let excluding): excluding
    default: parts.flatMap(\.classNames)
    }
  }

  /// How many patterns stand inside each other.
  var depth: Int { parts.map(\.depth).max().map { $0 + 1 } ?? 0 }

  /// How many elements and characters it has as it is written.
  var elementCount: Int {
    if case .literal(let characters) = self { return characters.count }
    let inner = parts
    return inner.isEmpty ? 1 : inner.reduce(0) { $0 + $1.elementCount }
  }

  /// Whether it may match no characters.
  var canBeEmpty: Bool {
    switch self {
    case .literal(let characters): characters.isEmpty
    case .run(let minimum, _, _, _): minimum == 0
    case .edge, .column: false
    case .gap, .start, .end, .border: true
    case .sequence(let items): items.allSatisfy(\.canBeEmpty)
    case .choice(let choices): choices.contains(where: \.canBeEmpty)
    case .repeated(let item, let minimum, _): minimum == 0 || item.canBeEmpty
    case .capture(_, let inner): inner.canBeEmpty
    }
  }

  /// How many steps it is when its repetitions are written out.
  var stepCount: Int {
    // Far more than any pattern may have, and far from what a number can hold.
    let most = 1 << 30
    func sum(_ items: [PatternSyntax]) -> Int { items.reduce(0) { min(most, $0 + $1.stepCount) } }
    return switch self {
    case .literal(let characters): characters.count
    case .run(_, let maximum, _, _): maximum * 2
    case .gap(let width): width * 2
    case .sequence(let items): sum(items)
    case .choice(let choices): sum(choices)
    case .capture(_, let inner): inner.stepCount
    case .repeated(let item, let minimum, let maximum):
      min(most, item.stepCount * max(1, maximum ?? (minimum + 1)))
    case .edge, .start, .end, .border, .column: 1
    }
  }

  /// The classes of which an edge has to be, for a pattern that is one edge or a choice of them.
  var edgeClasses: [ClassName]? {
    switch self {
    case .edge(let edge): return [edge.name]
    case .choice(let choices):
      let all = choices.map(\.edgeClasses)
      return all.contains { $0 == nil } ? nil : all.flatMap { $0 ?? [] }
    default: return nil
    }
  }
}

extension RuleSyntax {
  /// The capture of the word of a table's row.
  static let rowCapture = "%entry"

  /// The rule with other patterns in its match line and conditions.
  func mapPatterns(_ change: (PatternSyntax) -> PatternSyntax) -> RuleSyntax {
    var rule = self
    rule.pattern = pattern.map(change)
    rule.conditions = conditions.map {
      ConditionSyntax(
        kind: $0.kind, negated: $0.negated, pattern: change($0.pattern), place: $0.place)
    }
    return rule
  }

  /// The columns of a table that it asks for: in patterns, and anywhere.
  var columns:
    (
      inPattern: [(name: String, place: RulePlace)], all: [(name: String, place: RulePlace)]
    )
  {
    let patterns = (pattern?.columns ?? []) + conditions.flatMap(\.pattern.columns)
    let emitted = emissions.flatMap { emission in
      emission.roles.compactMap { role -> (name: String, place: RulePlace)? in
        if case .column(let name) = role.value { (name, emission.name.place) } else { nil }
      }
    }
    return (patterns, patterns + emitted)
  }
}
