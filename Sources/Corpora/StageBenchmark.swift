package import Annotations
package import Extraction
internal import Reading
internal import Recognition
internal import Segmentation

/// Measures the stages of the pipeline one by one on documents that are in memory, on one thread.
///
/// Each stage is run over all documents by itself, with what it needs made beforehand, so the
/// figures add up to a little less than the whole. A count beside each time says that the stage did
/// its work: on the same text and knowledge it has to be the same in every run.
package struct StageBenchmark {
  /// What one stage took.
  package struct Figure: Sendable {
    /// The stage.
    package let stage: String
    /// The best time of all rounds.
    package let time: Duration
    /// What was counted, and how many.
    package let counted: String
    package let count: Int

    /// A figure.
    package init(stage: String, time: Duration, counted: String, count: Int) {
      self.stage = stage
      self.time = time
      self.counted = counted
      self.count = count
    }
  }

  private let knowledge: CompiledKnowledge
  private let documents: [Document]
  private let rounds: Int
  /// FNV-1a of all records, after ``run(icu:)``: the same for the same text and knowledge.
  package private(set) var hash = seed
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// A benchmark that runs each stage `rounds` times and keeps the best time.
  package init(knowledge: CompiledKnowledge, documents: [Document], rounds: Int) {
    self.knowledge = knowledge
    self.documents = documents
    self.rounds = rounds
  }

  /// The number of bytes of all documents.
  package var bytes: Int { documents.map(\.text.utf8.count).reduce(0, +) }

  /// The figures of all stages in order; the last is the whole, text in and JSON out.
  package mutating func run(icu: String) -> [Figure] {
    var figures: [Figure] = []
    var texts: [NormalizedText] = []
    figures.append(
      measure("normalise", "characters") {
        texts = documents.map { knowledge.normalizer.normalize($0.text).0 }
        return texts.map(\.count).reduce(0, +)
      })
    var splitter = SentenceSplitter()
    var sentences: [[TextRange]] = []
    figures.append(
      measure("sentences", "sentences") {
        sentences = texts.map { splitter.split($0) }
        return sentences.map(\.count).reduce(0, +)
      })
    let path = WordPath(lexicon: knowledge.lexicon)
    figures.append(
      measure("plain path", "words") {
        var words = 0
        for (text, ranges) in zip(texts, sentences) {
          for range in ranges {
            path.forEachWord(in: text.characters, range: range) { _, _ in words += 1 }
          }
        }
        return words
      })
    var graph = AnnotationGraph()
    func overGraphs(_ body: (NormalizedText, Document) -> Int) -> Int {
      var sum = 0
      for (index, text) in texts.enumerated() {
        for range in sentences[index] {
          graph.reset(to: range)
          knowledge.lexicon.addWords(of: text, to: &graph, isHidden: knowledge.isHidden)
          sum += body(text, documents[index])
        }
      }
      return sum
    }
    let words = measure("word graph", "edges") { overGraphs { _, _ in graph.edges.count } }
    figures.append(words)
    let times = TimeRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals, calendar: knowledge.calendar)
    let quantities = QuantityRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals)
    let values = measure("times and quantities", "values") {
      overGraphs { text, document in
        var context = TimeContext(reference: document.date)
        let found = times.times(in: text.characters, graph: graph, context: &context)
        return found.count
          + quantities.quantities(
            in: text.characters, graph: graph, taken: found.compactMap(\.expression?.range)
          ).count
      }
    }
    figures.append(
      Figure(
        stage: values.stage, time: max(.zero, values.time - words.time), counted: values.counted,
        count: values.count))
    var session = ExtractionSession(knowledge)
    var analyses: [DocumentAnalysis] = []
    let whole = measure("all stages", "triples") {
      analyses = documents.map { session.analyze($0) }
      return analyses.map(\.triples.count).reduce(0, +)
    }
    let known = figures.map(\.time).reduce(.zero, +)
    figures.append(
      Figure(
        stage: "rules, tags and facts", time: max(.zero, whole.time - known), counted: "mentions",
        count: analyses.map(\.mentions.count).reduce(0, +)))
    figures.insert(contentsOf: segmentation(), at: 2)
    let builder = RecordBuilder(knowledge, unit: .scalar, icu: icu)
    var writer = RecordWriter()
    let records = measure("records as JSON", "bytes") {
      var bytes = 0
      hash = Self.seed
      for (document, analysis) in zip(documents, analyses) {
        let line = writer.line(of: builder.record(of: document, analysis))
        bytes += line.count
        for byte in line { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      }
      return bytes
    }
    figures.append(records)
    figures.append(
      Figure(
        stage: "whole", time: whole.time + records.time, counted: whole.counted,
        count: whole.count))
    return figures
  }

  /// Text in UTF-8 to words, with ICU's own iterator beside it.
  private func segmentation() -> [Figure] {
    let texts = documents.map { Array($0.text.utf8) }
    func words(_ stage: String, _ words: Segmenter, _ engine: TextSegmenter.Engine) -> Figure {
      var segmenter = TextSegmenter(words, engine: engine)
      return measure(stage, "words") { texts.reduce(0) { $0 + segmenter.count(in: $1.span) } }
    }
    let base = Segmenter()
    let shipped = Segmenter(tables: knowledge.lexicon.tables)
    var session = SegmentationSession(shipped)
    return [
      words("words by ICU's iterator", base, .icu),
      words("words, ICU's dictionary", base, .guanxi),
      words("words, with lexicons", shipped, .guanxi),
      measure("all matches", "matches") {
        texts.reduce(0) { $0 + session.findMatches(in: $1.span) }
      },
    ]
  }

  /// The whole, on so many threads, each with a session of its own: text in, facts out.
  package func onThreads(_ threads: Int) async -> Figure {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000_000)
    var count = 0
    for _ in 0..<rounds {
      let start = clock.now
      count = await withTaskGroup(of: Int.self) { group in
        for thread in 0..<threads {
          group.addTask { [knowledge, documents] in
            var session = ExtractionSession(knowledge)
            return stride(from: thread, to: documents.count, by: threads).reduce(0) {
              $0 + session.analyze(documents[$1]).triples.count
            }
          }
        }
        return await group.reduce(0, +)
      }
      best = min(best, clock.now - start)
    }
    return Figure(
      stage: "all stages, \(threads) threads", time: best, counted: "triples", count: count)
  }

  private func measure(_ stage: String, _ counted: String, _ body: () -> Int) -> Figure {
    let clock = ContinuousClock()
    var best = Duration.seconds(1_000_000)
    var count = 0
    for _ in 0..<rounds { best = min(best, clock.measure { count = body() }) }
    return Figure(stage: stage, time: best, counted: counted, count: count)
  }
}
