internal import Annotations
internal import Rules
internal import Segmentation

/// A sentence as the last stages read it: its tagged words and the parts of its clauses. An object, since each list of
/// things in it holds it.
final class SentencePhrases {
  let sentence: TextRange
  let text: NormalizedText
  let tokens: [TaggedToken]
  let tags: [ClassID]
  let classes: ClassTable
  let lexicon: Lexicon
  let pieces: [ClausePiece]
  let times: [TimeExpression]
  let quantities: [Quantity]
  /// What relations are called, by the row that read their predicate, where not as they are written.
  let relationNames: [Provenance: String]
  let mentions: [Edge]
  let types: [ClassID: EntityType]

  init(
    sentence: TextRange, text: NormalizedText, tokens: [TaggedToken], tags: [ClassID],
    classes: ClassTable, lexicon: Lexicon, pieces: [ClausePiece], times: [TimeExpression],
    quantities: [Quantity],
    relationNames: [Provenance: String], mentions: [Edge], types: [ClassID: EntityType]
  ) {
    self.sentence = sentence
    self.text = text
    self.tokens = tokens
    self.tags = tags
    self.classes = classes
    self.lexicon = lexicon
    self.pieces = pieces
    self.times = times
    self.quantities = quantities
    self.relationNames = relationNames
    self.mentions = mentions
    self.types = types
  }

  /// The name of a token's tag.
  func tag(_ token: TaggedToken) -> String { classes.name(tags[token.tag]) }

  /// The index of the first token that begins at or after a position.
  /// - Complexity: O(log n).
  func firstToken(from position: Int) -> Int {
    tokens.partitioningIndex { $0.range.start >= position }
  }

  /// The tokens inside a range.
  func tokens(in range: TextRange) -> ArraySlice<TaggedToken> {
    let first = firstToken(from: range.start)
    var last = first
    while last < tokens.count, tokens[last].range.end <= range.end { last += 1 }
    return tokens[first..<last]
  }

  /// A feature of a token's lexicon row.
  func feature(_ name: String, of token: TaggedToken) -> String? {
    guard case .sense(let sense) = token.payload else { return nil }
    return lexicon.feature(name, of: lexicon.senses[Int(sense)])
  }

  /// Whether any sense of a token's word is of a class.
  func isWord(_ range: TextRange, of className: String) -> Bool {
    guard let wanted = classes.find(className) else { return false }
    let senses = lexicon.senses(in: text.characters, range)
    for sense in senses.startIndex..<senses.endIndex
    where classes.isA(senses[sense].category, wanted) { return true }
    return false
  }

  /// Whether a range is a length of time that begins with its number (3个月), or comes again and again (每年): it is of one
  /// clause, where a day, or 未来三年, is of all that follow.
  func isLength(_ range: TextRange) -> Bool {
    guard let time = times.first(where: { $0.range == range }), time.value?.first == "P" else {
      return false
    }
    let first = TextRange(range.start, range.start + 1)
    return (0x30...0x39).contains(text.characters[range.start]) || isWord(first, of: "numeral")
      || isWord(first, of: "temporal.every")
  }

  /// Whether a word is a verb that is used as a noun as well: 发电, 采购.
  func isUsedAsNoun(_ range: TextRange) -> Bool {
    lexicon.senses(in: text.characters, range).contains {
      lexicon.feature("noun", of: $0).map { $0 != "never" } ?? false
    }
  }

  /// The type of a relation: of its last word that has one.
  func relationType(_ relation: TextRange) -> String? {
    tokens(in: relation).reversed().lazy.compactMap { self.feature("type", of: $0) }.first
  }

  /// The class of a rule's result.
  func category(_ match: RuleMatch) -> String { classes.name(match.category) }
}
