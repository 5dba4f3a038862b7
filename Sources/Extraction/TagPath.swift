internal import Annotations
internal import Rules
internal import Segmentation

/// A word of the plain path, with its cost.
struct PlainWord {
  let range: TextRange
  let cost: Int
  /// Whether it is more than a space or a sign.
  let isWord: Bool
}

/// A word of the cheapest tagged path.
struct TaggedToken {
  let range: TextRange
  let tag: Int
  let payload: EdgePayload
  /// Of a name, a time or a quantity, what it is.
  var category: ClassID?
  /// Of a name, a row of the lexicon over just its characters.
  var row: Int32?
}

/// The cheapest path through the graph of a sentence when words have tags and tags have neighbours:
/// a Viterbi search over edges and tags.
///
/// A clause wants a predicate: a state is a tag and whether the clause has had one. So a word that
/// may be verb or noun (培养) is a noun where the clause has its verb already.
///
/// What names, times and quantities have claimed is not cut: no word crosses into a claimed span.
/// Where no lexicon word fits, the words of the plain path stand in as unknown ones.
///
/// The work is that of ``TagPathRoom``; this holds it for those who are values. One thread uses it at a time.
final class TagPath {
  private var room: TagPathRoom

  init(model: TaggingModel, lexicon: Lexicon) {
    room = TagPathRoom(model: model, lexicon: lexicon)
  }

  /// The tokens of the sentence, in order.
  ///
  /// `spans` are those of the graph, the same ones in all calls; `words` are those of the plain path, which cover the
  /// sentence; `claims` are spans that are one token whatever the lexicon says, in order, not overlapping.
  /// - Complexity: O(spans × tags of a span × tags before it).
  func tokens(
    graph: borrowing AnnotationGraph, spans: borrowing SentenceSpans, words: [PlainWord],
    claims: [Edge]
  ) -> [TaggedToken] {
    room.tokens(graph: graph, spans: spans, words: words, claims: claims)
  }
}
