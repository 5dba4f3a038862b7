import Annotations
import Corpora
import Extraction
import Foundation
import Testing

/// Texts that have a meaning in some form of output, in each of them.
struct OutputCaseTests {
  /// A record with one fact whose subject is `text`.
  static func record(subject text: String, id: String = "odd/1 x") -> Record {
    var record = Record(
      id: id, origin: "odd.txt", title: nil, date: nil, offsets: .scalar,
      engine: Record.Engine(version: "1", knowledge: "sha256:0", icu: "1"), diagnostics: [])
    record.triples = [
      Record.Triple(
        id: "f1", subject: Record.Slot(text: text, carried: false),
        relation: Record.Slot(text: "建立", type: "establish", carried: false),
        object: Record.Slot(text: "基地", carried: false), time: nil, place: nil, recipient: nil,
        source: nil, org: nil, status: .asserted, group: nil, rule: "a.rules:1", sentenceStart: 0,
        sentenceEnd: 0)
    ]
    return record
  }

  /// What a form has of a record of a document without analysis.
  static func part(
    _ format: OutputFormat, _ record: Record, text: String = "", _ options: ViewOptions? = nil
  ) throws -> String {
    let document = Document(id: record.id, text: text)
    var session = ExtractionSession(try Shared.knowledge())
    let view = format.view(options ?? ViewOptions(files: KnowledgeFiles()))
    let bytes = view.part(
      of: record, document: document, analysis: session.analyze(Document(id: "", text: "")))
    return try #require(String(validating: bytes, as: UTF8.self))
  }

  @Test func escapes() throws {
    let cases = try CaseFile.cases(of: "outputs")
    #expect(cases.count >= 25)
    for item in cases {
      let words = item.input.split(separator: " ", maxSplits: 1)
      let format = try #require(OutputFormat(rawValue: String(words[0])), "line \(item.line)")
      let text = CaseFile.unescaped(String(words[1]))
      let expected = CaseFile.unescaped(item.expected)
      let part = try Self.part(format, Self.record(subject: text))
      // By characters of Unicode: CR and LF are one character of Swift.
      #expect(
        Array(part.utf8).firstRange(of: Array(expected.utf8)) != nil,
        "line \(item.line): expected \(item.expected) in \(CaseFile.escaped(part))")
    }
  }

  /// Whatever the text, a table has the cells that went into it, JSON-LD is JSON, and N-Triples are lines.
  @Test func randomTexts() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var text = RandomText.make(&random, fragments: 8)
      for odd in ["\"", ",", "\n", "\r\n", "\t", "\0", "<", "\\", "\u{2028}"]
      where random.chance(30) {
        text += odd + "甲"
      }
      // Foundation's reader of JSON drops the mark at the beginning of a string.
      if text.unicodeScalars.first == "\u{FEFF}" { text = "甲" + text }
      let record = Self.record(subject: text, id: "a" + text)
      let rows = Self.cells(try Self.part(.csv, record))
      #expect(rows.count == 1 && rows[0].count == 17, "seed \(seed)")
      #expect(rows.first?.first == "a\(text)/f1", "seed \(seed)")
      #expect(rows.first?[1] == text, "seed \(seed)")
      let columns = try Self.part(.tsv, record).split(
        separator: "\t", omittingEmptySubsequences: false)
      #expect(columns.count == 17, "seed \(seed)")

      let graph = "[null" + (try Self.part(.jsonld, record)) + "]"
      let nodes = try #require(
        try JSONSerialization.jsonObject(with: Data(graph.utf8)) as? [Any], "seed \(seed)")
      let texts = nodes.compactMap { ($0 as? [String: Any])?["text"] as? String }
      #expect(
        texts.contains { Array($0.unicodeScalars) == Array(text.unicodeScalars) },
        "seed \(seed): \(CaseFile.escaped(text)) among \(texts.map(CaseFile.escaped))")
      for line in try Self.part(.nt, record).unicodeScalars.split(separator: "\n") {
        #expect(line.first == "<" && line.last == ".", "seed \(seed): \(String(line))")
      }
      let page = try Self.part(.html, record, text: text)
      #expect(!page.unicodeScalars.contains("<"), "seed \(seed)")
    }
  }

  /// The rows of a table in the form of RFC 4180.
  static func cells(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar == "\"", scalars.first == "\"" {
          cell.append("\"")
          scalars.removeFirst()
        } else if scalar == "\"" {
          isQuoted = false
        } else {
          cell.append(scalar)
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," || scalar == "\r" {
        rows[rows.count - 1].append(String(cell))
        cell = String.UnicodeScalarView()
        if scalar == "\r" {
          #expect(scalars.popFirst() == "\n")
          rows.append([])
        }
      } else {
        cell.append(scalar)
      }
    }
    #expect(rows.last == [] && cell.isEmpty, "the last line has no end")
    return rows.dropLast()
  }

  @Test func valuesOfTimes() throws {
    let expected = [
      "2024": "\"2024\"^^xsd:gYear", "2024-05": "\"2024-05\"^^xsd:gYearMonth",
      "2024-05-17": "\"2024-05-17\"^^xsd:date",
      "2024-05-17T18:00": "\"2024-05-17T18:00:00\"^^xsd:dateTime",
      "P3Y": "\"P3Y\"^^xsd:duration", "PT2H30M": "\"PT2H30M\"^^xsd:duration", "P2W": "\"P2W\"",
      "P": "\"P\"", "PT": "\"PT\"", "P1DT": "\"P1DT\"", "P5H": "\"P5H\"", "P1M2Y": "\"P1M2Y\"",
      "2024-Q1": "\"2024-Q1\"", "2023/": "\"2023/\"", "XXXX-05": "\"XXXX-05\"",
      "2024-05-17TMO": "\"2024-05-17TMO\"",
    ]
    for (value, object) in expected {
      var record = Self.record(subject: "甲")
      record.triples[0].time = Record.Slot(text: "当时", value: value, carried: false)
      let part = try Self.part(.ttl, record)
      #expect(part.contains("gx:time \(object) ;"), "\(value): \(part)")
    }
  }

  @Test func baseOfIRIs() {
    for base in ["https://example.org/news/", "urn:example:", "http://a.b/c#"] {
      #expect(ViewOptions.isBaseIRI(base), "\(base)")
    }
    for text in ["", "news/", "https://example.org/news", "https://a b/", "1a:/", "http://<x>/"] {
      #expect(!ViewOptions.isBaseIRI(text), "\(text)")
    }
  }
}
