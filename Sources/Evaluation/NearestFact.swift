internal import Annotations

/// What came nearest to a fact that has no partner.
package enum NearestFact: Hashable, Sendable {
  /// A fact of the other side. `differing` are the roles that do not agree enough; none where another fact has
  /// taken it. `partner` is the number of the fact, on this side, that it is the pair of.
  case fact(number: Int, differing: [FactRole], partner: Int?)
  /// No fact of the other side has this predicate in the sentence; `isEmpty` where it has no fact there at all.
  case none(isEmpty: Bool)
}

extension DocumentScore {
  /// For every gold fact that was missed what the result has nearest to it, in the order of ``FactPairing/missed``.
  ///
  /// Near is what agrees in two roles, or has the predicate in the same sentence.
  package func nearestToMissed() -> [NearestFact] {
    let sentences = FactSentences(gold.text)
    let partners = Dictionary(uniqueKeysWithValues: facts.pairs.map { ($0.found, $0.gold) })
    let spans = found.triples.map { SourceRange($0.sentenceStart, $0.sentenceEnd) }
    return facts.missed.map { number in
      let own = sentences.sentence(of: gold.facts[number])
      return Self.nearest(
        to: goldFacts[number], among: foundFacts,
        inSentence: spans.map { own?.overlaps($0) ?? false }, partners)
    }
  }

  /// For every wrong fact of the result what the gold has nearest to it, in the order of ``FactPairing/extra``.
  package func nearestToExtra() -> [NearestFact] {
    let sentences = FactSentences(gold.text)
    let partners = Dictionary(uniqueKeysWithValues: facts.pairs.map { ($0.gold, $0.found) })
    let spans = gold.facts.map { sentences.sentence(of: $0) }
    return facts.extra.map { number in
      let triple = found.triples[number]
      let own = SourceRange(triple.sentenceStart, triple.sentenceEnd)
      return Self.nearest(
        to: foundFacts[number], among: goldFacts,
        inSentence: spans.map { $0?.overlaps(own) ?? false }, partners)
    }
  }

  private static func nearest(
    to fact: FactText, among others: [FactText], inSentence: [Bool], _ partners: [Int: Int]
  ) -> NearestFact {
    var best: (rank: (Int, Int, Double), number: Int, differing: [FactRole])?
    for (number, other) in others.enumerated() {
      let agreements = fact.agreements(with: other)
      let differing = FactRole.allCases.enumerated()
        .filter { agreements[$0.offset] < SlotText.enough }.map(\.element)
      let isHere = inSentence[number]
      let isNear =
        if differing.contains(.relation) {
          // Two facts without an object agree in it, which says little.
          differing.count == 1 && (isHere || !fact.object.isEmpty)
        } else {
          differing.count < 2 || isHere
        }
      guard isNear else { continue }
      let rank = (-differing.count, partners[number] == nil ? 1 : 0, agreements.reduce(0, +))
      if best.map({ rank > $0.rank }) ?? true { best = (rank, number, differing) }
    }
    guard let best else { return .none(isEmpty: !inSentence.contains(true)) }
    return .fact(
      number: best.number, differing: best.differing, partner: partners[best.number])
  }
}
