internal import Annotations

/// Whether what a sentence tells is to come: a plan holds for all clauses behind it until one has a subject of its own.
struct GoverningPlan {
  /// Whether what is told is planned.
  private(set) var isOn = false
  /// Whether somebody was told to do it: what has no subject of its own is an exhortation.
  private(set) var isCommand = false
  /// Whether who was told to do it is named, and goes on to be told so (财政部要加强管理，提高效率).
  var isAddressed = false
  /// Whether it is what somebody's words foresee or ask for (预计，…), which is all of them.
  private(set) var isOfWords = false
  /// Whether the next clause tells what is asked for (建议，会议在北京举行).
  private(set) var isAsked = false
  /// With whom it is done, also in the clauses that go on with the plan (愿同各方一道推进合作，加强沟通).
  var partner: TextRange?
  /// The last words that somebody spoke with.
  private var asking: TextRange?

  /// Takes a word that plans something, which may be that of who speaks.
  mutating func take(_ word: TextRange, isCommand: Bool) {
    isOn = true
    self.isCommand = isCommand
    isAsked = word == asking
    // 预计，气温将下降，风力加大: a plan in what is foreseen does not end it.
    isOfWords = isAsked || isOfWords
    partner = nil
  }

  /// Somebody speaks, and what he says is not part of the plan before it.
  mutating func speak(with word: TextRange) {
    end()
    asking = word
  }

  /// Ends a clause; says whether the next one is what was asked for.
  mutating func endClause() -> Bool {
    defer { isAsked = false }
    return isAsked
  }

  mutating func end() {
    isOn = false
    isCommand = false
    isAddressed = false
    isOfWords = false
    partner = nil
  }

  /// The status of what a clause tells.
  func status(in clause: ClauseFrame, isConditional: Bool) -> Status {
    if clause.isHypothesis || isConditional { return .hypothetical }
    if clause.isNegated { return .negated }
    return isOn ? .planned : .asserted
  }

  /// The status of what a predicate tells: a plan holds neither a size (将建设电站，装机容量100兆瓦), nor what it shows, nor what
  /// something is (提出，质量是关键).
  func status(
    of predicate: PendingPredicate, in clause: ClauseFrame, isConditional: Bool,
    _ phrases: SentencePhrases
  ) -> Status {
    let status = status(in: clause, isConditional: isConditional)
    guard status == .planned else { return status }
    let isGiven =
      isOfWords
      ? predicate.isWord(of: .copula) && !predicate.isWord(of: .turning)
      : !clause.isPlanned && phrases.isGiven(predicate)
    return isGiven ? .asserted : .planned
  }
}
