internal import Annotations

/// A clause before 的 in a noun phrase: 位于 泉州 before 海外交通史博物馆.
struct RelativeClause {
  let predicate: ClausePiece
  let subject: TextRange?
  let object: TextRange?
  /// What stands behind 的.
  let head: TextRange
  /// The noun phrase that it stands in.
  let phrase: TextRange
  /// The place that is named, where what stands behind 的 was convened: 郑州 in 郑州举行的论坛.
  let venue: TextRange?
  /// What it says of itself: when, where, and whether it happens.
  let qualifiers: [ClausePiece]

  /// What the last of its qualifiers of one kind says; nil where it has none.
  func last(_ part: ClausePart) -> TextRange? { qualifiers.last { $0.part == part }?.range }
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
      let before = tokens(in: TextRange(phrase.start, piece.range.start)).last {
        tag($0) == .particle
      }
      // 有着百年历史的铁路: behind the verb a time belongs to the object, unless there is none (成立于1920年的大学).
      let whole = TextRange(
        before?.range.end ?? phrase.start, (object == nil ? particle.range : piece.range).start)
      let subject = hasSubject ? pieces[index - 1].range : nil
      let isAtVenue =
        object == nil && isWord(piece.range, of: .convening)
        && subject.map { isLocation($0) && !isAgent($0) } ?? false
      clauses.append(
        RelativeClause(
          predicate: piece, subject: isAtVenue ? nil : subject, object: object,
          head: TextRange(particle.range.end, phrase.end), phrase: phrase,
          venue: isAtVenue ? subject : nil,
          qualifiers: self.pieces.filter {
            $0.part.isQualifier && whole.contains($0.range)
          }))
    }
    return clauses
  }

  /// Whether a relative clause tells a fact: its head is a name (位于泉州的海外交通史博物馆), somebody who is named makes it, holds it
  /// or hands it out (华为研制的芯片, 由华为研制的芯片), or it was convened at a place that is named (郑州举行的论坛); not where a preposition
  /// leads to who is named (向华为提供的芯片).
  func isTold(_ clause: RelativeClause) -> Bool {
    if isName(clause.head) || clause.venue != nil { return true }
    guard clause.object == nil, let subject = clause.subject, isNamedActor(subject),
      let verb = tokens(in: clause.predicate.range).last, isWord(verb.range, of: .authoring)
    else { return false }
    // 在教育部举行的论坛上: the preposition is that of the whole.
    let isPlace =
      subject.start == clause.phrase.start
      && pieces.contains { $0.part == .place && $0.range == clause.phrase }
    return isPlace || isAgent(subject)
      || token(before: subject).map { tag($0) != .preposition } ?? true
  }

  /// Whether a preposition says of somebody that he acts (由华为研制的芯片, 由郑州市举行的论坛).
  private func isAgent(_ range: TextRange) -> Bool {
    token(before: range).map { isWord($0.range, of: .passive) || isWord($0.range, of: .agentive) }
      ?? false
  }

  /// The facts of a relative clause: of its subject, or of its head.
  func triples(of clause: RelativeClause, source: Slot?) -> [Triple] {
    let head = withoutLocalizer(clause.head)
    let object = clause.object ?? (clause.subject == nil ? nil : head)
    let objects: [TextRange?] = object.map { coordinated($0) } ?? [nil]
    let time = clause.last(.time)
    let place = clause.venue ?? clause.last(.place)
    let status = status(of: clause, time: time)
    let relation = withoutAdverb(clause.predicate.range)
    return coordinated(clause.subject ?? head).flatMap { actor in
      objects.map { acted in
        var triple = Triple(
          subject: Slot(range: actor), relation: Slot(range: relation),
          object: acted.map { Slot(range: $0) }, status: status,
          provenance: clause.predicate.provenance, sentence: sentence)
        triple.relationType = relationType(relation)
        triple.time = time.map { Slot(range: $0) }
        triple.place = place.map { Slot(range: $0) }
        triple.source = source
        return triple
      }
    }
  }

  /// Whether what a relative clause tells happens, as far as it says so itself: 尚未公布的条例, 将于明年举行的会议.
  private func status(of clause: RelativeClause, time: TextRange?) -> Status {
    var frame = ClauseFrame()
    var plan = GoverningPlan()
    for piece in clause.qualifiers {
      switch piece.part {
      case .negation: frame.isNegated.toggle()
      case .hypothesis: frame.isHypothesis = true
      case .plan, .command: plan.take(piece.range, isCommand: piece.part == .command)
      default: break
      }
    }
    let status = plan.status(in: frame, isConditional: false)
    let isToCome = time.map { self.isToCome($0) } ?? false
    return status == .asserted && isToCome ? .planned : status
  }
}
