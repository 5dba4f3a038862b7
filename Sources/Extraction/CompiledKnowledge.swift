package import Annotations
package import Reading
package import Recognition
package import Rules
package import Segmentation

/// Everything the engine knows, compiled: immutable and shared by all threads.
package struct CompiledKnowledge: Sendable {
  /// `sha256:` and the hash of the files it was made from.
  package let identity: String
  /// The names of the files, for provenance.
  package let files: KnowledgeFiles
  /// The names of the classes.
  package let classes: ClassTable
  /// The words.
  package let lexicon: Lexicon
  /// How texts are normalised.
  package let normalizer: Normalizer
  /// The numeral characters.
  package let numerals: NumeralTable
  /// The Chinese calendar.
  package let calendar: ChineseCalendar
  /// The lexicon as recognition asks it.
  package let vocabulary: Vocabulary
  /// How names are formed that no list holds.
  package let nameForms: NameForms
  /// For each class, whether its words are no edges: what only names are formed of, nothing asks for.
  package let isHidden: [Bool]
  /// The tags of words.
  package let tagging: TaggingModel
  /// How words make clauses.
  package let clauseGrammar: ClauseGrammar
  /// The types of relations.
  package let relations: [RelationType]
  /// The rules, stage by stage, in the order in which the stages are run.
  package let stages: [StageProgram]
  /// What names are made of.
  let names: NameVocabulary
  /// What is asked of the words of a clause.
  let phrases: PhraseVocabulary

  /// Puts compiled parts together.
  package init(
    identity: String, files: KnowledgeFiles, classes: ClassTable, lexicon: Lexicon,
    normalizer: Normalizer, numerals: NumeralTable, calendar: ChineseCalendar,
    vocabulary: Vocabulary, nameForms: NameForms, isHidden: [Bool],
    tagging: TaggingModel, clauseGrammar: ClauseGrammar, relations: [RelationType],
    stages: [StageProgram]
  ) {
    self.identity = identity
    self.files = files
    self.classes = classes
    self.lexicon = lexicon
    self.normalizer = normalizer
    self.numerals = numerals
    self.calendar = calendar
    self.vocabulary = vocabulary
    self.nameForms = nameForms
    self.isHidden = isHidden
    self.tagging = tagging
    self.clauseGrammar = clauseGrammar
    self.relations = relations
    self.stages = stages
    names = NameVocabulary(lexicon: lexicon, classes: classes)
    phrases = PhraseVocabulary(
      lexicon: lexicon, classes: classes, tagClasses: tagging.tagClasses)
  }
}
