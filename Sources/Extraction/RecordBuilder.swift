package import Annotations
internal import Characters
internal import Reading
internal import Segmentation

/// The layers of a document → its record: positions into the source, ids, names in normalised form.
package struct RecordBuilder {
  /// The engine's version, as every record and `--version` name it.
  package static let version = "0.1.0"

  private let knowledge: CompiledKnowledge
  private let unit: OffsetUnit
  private let icu: String
  private let leastMargin: Int?

  /// A builder of records with offsets in `unit`. They leave out the facts whose margin is under `leastMargin`, and say
  /// how many.
  package init(
    _ knowledge: CompiledKnowledge, unit: OffsetUnit, icu: String, leastMargin: Int? = nil
  ) {
    self.knowledge = knowledge
    self.unit = unit
    self.icu = icu
    self.leastMargin = leastMargin
  }

  /// The record of a document.
  /// - Complexity: O(count of the text + results).
  package func record(of document: Document, _ analysis: DocumentAnalysis) -> Record {
    let text = analysis.text
    let offsets = Offsets(text.source, unit: unit)
    var record = Record(
      id: document.id, origin: document.origin, title: document.title,
      date: document.date?.description, offsets: unit,
      engine: Record.Engine(
        version: Self.version, knowledge: knowledge.identity, icu: icu),
      diagnostics: document.diagnostics)
    func span(_ range: TextRange) -> (text: String, start: Int, end: Int) {
      let source = text.source(range)
      return (text.sourceString(source), offsets[source.start], offsets[source.end])
    }

    let links = analysis.links
    let entityIDs = links.entities.indices.map { String("e", numbered: $0 + 1) }
    record.mentions.reserveCapacity(links.mentions.count)
    for (index, mention) in links.mentions.enumerated() {
      let place = span(mention.range)
      record.mentions.append(
        Record.Mention(
          id: String("m", numbered: index + 1), type: mention.type, subtype: mention.subtype,
          text: place.text, start: place.start, end: place.end,
          entity: entityIDs[links.numbers[index]],
          rule: knowledge.files.describe(mention.provenance)))
    }
    let mentionIDs = PlacedNames(
      ranges: links.mentions.map(\.range), names: record.mentions.map(\.id))
    let mentionedIDs = PlacedNames(
      ranges: mentionIDs.ranges, names: record.mentions.map(\.entity))
    func nested(_ mention: Mention, within: TextRange?) -> Record.Nested {
      let place = span(mention.range)
      return Record.Nested(
        type: mention.type, text: place.text, start: place.start, end: place.end,
        within: within.flatMap { mentionIDs[$0] }, name: mention.name,
        rule: knowledge.files.describe(mention.provenance))
    }
    record.nested = analysis.nested.map { nested($0.mention, within: $0.within) }
    record.abbreviations = analysis.abbreviations.map { nested($0, within: nil) }
    record.entities = links.entities.enumerated().map { index, entity in
      Record.Entity(
        id: entityIDs[index], type: entity.type, name: entity.name, aliases: entity.aliases,
        mentions: entity.mentions.map { mentionIDs.names[$0] },
        references: entity.references.map {
          let place = span($0.range)
          return Record.Reference(
            text: place.text, start: place.start, end: place.end,
            rule: knowledge.files.describe($0.provenance))
        }, completedWith: entity.completedWith)
    }
    let references = zip(links.entities, entityIDs).flatMap { entity, id in
      entity.references.map { (range: $0.range, id: id) }
    }.sorted { $0.range < $1.range }
    let referredIDs = PlacedNames(ranges: references.map(\.range), names: references.map(\.id))
    record.diagnostics += links.ambiguities.map { ambiguity in
      let place = span(ambiguity.range)
      return RecordDiagnostic(
        kind: RecordDiagnostic.ambiguousReference,
        message:
          "\"\(place.text)\" may mean several things of this document, and is linked to none",
        span: RecordDiagnostic.Span(start: place.start, end: place.end),
        candidates: ambiguity.candidates)
    }
    if let end = analysis.end {
      let rest = span(end.rest)
      record.diagnostics.append(
        RecordDiagnostic(
          kind: AnalysisEnd.kind, message: end.message,
          span: RecordDiagnostic.Span(start: rest.start, end: rest.end)))
    }
    record.times = analysis.times.enumerated().map { index, time in
      let place = span(time.range)
      return Record.Time(
        id: String("t", numbered: index + 1), text: place.text, start: place.start, end: place.end,
        value: time.value, mod: time.modifier)
    }
    let times = PlacedNames(ranges: analysis.times.map(\.range), names: analysis.times)
    record.quantities = analysis.quantities.enumerated().map { index, quantity in
      let place = span(quantity.range)
      let values = written(quantity.magnitude)
      return Record.Quantity(
        id: String("q", numbered: index + 1), text: place.text, start: place.start, end: place.end,
        kind: quantity.kind, value: values.value, low: values.low, high: values.high,
        measure: measure(of: quantity, text),
        unit: quantity.unit, mod: quantity.modifier,
        of: quantity.counted.map { slotText($0, text) },
        rule: quantity.provenance.map { knowledge.files.describe($0) })
    }
    record.values = analysis.values?.map { value in
      let place = span(value.range)
      return Record.Value(
        type: value.type, text: place.text, start: place.start, end: place.end,
        value: value.value, alternatives: value.alternatives)
    }
    let quantityIDs = PlacedNames(
      ranges: analysis.quantities.map(\.range), names: record.quantities.map(\.id))
    func filled(_ slot: Slot) -> Record.Slot {
      let source = text.source(slot.range)
      return Record.Slot(
        text: slotText(slot.range, text), value: times[slot.range]?.value,
        start: offsets[source.start], end: offsets[source.end],
        entity: referredIDs[slot.range] ?? mentionedIDs[slot.range],
        quantity: quantityIDs.first(in: slot.range), carried: slot.carried)
    }
    func when(_ slot: Slot) -> Record.Slot {
      var time = filled(slot)
      // 今天（5月8日）凌晨 is of that day.
      if time.value == nil, let day = times.first(in: slot.range),
        day.range.start == slot.range.start, day.range.end < slot.range.end,
        text.characters[day.range.end] == 0x28
      {
        time.value = day.value
      }
      return time
    }
    let triples = analysis.triples.filter { triple in
      guard let leastMargin, let margin = triple.margin else { return true }
      return margin >= leastMargin
    }
    let ambiguous = analysis.triples.count - triples.count
    if let leastMargin, ambiguous > 0 {
      record.diagnostics.append(
        RecordDiagnostic(
          kind: RecordDiagnostic.ambiguousFacts,
          message:
            "\(ambiguous) fact\(ambiguous == 1 ? "" : "s") with a margin under \(leastMargin) left out"
        ))
    }
    record.triples = triples.enumerated().map { index, triple in
      let sentence = text.source(triple.sentence)
      var relation =
        triple.relationName.map { Record.Slot(text: $0, carried: false) }
        ?? filled(triple.relation)
      relation.type = triple.relationType
      relation.quantity = nil
      return Record.Triple(
        id: String("f", numbered: index + 1), subject: triple.subject.map(filled),
        relation: relation,
        object: triple.object.map(filled), time: triple.time.map(when),
        place: triple.place.map(filled), recipient: triple.recipient.map(filled),
        source: triple.source.map(filled), org: triple.organization.map(filled),
        status: triple.status, group: triple.group.map { String("g", numbered: $0) },
        margin: triple.margin, rule: knowledge.files.describe(triple.provenance),
        sentenceStart: offsets[sentence.start], sentenceEnd: offsets[sentence.end])
    }
    record.repairs = analysis.repairs.map {
      Record.Repair(
        start: offsets[$0.range.start], end: offsets[$0.range.end],
        kind: $0.kind.rawValue, read: $0.read)
    }
    record.diagnostics += losses(analysis, offsets)
    return record
  }

  /// How much of the text cannot be read: what was lost, and what only some font knows.
  private func losses(_ analysis: DocumentAnalysis, _ offsets: Offsets) -> [RecordDiagnostic] {
    var remarks: [RecordDiagnostic] = []
    let damage = analysis.repairs.filter { $0.kind == .damage }
    if let first = damage.first {
      remarks.append(
        RecordDiagnostic(
          kind: "damage",
          message:
            "\(damage.count) place\(damage.count == 1 ? "" : "s") of the text cannot be read any more; "
            + "nothing matches across",
          span: RecordDiagnostic.Span(
            start: offsets[first.range.start], end: offsets[first.range.end])))
    }
    let text = analysis.text
    let isPrivate = { (0xE000...0xF8FF).contains($0) } as (UInt32) -> Bool
    if let first = text.characters.firstIndex(where: isPrivate) {
      let count = text.characters.count(where: isPrivate)
      let place = text.source(TextRange(first, first + 1))
      remarks.append(
        RecordDiagnostic(
          kind: "private-use",
          message:
            "\(count) character\(count == 1 ? "" : "s") for private use ha\(count == 1 ? "s" : "ve") no standard "
            + "form, and match\(count == 1 ? "es" : "") nothing",
          span: RecordDiagnostic.Span(start: offsets[place.start], end: offsets[place.end])))
    }
    return remarks
  }

  /// A slot's text: normalised, without the spaces inside it.
  private func slotText(_ range: TextRange, _ text: NormalizedText) -> String {
    let characters = text.characters[range.start..<range.end]
    // Most have none, and are of characters that stand behind all spaces.
    return characters.contains { $0 <= Self.lastSpace && CharacterKind($0) == .space }
      ? String(scalars: characters.filter { CharacterKind($0) != .space })
      : String(scalars: characters)
  }

  private static let lastSpace: UInt32 = 0x3000

  /// The measure word as the source writes it, without the spaces inside; one sign for percents.
  private func measure(of quantity: Quantity, _ text: NormalizedText) -> String? {
    guard let measure = quantity.measure else { return quantity.kind == .percent ? "%" : nil }
    if quantity.kind == .percent { return text.string(measure) }
    return text.sourceString(text.source(measure)).filter { $0 != " " }
  }

  private func written(
    _ magnitude: Magnitude
  ) -> (value: String?, low: String?, high: String?) {
    switch magnitude {
    case .value(let value): (value.description, nil, nil)
    case .range(let low, let high): ("\(low)/\(high)", low.description, high.description)
    case .ratio(let numerator, let denominator): ("\(numerator)/\(denominator)", nil, nil)
    case .unknown: (nil, nil, nil)
    }
  }
}

/// What things of a text are called, by the characters that they stand over: in the order of the text, without overlaps.
private struct PlacedNames<Name> {
  let ranges: [TextRange]
  let names: [Name]

  /// What stands over exactly these characters.
  /// - Complexity: O(log n).
  subscript(range: TextRange) -> Name? {
    let place = first(from: range)
    return place < ranges.count && ranges[place] == range ? names[place] : nil
  }

  /// The first thing that lies in a range.
  /// - Complexity: O(log n).
  func first(in range: TextRange) -> Name? {
    let place = first(from: range)
    return place < ranges.count && range.contains(ranges[place]) ? names[place] : nil
  }

  private func first(from range: TextRange) -> Int {
    ranges.partitioningIndex { $0.lower >= range.lower }
  }
}

/// Positions of a source in another unit than scalars.
struct Offsets {
  private let table: [UInt32]?

  init(_ source: [UInt32], unit: OffsetUnit) {
    guard unit != .scalar else {
      table = nil
      return
    }
    var table: [UInt32] = [0]
    table.reserveCapacity(source.count + 1)
    var sum: UInt32 = 0
    for scalar in source {
      switch unit {
      case .utf16: sum += scalar < 0x10000 ? 1 : 2
      default: sum += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
      }
      table.append(sum)
    }
    self.table = table
  }

  subscript(index: Int) -> Int { table.map { Int($0[index]) } ?? index }
}
