import Annotations
import Foundation
import Knowledge
import Testing

/// Faulty lexicons, block by block: what is reported, and where. All files lie in one folder, since
/// all faults of a folder are reported in one run.
struct KnowledgeFaultTests {
  @Test func faults() throws {
    let blocks = try Block.blocks(of: "lexicons")
    let folder = NSTemporaryDirectory() + "/guanxi-faults-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for block in blocks {
      for file in block.files {
        let text = CaseFile.unescaped(file.text)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + file.name))
      }
    }
    let loaded = try KnowledgeLoader.load(folder: folder)
    #expect(loaded.knowledge == nil, "what has errors is not loaded, not even in part")
    let places = loaded.diagnostics.map { ($0.file, $0.line, $0.column) }
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "faults are in order")
    try CaseFile.run(Block.cases(blocks), "lexicons", atLeast: 20) { number in
      let names = blocks[Int(number) ?? 0].files.map(\.name)
      // The same row stands in many of these files; each block is about its own.
      let found = loaded.diagnostics.filter { fault in
        names.contains(fault.file)
          && (fault.kind != "duplicate-row" || names.contains(where: fault.message.hasPrefix))
      }.map { fault in
        "\(fault.file):\(fault.line) \(fault.kind)" + (fault.severity == .warning ? " warning" : "")
      }
      return found.isEmpty ? "none" : found.joined(separator: " ; ")
    }
  }

  @Test func noFolder() throws {
    let loaded = try KnowledgeLoader.load(folder: "/no/such/folder")
    #expect(loaded.knowledge == nil)
    #expect(loaded.diagnostics.map(\.kind).contains("no-folder"))
  }
}
