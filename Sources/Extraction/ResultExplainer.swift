package import Annotations
internal import Rules
internal import Segmentation

/// Results of the record → the chain of rules and rows that made them.
package struct ResultExplainer {
  private let recorded: RecordedAnalysis
  private let source: KnowledgeSource

  /// An explainer of a document's results.
  package init(_ recorded: RecordedAnalysis, _ source: KnowledgeSource) {
    self.recorded = recorded
    self.source = source
  }

  private var knowledge: CompiledKnowledge { recorded.knowledge }

  func make(
    _ kind: Explanation.Kind, _ text: String, _ range: TextRange? = nil, place: String? = nil,
    parts: [Explanation] = []
  ) -> Explanation {
    Explanation(
      kind, text, place: place, source: range.map { recorded.text.source($0) }, parts: parts)
  }

  /// Explanations of all results: names, times and quantities, then facts.
  package func all() -> [Explanation] {
    recorded.analysis.mentions.map { explain($0) } + recorded.analysis.times.map { explain($0) }
      + recorded.analysis.quantities.map { explain($0) }
      + recorded.analysis.triples.map { explain($0) }
  }

  // MARK: Results

  /// Why there is a name.
  package func explain(_ mention: Mention) -> Explanation {
    let title = "\(mention.type.rawValue)(\(recorded.string(mention.range)))"
    guard let sentence = recorded.sentence(of: mention.range),
      let claim = sentence.results.first(where: {
        $0.kind == .name && $0.edge.range == mention.range
          && recorded.name($0.edge.category) == mention.type.rawValue
      })
    else { return make(.mention, title, mention.range) }
    return make(
      .mention, title, mention.range,
      parts: [explain(match: claim.number, sentence)] + overlaps(of: claim, sentence))
  }

  /// Why there is a time.
  package func explain(_ time: TimeExpression) -> Explanation {
    let title = "TIME(\(recorded.string(time.range))) = \(time.value ?? "?")"
    guard let sentence = recorded.sentence(of: time.range),
      let claim = sentence.results.first(where: {
        $0.kind == .time && $0.edge.range == time.range
      })
    else { return make(.time, title, time.range) }
    return make(
      .time, title, time.range,
      parts: rows(in: time.range, sentence) + overlaps(of: claim, sentence))
  }

  /// Why there is a quantity.
  package func explain(_ quantity: Quantity) -> Explanation {
    let counted = quantity.counted.map { " of " + recorded.string($0) } ?? ""
    let title = "QUANTITY(\(recorded.string(quantity.range)))\(counted)"
    guard let sentence = recorded.sentence(of: quantity.range),
      let claim = sentence.results.first(where: {
        $0.kind == .quantity && $0.edge.range == quantity.range
      })
    else { return make(.quantity, title, quantity.range) }
    return make(
      .quantity, title, quantity.range,
      parts: parts(of: quantity, sentence) + overlaps(of: claim, sentence))
  }

  /// Why there is a fact.
  package func explain(_ triple: Triple) -> Explanation {
    let title = recorded.describe(triple)
    if let parts = ClauseExplainer(recorded, self).parts(of: triple) {
      return make(.triple, title, triple.sentence, parts: parts)
    }
    guard let sentence = recorded.sentences.first(where: { $0.sentence == triple.sentence }),
      let match = match(of: triple, sentence)
    else { return make(.triple, title, triple.sentence) }
    return make(
      .triple, title, triple.sentence,
      parts: [
        explain(match: match, sentence), make(.status, "status \(triple.status.rawValue)"),
      ])
  }

  /// The result of the stage `facts` that a triple is.
  private func match(of triple: Triple, _ sentence: SentenceSnapshot) -> Int? {
    sentence.matches.indices.first { number in
      let match = sentence.matches[number]
      return match.provenance == triple.provenance
        && triple.subject.map { match.range("subject")?.contains($0.range) ?? false } ?? false
        && match.range("object") == triple.object?.range
    }
  }

  /// The claims that a claim won over.
  private func overlaps(of claim: Claim, _ sentence: SentenceSnapshot) -> [Explanation] {
    sentence.claims.compactMap { other in
      guard other.edge.range.overlaps(claim.edge.range),
        other.edge != claim.edge,
        !sentence.results.contains(where: { $0.edge == other.edge })
      else { return nil }
      return make(
        .overlap,
        "won over \(ClaimReport(recorded, sentence).describe(other)): "
          + ClaimReport.reason(claim, over: other), other.edge.range)
    }
  }

  // MARK: Rules

  /// How a match was made.
  func explain(match number: Int, _ sentence: SentenceSnapshot) -> Explanation {
    let match = sentence.matches[number]
    let place = recorded.place(match.provenance)
    var inspector = sentence.stage(ofMatch: number).map { recorded.inspector($0) }
    let derivation = inspector?.derivation(of: match, features: recorded.features(sentence))
    let maker =
      recorded.rule(match.provenance).map { "rule \($0.name)" }
      ?? derivation.map { "a row for the template \($0.rule.name)" } ?? "a row of a table"
    let title = "\(maker) made \(recorded.name(match.category))(\(recorded.string(match.range)))"
    guard let derivation else { return make(.rule, title, match.range, place: place) }
    // The widest captures, each with the elements in it; the other elements by themselves.
    let captures = derivation.captures.filter { capture in
      !capture.range.isEmpty
        && !derivation.captures.contains {
          $0.range != capture.range && $0.range.contains(capture.range)
        }
    }
    var parts: [Explanation] = []
    var told = -1
    for part in merged(derivation.parts) {
      guard let index = captures.firstIndex(where: { $0.range.contains(part.range) }) else {
        parts.append(explain(part, sentence))
        continue
      }
      if told != index {
        told = index
        let capture = captures[index]
        parts.append(
          make(
            .capture, "\(capture.name) = \(recorded.string(capture.range))", capture.range))
      }
      parts[parts.count - 1].parts.append(explain(part, sentence))
    }
    return make(.rule, title, match.range, place: place, parts: parts)
  }

  /// Characters that follow each other are one part.
  private func merged(_ parts: [RuleDerivation.Part]) -> [RuleDerivation.Part] {
    var merged: [RuleDerivation.Part] = []
    for part in parts {
      if part.edges.isEmpty, let last = merged.last, last.edges.isEmpty,
        last.range.end == part.range.start, last.element == part.element
      {
        merged[merged.count - 1] = last.joined(part)
      } else {
        merged.append(part)
      }
    }
    return merged
  }

  private func explain(_ part: RuleDerivation.Part, _ sentence: SentenceSnapshot) -> Explanation {
    guard !part.edges.isEmpty else {
      return make(
        .characters, "\(part.element.written) took the characters \(recorded.string(part.range))",
        part.range)
    }
    var reasons: [Explanation] = []
    for edge in part.edges {
      for reason in explain(edge, part.element, sentence) where !reasons.contains(reason) {
        reasons.append(reason)
      }
    }
    return make(
      .element, "\(part.element.written) took \(recorded.string(part.range))", part.range,
      parts: Array(reasons.prefix(3)))
  }

  // MARK: Edges

  private func explain(
    _ edge: Edge, _ element: PatternElement, _ sentence: SentenceSnapshot
  ) -> [Explanation] {
    guard recorded.tags[edge.category.index] else { return [behind(edge, sentence)] }
    var parts = [behind(edge, sentence)]
    if case .sense(let sense) = edge.payload {
      // A tagged word stands for all rows of its word: those that passed the test are told, too.
      for other in knowledge.lexicon.siblings(ofSense: Int(sense)) {
        let isAsked =
          element.required.contains { knowledge.classes.isA(other.category, $0) }
          || element.features.contains { feature in
            knowledge.lexicon.feature(feature.name, of: other).map(feature.values.contains) ?? false
          }
        let row = self.row(other, edge.range)
        if isAsked, !parts.contains(row) { parts.append(row) }
      }
    }
    return [
      make(
        .word, "word \(recorded.string(edge.range)) tagged \(recorded.name(edge.category))",
        edge.range, parts: parts)
    ]
  }

  /// What stands behind a tagged word: its row and the rows of the same word that a step of a grammar asks for.
  func rows(
    of token: TaggedToken, _ test: ClauseGrammar.WordTest?, _ sentence: SentenceSnapshot
  ) -> [Explanation] {
    let category = knowledge.tagging.tagClasses[token.tag]
    var parts = [
      behind(Edge(range: token.range, category: category, payload: token.payload), sentence)
    ]
    guard let test, case .sense(let sense) = token.payload else { return parts }
    for other in knowledge.lexicon.siblings(ofSense: Int(sense)) {
      let isAsked =
        !test.wanted.isEmpty
        && test.wanted.allSatisfy {
          switch $0 {
          case .category(let name):
            knowledge.classes.find(name).map { knowledge.classes.isA(other.category, $0) } ?? false
          case .feature(let name, let values):
            knowledge.lexicon.feature(name, of: other).map(values.contains) ?? false
          }
        }
      let row = self.row(other, token.range)
      if isAsked, !parts.contains(row) { parts.append(row) }
    }
    return Array(parts.prefix(3))
  }

  /// What stands behind an edge.
  private func behind(_ edge: Edge, _ sentence: SentenceSnapshot) -> Explanation {
    switch edge.payload {
    case .sense(let sense):
      let tag = knowledge.tagging.tagClasses.firstIndex(of: edge.category)
      if let tag, knowledge.tagging.isUnknown(tag, sense: Int(sense), knowledge.lexicon) {
        return make(
          .row, "taken for an unknown word", edge.range, place: source.unknownWords.word)
      }
      return row(knowledge.lexicon.senses[Int(sense)], edge.range)
    case .match(let number): return explain(match: Int(number), sentence)
    case .quantity(let number):
      let quantity = sentence.quantities[Int(number)]
      return make(
        .quantity, "QUANTITY(\(recorded.string(quantity.range)))", quantity.range,
        parts: parts(of: quantity, sentence))
    case .time(let number):
      let time = sentence.times[Int(number)]
      return make(
        .time, "TIME(\(recorded.string(time.range))) = \(time.value ?? "?")", time.range,
        parts: rows(in: time.range, sentence))
    case .none:
      if recorded.tags[edge.category.index] {
        let isStray = edge.category == knowledge.tagging.tagClasses[knowledge.tagging.stray.tag]
        return make(
          .row,
          isStray
            ? "no lexicon has it: a single character" : "no lexicon has it: an unknown word",
          edge.range, place: isStray ? source.unknownWords.character : source.unknownWords.word)
      }
      let name = knowledge.classes.name(edge.category)
      return make(
        .characters,
        "\(recorded.string(edge.range)) "
          + (ExtractionSession.engineClasses.contains(name)
            ? "is a word of the plain path" : "has the form of a \(name)"),
        edge.range)
    }
  }

  private func row(_ sense: Sense, _ range: TextRange) -> Explanation {
    make(
      .row, "row \(recorded.string(range)) of \(recorded.source(of: sense))", range,
      place: recorded.place(of: sense))
  }

  // MARK: Values

  private func parts(of quantity: Quantity, _ sentence: SentenceSnapshot) -> [Explanation] {
    rows(in: quantity.range, sentence, measure: quantity.measure, quantity.provenance)
  }

  /// The rows that cover a value from left to right, the longest first; digits and signs as they are.
  private func rows(
    in range: TextRange, _ sentence: SentenceSnapshot, measure: TextRange? = nil,
    _ provenance: Provenance? = nil
  ) -> [Explanation] {
    var parts: [Explanation] = []
    var position = range.start
    var plain = position
    func endPlain() {
      guard plain < position else { return }
      let range = TextRange(plain, position)
      parts.append(make(.characters, "characters \(recorded.string(range))", range))
    }
    while position < range.end {
      let isMeasure = measure?.start == position
      let sense = sentence.graph.starting(at: position).compactMap { edge -> (Sense, TextRange)? in
        guard case .sense(let number) = edge.payload, !recorded.tags[edge.category.index],
          edge.range.end <= range.end,
          isMeasure || edge.range.end <= measure?.start ?? .max
            || position >= measure?.end ?? 0
        else { return nil }
        let sense = knowledge.lexicon.senses[Int(number)]
        if isMeasure {
          return edge.range == measure && knowledge.lexicon.provenance(of: sense) == provenance
            ? (sense, edge.range) : nil
        }
        return isOfValues(sense) ? (sense, edge.range) : nil
      }.max { $0.1.count < $1.1.count }
      guard let sense else {
        position += 1
        continue
      }
      endPlain()
      parts.append(row(sense.0, sense.1))
      position = sense.1.end
      plain = position
    }
    endPlain()
    return parts
  }

  /// Whether recognition of times and quantities asks for a row.
  private func isOfValues(_ sense: Sense) -> Bool {
    let name = recorded.name(sense.category)
    return [
      "numeral", "quantifier", "figure", "measure", "currency", "time", "temporal", "range",
      "ordinal",
    ].contains { name == $0 || name.hasPrefix($0 + ".") }
  }
}
