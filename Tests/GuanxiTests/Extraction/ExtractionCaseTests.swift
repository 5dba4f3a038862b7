import Annotations
import Extraction
import Testing

/// Names and facts, case by case.
struct ExtractionCaseTests {
  /// `⟦阿里巴巴/ORG⟧收购⟦饿了么/ORG⟧`: exactly these names are found.
  @Test func names() throws {
    var session = ExtractionSession(try Shared.knowledge())
    try CaseFile.run("names", atLeast: 20) { input in
      let marked = MarkedText(CaseFile.unescaped(input))
      let analysis = session.analyze(Document(id: "case", text: marked.text))
      return MarkedText.marking(
        marked.text,
        analysis.mentions.map { mention in
          let place = analysis.text.source(mention.range)
          return MarkedText.Mark(
            start: place.start, end: place.end, label: mention.type.rawValue)
        })
    }
  }

  /// `昨天,和平区建立14个基地。 @ 2024-06-15 => (和平区, 建立, 14个基地; time 昨天)`: exactly these
  /// facts, in any order. Keys: time, place, recipient, source, org, and status when it is not asserted.
  @Test func triples() throws {
    var session = ExtractionSession(try Shared.knowledge())
    try CaseFile.run("triples", atLeast: 20, canonical: Self.sorted) { input in
      let parts = input.split(separator: "@", maxSplits: 1)
      let date = parts.count == 2 ? CalendarDate(parts[1].filter { $0 != " " }) : nil
      let text = CaseFile.unescaped(String(parts[0]).trimmed)
      let analysis = session.analyze(Document(id: "case", date: date, text: text))
      return analysis.facts.isEmpty ? "none" : analysis.facts.joined(separator: " ")
    }
  }

  /// `袭击造成18名士兵受伤。 => 18名 = 士兵`: what each quantity counts or measures, `-` for nothing.
  @Test func counted() throws {
    var session = ExtractionSession(try Shared.knowledge())
    try CaseFile.run("counted", atLeast: 20) { input in
      let analysis = session.analyze(Document(id: "case", text: CaseFile.unescaped(input)))
      let counted = analysis.quantities.map { quantity in
        analysis.text.string(quantity.range) + " = "
          + (quantity.counted.map { analysis.text.string($0) } ?? "-")
      }
      return counted.isEmpty ? "none" : counted.joined(separator: " ; ")
    }
  }

  private static func sorted(_ facts: String) -> String {
    facts.split(separator: ") (").map { part in
      part.filter { $0 != "(" && $0 != ")" }
    }.sorted().joined(separator: " / ")
  }
}

extension DocumentAnalysis {
  /// The facts in the form of the cases.
  var facts: [String] {
    triples.map { triple in
      func name(_ slot: Slot?) -> String { slot.map { text.string($0.range) } ?? "-" }
      let relation = triple.relationName ?? text.string(triple.relation.range)
      var fact = "(\(name(triple.subject)), \(relation), \(name(triple.object))"
      let keys = [
        ("time", triple.time), ("place", triple.place), ("recipient", triple.recipient),
        ("source", triple.source), ("org", triple.organization),
      ]
      for (key, slot) in keys where slot != nil { fact += "; \(key) \(name(slot))" }
      if triple.status != .asserted { fact += "; status \(triple.status.rawValue)" }
      return fact + ")"
    }
  }
}
