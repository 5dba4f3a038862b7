package import Annotations

/// `+ text => expectation` or `- text`: what a rule has to make of a text.
package struct RuleExample: Hashable, Sendable {
  /// Whether the rule has to match the text.
  package let positive: Bool
  /// The text.
  package let text: String
  /// What has to come out; nil when it is enough that the rule matches.
  package let expectation: String?
  /// Where it stands.
  package let place: RulePlace
  /// The row of a table whose example it is; nil for a rule's own.
  package var row: Provenance?

  /// An example as it stands behind its sign.
  init(positive: Bool, written: some StringProtocol, place: RulePlace, row: Provenance? = nil) {
    let written = Substring(written)
    var text = written
    var expectation: Substring?
    var start = written.startIndex
    while start < written.endIndex {
      if written[start...].hasPrefix("=>") {
        text = written[..<start]
        expectation = written[start...].dropFirst(2)
        break
      }
      start = written.index(after: start)
    }
    self.positive = positive
    self.text = Self.trimmed(text)
    self.expectation = expectation.map(Self.trimmed)
    self.place = place
    self.row = row
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
