package import Annotations
package import Extraction
package import Reading

/// One thread's session: a document in, the bytes of its output out.
private actor Worker {
  private var session: ExtractionSession
  private let render: @Sendable (Document, DocumentAnalysis) -> RenderedDocument

  init(
    knowledge: CompiledKnowledge, collectsValues: Bool, skippedRepairs: Set<RepairKind>,
    render: @escaping @Sendable (Document, DocumentAnalysis) -> RenderedDocument
  ) {
    session = ExtractionSession(
      knowledge, collectsValues: collectsValues, skippedRepairs: skippedRepairs)
    self.render = render
  }

  func run(_ documents: [Document]) -> [RenderedDocument] {
    documents.map { render($0, session.analyze($0)) }
  }
}

/// What is written about one document.
package struct RenderedDocument: Sendable {
  /// The bytes to write.
  package var bytes: [UInt8]
  /// How many facts there are.
  package var triples: Int
  /// Something to say about how a document was read.
  package struct Remark: Sendable {
    /// The kind of the diagnostic.
    package let kind: String
    /// The document, the kind and the message.
    package let text: String
    /// A remark.
    package init(kind: String, text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// What there is to say about how the document was read.
  package var remarks: [Remark]
  /// What verification found wrong.
  package var faults: [String]

  /// The bytes of a document's output.
  package init(bytes: [UInt8], triples: Int, remarks: [Remark] = [], faults: [String] = []) {
    self.bytes = bytes
    self.triples = triples
    self.remarks = remarks
    self.faults = faults
  }
}

/// Runs many documents through sessions on several threads and gives their output in the order in
/// which they came: the same bytes on any number of threads.
///
/// Documents are taken in portions, so memory does not grow with the corpus.
package struct BatchRunner {
  /// What a run came to.
  package struct Summary: Sendable {
    package var documents = 0
    package var triples = 0
    package var characters = 0
    package var failures = 0
    package var faults = 0
  }

  /// A portion ends at this many bytes or documents a worker.
  private static let portionBytes = 1 << 20
  private static let portionDocuments = 64

  private let workers: [Worker]

  /// A runner with `jobs` sessions; `render` turns an analysis into bytes.
  package init(
    knowledge: CompiledKnowledge, jobs: Int, collectsValues: Bool = false,
    skippedRepairs: Set<RepairKind> = [],
    render: @escaping @Sendable (Document, DocumentAnalysis) -> RenderedDocument
  ) {
    workers = (0..<max(1, jobs)).map { _ in
      Worker(
        knowledge: knowledge, collectsValues: collectsValues, skippedRepairs: skippedRepairs,
        render: render)
    }
  }

  /// Runs all documents of a source.
  ///
  /// `output` takes each document's output in order and returns false to stop (a closed pipe);
  /// `failed` is told of each input that could not be read.
  package func run(
    _ source: DocumentSource, output: (RenderedDocument) -> Bool, failed: (InputFailure) -> Void
  ) async -> Summary {
    var summary = Summary()
    var portion: [DocumentSource.Element] = []
    var bytes = 0
    for item in source {
      if case .success(let document) = item { bytes += document.text.utf8.count }
      portion.append(item)
      guard
        bytes >= Self.portionBytes * workers.count
          || portion.count >= Self.portionDocuments * workers.count
      else { continue }
      guard await run(portion, &summary, output, failed) else { return summary }
      portion.removeAll(keepingCapacity: true)
      bytes = 0
    }
    _ = await run(portion, &summary, output, failed)
    return summary
  }

  private func run(
    _ items: [DocumentSource.Element], _ summary: inout Summary,
    _ output: (RenderedDocument) -> Bool,
    _ failed: (InputFailure) -> Void
  ) async -> Bool {
    var documents: [Document] = []
    for item in items { if case .success(let document) = item { documents.append(document) } }
    let rendered = await render(documents)
    var next = 0
    for item in items {
      switch item {
      case .failure(let failure):
        summary.failures += 1
        failed(failure)
      case .success(let document):
        let result = rendered[next]
        next += 1
        summary.documents += 1
        summary.characters += document.text.unicodeScalars.count
        summary.triples += result.triples
        summary.faults += result.faults.count
        if !output(result) { return false }
      }
    }
    return true
  }

  private func render(_ documents: [Document]) async -> [RenderedDocument] {
    guard workers.count > 1, documents.count > 1 else { return await workers[0].run(documents) }
    let share = (documents.count + workers.count - 1) / workers.count
    return await withTaskGroup(of: (Int, [RenderedDocument]).self) { group in
      for (number, worker) in workers.enumerated() {
        let from = min(documents.count, number * share)
        let part = Array(documents[from..<min(documents.count, from + share)])
        group.addTask { (number, await worker.run(part)) }
      }
      var parts = [[RenderedDocument]](repeating: [], count: workers.count)
      for await (number, part) in group { parts[number] = part }
      return parts.flatMap { $0 }
    }
  }
}
