internal import Annotations
internal import Characters
internal import Reading
internal import Segmentation

/// The layers of one document as its record writes them: by positions in the source, and by ids.
struct RecordLayers {
  /// The names that were found, in the order of the text.
  let mentions: [Record.Mention]
  let quantities: [Record.Quantity]

  private let analysis: DocumentAnalysis
  private let files: KnowledgeFiles
  private let text: NormalizedText
  private let offsets: Offsets
  private let entityIDs: [String]
  // What slots of facts refer to.
  private let mentionIDs: PlacedNames<String>
  private let mentionedIDs: PlacedNames<String>
  private let referredIDs: PlacedNames<String>
  private let quantityIDs: PlacedNames<String>
  private let timesOfRanges: PlacedNames<TimeExpression>

  /// The layers of an analysis. `files` are those of its knowledge, `unit` is what its offsets count.
  init(_ analysis: DocumentAnalysis, files: KnowledgeFiles, unit: OffsetUnit) {
    let (text, links) = (analysis.text, analysis.links)
    let offsets = Offsets(text.source, unit: unit)
    let entityIDs = links.entities.indices.map { String("e", numbered: $0 + 1) }
    mentions = links.mentions.enumerated().map { index, mention in
      let place = Place(mention.range, text, offsets)
      return Record.Mention(
        id: String("m", numbered: index + 1), type: mention.type, subtype: mention.subtype,
        text: place.text, start: place.start, end: place.end,
        entity: entityIDs[links.numbers[index]], rule: files.describe(mention.provenance))
    }
    quantities = analysis.quantities.enumerated().map { index, quantity in
      let place = Place(quantity.range, text, offsets)
      let values = Self.written(quantity.magnitude)
      return Record.Quantity(
        id: String("q", numbered: index + 1), text: place.text, start: place.start, end: place.end,
        kind: quantity.kind, value: values.value, low: values.low, high: values.high,
        measure: Self.measure(of: quantity, text), unit: quantity.unit, mod: quantity.modifier,
        of: quantity.counted.map { Self.slotText($0, text) },
        rule: quantity.provenance.map { files.describe($0) })
    }
    let references = zip(links.entities, entityIDs).flatMap { entity, id in
      entity.references.map { (range: $0.range, id: id) }
    }.sorted { $0.range < $1.range }
    referredIDs = PlacedNames(ranges: references.map(\.range), names: references.map(\.id))
    mentionIDs = PlacedNames(ranges: links.mentions.map(\.range), names: mentions.map(\.id))
    mentionedIDs = PlacedNames(ranges: mentionIDs.ranges, names: mentions.map(\.entity))
    quantityIDs = PlacedNames(
      ranges: analysis.quantities.map(\.range), names: quantities.map(\.id))
    timesOfRanges = PlacedNames(ranges: analysis.times.map(\.range), names: analysis.times)
    (self.analysis, self.files, self.text) = (analysis, files, text)
    (self.offsets, self.entityIDs) = (offsets, entityIDs)
  }

  /// The names inside names.
  var nested: [Record.Nested] {
    analysis.nested.map { nested($0.mention, within: $0.within) }
  }

  var abbreviations: [Record.Nested] { analysis.abbreviations.map { nested($0, within: nil) } }

  private func nested(_ mention: Mention, within: TextRange?) -> Record.Nested {
    let place = place(of: mention.range)
    return Record.Nested(
      type: mention.type, text: place.text, start: place.start, end: place.end,
      within: within.flatMap { mentionIDs[$0] }, name: mention.name,
      rule: files.describe(mention.provenance))
  }

  var entities: [Record.Entity] {
    analysis.links.entities.enumerated().map { index, entity in
      Record.Entity(
        id: entityIDs[index], type: entity.type, name: entity.name, aliases: entity.aliases,
        mentions: entity.mentions.map { mentionIDs.names[$0] },
        references: entity.references.map {
          let place = place(of: $0.range)
          return Record.Reference(
            text: place.text, start: place.start, end: place.end,
            rule: files.describe($0.provenance))
        }, completedWith: entity.completedWith)
    }
  }

  var times: [Record.Time] {
    analysis.times.enumerated().map { index, time in
      let place = place(of: time.range)
      return Record.Time(
        id: String("t", numbered: index + 1), text: place.text, start: place.start, end: place.end,
        value: time.value, mod: time.modifier)
    }
  }

  /// The typed values, where they were asked for.
  var values: [Record.Value]? {
    analysis.values?.map { value in
      let place = place(of: value.range)
      return Record.Value(
        type: value.type, text: place.text, start: place.start, end: place.end,
        value: value.value, alternatives: value.alternatives)
    }
  }

  /// Facts of the document.
  func triples(_ triples: [Triple]) -> [Record.Triple] {
    triples.enumerated().map { index, triple in
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
        margin: triple.margin, rule: files.describe(triple.provenance),
        sentenceStart: offsets[sentence.start], sentenceEnd: offsets[sentence.end])
    }
  }

  private func filled(_ slot: Slot) -> Record.Slot {
    let source = text.source(slot.range)
    return Record.Slot(
      text: Self.slotText(slot.range, text), value: timesOfRanges[slot.range]?.value,
      start: offsets[source.start], end: offsets[source.end],
      entity: referredIDs[slot.range] ?? mentionedIDs[slot.range],
      quantity: quantityIDs.first(in: slot.range), carried: slot.carried)
  }

  private func when(_ slot: Slot) -> Record.Slot {
    var time = filled(slot)
    // 今天（5月8日）凌晨 is of that day, 连续9年 is that long.
    if time.value == nil, let named = timesOfRanges.first(in: slot.range),
      named.range.end == slot.range.end
        ? named.value?.first == "P"
        : named.range.start == slot.range.start && text.characters[named.range.end] == 0x28
    {
      time.value = named.value
    }
    return time
  }

  var repairs: [Record.Repair] {
    analysis.repairs.map {
      Record.Repair(
        start: offsets[$0.range.start], end: offsets[$0.range.end],
        kind: $0.kind.rawValue, read: $0.read)
    }
  }

  // MARK: Diagnostics

  /// The references that may mean several things.
  var ambiguities: [RecordDiagnostic] {
    analysis.links.ambiguities.map { ambiguity in
      let place = place(of: ambiguity.range)
      return RecordDiagnostic(
        kind: RecordDiagnostic.ambiguousReference,
        message:
          "\"\(place.text)\" may mean several things of this document, and is linked to none",
        span: RecordDiagnostic.Span(start: place.start, end: place.end),
        candidates: ambiguity.candidates)
    }
  }

  /// Where the analysis ended before the text did, and why.
  var end: [RecordDiagnostic] {
    guard let end = analysis.end else { return [] }
    let rest = place(of: end.rest)
    return [
      RecordDiagnostic(
        kind: AnalysisEnd.kind, message: end.message,
        span: RecordDiagnostic.Span(start: rest.start, end: rest.end))
    ]
  }

  /// How much of the text cannot be read: what was lost, and what only some font knows.
  var losses: [RecordDiagnostic] {
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

  // MARK: Texts

  private func place(of range: TextRange) -> Place { Place(range, text, offsets) }

  /// Where a range of the text stands in its source, and what is written there.
  private struct Place {
    let text: String
    let start: Int
    let end: Int

    init(_ range: TextRange, _ text: NormalizedText, _ offsets: Offsets) {
      let source = text.source(range)
      self.text = text.sourceString(source)
      (start, end) = (offsets[source.start], offsets[source.end])
    }
  }

  /// A slot's text: normalised, without the spaces inside it.
  private static func slotText(_ range: TextRange, _ text: NormalizedText) -> String {
    let characters = text.characters[range.start..<range.end]
    // Most have none, and are of characters that stand behind all spaces.
    return characters.contains { $0 <= lastSpace && CharacterKind($0) == .space }
      ? String(scalars: characters.filter { CharacterKind($0) != .space })
      : String(scalars: characters)
  }

  private static let lastSpace: UInt32 = 0x3000

  /// The measure word as the source writes it, without the spaces inside; one sign for percents.
  private static func measure(of quantity: Quantity, _ text: NormalizedText) -> String? {
    guard let measure = quantity.measure else { return quantity.kind == .percent ? "%" : nil }
    if quantity.kind == .percent { return text.string(measure) }
    return text.sourceString(text.source(measure)).filter { $0 != " " }
  }

  private static func written(
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
