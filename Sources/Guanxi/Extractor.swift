@_exported public import Annotations
internal import Characters
internal import Extraction
internal import Knowledge

/// The engine: knowledge loaded once, documents analysed one after another.
///
///     let extractor = try Extractor(knowledge: "Lexicons/news")
///     var session = extractor.makeSession()
///     let record = session.extract(Document(id: "1", text: "2020年,和平区建立14个培养基地。"))
///     record.triples[0].relation.text   // "建立"
///
/// An extractor is immutable and may be shared by any number of threads; each thread makes a session
/// of its own.
public struct Extractor: Sendable {
  private let knowledge: CompiledKnowledge

  /// Loads a folder of lexicons and rules, or the file that `guanxi lexicon compile` made of one. A folder
  /// takes some tenths of a second, a file some milliseconds.
  /// - Throws: ``InvalidKnowledge`` with every fault of every file.
  public init(knowledge path: String) throws {
    let loaded = try KnowledgeLoader.load(path)
    guard let knowledge = loaded.knowledge else {
      throw InvalidKnowledge(diagnostics: loaded.diagnostics)
    }
    self.knowledge = knowledge
  }

  /// A session for one thread. With `collectsValues` records have every typed value, nested ones too, and
  /// all their readings (``Record/values``).
  public func makeSession(offsets: OffsetUnit = .scalar, collectsValues: Bool = false) -> Session {
    Session(knowledge, offsets: offsets, collectsValues: collectsValues)
  }

  /// One thread's working memory: reused from document to document.
  public struct Session {
    private var session: ExtractionSession
    private let builder: RecordBuilder

    init(_ knowledge: CompiledKnowledge, offsets: OffsetUnit, collectsValues: Bool) {
      session = ExtractionSession(knowledge, collectsValues: collectsValues)
      builder = RecordBuilder(knowledge, unit: offsets, icu: icuVersion())
    }

    /// The record of a document.
    /// - Complexity: O(count of the text).
    public mutating func extract(_ document: Document) -> Record {
      builder.record(of: document, session.analyze(document))
    }

    /// A record of the times, quantities and values only, many times as fast: no names, no facts, and of
    /// a quantity not what it counts (``Record/Quantity/of``). A number that a name takes for itself in a
    /// full record (第七届滨江国际电影节) may stand here.
    /// - Complexity: O(count of the text).
    public mutating func recognize(_ document: Document) -> Record {
      builder.record(of: document, session.recognize(document))
    }
  }
}

/// Knowledge that has errors and was not loaded.
public struct InvalidKnowledge: Error, Sendable, CustomStringConvertible {
  /// Everything that is wrong, in the order of files and lines.
  public let diagnostics: [KnowledgeDiagnostic]

  /// One fault a line.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
