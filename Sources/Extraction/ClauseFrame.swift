internal import Annotations

/// What a clause has said so far besides its predicates: who acts in it, on what and to whom, and whether that happens.
struct ClauseFrame {
  /// Whether it has a subject of its own.
  var hasSubject = false
  /// Where it begins with a place and has no other subject: 新形势下.
  var spot: TextRange?
  /// The subject of what follows in it, after its own: 学生 of 让学生参加.
  var inner: [TextRange]?
  /// Those whom the clause moves to act without being acted on themselves (让学生参加).
  var moved: MovedActors?
  /// Whether nobody is told of who moves others to act (要敢于创新，推动产业实现升级).
  var isUnmoved = false
  /// Who does it, where it is passive: 被, 由.
  var agent: TextRange?
  /// What it acts on, before its predicate: 把, 将.
  var fronted: TextRange?
  /// What it is about: 对, 就.
  var target: TextRange?
  /// To, for or with whom.
  var recipient: TextRange?
  /// Whether each subject has an object of its own (A和B分别增长2%和3%).
  var isRespective = false
  var isNegated = false
  var isHypothesis = false
  /// Whether it says itself that it is planned, and not one before it.
  var isPlanned = false

  /// Whether it leaves out who acts: an earlier clause said so.
  var leavesOutSubject: Bool { !hasSubject && inner == nil }

  /// Leaves what follows to others, who have no partner of him who moved them (会同财政部支持企业扩大生产).
  mutating func leave(to actors: [TextRange], in phrases: SentencePhrases) {
    inner = actors
    if let recipient, phrases.isPartner(recipient) { self.recipient = nil }
  }

  /// A predicate has taken what stood before it.
  mutating func endPredicate() {
    agent = nil
    fronted = nil
    isNegated = false
  }
}
