internal import Annotations

/// When what a sentence tells happens: the last time that was read, and what it says something of.
struct GoverningTime {
  /// The last time of the sentence.
  private var last: TextRange?
  /// How long what the clause tells lasts (3个月), where it says so.
  private var length: TextRange?
  /// Whether the time stands in the clause that is being read.
  private(set) var standsInClause = false
  /// Whether a clause behind it has told something.
  private var isOfEarlier = false
  /// Whether it stands behind the subject of its clause (公司26日推出…), and not before it.
  private var isOfDeed = false
  /// Whether it says when somebody spoke.
  private var isOfWords = false

  /// Whether the sentence had none so far.
  var isEmpty: Bool { last == nil && length == nil }

  /// The next time with the one before it where only a note in brackets stands between: 今天（5月8日）凌晨 is one.
  func joined(_ range: TextRange, in phrases: SentencePhrases) -> TextRange {
    guard standsInClause, let last, phrases.isNote(from: last.end, to: range.start) else {
      return range
    }
    return last.union(range)
  }

  /// Takes the next time of the sentence.
  mutating func take(_ range: TextRange, behindSubject: Bool) {
    last = range
    standsInClause = true
    isOfEarlier = false
    isOfDeed = behindSubject
    isOfWords = false
  }

  /// Takes how long what the clause tells lasts.
  mutating func take(length range: TextRange) { length = range }

  /// Somebody speaks, whom a subject of the clause names or not. The time of words (4日称，…) stays that of words where those
  /// speak of others (将要求…).
  mutating func speak(ownSubject: Bool) {
    if standsInClause { isOfWords = ownSubject }
  }

  /// Ends a clause; one that holds nothing but a time (十年来，…) goes on with the next.
  mutating func endClause(goesOn: Bool) {
    standsInClause = false
    if goesOn { return }
    isOfEarlier = true
    length = nil
  }

  /// The time of what a predicate tells. `isOther` says that this is how great something is that its clause names, or what
  /// that did not do.
  ///
  /// 公司26日推出新产品，速率达100兆: that day is of the deed, and not of how great something else is, or of what something
  /// else did not do.
  /// 国防部27日称，敌军撤退: the day of the words is that of the news as well, but not of what is or will be, and what was
  /// said at an occasion (考察时) did not happen there.
  func of(
    _ predicate: PendingPredicate, _ status: Status, isOther: Bool, in phrases: SentencePhrases
  ) -> TextRange? {
    if let length { return length }
    // 近日印发规划，将建设新城: what is planned is not done when the plan was made.
    if isOfEarlier, status == .planned, let last, phrases.isOver(last) { return nil }
    if !standsInClause, isOfDeed, isOther || phrases.isGivenSize(predicate) { return nil }
    guard isOfWords, let last else { return last }
    let isState =
      predicate.isWord(of: .copula)
      || predicate.relations.contains { phrases.isQuality($0) }
    return status != .asserted || isState || phrases.isMoment(last) ? nil : last
  }
}
