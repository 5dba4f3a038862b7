internal import Annotations

/// When what a paragraph tells happened, for the sentences that do not say it.
struct CarriedTime {
  /// The period (今年一季度) that the last figures were of, which later figures are of as well.
  private var period: TextRange?
  /// The stretch of time that a sentence began with (今年以来，…; 未来几天，…), which what follows is told of.
  private var frame: TextRange?
  /// When people last met (座谈会8日举行), which those who are told of next did as well.
  private var meeting: TextRange?

  /// Takes a time that stands in a sentence; `isLeading` says that nothing but adverbials stands before it.
  mutating func take(_ time: TextRange, isLeading: Bool, in phrases: SentencePhrases) {
    if !phrases.isPeriod(time) { period = nil }
    frame = isLeading && phrases.isRecent(time) ? time : nil
    meeting = nil
  }

  /// Forgets what the words of somebody are not of: they have times of their own.
  mutating func endNarration() {
    frame = nil
    meeting = nil
  }

  /// Notes the time of a fact.
  mutating func note(
    _ time: TextRange?, of predicate: PendingPredicate, isFigure: Bool, in phrases: SentencePhrases
  ) {
    if isFigure { period = time.flatMap { phrases.isPeriod($0) ? $0 : nil } }
    if predicate.isWord(of: .meeting), let time, !phrases.isMoment(time) { meeting = time }
  }

  /// The time of a fact of a sentence without one. `isSaid` says that somebody's words tell it.
  func time(
    of predicate: PendingPredicate, _ actors: [TextRange], _ status: Status, isFigure: Bool,
    isSaid: Bool, in phrases: SentencePhrases
  ) -> TextRange? {
    if status == .hypothetical { return nil }
    // 一季度增长5%。…预计增长6%。: what is to come is not of a period that is over.
    if isFigure, let period { return status == .planned && phrases.isOver(period) ? nil : period }
    if isSaid || predicate.isWord(of: .copula) && !isFigure { return nil }
    // A meeting and what a person does are of a day.
    if !actors.allSatisfy({ phrases.isPerson($0) }) {
      return predicate.isWord(of: .meeting) ? nil : frame
    }
    return status == .asserted ? meeting : nil
  }
}
