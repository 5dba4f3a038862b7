package import Annotations

/// One document of the gold beside what a result has of it: what is right, what is missing, what is wrong.
package struct DocumentScore: Sendable {
  /// A value on a span that was found, and is wrong.
  package struct WrongValue: Sendable {
    /// `times.value`, `quantities.measure` and so on.
    package let measure: Measure
    /// The characters of the span.
    package let text: String
    /// What the gold has.
    package let gold: String?
    /// What the result has.
    package let found: String?
    /// Where in the knowledge it comes from, where the result says so.
    package let rule: String?
  }

  package let gold: GoldDocument
  /// What the result has; empty where it has no such document.
  package let found: Record
  /// Whether the result has the document.
  package let isAnswered: Bool

  package let names: SpanPairing
  package let times: SpanPairing
  package let quantities: SpanPairing
  package let facts: FactPairing
  /// The facts as they were compared.
  package let goldFacts: [FactText]
  package let foundFacts: [FactText]

  package private(set) var figures = Figures()
  package private(set) var wrongValues: [WrongValue] = []

  private struct NameKey: Hashable {
    let span: SourceRange
    let type: EntityType
  }

  /// Holds a result against the gold; nil for a result that has no such document.
  package init(_ gold: GoldDocument, _ record: Record?) {
    let found =
      record
      ?? Record(
        id: gold.id, origin: "", title: nil, date: nil, offsets: .scalar,
        engine: Record.Engine(version: "", knowledge: "", icu: ""), diagnostics: [])
    self.gold = gold
    self.found = found
    isAnswered = record != nil
    names = SpanPairing(
      gold: gold.names.map { NameKey(span: $0.span, type: $0.type) },
      found: found.mentions.map { NameKey(span: $0.span, type: $0.type) })
    times = SpanPairing(gold: gold.times.map(\.span), found: found.times.map(\.span))
    quantities = SpanPairing(
      gold: gold.quantities.map(\.span), found: found.quantities.map(\.span))
    goldFacts = gold.facts.map { FactText($0) }
    foundFacts = found.triples.map { FactText($0) }
    facts = FactPairing(gold: goldFacts, found: foundFacts)
    countNames()
    count(times, as: .times)
    count(quantities, as: .quantities)
    countTimeValues()
    countQuantityValues()
    countFacts()
  }

  private mutating func count(_ pairing: SpanPairing, as measure: Measure) {
    figures[measure].gold += pairing.pairs.count + pairing.missed.count
    figures[measure].found += pairing.pairs.count + pairing.extra.count
    figures[measure].hits += pairing.pairs.count
  }

  private mutating func countNames() {
    count(names, as: .names)
    for pair in names.pairs { figures[Measure(gold.names[pair.gold].type)].ask(true) }
    for index in names.missed { figures[Measure(gold.names[index].type)].gold += 1 }
    for index in names.extra { figures[Measure(found.mentions[index].type)].found += 1 }
  }

  private mutating func ask(
    _ measure: Measure, _ isRight: Bool, _ text: String, _ gold: String?, _ found: String?,
    rule: String?
  ) {
    figures[measure].ask(isRight)
    guard !isRight else { return }
    wrongValues.append(
      WrongValue(measure: measure, text: text, gold: gold, found: found, rule: rule))
  }

  private mutating func countTimeValues() {
    for pair in times.pairs {
      let (one, other) = (gold.times[pair.gold], found.times[pair.found])
      guard let value = one.value else { continue }
      ask(
        .timeValues,
        ValueComparison.isSameTime(gold: value, found: other.value, modifier: other.mod),
        one.text, value, other.value, rule: nil)
    }
  }

  private mutating func countQuantityValues() {
    for pair in quantities.pairs {
      let (one, other) = (gold.quantities[pair.gold], found.quantities[pair.found])
      let rule = other.rule
      if let value = one.value {
        ask(
          .quantityValues, ValueComparison.isSameNumber(gold: value, found: other.value),
          one.text, value, other.value, rule: rule)
      }
      ask(
        .quantityMeasures,
        ValueComparison.isSameMeasure(gold: one.measure, found: other.measure), one.text,
        one.measure, other.measure, rule: rule)
      ask(
        .quantityModifiers,
        ValueComparison.isSameModifier(gold: one.modifier, found: other.mod), one.text,
        one.modifier, other.mod.rawValue, rule: rule)
      if let counted = one.counted, !counted.isEmpty {
        ask(
          .quantityCounted, SlotText(counted).agrees(with: SlotText(other.of)), one.text, counted,
          other.of, rule: rule)
      }
    }
  }

  private mutating func countFacts() {
    for measure in [Measure.facts, .exactFacts] {
      figures[measure].gold += gold.facts.count
      figures[measure].found += found.triples.count
    }
    figures[.facts].hits += facts.pairs.count
    figures[.exactFacts].hits += facts.pairs.count { $0.isExact }
    for pair in facts.pairs {
      let (one, other) = (goldFacts[pair.gold], foundFacts[pair.found])
      for (wanted, given) in zip(one.qualifiers, other.qualifiers)
      where !(wanted.isEmpty && given.isEmpty) {
        figures[.qualifiers].gold += wanted.isEmpty ? 0 : 1
        figures[.qualifiers].found += given.isEmpty ? 0 : 1
        figures[.qualifiers].hits +=
          !wanted.isEmpty && !given.isEmpty && wanted.agrees(with: given) ? 1 : 0
      }
      figures[.statuses].ask(one.status == other.status)
    }
  }
}

extension Record.Mention {
  var span: SourceRange { SourceRange(start, end) }
}

extension Record.Time {
  var span: SourceRange { SourceRange(start, end) }
}

extension Record.Quantity {
  var span: SourceRange { SourceRange(start, end) }
}
