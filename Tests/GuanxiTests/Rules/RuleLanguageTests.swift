import Annotations
import Extraction
import Foundation
import Knowledge
import Testing

/// What the language of rules and tables means: small folders whose examples have to hold.
struct RuleLanguageTests {
  @Test func language() throws {
    let blocks = try Block.blocks(of: "language")
    try CaseFile.run(Block.cases(blocks), "language", atLeast: 25) { number in
      let folder = NSTemporaryDirectory() + "/guanxi-language-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      for file in blocks[Int(number) ?? 0].files {
        try Data(file.text.utf8).write(to: URL(fileURLWithPath: folder + "/" + file.name))
      }
      let loaded = try KnowledgeLoader.load(folder: folder)
      var faults = loaded.diagnostics
      if let knowledge = loaded.knowledge { faults += ExampleCheck.run(knowledge).diagnostics }
      let found = faults.map { fault in
        "\(fault.file):\(fault.line):\(fault.column) \(fault.kind)"
          + (fault.severity == .warning ? " warning" : "")
      }
      return found.isEmpty ? "none" : found.joined(separator: " ; ")
    }
  }
}
