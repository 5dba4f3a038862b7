internal import Annotations

/// Reads a rule file: `stage`, `let` and `rule` blocks, one statement a line.
///
/// All faults of a file are reported; a faulty statement is skipped, the rest is still read.
struct RuleParser {
  private let file: String
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private(set) var stages: [StageSyntax] = []
  private(set) var lets: [String: PatternSyntax] = [:]
  /// Where the named patterns stand, and every word besides their names: one that is not among them is not used.
  private(set) var letPlaces: [(name: String, place: RulePlace)] = []
  private(set) var words: Set<String> = []
  /// The keywords in other languages: a name, and the English one.
  let keywords: [String: String]
  let fold: (String) -> [UInt32]

  /// No part of a pattern is repeated more often by a count, and no gap is wider.
  static let mostTimes = 64
  /// No more signs of repetition stand behind each other.
  static let mostSigns = 4
  /// No rule is heavier.
  static let mostWeight = 1_000_000
  private static let policies = "longest, weight or all"

  /// Parses a whole file; `fold` brings literals into the form of normalised text, `keywords` are names of
  /// keywords besides the English ones.
  init(
    file: String, text: String, keywords: [String: String], fold: @escaping (String) -> [UInt32]
  ) {
    self.file = file
    self.keywords = keywords
    self.fold = fold
    // A carriage return before a line feed is one character with it.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      var line = Substring(bytes)
      if line.utf8.last == UInt8(ascii: "\r") { line = Substring(bytes.dropLast()) }
      do throws(RuleFault) {
        try statement(line, number: index + 1)
      } catch {
        report(error)
      }
    }
    let rules = stages.flatMap(\.rules)
    for (index, rule) in rules.enumerated() {
      // What a faulty line would have said is not missing.
      let end = index + 1 < rules.count ? rules[index + 1].place.line : .max
      if !diagnostics.contains(where: { (rule.place.line..<end).contains($0.line) }) {
        checkWhole(rule)
      }
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
    if rule.emissions.isEmpty, rule.retracted.isEmpty {
      report(
        RuleFault(
          kind: "no-emit", place: rule.place,
          message: "rule \"\(rule.name)\" has no emit line, so nothing comes of it; add one"))
    }
    if rule.isTemplate, let example = rule.examples.first {
      report(
        RuleFault(
          kind: "template-example", place: example.place,
          message:
            "a template has no examples of its own; write them into the columns + and - of a table")
      )
    }
    if !rule.isTemplate, let column = rule.columns.all.first {
      report(
        RuleFault(
          kind: "column-in-rule", place: column.place,
          message:
            "only a template has columns; write \"template\" for \"rule\", or a text in quotes"))
    }
    if !rule.isTemplate, !rule.examples.contains(where: \.positive) {
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
    let all = try RuleLexer.tokens(of: body, number: number, from: column)
    var tokens = RuleTokenStream(
      all, end: RulePlace(line: number, column: line.count + 1))
    let place = tokens.place
    let written = try tokens.word(expecting: "stage, let, rule, template or a line of a rule")
    let isLet = (keywords[written] ?? written) == "let"
    for located in all.dropFirst(isLet ? 2 : 1) {
      if case .word(let word) = located.token { words.insert(word) }
    }
    switch keywords[written] ?? written {
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
      letPlaces.append((name, place))
    case "rule": try rule(&tokens, place: place, isTemplate: false)
    case "template": try rule(&tokens, place: place, isTemplate: true)
    case "match":
      let matched = try pattern(&tokens)
      try edit(place) { $0.pattern = matched }
    case "after": try condition(.after, negated: false, &tokens, place)
    case "before": try condition(.before, negated: false, &tokens, place)
    case "not":
      let kind = try tokens.word(expecting: "after or before")
      switch keywords[kind] ?? kind {
      case "after": try condition(.after, negated: true, &tokens, place)
      case "before": try condition(.before, negated: true, &tokens, place)
      default:
        throw RuleFault(
          kind: "unknown-keyword", place: place,
          message: "\"not \(kind)\" is no condition; expected \"not after\" or \"not before\"")
      }
    case "unless": try unless(&tokens, place)
    case "within":
      let reach = try tokens.word(expecting: "sentence, clause or quote")
      switch keywords[reach] ?? reach {
      case "sentence": break
      case "clause": try stop(at: ["punct.clause"], place)
      case "quote": try stop(at: ["punct.open", "punct.close"], place)
      default:
        throw RuleFault(
          kind: "unknown-keyword", place: place,
          message: "\"within \(reach)\" is unknown; expected sentence, clause or quote")
      }
    case "barrier":
      repeat {
        try tokens.symbol("@")
        let name = try className(&tokens)
        try edit(place) { $0.barriers.append(name) }
      } while tokens.optionalSymbol("|")
    case "ignoring":
      let ignored = try pattern(&tokens)
      try edit(place) { $0.ignored = ignored }
    case "retract":
      let capture = try tokens.word(expecting: "the name of a capture")
      try edit(place) { $0.retracted.append((capture, place)) }
    case "weight":
      let weight = try tokens.number(expecting: "a whole number")
      guard (-Self.mostWeight...Self.mostWeight).contains(weight) else {
        throw RuleFault(
          kind: "bad-weight", place: place,
          message: "expected a weight from -\(Self.mostWeight) to \(Self.mostWeight)")
      }
      try edit(place) { $0.weight = weight }
    case "emit":
      let emission = try emission(&tokens)
      try edit(place) { $0.emissions.append(emission) }
    default:
      throw RuleFault(
        kind: "unknown-keyword", place: place,
        message:
          "\"\(written)\" begins no statement; expected stage, let, rule, template, match, after, before, "
          + "not, unless, within, barrier, ignoring, weight, emit, retract, + or -")
    }
    try tokens.finish()
  }

  private mutating func rule(
    _ tokens: inout RuleTokenStream, place: RulePlace, isTemplate: Bool
  ) throws(RuleFault) {
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
    stages[stages.count - 1].rules.append(
      RuleSyntax(name: name, place: place, isTemplate: isTemplate))
  }

  /// `unless has PATTERN`, `unless NAME has PATTERN`, `unless PATTERN`.
  private mutating func unless(
    _ tokens: inout RuleTokenStream, _ place: RulePlace
  ) throws(RuleFault) {
    if tokens.optionalKeyword("has", keywords) {
      try condition(.has(capture: nil), negated: true, &tokens, place)
      return
    }
    var ahead = tokens
    if case .word(let name) = ahead.peek {
      _ = try ahead.word(expecting: "the name of a capture")
      if ahead.optionalKeyword("has", keywords) {
        tokens = ahead
        try condition(.has(capture: name), negated: true, &tokens, place)
        return
      }
    }
    try condition(.whole, negated: true, &tokens, place)
  }

  private mutating func stop(at names: [String], _ place: RulePlace) throws(RuleFault) {
    try edit(place) {
      $0.barriers += names.map { ClassName(name: $0, place: place) }
    }
  }

  private mutating func stage(_ tokens: inout RuleTokenStream, place: RulePlace) throws(RuleFault) {
    let name = try tokens.word(expecting: "the name of a stage")
    var stage = StageSyntax(name: name, place: place)
    while tokens.peek != nil {
      if tokens.optionalKeyword("keep", keywords) {
        let written = try tokens.word(expecting: Self.policies)
        guard let known = OverlapPolicy(rawValue: keywords[written] ?? written) else {
          throw RuleFault(
            kind: "unknown-policy", place: place,
            message: "\"keep \(written)\" is unknown; expected \(Self.policies)")
        }
        stage.policy = known
      } else if tokens.optionalKeyword("after", keywords) {
        stage.after += try names(&tokens)
      } else if tokens.optionalKeyword("before", keywords) {
        stage.before += try names(&tokens)
      } else {
        throw RuleFault(
          kind: "unexpected-token", place: tokens.place, message: "expected after, before or keep")
      }
    }
    stages.append(stage)
  }

  private func names(_ tokens: inout RuleTokenStream) throws(RuleFault) -> [ClassName] {
    var names = [try className(&tokens)]
    while tokens.optionalSymbol(",") { names.append(try className(&tokens)) }
    return names
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
    _ kind: ConditionSyntax.Kind, negated: Bool, _ tokens: inout RuleTokenStream, _ place: RulePlace
  ) throws(RuleFault) {
    let condition = ConditionSyntax(
      kind: kind, negated: negated, pattern: try pattern(&tokens), place: place)
    try edit(place) { $0.conditions.append(condition) }
  }

  private mutating func example(
    _ body: Substring, positive: Bool, number: Int, column: Int
  ) throws(RuleFault) {
    let place = RulePlace(line: number, column: column)
    let example = RuleExample(positive: positive, written: body.dropFirst(), place: place)
    guard !example.text.isEmpty else {
      throw RuleFault(
        kind: "empty-example", place: place, message: "the example has no text; write a sentence")
    }
    try edit(place) { $0.examples.append(example) }
  }
}
