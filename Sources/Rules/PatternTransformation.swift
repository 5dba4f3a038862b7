/// What is done to patterns before they are compiled.
extension PatternSyntax {
  /// The pattern with what may stand between its parts: `ignored`, any number of times, between the items of
  /// a sequence and between repetitions, and nowhere at its edges.
  func ignoring(_ ignored: PatternSyntax) -> PatternSyntax {
    let skip = PatternSyntax.repeated(ignored, minimum: 0, maximum: nil)
    switch self {
    case .sequence(let items):
      let inner = items.map { $0.ignoring(ignored) }
      return .sequence(Array(inner.prefix(1)) + inner.dropFirst().flatMap { [skip, $0] })
    case .choice(let choices): return .choice(choices.map { $0.ignoring(ignored) })
    case .capture(let name, let inner): return .capture(name, inner.ignoring(ignored))
    case .repeated(let item, let minimum, let maximum):
      let inner = item.ignoring(ignored)
      if maximum == 0 || maximum == 1 {
        return .repeated(inner, minimum: minimum, maximum: maximum)
      }
      let more = PatternSyntax.repeated(
        .sequence([skip, inner]), minimum: max(0, minimum - 1), maximum: maximum.map { $0 - 1 })
      let some = PatternSyntax.sequence([inner, more])
      return minimum == 0 ? .repeated(some, minimum: 0, maximum: 1) : some
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: return self
    }
  }

  /// The pattern with patterns for columns of a table.
  func filled(with values: [String: PatternSyntax]) -> PatternSyntax {
    switch self {
    case .column(let name, _): values[name] ?? self
    case .sequence(let items): .sequence(items.map { $0.filled(with: values) })
    case .choice(let choices): .choice(choices.map { $0.filled(with: values) })
    case .capture(let name, let inner): .capture(name, inner.filled(with: values))
    case .repeated(let item, let minimum, let maximum):
      .repeated(item.filled(with: values), minimum: minimum, maximum: maximum)
    case .literal, .edge, .run, .gap, .start, .end, .border: self
    }
  }

  /// The columns that it asks for.
  var columns: [(name: String, place: RulePlace)] {
    switch self {
    case .column(let name, let place): [(name, place)]
    case .sequence(let items), .choice(let items): items.flatMap(\.columns)
    case .capture(_, let inner), .repeated(let inner, _, _): inner.columns
    case .literal, .edge, .run, .gap, .start, .end, .border: []
    }
  }

  /// Whether there is a capture in it.
  var hasCapture: Bool {
    switch self {
    case .capture: true
    case .sequence(let items), .choice(let items): items.contains(where: \.hasCapture)
    case .repeated(let inner, _, _): inner.hasCapture
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: false
    }
  }

  /// The pattern inside a capture.
  func capture(_ wanted: String) -> PatternSyntax? {
    switch self {
    case .capture(let name, let inner): name == wanted ? inner : inner.capture(wanted)
    case .sequence(let items), .choice(let items):
      items.lazy.compactMap { $0.capture(wanted) }.first
    case .repeated(let inner, _, _): inner.capture(wanted)
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: nil
    }
  }

  /// How many patterns stand inside each other.
  var depth: Int {
    switch self {
    case .capture(_, let inner), .repeated(let inner, _, _): 1 + inner.depth
    case .sequence(let items), .choice(let items): 1 + items.reduce(0) { max($0, $1.depth) }
    case .literal, .edge, .run, .gap, .start, .end, .border, .column: 0
    }
  }

  /// How many elements and characters it has as it is written.
  var elementCount: Int {
    switch self {
    case .literal(let characters): characters.count
    case .capture(_, let inner), .repeated(let inner, _, _): inner.elementCount
    case .sequence(let items), .choice(let items): items.reduce(0) { $0 + $1.elementCount }
    case .edge, .run, .gap, .start, .end, .border, .column: 1
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

  /// The rule with patterns for the columns in its match line and conditions.
  func filled(with values: [String: PatternSyntax]) -> RuleSyntax {
    var rule = self
    rule.pattern = pattern?.filled(with: values)
    rule.conditions = conditions.map {
      ConditionSyntax(
        kind: $0.kind, negated: $0.negated, pattern: $0.pattern.filled(with: values),
        place: $0.place)
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
