// The segmenter, stage by stage as far as its public face shows them. Each benchmark stops the run when
// its count is not the expected one: speed says nothing when the work changed.
import Benchmark
import Foundation
import Segmentation

/// The sample articles of the repository, repeated to about 2 MB.
private let news: [UInt8] = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Corpora/news").standardized
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  let once = files.sorted().filter { $0.hasSuffix(".txt") }
    .flatMap { (try? Data(contentsOf: folder.appending(path: $0))).map(Array.init) ?? [] }
  precondition(!once.isEmpty, "there is no text in \(folder.path)")
  return Array((0..<(1 + 2_000_000 / once.count)).map { _ in once }.joined())
}()

private func simple(_ text: String) -> [UInt8] {
  Array(String(repeating: text, count: 2_000_000 / text.utf8.count).utf8)
}

/// Entries for the lexicon benchmarks: pairs of characters that are words of no dictionary, mostly.
private let entries: [Segmenter.Entry] = (0..<20_000).compactMap { number in
  let scalars = [0x4E00 + number % 2048, 0x4E00 + number / 7 % 2048, 0x4E00 + number * 31 % 2048]
  return Segmenter.Entry(
    String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) })))
}

/// A benchmark whose closure gives a count that has to be the expected one.
private func measure(
  _ name: String, bytes: Int, expected: Int, _ body: @escaping () -> Int
) {
  Benchmark(
    name,
    configuration: .init(
      metrics: [.cpuTotal, .wallClock, .throughput], warmupIterations: 2, scalingFactor: .one,
      maxDuration: .seconds(2))
  ) { benchmark in
    for _ in benchmark.scaledIterations {
      let count = body()
      if count != expected {
        fatalError("\(name): \(count) were found in \(bytes) bytes, expected \(expected)")
      }
    }
  }
}

let benchmarks: @Sendable () -> Void = {
  let base = Segmenter()
  guard let lexicon = try? Segmenter(entries: entries) else { fatalError("no folding data") }
  let file = FileManager.default.temporaryDirectory.appending(path: "guanxi-benchmark.tables").path
  try? lexicon.write(to: file)

  func words(_ name: String, _ segmenter: Segmenter, _ text: [UInt8], _ expected: Int) {
    var session: SegmentationSession? = SegmentationSession(segmenter)
    measure(name, bytes: text.count, expected: expected) {
      session?.segment(text.span) ?? -1
    }
  }
  words("words, ICU's dictionary", base, news, Expected.base)
  words("words, 20,000 entries over it", lexicon, news, Expected.lexicon)
  words(
    "break rules only: Latin and numbers", base, simple("In 2021, prices rose 3.5%. "),
    Expected.latin)
  words("no place to cut: 人人人", base, simple("人"), Expected.same)
  words("malformed bytes", base, [UInt8](repeating: 0xE4, count: 200_000), 200_000)

  var session: SegmentationSession? = SegmentationSession(lexicon)
  measure("all matches", bytes: news.count, expected: Expected.matches) {
    session?.findMatches(in: news.span) ?? -1
  }
  measure("tables built: ICU's dictionary", bytes: 0, expected: base.wordCount) {
    Segmenter().wordCount
  }
  measure("tables mapped from a file", bytes: 0, expected: lexicon.wordCount) {
    (try? Segmenter(contentsOf: file).wordCount) ?? -1
  }
}

/// What the sample text gives with ICU 72; another ICU has another dictionary, and other counts.
private enum Expected {
  static let base = 501_583
  static let lexicon = 504_211
  static let latin = 962_962
  static let same = 333_333
  static let matches = 766_938
}
