import Annotations
import Extraction
import Foundation
import Testing

/// What the words of a sentence are read as, case by case.
struct ClauseCaseTests {
  /// `⟦公司/SUBJECT⟧⟦建立/PREDICATE⟧⟦工厂/OBJECT⟧。`: exactly these pieces, a piece in a piece inside its marks.
  @Test func clauses() throws {
    var session = ExtractionSession(try Shared.knowledge())
    try CaseFile.run("clauses", atLeast: 40) { input in
      let text = Self.plain(CaseFile.unescaped(input))
      let analysis = session.analyze(Document(id: "case", text: text))
      return Self.marking(
        text,
        analysis.frames.filter {
          ClausePart(written: $0.category) != nil && !$0.range.isEmpty && $0.category != "CLAUSE"
        }.map { frame in
          let place = analysis.text.source(frame.range)
          return MarkedText.Mark(start: place.start, end: place.end, label: frame.category)
        })
    }
  }

  private static func plain(_ marked: String) -> String {
    marked.replacingOccurrences(of: "⟦", with: "").replacingOccurrences(
      of: "/[A-Z-]+⟧", with: "", options: .regularExpression)
  }

  /// A text with marks put in, those inside others as well.
  private static func marking(_ text: String, _ marks: [MarkedText.Mark]) -> String {
    let marks = marks.enumerated().sorted {
      ($0.element.start, -$0.element.end, $0.offset) < (
        $1.element.start, -$1.element.end, $1.offset
      )
    }.map(\.element)
    var result = ""
    var open: [MarkedText.Mark] = []
    func close(_ position: Int) {
      while let last = open.last, last.end <= position {
        result += "/\(last.label)⟧"
        open.removeLast()
      }
    }
    let scalars = Array(text.unicodeScalars)
    for position in 0...scalars.count {
      close(position)
      for mark in marks where mark.start == position {
        result += "⟦"
        open.append(mark)
      }
      if position < scalars.count { result.unicodeScalars.append(scalars[position]) }
    }
    return result
  }
}
