package import Annotations
internal import Rules
internal import Segmentation

/// Names, times, quantities and clause parts that are missing.
extension Diagnostician {
  /// Why there is no result of a class over the characters of a place in the source, whatever there is of it
  /// elsewhere in the text; nil for a place without characters.
  package static func missing(
    _ category: String, at place: SourceRange, _ recorded: RecordedAnalysis,
    _ source: KnowledgeSource
  ) -> Diagnosis? {
    let text = recorded.text
    func first(from position: Int) -> Int {
      (0..<text.count).first { text.source(TextRange($0, $0 + 1)).start >= position } ?? text.count
    }
    let range = TextRange(first(from: place.start), first(from: place.end))
    guard !range.isEmpty else { return nil }
    let form = ExpectedResult.Form.result(category: category, text: recorded.plain(range))
    return Diagnostician(form: form, recorded, source).missing(category, range)
  }

  /// Why there is no result of a class over a range.
  func missing(_ category: String, _ range: TextRange) -> Diagnosis {
    guard let sentence = recorded.sentence(of: range) else {
      return Diagnosis(.elementFailed, "no sentence holds it", place: nil)
    }
    if let lost = lostClaim(category, range, sentence) { return lost }
    switch category {
    case ExpectedResult.time: return missingTime(range, sentence)
    case ExpectedResult.quantity: return missingQuantity(range, sentence)
    default:
      if let part = ClausePart(written: category) { return missingPiece(part, range, sentence) }
      guard let id = knowledge.classes.find(category) else {
        return Diagnosis(.elementFailed, "no rule makes \(category)", place: nil)
      }
      let goal = RuleGoal(category: id, range: range)
      if let attempt = nearest(goal, sentence) {
        return diagnose(attempt, goal, range, sentence)
      }
      return whole(category, range)
        ?? Diagnosis(
          .elementFailed, "no rule that makes \(category) begins there", place: nil,
          details: [standing(at: range.start, sentence)])
    }
  }

  /// The attempt of all stages that came nearest.
  func nearest(_ goal: RuleGoal, _ sentence: SentenceSnapshot) -> RuleAttempt? {
    var best: RuleAttempt?
    for stage in sentence.stages {
      var inspector = recorded.inspector(stage)
      guard
        let first = inspector.attempts(at: goal, features: recorded.features(sentence)).first
      else { continue }
      if best.map({ RuleInspector.isNearer(first, than: $0, goal) }) ?? true { best = first }
    }
    return best
  }

  /// A claim of the class over the range that did not stand.
  private func lostClaim(
    _ category: String, _ range: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    let report = ClaimReport(recorded, sentence)
    let own = sentence.claims.filter { claim in
      guard claim.edge.range == range else { return false }
      return switch claim.kind {
      case .time: category == ExpectedResult.time
      case .quantity: category == ExpectedResult.quantity
      case .name: recorded.name(claim.edge.category) == category
      }
    }
    let rivals = { (claim: Claim) in
      sentence.results.filter { $0.edge.range.overlaps(range) && $0.edge != claim.edge }
    }
    for claim in own {
      guard !sentence.results.contains(where: { $0.edge == claim.edge }),
        let winner = rivals(claim).max(by: {
          ClaimReport.raise(claim, over: $0) < ClaimReport.raise(claim, over: $1)
        })
      else { continue }
      let place = winner.kind == .name ? sentence.matches[winner.number].provenance : nil
      var diagnosis = Diagnosis(
        .overlapLost,
        "\(report.describe(claim)) was found, but lost to \(report.describe(winner)), which is "
          + ClaimReport.reason(winner, over: claim), place: place.map { recorded.place($0) })
      if claim.kind == .name {
        diagnosis.change = raise(
          sentence.matches[claim.number].provenance,
          by: ClaimReport.raise(claim, over: winner))
      }
      return diagnosis
    }
    return nil
  }

  // MARK: Rules

  /// What an attempt says, and what would change it.
  func diagnose(
    _ attempt: RuleAttempt, _ goal: RuleGoal, _ extent: TextRange, _ sentence: SentenceSnapshot
  ) -> Diagnosis {
    let rule = "rule " + recorded.describe(rule: attempt.rule.provenance)
    let place = recorded.place(attempt.rule.provenance)
    let text = recorded.string(extent)
    let category = recorded.name(goal.category)
    switch attempt.outcome {
    case .stands:
      return Diagnosis(
        .elementFailed, "\(rule) makes \(category)(\(text)), but no result came of it",
        place: place)
    case .lost(let rivals):
      guard let rival = rivals.first else { break }
      let other = recorded.rule(rival.provenance)
      let weight = other?.weight ?? 0
      let why =
        weight > attempt.rule.weight
        ? "heavier, \(weight) to \(attempt.rule.weight)"
        : rival.range.count > extent.count
          ? "longer, \(rival.range.count) to \(extent.count) characters" : "preferred"
      return Diagnosis(
        .overlapLost,
        "\(rule) makes \(category) of \(text), but lost to "
          + "\(recorded.name(rival.category))(\(recorded.string(rival.range))) of rule "
          + "\(recorded.describe(rule: rival.provenance)), which is \(why)",
        place: recorded.place(rival.provenance),
        change: raise(
          attempt.rule.provenance, by: max(1, weight - attempt.rule.weight + 1)))
    case .tookLonger(let longer):
      return Diagnosis(
        .overlapLost,
        "\(rule) took \(recorded.string(longer.range)) from the same place, which is longer than "
          + text, place: place)
    case .conditionFailed(let condition):
      return Diagnosis(
        .elementFailed, "\(rule) fits \(text), but its condition \"\(condition)\" does not hold",
        place: place, details: around(extent, sentence))
    case .elementFailed(let elements, let position):
      return diagnose(elements, at: position, attempt, extent, goal, sentence)
    }
    return Diagnosis(.elementFailed, "\(rule) does not fit \(text)", place: place)
  }

  private func around(_ range: TextRange, _ sentence: SentenceSnapshot) -> [String] {
    let before =
      range.start > sentence.sentence.start
      ? standing(at: range.start - 1, sentence) : "the beginning of the sentence"
    return ["before it stands \(before)", "behind it stands \(standing(at: range.end, sentence))"]
  }

  /// What the elements at which a pattern stopped say.
  private func diagnose(
    _ elements: [PatternElement], at position: Int, _ attempt: RuleAttempt, _ extent: TextRange,
    _ goal: RuleGoal, _ sentence: SentenceSnapshot
  ) -> Diagnosis {
    let rule = "rule " + recorded.describe(rule: attempt.rule.provenance)
    let category = recorded.name(goal.category)
    let failed =
      position > extent.start
      ? "\(rule) got as far as \(recorded.string(TextRange(extent.start, position))) and stopped at "
        + written(elements)
      : "\(rule) did not begin, it asks for \(written(elements))"
    let rest = TextRange(position, max(position, extent.end))
    // A word that is what the element asks for, but for a feature.
    for element in elements {
      if let fault = feature(element, at: position, rest, sentence),
        attempt.covered > 0
          || fault.range == extent
      {
        return Diagnosis(
          .elementFailed, "\(failed): \(fault.text)",
          place: recorded.place(attempt.rule.provenance))
      }
    }
    for element in elements {
      if let fault = tag(element, at: position, rest, failed, attempt, sentence) { return fault }
    }
    // A row that would be what the element asks for, and else one for the whole.
    if attempt.covered > 0, !rest.isEmpty {
      for element in elements {
        guard let name = lexical(element) else { continue }
        let change = add(rest, name, features(of: element))
        if change.isTried { return missingRow(rest, name, change, failed, attempt) }
      }
    }
    if let diagnosis = whole(category, extent) {
      var diagnosis = diagnosis
      diagnosis.details.append(failed)
      return diagnosis
    }
    return Diagnosis(
      .elementFailed, "\(failed): there stands \(standing(at: position, sentence))",
      place: recorded.place(attempt.rule.provenance))
  }

  /// No row has a word as what it would have to be; `reason` says who asks for it.
  func missingRow(
    _ range: TextRange, _ category: String, _ change: Diagnosis.Change, _ reason: String? = nil,
    _ attempt: RuleAttempt? = nil
  ) -> Diagnosis {
    let known = rows(of: range)
    return Diagnosis(
      .rowMissing,
      "no row has \(recorded.string(range)) as \(category)"
        + (known.isEmpty ? "" : ", only as \(known.joined(separator: "; "))")
        + (reason.map { "; " + $0 } ?? ""),
      place: attempt.map { recorded.place($0.rule.provenance) }, change: change)
  }

  /// A row for all of a name: by a rule that makes a name of one word.
  private func whole(_ category: String, _ range: TextRange) -> Diagnosis? {
    guard let sentence = recorded.sentence(of: range), let id = knowledge.classes.find(category)
    else { return nil }
    var tried: Set<String> = []
    // The stages before the words are tagged make names.
    let stages = sentence.stages.prefix { $0.program.name != ExtractionSession.taggedStage }
    for stage in stages {
      var inspector = recorded.inspector(stage)
      let attempts = inspector.attempts(
        at: RuleGoal(category: id, range: range), features: recorded.features(sentence))
      for attempt in attempts where attempt.start == range.start && attempt.rule.isOneElement {
        guard case .elementFailed(let elements, range.start) = attempt.outcome else { continue }
        // The row is there, but not as the rule asks for it.
        for element in elements {
          guard let fault = feature(element, at: range.start, range, sentence) else { continue }
          let rule = "rule " + recorded.describe(rule: attempt.rule.provenance)
          return Diagnosis(
            .elementFailed, "\(rule) asks for \(element.written): \(fault.text)",
            place: recorded.place(attempt.rule.provenance))
        }
        for element in elements {
          guard let category = lexical(element), tried.insert(category).inserted else { continue }
          let change = add(range, category, features(of: element))
          guard change.isTried else { continue }
          let rule = "rule " + recorded.describe(rule: attempt.rule.provenance)
          return missingRow(
            range, category, change, "\(rule) would take it", attempt)
        }
      }
    }
    return nil
  }

  private func written(_ elements: [PatternElement]) -> String {
    let most = 4
    let shown = elements.prefix(most).map(\.written).joined(separator: " | ")
    return shown + (elements.count > most ? " | …" : "")
  }

  /// The class that a row would have to have for an element; nil where rules or tags make it.
  private func lexical(_ element: PatternElement) -> String? {
    guard let first = element.classes.first, !recorded.tags[first.index], element.required.isEmpty
    else { return nil }
    let isMade = knowledge.stages.flatMap(\.rules).flatMap(\.emissions)
      .contains { $0.category == first }
    let name = recorded.name(first)
    return isMade || ExtractionSession.engineClasses.contains(name) ? nil : name
  }

  private func features(of element: PatternElement) -> [String: String] {
    var features: [String: String] = [:]
    for feature in element.features where !feature.negated {
      features[feature.name] = feature.values.first
    }
    return features
  }

  /// A word at a position that has the class of an element but fails one of its tests.
  private func feature(
    _ element: PatternElement, at position: Int, _ rest: TextRange, _ sentence: SentenceSnapshot
  ) -> (text: String, range: TextRange)? {
    guard !element.features.isEmpty, position < sentence.sentence.end else { return nil }
    for edge in sentence.graph.starting(at: position) {
      guard case .sense(let number) = edge.payload, edge.range == rest,
        element.classes.contains(where: { knowledge.classes.isA(edge.category, $0) })
      else { continue }
      let sense = knowledge.lexicon.senses[Int(number)]
      for test in element.features {
        let value = knowledge.lexicon.feature(test.name, of: sense)
        guard (value.map(test.values.contains) ?? false) == test.negated else { continue }
        return (
          "the row \(recorded.string(edge.range)) of \(recorded.name(edge.category)) in "
            + "\(recorded.place(of: sense)) has \(test.name) = \(value ?? "nothing"), expected "
            + (test.negated ? "another than " : "") + test.values.joined(separator: " or "),
          edge.range
        )
      }
    }
    return nil
  }

  // MARK: Tags

  /// What stands at a position where an element asks for a tag.
  private func tag(
    _ element: PatternElement, at position: Int, _ rest: TextRange, _ failed: String,
    _ attempt: RuleAttempt, _ sentence: SentenceSnapshot
  ) -> Diagnosis? {
    guard let wanted = element.classes.first(where: { recorded.tags[$0.index] }),
      position < sentence.sentence.end,
      let token = sentence.tokens.first(where: {
        $0.range.start <= position && position < $0.range.end
      })
    else { return nil }
    let place = recorded.place(attempt.rule.provenance)
    let word = rest.isEmpty ? token.range : rest
    let name = recorded.name(wanted)
    // A claim took more or less than the word.
    if let claim = sentence.words.first(where: {
      $0.edge.range.contains(TextRange(position, position + 1))
    }), claim.edge.range != word {
      let report = ClaimReport(recorded, sentence)
      return Diagnosis(
        .overlapLost,
        "\(recorded.string(word)) is no word of its own, \(report.describe(claim)) took "
          + "\(recorded.string(claim.edge.range)); \(failed)",
        place: claim.kind == .name
          ? recorded.place(sentence.matches[claim.number].provenance) : place)
    }
    let characters = Array(recorded.text.characters[word.start..<word.end])
    let senses = knowledge.lexicon.senses(of: characters)
    let number = knowledge.tagging.tagClasses.firstIndex(of: wanted)
    let mayBe = senses.first { sense in
      knowledge.tagging.choices(of: sense, knowledge.lexicon).contains { $0.tag == number }
    }
    if let mayBe {
      let change = number.flatMap { knowledge.tagging.category(ofTag: $0) }
        .map { add(word, recorded.name($0), ["status": "force"]) }
      return Diagnosis(
        .elementFailed,
        "\(failed): there stands \(standing(at: position, sentence)); the row in "
          + "\(recorded.place(of: mayBe)) could be \(name), but the other way costs less",
        place: place, change: change?.isTried ?? false ? change : nil)
    }
    guard let category = number.flatMap({ knowledge.tagging.category(ofTag: $0) }) else {
      return nil
    }
    let change = add(word, recorded.name(category))
    guard change.isTried || senses.isEmpty else { return nil }
    return missingRow(word, recorded.name(category), change, failed, attempt)
  }

  // MARK: Values

  private func missingTime(_ range: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis {
    if let overlap = recognised(range, sentence) { return overlap }
    if rows(of: range).isEmpty {
      let change = add(range, "time.deictic", ["value": "day:0"])
      if change.isTried {
        return Diagnosis(
          .rowMissing, "no row has \(recorded.string(range)) as a time", place: nil,
          change: Diagnosis.Change(
            text: "add a row \(recorded.plain(range)) of a class below time, with its value",
            isTried: true))
      }
    }
    return Diagnosis(
      .elementFailed, "the recognition of times reads no time in \(recorded.string(range))",
      place: nil, details: [standing(at: range.start, sentence)])
  }

  private func missingQuantity(_ range: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis {
    // The measure word is what stands behind the number.
    var measure = range.start
    while measure < range.end, isNumeral(at: measure, sentence) { measure += 1 }
    if measure > range.start, measure < range.end {
      let rest = TextRange(measure, range.end)
      let isKnown = rows(of: rest).contains { $0.hasPrefix("measure") }
      if !isKnown {
        let change = add(rest, "measure.individual", ["strength": "strong"])
        if change.isTried {
          let known = rows(of: rest)
          return Diagnosis(
            .rowMissing,
            "no row has \(recorded.string(rest)) as a measure word"
              + (known.isEmpty ? "" : ", only as \(known.joined(separator: "; "))"),
            place: nil, change: change)
        }
      }
    }
    return recognised(range, sentence)
      ?? Diagnosis(
        .elementFailed,
        "the recognition of quantities reads no quantity in \(recorded.string(range))",
        place: nil, details: [standing(at: range.start, sentence)])
  }

  /// A time or quantity that was recognised in other borders.
  private func recognised(_ range: TextRange, _ sentence: SentenceSnapshot) -> Diagnosis? {
    let report = ClaimReport(recorded, sentence)
    guard
      let claim = sentence.claims.first(where: {
        $0.kind != .name && $0.edge.range.overlaps(range)
      })
    else { return nil }
    let isMore = claim.edge.range.count > range.count
    return Diagnosis(
      isMore ? .overlapLost : .elementFailed,
      "recognition took \(report.describe(claim)) there, which is "
        + (isMore ? "longer" : "not the same"), place: nil)
  }

  private func isNumeral(at position: Int, _ sentence: SentenceSnapshot) -> Bool {
    let character = recorded.text[position]
    if (0x30...0x39).contains(character) || character == 0x2E { return true }
    return sentence.graph.starting(at: position).contains {
      $0.range.count == 1 && recorded.name($0.category).hasPrefix("numeral")
    }
  }
}
