package import Annotations

/// The things of a document: which mentions and references name the same one.
package struct DocumentLinks: Sendable {
  /// A thing.
  package struct Entity: Sendable {
    /// What kind of thing it is.
    package let type: EntityType
    /// Its fullest name.
    package let name: String
    /// The region that the name was completed with, where the document writes it nowhere in full.
    package let completedWith: String?
    /// Other ways in which its mentions are written, in order.
    package var aliases: [String] = []
    /// The numbers of its mentions, in order.
    package var mentions: [Int] = []
    /// Where else the text refers to it, in order.
    package var references: [Reference] = []
  }

  /// A place that refers to a thing without naming it: 该局.
  package struct Reference: Sendable {
    /// The characters.
    package let range: TextRange
    /// The row that says what it refers to.
    package let provenance: Provenance
  }

  /// A short form or reference that may mean several things, and so was given to none.
  package struct Ambiguity: Sendable {
    /// Where it stands.
    package let range: TextRange
    /// What it may mean; of very many things the first ten.
    package let candidates: [String]
  }

  /// All mentions, in the order of the text: those of the analysis, and short names that only linking finds.
  package var mentions: [Mention] = []
  /// The things, in the order of their first mention.
  package var entities: [Entity] = []
  /// For each mention the number of its thing.
  package var numbers: [Int] = []
  /// What was not linked because it is ambiguous, in the order of the text.
  package var ambiguities: [Ambiguity] = []

  /// No things.
  package init() {}
}
