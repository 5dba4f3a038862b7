import Annotations
import Corpora
import Extraction
import Foundation
import Testing

/// The dump of all layers of sample articles against `Tests/Snapshots`; `RECORD_SNAPSHOTS=1` writes
/// them anew.
struct SnapshotTests {
  @Test(arguments: [
    ("01-local-government", "2024-05-18"), ("02-economy", "2024-04-22"),
    ("06-disaster-rescue", "2024-07-12"), ("14-traditional-readings", "2024-06-15"),
  ])
  func article(_ name: String, _ date: String) throws {
    let knowledge = try Shared.knowledge()
    let document = Document(
      id: name, date: CalendarDate(date), text: try Repository.text("Corpora/news/\(name).txt"))
    var session = ExtractionSession(knowledge)
    let dump = AnalysisDump.text(of: document, session.analyze(document), files: knowledge.files)
    let path = Repository.root + "/Tests/Snapshots/\(name).txt"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(dump.utf8).write(to: URL(fileURLWithPath: path))
      return
    }
    guard let recorded = try? String(contentsOfFile: path, encoding: .utf8) else {
      Issue.record("there is no \(path); record it with RECORD_SNAPSHOTS=1 swift test")
      return
    }
    let lines = dump.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let changed = lines.difference(from: expected)
    guard !changed.isEmpty else { return }
    let shown = changed.prefix(12).map { change in
      switch change {
      case .insert(let line, let text, _): "+ \(line + 1): \(text)"
      case .remove(let line, let text, _): "- \(line + 1): \(text)"
      }
    }
    Issue.record(
      """
      \(name): \(changed.count) lines changed; if they are better, record them with \
      RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests
      \(shown.joined(separator: "\n"))
      """)
  }
}
