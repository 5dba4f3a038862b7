package import Annotations

/// Why something came out: a statement, where the knowledge behind it stands, and what it rests on.
///
/// A tree whose leaves are rows of the knowledge or characters of the text.
package struct Explanation: Hashable, Sendable {
  /// What a statement speaks of.
  package enum Kind: String, Hashable, Sendable {
    /// A result of the record.
    case triple, mention, time, quantity
    /// A role of a triple: subject, relation, object, time, place, recipient, source, org.
    case role
    /// The status of a triple.
    case status
    /// A piece of a clause, with the row of the grammar that read it.
    case piece
    /// A rule, with what it made.
    case rule
    /// A capture of a rule.
    case capture
    /// An element of a pattern.
    case element
    /// A tagged word.
    case word
    /// A row of a lexicon or of the tags.
    case row
    /// Characters that are taken as they stand: digits, signs, a word of ICU's dictionary.
    case characters
    /// Another claim that did not stand beside this one.
    case overlap
  }

  /// What it speaks of.
  package let kind: Kind
  /// The statement.
  package let text: String
  /// `file:line` of the rule or row.
  package let place: String?
  /// The characters, in the document as it came.
  package let source: SourceRange?
  /// What it rests on.
  package var parts: [Explanation]

  /// A statement.
  package init(
    _ kind: Kind, _ text: String, place: String? = nil, source: SourceRange? = nil,
    parts: [Explanation] = []
  ) {
    self.kind = kind
    self.text = text
    self.place = place
    self.source = source
    self.parts = parts
  }

  /// All statements of the tree, this one first.
  package var all: [Explanation] { [self] + parts.flatMap(\.all) }
}
