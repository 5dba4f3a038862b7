import Annotations
import Extraction
import Testing

/// Times with all their readings, case by case.
struct TimeValueCaseTests {
  /// `三点半 @ 2023-06-14T10:30 => 三点半 | T03:30 / T15:30`: the spans of the times and their readings, the
  /// likeliest first; at most four of them are written.
  @Test func readings() throws {
    try CaseFile.run("time-values", atLeast: 60) { input in
      let sign = try #require(input.lastIndex(of: "@"), "\(input) names no day")
      let text = CaseFile.unescaped(String(input[..<sign]).trimmed)
      let moment = String(input[input.index(after: sign)...]).trimmed
      let date = try #require(CalendarDate(moment), "\(moment) is no day")
      let clock = moment.split(separator: "T").dropFirst().first?.split(separator: ":")
        .compactMap { Int($0) }
      var session = ExtractionSession(try Shared.knowledge(), collectsValues: true)
      let analysis = session.analyze(
        Document(
          id: "test", date: date, clock: clock.map { $0[0] * 3600 + $0[1] * 60 }, text: text))
      let scalars = Array(text.unicodeScalars)
      let times = (analysis.values ?? []).filter { $0.value.kind == .time }
      let written = times.map { time in
        let span = analysis.text.source(time.range)
        let readings = ([time.value] + time.alternatives).prefix(4).map(\.writtenTime)
        return String(String.UnicodeScalarView(scalars[span.start..<span.end])) + " | "
          + readings.joined(separator: " / ")
      }
      return written.isEmpty ? "none" : written.joined(separator: " ; ")
    }
  }
}

extension TypedValue.Reading {
  /// The reading of a time as cases write it.
  fileprivate var writtenTime: String {
    var text = isRange ? "\(low ?? "")..\(high ?? "")" : timex ?? "?"
    if isSet { text += " set" }
    if let calendar { text += " " + calendar }
    if let mod { text += " " + mod }
    return text
  }
}
