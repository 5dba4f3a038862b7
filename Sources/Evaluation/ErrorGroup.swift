/// Errors of one kind: what the gold has and the result has not, what the result has and the gold has not, or
/// values that are wrong.
package struct ErrorGroup: Sendable {
  /// Which side it is missing on.
  package enum Side: String, Sendable {
    case missed
    case extra = "false"
    case wrong
  }

  /// One error.
  package struct Item: Sendable {
    /// The document.
    package let id: String
    /// The name, the value, or the fact.
    package let text: String
    /// The rule that gave it, of a false hit.
    package var rule: String?
    /// The cause in two or three words, by which errors are counted: `object differs`.
    package let cause: String
    /// What is known of it, a sentence each.
    package var details: [String]
  }

  package let side: Side
  /// `triples`, `ORG`, `times.value`.
  package let name: String
  /// How many there are.
  package let count: Int
  /// How many there are of each cause, the most frequent first.
  package let causes: [(cause: String, count: Int)]
  /// The first of them, in the order of the gold.
  package internal(set) var items: [Item]

  /// Counts errors and keeps the first of them.
  init(_ side: Side, _ name: String, _ items: [Item], keeping limit: Int) {
    self.side = side
    self.name = name
    count = items.count
    causes = Dictionary(items.map { ($0.cause, 1) }, uniquingKeysWith: +)
      .map { (cause: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.cause) < ($0.count, $1.cause) }
    self.items = Array(items.prefix(limit))
  }
}
