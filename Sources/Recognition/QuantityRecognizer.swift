package import Annotations
internal import Characters
internal import Segmentation

/// Finds quantities: a number, its measure word or unit, and the approximators that touch them.
///
/// What is counted is left open; it needs the words around (``Quantity/counted``). Durations are
/// times and are left to ``TimeRecognizer``.
package struct QuantityRecognizer: Sendable {
  private let vocabulary: Vocabulary
  private let numbers: NumberReader

  /// A recogniser over a lexicon.
  package init(vocabulary: Vocabulary, numerals: NumeralTable) {
    self.vocabulary = vocabulary
    numbers = NumberReader(numerals: numerals)
  }

  /// The quantities of the graph's sentence, in order, none overlapping another; `taken` are spans
  /// that are something else already.
  package func quantities(
    in text: [UInt32], graph: AnnotationGraph, taken: [TextRange]
  ) -> [Quantity] {
    var found: [Quantity] = []
    var position = graph.range.start
    let limit = graph.range.end
    while position < limit {
      if let blocked = taken.first(where: { $0.start <= position && position < $0.end }) {
        position = blocked.end
        continue
      }
      let opens =
        numbers.begins(text[position])
        || vocabulary.starts(.quantityOpener, at: position, in: graph)
      guard opens, let quantity = quantity(at: position, text, graph) else {
        position = skip(position, text, limit)
        continue
      }
      if taken.contains(where: { $0.overlaps(quantity.range) }) {
        position += 1
        continue
      }
      found.append(quantity)
      position = quantity.range.end
    }
    return found
  }

  /// Past a character that begins no quantity: past all of a run of letters and digits, so that no
  /// number is found inside a code (C919, PM2.5).
  private func skip(_ position: Int, _ text: [UInt32], _ limit: Int) -> Int {
    var end = position
    func isLatin(_ at: Int) -> Bool { CharacterKind(text[at]) == .letter }
    func isDigit(_ at: Int) -> Bool { CharacterKind(text[at]) == .digit }
    guard isLatin(position) || isDigit(position) else { return position + 1 }
    while end < limit,
      isLatin(end) || isDigit(end) || text[end] == 0x2D
        || (text[end] == 0x2E && end + 1 < limit && isDigit(end + 1))
    { end += 1 }
    return max(end, position + 1)
  }

  private func quantity(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> Quantity? {
    let limit = graph.range.end
    var numberStart = start
    var modifier = Modifier.exact
    var predicate: TextRange?
    if let before = vocabulary.longest(.before, at: start, in: graph),
      let sign = vocabulary.feature("mod", before.sense).flatMap(Modifier.init),
      before.range.end < limit
    {
      let next = before.range.end
      if numbers.begins(text[next]) || vocabulary.longest(.vague, at: next, in: graph) != nil {
        numberStart = next
        modifier = sign
        if vocabulary.longest(.amountVerb, at: start, in: graph)?.range == before.range {
          predicate = before.range
        }
      }
    }
    let sign = vocabulary.longest(.negative, at: numberStart, in: graph)
    if let sign, sign.range.end < limit, numbers.begins(text[sign.range.end]) {
      numberStart = sign.range.end
    }
    let isNegative = sign != nil && numberStart == sign?.range.end
    if start > graph.range.start, !followsFreely(text, start, numberStart, graph) { return nil }
    guard let (read, wholeNumber) = numberOrRange(at: numberStart, text, graph) else { return nil }
    var number = read
    if isNegative { number.magnitude = number.magnitude.negated }
    var position = number.end
    if number.modifier != .exact { modifier = number.modifier }
    if let after = vocabulary.longest(.after, at: position, in: graph),
      after.range.count == 1,
      let sign = vocabulary.feature("mod", after.sense).flatMap(Modifier.init),
      after.range.end < limit,
      measure(at: after.range.end, number, text, graph) != nil
        || number.endsInScale
    {
      modifier = sign
      position = after.range.end
    }
    let unit = number.isPercent ? nil : measure(at: position, number, text, graph)
    if unit == nil, !number.isPercent {
      guard bareNumberCounts(number, modifier, numberStart, text, graph) else { return nil }
    }
    if let unit, isDurationOnly(unit.sense) { return nil }
    let measureEnd = unit?.range.end ?? position
    if blocked(numberStart, measureEnd, number, graph) { return nil }
    var end = measureEnd
    if let after = vocabulary.longest(.after, at: end, in: graph),
      let sign = vocabulary.feature("mod", after.sense).flatMap(Modifier.init),
      after.range.count >= 2 || sign == .more
    {
      modifier = sign
      end = after.range.end
    }
    let lower = numberStart > start ? start : numberStart
    return Quantity(
      range: TextRange(lower, end), number: wholeNumber, magnitude: number.magnitude,
      kind: kind(of: unit?.sense, number), measure: unit?.range,
      unit: unit.flatMap { vocabulary.feature("unit", $0.sense) }
        ?? (number.isPercent ? "percent" : nil),
      modifier: modifier, predicate: lower == start ? predicate : nil,
      provenance: unit?.sense.provenance)
  }

  /// Not behind a letter, a digit or a hyphen in a code, nor behind 第.
  private func followsFreely(
    _ text: [UInt32], _ start: Int, _ numberStart: Int, _ graph: AnnotationGraph
  ) -> Bool {
    guard start == numberStart else { return true }
    let before = text[start - 1]
    let kind = CharacterKind(before)
    if kind == .letter || kind == .digit { return false }
    if vocabulary.ends(.ordinal, at: start, in: graph) { return false }
    if before == 0x2E || before == 0x2D || before == 0x2F, start >= 2 {
      let left = CharacterKind(text[start - 2])
      return left != .digit && left != .letter && left != .han
    }
    // A numeral before it would be part of this number if the two belonged together.
    return true
  }

  /// One number, or two with a range sign between.
  private func numberOrRange(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> (ReadNumber, TextRange)? {
    let limit = graph.range.end
    guard start < limit else { return nil }
    guard var number = readNumber(at: start, text, graph) else { return nil }
    var position = number.end
    // 39℃到42℃: the unit may stand behind both.
    let firstUnit = measure(at: position, number, text, graph)
    if let unit = firstUnit, vocabulary.rangeEnd(at: unit.range.end, in: graph) != nil {
      position = unit.range.end
    }
    if let sign = vocabulary.rangeEnd(at: position, in: graph),
      let second = numbers.read(text, at: sign, limit: limit),
      case .value(var low) = number.magnitude, case .value(let high) = second.magnitude,
      position == number.end || measure(at: second.end, second, text, graph) != nil
    {
      if second.endsInScale, !number.endsInScale, let scaled = sameScale(low, high) { low = scaled }
      if low < high {
        number.magnitude = .range(low: low, high: high)
        number.end = second.end
        number.endsInScale = second.endsInScale
      }
    }
    return (number, TextRange(start, number.end))
  }

  private func readNumber(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> ReadNumber? {
    let plain = numbers.read(text, at: start, limit: graph.range.end)
    guard let vague = vocabulary.longest(.vague, at: start, in: graph),
      vague.range.count >= 2 || plain == nil,
      vague.range.end > (plain?.end ?? start)
    else { return plain }
    // 上百, 成千上万, 数以万计; a scale may follow: 数百万.
    var end = vague.range.end
    while end < graph.range.end, numbers.isScale(text[end]) { end += 1 }
    return ReadNumber(
      end: end, magnitude: .unknown, isArabic: false, length: end - start)
  }

  /// In 3至5万 the scale belongs to both.
  private func sameScale(_ low: ExactDecimal, _ high: ExactDecimal) -> ExactDecimal? {
    for power in [12, 8, 4] {
      if high.exponent >= power || high >= ExactDecimal(1, exponent: power),
        let scaled = low.scaled(by: power), scaled < high
      {
        return scaled
      }
    }
    return nil
  }

  /// The measure word or unit at a position, if the number takes it there.
  private func measure(
    at position: Int, _ number: ReadNumber, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> (range: TextRange, sense: Sense)? {
    var position = position
    if position + 1 < graph.range.end, text[position] == 0x20,
      CharacterKind(text[position + 1]) == .letter
    {
      position += 1
    }
    guard let found = vocabulary.longest(.measure, at: position, in: graph) else { return nil }
    // A weak measure word gives way to a longer noun (项 to 项目), and is no letter (6G).
    if vocabulary.feature("strength", found.sense) != "strong" {
      if CharacterKind(text[position]) == .letter, found.range.count == 1 { return nil }
      if let noun = vocabulary.longest(.blocking, at: position, in: graph),
        noun.range.count > found.range.count
      {
        return nil
      }
    }
    // A unit in letters ends where the letters end.
    if CharacterKind(text[found.range.end - 1]) == .letter, found.range.end < graph.range.end,
      CharacterKind(text[found.range.end]) == .letter
    {
      return nil
    }
    // 微克/立方米, 元/吨: a rate is one unit.
    if found.range.end < graph.range.end, text[found.range.end] == 0x2F,
      let per = vocabulary.longest(.measure, at: found.range.end + 1, in: graph)
    {
      return (TextRange(found.range.start, per.range.end), found.sense)
    }
    return found
  }

  private func isDurationOnly(_ sense: Sense) -> Bool {
    vocabulary.className(sense) == "measure.duration"
  }

  /// A number without a measure word is a quantity when it is large (2900多万) or modified (约300).
  private func bareNumberCounts(
    _ number: ReadNumber, _ modifier: Modifier, _ start: Int, _ text: [UInt32],
    _ graph: AnnotationGraph
  ) -> Bool {
    if case .ratio = number.magnitude { return true }
    if case .value(let value) = number.magnitude, value.exponent < 0, !number.isArabic {
      return true
    }
    if number.endsInScale, number.length >= 2 { return true }
    return modifier != .exact && number.isArabic && number.length >= 2
  }

  /// Whether a longer word of the lexicon says that this is no number, or 一 is an article.
  private func blocked(
    _ start: Int, _ end: Int, _ number: ReadNumber, _ graph: AnnotationGraph
  ) -> Bool {
    guard !number.isArabic else { return false }
    if let word = vocabulary.longest(.blocking, at: start, in: graph), word.range.end > end {
      return true
    }
    if let word = vocabulary.longest(.confusable, at: start, in: graph), word.range.end == end {
      return true
    }
    if let article = vocabulary.longest(.article, at: start, in: graph), article.range.end >= end {
      return true
    }
    return false
  }

  private func kind(of sense: Sense?, _ number: ReadNumber) -> Quantity.Kind {
    if number.isPercent { return .percent }
    guard let sense else { return .number }
    switch vocabulary.className(sense) {
    case "measure.percent": return .percent
    case "measure.currency": return .money
    case "measure.unit": return .measure
    case "measure.age": return .age
    default: return .count
    }
  }
}
