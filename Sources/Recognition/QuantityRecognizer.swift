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
  private let numeralSet: CharacterSet

  /// A recogniser over a lexicon.
  package init(vocabulary: Vocabulary, numerals: NumeralTable) {
    self.vocabulary = vocabulary
    let numbers = NumberReader(numerals: numerals)
    self.numbers = numbers
    numeralSet = CharacterSet(where: numbers.begins)
  }

  /// The quantities of the graph's sentence, in order, none overlapping another; `taken` are spans
  /// that are something else already.
  package func quantities(
    in text: [UInt32], graph: AnnotationGraph, taken: [TextRange]
  ) -> [Quantity] {
    var found: [Quantity] = []
    let openers = vocabulary.quantityOpeners(in: graph)
    var nextOpener = 0
    var position = graph.range.start
    let limit = graph.range.end
    while position < limit {
      while nextOpener < openers.count, openers[nextOpener] < position { nextOpener += 1 }
      let opens = nextOpener < openers.count && openers[nextOpener] == position
      guard opens || numeralSet.contains(text[position]) else {
        if text[position] >= Self.firstHan {
          position += 1
          continue
        }
        position = skip(position, text, limit)
        continue
      }
      if let blocked = taken.first(where: { $0.start <= position && position < $0.end }) {
        position = blocked.end
        continue
      }
      switch quantity(at: position, text, graph) {
      case .success(let quantity) where taken.contains { $0.overlaps(quantity.range) }:
        position += 1
      case .success(let quantity):
        found.append(quantity)
        position = quantity.range.end
      case .failure(let none):
        position = max(none.next, skip(position, text, limit))
      }
    }
    return found
  }

  /// The first Han character: nothing from it on is a letter or a digit of a code.
  private static let firstHan: UInt32 = 0x2E80

  /// Past a character that begins no quantity: past all of a run of letters and digits, so that no
  /// number is found inside a code (C919, PM2.5).
  private func skip(_ position: Int, _ text: [UInt32], _ limit: Int) -> Int {
    if text[position] >= Self.firstHan { return position + 1 }
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

  /// What stands at a position is no quantity, and none begins before `next`.
  private struct NoQuantity: Error {
    var next: Int
  }

  private func quantity(
    at start: Int, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> Result<Quantity, NoQuantity> {
    let nothing = Result<Quantity, NoQuantity>.failure(NoQuantity(next: start + 1))
    let opening = opening(at: start, text, graph)
    let numberStart = opening.numberStart
    if start > graph.range.start {
      if start == numberStart, !followsFreely(text, start, graph) {
        let number = numbers.read(text, at: start, limit: graph.range.end)
        return .failure(NoQuantity(next: number?.end ?? start + 1))
      }
      // In 节约30% and 人数升至 the words are 节约 and 人数.
      if !isDigit(text[start]), vocabulary.knownWord(around: start, in: graph) != nil {
        return nothing
      }
    }
    guard let (read, wholeNumber) = numberOrRange(at: numberStart, text, graph) else {
      return nothing
    }
    var number = read
    if opening.isNegative { number.magnitude = number.magnitude.negated }
    var modifier = opening.modifier
    var position = number.end
    if number.modifier != .exact { modifier = number.modifier }
    if let after = vocabulary.longest(.after, at: position, in: graph),
      after.range.count == 1,
      let sign = vocabulary.modifier(after.sense),
      after.range.end < graph.range.end,
      measure(at: after.range.end, number, text, graph) != nil
        || number.endsInScale
    {
      modifier = sign
      position = after.range.end
    }
    let unit = number.isPercent ? nil : measure(at: position, number, text, graph)
    let measureEnd = unit?.range.end ?? position
    if let next = blocked(numberStart, measureEnd, number, unit?.range, text, graph) {
      return .failure(NoQuantity(next: next))
    }
    if unit == nil, !number.isPercent {
      let isModified =
        modifier != .exact
        || (vocabulary.longest(.after, at: position, in: graph)?.range.count ?? 0) >= 2
      guard bareNumberCounts(number, isModified, numberStart, text, graph) else {
        // No quantity begins inside a number: 二十四节气 has no 十四节.
        let isNumber = number.length > 1 && number.end > start
        return .failure(NoQuantity(next: isNumber ? number.end : start + 1))
      }
    }
    if let unit, !counts(unit, number, opening, start, text, graph) { return nothing }
    var end = measureEnd
    if let unit, let (magnitude, rest) = withParts(number, unit, text, graph) {
      number.magnitude = magnitude
      end = rest
    }
    if let after = vocabulary.longest(.after, at: end, in: graph),
      let sign = vocabulary.modifier(after.sense),
      after.range.count >= 2 || sign == .more
    {
      // 3个多月 is a time.
      if after.range.count == 1, startsDuration(at: after.range.end, graph) { return nothing }
      modifier = sign
      end = after.range.end
    }
    if modifier == .exact, let verb = vocabulary.longest(.surpassing, endingAt: start, in: graph) {
      modifier = vocabulary.modifier(verb.sense) ?? modifier
    }
    return .success(
      Quantity(
        range: TextRange(start, end), number: wholeNumber, magnitude: number.magnitude,
        kind: kind(of: unit?.sense, number), measure: unit?.range,
        unit: unit.flatMap { vocabulary.feature("unit", $0.sense) }
          ?? (number.isPercent ? "percent" : nil),
        modifier: modifier, predicate: opening.predicate,
        provenance: (unit?.sense).map { vocabulary.lexicon.provenance(of: $0) }))
  }

  /// What stands before the number of a quantity.
  private struct Opening {
    var numberStart: Int
    var modifier = Modifier.exact
    var predicate: TextRange?
    var isNegative = false
  }

  private func opening(at start: Int, _ text: [UInt32], _ graph: AnnotationGraph) -> Opening {
    let limit = graph.range.end
    var opening = Opening(numberStart: start)
    if isDigit(text[start]) { return opening }
    if let before = vocabulary.longest(.before, at: start, in: graph),
      let sign = vocabulary.modifier(before.sense), before.range.end < limit
    {
      let next = before.range.end
      if numbers.begins(text[next]) || vocabulary.longest(.vague, at: next, in: graph) != nil {
        opening.numberStart = next
        opening.modifier = sign
        if vocabulary.longest(.amountVerb, at: start, in: graph)?.range == before.range {
          opening.predicate = before.range
        }
      }
    }
    if let sign = vocabulary.longest(.negative, at: opening.numberStart, in: graph),
      sign.range.end < limit, numbers.begins(text[sign.range.end])
    {
      opening.numberStart = sign.range.end
      opening.isNegative = true
    }
    return opening
  }

  private func isDigit(_ character: UInt32) -> Bool { (0x30...0x39).contains(character) }

  /// Not behind a letter, a digit or a hyphen in a code, nor behind 第.
  private func followsFreely(
    _ text: [UInt32], _ start: Int, _ graph: AnnotationGraph
  ) -> Bool {
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
    guard var found = vocabulary.longest(.measure, at: position, in: graph) else { return nil }
    if !vocabulary.isStrong(found.sense), found.range.count > 1,
      !vocabulary.isBoundary(found.range.end, in: graph)
    {
      // 5家子公司 has 家, not 家子.
      found =
        vocabulary.all(.measure, at: position, in: graph).first {
          vocabulary.isBoundary($0.range.end, in: graph)
        } ?? found
    }
    let isStrong = vocabulary.isStrong(found.sense)
    // 20出头
    if !isStrong, let after = vocabulary.longest(.after, at: position, in: graph),
      after.range.count > found.range.count
    {
      return nil
    }
    if !isStrong, CharacterKind(text[position]) == .letter, found.range.count == 1 { return nil }
    // It gives way to a longer noun (项 to 项目, not to 名人 in 3名人员).
    if let noun = vocabulary.longest(.blocking, at: position, in: graph),
      noun.range.count > found.range.count
    {
      let stands =
        vocabulary.hasPath(in: graph) && vocabulary.isBoundary(found.range.end, in: graph)
        || isStrong
          && vocabulary.longest(.blocking, at: found.range.end, in: graph)?.range.count ?? 0 >= 2
      if !stands { return nil }
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

  private func startsDuration(at position: Int, _ graph: AnnotationGraph) -> Bool {
    vocabulary.all(.measure, at: position, in: graph).contains {
      vocabulary.measureClass($0.sense) == .duration
    }
  }

  /// Whether a number with this measure word or unit counts or measures something.
  private func counts(
    _ unit: (range: TextRange, sense: Sense), _ number: ReadNumber, _ opening: Opening,
    _ start: Int, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> Bool {
    let end = unit.range.end
    // 7分47秒 is a time.
    if end < graph.range.end, numeralSet.contains(text[end]),
      startsDuration(at: unit.range.start, graph),
      let next = numbers.read(text, at: end, limit: graph.range.end),
      startsDuration(at: next.end, graph)
    {
      return false
    }
    switch vocabulary.measureClass(unit.sense) {
    case .duration: return false
    case .ordinalLike:
      // 十四届政协 is the 14th, 已办五届 are five.
      return opening.modifier != .exact
        || (!goesOn(at: end, graph) && !vocabulary.starts(.listing, at: end, in: graph))
    case .unit:
      // 女子50米自由泳
      return vocabulary.longest(.naming, endingAt: start, in: graph) == nil
        || !goesOn(at: end, graph)
    case .thing where number.magnitude == .value(ExactDecimal(1)) && !number.isArabic:
      // 一开年 is no piece of anything.
      let senses = vocabulary.all(.measure, at: unit.range.start, in: graph)
      return senses.contains { found in
        found.range.end == end
          && (vocabulary.measureClass(found.sense) != .thing || vocabulary.isStrong(found.sense)
            || vocabulary.goesWith(found.sense, text, end, graph.range.end))
      }
        || ((vocabulary.plainWord(at: end, in: graph)?.count ?? 0) >= 2
          && !vocabulary.all(.notThing, at: unit.range.start, in: graph).contains {
            $0.range == unit.range && vocabulary.measureClass($0.sense) == .other
          })
    default: return true
    }
  }

  /// The value with what smaller units behind the unit add, and where they end: 一米八, 3元5角.
  private func withParts(
    _ number: ReadNumber, _ unit: (range: TextRange, sense: Sense), _ text: [UInt32],
    _ graph: AnnotationGraph
  ) -> (Magnitude, Int)? {
    let limit = graph.range.end
    guard unit.range.end < limit, numeralSet.contains(text[unit.range.end]),
      case .value(let whole) = number.magnitude,
      let part = numbers.read(text, at: unit.range.end, limit: limit),
      case .value(let count) = part.magnitude, part.modifier == .exact
    else { return nil }
    let splitting = vocabulary.longest(.splitting, at: unit.range.start, in: graph).flatMap {
      $0.range == unit.range ? $0.sense : nil
    }
    if let small = measure(at: part.end, part, text, graph) {
      if let name = vocabulary.feature("unit", unit.sense),
        vocabulary.feature("unit", small.sense) == name,
        let factor = vocabulary.feature("factor", small.sense).flatMap(ExactDecimal.init),
        factor < ExactDecimal(1), vocabulary.feature("factor", unit.sense) == nil,
        let sum = count.multiplied(by: factor).flatMap({ whole.adding($0) })
      {
        if case (let more, let end)? = withParts(
          ReadNumber(end: part.end, magnitude: .value(sum), isArabic: part.isArabic, length: 1),
          (small.range, unit.sense), text, graph)
        {
          return (more, end)
        }
        return (.value(sum), small.range.end)
      }
      // 三斤二两: a unit of a tenth by its own name.
      guard part.length == 1,
        let tenth = splitting.flatMap({ vocabulary.feature("note", $0) })?.unicodeScalars.first,
        text[part.end] == tenth.value, let sum = count.scaled(by: -1).flatMap({ whole.adding($0) })
      else { return nil }
      return (.value(sum), part.end + 1)
    }
    guard splitting != nil else { return nil }
    guard part.length <= 2, part.isArabic == number.isArabic, count.exponent == 0,
      part.isArabic || vocabulary.isBoundary(part.end, in: graph),
      part.end == limit || !numbers.continues(text[part.end]),
      !vocabulary.starts(.time, at: part.end, in: graph),
      let sum = count.scaled(by: -part.length).flatMap({ whole.adding($0) })
    else { return nil }
    return (.value(sum), part.end)
  }

  /// Whether anything but a punctuation mark stands at a position.
  private func goesOn(at position: Int, _ graph: AnnotationGraph) -> Bool {
    position < graph.range.end && !vocabulary.starts(.punctuation, at: position, in: graph)
  }

  /// A number without a measure word is a quantity when it is large (2900多万) or modified (约300).
  private func bareNumberCounts(
    _ number: ReadNumber, _ isModified: Bool, _ start: Int, _ text: [UInt32],
    _ graph: AnnotationGraph
  ) -> Bool {
    if case .ratio = number.magnitude { return true }
    if case .value(let value) = number.magnitude, value.exponent < 0, !number.isArabic {
      return true
    }
    if number.endsInScale, number.length >= 2 { return true }
    if number.length == 1, !number.isArabic {
      return number.magnitude == .value(ExactDecimal(1))
        && standsForMeasure(number.end, start, graph)
    }
    return isModified && number.isArabic && number.length >= 2
  }

  /// Whether 一 counts the noun right behind it: 渝水区一店铺发生火灾.
  private func standsForMeasure(_ end: Int, _ start: Int, _ graph: AnnotationGraph) -> Bool {
    guard vocabulary.hasPath(in: graph), start > graph.range.start,
      let word = vocabulary.plainWord(at: start, in: graph), word.end == end,
      let next = vocabulary.plainWord(at: end, in: graph), next.count >= 2
    else { return false }
    return vocabulary.all(.thing, at: end, in: graph).contains { $0.range == next }
      && !vocabulary.all(.notThing, at: end, in: graph).contains { $0.range.count >= next.count }
  }

  /// Where to go on when these numerals are no number, or 一 is an article; nil when they count.
  private func blocked(
    _ start: Int, _ end: Int, _ number: ReadNumber, _ measure: TextRange?, _ text: [UInt32],
    _ graph: AnnotationGraph
  ) -> Int? {
    guard !number.isArabic else { return nil }
    if let word = vocabulary.longest(.blocking, at: start, in: graph), word.range.end > end {
      return word.range.end
    }
    // 万亿级 is an amount even where it is used as an adjective.
    if !(number.endsInScale && measure != nil),
      let word = vocabulary.longest(.confusable, at: start, in: graph), word.range.end == end
    {
      return end
    }
    if isLabel(start, end, graph) || isListedOrdinal(start, number, text, graph) { return end }
    let isCounted =
      vocabulary.ends(.counting, at: start, in: graph)
      || (vocabulary.longest(.after, at: end, in: graph)?.range.count ?? 0) >= 2
    if let article = vocabulary.longest(.article, at: start, in: graph),
      article.range.end > end || (article.range.end == end && !isCounted)
    {
      return article.range.end
    }
    guard number.magnitude == .value(ExactDecimal(1)) else { return nil }
    if let before = vocabulary.longest(.determining, endingAt: start, in: graph),
      vocabulary.isBoundary(before.range.start, in: graph)
    {
      return end
    }
    // 一件件, 一座座
    if let measure, measure.end + measure.count <= graph.range.end,
      text[measure.start..<measure.end].elementsEqual(
        text[measure.end..<(measure.end + measure.count)])
    {
      return measure.end + measure.count
    }
    return nil
  }

  /// The most characters a label in quotation marks has behind its number.
  private static let longestLabel = 6

  /// “两个维护”, “五个严禁”: the name of a list, not so many of something.
  private func isLabel(_ start: Int, _ end: Int, _ graph: AnnotationGraph) -> Bool {
    guard start > graph.range.start, vocabulary.ends(.opening, at: start, in: graph) else {
      return false
    }
    let limit = min(graph.range.end, end + Self.longestLabel + 1)
    return (end + 1..<max(limit, end + 1)).contains {
      vocabulary.starts(.closing, at: $0, in: graph)
    }
  }

  /// The second of 一、二类: each is one kind, not so many.
  private func isListedOrdinal(
    _ start: Int, _ number: ReadNumber, _ text: [UInt32], _ graph: AnnotationGraph
  ) -> Bool {
    guard number.length == 1, start >= graph.range.start + 2,
      vocabulary.ends(.listing, at: start, in: graph)
    else { return false }
    return !isDigit(text[start - 2]) && numbers.begins(text[start - 2])
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
