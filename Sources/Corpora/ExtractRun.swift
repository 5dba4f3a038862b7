package import Annotations
package import Extraction
package import Reading

/// One call of `guanxi extract`: documents in, outputs in all their forms, journal and counts.
///
/// The bytes are the same on any number of threads, and the same whether the run was interrupted and resumed or not.
/// Memory does not grow with the corpus.
package final class ExtractRun {
  /// What to do about a run of the same output that did not end.
  package enum Beginning: Sendable {
    /// Refuse to touch it.
    case new
    /// Go on with it; without one, begin.
    case resume
    /// Drop it and begin.
    case restart
  }

  /// How a run ended, when nothing went wrong.
  package enum Ending: Sendable {
    /// Everything was written and stands in its place.
    case finished
    /// It was stopped.
    case stopped
    /// Nobody reads what is written.
    case closedPipe
  }

  /// How a run goes.
  package struct Settings: Sendable {
    package var jobs = 1
    package var offsets = OffsetUnit.scalar
    package var collectsValues = false
    /// The kinds of damage to a text that are left as they are.
    package var skippedRepairs: Set<RepairKind> = []
    package var verifies = false
    /// Facts with a lower margin are left out; nil for none.
    package var leastMargin: Int?
    package var limits = DocumentLimits()
    /// Whether each document is handed over before the next is waited for.
    package var isLineBuffered = false
    package var beginning = Beginning.new
    /// So many bytes of text lie between two points of the journal.
    package var checkpointBytes = 4 << 20

    /// The defaults.
    package init() {}
  }

  /// Something to say about how a document was read.
  package struct Remark: Sendable {
    /// The kind of the diagnostic.
    package let kind: String
    /// The document, the kind and the message.
    package let text: String
  }

  /// Told what a run comes to, by one thread at a time.
  package protocol Listener: AnyObject {
    /// A run is taken up behind so many documents.
    func resumes(after summary: RunSummary)
    /// An input cannot be read.
    func failed(_ failure: InputFailure)
    /// There is something to say about a document.
    func remarked(_ remark: Remark)
    /// A span did not verify.
    func found(fault: String)
    /// An element was written; `bytesRead` is how much of the inputs was read before it.
    func wrote(_ summary: RunSummary, bytesRead: Int)
  }

  /// What a worker makes of an element of the source.
  private struct Product: Sendable {
    var parts: [[UInt8]] = []
    var summary = RunSummary()
    var failure: InputFailure?
    var remarks: [Remark] = []
    var faults: [String] = []
    let digest: InputDigest
    let bytesRead: Int
  }

  /// An element of the source with what was known when it was read.
  private struct Item: Sendable {
    let element: DocumentSource.Element
    let digest: InputDigest
    let bytesRead: Int
    let nanoseconds: Int
  }

  /// So many bytes may be finished before their turn.
  private static let room = 32 << 20

  private let knowledge: CompiledKnowledge
  private let builder: RecordBuilder
  private let plan: OutputPlan
  private let settings: Settings
  private let stop: StopSwitch
  private var point: RunJournal.Point
  private var listed: [ListedFailure] = []
  private var bytesSincePoint = 0
  private var failure: OutputFailure?

  /// A run. `stop` ends it early, at a point from which it can be resumed.
  package init(
    _ knowledge: CompiledKnowledge, icu: String, plan: OutputPlan, settings: Settings,
    stop: StopSwitch = StopSwitch()
  ) {
    self.knowledge = knowledge
    self.plan = plan
    self.settings = settings
    self.stop = stop
    builder = RecordBuilder(
      knowledge, unit: settings.offsets, icu: icu, leastMargin: settings.leastMargin)
    point = RunJournal.Point(lengths: plan.streams.map { _ in 0 })
  }

  /// Whether there is a journal from which the run can go on.
  package private(set) var canBeResumed = false
  /// What the run came to, with what it resumed.
  package var summary: RunSummary { point.summary }
  /// The first failures of all.
  package var failures: [ListedFailure] { listed }

  /// Runs all documents of a source. `inputs` and `options` say what decides the bytes, for who resumes it.
  /// - Throws: ``OutputFailure``.
  package func run(
    _ source: DocumentSource, inputs: [String], options: [String: String], listener: some Listener
  ) throws(OutputFailure) -> Ending {
    for input in inputs where input != "-" {
      guard let output = plan.output, DurableFiles.lies(output, in: input) else { continue }
      throw OutputFailure(
        output, "lies in the input \"\(input)\" and would be read as well; write it elsewhere")
    }
    let outputs = try RunOutputs(
      plan,
      header: RunJournal.Header(
        engine: RecordBuilder.version, knowledge: knowledge.identity, inputs: inputs,
        options: options), beginning: settings.beginning)
    defer { outputs.release() }
    canBeResumed = outputs.isJournaled
    var source = source
    if let resumed = outputs.resumed {
      listed = resumed.failures
      point = resumed
      point.failures = []
      listener.resumes(after: resumed.summary)
      if !resumed.isFinished, try !skip(&source, resumed) { return .stopped }
    }
    if !point.isFinished {
      write(source, to: outputs, listener)
      if let failure {
        if failure.isClosedPipe { return .closedPipe }
        throw failure
      }
      if stop.isOn {
        try outputs.checkpoint(point)
        return .stopped
      }
    }
    try outputs.finish(point)
    return .finished
  }

  /// Reads what was written before, and holds it against what was read then; false when it was stopped.
  private func skip(
    _ source: inout DocumentSource, _ resumed: RunJournal.Point
  ) throws(OutputFailure) -> Bool {
    var digest = InputDigest()
    for _ in 0..<resumed.items {
      if stop.isOn { return false }
      guard let element = source.next() else { break }
      digest.add(element)
    }
    guard digest == resumed.digest else {
      throw OutputFailure(
        plan.output ?? "",
        "the inputs have changed since the run was interrupted; give --restart to begin again")
    }
    return true
  }

  private func write(_ source: DocumentSource, to outputs: RunOutputs, _ listener: some Listener) {
    let clock = ContinuousClock()
    var source = source
    var digest = point.digest
    let pipeline = OrderedPipeline<Item, Product>(
      room: Self.room, size: { $0.parts.reduce(0) { $0 + $1.count } },
      next: {
        let start = clock.now
        guard let element = source.next() else { return nil }
        digest.add(element)
        return Item(
          element: element, digest: digest, bytesRead: source.bytesRead,
          nanoseconds: (clock.now - start).nanoseconds)
      },
      write: { product in
        let start = clock.now
        do throws(OutputFailure) {
          try self.add(product, to: outputs, listener)
        } catch {
          self.failure = error
          return false
        }
        self.point.summary.nanoseconds.writing += (clock.now - start).nanoseconds
        return true
      })
    stop.whenOn { pipeline.stop() }
    let (knowledge, settings, builder, views) = (
      knowledge, settings, builder, plan.streams.map(\.view)
    )
    pipeline.run(jobs: settings.jobs) {
      var session = ExtractionSession(
        knowledge, collectsValues: settings.collectsValues,
        skippedRepairs: settings.skippedRepairs, limits: settings.limits)
      return { item in
        switch item.element {
        case .failure(let failure):
          var product = Product(
            failure: failure, digest: item.digest, bytesRead: item.bytesRead)
          product.summary.failures = failure.count
          return product
        case .success(let document):
          let start = clock.now
          let analysis = session.analyze(document)
          let analysed = clock.now
          let record = builder.record(of: document, analysis)
          var product = Product(digest: item.digest, bytesRead: item.bytesRead)
          product.parts = views.map {
            $0.part(of: record, document: document, analysis: analysis)
          }
          if settings.verifies {
            product.faults = Verification.faults(in: record, text: document.text)
          }
          product.remarks = Self.remarks(on: document, record)
          product.summary = RunSummary(
            of: record, document: document, faults: product.faults.count)
          product.summary.ambiguous = analysis.triples.count - record.triples.count
          product.summary.nanoseconds = RunSummary.StageTimes(
            reading: item.nanoseconds, analysis: (analysed - start).nanoseconds,
            views: (clock.now - analysed).nanoseconds)
          return product
        }
      }
    }
  }

  /// How a document was read is in its record; what may have cost something is said at once, too.
  private static func remarks(on document: Document, _ record: Record) -> [Remark] {
    let unsaid = RecordDiagnostic.recordedOnly.union(["charset"])
    return record.diagnostics.filter { !unsaid.contains($0.kind) }.map {
      Remark(kind: $0.kind, text: "\(document.origin): \($0.kind): \($0.message)")
    }
  }

  private func add(
    _ product: Product, to outputs: RunOutputs, _ listener: some Listener
  ) throws(OutputFailure) {
    if let failure = product.failure {
      listener.failed(failure)
      bytesSincePoint += failure.place.utf8.count + failure.message.utf8.count
      if listed.count < ListedFailure.most {
        listed.append(ListedFailure(failure))
        point.failures.append(ListedFailure(failure))
      }
    }
    for remark in product.remarks { listener.remarked(remark) }
    for fault in product.faults { listener.found(fault: fault) }
    try outputs.append(product.parts)
    if settings.isLineBuffered { try outputs.flush() }
    point.items += 1
    point.digest = product.digest
    point.summary.add(product.summary)
    bytesSincePoint += product.summary.bytes
    if bytesSincePoint >= settings.checkpointBytes {
      try outputs.checkpoint(point)
      point.failures = []
      bytesSincePoint = 0
    }
    listener.wrote(point.summary, bytesRead: product.bytesRead)
  }
}

/// Ends a run from another thread.
package final class StopSwitch: Sendable {
  private struct State {
    var isOn = false
    var body: (() -> Void)?
  }

  private let state = Monitor(State())

  /// A switch that is off.
  package init() {}

  /// Whether it was turned on.
  package var isOn: Bool { state.change { $0.isOn } }

  /// Turns it on, and tells who waits for it.
  package func turnOn() {
    state.change {
      $0.isOn = true
      $0.body?()
    }
  }

  /// Turns it on when `body`, which runs on a thread of its own and may wait there, gives true.
  package func waits(_ body: @escaping @Sendable () -> Bool) {
    _ = WorkerThread.start { if body() { self.turnOn() } }
  }

  /// Says what is done when it is turned on; at once where it is on.
  func whenOn(_ body: @escaping () -> Void) {
    state.change {
      $0.body = body
      if $0.isOn { body() }
    }
  }
}

extension Duration {
  /// In whole nanoseconds.
  fileprivate var nanoseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
