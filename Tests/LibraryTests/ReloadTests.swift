// FoundationEssentials, not Foundation: that has a copy of ICU's headers, and what imports both them and a library
// that knows ICU's own does not build reliably.
import Dispatch
import FoundationEssentials
import Guanxi
import Knowledge
import Synchronization
import Testing

/// Knowledge that is loaded again while sessions run.
struct ReloadTests {
  /// A folder with one company.
  private static func write(_ company: String, _ folder: String, extra: String = "") throws {
    try Data("entry\tclass\n\(company)\torg\n\(extra)".utf8)
      .write(to: URL(filePath: folder + "/companies.tsv"))
  }

  /// A path that nobody else uses.
  private static func scratch(_ name: String) -> String {
    FileManager.default.temporaryDirectory.path + "/\(name)-\(UUID().uuidString)"
  }

  /// What a session finds in one text.
  private static func names(_ session: inout Extractor.Session) -> [String] {
    session.extract(Document(id: "1", text: "甲乙公司成立。丙丁公司成立。")).entities.map(\.name)
  }

  /// What the threads share.
  private final class Watch: Sendable {
    let seen = Mutex<Set<[String]>>([])
    let isOver = Atomic(false)
  }

  @Test func sessionsKeepTheirKnowledge() throws {
    let folder = Self.scratch("guanxi-reload")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rules =
      "stage names\nrule 名\n  match  @org\n  emit   ORG\n  + 甲乙公司成立。\n"
    try Data(rules.utf8).write(to: URL(filePath: folder + "/names.rules"))
    try Self.write("甲乙公司", folder)
    let extractor = try ReloadableExtractor(knowledge: folder)
    var old = extractor.current.makeSession()
    #expect(Self.names(&old) == ["甲乙公司"])

    // A fault changes nothing.
    try Self.write("丙丁公司", folder, extra: "戊\n")
    #expect(throws: InvalidKnowledge.self) { try extractor.reload() }
    var same = extractor.current.makeSession()
    #expect(Self.names(&same) == ["甲乙公司"])

    // The old session goes on with the old knowledge.
    try Self.write("丙丁公司", folder)
    try extractor.reload()
    var new = extractor.current.makeSession()
    #expect(Self.names(&new) == ["丙丁公司"])
    #expect(Self.names(&old) == ["甲乙公司"])

    // Threads extract while it is loaded again, faulty in between.
    let watch = Watch()
    let ended = DispatchSemaphore(value: 0)
    let threads = 3
    for _ in 0..<threads {
      // A thread each: tasks would have to wait for each other on two cores.
      DispatchQueue(label: "session").async {
        repeat {
          var session = extractor.current.makeSession()
          let first = Self.names(&session)
          watch.seen.withLock { _ = $0.insert(first) }
          for _ in 0..<20 where Self.names(&session) != first {
            watch.seen.withLock { _ = $0.insert(["changed"]) }
          }
        } while !watch.isOver.load(ordering: .acquiring)
        ended.signal()
      }
    }
    for round in 0..<12 {
      do {
        try Self.write(
          round % 2 == 0 ? "甲乙公司" : "丙丁公司", folder, extra: round % 3 == 2 ? "\torg\n" : "")
        try extractor.reload()
        #expect(round % 3 != 2)
      } catch {
        #expect(round % 3 == 2, "\(error)")
      }
    }
    watch.isOver.store(true, ordering: .releasing)
    for _ in 0..<threads { ended.wait() }
    let seen = watch.seen.withLock { $0 }
    #expect(seen.isSubset(of: [["甲乙公司"], ["丙丁公司"]]))
    #expect(seen.count == 2, "both were seen")
    var last = extractor.current.makeSession()
    #expect(Self.names(&last) == ["甲乙公司"], "the last sound one is that of round 10")
  }

  @Test func compiledFilesAreReplaced() throws {
    let path = Self.scratch("guanxi") + ".guanxi"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let loaded = try KnowledgeLoader.load(folder: root + "/Lexicons/news")
    _ = try loaded.write(to: path)
    let extractor = try ReloadableExtractor(knowledge: path)
    var session = extractor.current.makeSession()
    let document = Document(id: "1", text: "2020年,和平区建立14个培养基地。")
    let record = session.extract(document)
    #expect(record.triples.count == 1)
    _ = try loaded.write(to: path)
    try extractor.reload()
    #expect(session.extract(document) == record)
    // A damaged file beside the mapped one, moved to its place.
    try Data("no knowledge".utf8).write(to: URL(filePath: path), options: .atomic)
    #expect(throws: InvalidKnowledge.self) { try extractor.reload() }
    var other = extractor.current.makeSession()
    #expect(other.extract(document) == record)
  }
}
