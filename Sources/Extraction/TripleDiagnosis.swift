internal import Annotations
internal import Rules
internal import Segmentation

/// Facts that are missing: part by part, until one is not there.
extension Diagnostician {
  /// Why there is no fact of these parts.
  func missing(_ parts: Parts, _ relation: String) -> Diagnosis {
    guard let place = parts.relation else { return missingFact(parts, relation) }
    guard let sentence = recorded.sentence(of: place) else {
      return Diagnosis(.elementFailed, "no sentence holds the relation", place: nil)
    }
    if let diagnosis = missingPredicate(place, sentence) { return diagnosis }
    if let object = parts.object, let diagnosis = missingObject(object, place, sentence) {
      return diagnosis
    }
    if let subject = parts.subject, let diagnosis = missingSubject(subject, place, sentence) {
      return diagnosis
    }
    let near = recorded.analysis.triples.filter { $0.relation.range == place }
    guard let triple = near.first else {
      return Diagnosis(
        .elementFailed,
        "the predicate \(recorded.string(place)) was found, but no subject stands before it in "
          + "its paragraph", place: nil)
    }
    return Diagnosis(
      .elementFailed,
      "the predicate made \(near.map { recorded.describe($0) }.joined(separator: ", ")) of rule "
        + recorded.describe(rule: triple.provenance), place: recorded.place(triple.provenance))
  }

  private func matches(_ category: String, _ sentence: SentenceSnapshot) -> [RuleMatch] {
    sentence.matches.filter { recorded.name($0.category) == category }
  }

  /// The predicate, whatever its object.
  private func missingPredicate(
    _ relation: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    guard !matches("PREDICATE", sentence).contains(where: { $0.range("relation") == relation })
    else { return nil }
    return missingPredicateRow(relation)
      ?? untagged(relation, sentence)
      ?? diagnose("PREDICATE", ["relation": relation], relation, sentence)
  }

  /// A relation that is tagged as something else than a predicate: a rule of predicates that did not begin
  /// for that reason.
  private func untagged(_ relation: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis? {
    let model = knowledge.tagging
    let isPredicate = sentence.tokens.contains {
      $0.range == relation && model.predicateCosts[$0.tag] != nil
    }
    guard !isPredicate, let stage = sentence.stage("clauses"),
      let id = knowledge.classes.find("PREDICATE")
    else { return nil }
    let predicates = model.predicateCosts.indices.filter { model.predicateCosts[$0] != nil }
      .map { model.tagClasses[$0] }
    let goal = RuleGoal(category: id, roles: ["relation": relation])
    var inspector = recorded.inspector(stage)
    let attempts = inspector.attempts(at: goal, features: recorded.features(sentence))
    // A rule that fits came nearer.
    guard case .elementFailed? = attempts.first?.outcome else { return nil }
    let attempt = attempts.first { attempt in
      guard attempt.start == relation.start,
        case .elementFailed(let elements, relation.start) = attempt.outcome
      else { return false }
      return elements.contains { $0.classes.contains(where: predicates.contains) }
    }
    return attempt.map { diagnose($0, goal, relation, sentence) }
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

  /// The object: the noun phrase, and that the predicate takes it.
  private func missingObject(
    _ object: TextRange, _ relation: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    guard sentence.sentence.contains(object) else {
      return Diagnosis(
        .elementFailed,
        "\(recorded.string(object)) stands in another sentence than the predicate "
          + "\(recorded.string(relation)), which takes its object from its own", place: nil)
    }
    let taken = sentence.matches.filter {
      ["PREDICATE", "FRONTED", "RECIPIENT"].contains(recorded.name($0.category))
        || $0.range("object") != nil
    }
    let isTaken = taken.contains { match in
      guard let own = match.range("object") ?? match.range("recipient"),
        match.range("relation").map({ $0 == relation }) ?? true
      else { return false }
      return own == object || coordinates(own, object)
    }
    if isTaken { return nil }
    if let diagnosis = missingPhrase(object, sentence) { return diagnosis }
    return diagnose("PREDICATE", ["relation": relation, "object": object], object, sentence)
  }

  private func missingSubject(
    _ subject: TextRange, _ relation: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    guard let own = recorded.sentence(of: subject) else { return nil }
    let givers = own.matches.filter { $0.range("subject") != nil }
    let giver = givers.first { match in
      match.range("subject").map { $0 == subject || coordinates($0, subject) } ?? false
    }
    guard giver != nil else {
      return missingPhrase(subject, own)
        ?? diagnose("TOPIC", ["subject": subject], subject, own)
    }
    // Another subject stands nearer to the predicate.
    let nearer = sentence.matches.last { match in
      guard let other = match.range("subject") else { return false }
      return other.end <= relation.start && other.start > subject.start
    }
    return nearer.map { match in
      Diagnosis(
        .overlapLost,
        "\(recorded.string(subject)) is a subject, but \(recorded.string(match.range)) of rule "
          + "\(recorded.describe(rule: match.provenance)) stands nearer to the predicate",
        place: recorded.place(match.provenance))
    }
  }

  /// Whether a phrase is several things of which this is one.
  private func coordinates(_ phrase: TextRange, _ member: TextRange) -> Bool {
    phrase.contains(member)
      && recorded.analysis.triples.contains {
        $0.group != nil && ($0.subject?.range == member || $0.object?.range == member)
      }
  }

  /// The noun phrase over a range.
  private func missingPhrase(_ range: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis? {
    let phrases = matches("NP", sentence)
    guard !phrases.contains(where: { $0.range == range }) else { return nil }
    // A phrase that took more, whose rule had reason to: what is behind it is what matters.
    if let longer = phrases.first(where: { $0.range.contains(range) }) {
      return Diagnosis(
        .overlapLost,
        "\(recorded.string(range)) is a part of NP(\(recorded.string(longer.range))) of rule "
          + "\(recorded.describe(rule: longer.provenance)), which is longer",
        place: recorded.place(longer.provenance))
    }
    if let diagnosis = missingNounRow(range, sentence) { return diagnosis }
    return diagnose("NP", [:], range, sentence)
  }

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
