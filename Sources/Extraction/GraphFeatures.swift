internal import Annotations
internal import Rules
internal import Segmentation

/// Features of edges for rules: the cells of the lexicon row, the fields of a quantity, the roles of
/// an earlier match.
struct GraphFeatures: FeatureSource {
  /// The features that every quantity has.
  static let ofQuantities: Set<String> = ["kind", "measure", "unit", "mod"]

  let lexicon: Lexicon
  let quantities: [Quantity]
  let matches: [RuleMatch]
  let text: NormalizedText
  /// For each class, whether it is a grammatical tag.
  let tags: [Bool]

  /// A tagged word stands for all rows of its word: a preposition has one row a role.
  func has(_ name: String, oneOf values: [String], edge: Edge) -> Bool {
    if case .sense(let sense) = edge.payload, tags[edge.category.index] {
      return lexicon.siblings(ofSense: Int(sense)).contains {
        lexicon.feature(name, of: $0).map(values.contains) ?? false
      }
    }
    return feature(name, of: edge).map(values.contains) ?? false
  }

  func feature(_ name: String, of edge: Edge) -> String? {
    switch edge.payload {
    case .sense(let sense): lexicon.feature(name, of: lexicon.senses[Int(sense)])
    case .match(let match): matches[Int(match)].text(name)
    case .quantity(let number): feature(name, of: quantities[Int(number)])
    case .none, .time: nil
    }
  }

  private func feature(_ name: String, of quantity: Quantity) -> String? {
    switch name {
    case "kind": quantity.kind.rawValue
    case "measure": quantity.measure.map { text.string($0) }
    case "unit": quantity.unit
    case "mod": quantity.modifier.rawValue
    default: nil
    }
  }
}
