internal import Annotations
internal import Rules
internal import Segmentation

/// A sentence as the last stages read it: its tagged words and the parts of its clauses.
struct SentencePhrases {
  let sentence: TextRange
  let text: NormalizedText
  let tokens: [TaggedToken]
  let tags: [ClassID]
  let classes: ClassTable
  let lexicon: Lexicon
  let pieces: [ClausePiece]
  let quantities: [Quantity]
  /// What relations are called, by the row that read their predicate, where not as they are written.
  let relationNames: [Provenance: String]
  let mentions: [Edge]
  let types: [ClassID: EntityType]

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
    let word = Array(text.characters[range.start..<range.end])
    return lexicon.senses(of: word).contains { classes.isA($0.category, wanted) }
  }

  /// Whether a word is a verb that is used as a noun as well: 发电, 采购.
  func isUsedAsNoun(_ range: TextRange) -> Bool {
    let word = Array(text.characters[range.start..<range.end])
    return lexicon.senses(of: word).contains {
      lexicon.feature("noun", of: $0).map { $0 != "never" } ?? false
    }
  }

  /// The type of a relation: of its last word that has one.
  func relationType(_ relation: TextRange) -> String? {
    tokens(in: relation).reversed().lazy.compactMap { feature("type", of: $0) }.first
  }

  /// The class of a rule's result.
  func category(_ match: RuleMatch) -> String { classes.name(match.category) }
}
