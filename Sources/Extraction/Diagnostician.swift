internal import Annotations
internal import Reading
internal import Rules
internal import Segmentation

/// Finds why a result did not come out of a text, and the smallest change of the knowledge that brings it.
///
/// What it suggests it tries: the knowledge is compiled anew with the change, and the text is analysed
/// again. So of several suspicions the one that holds is told.
package struct Diagnostician {
  /// The most rows that are off or blocked and are tried.
  private static let mostWithheld = 8

  let recorded: RecordedAnalysis
  let source: KnowledgeSource
  let form: ExpectedResult.Form

  /// A diagnostician of one expectation.
  package init(
    _ expectation: ExpectedResult, _ recorded: RecordedAnalysis, _ source: KnowledgeSource
  ) {
    form = expectation.form
    self.recorded = recorded
    self.source = source
  }

  /// A diagnostician of a form.
  init(
    form: ExpectedResult.Form, _ recorded: RecordedAnalysis, _ source: KnowledgeSource
  ) {
    self.form = form
    self.recorded = recorded
    self.source = source
  }

  var knowledge: CompiledKnowledge { recorded.knowledge }

  /// Why it is there, or why it is missing.
  /// - Throws: ``ExpectedResult/Malformed`` when the text does not have the characters.
  package func answer() throws -> ExpectationAnswer {
    if recorded.holds(form) { return .present(explanations()) }
    switch form {
    case .result(let category, let wanted):
      let places = try places(of: wanted)
      if let diagnosis = withheld(near: places) { return .missing(diagnosis) }
      let all = places.map { self.missing(category, $0) }
      return .missing(all.first { $0.change?.isTried ?? false } ?? all[0])
    case .triple(let subject, let relation, let object):
      let parts = try locate(subject, relation, object)
      let ranges = [parts.relation, parts.object, parts.subject].compactMap { $0 }
      if let diagnosis = withheld(near: ranges) { return .missing(diagnosis) }
      return .missing(missing(parts, relation))
    }
  }

  private func explanations() -> [Explanation] {
    let explainer = ResultExplainer(recorded, source)
    guard case .result(let category, let wanted) = form else {
      return recorded.triples(form).map { explainer.explain($0) }
    }
    func isWanted(_ range: TextRange) -> Bool { recorded.plain(range) == wanted }
    if category == ExpectedResult.time {
      return recorded.analysis.times.filter { isWanted($0.range) }.map { explainer.explain($0) }
    }
    if category == ExpectedResult.quantity {
      return recorded.analysis.quantities.filter { isWanted($0.range) }
        .map { explainer.explain($0) }
    }
    let mentions = recorded.analysis.mentions.filter {
      $0.type.rawValue == category && isWanted($0.range)
    }
    if !mentions.isEmpty { return mentions.map { explainer.explain($0) } }
    if let part = ClausePart(written: category) {
      let clauses = ClauseExplainer(recorded, explainer)
      return recorded.sentences.flatMap { sentence in
        sentence.pieces.filter { $0.part == part && isWanted($0.range) }
          .map { clauses.piece($0, sentence, ClauseReport(recorded, sentence)) }
      }
    }
    return recorded.sentences.flatMap { sentence in
      sentence.matches.indices.filter {
        recorded.name(sentence.matches[$0].category) == category
          && isWanted(sentence.matches[$0].range)
      }.map { explainer.explain(match: $0, sentence) }
    }
  }

  // MARK: Places

  /// Where the characters of an expected fact stand.
  struct Parts {
    /// nil for a relation that a rule names.
    var relation: TextRange?
    var subject: TextRange?
    var object: TextRange?
  }

  private func places(of wanted: String) throws -> [TextRange] {
    let places = recorded.places(of: wanted).filter { recorded.sentence(of: $0) != nil }
    guard !places.isEmpty else {
      throw ExpectedResult.Malformed(
        description: "the text has no \"\(wanted)\"; an expectation names characters of the text")
    }
    return places
  }

  /// The object next to the relation, and the subject before it.
  private func locate(_ subject: String?, _ relation: String, _ object: String?) throws -> Parts {
    var parts = Parts()
    let objects = try object.map { try places(of: $0) } ?? []
    let subjects = try subject.map { try places(of: $0) } ?? []
    let relations = recorded.places(of: relation)
    let isNamed = relations.isEmpty && named(relation)
    if !isNamed { _ = try places(of: relation) }
    func distance(_ one: TextRange, _ other: TextRange, preferBehind: Bool) -> Int {
      let isBehind = other.start >= one.end
      let gap = isBehind ? other.start - one.end : one.start - other.end
      return abs(gap) + (isBehind == preferBehind ? 0 : 1000)
    }
    func nearest(_ ranges: [TextRange], to range: TextRange, preferBehind: Bool) -> TextRange? {
      ranges.min {
        distance(range, $0, preferBehind: preferBehind)
          < distance(range, $1, preferBehind: preferBehind)
      }
    }
    guard !isNamed else {
      parts.object = objects.first
      parts.subject = objects.first.flatMap { nearest(subjects, to: $0, preferBehind: true) }
      return parts
    }
    let chosen = relations.min { left, right in
      func cost(_ relation: TextRange) -> Int {
        (nearest(objects, to: relation, preferBehind: true).map {
          distance(relation, $0, preferBehind: true)
        } ?? 0)
          + (nearest(subjects, to: relation, preferBehind: false).map {
            distance(relation, $0, preferBehind: false)
          } ?? 0)
      }
      return cost(left) < cost(right)
    }
    parts.relation = chosen
    parts.object = chosen.flatMap { nearest(objects, to: $0, preferBehind: true) }
    parts.subject = chosen.flatMap { nearest(subjects, to: $0, preferBehind: false) }
    return parts
  }

  /// Whether a rule of facts gives its relation this name.
  private func named(_ relation: String) -> Bool {
    knowledge.stages.flatMap(\.rules).contains { $0.texts.contains(relation) }
  }

  // MARK: Changes

  /// Whether the result comes out with a change.
  func brings(_ change: KnowledgeChange) -> Bool {
    guard let changed = source.changed(change) else { return false }
    return RecordedAnalysis(recorded.document, changed).holds(form)
  }

  /// A row that is off or blocked and whose change brings the result.
  private func withheld(near ranges: [TextRange]) -> Diagnosis? {
    let sentences = recorded.sentences.map(\.sentence).filter { sentence in
      ranges.contains { sentence.contains($0) }
    }
    var found: [(row: WithheldRow, place: TextRange, isNear: Bool)] = []
    for row in source.withheld {
      let entry = String(scalars: knowledge.normalizer.fold(row.entry))
      for place in recorded.places(of: entry)
      where sentences.contains(where: { $0.contains(place) }) {
        found.append((row, place, ranges.contains { $0.overlaps(place) }))
        break
      }
    }
    found.sort { left, right in
      (left.isNear ? 1 : 0, left.place.count) > (right.isNear ? 1 : 0, right.place.count)
    }
    for (row, place, _) in found.prefix(Self.mostWithheld) {
      for status in row.status == .off
        ? ["on"] : rows(of: place).isEmpty ? ["on", "off"] : ["off", "on"]
      where brings(.status(status, file: row.file, line: row.line)) {
        return withheld(row, place, status, isTried: true)
      }
    }
    // The only row of an expected part is held back, and more is wrong besides.
    let only = found.first { ranges.contains($0.place) && rows(of: $0.place).isEmpty }
    return only.map { withheld($0.row, $0.place, "on", isTried: false) }
  }

  private func withheld(
    _ row: WithheldRow, _ place: TextRange, _ status: String, isTried: Bool
  ) -> Diagnosis {
    Diagnosis(
      row.status == .off ? .rowOff : .rowBlocked,
      "\(recorded.string(place)) (\(row.classes)) has the status \(row.status.rawValue) in "
        + row.place, place: row.place,
      change: Diagnosis.Change(
        text: "set the status to \(status) in \(row.place)", isTried: isTried))
  }

  /// The suggestion to raise the weight of a rule, tried.
  func raise(_ provenance: Provenance, by amount: Int) -> Diagnosis.Change? {
    guard let rule = recorded.rule(provenance) else { return nil }
    let place = recorded.place(provenance)
    let file = knowledge.files.names[Int(provenance.file)]
    let weight = rule.weight + amount
    return Diagnosis.Change(
      text: "raise the weight of \(rule.name) [\(place)] by \(amount), to \(weight)",
      isTried: brings(.weight(weight, file: file, line: Int(provenance.line))))
  }

  /// The suggestion to add a row.
  func add(_ entry: TextRange, _ category: String, _ features: [String: String] = [:])
    -> Diagnosis.Change
  {
    let word = recorded.plain(entry)
    let with = features.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
    return Diagnosis.Change(
      text: "add a row \(word) of class \(category)"
        + (with.isEmpty ? "" : " with \(with.joined(separator: ", "))"),
      isTried: brings(.row(entry: word, class: category, features: features)))
  }

  // MARK: Words

  /// The rows of a word, as text, those first that say what it may be in a clause.
  func rows(of range: TextRange) -> [String] {
    let word = Array(recorded.text.characters[range.start..<range.end])
    let senses = knowledge.lexicon.senses(of: word)
    func isTagged(_ sense: Sense) -> Bool {
      !knowledge.tagging.choices(of: sense, knowledge.lexicon).isEmpty
    }
    return (senses.filter(isTagged) + senses.filter { !isTagged($0) }).map {
      "\(recorded.name($0.category)) in \(recorded.place(of: $0))"
    }
  }

  /// What stands at a position: the tagged word, and the rows of the longest word there.
  func standing(at position: Int, _ sentence: SentenceSnapshot) -> String {
    guard position < sentence.sentence.end else { return "the end of the sentence" }
    var text = quoted(TextRange(position, position + 1))
    if let token = sentence.tokens.first(where: {
      $0.range.start <= position && position < $0.range.end
    }) {
      text = "\(quoted(token.range)) tagged \(recorded.tag(token))"
      let rows = rows(of: token.range)
      if !rows.isEmpty { text += " (\(rows.prefix(3).joined(separator: "; ")))" }
    }
    return text
  }

  private func quoted(_ range: TextRange) -> String { "\"\(recorded.string(range))\"" }
}
