internal import Annotations

/// Which words of a sentence told something last: what a clause without a subject shows is shown by all of them
/// (达成协议，标志着…).
struct ClauseWords {
  /// The words of the clause so far.
  private(set) var clause: TextRange?
  /// Those of the clauses before it, where they told something.
  private(set) var told: TextRange?

  /// Takes the next piece of the clause.
  mutating func take(_ piece: ClausePiece) {
    switch piece.part {
    // A time before the clause is none of its words, one inside it is.
    case .clause, .time, .plan, .command, .hypothesis, .condition: break
    case .speech, .directive, .source, .unread: clause = nil
    default: clause = clause.map { $0.union(piece.range) } ?? piece.range
    }
  }

  /// Ends the clause. One that ends with a predicate tells something; one without a subject of its own goes on with what
  /// was told, where it does not say what that is or shows. What is silent shows nothing as a whole: a command
  /// (要立足全局，体现特色), and what tells of a document, which shows it itself (讲话阐述了思想，体现了…).
  mutating func end(with predicate: PendingPredicate?, ownSubject: Bool, isSilent: Bool) {
    defer { clause = nil }
    guard let predicate, let clause, !isSilent else {
      told = nil
      return
    }
    if ownSubject {
      // What shows something shows more of it (讲话反映了…，彰显了…).
      told = predicate.isWord(of: .manifest) ? nil : clause
    } else if !predicate.isWord(of: [.copula, .manifest]) {
      told = told.map { $0.union(clause) }
    }
  }
}
