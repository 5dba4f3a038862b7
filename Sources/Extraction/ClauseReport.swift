internal import Annotations
internal import Segmentation

/// Words about the clauses of a sentence: what some words were read as, by which rows of the grammar, and what
/// another reading would have cost.
struct ClauseReport {
  /// What there is to say of another reading.
  struct Price {
    let text: String
    /// The row that would read the words, where a way reads them so.
    let row: ClauseGrammar.Row?
    /// How much more the sentence would cost; nil where no way is known.
    let more: Int?
    /// The pieces of the sentence when it is read so.
    let reading: String?
  }

  private let recorded: RecordedAnalysis
  private let sentence: SentenceSnapshot
  private let inspector: ClauseInspector
  /// The way that the chart took; nil where another one costs as little and has other pieces.
  let way: ClauseInspector.Way?
  private let cost: Int?

  init(_ recorded: RecordedAnalysis, _ sentence: SentenceSnapshot) {
    self.recorded = recorded
    self.sentence = sentence
    let knowledge = recorded.knowledge
    inspector = ClauseInspector(
      knowledge.clauseGrammar, model: knowledge.tagging, lexicon: knowledge.lexicon,
      classes: knowledge.classes)
    guard case .way(let way) = inspector.cheapest(sentence.tokens) else {
      self.way = nil
      cost = nil
      return
    }
    cost = way.cost
    self.way = way.pieces(of: sentence.tokens) == sentence.pieces ? way : nil
  }

  // MARK: Rows

  /// `V[verb.transitive] in sentence, predicate → taking, cost 0`: a row, or what a line stands for.
  static func describe(_ rows: [ClauseGrammar.Row]) -> String {
    guard let row = rows.first else { return "" }
    func list(_ names: [String]) -> String {
      var seen: [String] = []
      for name in names where !seen.contains(name) { seen.append(name) }
      return seen.joined(separator: " ")
    }
    let read = list(rows.map { $0.input.written })
    let from = list(rows.map { $0.from ?? "*" })
    return "\(read) in \(row.network), \(from) → \(row.to), cost \(row.cost)"
  }

  /// The row of a piece; several where the way does not say which of a line it was.
  func rows(of piece: ClausePiece) -> [ClauseGrammar.Row] {
    let words = self.words(of: piece.range)
    if let step = way?.steps.first(where: {
      $0.row.provenance == piece.provenance && $0.words.lowerBound == words?.lowerBound
    }) {
      return [step.row]
    }
    return recorded.clauseRows(piece.provenance)
  }

  /// `the object 14个培养基地 [clauses.grammar.tsv:10]`.
  func describe(_ piece: ClausePiece) -> String {
    "\(piece.part.rawValue) \(recorded.string(piece.range)) [\(recorded.place(piece.provenance))]"
  }

  /// The numbers of the words of a range, nil where it does not begin and end with words.
  func words(of range: TextRange) -> Range<Int>? {
    guard let first = sentence.tokens.firstIndex(where: { $0.range.start == range.start }),
      let last = sentence.tokens.firstIndex(where: { $0.range.end == range.end }), first <= last
    else { return nil }
    return first..<(last + 1)
  }

  /// The step that read a word.
  func step(ofWord number: Int) -> ClauseInspector.Step? {
    way?.steps.first { step in
      guard step.words == number..<(number + 1) else { return false }
      return switch step.row.input {
      case .word, .any: true
      case .network, .nothing, .end: false
      }
    }
  }

  // MARK: Readings

  /// All pieces of the sentence: `subject 教育局 | predicate 召开 | object 会议`.
  var reading: String { written(sentence.pieces) }

  private func written(_ pieces: [ClausePiece]) -> String {
    let pieces = pieces.filter { !$0.range.isEmpty && $0.part != .clause }.map {
      "\($0.part.rawValue) \(recorded.string($0.range))"
    }
    return pieces.isEmpty ? "no piece of a clause" : pieces.joined(separator: " | ")
  }

  /// What the grammar made of some words, as the end of "… was read as"; nil where it made no piece of them.
  func reading(of range: TextRange) -> String? {
    let pieces = sentence.pieces.filter { !$0.range.isEmpty && $0.range.overlaps(range) }
    let own = pieces.filter { $0.range == range }
    if !own.isEmpty {
      return own.map { "\($0.part.rawValue) [\(recorded.place($0.provenance))]" }
        .joined(separator: " and ")
    }
    if let around = pieces.filter({ $0.range.contains(range) }).min(by: {
      $0.range.count < $1.range.count
    }) {
      return "a part of the \(describe(around))"
    }
    if !pieces.isEmpty { return pieces.map { describe($0) }.joined(separator: " and ") }
    guard let words = words(of: range), let step = step(ofWord: words.lowerBound) else {
      return nil
    }
    return
      "no part of a clause (\(Self.describe([step.row])) [\(recorded.place(step.row.provenance))])"
  }

  /// What it would have cost to read some ranges as some parts.
  func price(_ wanted: [(parts: Set<ClausePart>, range: TextRange)]) -> Price? {
    let demands = wanted.compactMap { demand in
      words(of: demand.range).map { ClauseInspector.Demand(demand.parts, over: $0) }
    }
    guard demands.count == wanted.count, let cost else { return nil }
    switch inspector.cheapest(sentence.tokens, with: demands) {
    case .none:
      return Price(text: "no way of the grammar reads it so", row: nil, more: nil, reading: nil)
    case .unsure: return nil
    case .way(let way): return price(way, demands[demands.count - 1], cost, "")
    case .atMost(let way): return price(way, demands[demands.count - 1], cost, "at most ")
    }
  }

  private func price(
    _ way: ClauseInspector.Way, _ demand: ClauseInspector.Demand, _ cost: Int, _ bound: String
  ) -> Price {
    let more = way.cost - cost
    let step = way.steps.first { step in
      step.words.lowerBound == demand.words.lowerBound
        && step.row.parts.contains(where: demand.parts.contains)
    }
    return Price(
      text: more == 0
        ? "that reading costs the same, and the other one comes first"
        : "that reading costs \(bound)\(more) more",
      row: step?.row, more: more, reading: written(way.pieces(of: sentence.tokens)))
  }
}

extension ClauseGrammar.Input {
  /// As a file has it.
  var written: String {
    switch self {
    case .word(let test):
      test.asksTagOnly
        ? test.tag
        : test.tag + "["
          + (test.wanted.map { $0.written(isWanted: true) }
          + test.unwanted.map { $0.written(isWanted: false) }).joined(separator: "&") + "]"
    case .any: "*"
    case .network(let name): "(\(name))"
    case .nothing: "-"
    case .end: "end"
    }
  }
}

extension ClauseGrammar.WordTest.Property {
  /// As a file has it.
  func written(isWanted: Bool) -> String {
    switch self {
    case .category(let name): (isWanted ? "" : "!") + name
    case .feature(let name, let values):
      name + (isWanted ? "=" : "!=") + values.joined(separator: "/")
    }
  }
}

extension ClausePart {
  private static let writtenParts = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.rawValue.uppercased()) })

  /// As results are written: `SUBJECT`.
  package var written: String { Self.writtenParts[self] ?? rawValue }

  /// A part by how it is written as a result.
  package init?(written: String) {
    self.init(rawValue: written.lowercased())
    if self.written != written { return nil }
  }

  /// Whether a piece of it makes facts, or shares in one that does.
  var isOfPredicate: Bool {
    switch self {
    case .predicate, .attribute, .change, .resumed, .conjunct, .light, .amount, .relative: true
    default: false
    }
  }

  /// The parts that may fill a role of a fact.
  static func filling(_ role: String) -> Set<ClausePart> {
    switch role {
    case "subject":
      [.subject, .deed, .inner, .moved, .pivot, .agent, .attribute, .object, .relativeSubject]
    case "object":
      [
        .object, .light, .pivot, .amount, .target, .fronted, .subject, .inner, .moved,
        .relativeObject,
      ]
    case "time": [.time]
    case "place": [.place]
    case "recipient": [.recipient, .target, .object]
    case "source": [.source, .subject, .inner, .moved, .pivot]
    default: []
    }
  }
}

extension ClausePiece: Equatable {
  static func == (left: Self, right: Self) -> Bool {
    left.part == right.part && left.range == right.range && left.provenance == right.provenance
  }
}

extension RecordedAnalysis {
  /// The steps that a line of a grammar stands for; none for a line of another file.
  func clauseRows(_ provenance: Provenance) -> [ClauseGrammar.Row] {
    knowledge.clauseGrammar.rows.filter { $0.provenance == provenance }
  }
}
