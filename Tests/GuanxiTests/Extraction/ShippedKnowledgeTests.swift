import Annotations
import Corpora
import Extraction
import Foundation
import Knowledge
import Testing

/// The shipped lexicons and rules.
struct ShippedKnowledgeTests {
  /// All examples of all rules give what they say.
  @Test func examples() throws {
    let (diagnostics, count) = ExampleCheck.run(try Shared.knowledge())
    #expect(count > 400)
    for fault in diagnostics {
      Issue.record(
        "\(fault)",
        sourceLocation: SourceLocation(
          fileID: "Lexicons/\(fault.file)", filePath: Shared.folder + "/" + fault.file,
          line: max(1, fault.line), column: max(1, fault.column)))
    }
  }

  /// Each type of relations has a name of its own and an example, those that news state most often two.
  @Test func relationTypes() throws {
    let types = try Shared.knowledge().relations
    #expect(types.count >= 150)
    #expect(Set(types.map(\.title)).count == types.count)
    #expect(types.allSatisfy { !$0.examples.isEmpty && !$0.subject.isEmpty })
    #expect(types.count { $0.examples.count > 1 } >= 40)
  }

  /// What is said of an example whose fact is of another type.
  @Test func exampleOfAnotherType() throws {
    let name = "a.relations.tsv"
    let loaded = try KnowledgeLoader.load(
      folder: Shared.folder,
      over: [
        LexiconFile(
          name: name,
          text: """
            type\tname\tsubject\tobject\trecipient\texample\tfact
            a\t甲\tany\tany\t-\t该店出售二手手机。\t(该店, 出售, 二手手机)

            """)
      ])
    #expect(loaded.diagnostics.filter { $0.file == name }.map(\.kind) == ["unused-type"])
    let faults = ExampleCheck.run(try #require(loaded.knowledge), files: [name]).diagnostics
    #expect(
      faults.map(\.message) == [
        "type \"a\": the example gives (该店, 出售, 二手手机) of type \"sell\"; expected (该店, 出售, 二手手机)"
      ])
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
