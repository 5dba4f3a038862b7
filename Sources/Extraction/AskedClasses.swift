internal import Recognition

extension ExtractionSession {
  /// The first of the stages that see tags.
  package static let taggedStage = "facts"

  /// The classes that the engine makes edges of, without a row and without a rule.
  package static let engineClasses = [
    "word", "quantity", "quantity.predicative", "quantity.verbal", "amount", "time-expression",
    "time-expression.length", "retracted", "ABBREVIATION",
  ]

  /// The classes that the engine itself asks for; of classes with their first names all may be meant.
  package static let askedClasses =
    Vocabulary.askedClasses + NameVocabulary.askedClasses
    + ["cue.plan", "noun.head", "quantity", "verb.copula", "word"]
}
