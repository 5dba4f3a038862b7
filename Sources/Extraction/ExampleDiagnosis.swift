internal import Annotations
internal import Rules

/// How far a rule got whose example does not hold.
enum ExampleDiagnosis {
  /// What kept a rule from its result: the element that failed, on which characters, and what stood there; or
  /// the result that took them. Nil when there is nothing to say.
  static func reason(
    _ rule: RuleProgram, _ example: RuleExample, _ document: Document,
    _ knowledge: CompiledKnowledge
  ) -> String? {
    let recorded = RecordedAnalysis(document, knowledge)
    guard let written = example.expectation, !written.isEmpty else {
      return farthest(rule, recorded)
    }
    guard let expected = try? ExpectedResult(written, knowledge) else { return nil }
    let diagnostician = Diagnostician(expected, recorded, .none)
    guard case .result(let category, let text) = expected.form,
      let id = knowledge.classes.find(category)
    else {
      guard case .missing(let diagnosis)? = try? diagnostician.answer() else { return nil }
      return diagnosis.sentence
    }
    for place in recorded.places(of: text) {
      guard let sentence = recorded.sentence(of: place) else { continue }
      let goal = RuleGoal(category: id, range: place)
      for stage in sentence.stages
      where stage.program.rules.contains(where: { $0.provenance == rule.provenance }) {
        var inspector = recorded.inspector(stage)
        let attempt = inspector.attempts(at: goal, features: recorded.features(sentence))
          .first { $0.rule.provenance == rule.provenance }
        guard let attempt else { continue }
        if case .stands = attempt.outcome { return diagnostician.missing(category, place).sentence }
        return sentences(diagnostician.diagnose(attempt, goal, place, sentence))
      }
    }
    return farthest(rule, recorded)
  }

  /// How far a rule got that may begin anywhere.
  private static func farthest(_ rule: RuleProgram, _ recorded: RecordedAnalysis) -> String? {
    guard let category = rule.emissions.first?.category else { return nil }
    let form = ExpectedResult.Form.result(
      category: recorded.name(category), text: recorded.document.text)
    let diagnostician = Diagnostician(form: form, recorded, .none)
    var best: (attempt: RuleAttempt, sentence: SentenceSnapshot)?
    for sentence in recorded.sentences {
      for stage in sentence.stages {
        var inspector = recorded.inspector(stage)
        guard
          let attempt = inspector.attempt(
            of: rule.provenance, features: recorded.features(sentence)),
          attempt.covered > best?.attempt.covered ?? -1
        else { continue }
        best = (attempt, sentence)
      }
    }
    guard let (attempt, sentence) = best else { return nil }
    let end = min(sentence.sentence.end, attempt.start + max(1, attempt.covered))
    let extent = TextRange(attempt.start, end)
    let goal = RuleGoal(category: category, range: extent)
    return sentences(diagnostician.diagnose(attempt, goal, extent, sentence))
  }

  private static func sentences(_ diagnosis: Diagnosis) -> String {
    ([diagnosis.sentence] + diagnosis.details).joined(separator: "; ")
  }
}

extension KnowledgeSource {
  /// No files: nothing is held back, and no change is tried.
  fileprivate static let none = KnowledgeSource(
    withheld: [], unknownWords: (nil, nil), changed: { _ in nil })
}
