import Annotations
import Corpora
import Evaluation
import Extraction
import Foundation
import Testing

/// The figures against those of the scorer that defines them, and the text of figures.
struct ScorerTests {
  private static let scorer = Repository.shared.map { $0 + "/tools/score_gold.py" }
  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/bin/python3"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The same table, to the character, from results as they are and from damaged ones.
  @Test(
    .enabled(
      if: scorer != nil && python != nil, "there is no ../shared beside the checkout, or no python3"
    ))
  func sameFigures() throws {
    let (scorer, python) = (try #require(Self.scorer), try #require(Self.python))
    let path = try #require(Repository.shared) + "/data/gold/dev.jsonl"
    let file = GoldFile(path)
    #expect(file.faults.map(\.description) == [])
    let knowledge = try Shared.knowledge()
    let builder = RecordBuilder(knowledge, unit: .scalar, icu: "test")
    var session = ExtractionSession(knowledge)
    let records = file.documents.map { builder.record(of: $0, session.analyze($0)) }
    let folder = NSTemporaryDirectory() + "/guanxi-scorer-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for round in 0..<6 {
      var random = SplitMix64(seed: UInt64(round))
      let given = round == 0 ? records : Self.damaged(records, &random)
      let result = folder + "/result-\(round).jsonl"
      var writer = RecordWriter()
      try Data(given.flatMap { writer.line(of: $0) }).write(to: URL(fileURLWithPath: result))
      let reader = RecordReader(result)
      #expect(reader.faults.map(\.description) == [])
      let table = EvaluationText.table(Scorecard(gold: file.gold, found: reader.records))
      let expected = try Self.run(python, [scorer, path, result], folder)
      #expect(table == expected, "round \(round)")
      // What is read from a file is what is scored in memory.
      let direct = Scorecard(
        gold: file.gold, found: Dictionary(given.map { ($0.id, $0) }) { $1 })
      #expect(EvaluationText.table(direct) == table)
    }
  }

  private static func run(_ tool: String, _ arguments: [String], _ folder: String) throws -> String
  {
    let output = folder + "/output.txt"
    try Data().write(to: URL(fileURLWithPath: output))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  /// Results of which some are left out, said twice, moved, shortened or given other values.
  private static func damaged(_ records: [Record], _ random: inout SplitMix64) -> [Record] {
    records.compactMap { original in
      if random.chance(5) { return nil }
      var record = original
      record.mentions = record.mentions.flatMap { mention in
        var moved = mention
        if random.chance(10) { moved.end += 1 }
        if random.chance(10) { moved.type = random.pick(EntityType.allCases) }
        return random.chance(10) ? [] : random.chance(10) ? [moved, moved] : [moved]
      }
      for index in record.times.indices {
        if random.chance(10) { record.times[index].value = nil }
        if random.chance(10) { record.times[index].mod = random.pick(["END", "START"]) }
        if random.chance(10) { record.times[index].value = random.pick(["2024", "2025", "/2024"]) }
        if random.chance(10) { record.times[index].start += 1 }
      }
      for index in record.quantities.indices {
        if random.chance(10) { record.quantities[index].value = random.pick([nil, "1", "2/3"]) }
        if random.chance(10) { record.quantities[index].measure = random.pick([nil, "", "个"]) }
        if random.chance(10) { record.quantities[index].mod = random.pick([.atLeast, .about]) }
        if random.chance(10) { record.quantities[index].of = random.pick([nil, "人", "“小区”"]) }
      }
      var triples: [Record.Triple] = []
      for triple in record.triples {
        var changed = triple
        if random.chance(20), let text = triple.subject?.text {
          changed.subject?.text = String(text.prefix(max(1, text.count / 2)))
        }
        if random.chance(10) { changed.object = nil }
        if random.chance(10) { changed.object?.text += "\u{3000}“ Ａ㎡" }
        if random.chance(10) { changed.source = random.pick([nil, triple.subject]) }
        if random.chance(10) { changed.status = random.pick([.planned, .negated]) }
        if random.chance(90) { triples.append(changed) }
        if random.chance(15) { triples.append(triple) }
      }
      record.triples = triples.shuffled(using: &random)
      return record
    }
  }

  /// Shares as C's `printf` rounds them.
  @Test func decimals() {
    for denominator in 1...400 {
      for numerator in 0...denominator {
        let value = Double(numerator) / Double(denominator)
        for places in [3, 4] {
          let own = FigureText.decimal(value, places: places)
          let expected = String(format: "%.\(places)f", value)
          #expect(own == expected, "\(numerator)/\(denominator)")
        }
      }
    }
    #expect(FigureText.decimal(-0.25, places: 1) == "-0.2")
    #expect(FigureText.decimal(-0.0004, places: 3) == "0.000")
  }
}
