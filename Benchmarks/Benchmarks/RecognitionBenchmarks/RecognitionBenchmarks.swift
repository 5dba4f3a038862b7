// Typed values by the library's public face, with the whole pipeline beside. Each benchmark stops the run
// when its count is not the expected one: speed says nothing when the work changed.
import Benchmark
import Foundation
import Guanxi

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../..").standardized

/// The sample articles of the repository.
private let articles: [Document] = {
  let folder = root.appending(path: "Corpora/news")
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  let documents = files.sorted().filter { $0.hasSuffix(".txt") }.compactMap { file in
    (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)).map {
      Document(id: file, date: CalendarDate("2024-06-15"), text: $0)
    }
  }
  precondition(!documents.isEmpty, "there is no text in \(folder.path)")
  return documents
}()

/// One document that is nothing but `text`, again and again, of about so many bytes.
private func simple(_ text: String, bytes: Int) -> [Document] {
  [Document(id: "1", text: String(repeating: text, count: bytes / text.utf8.count))]
}

/// A benchmark over all documents, so often that the work is worth timing; what is counted of their
/// records has to be the expected number.
private func measure(
  _ name: String, _ documents: [Document], times: Int, expected: Int,
  _ body: @escaping (Document) -> Int
) {
  Benchmark(
    name,
    configuration: .init(
      metrics: [.cpuTotal, .wallClock], warmupIterations: 1, scalingFactor: .one,
      maxDuration: .seconds(3))
  ) { benchmark in
    for _ in benchmark.scaledIterations {
      for _ in 0..<times {
        let count = documents.reduce(0) { $0 + body($1) }
        if count != expected {
          let bytes = documents.reduce(0) { $0 + $1.text.utf8.count }
          fatalError("\(name): \(count) were found in \(bytes) bytes, expected \(expected)")
        }
      }
    }
  }
}

let benchmarks: @Sendable () -> Void = {
  let extractor: Extractor
  do {
    extractor = try Extractor(knowledge: root.appending(path: "Lexicons/news").path)
  } catch {
    fatalError("\(error)")
  }
  var session = extractor.makeSession()
  var collecting = extractor.makeSession(collectsValues: true)
  measure("times and quantities", articles, times: 20, expected: Expected.news) {
    let record = session.recognize($0)
    return record.times.count + record.quantities.count
  }
  measure("every typed value", articles, times: 20, expected: Expected.values) {
    collecting.recognize($0).values?.count ?? -1
  }
  measure("whole records", articles, times: 1, expected: Expected.triples) {
    session.extract($0).triples.count
  }
  measure(
    "amounts without a pause", simple("三亿五千万元", bytes: 300_000), times: 1,
    expected: Expected.amounts
  ) { session.recognize($0).quantities.count }
  measure(
    "dates without a pause", simple("2024年5月3日", bytes: 300_000), times: 1,
    expected: Expected.dates
  ) { session.recognize($0).times.count }
  measure("nothing to find", simple("人民", bytes: 300_000), times: 1, expected: 0) {
    let record = session.recognize($0)
    return record.times.count + record.quantities.count
  }
}

/// What the shipped knowledge finds; a change of the lexicons may change it.
private enum Expected {
  static let news = 537
  static let values = 1236
  static let triples = 618
  static let amounts = 16666
  static let dates = 20050
}
