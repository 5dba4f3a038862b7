import Annotations
import Corpora
import Extraction
import Foundation
import Knowledge
import Testing

/// Why results come out, and why they do not.
struct WhyTests {
  private struct Unreadable: Error {}

  /// Case by case: the cause of an absent result, and what the answer names.
  @Test func causes() throws {
    let folder = NSTemporaryDirectory() + "/guanxi-why-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: Shared.folder, toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(
      atPath: Repository.root + "/Tests/Cases/why/withheld.tsv", toPath: folder + "/withheld.tsv")
    let knowledge = try #require(KnowledgeLoader.load(folder: folder).knowledge)
    let source = KnowledgeSource(folder: folder)
    let cases = try CaseFile.cases(of: "why")
    let expectations = Dictionary(uniqueKeysWithValues: cases.map { ($0.input, $0.expected) })
    for cause in [
      "row-missing", "row-off", "row-blocked", "overlap-lost", "reading-lost", "element-failed",
    ] {
      #expect(cases.count { $0.expected.hasPrefix(cause) } >= 5, "cases of \(cause) are missing")
    }
    try CaseFile.run(cases, "why", atLeast: 25) { input in
      let parts = input.components(separatedBy: " ? ")
      guard parts.count == 2 else { throw Unreadable() }
      let document = Document(id: "case", date: CalendarDate("2024-06-15"), text: parts[0])
      let expectation = try ExpectedResult(parts[1], knowledge)
      let recorded = RecordedAnalysis(document, knowledge)
      let answer = try Diagnostician(expectation, recorded, source).answer()
      guard case .missing(let diagnosis) = answer else { return "it is there" }
      let text = ExplanationText.text(diagnosis)
      let wanted = expectations[input]?.components(separatedBy: " & ") ?? []
      let holds = text.hasPrefix((wanted.first ?? "?") + ":") && wanted.allSatisfy(text.contains)
      return holds ? expectations[input] ?? "" : text
    }
  }

  /// Every result of the sample articles rests on rules or rows, to the last leaf.
  @Test func sampleArticles() throws {
    let knowledge = try Shared.knowledge()
    let source = KnowledgeSource(folder: Shared.folder)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root + "/Corpora/news"
    ).sorted()
    var count = 0
    for name in names {
      let document = Document(
        id: name, date: CalendarDate("2024-06-15"),
        text: try Repository.text("Corpora/news/" + name))
      let recorded = RecordedAnalysis(document, knowledge)
      for explanation in ResultExplainer(recorded, source).all() {
        count += 1
        let title = "\(name): \(explanation.text)"
        let all = explanation.all
        #expect(explanation.parts.count > 0, "\(title) is not explained")
        if [.triple, .mention].contains(explanation.kind) {
          #expect(
            all.contains { [.rule, .piece].contains($0.kind) && $0.place != nil },
            "\(title) has no rule")
          #expect(
            all.contains { $0.kind == .row && $0.place != nil }
              || all.contains { $0.kind == .characters }, "\(title) has no row")
        }
        for leaf in all where leaf.parts.isEmpty {
          let isEnd =
            leaf.kind == .row && leaf.place != nil
            || [.characters, .overlap].contains(leaf.kind)
            || leaf.kind == .status && leaf.text == "status asserted"
          #expect(isEnd, "\(title) ends in \(leaf.kind.rawValue) \(leaf.text)")
        }
      }
    }
    #expect(count > 300)
  }

  /// What is there is explained, with the places of its rule and rows.
  @Test func present() throws {
    let knowledge = try Shared.knowledge()
    let document = Document(
      id: "case", date: CalendarDate("2021-03-15"), text: "去年,和平区建立14个培养基地。")
    let recorded = RecordedAnalysis(document, knowledge)
    let source = KnowledgeSource(folder: Shared.folder)
    for (written, parts) in [
      (
        "(和平区, 建立, 14个培养基地)",
        [
          "predicate 建立: V", "subject 和平区: (topic)", "object 14个培养基地: (thing)",
          "time 去年: T in adverbial", "clauses.grammar.tsv:", "predicates.tsv:",
        ]
      ),
      ("（和平区，建立，14个 培养基地）", ["predicate 建立"]),
      ("LOC(和平区)", ["names.rules:", "places-china-north.tsv:"]),
      ("TIME(去年)", ["times.tsv:"]), ("QUANTITY(14个)", ["measures.tsv:"]),
      ("OBJECT(14个培养基地)", ["clauses.grammar.tsv:"]),
    ] {
      let expectation = try ExpectedResult(written, knowledge)
      let answer = try Diagnostician(expectation, recorded, source).answer()
      guard case .present(let explanations) = answer else {
        Issue.record("\(written) is said to be missing")
        continue
      }
      let text = ExplanationText.tree(explanations)
      for part in parts { #expect(text.contains(part), "\(written) lacks \(part):\n\(text)") }
    }
  }

  /// What other clauses gave, and what set the status, is told with its piece.
  @Test func rolesOfOtherClauses() throws {
    let knowledge = try Shared.knowledge()
    let source = KnowledgeSource(folder: Shared.folder)
    for (text, written, parts) in [
      (
        "公司召开会议，并计划建立工厂。", "(公司, 建立, 工厂)",
        ["subject 公司, carried over from an earlier clause", "status planned", "plan 计划"]
      ),
      (
        "世界卫生组织表示，疫情没有结束。", "(疫情, 结束, -)",
        ["source 世界卫生组织", "status negated", "negation 没有"]
      ),
      ("嫌疑人被警方逮捕。", "(警方, 逮捕, 嫌疑人)", ["subject 警方", "agent 警方", "subject 嫌疑人"]),
      ("公司研发了芯片和软件。", "(公司, 研发, 软件)", ["object 软件", "object 芯片和软件"]),
      ("俄罗斯总统普京访问中国。", "(普京, 任职, 总统)", ["facts.rules:", "status asserted"]),
    ] {
      let recorded = RecordedAnalysis(Document(id: "case", text: text), knowledge)
      let expectation = try ExpectedResult(written, knowledge)
      let answer = try Diagnostician(expectation, recorded, source).answer()
      guard case .present(let explanations) = answer else {
        Issue.record("\(written) is said to be missing")
        continue
      }
      let tree = ExplanationText.tree(explanations)
      for part in parts { #expect(tree.contains(part), "\(written) lacks \(part):\n\(tree)") }
    }
  }

  @Test(arguments: ["", "和平区", "(和平区, 建立)", "(和平区, -, 基地)", "(, 建立, 基地)", "FOO(和平区)", "LOC()"])
  func malformed(_ written: String) throws {
    let knowledge = try Shared.knowledge()
    do {
      _ = try ExpectedResult(written, knowledge)
      Issue.record("\(written) was read")
    } catch let error as ExpectedResult.Malformed {
      #expect(error.description.contains("expected CLASS(text) or (subject, relation, object)"))
    }
  }

  /// Loaded and chosen, loaded and lost, and not loaded.
  @Test func words() throws {
    let knowledge = try Shared.knowledge()
    let source = KnowledgeSource(folder: Shared.folder)
    let document = Document(id: "case", text: "和平区教育局建立14个培养基地。")
    let recorded = RecordedAnalysis(document, knowledge)
    for (word, parts) in [
      ("建立", ["word 建立: loaded", "predicates.tsv:", "chosen as a word of its clause, tagged V"]),
      ("和平区", ["word 和平区: loaded", "lost to ORG(和平区教育局)", "organizations.rules:"]),
      ("立14", ["word 立14: not loaded: no row has it", "lost to "]),
      (
        "共有", ["word 共有: loaded, but no word of the path", "blocked as word.split", "blocked.tsv:"]
      ),
    ] {
      let text = ExplanationText.tree([
        WordExplainer(knowledge, source).explain(word, in: recorded)
      ])
      for part in parts { #expect(text.contains(part), "\(word) lacks \(part):\n\(text)") }
    }
  }
}
