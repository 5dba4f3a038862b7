import Annotations
import Corpora
import Evaluation
import Foundation
import Testing

/// Reading gold and records: what is there, and every fault at its place.
struct GoldFileTests {
  private func file<Result>(_ lines: [String], _ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "/guanxi-gold-\(UUID().uuidString).jsonl"
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// The faults of a gold file without its path.
  private func faults(_ lines: [String]) throws -> [String] {
    try file(lines) { path in
      GoldFile(path).faults.map { $0.description.replacingOccurrences(of: path, with: "F") }
    }
  }

  @Test func gold() throws {
    let line =
      #"{"id": 7, "text": "市长说市长来。", "reference_time": "2024-05-18", "entities": "#
      + #"[{"text": "市长", "type": "TITLE", "n": 2}], "quantities": [], "triples": "#
      + #"[{"subject": "市长", "relation": "来", "object": null, "status": "planned", "note": 1}]}"#
    try file(["", line]) { path in
      let read = GoldFile(path)
      #expect(read.faults.isEmpty)
      let gold = try #require(read.gold.first)
      #expect(gold.id == "7")
      #expect(
        gold.names
          == [GoldDocument.Name(text: "市长", type: .title, span: SourceRange(3, 5))])
      #expect(gold.facts[0].status == .planned && gold.facts[0].object == nil)
      #expect(read.documents[0].date == CalendarDate("2024-05-18"))
      #expect(read.documents[0].id == "7")
    }
  }

  @Test(arguments: [
    (#"{"id": "a", "text": "会议" "times": []}"#, "F:1:26: this is no JSON; expected"),
    ("nothing", "F:1:1: this is no JSON; expected"),
    (#"["a"]"#, "F:1:1: the line is no object; expected"),
    (#"{"id": "a"}"#, #"F:1:1: the object has no "text"; expected"#),
    (#"{"text": "会议"}"#, #"F:1:1: the object has no "id"; expected"#),
    (#"{"id": "a", "text": 3}"#, #"F:1:21: "text" is of another type; expected"#),
    (
      #"{"id": "会议", "text": "会议", "entities": [{"text": "会议", "type": "ORG"}, {"text": "会 议", "type": "ORG"}]}"#,
      #"F:1:81: "会 议" does not stand in the text of "会议"; copy"#
    ),
    (
      #"{"id": "a", "text": "会议", "times": [{"text": "会议", "n": 2}]}"#,
      #"F:1:57: "会议" does not stand 2 times in the text of "a"; correct "n""#
    ),
    (
      #"{"id": "a", "text": "会议", "entities": [{"text": "会议", "type": "THING"}]}"#,
      #"F:1:63: "THING" is no type of names; expected ORG, PER"#
    ),
    (
      #"{"id": "a", "text": "会议", "entities": [{"text": "会议"}]}"#,
      #"F:1:40: "entities[0]" has no "type"; expected ORG, PER"#
    ),
    (
      #"{"id": "a", "text": "会议", "triples": [{"subject": "会议"}]}"#,
      #"F:1:39: "triples[0]" has no "relation"; expected"#
    ),
    (
      #"{"id": "a", "text": "会议", "triples": [{"relation": "召开", "status": "sure"}]}"#,
      #"F:1:68: "sure" is no status; expected asserted"#
    ),
  ])
  func faultAtItsPlace(_ line: String, _ expected: String) throws {
    let found = try faults([line])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(expected) ?? false, "\(found)")
  }

  /// Wherever a line is cut off, that is where the fault is.
  @Test func cutLines() throws {
    let line =
      #"{"id": "a\"\\", "text": "会议\n召开", "entities": [{"text": "会议", "type": "ORG", "n": 1}], "#
      + #""x": [null, true, -1.5e3, []]}"#
    let scalars = Array(line.unicodeScalars)
    for count in 1..<scalars.count {
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: scalars[..<count])
      let found = try faults([String(cut)])
      #expect(
        found.count == 1 && found[0].hasPrefix("F:1:\(count + 1): this is no JSON"), "\(found)")
    }
    #expect(try faults([line]) == [])
  }

  /// All faults come in one run, and what is sound is read.
  @Test func allFaults() throws {
    let lines = [
      #"{"id": "a", "text": "会议"}"#, "{", #"{"id": "a", "text": "会议召开"}"#,
      #"{"id": "b", "text": "会议", "times": [{"text": "今天"}, {"text": "会议"}]}"#,
    ]
    #expect(try faults(lines).map { $0.prefix(4) } == ["F:2:", "F:3:", "F:4:"])
    #expect(try faults(lines)[1].contains("is that of line 1 too"))
    try file(lines) { path in
      let read = GoldFile(path)
      #expect(read.gold.map(\.text) == ["会议召开", "会议"])
      #expect(read.documents.map(\.text) == ["会议召开", "会议"])
      #expect(read.gold[1].times.map(\.text) == ["会议"])
    }
    #expect(GoldFile("/no/such/file").faults.first?.description.contains("cannot be read") ?? false)
  }

  /// A record of another program: slots may be texts, keys may be missing.
  @Test func records() throws {
    let line =
      #"{"id": "a", "mentions": [{"type": "ORG", "start": 0, "end": 2}, {"type": "DATE", "start": 2, "end": 3}], "#
      + #""triples": [{"subject": "会议", "relation": {"text": "召开"}, "object": null}]}"#
    try file([line]) { path in
      let read = RecordReader(path)
      #expect(read.faults.isEmpty)
      let record = try #require(read.records["a"])
      #expect(record.mentions.map(\.type) == [.organization])
      #expect(record.triples[0].subject?.text == "会议" && record.triples[0].object == nil)
    }
  }

  @Test(arguments: [
    (#"{"mentions": []}"#, #"F:1:1: the object has no "id"; expected a record"#),
    (#"{"id": "a", "offsets": "utf16"}"#, "F:1:24: the offsets count utf16, expected scalar"),
    (
      #"{"id": "a", "mentions": [{"type": "ORG", "start": 0}]}"#,
      #"F:1:26: "mentions[0]" has no "end"; expected a record"#
    ),
    (
      #"{"id": "a", "quantities": [{"start": 0, "end": 1, "mod": "~"}]}"#,
      #"F:1:58: "~" is no modifier; expected =, ≈"#
    ),
  ])
  func faultOfARecord(_ line: String, _ expected: String) throws {
    try file([line]) { path in
      let found = RecordReader(path).faults.map {
        $0.description.replacingOccurrences(of: path, with: "F")
      }
      #expect(found.count == 1)
      #expect(found.first?.hasPrefix(expected) ?? false, "\(found)")
    }
  }
}
