import Annotations
import Testing

/// Numbers with their measure words, and times, case by case.
struct ValueCaseTests {
  /// `共有⟦14个⟧基地 => 14 | 个 | = | count`; without marks the spans are not compared.
  @Test func numbers() throws {
    try CaseFile.run("numbers", atLeast: 60) { input in
      let marked = MarkedText(CaseFile.unescaped(input))
      let found = try Shared.recognize(marked.text, date: nil)
      let values = found.quantities.map { quantity in
        let measure =
          quantity.measure.map { found.text.string($0) } ?? (quantity.kind == .percent ? "%" : "-")
        return "\(quantity.magnitude.written) | \(measure) | \(quantity.modifier.rawValue) | "
          + quantity.kind.rawValue
      }
      return answer(values, spans: found.quantities.map { found.text.source($0.range) }, marked)
    }
  }

  /// `⟦去年⟧他来了 @ 2024-06-15 => 2023`; `value MOD` with TIMEX3's MOD, `?` for no value.
  @Test func times() throws {
    try CaseFile.run("times", atLeast: 60) { input in
      let parts = input.split(separator: "@", maxSplits: 1)
      let date = parts.count == 2 ? CalendarDate(parts[1].filter { $0 != " " }) : nil
      let marked = MarkedText(CaseFile.unescaped(String(parts[0].drop { $0 == " " }).trimmed))
      let found = try Shared.recognize(marked.text, date: date)
      let values = found.times.map { time in
        (time.value ?? "?") + (time.modifier.map { " " + $0 } ?? "")
      }
      return answer(values, spans: found.times.map { found.text.source($0.range) }, marked)
    }
  }

  private func answer(_ values: [String], spans: [SourceRange], _ marked: MarkedText) -> String {
    let list = values.isEmpty ? "none" : values.joined(separator: " ; ")
    let marks = spans.map { MarkedText.Mark(start: $0.start, end: $0.end, label: "") }
    guard !marked.marks.isEmpty, marks != marked.marks else { return list }
    return MarkedText.marking(marked.text, marks) + " => " + list
  }
}

extension String {
  /// Without spaces around it.
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
