package import Annotations
package import Reading

/// A word with its grammatical tag, as the dump shows it.
package struct Token: Hashable, Sendable {
  /// The characters.
  package let range: TextRange
  /// The tag's name.
  package let tag: String
}

/// All layers of one document, as the stages made them.
package struct DocumentAnalysis: Sendable {
  /// The normalised text with its origins.
  package let text: NormalizedText
  /// What was read differently than it is written.
  package let repairs: [Repair]
  /// The sentences.
  package var sentences: [TextRange] = []
  /// The tagged words.
  package var tokens: [Token] = []
  /// Names.
  package var mentions: [Mention] = []
  /// Names inside of these, the outer ones first, each with the characters of the mention that it is in.
  package var nested: [(mention: Mention, within: TextRange)] = []
  /// Places that stand as a part of a word: 中 and 美 in 中美.
  package var abbreviations: [Mention] = []
  /// Times.
  package var times: [TimeExpression] = []
  /// Quantities.
  package var quantities: [Quantity] = []
  /// Every typed value, nested ones too, where they are asked for.
  package var values: [TypedValue]?
  /// Phrases and clause parts, as the rules found them.
  package var frames: [Frame] = []
  /// What rules took back: what it was, and the rule that did so.
  package var retractions: [Frame] = []
  /// Facts.
  package var triples: [Triple] = []
  /// Which names and references mean the same thing.
  package var links = DocumentLinks()
  /// Where a limit ended the analysis, nil where it went to the end of the text.
  package var end: AnalysisEnd?

  /// An analysis in which nothing has been found yet.
  package init(text: NormalizedText, repairs: [Repair]) {
    self.text = text
    self.repairs = repairs
  }
}

/// A part of a clause that a rule found, as the dump shows it.
package struct Frame: Hashable, Sendable {
  /// The characters.
  package let range: TextRange
  /// Its class.
  package let category: String
  /// The rule.
  package let provenance: Provenance
}
