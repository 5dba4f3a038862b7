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
    "```relations": "relations.tsv",
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
