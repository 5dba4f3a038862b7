internal import Annotations

/// What an element asks of an edge besides its class; an object, so that asking it copies nothing.
final class EdgeConditions: Hashable, Sendable {
  let features: [FeatureTest]
  /// For each class, whether an edge of it over the same characters will do; one table a class
  /// that has to be there.
  let required: [[Bool]]
  /// For each class, whether an edge of it over the same characters spoils the match.
  let excluded: [Bool]?

  /// Nil for an element that asks for a class alone. `table` gives, for each class, whether it is one of the named
  /// ones or below.
  init?(_ edge: EdgeSyntax, table: ([ClassName]) -> [Bool]) {
    if edge.isPlain { return nil }
    features = edge.features
    required = edge.required.map { table([$0]) }
    excluded = edge.excluded.isEmpty ? nil : table(edge.excluded)
  }

  /// Whether the answer depends on the edge alone, and not on what else stands over its characters.
  var asksOnlyEdge: Bool { required.isEmpty && excluded == nil }

  /// Whether an edge has the features that are asked for.
  func holdsFeatures(for edge: Edge, features source: borrowing some FeatureSource) -> Bool {
    for test in features where !test.passes(edge, source) { return false }
    return true
  }

  /// Whether an edge passes.
  func hold(
    for edge: Edge, in view: borrowing GraphView, features source: borrowing some FeatureSource
  ) -> Bool {
    if !holdsFeatures(for: edge, features: source) { return false }
    for required in required where !view.covers(edge.range, by: required) { return false }
    return excluded.map { !view.covers(edge.range, by: $0) } ?? true
  }

  static func == (left: EdgeConditions, right: EdgeConditions) -> Bool {
    left.features == right.features && left.required == right.required
      && left.excluded == right.excluded
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(features)
    hasher.combine(required)
    hasher.combine(excluded)
  }
}
