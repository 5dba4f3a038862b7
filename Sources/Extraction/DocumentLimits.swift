package import Annotations

/// How much of a document is analysed at most. What was found up to there is its result, and the record says where
/// it ends. The same document ends at the same place everywhere: no clock is asked.
package struct DocumentLimits: Sendable {
  /// Characters of the source; nil for any number.
  package var characters: Int?
  /// Steps: edges of the graph, steps of patterns and ways through the grammar of clauses; nil for any number.
  package var steps: Int?

  /// Limits; without any a document is analysed to its end.
  package init(characters: Int? = nil, steps: Int? = nil) {
    self.characters = characters
    self.steps = steps
  }

  /// The limit that a sentence would go beyond which ends at the character `end`, after so many steps; nil for none.
  func exceeded(end: Int, steps done: Int) -> AnalysisEnd.Reason? {
    if let characters, end > characters { return .characters(characters) }
    if let steps, done > steps { return .steps(steps) }
    return nil
  }
}

/// Where and why the analysis of a document ended before the end of its text.
package struct AnalysisEnd: Sendable {
  /// The limit that was reached.
  package enum Reason: Sendable {
    case characters(Int)
    case steps(Int)
  }

  /// The limit that was reached.
  package let reason: Reason
  /// What was not analysed.
  package let rest: TextRange

  /// The kind of the diagnostic that says so.
  package static let kind = "limit"

  /// What it says.
  var message: String {
    let limit =
      switch reason {
      case .characters(let count): "\(count) characters"
      case .steps(let count): "\(count) steps"
      }
    return "the limit of \(limit) a document ends the analysis here; the rest was not read"
  }
}
