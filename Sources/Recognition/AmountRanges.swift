internal import Annotations
internal import Characters

/// Two numbers or amounts that make a range: 三至五, 39℃到42℃.
struct RangeReader {
  let amounts: AmountReader

  private var words: NumberTokenizer { amounts.words }
  private var tokens: [NumberToken] { amounts.tokens }

  /// The number of the token that the range beginning at a token ends with, when its two numbers
  /// stand on both sides of a range sign.
  func numbers(from index: Int) -> Int? {
    guard !tokens[index].isPercent, let start = sign(behind: tokens[index].range.end),
      let next = follower(of: index, behind: start), tokens[next].range.start == start,
      !isDate(index, next)
    else { return nil }
    let low = scaled(tokens[index].low, like: tokens[next], isScaled: tokens[index].scalePower > 0)
    guard let low, let high = tokens[next].high, low < high else { return nil }
    return next
  }

  /// The low end of a range of bare numbers, in the scale of the high end.
  func low(of index: Int, to next: Int) -> ExactRational? {
    scaled(tokens[index].low, like: tokens[next], isScaled: tokens[index].scalePower > 0)
  }

  /// The range of amounts that begins with one, or with a bare number before one.
  func amount(from index: Int, first: Amount?, floor: Int) -> Amount? {
    let end = first?.range.end ?? tokens[index].range.end
    let last = first?.last ?? index
    guard let start = sign(behind: end) ?? pair(behind: end, from: last),
      let next = follower(of: last, behind: start),
      !tokens[index].isRange || first != nil, !tokens[index].isPercent || tokens[next].isPercent
    else { return nil }
    guard let second = amounts.amount(at: next, floor: end) else {
      // £7~8
      guard var range = first, range.isPrefixed, tokens[next].range.start == start,
        let high = tokens[next].high, let low = low(of: index, to: next), low < high
      else { return nil }
      range.low = low
      range.high = high
      range.last = next
      range.range = TextRange(range.range.start, tokens[next].range.end)
      return range
    }
    guard second.range.start == start, let high = second.high else { return nil }
    var range = second
    if let first, !first.isPrefixed {
      guard first.unit.kind == second.unit.kind, let low = converted(first, second) else {
        return nil
      }
      range.low = low
    } else if let first, first.unit.id != second.unit.id, !second.unit.isGeneric {
      return nil
    } else {
      let bare = scaled(
        tokens[index].low, like: tokens[next], isScaled: tokens[index].scalePower > 0)
      // 三到八折: tenths are tenths at both ends.
      range.low = bare?.multiplied(by: second.unit.factor)
      if let first { range.unit.id = first.unit.id }
    }
    guard let low = range.low, low < high else { return nil }
    range.range = TextRange(first?.range.start ?? tokens[index].range.start, second.range.end)
    if first == nil { takePrefix(&range, floor) }
    return range
  }

  /// 每小时三十到三百公里, 华氏80到90度: what stands before the first number belongs to both.
  private func takePrefix(_ range: inout Amount, _ floor: Int) {
    let start = range.range.start
    switch range.unit.kind {
    case .temperature:
      guard let scale = amounts.ending(.degrees, at: start, floor) else { return }
      range.unit.id = words.vocabulary.feature("unit", scale.sense)
      range.unit.others = []
      range.range = TextRange(scale.range.start, range.range.end)
    case .quantity:
      amounts.takeRate(&range, floor)
    default: return
    }
  }

  private func converted(_ first: Amount, _ second: Amount) -> ExactRational? {
    if first.unit.id == second.unit.id { return first.low }
    if first.unit.kind == .money, first.unit.isGeneric || second.unit.isGeneric {
      return first.low
    }
    guard let from = amounts.units.conversion(of: first.unit),
      let to = amounts.units.conversion(of: second.unit), from.base == to.base,
      let inFirst = first.low?.divided(by: first.unit.factor),
      let inBase = inFirst.multiplied(by: from.ratio)?.divided(by: to.ratio)
    else { return nil }
    return inBase.multiplied(by: second.unit.factor)
  }

  /// The position behind a range sign and the spaces around it, with (含) before it.
  func sign(behind end: Int) -> Int? {
    var position = end
    if let word = words.vocabulary.longest(.included, at: position, in: words.graph) {
      position = word.range.end
    }
    if words.character(position) == 0x20 { position += 1 }
    guard var next = words.vocabulary.rangeEnd(at: position, in: words.graph) else { return nil }
    // --
    if words.character(next) == 0x2D, words.character(position) == 0x2D { next += 1 }
    if words.character(next) == 0x20 { next += 1 }
    return next
  }

  /// The token behind a range sign: the next one, a currency before it aside.
  private func follower(of index: Int, behind start: Int) -> Int? {
    guard index + 1 < tokens.count else { return nil }
    let next = tokens[index + 1].range.start
    guard next >= start, next - start <= 4 else { return nil }
    return index + 1
  }

  /// The position behind 和 in 3万元和5万元之间.
  private func pair(behind end: Int, from index: Int) -> Int? {
    guard let word = words.vocabulary.longest(.pair, at: end, in: words.graph),
      index + 1 < tokens.count,
      let second = amounts.amount(at: index + 1, floor: word.range.end),
      second.range.start == word.range.end, second.range.end < words.graph.range.end,
      words.vocabulary.starts(.between, at: second.range.end, in: words.graph)
    else { return nil }
    return word.range.end
  }

  /// In 3至5万 the scale belongs to both.
  private func scaled(
    _ low: ExactRational?, like token: NumberToken, isScaled: Bool
  ) -> ExactRational? {
    guard let low, !isScaled, token.scalePower > 0, let high = token.high,
      let scaled = low.scaled(by: token.scalePower), !(high < scaled)
    else { return low }
    return scaled
  }

  /// 2021-05-06: a third number makes it a date.
  private func isDate(_ index: Int, _ next: Int) -> Bool {
    guard tokens[index].isDigits, tokens[next].isDigits, tokens[index].isArabic else {
      return false
    }
    func isSign(_ position: Int) -> Bool { words.character(position) == 0x2D }
    return (isSign(tokens[next].range.end) && words.isDigit(tokens[next].range.end + 1))
      || (isSign(tokens[index].range.start - 1) && words.isDigit(tokens[index].range.start - 2))
  }
}
