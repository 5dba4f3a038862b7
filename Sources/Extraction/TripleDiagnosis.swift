internal import Annotations
internal import Rules
internal import Segmentation

/// Facts that are missing: part by part, until one was read as something else.
extension Diagnostician {
  /// What a predicate may be.
  private static let predicates: Set<ClausePart> = [
    .predicate, .attribute, .change, .resumed, .conjunct, .relative,
  ]

  /// Why there is no fact of these parts.
  func missing(_ parts: Parts, _ relation: String) -> Diagnosis {
    guard let place = parts.relation else { return missingFact(parts, relation) }
    guard let sentence = recorded.sentence(of: place) else {
      return Diagnosis(.elementFailed, "no sentence holds the relation", place: nil)
    }
    let report = ClauseReport(recorded, sentence)
    let facts = recorded.analysis.triples.filter { $0.relation.range == place }
    if facts.isEmpty, let diagnosis = missingPredicate(place, sentence, report) {
      return diagnosis
    }
    if facts.isEmpty, let diagnosis = unnamed(place, sentence, report) { return diagnosis }
    if let object = parts.object,
      let diagnosis = missingObject(object, of: place, facts, sentence, report)
    {
      return diagnosis
    }
    if let subject = parts.subject,
      let diagnosis = missingSubject(subject, of: place, facts, sentence, report)
    {
      return diagnosis
    }
    guard let fact = facts.first else { return unstated(place, sentence, report) }
    let made = facts.map { recorded.describe($0) }.joined(separator: ", ")
    return Diagnosis(
      .elementFailed, "the predicate \(recorded.string(place)) made \(made)",
      place: recorded.place(fact.provenance), details: ["it was read: " + report.reading])
  }

  /// Why no piece of a part stands over a range.
  func missingPiece(
    _ part: ClausePart, _ range: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis {
    let report = ClauseReport(recorded, sentence)
    return cut(range, sentence, report)
      ?? otherwise(range, as: part.rawValue, [([part], range)], sentence, report)
  }

  // MARK: The predicate

  private func missingPredicate(
    _ relation: TextRange, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Diagnosis? {
    let isRead = sentence.pieces.contains { $0.part.isOfPredicate && $0.range == relation }
    if isRead { return nil }
    return missingPredicateRow(relation) ?? cut(relation, sentence, report)
      ?? otherwise(
        relation, as: "a predicate", [(Self.predicates, relation)], sentence, report)
  }

  /// A relation that no row has as a predicate.
  private func missingPredicateRow(_ relation: TextRange) -> Diagnosis? {
    let model = knowledge.tagging
    guard let tag = model.predicateCosts.firstIndex(where: { $0 != nil }),
      let category = model.category(ofTag: tag)
    else { return nil }
    let word = Array(recorded.text.characters[relation.start..<relation.end])
    let isPredicate = knowledge.lexicon.senses(of: word).contains { sense in
      model.choices(of: sense, knowledge.lexicon).contains { model.predicateCosts[$0.tag] != nil }
    }
    guard !isPredicate else { return nil }
    let change = add(relation, recorded.name(category))
    return change.isTried ? missingRow(relation, recorded.name(category), change) : nil
  }

  /// The predicate of a clause before 的 that made no fact.
  private func unnamed(
    _ relation: TextRange, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Diagnosis? {
    guard
      let piece = sentence.pieces.first(where: { $0.part == .relative && $0.range == relation })
    else { return nil }
    return Diagnosis(
      .elementFailed,
      "\(recorded.string(relation)) was read as the predicate of a clause inside a noun phrase "
        + "[\(recorded.place(piece.provenance))], which makes a fact only where the phrase ends with a name",
      place: recorded.place(piece.provenance), details: ["it was read: " + report.reading])
  }

  /// A predicate that was read and made no fact.
  private func unstated(
    _ relation: TextRange, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Diagnosis {
    let text = recorded.string(relation)
    let before = sentence.pieces.filter { $0.range.end <= relation.start }
    if let command = before.last(where: { $0.part == .command }) {
      return Diagnosis(
        .elementFailed,
        "the predicate \(text) was found, but behind the \(report.describe(command)) a clause "
          + "without a named subject of its own is an exhortation, and no fact",
        place: recorded.place(command.provenance), details: ["it was read: " + report.reading])
    }
    return Diagnosis(
      .elementFailed,
      "the predicate \(text) was found, but no subject stands before it in its paragraph",
      place: nil, details: ["it was read: " + report.reading])
  }

  // MARK: Roles

  /// The object: that its words were read as one, and as that of this predicate.
  private func missingObject(
    _ object: TextRange, of relation: TextRange, _ facts: [Triple], _ sentence: SentenceSnapshot,
    _ report: ClauseReport
  ) -> Diagnosis? {
    let (text, predicate) = (recorded.string(object), recorded.string(relation))
    guard sentence.sentence.contains(object) else {
      return Diagnosis(
        .elementFailed,
        "\(text) stands in another sentence than the predicate \(predicate), which takes its object "
          + "from its own", place: nil)
    }
    let fills = ClausePart.filling("object")
    let isRead = sentence.pieces.contains { fills.contains($0.part) && $0.range == object }
    if facts.contains(where: { $0.object?.range == object }) || facts.isEmpty && isRead {
      return nil
    }
    if let diagnosis = missingNounRow(object, sentence) { return diagnosis }
    if let diagnosis = cut(object, sentence, report) { return diagnosis }
    var diagnosis = otherwise(
      object, as: "the object of \(predicate)",
      [(Self.predicates, relation), (fills.subtracting([.subject, .amount]), object)], sentence,
      report)
    let own = facts.compactMap { $0.object.map { recorded.string($0.range) } }
    if !facts.isEmpty {
      diagnosis.details.insert(
        own.isEmpty
          ? "\(predicate) has no object"
          : "\(predicate) has the object \(own.joined(separator: ", "))",
        at: 0)
    }
    return diagnosis
  }

  /// The subject: that its words were read as one, and that no other one stands nearer.
  private func missingSubject(
    _ subject: TextRange, of relation: TextRange, _ facts: [Triple], _ sentence: SentenceSnapshot,
    _ report: ClauseReport
  ) -> Diagnosis? {
    guard let own = recorded.sentence(of: subject),
      !facts.contains(where: { $0.subject?.range == subject })
    else { return nil }
    let isHere = own.sentence == sentence.sentence
    let there = isHere ? report : ClauseReport(recorded, own)
    let fills = ClausePart.filling("subject")
    let giver = own.pieces.first {
      fills.contains($0.part) && ($0.range == subject || coordinates($0.range, subject))
    }
    guard let giver else {
      return missingNounRow(subject, own) ?? cut(subject, own, there)
        ?? otherwise(
          subject, as: "a subject",
          isHere
            ? [(Self.predicates, relation), (fills, subject)] : [(fills, subject)], own, there)
    }
    // Another subject stands nearer to the predicate.
    guard let nearer = facts.first?.subject else { return nil }
    let piece = sentence.pieces.last {
      fills.contains($0.part) && $0.range.overlaps(nearer.range)
    }
    return Diagnosis(
      .overlapLost,
      "\(recorded.string(subject)) was read as \(giver.part.rawValue) "
        + "[\(recorded.place(giver.provenance))], but "
        + (piece.map { "the \(report.describe($0))" } ?? recorded.string(nearer.range))
        + " stands nearer to the predicate \(recorded.string(relation))",
      place: piece.map { recorded.place($0.provenance) },
      details: ["it was read: " + report.reading])
  }

  /// A noun phrase, or what a quantity counts in it, that no row has.
  private func missingNounRow(_ range: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis? {
    let model = knowledge.tagging
    guard let category = model.category(ofTag: model.unknown.tag) else { return nil }
    let quantity = sentence.words.first {
      $0.kind == .quantity && $0.edge.range.start == range.start
    }
    let start = quantity?.edge.range.end ?? range.start
    guard start < range.end else { return nil }
    let noun = TextRange(start, range.end)
    guard rows(of: noun).isEmpty else { return nil }
    let change = add(noun, recorded.name(category))
    return change.isTried ? missingRow(noun, recorded.name(category), change) : nil
  }

  /// Whether a phrase is several things of which this is one.
  private func coordinates(_ phrase: TextRange, _ member: TextRange) -> Bool {
    phrase.contains(member)
      && recorded.analysis.triples.contains {
        $0.group != nil && ($0.subject?.range == member || $0.object?.range == member)
      }
  }

  // MARK: Readings

  /// Characters that do not begin and end with words: what took them.
  private func cut(
    _ range: TextRange, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Diagnosis? {
    guard report.words(of: range) == nil else { return nil }
    let text = recorded.string(range)
    let claims = ClaimReport(recorded, sentence)
    let claim = sentence.words.first {
      $0.edge.range.overlaps(range) && !range.contains($0.edge.range)
    }
    if let claim {
      return Diagnosis(
        .overlapLost,
        "\(text) does not begin and end with words of the sentence: \(claims.describe(claim)) took "
          + recorded.string(claim.edge.range),
        place: claim.kind == .name
          ? recorded.place(sentence.matches[claim.number].provenance) : nil)
    }
    let words = sentence.tokens.filter { $0.range.overlaps(range) }.map {
      "\(recorded.string($0.range)) tagged \(recorded.tag($0))"
    }
    return Diagnosis(
      .overlapLost,
      "\(text) does not begin and end with words of the sentence: there stands "
        + words.joined(separator: ", "), place: nil,
      details: [standing(at: range.start, sentence)])
  }

  /// Words that were read as something else than is wanted, and what it would have cost to read them so.
  private func otherwise(
    _ range: TextRange, as wanted: String, _ demands: [(parts: Set<ClausePart>, range: TextRange)],
    _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Diagnosis {
    let price = report.price(demands)
    let isOpen = price.map { $0.more != nil } ?? false
    let row = price?.row.map {
      " (\(ClauseReport.describe([$0])) [\(recorded.place($0.provenance))])"
    }
    return Diagnosis(
      isOpen ? .readingLost : .elementFailed,
      "\(recorded.string(range)) was read as \(report.reading(of: range) ?? "nothing"), not as "
        + wanted + (price.map { "; \($0.text)" } ?? "") + (row ?? ""),
      place: price?.row.map { recorded.place($0.provenance) },
      details: ["it was read: " + report.reading]
        + (price?.reading.map { ["it would be read: " + $0] } ?? [])
        + [standing(at: range.start, sentence)])
  }

  // MARK: Facts

  /// A fact that a rule states as it is.
  private func missingFact(_ parts: Parts, _ relation: String) -> Diagnosis {
    guard let subject = parts.subject, let object = parts.object,
      let sentence = recorded.sentence(of: subject)
    else {
      return Diagnosis(.elementFailed, "a fact named \(relation) has both roles", place: nil)
    }
    guard sentence.sentence.contains(object) else {
      return Diagnosis(
        .elementFailed,
        "\(recorded.string(subject)) and \(recorded.string(object)) stand in two sentences; a rule takes the "
          + "roles of the fact \(relation) from one", place: nil)
    }
    let extent = subject.union(object)
    return diagnose("FACT", ["subject": subject, "object": object], extent, sentence)
      ?? Diagnosis(.elementFailed, "no rule makes the fact \(relation)", place: nil)
  }

  private func diagnose(
    _ category: String, _ roles: [String: TextRange], _ extent: TextRange,
    _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    guard let id = knowledge.classes.find(category) else { return nil }
    let goal = RuleGoal(category: id, range: roles.isEmpty ? extent : nil, roles: roles)
    return nearest(goal, sentence).map { diagnose($0, goal, extent, sentence) }
  }
}
