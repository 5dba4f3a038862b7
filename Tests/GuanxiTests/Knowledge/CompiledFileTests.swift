import Annotations
import Corpora
import Extraction
import Foundation
import Knowledge
import Segmentation
import Testing

/// The compiled file of a folder: the same records, and every damage refused with a reason.
struct CompiledFileTests {
  /// A file of the shipped knowledge for one test, removed at its end.
  private final class CompiledFile {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "/guanxi-\(UUID().uuidString).guanxi"
      let written = try Shared.loaded().write(to: path)
      #expect(written != nil)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The faults that loading it reports.
    func faults() -> [KnowledgeDiagnostic] {
      let loaded = KnowledgeLoader.load(compiled: path)
      #expect(
        (loaded.knowledge == nil) == loaded.diagnostics.contains { $0.severity == .error })
      return loaded.diagnostics
    }

    /// Expects that it is refused for one reason, which says what to do.
    func expectRefusal(_ kind: String, _ what: String) {
      let faults = faults()
      #expect(faults.map(\.kind) == [kind], "\(what): \(faults)")
      for fault in faults {
        #expect(fault.file == path && fault.message.contains("lexicon compile"), "\(fault)")
      }
    }
  }

  private static func articles() throws -> [Document] {
    DocumentSource(
      inputs: [Repository.root + "/Corpora/news", Repository.root + "/Corpora/news.jsonl"]
    ).compactMap { try? $0.get() }
  }

  @Test func sameRecords() throws {
    let file = try CompiledFile()
    let folder = try Shared.knowledge()
    let mapped = try #require(KnowledgeLoader.load(file.path).knowledge)
    #expect(mapped.identity == folder.identity)
    #expect(try KnowledgeLoader.identity(file.path) == folder.identity)
    #expect(mapped.classes.names == folder.classes.names)
    let documents = try Self.articles()
    #expect(documents.count >= 20)
    func output(_ knowledge: CompiledKnowledge) -> [[UInt8]] {
      let builder = RecordBuilder(knowledge, unit: .scalar, icu: "test")
      var session = ExtractionSession(knowledge, collectsValues: true)
      return documents.flatMap { document in
        let analysis = session.analyze(document)
        var writer = RecordWriter()
        return [
          writer.line(of: builder.record(of: document, analysis)),
          Array(AnalysisDump.text(of: document, analysis, files: knowledge.files).utf8),
        ]
      }
    }
    for (left, right) in zip(output(folder), output(mapped)) { #expect(left == right) }
    let (faults, count) = ExampleCheck.run(mapped)
    #expect(faults.isEmpty && count > 20)
  }

  @Test func rowsAreThoseOfTheFolder() throws {
    let file = try CompiledFile()
    let folder = try Shared.knowledge()
    let mapped = try #require(KnowledgeLoader.load(file.path).knowledge)
    let columns = folder.lexicon.rows.columnNames
    #expect(mapped.lexicon.rows.columnNames == columns)
    #expect(mapped.lexicon.senses.count == folder.lexicon.senses.count)
    for (left, right) in zip(folder.lexicon.senses, mapped.lexicon.senses) {
      #expect(left == right)
      #expect(folder.lexicon.provenance(of: left) == mapped.lexicon.provenance(of: right))
    }
    // The rows as they stand in the files.
    for name in ["predicates.tsv", "measures.tsv", "places-world.tsv"] {
      let number = try #require(mapped.files.names.firstIndex(of: name))
      let lines = try Repository.text("Lexicons/news/" + name)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
      let header = try #require(lines.first { $0[0] == "entry" })
      for sense in mapped.lexicon.senses {
        let place = mapped.lexicon.provenance(of: sense)
        guard Int(place.file) == number else { continue }
        let cells = lines[Int(place.line) - 1]
        for (column, cell) in zip(header, cells) {
          #expect(mapped.lexicon.feature(column, of: sense) ?? "" == cell, "\(name):\(place.line)")
        }
        #expect(mapped.lexicon.feature("no such column", of: sense) == nil)
      }
    }
  }

  @Test func segmentationTakesIt() throws {
    let file = try CompiledFile()
    let mapped = try Segmenter(contentsOf: file.path)
    let shipped = Segmenter(tables: try Shared.knowledge().lexicon.tables)
    var left = TextSegmenter(mapped, engine: .guanxi)
    var right = TextSegmenter(shipped, engine: .guanxi)
    for document in try Self.articles() {
      #expect(left.words(of: document.text) == right.words(of: document.text))
    }
    // The other way it is refused: words alone are no knowledge.
    try Shared.baseSegmenter.write(to: file.path)
    file.expectRefusal("not-compiled", "words only")
  }

  // MARK: Damage

  @Test func foreignFiles() throws {
    let file = try CompiledFile()
    for content in ["", "entry\tclass\n腾讯\torg\n", String(repeating: "新闻", count: 10_000)] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: file.path))
      file.expectRefusal("not-compiled", content)
    }
    let folder = KnowledgeLoader.load(compiled: Shared.folder)
    #expect(folder.diagnostics.map(\.kind) == ["not-compiled"])
    let missing = KnowledgeLoader.load(compiled: file.path + ".none")
    #expect(missing.diagnostics.map(\.kind) == ["unreadable"])
    #expect(try KnowledgeLoader.load(file.path + ".none").diagnostics.map(\.kind) == ["no-folder"])
  }

  @Test func otherVersions() throws {
    let file = try CompiledFile()
    let sections = SectionList(copying: try SectionReader(contentsOf: file.path))
    func write(_ sections: SectionList, icu: String) throws {
      try sections.packed(icuVersion: icu, identity: "test").write(to: file.path)
    }
    let icu = try Shared.knowledge().lexicon.tables.icuVersion
    try write(sections, icu: icu)
    #expect(file.faults().isEmpty)
    try write(sections, icu: "1.2")
    file.expectRefusal("other-version", "ICU")
    #expect(file.faults().first?.message.contains("ICU 1.2, this is ICU \(icu)") == true)
    var other = sections
    other.set("knowledge.version", text: "0.0.9")
    try write(other, icu: icu)
    file.expectRefusal("other-version", "Guanxi")
    #expect(file.faults().first?.message.contains("0.0.9") == true)
    try write(sections, icu: icu)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file.path))
    try handle.seek(toOffset: 8)
    handle.write(Data([99]))
    try handle.close()
    file.expectRefusal("other-version", "format")
    #expect(file.faults().first?.message.contains("99") == true)
  }

  @Test func everyCutIsRefused() throws {
    let file = try CompiledFile()
    let reader = try SectionReader(contentsOf: file.path)
    let ends = reader.sectionRanges.flatMap {
      [$0.lowerBound, ($0.lowerBound + $0.upperBound) / 2]
    }
    #expect(ends.count > 80)
    let cut = try CompiledFile()
    for end in ends.sorted(by: >) + [300, 255, 64, 9, 8] {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: cut.path))
      try handle.truncate(atOffset: UInt64(end))
      try handle.close()
      cut.expectRefusal("damaged", "cut at \(end)")
    }
  }

  @Test func everyFlipIsRefused() throws {
    let file = try CompiledFile()
    let size = try Data(contentsOf: URL(fileURLWithPath: file.path)).count
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file.path))
    defer { try? handle.close() }
    func flip(_ place: Int, _ bits: UInt8) throws {
      try handle.seek(toOffset: UInt64(place))
      let old = try #require(try handle.read(upToCount: 1)?.first)
      try handle.seek(toOffset: UInt64(place))
      handle.write(Data([old ^ bits]))
    }
    var random = SplitMix64(seed: 7)
    for number in 0..<400 {
      // One in four damages hits the header or the directory.
      let place = random.below(number % 4 == 0 ? 3_000 : size)
      let bits = UInt8(1 + random.below(255))
      try flip(place, bits)
      let faults = file.faults()
      #expect(faults.count == 1, "byte \(place)")
      #expect(
        ["damaged", "other-version", "not-compiled"].contains(faults.first?.kind), "byte \(place)")
      try flip(place, bits)
    }
    #expect(file.faults().isEmpty)
  }

  /// Sections that do not fit each other although the checksum is right: a fault, or knowledge that works.
  @Test func sectionsThatDoNotFit() throws {
    let file = try CompiledFile()
    let reader = try SectionReader(contentsOf: file.path)
    let all = SectionList(copying: reader)
    var random = SplitMix64(seed: 11)
    func damage<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ name: String, as type: Element.Type
    ) throws {
      let original: [Element] = try reader.array(name)
      for round in 0..<6 {
        var elements = original
        switch round {
        case 0: elements = []
        case 1: elements = Array(elements.dropLast())
        case 2: elements.append(.max)
        default:
          for _ in 0..<3 where !elements.isEmpty {
            elements[random.below(elements.count)] =
              Element(truncatingIfNeeded: random.next() >> UInt64(random.below(64)))
          }
        }
        var sections = all
        sections.set(name, elements)
        try sections.packed(icuVersion: reader.icuVersion, identity: reader.identity)
          .write(to: file.path)
        let loaded = KnowledgeLoader.load(compiled: file.path)
        guard let knowledge = loaded.knowledge else {
          #expect(!loaded.diagnostics.isEmpty, "\(name), round \(round)")
          continue
        }
        var session = ExtractionSession(knowledge, collectsValues: true)
        _ = session.analyze(
          Document(id: "test", date: nil, text: "2020年3月,和平区建立约14个培养基地,著名教授张明国出席。"))
      }
    }
    for name in [
      "row.files", "row.columns", "row.cells", "row.lines", "row.entry.ends", "row.string.ends",
      "sense.words", "knowledge.sources", "folding.exceptions", "tags.senses", "entries",
    ] { try damage(name, as: UInt32.self) }
    for name in [
      "sense.categories", "folding.width", "folding.simplified", "tags.lists", "tags.rows",
    ] { try damage(name, as: UInt16.self) }
    for name in [
      "row.entry.text", "row.string.text", "knowledge.files", "knowledge.classes",
      "knowledge.texts", "knowledge.version",
    ] { try damage(name, as: UInt8.self) }
    try damage("knowledge.counts", as: UInt64.self)
  }
}
