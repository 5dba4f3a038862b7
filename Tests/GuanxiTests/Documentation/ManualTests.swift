import Annotations
import Extraction
import Foundation
import Knowledge
import Testing

/// The rules and tables that the manuals show: all blocks of a page are laid over the shipped knowledge, and
/// their examples have to hold.
struct ManualTests {
  /// What a fence says, and the ending of the file that its block would be.
  private static let endings: [Substring: String] = [
    "```rules": "rules", "```table": "table.tsv", "```lexicon": "tsv", "```costs": "costs.tsv",
    "```grammar": "grammar.tsv", "```relations": "relations.tsv",
  ]

  /// The blocks of a page whose fence names them: ```` ```rules ````, ```` ```table ````.
  private func blocks(_ page: String) throws -> [LexiconFile] {
    var files: [LexiconFile] = []
    var ending: String?
    var text = ""
    let lines = try Repository.text("Documentation/\(page).md")
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if let kind = ending {
        if line.hasPrefix("```") {
          files.append(LexiconFile(name: "\(page)-\(number + 1).\(kind)", text: text))
          ending = nil
        } else {
          text += line + "\n"
        }
      } else if let known = Self.endings[line] {
        ending = known
        text = ""
      }
    }
    return files
  }

  /// The grammar that the manual shows reads the sentence that it shows, by itself.
  @Test func grammarReads() throws {
    let files = try blocks("Grammar")
    #expect(files.count == 1)
    let words = "entry\tclass\n公司\tnoun\n工厂\tnoun\n建立\tverb.transitive\n。\tpunct\n"
    let costs = """
      class\tfeature\tvalue\ttag\tcost
      *\t\t\tN\t30
      ?\t\t\tS\t120
      noun\t\t\tN\t0
      org\t\t\tNR\t0
      verb\t\t\tV\t0
      punct\t\t\tS\t0

      """
    let others = [
      LexiconFile(name: "words.tsv", text: words),
      LexiconFile(name: "tags.costs.tsv", text: costs),
      LexiconFile(name: "names.tsv", text: "entry\tclass\n阿里\torg\n"),
    ]
    let loaded = try KnowledgeLoader.load(folder: nil, over: others + files)
    #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
    var session = ExtractionSession(try #require(loaded.knowledge))
    let analysis = session.analyze(Document(id: "manual", text: "公司建立工厂。"))
    let read = analysis.frames.map { "\($0.category) \(analysis.text.string($0.range))" }
    #expect(read == ["SUBJECT 公司", "PREDICATE 建立", "OBJECT 工厂", "CLAUSE 。"])
  }

  /// Every part of a clause stands in the manual with what becomes of it.
  @Test func partsOfClauses() throws {
    let manual = try Repository.text("Documentation/Grammar.md")
    for part in ClausePart.allCases where !manual.contains("`\(part.rawValue)`") {
      Issue.record("Documentation/Grammar.md does not have `\(part.rawValue)`")
    }
  }

  @Test(arguments: [("Rules", 5, 12), ("Tutorial", 5, 6), ("Lexicons", 6, 2)])
  func blocksHold(_ page: String, _ fewestBlocks: Int, _ fewestExamples: Int) throws {
    let files = try blocks(page)
    #expect(files.count >= fewestBlocks)
    let loaded = try KnowledgeLoader.load(
      folder: Repository.root + "/Lexicons/news", over: files)
    let names = Set(files.map(\.name))
    // What a manual shows may be a row that the lexicons have.
    for fault in loaded.diagnostics
    where names.contains(fault.file) && fault.kind != "duplicate-row" {
      Issue.record("\(fault)")
    }
    let knowledge = try #require(loaded.knowledge)
    let checked = ExampleCheck.run(knowledge, files: names)
    for fault in checked.diagnostics { Issue.record("\(fault)") }
    #expect(checked.count >= fewestExamples)
  }
}
