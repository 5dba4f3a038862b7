import Annotations
import Corpora
import Extraction
import Testing

/// What names and references of a document mean.
struct LinkTests {
  /// `⟦和平区教育局⟧召开会议。⟦该局~和平区教育局⟧…`: exactly these names and references, so linked.
  @Test func cases() throws {
    var session = ExtractionSession(try Shared.knowledge())
    try CaseFile.run("links", atLeast: 60) { input in
      let marked = LinkedText(CaseFile.unescaped(input))
      let analysis = session.analyze(Document(id: "case", text: marked.text))
      return LinkedText.marking(marked.text, analysis)
    }
  }

  /// Mentions that only linking finds move the others: what points at a mention still points at its own.
  @Test func recordsAreSound() throws {
    let knowledge = try Shared.knowledge()
    let builder = RecordBuilder(knowledge, unit: .scalar, icu: "test")
    var session = ExtractionSession(knowledge)
    var moved = 0
    for (id, date, gold) in try LinkedText.articles() {
      let document = Document(id: id, date: date, text: gold.text)
      let analysis = session.analyze(document)
      if analysis.links.mentions.count > analysis.mentions.count, !analysis.nested.isEmpty {
        moved += 1
      }
      let record = builder.record(of: document, analysis)
      #expect(Verification.faults(in: record, text: gold.text) == [], "\(id)")
    }
    #expect(moved > 0, "no article has both nested names and mentions that linking finds")
  }

  /// The articles of `Corpora/links`, as `Benchmarks/Links/bcubed.py` scores them. The floors may only rise.
  @Test func articles() throws {
    let floor = (all: 0.955, found: 0.985)
    var session = ExtractionSession(try Shared.knowledge())
    var all = BCubed()
    var found = BCubed()
    let articles = try LinkedText.articles()
    #expect(articles.count >= 60)
    for (id, date, gold) in articles {
      let analysis = session.analyze(Document(id: id, date: date, text: gold.text))
      var places: [SourceRange: Int] = [:]
      for (mention, number) in zip(analysis.links.mentions, analysis.links.numbers) {
        places[analysis.text.source(mention.range)] = number
      }
      for (number, entity) in analysis.links.entities.enumerated() {
        for reference in entity.references {
          let place = analysis.text.source(reference.range)
          if places[place] == nil { places[place] = number }
        }
      }
      let marks = gold.marks.enumerated().map { number, mark in
        (
          gold: mark.entity ?? "?\(number)",
          found: places[SourceRange(mark.start, mark.end)].map { String($0) }
        )
      }
      all.add(marks.enumerated().map { ($1.gold, $1.found ?? "-\($0)") })
      found.add(
        marks.enumerated().compactMap { number, mark in
          guard mark.found != nil || gold.marks[number].isReference else { return nil }
          return (mark.gold, mark.found ?? "-\(number)")
        })
      let full = Dictionary(
        grouping: marks.indices.filter { gold.marks[$0].isFull && marks[$0].found != nil },
        by: { marks[$0].found })
      for members in full.values {
        let names = Set(members.map { marks[$0].gold })
        #expect(names.count == 1, "\(id): full names of several things are one: \(names.sorted())")
      }
    }
    print("links: \(all), of names found \(found)")
    #expect(all.score >= floor.all, "expected B³ of at least \(floor.all), found \(all)")
    #expect(found.score >= floor.found, "expected B³ of at least \(floor.found), found \(found)")
  }

  /// The short form of four hundred names is one of them to none, and no two of them are one thing.
  @Test func manyNames() throws {
    let file = try Repository.text("Lexicons/news/places-china-north.tsv")
    var counties: Set<String> = []
    for row in file.split(separator: "\n") {
      let cells: [Substring] = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count > 1, cells[1] == "place.county" else { continue }
      if cells[0].count == 3, cells[0].hasSuffix("县") { counties.insert(String(cells[0])) }
    }
    let names: [String] = Array(counties.sorted().prefix(400))
    let text: String = names.map { "\($0)教育局召开会议。县教育局公布了名单。" }.joined()
    var session = ExtractionSession(try Shared.knowledge())
    let links = session.analyze(Document(id: "many", text: text)).links
    let things = links.entities.filter { $0.type == EntityType.organization }
    #expect(things.count > 380 && things.allSatisfy { $0.aliases.isEmpty })
    #expect(links.ambiguities.count == 1 && links.ambiguities[0].candidates.count == 10)
  }
}

/// B³ of Bagga and Baldwin (1998) over marked places.
private struct BCubed: CustomStringConvertible {
  private var precision = 0.0
  private var recall = 0.0
  private var count = 0

  /// Adds a document: for each place its thing in the gold and in the result.
  mutating func add(_ places: [(gold: String, found: String)]) {
    for place in places {
      let gold = places.count { $0.gold == place.gold }
      let found = places.count { $0.found == place.found }
      let both = places.count { $0 == place }
      precision += Double(both) / Double(found)
      recall += Double(both) / Double(gold)
    }
    count += places.count
  }

  var score: Double {
    let precision = precision / Double(count)
    let recall = recall / Double(count)
    return 2 * precision * recall / (precision + recall)
  }

  var description: String {
    func rounded(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
    return "P \(rounded(precision / Double(count))) R \(rounded(recall / Double(count))) "
      + "F1 \(rounded(score)) of \(count)"
  }
}
