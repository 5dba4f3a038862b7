internal import Annotations
internal import Characters
internal import Segmentation

/// Reads the units of a sentence.
struct UnitReader {
  let vocabulary: Vocabulary
  let graph: AnnotationGraph
  let text: [UInt32]
  private let one: ExactRational

  private static let temperatures: Set<String> = ["celsius", "fahrenheit", "kelvin", "degree"]
  /// Times so short that they are measured, not spent.
  private static let instants: Set<String> = ["millisecond", "microsecond", "nanosecond"]
  private static let moneyRates = ["x-cny-per-", "x-usd-per-"]

  init?(vocabulary: Vocabulary, graph: AnnotationGraph, text: [UInt32]) {
    guard let one = ExactRational(1) else { return nil }
    self.one = one
    self.vocabulary = vocabulary
    self.graph = graph
    self.text = text
  }

  private func character(_ position: Int) -> UInt32 {
    graph.range.start <= position && position < graph.range.end ? text[position] : 0
  }

  private func kind(_ position: Int) -> CharacterKind { CharacterKind(character(position)) }

  /// The unit that stands at a position behind a number.
  func unit(at start: Int) -> MeasureUnit? {
    let position = behindGap(start)
    return word(.unit, at: position).flatMap { unit($0) }.map { rate($0) }
  }

  /// The unit of money that stands at a position, whatever else the word may be: 分.
  func money(at start: Int) -> MeasureUnit? {
    word(.currency, at: behindGap(start)).flatMap { unit($0) }
  }

  private func behindGap(_ start: Int) -> Int {
    var position = start
    while character(position) == 0x20, position - start < 2 { position += 1 }
    return position
  }

  /// The words of the longest unit at a position. Letters have to be written as the unit writes them
  /// where one does; where none does, as they come.
  private func word(
    _ kind: Vocabulary.Kind, at position: Int
  ) -> (range: TextRange, senses: [Sense])? {
    let edges = vocabulary.all(kind, at: position, in: graph).filter { edge in
      let id = vocabulary.feature("unit", edge.sense) ?? ""
      return !Self.moneyRates.contains { id.hasPrefix($0) } && !isCut(edge.range)
    }
    let exact = edges.filter { isWritten($0.range, $0.sense) }
    guard let best = exact.first ?? edges.first else { return nil }
    // A letter stands for what it is: M is no metre.
    if exact.isEmpty, best.range.count == 1 || isCode(best.sense) { return nil }
    let senses = (exact.isEmpty ? edges : exact).filter { $0.range == best.range }.map(\.sense)
    return (best.range, senses)
  }

  private func isCode(_ sense: Sense) -> Bool {
    vocabulary.className(sense) == "currency.code"
  }

  /// Whether letters go on behind it.
  private func isCut(_ range: TextRange) -> Bool {
    kind(range.end - 1) == .letter && kind(range.end) == .letter
  }

  private func isWritten(_ range: TextRange, _ sense: Sense) -> Bool {
    guard text[range.start..<range.end].contains(where: { CharacterKind($0) == .letter }) else {
      return true
    }
    return vocabulary.feature("entry", sense) == String(scalars: text[range.start..<range.end])
  }

  /// The classes that say more of a word than others do.
  private static let exactClasses = [
    "currency.name", "currency.code", "figure.tenth", "figure.age",
    "measure.age",
  ]

  private func unit(_ found: (range: TextRange, senses: [Sense])) -> MeasureUnit? {
    let range = found.range
    guard
      let sense = found.senses.first(where: {
        Self.exactClasses.contains(vocabulary.className($0))
      }) ?? found.senses.first(where: { vocabulary.className($0) == "measure.duration" })
        ?? found.senses.first
    else { return nil }
    let isWeak = vocabulary.feature("strength", sense) == "weak"
    let isLetter = kind(range.start) == .letter
    if isWeak {
      // 5A, 6G: capital letters by themselves are grades and names before words.
      if isLetter, range.count == 1, (0x41...0x5A).contains(text[range.start]),
        kind(range.end) == .han, character(range.start - 1) == 0x20 || !isMeasure(range)
      {
        return nil
      }
      if let word = vocabulary.longest(.blocking, at: range.start, in: graph),
        word.range.count > range.count
      {
        return nil
      }
    }
    let name = vocabulary.className(sense)
    let factor = vocabulary.feature("factor", sense).flatMap { ExactRational($0) } ?? one
    let id = vocabulary.feature("unit", sense)
    var unit = MeasureUnit(range: range, kind: .quantity, id: id, factor: factor, isWeak: isWeak)
    switch name {
    case "measure.currency", "currency.name", "currency.code", "currency.piece":
      unit.kind = .money
      unit.isGeneric =
        range.count <= 2 && kind(range.start) == .han
        && (id == "CNY" || id == "HKD")
    case "measure.age", "figure.age":
      // 一周大事: the last character begins another word.
      if let word = vocabulary.longest(.blocking, at: range.end - 1, in: graph), range.count > 1,
        word.range.count > 1
      {
        return nil
      }
      unit.kind = .age
      unit.addsHalf = range.count > 1 && vocabulary.feature("note", sense)?.contains("X.5") == true
    case "measure.percent": return percent(unit, sense)
    case "figure.tenth":
      unit.kind = .tenths
      unit.isDiscount = vocabulary.feature("note", sense) != nil
      unit.factor = vocabulary.feature("value", sense).flatMap { ExactRational($0) } ?? one
    case "measure.duration":
      guard let id, Self.instants.contains(id) else { return nil }
    case "measure.unit":
      return measure(unit, found.senses)
    default:
      unit.id = String(scalars: text[range.start..<range.end])
      unit.factor = one
    }
    return unit
  }

  /// Whether what follows goes with an amount: 0.5L左右.
  private func isMeasure(_ range: TextRange) -> Bool {
    vocabulary.starts(.limit, at: range.end, in: graph)
      || vocabulary.rangeEnd(at: range.end, in: graph) != nil
      || text[max(graph.range.start, range.start - 3)..<range.start].contains(0x2E)
  }

  /// %, ‰ and points; multiples count as quantities.
  private func percent(_ unit: MeasureUnit, _ sense: Sense) -> MeasureUnit? {
    var unit = unit
    switch unit.id {
    case "percent", "x-percentage-point":
      unit.kind = .percentage
    case "permille":
      unit.kind = .percentage
      unit.factor = ExactRational(1, 10) ?? one
    case "x-tenth":
      unit.kind = .tenths
      unit.factor = ExactRational(10) ?? one
    case nil: return nil
    default: unit.id = String(scalars: text[unit.range.start..<unit.range.end])
    }
    return unit
  }

  private func measure(_ unit: MeasureUnit, _ senses: [Sense]) -> MeasureUnit? {
    var unit = unit
    let ids = senses.compactMap { vocabulary.feature("unit", $0) }
    // 度 alone is a degree of something.
    if ids.contains("degree") {
      unit.id = "degree"
      unit.factor = one
      unit.others = ids.filter { $0 != "degree" }
    }
    if let id = unit.id, Self.temperatures.contains(id) { unit.kind = .temperature }
    return unit
  }

  /// 微克/立方米, 千米每小时: what the unit is a rate of.
  private func rate(_ unit: MeasureUnit) -> MeasureUnit {
    guard unit.kind == .quantity, let id = unit.id else { return unit }
    var unit = unit
    if let per = vocabulary.longest(.per, at: unit.range.end, in: graph),
      let of = vocabulary.feature("unit", per.sense)
    {
      unit.id = id + "-per-" + of
      unit.range = TextRange(unit.range.start, per.range.end)
    } else if character(unit.range.end) == 0x2F,
      let per = vocabulary.all(.measure, at: unit.range.end + 1, in: graph).first(where: {
        !isCut($0.range)
      })
    {
      unit.range = TextRange(unit.range.start, per.range.end)
      unit.id =
        id + "-per-"
        + (vocabulary.feature("unit", per.sense)
          ?? String(scalars: text[per.range.start..<per.range.end]))
    }
    return unit
  }

  /// The sign, code or name of a currency that ends before a number.
  func currency(before end: Int, notBefore: Int) -> (range: TextRange, id: String?)? {
    var position = end
    while position > notBefore, character(position - 1) == 0x20, end - position < 2 {
      position -= 1
    }
    guard position > notBefore,
      let found = vocabulary.longest(.currency, endingAt: position, in: graph),
      found.range.start >= notBefore
    else { return nil }
    let first = kind(found.range.start)
    if first == .letter {
      guard isWritten(found.range, found.sense), kind(found.range.start - 1) != .letter else {
        return nil
      }
    } else if first == .han {
      guard found.range.count >= 2, vocabulary.feature("strength", found.sense) != "weak",
        vocabulary.feature("factor", found.sense) == nil
      else { return nil }
    }
    return (found.range, vocabulary.feature("unit", found.sense))
  }

  /// What a unit is in the base unit of its dimension.
  func conversion(of unit: MeasureUnit) -> (base: String, ratio: ExactRational)? {
    guard unit.kind == .quantity, let id = unit.id else { return nil }
    for sense in vocabulary.lexicon.senses(of: id.unicodeScalars.map(\.value))
    where vocabulary.className(sense) == "figure.conversion" {
      if let base = vocabulary.feature("unit", sense),
        let ratio = vocabulary.feature("value", sense).flatMap({ ExactRational($0) }),
        let whole = ratio.multiplied(by: unit.factor)
      {
        return (base, whole)
      }
    }
    return nil
  }
}
