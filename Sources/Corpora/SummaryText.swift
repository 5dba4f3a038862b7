/// A ``RunSummary`` for people and for programs.
package struct SummaryText {
  /// So many kinds of a thing stand in the text; the JSON has all.
  private static let shown = 12

  private let summary: RunSummary
  private let failures: [ListedFailure]
  private let seconds: Double

  /// The texts of a summary with the failures that are listed; `seconds` is what this run took, not counting those
  /// that it resumes.
  package init(_ summary: RunSummary, failures: [ListedFailure], seconds: Double) {
    self.summary = summary
    self.failures = failures
    self.seconds = seconds
  }

  /// Lines of a name and what is counted under it.
  package var text: String {
    var lines = [
      row("documents", "\(summary.documents)"),
      row("characters", "\(summary.characters)"),
      row("bytes of text", "\(summary.bytes)"),
      row("not read", "\(summary.failures)"),
      row("ended by a limit", "\(summary.limited)"),
      row("facts left out", "\(summary.ambiguous)"),
      row("times", "\(summary.times)"),
      row("quantities", "\(summary.quantities)"),
    ]
    for (name, counts) in groups {
      lines.append(row(name, "\(counts.reduce(0) { $0 + $1.count })"))
      for (kind, count) in counts.prefix(Self.shown) { lines.append(row("  " + kind, "\(count)")) }
      let more = counts.dropFirst(Self.shown)
      if !more.isEmpty {
        lines.append(row("  \(more.count) more", "\(more.reduce(0) { $0 + $1.count })"))
      }
    }
    lines.append(row("seconds", FigureText.decimal(seconds, places: 1)))
    for (stage, time) in stages {
      lines.append(row("  " + stage, FigureText.decimal(time, places: 1)))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One object, its keys always the same and in the same order.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("documents", summary.documents)
      json.field("characters", summary.characters)
      json.field("bytes", summary.bytes)
      json.field("failures", summary.failures)
      json.field("faults", summary.faults)
      json.field("limited", summary.limited)
      json.field("ambiguous", summary.ambiguous)
      json.field("times", summary.times)
      json.field("quantities", summary.quantities)
      for (name, counts) in groups {
        json.object(name) { json in
          for (kind, count) in counts { json.field(kind, count) }
        }
      }
      json.number("seconds", seconds)
      json.object("stages") { json in
        for (stage, time) in stages { json.number(stage, time) }
      }
      json.array("failed", failures) { json, failure in
        json.object {
          $0.field("place", failure.place)
          $0.field("message", failure.message)
        }
      }
    }
    json.newline()
    return json.bytes
  }

  /// What is counted by name, the most frequent first.
  private var groups: [(String, [(kind: String, count: Int)])] {
    [
      ("names", summary.mentions), ("facts", summary.facts), ("repairs", summary.repairs),
      ("diagnostics", summary.diagnostics),
    ].map { name, counts in
      (name, counts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) })
    }
  }

  private var stages: [(String, Double)] {
    let times = summary.nanoseconds
    return [
      ("reading", times.reading), ("analysis", times.analysis), ("views", times.views),
      ("writing", times.writing),
    ].map { ($0, Double($1) / 1e9) }
  }

  private func row(_ name: String, _ figure: String) -> String {
    let room = 34 - name.count - figure.count
    return name + String(repeating: " ", count: max(1, room)) + figure
  }
}
