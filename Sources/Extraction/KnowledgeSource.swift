/// A row of a lexicon that is not loaded, or that takes a word away.
package struct WithheldRow: Hashable, Sendable {
  /// Why it is not loaded.
  package enum Status: String, Hashable, Sendable {
    case off
    case block
  }

  /// The entry.
  package let entry: String
  /// The classes, as they are written.
  package let classes: String
  /// Why it is not loaded.
  package let status: Status
  /// The file, relative to the knowledge folder.
  package let file: String
  /// The line, from 1.
  package let line: Int

  /// A row.
  package init(entry: String, classes: String, status: Status, file: String, line: Int) {
    self.entry = entry
    self.classes = classes
    self.status = status
    self.file = file
    self.line = line
  }

  /// `file:line`.
  package var place: String { "\(file):\(line)" }
}

/// A small change of a knowledge folder.
package enum KnowledgeChange: Hashable, Sendable {
  /// Another status of a row.
  case status(String, file: String, line: Int)
  /// One more row, with some of its features.
  case row(entry: String, class: String, features: [String: String])
  /// A greater weight of a rule.
  case weight(Int, file: String, line: Int)
}

/// The files behind compiled knowledge, for those who ask what they hold back and what a change would
/// bring.
package struct KnowledgeSource: Sendable {
  /// The rows that are off or blocked.
  package let withheld: [WithheldRow]
  /// `file:line` of the row that gives a tag to words that no lexicon has, and to single characters.
  package let unknownWords: (word: String?, character: String?)
  /// The knowledge as a change would make it; nil when it has errors then.
  package let changed: @Sendable (KnowledgeChange) -> CompiledKnowledge?

  /// For who does not want changes to be tried: knows of nothing that is held back.
  package static let untried = KnowledgeSource(
    withheld: [], unknownWords: (nil, nil), changed: { _ in nil })

  /// The files of some knowledge.
  package init(
    withheld: [WithheldRow], unknownWords: (word: String?, character: String?),
    changed: @escaping @Sendable (KnowledgeChange) -> CompiledKnowledge?
  ) {
    self.withheld = withheld
    self.unknownWords = unknownWords
    self.changed = changed
  }
}
