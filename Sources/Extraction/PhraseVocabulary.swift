internal import Annotations
internal import Segmentation

/// What the last stages ask of the knowledge, found once.
struct PhraseVocabulary: Sendable {
  private let lexicon: Lexicon
  private let senses: SenseTable
  /// For each class, which kinds its words are of.
  private let kinds: [WordKinds]
  /// For each tag of the tagged path, which one it is.
  private let tags: [TagSet]

  init(lexicon: Lexicon, classes: ClassTable, tagClasses: [ClassID]) {
    self.lexicon = lexicon
    senses = lexicon.senses
    kinds = classes.kinds(WordKinds.classNames.map { ($0.kind, [$0.name]) })
    tags = tagClasses.map { TagSet.named(classes.name($0)) }
  }

  /// Which tag a token has.
  func tag(_ token: TaggedToken) -> TagSet { tags[token.tag] }

  /// The kinds of all senses of the word that is exactly the characters of a range; none where it is no word.
  func kinds(in text: [UInt32], _ range: TextRange) -> WordKinds {
    var found: WordKinds = []
    for sense in lexicon.senseNumbers(in: text, range) {
      found.formUnion(kinds[senses[sense].category.index])
    }
    return found
  }
}
