internal import Annotations

/// A predicate whose object may still follow.
struct PendingPredicate {
  /// The predicate, and those that share its object.
  var relations: [TextRange]
  let part: ClausePart
  let provenance: Provenance
  var objects: [TextRange] = []
  var recipient: TextRange?
  var place: TextRange?
}

/// What sort of thing a predicate tells.
extension SentencePhrases {
  /// Whether a row of the lexicon has a predicate in one of some classes.
  func isWord(_ predicate: PendingPredicate, of classes: String...) -> Bool {
    predicate.relations.contains { relation in
      classes.contains { isWord(relation, of: $0) }
    }
  }

  func tellsOfExistence(_ predicate: PendingPredicate) -> Bool {
    isWord(predicate, of: "verb.existential", "verb.copula")
  }

  /// Whether a predicate tells nothing but how much its subject is.
  func isOfAmount(_ predicate: PendingPredicate) -> Bool {
    switch predicate.part {
    case .attribute, .change: true
    default: isWord(predicate, of: "verb.amount")
    }
  }

  /// Whether a predicate says how much its subject is, and neither its place in an order nor that it changed.
  func isSize(_ predicate: PendingPredicate) -> Bool {
    predicate.part == .attribute
      || predicate.part != .change && isWord(predicate, of: "verb.amount")
        && predicate.objects.contains { object in
          quantities.contains { object.contains($0.range) }
        }
  }

  /// Whether a predicate says how many there are, and not which share.
  func isNumber(_ predicate: PendingPredicate, _ objects: [TextRange?]) -> Bool {
    isWord(predicate, of: "verb.amount")
      && objects.allSatisfy { $0.map { isMeasure($0) && !isShare($0) } ?? false }
  }

  /// Whether a predicate tells nothing but what its subject of one word is like: in 展览内容丰富 and in 内容丰富 what is told
  /// next is of the exhibition.
  func isQuality(_ predicate: PendingPredicate, of discourse: Discourse) -> Bool {
    predicate.objects.isEmpty
      && discourse.subjects.allSatisfy { tokens(in: $0).count == 1 }
      && predicate.relations.allSatisfy { isQuality($0) }
  }
}
