import Annotations
import Corpora
import Extraction
import Foundation
import Testing

/// Forms over whole articles: offsets in any unit, and what is made of streams.
struct OutputStreamTests {
  private static let texts = [
    "昨天，和平区教育局😀局长李建国说，区教育局将建立14个\n培养基地，投入3,500万元。\r\n該局表示，「和平區(qū)教育局」不會出售14 個基地。",
    "",
    "\n\n王建国任和平区教育局局长，2024年5月1日起生效。",
  ]

  private func documents() -> [Document] {
    Self.texts.enumerated().map { number, text in
      Document(id: "d\(number)", origin: "d.jsonl", date: CalendarDate("2024-06-15"), text: text)
    }
  }

  private func stream(_ format: OutputFormat, unit: OffsetUnit = .scalar) throws -> [UInt8] {
    let knowledge = try Shared.knowledge()
    var session = ExtractionSession(knowledge, collectsValues: true)
    let builder = RecordBuilder(knowledge, unit: unit, icu: "test")
    let view = format.view(ViewOptions(files: knowledge.files, reportDocuments: 2))
    var bytes = view.prologue
    for document in documents() {
      let analysis = session.analyze(document)
      bytes += view.part(
        of: builder.record(of: document, analysis), document: document, analysis: analysis)
    }
    return bytes + view.epilogue
  }

  /// Runs a body with a folder that goes afterwards.
  private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "/guanxi-outputs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  private func assembled(_ format: OutputFormat, in folder: String, as name: String) throws
    -> String
  {
    let view = try #require(
      format.view(ViewOptions(files: KnowledgeFiles(), reportDocuments: 2)) as? any AssembledView)
    let stream = folder + "/" + name + ".stream"
    try Data(try self.stream(format)).write(to: URL(fileURLWithPath: stream))
    try view.assemble(stream, into: folder + "/" + name)
    return folder + "/" + name
  }

  /// brat counts scalars, whatever the record counts.
  @Test func bratInAnyUnit() throws {
    let scalar = try stream(.brat)
    for unit in OffsetUnit.allCases { #expect(try stream(.brat, unit: unit) == scalar, "\(unit)") }
  }

  @Test func bratSpansAreSound() throws {
    try inFolder { folder in
      let brat = try assembled(.brat, in: folder, as: "brat")
      for number in Self.texts.indices {
        let text = Array(
          try String(contentsOfFile: brat + "/d\(number).txt", encoding: .utf8).unicodeScalars)
        #expect(text.count == Self.texts[number].unicodeScalars.count)
        let annotations = try String(contentsOfFile: brat + "/d\(number).ann", encoding: .utf8)
        for line in annotations.split(separator: "\n") where line.hasPrefix("T") {
          let cells = line.split(separator: "\t", maxSplits: 2)
          let places = cells[1].split(separator: " ", maxSplits: 1)[1].split(separator: ";")
          let pieces = places.map { place in
            let ends = place.split(separator: " ").compactMap { Int($0) }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text[ends[0]..<ends[1]])
            return String(view)
          }
          #expect(pieces.joined(separator: " ") == String(cells[2]), "\(line)")
        }
      }
      let configuration = try String(contentsOfFile: brat + "/annotation.conf", encoding: .utf8)
      for section in ["[entities]", "[relations]", "[events]", "[attributes]"] {
        #expect(configuration.contains(section))
      }
    }
  }

  @Test func wordsCoverTheirNames() throws {
    let text = String(decoding: try stream(.conll), as: UTF8.self)
    let labels = text.split(separator: "\n").compactMap { line -> String? in
      let cells = line.split(separator: "\t")
      return cells.count == 5 && cells[4].hasPrefix("B-")
        ? "\(cells[4].dropFirst(2)) \(cells[0])" : nil
    }
    #expect(labels.contains("ORG 和平区教育局"))
    #expect(labels.contains("PER 王建国"))
    #expect(labels.contains { $0.hasPrefix("QUANTITY ") })
    #expect(text.components(separatedBy: "# newdoc id = ").count == Self.texts.count + 1)
  }

  @Test func databaseIsTheSameEachTime() throws {
    try inFolder { folder in
      let first = try assembled(.sqlite, in: folder, as: "a.sqlite")
      let second = try assembled(.sqlite, in: folder, as: "b.sqlite")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: first))
      #expect(bytes.starts(with: Array("SQLite format 3\0".utf8)))
      #expect(try Data(contentsOf: URL(fileURLWithPath: second)) == bytes)
    }
  }

  @Test func aNodeOfGraphMLStandsOnce() throws {
    try inFolder { folder in
      let file = try assembled(.graphml, in: folder, as: "facts.graphml")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let nodes = text.split(separator: "\n").filter { $0.hasPrefix("<node") }
      #expect(!nodes.isEmpty && Set(nodes).count == nodes.count)
      #expect(text.hasSuffix("</graph>\n</graphml>\n"))
    }
  }

  @Test func reportHoldsTheFirstDocuments() throws {
    try inFolder { folder in
      let file = try assembled(.html, in: folder, as: "report.html")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let scripts = text.components(separatedBy: "<script").count - 1
      // The two documents, the counts, and the script itself.
      #expect(scripts == 4)
      #expect(text.contains("\"documents\": 3, \"shown\": 2"))
      for mark in [
        "/*style*/", "/*script*/", "<!--counts-->", "<!--documents-->", "http://", "https://",
      ] {
        #expect(!text.contains(mark), "\(mark)")
      }
    }
  }

  /// What the graphs use is declared.
  @Test func vocabularyIsDeclared() throws {
    let declared = try Repository.text("Documentation/vocabulary.ttl")
    let graph = String(decoding: try stream(.ttl), as: UTF8.self)
    var names: Set<String> = []
    for line in graph.split(separator: "\n") {
      // Names stand before the literals of a line.
      for word in (line.split(separator: "\"").first ?? "").split(separator: " ")
      where word.hasPrefix("gx:") && word.count > 3 {
        names.insert(word.trimmingCharacters(in: CharacterSet(charactersIn: ",;.")))
      }
    }
    #expect(names.count > 30)
    for name in names.sorted() { #expect(declared.contains("\(name) "), "\(name)") }
  }
}
