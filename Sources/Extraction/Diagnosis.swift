internal import Annotations

/// Why something that was expected did not come out.
package struct Diagnosis: Hashable, Sendable {
  /// The cause.
  package enum Cause: String, Hashable, Sendable {
    /// No row of a lexicon has a word as what it would have to be.
    case rowMissing = "row-missing"
    /// A row is there with the status `off`.
    case rowOff = "row-off"
    /// A row has the status `block`.
    case rowBlocked = "row-blocked"
    /// Something else took the characters.
    case overlapLost = "overlap-lost"
    /// The grammar of clauses read the words as something else, since that costs less.
    case readingLost = "reading-lost"
    /// An element or a condition of a rule does not fit.
    case elementFailed = "element-failed"
  }

  /// A change of the knowledge that was suggested, perhaps tried.
  package struct Change: Hashable, Sendable {
    /// What to do.
    package let text: String
    /// Whether the result comes out with it.
    package let isTried: Bool
  }

  /// The cause.
  package let cause: Cause
  /// What is wrong, with the characters and the places.
  package let sentence: String
  /// `file:line` of the row or the rule that it is about, nil for none.
  package let place: String?
  /// The smallest change that would give the result; nil when none is known.
  package var change: Change?
  /// More that is known: the words that stand there, the rules that came near.
  package var details: [String]

  init(
    _ cause: Cause, _ sentence: String, place: String?, change: Change? = nil,
    details: [String] = []
  ) {
    self.cause = cause
    self.sentence = sentence
    self.place = place
    self.change = change
    self.details = details
  }
}

/// What there is to say of an expectation.
package enum ExpectationAnswer: Sendable {
  /// It came out, and why.
  case present([Explanation])
  /// It did not come out, and why.
  case missing(Diagnosis)
}
