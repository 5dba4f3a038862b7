import Annotations
import Extraction
import Knowledge
import Reading
import Recognition
import Segmentation
import Testing

/// What all tests share: the shipped knowledge and ICU's dictionary, each loaded once a process.
enum Shared {
  private struct Unloadable: Error, CustomStringConvertible {
    let description: String
  }

  private static let result = Result { try KnowledgeLoader.load(folder: folder) }
  static let folder = Repository.root + "/Lexicons/news"
  /// ICU's dictionary alone.
  static let baseLexicon = KnowledgeLoader.baseLexicon()
  static let baseSegmenter = Segmenter()

  /// The shipped knowledge as it was loaded.
  static func loaded() throws -> LoadedKnowledge { try result.get() }

  /// The shipped knowledge.
  static func knowledge() throws -> CompiledKnowledge {
    let result = try loaded()
    guard let knowledge = result.knowledge else {
      throw Unloadable(
        description: result.diagnostics.map(\.description).joined(separator: "\n"))
    }
    return knowledge
  }

  /// What reading and recognition make of a text, without names and rules.
  static func recognize(
    _ text: String, date: CalendarDate?
  ) throws -> (text: NormalizedText, times: [TimeExpression], quantities: [Quantity]) {
    let knowledge = try knowledge()
    let (normalized, _) = knowledge.normalizer.normalize(text)
    var splitter = SentenceSplitter()
    var context = TimeContext(reference: date)
    let timeRecognizer = TimeRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals, calendar: knowledge.calendar)
    let quantityRecognizer = QuantityRecognizer(
      vocabulary: knowledge.vocabulary, numerals: knowledge.numerals)
    var times: [TimeExpression] = []
    var quantities: [Quantity] = []
    let path = WordPath(lexicon: knowledge.lexicon)
    var graph = AnnotationGraph()
    for sentence in splitter.split(normalized) {
      graph.reset(to: sentence)
      knowledge.lexicon.addWords(of: normalized, to: &graph)
      if let word = knowledge.classes.find("word") {
        path.forEachWord(in: normalized.characters, range: sentence) { range, _ in
          graph.add(Edge(range: range, category: word))
        }
      }
      let here = timeRecognizer.times(
        in: normalized.characters, graph: graph, context: &context
      ).compactMap(\.expression)
      times += here
      quantities += quantityRecognizer.quantities(
        in: normalized.characters, graph: graph, taken: here.map(\.range))
    }
    return (normalized, times, quantities)
  }

  /// Every typed value of a text, with the text.
  static func values(_ text: String) throws -> (text: NormalizedText, values: [TypedValue]) {
    var session = ExtractionSession(try knowledge(), collectsValues: true)
    let analysis = session.analyze(Document(id: "test", date: nil, text: text))
    return (analysis.text, analysis.values ?? [])
  }

  /// A document through the whole pipeline.
  static func analyze(_ text: String, date: CalendarDate? = nil) throws -> DocumentAnalysis {
    var session = ExtractionSession(try knowledge())
    return session.analyze(Document(id: "test", date: date, text: text))
  }
}

extension Magnitude {
  /// The value as the record writes it, `?` for unknown.
  var written: String {
    switch self {
    case .value(let value): value.description
    case .range(let low, let high): "\(low)/\(high)"
    case .ratio(let numerator, let denominator): "\(numerator)/\(denominator)"
    case .unknown: "?"
    }
  }
}
