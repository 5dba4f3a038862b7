internal import Annotations
package import Extraction

/// Explanations for people, as an indented tree, and for programs, as JSON.
package enum ExplanationText {
  /// A line a statement, with the place of its rule or row in brackets. What was told before is not told
  /// again.
  package static func tree(_ explanations: [Explanation]) -> String {
    var told: Set<Explanation> = []
    var text = ""
    for explanation in explanations { write(explanation, 0, &told, &text) }
    return text
  }

  private static func write(
    _ explanation: Explanation, _ depth: Int, _ told: inout Set<Explanation>, _ text: inout String
  ) {
    text += String(repeating: "  ", count: depth) + explanation.text
    if let place = explanation.place { text += "  [\(place)]" }
    if explanation.kind == .rule, !told.insert(explanation).inserted {
      text += ", as above\n"
      return
    }
    text += "\n"
    for part in explanation.parts { write(part, depth + 1, &told, &text) }
  }

  /// The cause, what is wrong, what would change it, and what else is known.
  package static func text(_ diagnosis: Diagnosis) -> String {
    var text = "\(diagnosis.cause.rawValue): \(diagnosis.sentence)\n"
    if let change = diagnosis.change {
      text +=
        "  change: \(change.text)"
        + (change.isTried ? " (tried: the result comes out)\n" : " (tried: that is not enough)\n")
    }
    for detail in diagnosis.details { text += "  \(detail)\n" }
    return text
  }

  /// An object a line: `kind`, `text`, `place`, `start`, `end`, `parts`.
  package static func json(_ explanation: Explanation) -> [UInt8] {
    line { write(explanation, to: &$0) }
  }

  /// An object a line: `cause`, `text`, `place`, `change`, `tried`, `details`.
  package static func json(_ diagnosis: Diagnosis) -> [UInt8] {
    line { writer in
      writer.field("cause", diagnosis.cause.rawValue)
      writer.field("text", diagnosis.sentence)
      writer.optional("place", diagnosis.place)
      if let change = diagnosis.change {
        writer.field("change", change.text)
        writer.field("tried", change.isTried)
      }
      writer.array("details", diagnosis.details) { $0.element($1) }
    }
  }

  /// One object, and the end of its line.
  private static func line(_ fields: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { fields(&$0) }
    writer.newline()
    return writer.bytes
  }

  private static func write(_ explanation: Explanation, to writer: inout JSONWriter) {
    writer.field("kind", explanation.kind.rawValue)
    writer.field("text", explanation.text)
    writer.optional("place", explanation.place)
    if let source = explanation.source {
      writer.field("start", source.start)
      writer.field("end", source.end)
    }
    guard !explanation.parts.isEmpty else { return }
    writer.array("parts", explanation.parts) { writer, part in
      writer.object { write(part, to: &$0) }
    }
  }
}
