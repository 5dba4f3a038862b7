internal import Annotations
internal import Segmentation

/// A piece of a clause: the words of one step, or of the network that it read.
struct ClausePiece {
  let part: ClausePart
  let range: TextRange
  /// The row of the step.
  let provenance: Provenance

  /// Whether it says something of a noun phrase and not of the clause: 由中方 and 在上海 in 由中方在上海举办的会议.
  func isModifier(of pieces: [ClausePiece]) -> Bool {
    guard part.isQualifier else { return false }
    return pieces.contains {
      $0.part.isNominal && $0.range.contains(range) && $0.range != range
    }
  }
}

/// Reads the tagged words of a sentence as clauses: the cheapest way through the networks of a ``ClauseGrammar``.
///
/// What a network reads from a position is found once, for whoever asks for it. Reused from sentence to sentence; copies
/// share their buffers, so one thread uses them.
/// - Complexity: O(words × reach × steps): no called network reads more than ``reach`` words.
struct ClauseChart {
  /// The number of words that a called network reads at most.
  static let reach = 60

  private let grammar: ClauseGrammar
  private var conditions: WordConditions
  private let search: ClauseSearch
  private var symbols: [Int32] = []
  private var pieces: [ClausePiece] = []
  /// The nodes that are still to be written down, the next one last.
  private var way: [ClauseSearch.Node] = []
  /// The reading of the last sentence.
  private var whole: ClauseSearch.Reading?
  private var isWeighed = false
  /// How many ways to states were kept, in all sentences.
  private(set) var steps = 0

  init(_ grammar: ClauseGrammar, model: TaggingModel, lexicon: Lexicon, classes: ClassTable) {
    self.grammar = grammar
    conditions = WordConditions(grammar, model: model, lexicon: lexicon, classes: classes)
    search = ClauseSearch(grammar)
  }

  /// The pieces of the sentence, in order.
  mutating func pieces(of tokens: [TaggedToken]) -> [ClausePiece] {
    pieces.removeAll(keepingCapacity: true)
    whole = nil
    isWeighed = false
    guard !grammar.isEmpty, !tokens.isEmpty else { return [] }
    symbols.removeAll(keepingCapacity: true)
    for token in tokens { symbols.append(Int32(conditions.symbol(of: token))) }
    let found = search.read(symbols, conditions)
    steps += found.steps
    whole = found.whole
    if let whole { collect(whole, from: 0, tokens) }
    return pieces
  }

  /// What the sentence whose pieces were asked for last would cost more in another reading of some of its words, those at
  /// the beginning of each range: the least of them; nil where it has no reading.
  ///
  /// The first time it is asked for it weighs all readings; see ``ClauseMargins``.
  mutating func margin(of ranges: some Sequence<TextRange>, in tokens: [TaggedToken]) -> Int? {
    guard let whole else { return nil }
    if !isWeighed { search.weigh(whole) }
    isWeighed = true
    let margins = ranges.compactMap { range in
      let word = tokens.partitioningIndex { $0.range.start > range.start } - 1
      return word < 0 ? nil : search.margin(ofWord: word, cost: whole.cost)
    }
    return margins.min().map { Int($0) }
  }

  /// Writes down the pieces of a reading.
  private mutating func collect(
    _ reading: ClauseSearch.Reading, from start: Int, _ tokens: [TaggedToken]
  ) {
    var position = start
    let first = way.count
    search.appendWay(of: reading, to: &way)
    while way.count > first {
      let node = way.removeLast()
      let row = grammar.pieceRows[Int(node.row)]
      var end = position
      if node.child >= 0 {
        let child = search.reading(Int(node.child))
        end = Int(child.end)
        collect(child, from: position, tokens)
      } else if row.readsWord {
        end = position + 1
      }
      pieces.add(row, reading: position..<end, of: tokens)
      position = end
    }
  }
}

extension [ClausePiece] {
  /// Adds what a step makes of the words that it reads: a piece for each of its parts, or more of the last one where
  /// the step continues it. A step that reads nothing stands behind the word before.
  mutating func add(
    _ row: ClauseGrammar.PieceRow, reading words: Range<Int>, of tokens: [TaggedToken]
  ) {
    guard !row.parts.isEmpty else { return }
    let behind = tokens[Swift.max(words.lowerBound - 1, 0)].range.end
    let range =
      words.isEmpty
      ? TextRange(behind, behind)
      : TextRange(tokens[words.lowerBound].range.start, tokens[words.upperBound - 1].range.end)
    for part in row.parts {
      if row.joins, let last = lastIndex(where: { $0.part == part }),
        self[last].range.end == range.start || last == endIndex - 1
      {
        self[last] = ClausePiece(
          part: part, range: self[last].range.union(range), provenance: self[last].provenance)
      } else {
        append(ClausePiece(part: part, range: range, provenance: row.provenance))
      }
    }
  }
}
