import Annotations
import Corpora
import Extraction
import Foundation
import Reading
import Segmentation
import Testing

/// Whatever the text, every span of the record is sound.
struct RecordTests {
  @Test func randomTextsGiveSoundRecords() throws {
    let knowledge = try Shared.knowledge()
    var session = ExtractionSession(knowledge)
    let builders = OffsetUnit.allCases.map { RecordBuilder(knowledge, unit: $0, icu: "test") }
    let date = CalendarDate("2024-06-15")
    let articles = try WordPathTests.articles().map { Array($0.unicodeScalars) }
    // FUZZ_TEXTS=20000 looks longer.
    let count = ProcessInfo.processInfo.environment["FUZZ_TEXTS"].flatMap { UInt64($0) } ?? 600
    for seed in 0..<count {
      var random = SplitMix64(seed: seed)
      var text =
        random.chance(50)
        ? RandomText.make(&random, fragments: 30) : RandomText.spliced(&random, from: articles)
      if random.chance(20) {
        // Bytes that are no UTF-8, as the reader gives them on.
        var bytes = Array(text.utf8.filter { $0 != 0 })
        for _ in 0..<3 where !bytes.isEmpty {
          bytes[random.below(bytes.count)] = UInt8(0x80 + random.below(0x80))
        }
        text = try SourceDecoder.decode(bytes).text
      }
      let document = Document(id: "seed-\(seed)", date: random.chance(80) ? date : nil, text: text)
      let analysis = session.analyze(document)
      checkLayers(analysis, "seed \(seed)")
      for builder in builders {
        let record = builder.record(of: document, analysis)
        let faults = Verification.faults(in: record, text: text)
        #expect(faults.isEmpty, "seed \(seed), \(record.offsets): \(CaseFile.escaped(text))")
        checkReferences(record, "seed \(seed)")
        var writer = RecordWriter()
        #expect(String(validating: writer.line(of: record), as: UTF8.self) != nil)
      }
      // A session keeps nothing of the document before.
      var fresh = ExtractionSession(knowledge)
      if seed % 50 == 0 {
        #expect(
          builders[0].record(of: document, fresh.analyze(document))
            == builders[0].record(of: document, analysis), "seed \(seed)")
      }
    }
  }

  private func checkLayers(_ analysis: DocumentAnalysis, _ label: String) {
    var last = 0
    for sentence in analysis.sentences {
      #expect(sentence.start >= last && !sentence.isEmpty, "\(label): sentences are in order")
      last = sentence.end
      var at = sentence.start
      for token in analysis.tokens where sentence.contains(token.range) {
        #expect(token.range.start == at, "\(label): words cover the sentence")
        at = token.range.end
      }
      #expect(at == sentence.end, "\(label): words cover the sentence")
    }
    let claims =
      (analysis.mentions.map(\.range) + analysis.times.map(\.range)
      + analysis.quantities.map(\.range)).sorted()
    for (left, right) in zip(claims, claims.dropFirst()) {
      #expect(!left.overlaps(right), "\(label): names, times and quantities do not overlap")
    }
    for range in claims {
      #expect(analysis.sentences.contains { $0.contains(range) }, "\(label): within a sentence")
    }
  }

  private func checkReferences(_ record: Record, _ label: String) {
    let entities = Set(record.entities.map(\.id))
    let mentions = Set(record.mentions.map(\.id))
    let quantities = Set(record.quantities.map(\.id))
    #expect(record.mentions.allSatisfy { entities.contains($0.entity) }, "\(label)")
    #expect(record.entities.allSatisfy { $0.mentions.allSatisfy(mentions.contains) }, "\(label)")
    for triple in record.triples {
      for slot in [triple.subject, triple.object, triple.time, triple.place] {
        #expect(slot?.entity.map(entities.contains) ?? true, "\(label)")
        #expect(slot?.quantity.map(quantities.contains) ?? true, "\(label)")
      }
    }
  }

  @Test(arguments: ["", " ", "\n", "\u{FEFF}", "\u{200B}", "。", "\u{0}", "\u{FFFF}", "（", "》《"])
  func oddTextsGiveEmptyRecords(_ text: String) throws {
    let analysis = try Shared.analyze(text)
    #expect(analysis.triples.isEmpty && analysis.mentions.isEmpty)
  }

  /// Long runs without an end are no trap.
  @Test(arguments: ["一", "甲", "1", "（", "“", "和", " ", "😀", "，", "年", "a", "百"])
  func longRunsAreRead(_ character: String) throws {
    let text = String(repeating: character, count: 5000)
    let knowledge = try Shared.knowledge()
    let document = Document(id: "long", text: text)
    var session = ExtractionSession(knowledge)
    let record = RecordBuilder(knowledge, unit: .utf16, icu: "test")
      .record(of: document, session.analyze(document))
    #expect(Verification.faults(in: record, text: text).isEmpty)
  }

  /// A least margin leaves out the facts that are under it, says how many, and changes nothing else.
  @Test(arguments: [4, 12, 20])
  func leastMargin(_ least: Int) throws {
    let document = Document(id: "news", text: try Repository.text("Corpora/news/02-economy.txt"))
    let knowledge = try Shared.knowledge()
    var session = ExtractionSession(knowledge)
    let analysis = session.analyze(document)
    let whole = RecordBuilder(knowledge, unit: .scalar, icu: "test").record(of: document, analysis)
    var some = RecordBuilder(knowledge, unit: .scalar, icu: "test", leastMargin: least)
      .record(of: document, analysis)
    let margins = whole.triples.compactMap(\.margin)
    #expect(margins.allSatisfy { (0...20).contains($0) } && Set(margins).count > 5)
    let under = margins.count { $0 < least }
    #expect(some.triples.count == whole.triples.count - under)
    #expect(some.triples.allSatisfy { ($0.margin ?? .max) >= least })
    let remark = try #require(some.diagnostics.last)
    some.diagnostics.removeLast()
    #expect(remark.kind == RecordDiagnostic.ambiguousFacts)
    #expect(remark.message.hasPrefix("\(under) fact"))
    some.triples = whole.triples
    #expect(some == whole)
  }

  /// Recognition alone finds the values of the whole analysis, and every time and quantity of it.
  @Test(arguments: ["01-local-government", "02-economy", "14-traditional-readings"])
  func recognitionAlone(_ name: String) throws {
    let document = Document(
      id: name, date: CalendarDate("2024-06-15"),
      text: try Repository.text("Corpora/news/\(name).txt"))
    var session = ExtractionSession(try Shared.knowledge(), collectsValues: true)
    let whole = session.analyze(document)
    let alone = session.recognize(document)
    #expect(alone.values == whole.values)
    #expect(!alone.times.isEmpty && alone.mentions.isEmpty && alone.triples.isEmpty)
    #expect(Set(alone.times.map(\.range)).isSuperset(of: whole.times.map(\.range)))
    #expect(Set(alone.quantities.map(\.range)).isSuperset(of: whole.quantities.map(\.range)))
  }
}
