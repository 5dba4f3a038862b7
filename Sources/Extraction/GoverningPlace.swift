internal import Annotations

/// Where what a sentence tells happens: where its clause says so, else where the last place that a comma sets off does
/// (在广西，当地建起工厂，带动就业).
struct GoverningPlace {
  private var ofClause: TextRange?
  private var ofSentence: TextRange?

  /// The place of what a predicate tells; who goes somewhere (在港口，列车启程，驶往邻国) leaves the place of the sentence.
  func range(of predicate: PendingPredicate) -> TextRange? {
    ofClause ?? (predicate.isWord(of: .motion) && !predicate.objects.isEmpty ? nil : ofSentence)
  }

  /// Whether the clause names where something was done (在深圳装船).
  func isNamed(for predicate: PendingPredicate, in phrases: SentencePhrases) -> Bool {
    guard let ofClause, phrases.holdsLocation(ofClause) else { return false }
    return !predicate.relations.contains { phrases.isQuality($0) }
  }

  /// Takes a place; `isOpening` says that nothing is told before it.
  mutating func take(_ place: TextRange, isOpening: Bool, in phrases: SentencePhrases) {
    ofClause = place
    if isOpening, phrases.isSetOff(place), phrases.holdsLocation(place) { ofSentence = place }
  }

  /// Takes a place for what the clause tells where it has no other.
  mutating func take(otherwise place: TextRange) { ofClause = ofClause ?? place }

  mutating func endClause() { ofClause = nil }
}
