package import Annotations

/// A result held against the gold, document by document.
///
///     let card = Scorecard(gold: documents, found: records)
///     card.figures[.facts].f1   // 0.39
package struct Scorecard: Sendable {
  /// The documents in the order of the gold.
  package let documents: [DocumentScore]
  /// The counts of all of them.
  package let figures: Figures
  /// The ids of documents that the gold has and the result has not.
  package let unanswered: [String]
  /// The ids of documents that the result has and the gold has not, sorted.
  package let unasked: [String]

  /// Scores the records of a result, by id.
  package init(gold: [GoldDocument], found: [String: Record]) {
    documents = gold.map { DocumentScore($0, found[$0.id]) }
    figures = documents.reduce(into: Figures()) { $0 += $1.figures }
    unanswered = documents.filter { !$0.isAnswered }.map(\.gold.id)
    let asked = Set(gold.map(\.id))
    unasked = found.keys.filter { !asked.contains($0) }.sorted()
  }

  /// The documents, those whose facts are worst first, then those whose names are.
  package var worstFirst: [DocumentScore] {
    func order(_ score: DocumentScore) -> (Double, Double) {
      func f1(_ tally: Tally) -> Double { tally.isPerfect ? 1 : tally.f1 }
      return (f1(score.figures[.facts]), f1(score.figures[.names]))
    }
    return documents.enumerated()
      .sorted { left, right in
        let (one, other) = (order(left.element), order(right.element))
        return one != other ? one < other : left.offset < right.offset
      }.map(\.element)
  }
}
