internal import Annotations
internal import Characters

/// Numbers that bounds make open ranges: 大于10, 五百以上, 20和30之间.
struct BoundReader {
  /// A range that a bound opens to one side, or the one number of 等于.
  struct Interval {
    var range: TextRange
    var low: ExactRational?
    var high: ExactRational?
    /// The number of its last token.
    var last: Int

    /// The value.
    var typedValue: TypedValue {
      var reading = TypedValue.Reading(.number)
      reading.isRange = true
      reading.low = low?.description
      reading.high = high?.description
      return TypedValue(range: range, type: .numberrange, value: reading)
    }
  }

  let ranges: RangeReader

  private var amounts: AmountReader { ranges.amounts }
  private var words: NumberTokenizer { amounts.words }
  private var vocabulary: Vocabulary { words.vocabulary }
  private var graph: AnnotationGraph { words.graph }
  private var tokens: [NumberToken] { amounts.tokens }

  /// All ranges of numbers, in order.
  func intervals() -> [Interval] {
    var found: [Interval] = []
    var index = 0
    var floor = graph.range.start
    while index < tokens.count {
      guard var interval = interval(at: index, floor: floor) else {
        index += 1
        continue
      }
      if let joined = joined(interval) { interval = joined }
      found.append(interval)
      floor = interval.range.end
      index = interval.last + 1
    }
    return found
  }

  private func interval(at index: Int, floor: Int) -> Interval? {
    if let pair = pair(at: index, floor: floor) { return pair }
    if let last = ranges.numbers(from: index), let high = tokens[last].high {
      return Interval(
        range: TextRange(tokens[index].range.start, tokens[last].range.end),
        low: ranges.low(of: index, to: last), high: high, last: last)
    }
    let token = tokens[index]
    guard !token.isPercent, token.low != nil else { return nil }
    if token.isRange {
      return Interval(range: token.range, low: token.low, high: token.high, last: index)
    }
    return bounded(index, floor)
  }

  /// 20和30之间, 位于20和30之间.
  private func pair(at index: Int, floor: Int) -> Interval? {
    guard index + 1 < tokens.count else { return nil }
    let (first, second) = (tokens[index], tokens[index + 1])
    var position = first.range.end
    if words.character(position) == 0x20 { position += 1 }
    var next = ranges.sign(behind: first.range.end)
    if let word = vocabulary.longest(.pair, at: position, in: graph) {
      next = word.range.end
      if words.character(word.range.end) == 0x20 { next = word.range.end + 1 }
    }
    guard next == second.range.start, let high = second.high else { return nil }
    var end = second.range.end
    if words.character(end) == 0x20 { end += 1 }
    guard let between = vocabulary.longest(.between, at: end, in: graph),
      let low = ranges.low(of: index, to: index + 1), low < high
    else { return nil }
    let start = amounts.ending(.within, at: first.range.start, floor)?.range.start
    return Interval(
      range: TextRange(start ?? first.range.start, between.range.end), low: low, high: high,
      last: index + 1)
  }

  /// A number with a bound before it or behind it, or with 多.
  private func bounded(_ index: Int, _ floor: Int) -> Interval? {
    let token = tokens[index]
    if let comparison = comparison(index, floor) { return comparison }
    var range = token.range
    var sign: Modifier?
    var isEqual = false
    if let before = before(token.range.start, floor) {
      range = TextRange(before.start, range.end)
      sign = before.sign
      isEqual = before.isEqual
    }
    if let after = after(token.range.end), sign == nil || after.sign == sign {
      range = TextRange(range.start, after.end)
      sign = after.sign
    } else if token.modifier == .more, sign == nil {
      sign = .more
    }
    if isEqual, sign == nil {
      return Interval(range: range, low: token.low, high: token.low, last: index)
    }
    switch sign {
    case .more?, .atLeast?: return Interval(range: range, low: token.low, high: nil, last: index)
    case .less?, .atMost?: return Interval(range: range, low: nil, high: token.low, last: index)
    default: return nil
    }
  }

  /// 比100大.
  private func comparison(_ index: Int, _ floor: Int) -> Interval? {
    let token = tokens[index]
    guard let than = amounts.ending(.than, at: token.range.start, floor),
      let word = vocabulary.longest(.comparative, at: token.range.end, in: graph),
      let sign = vocabulary.feature("mod", word.sense).flatMap(Modifier.init)
    else { return nil }
    return Interval(
      range: TextRange(than.range.start, word.range.end), low: sign == .more ? token.low : nil,
      high: sign == .less ? token.low : nil, last: index)
  }

  /// The bound before a number: 大于, 大于或等于, 超过了.
  private func before(_ end: Int, _ floor: Int) -> (start: Int, sign: Modifier?, isEqual: Bool)? {
    var position = end
    if let particle = amounts.ending(.particle, at: end, floor),
      amounts.ending(.bound, at: particle.range.start, floor) != nil
    {
      position = particle.range.start
    }
    guard let last = bound(endingAt: position, floor) else { return nil }
    var start = last.range.start
    var sign = last.sign
    let either = amounts.ending(.either, at: start, floor)
    if let first = bound(endingAt: either?.range.start ?? start, floor),
      (first.sign == nil) != (last.sign == nil), let one = first.sign ?? last.sign
    {
      start = first.range.start
      sign = one == .more ? .atLeast : one == .less ? .atMost : one
    }
    return (start, sign, sign == nil)
  }

  /// A bound that ends at a position, spaces aside; no sign for 等于. What is only about a number, or just
  /// short of it, bounds nothing.
  private func bound(
    endingAt end: Int, _ floor: Int
  ) -> (range: TextRange, sign: Modifier?)? {
    guard let found = amounts.ending(.bound, at: end, floor),
      let written = vocabulary.feature("mod", found.sense),
      vocabulary.feature("note", found.sense)?.hasPrefix("just below") != true
    else { return nil }
    let sign = Modifier(rawValue: written)
    if sign == .about { return nil }
    // 通过20个: a single character only where it is a word.
    if found.range.count == 1, words.isHan(found.range.start),
      vocabulary.plainWord(at: found.range.start, in: graph)?.start != found.range.start
    {
      return nil
    }
    return (found.range, sign == .exact ? nil : sign)
  }

  /// The bound behind a number: 以上, 或者更多, 多.
  private func after(_ end: Int) -> (end: Int, sign: Modifier)? {
    var position = end
    if words.character(position) == 0x20 { position += 1 }
    guard let found = vocabulary.longest(.limit, at: position, in: graph),
      let sign = vocabulary.feature("mod", found.sense).flatMap(Modifier.init), sign != .about,
      found.range.count > 1 || position == end
    else { return nil }
    return (found.range.end, sign)
  }

  /// 大于10小于20: two bounds side by side that leave something between them.
  private func joined(_ first: Interval) -> Interval? {
    guard (first.low == nil) != (first.high == nil), first.last + 1 < tokens.count else {
      return nil
    }
    var position = first.range.end
    while words.character(position) == 0x20 || words.character(position) == 0x2C { position += 1 }
    if let and = vocabulary.longest(.boundAnd, at: position, in: graph) {
      position = and.range.end
    }
    guard let second = bounded(first.last + 1, position), second.range.start == position,
      (second.low == nil) != (second.high == nil),
      (first.low == nil) != (second.low == nil), let low = first.low ?? second.low,
      let high = first.high ?? second.high, low < high
    else { return nil }
    return Interval(
      range: TextRange(first.range.start, second.range.end), low: low, high: high,
      last: second.last)
  }
}
