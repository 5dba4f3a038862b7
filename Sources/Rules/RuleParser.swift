internal import Annotations

/// Reads a rule file: `stage`, `let` and `rule` blocks, one statement a line.
///
/// All faults of a file are reported; a faulty statement is skipped, the rest is still read.
struct RuleParser {
  private let file: String
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var stages: [StageSyntax] = []
  private var lets: [String: PatternSyntax] = [:]
  private let fold: (String) -> [UInt32]

  /// No part of a pattern is repeated more often by a count, and no gap is wider.
  private static let mostTimes = 64
  private static let policies = "longest, weight or all"

  /// Parses a whole file; `fold` brings literals into the form of normalised text.
  init(file: String, text: String, fold: @escaping (String) -> [UInt32]) {
    self.file = file
    self.fold = fold
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      do throws(RuleFault) {
        try statement(line, number: index + 1)
      } catch {
        report(error)
      }
    }
    for stage in stages {
      for rule in stage.rules { checkWhole(rule) }
    }
  }

  private mutating func report(_ fault: RuleFault) {
    diagnostics.append(
      KnowledgeDiagnostic(
        kind: fault.kind, file: file, line: fault.place.line, column: fault.place.column,
        message: fault.message))
  }

  private mutating func checkWhole(_ rule: RuleSyntax) {
    if rule.pattern == nil {
      report(
        RuleFault(
          kind: "no-match", place: rule.place,
          message: "rule \"\(rule.name)\" has no match line; add one"))
    }
    if rule.emissions.isEmpty {
      report(
        RuleFault(
          kind: "no-emit", place: rule.place,
          message: "rule \"\(rule.name)\" has no emit line, so nothing comes of it; add one"))
    }
    if !rule.examples.contains(where: \.positive) {
      report(
        RuleFault(
          kind: "no-example", place: rule.place,
          message: "rule \"\(rule.name)\" has no + example; add a text that it has to match"))
    }
  }

  private mutating func statement(_ line: Substring, number: Int) throws(RuleFault) {
    let body = line.drop { $0.isWhitespace }
    let column = line.count - body.count + 1
    guard let first = body.first, first != "#" else { return }
    if first == "+" || first == "-" || first == "＋" {
      try example(body, positive: first != "-", number: number, column: column)
      return
    }
    var tokens = TokenStream(
      try RuleLexer.tokens(of: body, number: number, from: column),
      end: RulePlace(line: number, column: line.count + 1))
    let place = tokens.place
    switch try tokens.word(expecting: "stage, let, rule or a line of a rule") {
    case "stage": try stage(&tokens, place: place)
    case "let":
      let name = try tokens.word(expecting: "the name of a pattern")
      try tokens.symbol("=")
      guard lets[name] == nil else {
        throw RuleFault(
          kind: "duplicate-let", place: place,
          message: "\"\(name)\" is defined above already; give this pattern another name")
      }
      lets[name] = try pattern(&tokens)
    case "rule":
      let name = try tokens.word(expecting: "the name of a rule")
      guard !stages.isEmpty else {
        throw RuleFault(
          kind: "no-stage", place: place,
          message: "a rule belongs to a stage; write a line such as \"stage names\" above it")
      }
      if let other = stages.flatMap(\.rules).first(where: { $0.name == name }) {
        throw RuleFault(
          kind: "duplicate-rule", place: place,
          message:
            "line \(other.place.line) has a rule \"\(name)\" already; give this one another name"
        )
      }
      stages[stages.count - 1].rules.append(RuleSyntax(name: name, place: place))
    case "match":
      let matched = try pattern(&tokens)
      try edit(place) { $0.pattern = matched }
    case "after": try condition(.after, negated: false, &tokens, place)
    case "before": try condition(.before, negated: false, &tokens, place)
    case "not":
      switch try tokens.word(expecting: "after or before") {
      case "after": try condition(.after, negated: true, &tokens, place)
      case "before": try condition(.before, negated: true, &tokens, place)
      case let other:
        throw RuleFault(
          kind: "unknown-keyword", place: place,
          message: "\"not \(other)\" is no condition; expected \"not after\" or \"not before\"")
      }
    case "unless":
      let has = try tokens.word(expecting: "has")
      guard has == "has" else {
        throw RuleFault(
          kind: "unknown-keyword", place: place, message: "expected \"unless has\" and a pattern")
      }
      try condition(.has, negated: true, &tokens, place)
    case "within":
      let reach = try tokens.word(expecting: "sentence or clause")
      guard reach == "clause" || reach == "sentence" else {
        throw RuleFault(
          kind: "unknown-keyword", place: place,
          message: "\"within \(reach)\" is unknown; expected sentence or clause")
      }
      try edit(place) { $0.withinClause = reach == "clause" }
    case "weight":
      let weight = try tokens.number(expecting: "a whole number")
      try edit(place) { $0.weight = weight }
    case "emit":
      let emission = try emission(&tokens)
      try edit(place) { $0.emissions.append(emission) }
    case let other:
      throw RuleFault(
        kind: "unknown-keyword", place: place,
        message:
          "\"\(other)\" begins no statement; expected stage, let, rule, match, after, before, not, "
          + "unless, within, weight, emit, + or -")
    }
    try tokens.finish()
  }

  private mutating func stage(_ tokens: inout TokenStream, place: RulePlace) throws(RuleFault) {
    let name = try tokens.word(expecting: "the name of a stage")
    var policy = OverlapPolicy.longest
    if try tokens.optionalWord("keep") {
      let written = try tokens.word(expecting: Self.policies)
      guard let known = OverlapPolicy(rawValue: written) else {
        throw RuleFault(
          kind: "unknown-policy", place: place,
          message: "\"keep \(written)\" is unknown; expected \(Self.policies)")
      }
      policy = known
    }
    stages.append(StageSyntax(name: name, place: place, policy: policy))
  }

  private mutating func edit(
    _ place: RulePlace, _ change: (inout RuleSyntax) -> Void
  ) throws(RuleFault) {
    guard let stage = stages.indices.last, let rule = stages[stage].rules.indices.last else {
      throw RuleFault(
        kind: "no-rule", place: place,
        message: "this line belongs to a rule; write a line such as \"rule NAME\" above it")
    }
    change(&stages[stage].rules[rule])
  }

  private mutating func condition(
    _ kind: ConditionSyntax.Kind, negated: Bool, _ tokens: inout TokenStream, _ place: RulePlace
  ) throws(RuleFault) {
    let condition = ConditionSyntax(kind: kind, negated: negated, pattern: try pattern(&tokens))
    try edit(place) { $0.conditions.append(condition) }
  }

  private mutating func example(
    _ body: Substring, positive: Bool, number: Int, column: Int
  ) throws(RuleFault) {
    let place = RulePlace(line: number, column: column)
    let rest = body.dropFirst()
    var text = rest
    var expectation: Substring?
    if let arrow = rest.range(of: "=>") {
      text = rest[..<arrow.lowerBound]
      expectation = rest[arrow.upperBound...]
    }
    let example = RuleExample(
      positive: positive, text: text.trimmed(), expectation: expectation.map { $0.trimmed() },
      place: place)
    guard !example.text.isEmpty else {
      throw RuleFault(
        kind: "empty-example", place: place, message: "the example has no text; write a sentence")
    }
    try edit(place) { $0.examples.append(example) }
  }

  // MARK: Patterns

  private func pattern(_ tokens: inout TokenStream) throws(RuleFault) -> PatternSyntax {
    var choices = [try sequence(&tokens)]
    while tokens.optionalSymbol("|") { choices.append(try sequence(&tokens)) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private func sequence(_ tokens: inout TokenStream) throws(RuleFault) -> PatternSyntax {
    var items: [PatternSyntax] = []
    while let next = tokens.peek {
      if case .symbol(let symbol) = next, symbol == "|" || symbol == ")" || symbol == "]" { break }
      items.append(try quantified(&tokens))
    }
    guard !items.isEmpty else {
      throw RuleFault(
        kind: "empty-pattern", place: tokens.place,
        message: "a pattern is missing here; expected a text in quotes, @class, {n,m han}, gap(n)")
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private func quantified(_ tokens: inout TokenStream) throws(RuleFault) -> PatternSyntax {
    var item = try atom(&tokens)
    while true {
      if tokens.optionalSymbol("?") {
        item = .repeated(item, minimum: 0, maximum: 1)
      } else if tokens.optionalSymbol("*") {
        item = .repeated(item, minimum: 0, maximum: nil)
      } else if tokens.optionalSymbol("+") {
        item = .repeated(item, minimum: 1, maximum: nil)
      } else if case .symbol("{") = tokens.peek, tokens.isCount {
        try tokens.symbol("{")
        let minimum = try tokens.number(expecting: "the least number of times")
        try tokens.symbol(",")
        let maximum = try tokens.number(expecting: "the greatest number of times")
        try tokens.symbol("}")
        guard minimum <= maximum, maximum <= Self.mostTimes else {
          throw RuleFault(
            kind: "bad-count", place: tokens.place,
            message: "expected {n,m} with n <= m <= \(Self.mostTimes)")
        }
        item = .repeated(item, minimum: minimum, maximum: maximum)
      } else {
        return item
      }
    }
  }

  private func atom(_ tokens: inout TokenStream) throws(RuleFault) -> PatternSyntax {
    let place = tokens.place
    switch try tokens.next(expecting: "a pattern") {
    case .text(let text):
      guard !text.isEmpty else {
        throw RuleFault(
          kind: "empty-text", place: place,
          message: "the text is empty and matches everywhere; write something or leave it out")
      }
      return .literal(fold(text))
    case .symbol("@"), .symbol("#"): return .edge(try edge(&tokens))
    case .symbol("^"): return .start
    case .symbol("$"): return .end
    case .symbol("("):
      let inner = try pattern(&tokens)
      try tokens.symbol(")")
      return inner
    case .symbol("["):
      let name = try tokens.word(expecting: "the name of a capture")
      try tokens.symbol(":")
      let inner = try pattern(&tokens)
      try tokens.symbol("]")
      return .capture(name, inner)
    case .symbol("{"): return try run(&tokens)
    case .word("gap"):
      try tokens.symbol("(")
      let width = try tokens.number(expecting: "the greatest number of characters")
      try tokens.symbol(")")
      guard width <= Self.mostTimes else {
        throw RuleFault(
          kind: "bad-count", place: place,
          message:
            "a gap is at most \(Self.mostTimes) characters wide, so that a match stays bounded")
      }
      return .gap(width)
    case .word(let name):
      guard let defined = lets[name] else {
        throw RuleFault(
          kind: "unknown-name", place: place,
          message: "no let line above defines \"\(name)\"; a text to match stands in quotes")
      }
      return defined
    case .number, .symbol:
      throw RuleFault(
        kind: "bad-pattern", place: place,
        message: "expected a text in quotes, @class, {n,m han}, gap(n), a group or a capture")
    }
  }

  private func run(_ tokens: inout TokenStream) throws(RuleFault) -> PatternSyntax {
    let minimum = try tokens.number(expecting: "the least number of characters")
    try tokens.symbol(",")
    let maximum = try tokens.number(expecting: "the greatest number of characters")
    let place = tokens.place
    let written = try tokens.word(expecting: "han, digit, latin or any")
    guard let kind = RunKind(rawValue: written), minimum <= maximum, maximum <= 64 else {
      throw RuleFault(
        kind: "bad-run", place: place,
        message: "expected {n,m kind} with n <= m <= 64 and a kind of han, digit, latin or any")
    }
    var excluding: [ClassName] = []
    while tokens.optionalSymbol(",") {
      guard try tokens.optionalWord("not") else {
        throw RuleFault(kind: "bad-run", place: tokens.place, message: "expected \"not @class\"")
      }
      try tokens.symbol("@")
      excluding.append(try className(&tokens))
    }
    try tokens.symbol("}")
    return .run(minimum: minimum, maximum: maximum, kind: kind, excluding: excluding)
  }

  private func className(_ tokens: inout TokenStream) throws(RuleFault) -> ClassName {
    let place = tokens.place
    return ClassName(name: try tokens.word(expecting: "the name of a class"), place: place)
  }

  private func edge(_ tokens: inout TokenStream) throws(RuleFault) -> EdgeSyntax {
    var edge = EdgeSyntax(name: try className(&tokens))
    // A bracket behind a space begins a capture: @P [place: @NP].
    guard tokens.isAttached, tokens.optionalSymbol("[") else { return edge }
    repeat {
      if try tokens.optionalWord("not") {
        try tokens.symbol("@")
        edge.excluded.append(try className(&tokens))
        continue
      }
      if tokens.optionalSymbol("@") {
        edge.required.append(try className(&tokens))
        continue
      }
      let feature = try tokens.word(expecting: "the name of a feature")
      let negated = tokens.optionalSymbol("!")
      try tokens.symbol("=")
      var values = [try tokens.value()]
      while tokens.optionalSymbol("/") { values.append(try tokens.value()) }
      edge.features.append(FeatureTest(feature: feature, values: values, negated: negated))
    } while tokens.optionalSymbol(",")
    try tokens.symbol("]")
    return edge
  }

  private func emission(_ tokens: inout TokenStream) throws(RuleFault) -> EmissionSyntax {
    let name = try className(&tokens)
    var roles: [(name: String, value: RoleValue)] = []
    guard tokens.optionalSymbol("(") else { return EmissionSyntax(name: name, roles: roles) }
    while !tokens.optionalSymbol(")") {
      let role = try tokens.word(expecting: "the name of a role")
      try tokens.symbol("=")
      roles.append((role, try roleValue(&tokens)))
      _ = tokens.optionalSymbol(",")
    }
    return EmissionSyntax(name: name, roles: roles)
  }

  private func roleValue(_ tokens: inout TokenStream) throws(RuleFault) -> RoleValue {
    if case .text(let text) = tokens.peek {
      _ = try tokens.next(expecting: "a text")
      return .text(text)
    }
    var captures = [try tokens.word(expecting: "a capture or a text in quotes")]
    if captures[0].contains(".") {
      let parts = captures[0].split(separator: ".", maxSplits: 1)
      return .feature(capture: String(parts[0]), name: String(parts[1]))
    }
    while tokens.optionalSymbol("+") {
      captures.append(try tokens.word(expecting: "a capture"))
    }
    return .captures(captures)
  }
}

/// Reads tokens one after another.
private struct TokenStream {
  private let tokens: [LocatedToken]
  private let end: RulePlace
  private var index = 0

  init(_ tokens: [LocatedToken], end: RulePlace) {
    self.tokens = tokens
    self.end = end
  }

  var peek: RuleToken? { index < tokens.count ? tokens[index].token : nil }
  var place: RulePlace { index < tokens.count ? tokens[index].place : end }

  /// Whether the next token follows without a space.
  var isAttached: Bool { index < tokens.count && tokens[index].isAttached }

  /// Whether a `{n,m}` without a kind stands here: a number of times.
  var isCount: Bool {
    guard index + 4 < tokens.count, case .symbol("}") = tokens[index + 4].token else {
      return false
    }
    return true
  }

  mutating func next(expecting what: String) throws(RuleFault) -> RuleToken {
    guard let token = peek else {
      throw RuleFault(
        kind: "unexpected-end", place: end, message: "the line ends here; expected \(what)")
    }
    index += 1
    return token
  }

  mutating func word(expecting what: String) throws(RuleFault) -> String {
    let place = place
    guard case .word(let word) = try next(expecting: what) else {
      throw RuleFault(kind: "unexpected-token", place: place, message: "expected \(what)")
    }
    return word
  }

  mutating func number(expecting what: String) throws(RuleFault) -> Int {
    let place = place
    guard case .number(let number) = try next(expecting: what) else {
      throw RuleFault(kind: "unexpected-token", place: place, message: "expected \(what)")
    }
    return number
  }

  mutating func value() throws(RuleFault) -> String {
    let place = place
    switch try next(expecting: "a value") {
    case .word(let word): return word
    case .text(let text): return text
    case .number(let number): return String(number)
    case .symbol:
      throw RuleFault(
        kind: "unexpected-token", place: place, message: "expected a value; put signs in quotes")
    }
  }

  mutating func symbol(_ symbol: Character) throws(RuleFault) {
    let place = place
    guard case .symbol(symbol) = try next(expecting: "\"\(symbol)\"") else {
      throw RuleFault(
        kind: "unexpected-token", place: place, message: "expected \"\(symbol)\" here")
    }
  }

  mutating func optionalSymbol(_ symbol: Character) -> Bool {
    guard case .symbol(symbol) = peek else { return false }
    index += 1
    return true
  }

  mutating func optionalWord(_ word: String) throws(RuleFault) -> Bool {
    guard case .word(word) = peek else { return false }
    index += 1
    return true
  }

  func finish() throws(RuleFault) {
    guard index < tokens.count else { return }
    throw RuleFault(
      kind: "unexpected-token", place: place,
      message: "the statement is complete before this; remove the rest or check the brackets")
  }
}

extension Substring {
  fileprivate func trimmed() -> String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}
