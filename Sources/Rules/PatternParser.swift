internal import Annotations

/// How patterns, emissions and the values in them are read.
extension RuleParser {
  /// What a cell of a table stands for in a pattern: a pattern when it begins like one, or else texts set apart
  /// by `|`.
  func pattern(ofCell cell: String, line: Int) throws(RuleFault) -> PatternSyntax {
    let place = RulePlace(line: line, column: 0)
    guard let first = cell.first else {
      throw RuleFault(
        kind: "empty-cell", place: place,
        message: "the cell is empty, but the pattern asks for it; write a text or a pattern")
    }
    guard "@#\"“([{".contains(first) else {
      let texts = cell.split(separator: "|").map { PatternSyntax.literal(fold(String($0))) }
      return texts.count == 1 ? texts[0] : .choice(texts)
    }
    var tokens = RuleTokenStream(
      try RuleLexer.tokens(of: Substring(cell), number: line),
      end: RulePlace(line: line, column: 0))
    let pattern = try self.pattern(&tokens)
    try tokens.finish()
    return pattern
  }

  func pattern(_ tokens: inout RuleTokenStream) throws(RuleFault) -> PatternSyntax {
    var choices = [try sequence(&tokens)]
    while tokens.optionalSymbol("|") { choices.append(try sequence(&tokens)) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  func sequence(_ tokens: inout RuleTokenStream) throws(RuleFault) -> PatternSyntax {
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

  func quantified(_ tokens: inout RuleTokenStream) throws(RuleFault) -> PatternSyntax {
    var item = try atom(&tokens)
    var signs = 0
    while true {
      let place = tokens.place
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
        guard 0 <= minimum, minimum <= maximum, maximum <= Self.mostTimes else {
          throw RuleFault(
            kind: "bad-count", place: tokens.place,
            message: "expected {n,m} with n <= m <= \(Self.mostTimes)")
        }
        item = .repeated(item, minimum: minimum, maximum: maximum)
      } else {
        return item
      }
      signs += 1
      guard signs <= Self.mostSigns else {
        throw RuleFault(
          kind: "deep-nesting", place: place,
          message:
            "more than \(Self.mostSigns) signs of repetition stand behind each other; one is enough"
        )
      }
    }
  }

  func atom(_ tokens: inout RuleTokenStream) throws(RuleFault) -> PatternSyntax {
    let place = tokens.place
    try tokens.count(1, place)
    switch try tokens.next(expecting: "a pattern") {
    case .text(let text):
      guard !text.isEmpty else {
        throw RuleFault(
          kind: "empty-text", place: place,
          message: "the text is empty and matches everywhere; write something or leave it out")
      }
      let characters = fold(text)
      try tokens.count(characters.count, place)
      return .literal(characters)
    case .symbol("@"), .symbol("#"): return .edge(try edge(&tokens))
    case .symbol("%"):
      return .column(try tokens.word(expecting: "the name of a column"), place)
    case .symbol("^"): return .start
    case .symbol("$"): return .end
    case .symbol("("):
      try tokens.open(place)
      let inner = try pattern(&tokens)
      try tokens.symbol(")")
      tokens.close()
      return inner
    case .symbol("["):
      let name = try tokens.word(expecting: "the name of a capture")
      try tokens.symbol(":")
      try tokens.open(place)
      let inner = try pattern(&tokens)
      try tokens.symbol("]")
      tokens.close()
      return .capture(name, inner)
    case .symbol("{"): return try run(&tokens)
    case .word(let name):
      if let defined = lets[name] {
        let depth = defined.depth
        try tokens.open(place, levels: depth)
        tokens.close(levels: depth)
        try tokens.count(defined.elementCount, place)
        return defined
      }
      switch keywords[name] ?? name {
      case "gap":
        try tokens.symbol("(")
        let width = try tokens.number(expecting: "the greatest number of characters")
        try tokens.symbol(")")
        guard (0...Self.mostTimes).contains(width) else {
          throw RuleFault(
            kind: "bad-count", place: place,
            message:
              "a gap is at most \(Self.mostTimes) characters wide, so that a match stays bounded")
        }
        return .gap(width)
      case "border": return .border
      default:
        throw RuleFault(
          kind: "unknown-name", place: place,
          message: "no let line above defines \"\(name)\"; a text to match stands in quotes")
      }
    case .number, .symbol:
      throw RuleFault(
        kind: "bad-pattern", place: place,
        message: "expected a text in quotes, @class, {n,m han}, gap(n), a group or a capture")
    }
  }

  func run(_ tokens: inout RuleTokenStream) throws(RuleFault) -> PatternSyntax {
    let minimum = try tokens.number(expecting: "the least number of characters")
    try tokens.symbol(",")
    let maximum = try tokens.number(expecting: "the greatest number of characters")
    let place = tokens.place
    let written = try tokens.word(expecting: "han, digit, latin or any")
    guard let kind = RunKind(rawValue: keywords[written] ?? written), 0 <= minimum,
      minimum <= maximum, maximum <= 64
    else {
      throw RuleFault(
        kind: "bad-run", place: place,
        message: "expected {n,m kind} with n <= m <= 64 and a kind of han, digit, latin or any")
    }
    var excluding: [ClassName] = []
    while tokens.optionalSymbol(",") {
      guard tokens.optionalKeyword("not", keywords) else {
        throw RuleFault(kind: "bad-run", place: tokens.place, message: "expected \"not @class\"")
      }
      try tokens.symbol("@")
      excluding.append(try className(&tokens))
    }
    try tokens.symbol("}")
    return .run(minimum: minimum, maximum: maximum, kind: kind, excluding: excluding)
  }

  func className(_ tokens: inout RuleTokenStream) throws(RuleFault) -> ClassName {
    let place = tokens.place
    return ClassName(name: try tokens.word(expecting: "the name of a class"), place: place)
  }

  func edge(_ tokens: inout RuleTokenStream) throws(RuleFault) -> EdgeSyntax {
    var edge = EdgeSyntax(name: try className(&tokens))
    // A bracket behind a space begins a capture: @P [place: @NP].
    guard tokens.isAttached, tokens.optionalSymbol("[") else { return edge }
    repeat {
      if tokens.optionalKeyword("not", keywords) {
        try tokens.symbol("@")
        edge.excluded.append(try className(&tokens))
        continue
      }
      if tokens.optionalSymbol("@") {
        edge.required.append(try className(&tokens))
        continue
      }
      edge.features.append(try featureTest(&tokens))
    } while tokens.optionalSymbol(",")
    try tokens.symbol("]")
    return edge
  }

  /// `measure=元/角`, `note!=weak`, `value>=1e6`.
  func featureTest(_ tokens: inout RuleTokenStream) throws(RuleFault) -> FeatureTest {
    let feature = try tokens.word(expecting: "the name of a feature")
    let place = tokens.place
    var sign = ""
    for symbol in ["!", "<", ">", "="] as [Character] where tokens.optionalSymbol(symbol) {
      sign.append(symbol)
    }
    guard let comparison = FeatureTest.Comparison(rawValue: sign) else {
      throw RuleFault(
        kind: "unexpected-token", place: place, message: "expected =, !=, <, <=, > or >=")
    }
    let valuePlace = tokens.place
    var values = [try tokens.value()]
    if comparison == .equal || comparison == .notEqual {
      while tokens.optionalSymbol("/") { values.append(try tokens.value()) }
      return FeatureTest(feature: feature, comparison: comparison, values: values)
    }
    guard let number = ExactDecimal(scientific: values[0]) else {
      throw RuleFault(
        kind: "bad-number", place: valuePlace,
        message: "\"\(values[0])\" is no number to compare with; expected one as 12, 0.5 or 1e6")
    }
    return FeatureTest(
      feature: feature, comparison: comparison, values: values, number: number)
  }

  func emission(_ tokens: inout RuleTokenStream) throws(RuleFault) -> EmissionSyntax {
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

  func roleValue(_ tokens: inout RuleTokenStream) throws(RuleFault) -> RoleValue {
    if case .text(let text) = tokens.peek {
      _ = try tokens.next(expecting: "a text")
      return .text(text)
    }
    if tokens.optionalSymbol("%") {
      return .column(try tokens.word(expecting: "the name of a column"))
    }
    let place = tokens.place
    var captures = [try tokens.word(expecting: "a capture or a text in quotes")]
    if captures[0].contains(".") {
      let parts = captures[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.allSatisfy({ !$0.isEmpty }) else {
        throw RuleFault(
          kind: "unexpected-token", place: place,
          message: "expected the name of a capture, a point and the name of a feature")
      }
      return .feature(capture: String(parts[0]), name: String(parts[1]))
    }
    while tokens.optionalSymbol("+") {
      captures.append(try tokens.word(expecting: "a capture"))
    }
    return .captures(captures)
  }
}
