import Annotations
import Corpora
import Evaluation
import Extraction
import Foundation
import Testing

/// The gold of the project against the shipped knowledge: no figure may fall below its floor in
/// `Tests/Cases/gold/floors.tsv`, and a floor may only rise. `RECORD_FLOORS=1` raises the floors to the figures of the
/// day and adds those of files that have none.
struct GoldFloorTests {
  /// What has a floor: enough of each is in every file that one more fault does not change much.
  private static let measures: [Measure] = [
    .names, .times, .timeValues, .quantities, .quantityValues, .quantityMeasures,
    .quantityModifiers, .quantityCounted, .facts, .exactFacts, .qualifiers, .statuses,
  ]
  private static let path = Repository.root + "/Tests/Cases/gold/floors.tsv"

  /// The lines of the table by file and measure; the head stays as it is.
  private static func floors() throws -> (head: [Substring], floors: [String: Double]) {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var floors: [String: Double] = [:]
    for line in lines {
      let cells = line.split(separator: "\t")
      if cells.count == 3, let floor = Double(cells[2]) {
        floors["\(cells[0])\t\(cells[1])"] = floor
      }
    }
    return (lines.filter { $0.hasPrefix("#") || $0.hasPrefix("file\t") }, floors)
  }

  @Test func floors() throws {
    let folder = Repository.root + "/Corpora/gold"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    #expect(!names.isEmpty)
    var (head, floors) = try Self.floors()
    let knowledge = try Shared.knowledge()
    let builder = RecordBuilder(knowledge, unit: .scalar, icu: "test")
    var session = ExtractionSession(knowledge)
    let records = ProcessInfo.processInfo.environment["RECORD_FLOORS"] != nil
    var known: Set<String> = []
    for name in names {
      let file = GoldFile("\(folder)/\(name)")
      #expect(file.faults.map(\.description) == [])
      let found = Dictionary(
        file.documents.map { ($0.id, builder.record(of: $0, session.analyze($0))) }
      ) { $1 }
      let card = Scorecard(gold: file.gold, found: found)
      for measure in Self.measures {
        let key = "\(name)\t\(measure.rawValue)"
        known.insert(key)
        let tally = card.figures[measure]
        // Rounded down, so that the figure itself is not below its floor.
        let figure = (tally.f1 * 1000).rounded(.down) / 1000
        if records {
          floors[key] = max(figure, floors[key] ?? 0)
        } else if let floor = floors[key] {
          #expect(
            tally.f1 >= floor,
            "\(name): \(measure.rawValue) has F1 \(figure), below its floor of \(floor)")
          if figure - floor > 0.01 {
            print("floors.tsv: \(name): \(measure.rawValue) could rise from \(floor) to \(figure)")
          }
        } else {
          Issue.record(
            "floors.tsv has no floor of \(name), \(measure.rawValue), which is at \(figure); record it with RECORD_FLOORS=1 swift test --filter GoldFloorTests"
          )
        }
      }
    }
    if records {
      let rows = names.flatMap { name in
        Self.measures.map { measure in
          let key = "\(name)\t\(measure.rawValue)"
          return "\(key)\t\(FigureText.decimal(floors[key] ?? 0, places: 3))"
        }
      }
      let text = (head.map(String.init) + rows).joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: Self.path))
      return
    }
    for key in floors.keys.sorted() where !known.contains(key) {
      Issue.record("floors.tsv has a floor of \(key), which nothing measures; remove the row")
    }
  }
}
