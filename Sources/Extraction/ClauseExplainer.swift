internal import Annotations
internal import Segmentation

/// Facts of clauses → the pieces that they were made of, each with its row of the grammar, its words and their rows.
struct ClauseExplainer {
  private let recorded: RecordedAnalysis
  private let results: ResultExplainer

  init(_ recorded: RecordedAnalysis, _ results: ResultExplainer) {
    self.recorded = recorded
    self.results = results
  }

  /// What a fact rests on; nil for one that no clause made.
  func parts(of triple: Triple) -> [Explanation]? {
    guard let number = recorded.sentences.firstIndex(where: { $0.sentence == triple.sentence }),
      let predicate = predicate(of: triple, recorded.sentences[number])
    else { return nil }
    let sentence = recorded.sentences[number]
    let report = ClauseReport(recorded, sentence)
    var parts = [piece(sentence.pieces[predicate], sentence, report)]
    if sentence.pieces[predicate].range != triple.relation.range {
      parts += slot(
        "relation", triple.relation, from: { $0.isOfPredicate }, near: predicate, number, report)
    }
    let roles = [
      ("subject", triple.subject), ("object", triple.object), ("time", triple.time),
      ("place", triple.place), ("recipient", triple.recipient), ("source", triple.source),
    ]
    for (role, own) in roles {
      guard let own else { continue }
      let filling = ClausePart.filling(role)
      parts += slot(role, own, from: filling.contains, near: predicate, number, report)
    }
    parts.append(status(of: triple, near: predicate, sentence, report))
    return parts
  }

  /// The piece of a fact's predicate: the last one of its row that begins no later than the relation.
  private func predicate(of triple: Triple, _ sentence: SentenceSnapshot) -> Int? {
    sentence.pieces.lastIndex { piece in
      piece.provenance == triple.provenance && piece.part.isOfPredicate
        && piece.range.start <= triple.relation.range.start
    }
  }

  // MARK: Roles

  /// A role with the pieces that gave it: those of the predicate's own sentence, of an earlier one, or of the next that names who
  /// said a quotation.
  private func slot(
    _ role: String, _ slot: Slot, from fills: (ClausePart) -> Bool, near predicate: Int,
    _ number: Int, _ report: ClauseReport
  ) -> [Explanation] {
    let text = recorded.string(slot.range)
    for index in (0...number).reversed() + (number + 1..<recorded.sentences.count) {
      let sentence = recorded.sentences[index]
      guard sentence.sentence.contains(slot.range) else { continue }
      let near = index == number ? predicate : sentence.pieces.count
      var givers = givers(of: slot.range, near, sentence.pieces, fills)
      if givers.isEmpty {
        givers = self.givers(of: slot.range, near, sentence.pieces) { _ in true }
      }
      let report = index == number ? report : ClauseReport(recorded, sentence)
      let explained = givers.map { piece($0, sentence, report) }
      if !slot.carried, givers.count == 1, givers[0].range == slot.range,
        givers[0].part.rawValue == role
      {
        return explained
      }
      var title = "\(role) \(text)"
      if slot.carried {
        title += ", carried over from an earlier " + (index == number ? "clause" : "sentence")
      } else if index > number {
        title += ", named behind the quotation"
      }
      return [
        results.make(
          .role, title, slot.range,
          parts: explained.isEmpty ? words(in: slot.range, sentence, report) : explained)
      ]
    }
    return [results.make(.role, "\(role) \(text)", slot.range)]
  }

  /// The pieces that hold a range, else those inside it: of several of one place the nearest to the predicate.
  private func givers(
    of range: TextRange, _ predicate: Int, _ pieces: [ClausePiece], _ fills: (ClausePart) -> Bool
  ) -> [ClausePiece] {
    let all = pieces.indices.filter { fills(pieces[$0].part) && !pieces[$0].range.isEmpty }
    let holding = all.filter { pieces[$0].range.contains(range) }
    // The smallest piece is the one that says most.
    if let least = holding.map({ pieces[$0].range.count }).min() {
      let least = holding.filter { pieces[$0].range.count == least }
      let nearest = least.last { $0 <= predicate } ?? least.first
      return nearest.map { [pieces[$0]] } ?? []
    }
    return all.filter { range.contains(pieces[$0].range) }.map { pieces[$0] }
  }

  /// The status, with the piece or the time that set it.
  private func status(
    of triple: Triple, near predicate: Int, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> Explanation {
    let cues: [Status: [ClausePart]] = [
      .negated: [.negation], .planned: [.plan, .command], .hypothetical: [.hypothesis, .condition],
    ]
    let giver = sentence.pieces.prefix(predicate + 2).last {
      cues[triple.status]?.contains($0.part) ?? false
    }
    let title = "status \(triple.status.rawValue)"
    // What begins behind the day of the document is planned without a word for it.
    if giver == nil, triple.status == .planned, let range = triple.time?.range,
      let time = recorded.analysis.times.first(where: { $0.range == range })
    {
      return results.make(.status, "\(title), by its time", parts: [results.explain(time)])
    }
    return results.make(
      .status, title, parts: giver.map { [piece($0, sentence, report)] } ?? [])
  }

  // MARK: Pieces

  /// A piece: its row, and its words.
  func piece(_ piece: ClausePiece, _ sentence: SentenceSnapshot, _ report: ClauseReport)
    -> Explanation
  {
    results.make(
      .piece,
      "\(piece.part.rawValue) \(recorded.string(piece.range)): "
        + ClauseReport.describe(report.rows(of: piece)),
      piece.range, place: recorded.place(piece.provenance),
      parts: words(in: piece.range, sentence, report))
  }

  private func words(
    in range: TextRange, _ sentence: SentenceSnapshot, _ report: ClauseReport
  ) -> [Explanation] {
    sentence.tokens.indices.filter { range.overlaps(sentence.tokens[$0].range) }.map { number in
      let token = sentence.tokens[number]
      let step = report.step(ofWord: number)
      var title = "word \(recorded.string(token.range)) tagged \(recorded.tag(token))"
      var place: String?
      if let step, case .word(let test) = step.row.input {
        if test.tag != recorded.tag(token) { title += ", read as \(test.tag)" }
        // The row of a piece of one word is told with the piece.
        if step.row.parts.isEmpty {
          title += ": \(step.row.network), \(step.row.from ?? "*") → \(step.row.to)"
          title += ", cost \(step.cost)"
          place = recorded.place(step.row.provenance)
        } else if step.cost != step.row.cost {
          title += ", which costs \(step.cost - step.row.cost)"
        }
      }
      return results.make(
        .word, title, token.range, place: place,
        parts: results.rows(of: token, step.flatMap { test(of: $0) }, sentence))
    }
  }

  private func test(of step: ClauseInspector.Step) -> ClauseGrammar.WordTest? {
    if case .word(let test) = step.row.input { return test }
    return nil
  }
}
