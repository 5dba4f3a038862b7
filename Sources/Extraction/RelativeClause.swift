internal import Annotations

/// A clause before 的 in a noun phrase: 位于 泉州 before 海外交通史博物馆.
struct RelativeClause {
  let predicate: ClausePiece
  let subject: TextRange?
  let object: TextRange?
  /// What stands behind 的.
  let head: TextRange
}

extension SentencePhrases {
  /// The clauses before 的 in a noun phrase, of the pieces that stand in it.
  func relativeClauses(_ pieces: [ClausePiece], in phrase: TextRange) -> [RelativeClause] {
    var clauses: [RelativeClause] = []
    for (index, piece) in pieces.enumerated()
    where piece.part == .relative && phrase.contains(piece.range) {
      let next = index + 1 < pieces.count ? pieces[index + 1] : nil
      let object = next?.part == .relativeObject ? next?.range : nil
      let end = (object ?? piece.range).end
      guard
        let particle = tokens(in: TextRange(end, phrase.end)).first(where: {
          tag($0) == .particle
        }),
        particle.range.end < phrase.end
      else { continue }
      let hasSubject = index > 0 && pieces[index - 1].part == .relativeSubject
      clauses.append(
        RelativeClause(
          predicate: piece, subject: hasSubject ? pieces[index - 1].range : nil, object: object,
          head: TextRange(particle.range.end, phrase.end)))
    }
    return clauses
  }

  /// The facts of a relative clause: of its subject, or of its head.
  func triples(of clause: RelativeClause, source: Slot?) -> [Triple] {
    let object = clause.object ?? (clause.subject == nil ? nil : clause.head)
    let objects: [TextRange?] = object.map { coordinated($0) } ?? [nil]
    return coordinated(clause.subject ?? clause.head).flatMap { actor in
      objects.map { acted in
        var triple = Triple(
          subject: Slot(range: actor), relation: Slot(range: clause.predicate.range),
          object: acted.map { Slot(range: $0) }, provenance: clause.predicate.provenance,
          sentence: sentence)
        triple.relationType = relationType(clause.predicate.range)
        triple.source = source
        return triple
      }
    }
  }
}
