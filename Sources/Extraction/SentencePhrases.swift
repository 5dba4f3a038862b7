internal import Annotations
internal import Rules
internal import Segmentation

/// A sentence as the last stages read it: its tagged words and the parts of its clauses. An object, since each list of
/// things in it holds it.
final class SentencePhrases {
  let sentence: TextRange
  let text: NormalizedText
  /// The day of the document.
  let day: CalendarDate?
  let tokens: [TaggedToken]
  let vocabulary: PhraseVocabulary
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
    sentence: TextRange, text: NormalizedText, day: CalendarDate?, tokens: [TaggedToken],
    vocabulary: PhraseVocabulary, classes: ClassTable, lexicon: Lexicon, pieces: [ClausePiece],
    times: [TimeExpression],
    quantities: [Quantity],
    relationNames: [Provenance: String], mentions: [Edge], types: [ClassID: EntityType]
  ) {
    self.sentence = sentence
    self.text = text
    self.day = day
    self.tokens = tokens
    self.vocabulary = vocabulary
    self.classes = classes
    self.lexicon = lexicon
    self.pieces = pieces
    self.times = times
    self.quantities = quantities
    self.relationNames = relationNames
    self.mentions = mentions
    self.types = types
  }

  /// A token's tag.
  func tag(_ token: TaggedToken) -> TagSet { vocabulary.tag(token) }

  /// Whether nothing but a sign stands behind a range.
  func isLast(_ range: TextRange) -> Bool { range.end + 1 >= sentence.end }

  /// Whether a comma stands behind a range, or nothing but a sign.
  func endsClause(_ range: TextRange) -> Bool {
    isLast(range) || text.characters[range.end] == 0x2C
  }

  /// The index of the first token that begins at or after a position.
  /// - Complexity: O(log n).
  func firstToken(from position: Int) -> Int {
    tokens.partitioningIndex { $0.range.start >= position }
  }

  /// The token that ends where a range begins; nil where none does.
  /// - Complexity: O(log n).
  func token(before range: TextRange) -> TaggedToken? {
    let place = firstToken(from: range.start)
    guard place > 0, tokens[place - 1].range.end == range.start else { return nil }
    return tokens[place - 1]
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

  /// Whether any sense of the word over a range is of one of some kinds.
  func isWord(_ range: TextRange, of wanted: WordKinds) -> Bool {
    !kinds(of: range).isDisjoint(with: wanted)
  }

  /// The kinds of the word over a range; none where it is no word.
  func kinds(of range: TextRange) -> WordKinds {
    vocabulary.kinds(in: text.characters, range)
  }

  /// Whether a word is a verb that is used as a noun as well: 发电, 采购.
  func isUsedAsNoun(_ range: TextRange) -> Bool {
    lexicon.senses(in: text.characters, range).contains {
      lexicon.feature("noun", of: $0).map { $0 != "never" } ?? false
    }
  }

  /// Whether a phrase is with whom something is done: it stands behind a preposition for that (与, 同).
  func isPartner(_ range: TextRange) -> Bool {
    guard let preposition = token(before: range) else { return false }
    return lexicon.senses(in: text.characters, preposition.range).contains {
      lexicon.feature("role", of: $0) == "partner"
    }
  }

  /// What a relation of a predicate is called where not as it is written: by the row that read it, or by what is measured,
  /// with the verb unless that only links both (产量增长; 利率 of 利率为2%).
  func name(
    of relation: TextRange, in predicate: PendingPredicate, measure: TextRange?
  ) -> String? {
    guard let measure else { return relationNames[predicate.provenance] }
    return text.string(measure) + (predicate.isWord(of: .copula) ? "" : text.string(relation))
  }

  /// The type of a relation: of its last word that has one. A verb inside a word with its object or its adverb (提起 in
  /// 提起公诉, 发展 in 蓬勃发展) has the type of that word, or else its own.
  func relationType(_ relation: TextRange) -> String? {
    for token in tokens(in: relation).reversed() {
      if let type = feature("type", of: token) { return type }
    }
    let place = tokens.partitioningIndex { $0.range.end > relation.start }
    guard place < tokens.count, tokens[place].range.contains(relation) else { return nil }
    return feature("type", of: tokens[place])
      ?? lexicon.senses(in: text.characters, relation).lazy.compactMap {
        self.lexicon.feature("type", of: $0)
      }.first
  }

  /// A predicate without the object that its last word holds, and that object: 提起 and 公诉 of 提起公诉.
  func verbAndObject(of predicate: TextRange) -> (verb: TextRange, object: TextRange?) {
    guard let word = tokens(in: predicate).last, word.range.end == predicate.end,
      let object = feature("object", of: word)
    else { return (predicate, nil) }
    let border = predicate.end - object.unicodeScalars.count
    return (TextRange(predicate.start, border), TextRange(border, predicate.end))
  }

  /// A predicate without the adverb that its first word holds: 发展 of 蓬勃发展.
  func withoutAdverb(_ predicate: TextRange) -> TextRange {
    guard let word = tokens(in: predicate).first, word.range.start == predicate.start,
      let adverb = lexicon.senses(in: text.characters, word.range).lazy.compactMap({
        self.lexicon.feature("adverb", of: $0)
      }).first
    else { return predicate }
    return TextRange(predicate.start + adverb.unicodeScalars.count, predicate.end)
  }

  /// The class of a rule's result.
  func category(_ match: RuleMatch) -> String { classes.name(match.category) }
}
