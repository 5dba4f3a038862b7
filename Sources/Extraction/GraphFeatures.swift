internal import Annotations
internal import Rules
internal import Segmentation

/// Features of edges for rules: the cells of the lexicon row, the fields of a quantity, the roles of
/// an earlier match.
struct GraphFeatures: FeatureSource {
  /// The features that quantities and times have.
  static let ofValues: Set<String> = [
    "kind", "measure", "unit", "mod", "value", "low", "high", "when",
  ]

  let lexicon: Lexicon
  let quantities: [Quantity]
  let times: [TimeExpression]
  let matches: [RuleMatch]
  /// The document's date.
  let date: CalendarDate?
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
    case .time(let number): feature(name, of: times[Int(number)])
    case .none: nil
    }
  }

  func provenance(of edge: Edge) -> Provenance? {
    guard case .sense(let sense) = edge.payload else { return nil }
    return lexicon.provenance(of: lexicon.senses[Int(sense)])
  }

  private func feature(_ name: String, of time: TimeExpression) -> String? {
    switch name {
    case "value": time.value
    case "mod": time.modifier
    case "when": when(time)
    default: nil
    }
  }

  /// Whether a time lies before, at or after the document's date; nil where that cannot be told.
  private func when(_ time: TimeExpression) -> String? {
    switch time.value {
    case "PAST_REF": return "past"
    case "PRESENT_REF": return "present"
    case "FUTURE_REF": return "future"
    default: break
    }
    guard let value = time.value, let today = date?.description, let first = value.utf8.first,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return nil }
    // Digits of ISO 8601 stand from coarse to fine, so they compare as texts as far as both go.
    var digits = value.prefix { $0.isNumber || $0 == "-" }
    if digits.last == "-" { digits.removeLast() }
    guard digits.count >= 4 else { return nil }
    let same = today.prefix(digits.count)
    return digits < same ? "past" : digits > same ? "future" : "present"
  }

  private func feature(_ name: String, of quantity: Quantity) -> String? {
    switch name {
    case "kind": quantity.kind.rawValue
    case "measure": quantity.measure.map { text.string($0) }
    case "unit": quantity.unit
    case "mod": quantity.modifier.rawValue
    case "value":
      if case .value(let value) = quantity.magnitude { value.description } else { nil }
    case "low":
      if case .range(let low, _) = quantity.magnitude { low.description } else { nil }
    case "high":
      if case .range(_, let high) = quantity.magnitude { high.description } else { nil }
    default: nil
    }
  }
}
