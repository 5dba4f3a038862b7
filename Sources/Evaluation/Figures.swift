package import Annotations

/// What is measured, in the order of the table, by the name of its line.
package enum Measure: String, CaseIterable, Sendable {
  case names = "entities"
  case organizations = "ORG"
  case persons = "PER"
  case locations = "LOC"
  case titles = "TITLE"
  case works = "WORK"
  case events = "EVENT"
  case times = "times"
  case timeValues = "times.value on matched spans"
  case quantities = "quantities"
  case quantityValues = "quantities.value on matched spans"
  case quantityMeasures = "quantities.measure on matched spans"
  case quantityModifiers = "quantities.mod on matched spans"
  case quantityCounted = "quantities.of on matched spans"
  case facts = "triples"
  case exactFacts = "triples strict"
  case qualifiers = "qualifiers on matched triples"
  case statuses = "status on matched triples"

  /// The names of a type.
  package init(_ type: EntityType) {
    self =
      switch type {
      case .organization: .organizations
      case .person: .persons
      case .location: .locations
      case .title: .titles
      case .work: .works
      case .event: .events
      }
  }
}

/// The counts of every measure.
package struct Figures: Hashable, Sendable {
  private var tallies = [Tally](repeating: Tally(), count: Measure.allCases.count)

  private static let numbers = Dictionary(
    uniqueKeysWithValues: zip(Measure.allCases, Measure.allCases.indices))

  /// Counts of nothing yet.
  package init() {}

  /// The counts of a measure.
  package internal(set) subscript(measure: Measure) -> Tally {
    get { tallies[Self.numbers[measure] ?? 0] }
    set { tallies[Self.numbers[measure] ?? 0] = newValue }
  }

  /// Sums counts.
  static func += (left: inout Figures, right: Figures) {
    for index in left.tallies.indices { left.tallies[index] += right.tallies[index] }
  }
}
