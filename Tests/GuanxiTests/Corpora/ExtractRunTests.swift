import Annotations
import Corpora
import Extraction
import Foundation
import Testing

/// Outputs that are made of a stream at the end, and what is left when that goes wrong.
@Suite struct ExtractRunTests {
  private struct NoRoom: Error {}

  /// A folder with a file a line of the stream.
  private struct FolderView: AssembledView {
    var fails = false
    var prologue: [UInt8] { Array("first\n".utf8) }
    var epilogue: [UInt8] { Array("last\n".utf8) }

    func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
      Array("\(record.id)\n".utf8)
    }

    func assemble(_ stream: String, into result: String) throws {
      try FileManager.default.createDirectory(
        atPath: result, withIntermediateDirectories: false)
      for line in try String(contentsOfFile: stream, encoding: .utf8).split(separator: "\n") {
        try Data().write(to: URL(fileURLWithPath: result + "/" + line))
        if fails { throw NoRoom() }
      }
    }
  }

  private final class Silence: ExtractRun.Listener {
    var resumed = 0
    func resumes(after summary: RunSummary) { resumed += 1 }
    func failed(_ failure: InputFailure) {}
    func remarked(_ remark: ExtractRun.Remark) {}
    func found(fault: String) {}
    func wrote(_ summary: RunSummary, bytesRead: Int) {}
  }

  private func run(
    _ view: FolderView, _ folder: String, ids: [String], _ beginning: ExtractRun.Beginning,
    _ listener: Silence = Silence()
  ) throws -> ExtractRun.Ending {
    let input = folder + "/in.jsonl"
    try ids.map { "{\"id\": \"\($0)\", \"text\": \"会议闭幕。\"}\n" }.joined()
      .write(toFile: input, atomically: false, encoding: .utf8)
    var settings = ExtractRun.Settings()
    settings.beginning = beginning
    let plan = try OutputPlan([(.tsv, view)], output: folder + "/out")
    let run = ExtractRun(try Shared.knowledge(), icu: "", plan: plan, settings: settings)
    return try run.run(
      DocumentSource(inputs: [input], options: InputOptions(format: .jsonl)), inputs: [input],
      options: [:],
      listener: listener)
  }

  @Test func assembledOutputs() throws {
    let folder = NSTemporaryDirectory() + "/guanxi-run-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func files(_ name: String = "") throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder + "/" + name).sorted()
    }
    #expect(try run(FolderView(), folder, ids: ["a", "b"], .new) == .finished)
    #expect(try files() == ["in.jsonl", "out"])
    #expect(try files("out") == ["a", "b", "first", "last"])
    // Another run takes its place, but not before it is whole.
    #expect(throws: OutputFailure.self) {
      try run(FolderView(fails: true), folder, ids: ["c"], .new)
    }
    #expect(try files("out") == ["a", "b", "first", "last"])
    #expect(try files().contains("out.journal"))
    // The stream is finished, so no document is read again.
    let listener = Silence()
    #expect(try run(FolderView(), folder, ids: [], .resume, listener) == .finished)
    #expect(listener.resumed == 1)
    #expect(try files() == ["in.jsonl", "out"])
    #expect(try files("out") == ["c", "first", "last"])
  }

  @Test func noStreamOnStandardOutput() {
    #expect(throws: OutputPlan.Fault.self) { try OutputPlan([(.tsv, FolderView())], output: nil) }
  }
}
