package import Annotations
internal import Extraction

/// What a run came to, in counts. Those of a document add up to those of a run; they take the same memory whatever
/// the corpus, since what is counted by name is counted by names of the knowledge.
package struct RunSummary: Sendable, Codable, Equatable {
  /// Documents that were written.
  package var documents = 0
  /// Characters and bytes of UTF-8 of their texts.
  package var characters = 0
  package var bytes = 0
  /// Inputs, or parts of them, that could not be read.
  package var failures = 0
  /// Spans that did not verify.
  package var faults = 0
  /// Documents that a limit ended.
  package var limited = 0
  /// Facts that were left out since their margin was too low.
  package var ambiguous = 0
  package var times = 0
  package var quantities = 0
  /// Names, facts and repairs by their type, and diagnostics by their kind.
  package var mentions: [String: Int] = [:]
  package var facts: [String: Int] = [:]
  package var repairs: [String: Int] = [:]
  package var diagnostics: [String: Int] = [:]
  /// What the stages took, in nanoseconds of all threads together.
  package var nanoseconds = StageTimes()

  /// Where the time went.
  package struct StageTimes: Sendable, Codable, Equatable {
    package var reading = 0
    package var analysis = 0
    package var views = 0
    package var writing = 0
  }

  /// The type under which facts without one are counted.
  package static let untyped = "untyped"

  /// Nothing yet.
  package init() {}

  /// The counts of one document.
  package init(of record: Record, document: Document, faults: Int) {
    documents = 1
    characters = document.text.scalarCount
    bytes = document.text.utf8.count
    self.faults = faults
    times = record.times.count
    quantities = record.quantities.count
    for mention in record.mentions { mentions[mention.type.rawValue, default: 0] += 1 }
    for triple in record.triples { facts[triple.relation.type ?? Self.untyped, default: 0] += 1 }
    for repair in record.repairs { repairs[repair.kind, default: 0] += 1 }
    for diagnostic in record.diagnostics { diagnostics[diagnostic.kind, default: 0] += 1 }
    limited = diagnostics[AnalysisEnd.kind] ?? 0
  }

  /// How many facts there are, of all types.
  package var triples: Int { facts.values.reduce(0, +) }

  /// Adds what another one counts.
  package mutating func add(_ other: RunSummary) {
    documents += other.documents
    characters += other.characters
    bytes += other.bytes
    failures += other.failures
    faults += other.faults
    limited += other.limited
    ambiguous += other.ambiguous
    times += other.times
    quantities += other.quantities
    mentions.merge(other.mentions, uniquingKeysWith: +)
    facts.merge(other.facts, uniquingKeysWith: +)
    repairs.merge(other.repairs, uniquingKeysWith: +)
    diagnostics.merge(other.diagnostics, uniquingKeysWith: +)
    nanoseconds.reading += other.nanoseconds.reading
    nanoseconds.analysis += other.nanoseconds.analysis
    nanoseconds.views += other.nanoseconds.views
    nanoseconds.writing += other.nanoseconds.writing
  }
}

/// An input, or a part of one, that could not be read, as a run lists it.
package struct ListedFailure: Sendable, Codable, Equatable {
  /// So many are listed; the rest are only counted.
  package static let most = 1000

  /// Where, and why.
  package let place: String
  package let message: String

  init(_ failure: InputFailure) {
    place = failure.place
    message = failure.message
  }
}
