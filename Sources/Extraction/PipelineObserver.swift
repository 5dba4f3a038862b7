internal import Annotations
internal import Rules

/// Told what the pipeline makes of a sentence, stage by stage. ``ExtractionSession`` is generic over it,
/// so that ``NoObserver`` leaves nothing behind in the compiled code.
protocol PipelineObserver {
  /// A sentence begins.
  mutating func began(_ sentence: TextRange)
  /// A stage of rules is about to run over the graph.
  mutating func runs(_ stage: StageProgram, on graph: AnnotationGraph, after matches: Int)
  /// Claims were settled: those that are words of the sentence, and those that stand in the record.
  mutating func settled(_ claims: [Claim], words: [Claim], results: [Claim])
  /// Words were tagged.
  mutating func tagged(_ tokens: [TaggedToken])
  /// The words were read as clauses.
  mutating func read(_ pieces: [ClausePiece])
  /// The sentence is done.
  mutating func ended(
    matches: [RuleMatch], times: [TimeExpression], quantities: [Quantity], graph: AnnotationGraph)
}

/// Takes no notice.
struct NoObserver: PipelineObserver {
  @inline(__always)
  mutating func began(_ sentence: TextRange) {}
  @inline(__always)
  mutating func runs(_ stage: StageProgram, on graph: AnnotationGraph, after matches: Int) {}
  @inline(__always)
  mutating func settled(_ claims: [Claim], words: [Claim], results: [Claim]) {}
  @inline(__always)
  mutating func tagged(_ tokens: [TaggedToken]) {}
  @inline(__always)
  mutating func read(_ pieces: [ClausePiece]) {}
  @inline(__always)
  mutating func ended(
    matches: [RuleMatch], times: [TimeExpression], quantities: [Quantity], graph: AnnotationGraph
  ) {}
}

/// Everything that the stages made of one sentence, with the graph as each stage of rules found it.
struct SentenceSnapshot {
  /// A stage of rules before it ran.
  struct Stage {
    let program: StageProgram
    let graph: AnnotationGraph
    /// The number of matches of the stages before.
    let firstMatch: Int
  }

  let sentence: TextRange
  var stages: [Stage] = []
  var claims: [Claim] = []
  /// The claims that are words of the sentence.
  var words: [Claim] = []
  /// The claims that stand in the record.
  var results: [Claim] = []
  var tokens: [TaggedToken] = []
  /// The pieces of its clauses.
  var pieces: [ClausePiece] = []
  var matches: [RuleMatch] = []
  var times: [TimeExpression] = []
  var quantities: [Quantity] = []
  var graph = AnnotationGraph()

  /// The stage that made a match.
  func stage(ofMatch number: Int) -> Stage? { stages.last { $0.firstMatch <= number } }

  /// A stage by its name.
  func stage(_ name: String) -> Stage? { stages.first { $0.program.name == name } }
}

/// Keeps a snapshot of every sentence.
struct RecordingObserver: PipelineObserver {
  private(set) var sentences: [SentenceSnapshot] = []

  private mutating func change(_ body: (inout SentenceSnapshot) -> Void) {
    if let last = sentences.indices.last { body(&sentences[last]) }
  }

  mutating func began(_ sentence: TextRange) {
    sentences.append(SentenceSnapshot(sentence: sentence))
  }

  mutating func runs(_ stage: StageProgram, on graph: AnnotationGraph, after matches: Int) {
    change {
      $0.stages.append(
        SentenceSnapshot.Stage(program: stage, graph: graph, firstMatch: matches))
    }
  }

  mutating func settled(_ claims: [Claim], words: [Claim], results: [Claim]) {
    change {
      $0.claims = claims
      $0.words = words
      $0.results = results
    }
  }

  mutating func tagged(_ tokens: [TaggedToken]) { change { $0.tokens = tokens } }

  mutating func read(_ pieces: [ClausePiece]) { change { $0.pieces = pieces } }

  mutating func ended(
    matches: [RuleMatch], times: [TimeExpression], quantities: [Quantity], graph: AnnotationGraph
  ) {
    change {
      $0.matches = matches
      $0.times = times
      $0.quantities = quantities
      $0.graph = graph
    }
  }
}
