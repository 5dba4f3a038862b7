import Annotations
import Extraction
import Knowledge
import Testing

/// Faulty grammars, block by block: what is reported, and where. Beside each lies a small lexicon with the tags `N`,
/// `V` and `S`.
struct ClauseGrammarFaultTests {
  private static let others = [
    LexiconFile(
      name: "words.tsv",
      text: "entry\tclass\ttype\n"
        + ["公司", "工厂", "学校", "医院", "商店", "银行", "会议", "市长"].map { "\($0)\tnoun\t\n" }.joined()
        + "建立\tverb\testablish\n主持\tverb\t\n。\tpunct\t\n"),
    LexiconFile(
      name: "tags.costs.tsv",
      text:
        "class\tfeature\tvalue\ttag\tcost\n*\t\t\tN\t30\n?\t\t\tS\t120\nnoun\t\t\tN\t0\nverb\t\t\tV\t0\npunct\t\t\tS\t0\n"
    ),
  ]

  @Test func faults() throws {
    let blocks = try Block.blocks(of: "grammars")
    try CaseFile.run(Block.cases(blocks), "grammars", atLeast: 20) { number in
      let files = blocks[Int(number) ?? 0].files
      let loaded = try KnowledgeLoader.load(
        folder: nil, over: Self.others + files.map { LexiconFile(name: $0.name, text: $0.text) })
      let found = loaded.diagnostics.filter { fault in
        files.contains { $0.name == fault.file }
      }.map { fault in
        #expect(fault.message.count > 20, "a message says what to do")
        return "\(fault.file):\(fault.line) \(fault.kind)"
          + (fault.severity == .warning ? " warning" : "")
      }
      // What is not refused ends, whatever the words.
      if let knowledge = loaded.knowledge {
        var session = ExtractionSession(knowledge)
        _ = session.analyze(Document(id: "case", text: "公司建立公司，公司。建立建立公司公司。"))
      }
      return found.isEmpty ? "none" : found.joined(separator: " ; ")
    }
  }

  /// As many networks as a set holds are read, the next one is refused where it begins. Each calls the next one.
  @Test(arguments: [ClauseGrammar.mostNetworks, ClauseGrammar.mostNetworks + 1])
  func networks(count: Int) throws {
    let rows = (0..<count).map { number in
      let next = number + 1 < count ? "(n\(number + 1))" : "N"
      return "n\(number)\ta\t\(next)\tb\t0\t\nn\(number)\tb\tend\t\t0\t\n"
    }
    let text = "network\tfrom\ton\tto\tcost\tpart\n" + rows.joined()
    let loaded = try KnowledgeLoader.load(
      folder: nil, over: Self.others + [LexiconFile(name: "g.grammar.tsv", text: text)])
    let found = loaded.diagnostics.filter { $0.file == "g.grammar.tsv" }
      .map { "\($0.line) \($0.kind)" }
    let isTooMany = count > ClauseGrammar.mostNetworks
    #expect(found == (isTooMany ? ["\(2 * count) too-many-networks"] : []))
    #expect((loaded.knowledge == nil) == isTooMany)
  }
}
