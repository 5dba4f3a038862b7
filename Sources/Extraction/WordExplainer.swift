internal import Annotations
internal import Reading
internal import Rules
internal import Segmentation

/// What the knowledge has of a word, and what became of it in a text.
package struct WordExplainer {
  private let knowledge: CompiledKnowledge
  private let source: KnowledgeSource

  /// An explainer of words.
  package init(_ knowledge: CompiledKnowledge, _ source: KnowledgeSource) {
    self.knowledge = knowledge
    self.source = source
  }

  /// The rows of a word: those that are loaded, those that are off or blocked; and each of its places in a
  /// text, when there is one.
  package func explain(_ written: String, in recorded: RecordedAnalysis?) -> Explanation {
    let word = knowledge.normalizer.fold(written)
    var rows = knowledge.lexicon.senses(of: word).map { sense in
      let name = knowledge.classes.name(sense.category)
      return Explanation(
        .row, "loaded as \(RuleSources.isRowClass(name) ? "a word of a table" : name)",
        place: knowledge.files.describe(knowledge.lexicon.provenance(of: sense)))
    }
    let loaded = rows.count
    rows += source.withheld.filter { knowledge.normalizer.fold($0.entry) == word }.map {
      Explanation(
        .row,
        $0.status == .off
          ? "not loaded as \($0.classes): the status is off"
          : "blocked as \($0.classes): no word of the path, whoever knows it", place: $0.place)
    }
    let text = String(scalars: word)
    let isBlocked = rows.contains { $0.text.hasPrefix("blocked") }
    let state =
      loaded > 0
      ? isBlocked ? "loaded, but no word of the path" : "loaded"
      : rows.isEmpty ? "not loaded: no row has it" : "not loaded: no row holds"
    if let recorded {
      let places = recorded.places(of: text)
      rows += places.map { place($0, recorded) }
      if places.isEmpty {
        rows.append(Explanation(.characters, "the text does not have these characters"))
      }
    }
    return Explanation(.word, "word \(text): \(state)", parts: rows)
  }

  /// What became of a word at one place.
  private func place(_ range: TextRange, _ recorded: RecordedAnalysis) -> Explanation {
    let source = recorded.text.source(range)
    func told(_ text: String, _ parts: [Explanation] = []) -> Explanation {
      Explanation(.word, "at \(source.start)-\(source.end): \(text)", source: source, parts: parts)
    }
    guard let sentence = recorded.sentence(of: range) else {
      return told("no sentence holds it")
    }
    if let token = sentence.tokens.first(where: { $0.range == range }) {
      return told(
        "chosen as a word of its clause, tagged \(recorded.tag(token))",
        behind(token, sentence, recorded))
    }
    let report = ClaimReport(recorded, sentence)
    if let claim = sentence.words.first(where: { $0.edge.range.overlaps(range) }) {
      let isInside = claim.edge.range.contains(range)
      return told(
        "lost to \(report.describe(claim)), which \(isInside ? "holds" : "overlaps") it")
    }
    let winners = sentence.tokens.filter { $0.range.overlaps(range) }
    let names = winners.map { token in
      "\(recorded.string(token.range)) tagged \(recorded.tag(token))" + cost(token)
    }
    let own = sentence.graph.starting(at: range.start).compactMap { edge -> Int? in
      guard edge.range == range, case .sense(let sense) = edge.payload else { return nil }
      return knowledge.lexicon.cost(ofSense: Int(sense))
    }.first
    return told(
      "lost to \(names.joined(separator: ", "))"
        + (own.map { "; its own cost is \($0)" } ?? "; no row makes it a word")
        + "; the way through the sentence with least cost of words, tags and neighbours is taken",
      winners.flatMap { behind($0, sentence, recorded) })
  }

  private func cost(_ token: TaggedToken) -> String {
    guard case .sense(let sense) = token.payload else { return "" }
    return " (cost \(knowledge.lexicon.cost(ofSense: Int(sense))))"
  }

  private func behind(
    _ token: TaggedToken, _ sentence: SentenceSnapshot, _ recorded: RecordedAnalysis
  ) -> [Explanation] {
    let text = recorded.string(token.range)
    switch token.payload {
    case .sense(let number)
    where knowledge.tagging.isUnknown(token.tag, sense: Int(number), knowledge.lexicon):
      return [
        Explanation(.row, "taken for an unknown word", place: source.unknownWords.word)
      ]
    case .sense(let number):
      let sense = knowledge.lexicon.senses[Int(number)]
      return [
        Explanation(
          .row, "row \(text) of \(recorded.source(of: sense))",
          place: recorded.place(of: sense))
      ]
    case .match(let number):
      return [ResultExplainer(recorded, source).explain(match: Int(number), sentence)]
    case .none:
      return [
        Explanation(
          .row, "no lexicon has \(text): an unknown word", place: source.unknownWords.word)
      ]
    case .time, .quantity: return []
    }
  }
}
