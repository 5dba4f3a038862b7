import Foundation
import Testing

/// `guanxi evaluate` as users run it.
@Suite(.serialized) struct EvaluateCommandTests {
  private static let gold = Command.root + "/Corpora/gold/news.jsonl"

  private func object(_ run: Command.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
  }

  private func rows(_ object: [String: Any], _ key: String) throws -> [[String: Any]] {
    try #require(object[key] as? [[String: Any]])
  }

  /// The texts extracted in process score as the records that extract wrote of them.
  @Test func withAndWithoutAResult() throws {
    let scratch = try Scratch()
    let result = scratch.folder + "/result.jsonl"
    let extract = try Command.run(
      ["extract", "--input-format", "jsonl", "--output", result, Self.gold])
    #expect(extract.code == 0, "\(extract.errors)")
    let own = try Command.run(["evaluate", Self.gold])
    #expect(own.code == 0 && own.errors.isEmpty, "\(own.errors)")
    #expect(own.lines[0] == "24 paragraphs, 24 answered")
    #expect(own.lines.count == 20 && own.lines[16].hasPrefix("triples "))
    let read = try Command.run(["evaluate", Self.gold, result])
    #expect(read.code == 0 && read.output == own.output, "\(read.errors)")
    let piped = try Command.run(
      ["evaluate", "-", result], input: Array(try Data(contentsOf: URL(fileURLWithPath: Self.gold)))
    )
    #expect(piped.code == 0 && piped.output == own.output, "\(piped.errors)")
  }

  @Test func breakdowns() throws {
    let run = try Command.run([
      "evaluate", Self.gold, "--json", "--by", "type", "--by", "rule", "--by", "document",
      "--errors", "1000",
    ])
    #expect(run.code == 0, "\(run.errors)")
    let all = try object(run)
    let figures = try #require(all["figures"] as? [String: [String: Any]])
    let triples = try #require(figures["triples"] as? [String: Double])
    func sum(
      _ key: String, _ field: String, where isCounted: ([String: Any]) -> Bool = { _ in true }
    )
      throws -> Double
    {
      try rows(all, key).filter(isCounted).compactMap { $0[field] as? Double }.reduce(0, +)
    }
    for field in ["gold", "found", "hits"] {
      #expect(try sum("by_relation_type", field) == triples[field], "\(field)")
      #expect(
        try sum("by_mention_type", field) == figures["entities"]?[field] as? Double, "\(field)")
    }
    let isTriple = { (row: [String: Any]) in row["kind"] as? String == "triple" }
    #expect(try sum("by_rule", "results", where: isTriple) == triples["found"])
    #expect(try sum("by_rule", "hits", where: isTriple) == triples["hits"])
    let falseHits = try rows(all, "by_rule").compactMap { $0["false"] as? Int }
    #expect(falseHits == falseHits.sorted(by: >))
    let documents = try rows(all, "by_document").map { row in
      try #require((row["triples"] as? [String: Any])?["f1"] as? Double)
    }
    #expect(documents.count == 24 && documents == documents.sorted())
    let errors = try rows(all, "errors")
    func count(_ side: String, _ kind: String) -> Double {
      let group = errors.first { $0["side"] as? String == side && $0["kind"] as? String == kind }
      let items = group?["items"] as? [[String: Any]] ?? []
      let causes = group?["causes"] as? [[String: Any]] ?? []
      #expect(causes.compactMap { $0["count"] as? Int }.reduce(0, +) == items.count)
      return Double(items.count)
    }
    #expect(
      count("missed", "triples") == (triples["gold"] ?? 0) - (triples["hits"] ?? 0))
    #expect(
      count("false", "triples") == (triples["found"] ?? 0) - (triples["hits"] ?? 0))

    let text = try Command.run([
      "evaluate", Self.gold, "--by", "type", "--by", "rule", "--by", "document", "--errors", "4",
    ])
    #expect(text.code == 0)
    for wanted in [
      "triples by relation type", "mentions by type and subtype", "results by rule",
      "triples                               entities", "missed triples (", "false triples (",
      "why: ", "nearest: (", "nearest in the gold: (",
    ] { #expect(text.text.contains(wanted), "\(wanted)") }
  }

  /// A run that has lost a fact and a name and says something new, against what it was.
  @Test func twoRuns() throws {
    let scratch = try Scratch()
    let gold = try scratch.write(
      "gold.jsonl",
      #"{"id": "a", "text": "天津市召开会议。", "entities": [{"text": "天津市", "type": "LOC"}], "#
        + #""triples": [{"subject": "天津市", "relation": "召开", "object": "会议"}]}"# + "\n"
        + #"{"id": "b", "text": "会议闭幕。"}"# + "\n")
    func record(_ name: String, _ mentions: String, _ triples: String) throws -> String {
      try scratch.write(
        name,
        "{\"id\": \"a\", \"mentions\": [\(mentions)], \"triples\": [\(triples)]}\n{\"id\": \"b\"}\n"
      )
    }
    let one = try record(
      "one.jsonl", #"{"type": "LOC", "text": "天津市", "start": 0, "end": 3}"#,
      #"{"subject": "天津市", "relation": "召开", "object": "会议", "rule": "r.rules:7"}"#)
    let other = try record(
      "other.jsonl", "", #"{"subject": "会议", "relation": "召开", "object": null}"#)
    let same = try Command.run(["evaluate", gold, one, "--diff", one])
    #expect(same.code == 0 && same.lines.last?.hasPrefix("triple ") ?? false, "\(same.text)")
    #expect(!same.text.contains("\na\n"))
    let run = try Command.run(["evaluate", gold, other, "--diff", one])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.text.contains("-1.000"))
    #expect(run.text.contains("lost        triple    (天津市, 召开, 会议)  [r.rules:7]"))
    #expect(run.text.contains("lost        mention   LOC 天津市 at 0"))
    #expect(run.text.contains("new false   triple    (会议, 召开, -)"))
    let back = try object(
      try Command.run(["evaluate", gold, one, "--diff", other, "--json"]))
    let changes = try #require(try rows(back, "changes").first?["changes"] as? [[String: Any]])
    #expect(Set(changes.compactMap { $0["fate"] as? String }) == ["won", "gone false"])
  }

  @Test func faults() throws {
    let scratch = try Scratch()
    let gold = try scratch.write(
      "gold.jsonl",
      "{\"id\": \"a\", \"text\": \"会议闭幕。\", \"times\": [{\"text\": \"今天\"}]}\n{\"id\"\n")
    let result = try scratch.write("result.jsonl", "{\"id\": \"b\"}\n")
    let run = try Command.run(["evaluate", gold, result])
    #expect(run.code == 1 && run.lines.first == "1 paragraphs, 0 answered", "\(run.text)")
    for wanted in [
      "gold.jsonl:1:49: \"今天\" does not stand in the text", "gold.jsonl:2:6: this is no JSON",
      "1 document of GOLD is not in", "1 document of \(result) is not in GOLD",
    ] { #expect(run.errors.contains(wanted), "\(run.errors)") }
    let sound = try scratch.write("sound.jsonl", "{\"id\": \"a\", \"text\": \"会议闭幕。\"}\n")
    #expect(try Command.run(["evaluate", sound, result]).code == 0)
    for missing in [["/no/such"], [sound, "/no/such"], [sound, result, "--diff", "/no/such"]] {
      let run = try Command.run(["evaluate"] + missing)
      #expect(run.code == 1 && run.errors.contains("/no/such: cannot be read"), "\(run.errors)")
    }
    #expect(try Command.run(["evaluate", try scratch.write("empty.jsonl", "")]).code == 1)
  }

  @Test func wrongUse() throws {
    for arguments in [
      [], ["--by", "colour", Self.gold], ["--errors", "-1", Self.gold], ["-", "-"],
      [Self.gold, Self.gold, "--lexicons", "x"], [Self.gold, "--nothing"],
    ] {
      let run = try Command.run(["evaluate"] + arguments)
      #expect(run.code == 2 && run.output.isEmpty, "\(arguments): \(run.code)")
    }
    let run = try Command.run(["evaluate", Self.gold, "--lexicons", "/no/such"])
    #expect(run.code == 3 && run.output.isEmpty, "\(run.errors)")
  }
}
