import Annotations
import Corpora
import Extraction
import Foundation
import Testing

/// The shipped lexicons and rules.
struct ShippedKnowledgeTests {
  /// All examples of all rules give what they say.
  @Test func examples() throws {
    let (diagnostics, count) = ExampleCheck.run(try Shared.knowledge())
    #expect(count > 20)
    for fault in diagnostics {
      Issue.record(
        "\(fault)",
        sourceLocation: SourceLocation(
          fileID: "Lexicons/\(fault.file)", filePath: Shared.folder + "/" + fault.file,
          line: max(1, fault.line), column: max(1, fault.column)))
    }
  }

  /// The article that the project began with; only where it lies beside the checkout.
  @Test(.enabled(if: Repository.shared != nil, "there is no ../shared beside the checkout"))
  func seedArticle() throws {
    let knowledge = try Shared.knowledge()
    let text = try String(
      contentsOfFile: (Repository.shared ?? "") + "/data/seed-article.txt", encoding: .utf8)
    let document = Document(id: "seed", date: CalendarDate("2021-06-15"), text: text)
    var session = ExtractionSession(knowledge)
    let analysis = session.analyze(document)
    for unit in OffsetUnit.allCases {
      let record = RecordBuilder(knowledge, unit: unit, icu: "test").record(of: document, analysis)
      #expect(Verification.faults(in: record, text: text).isEmpty)
    }
    let told = facts(analysis)
    // Its clean twin: in simplified script, without readings, and with the bytes in step.
    let twin = Document(
      id: "twin", date: document.date,
      text: analysis.text.string(TextRange(0, analysis.text.count)))
    #expect(!twin.text.contains("\u{FFFD}"))
    #expect(facts(session.analyze(twin)) == told)
    let facts = Set(told)
    for fact in SeedArticle.facts {
      let isKnownFailure = SeedArticle.knownFailures.contains(fact)
      #expect(
        facts.contains(fact) != isKnownFailure,
        isKnownFailure
          ? "now found, no longer a known failure: \(fact)" : "the article says: \(fact)")
    }
  }

  private func facts(_ analysis: DocumentAnalysis) -> [String] {
    analysis.triples.map { triple in
      func name(_ slot: Slot?) -> String { slot.map { analysis.text.string($0.range) } ?? "-" }
      return "\(name(triple.subject)) \(triple.relationName ?? name(triple.relation)) "
        + name(triple.object)
    }
  }
}
