internal import Annotations
internal import Characters

/// What stands around an amount and belongs to it: approximators, bounds, and words that say that a
/// number is money.
struct AmountModifiers {
  let amounts: AmountReader

  private var words: NumberTokenizer { amounts.words }
  private var vocabulary: Vocabulary { words.vocabulary }
  private var graph: AnnotationGraph { words.graph }

  /// Takes in 约, 至少, 左右, 以上 and 从; verbs (超过) only before money.
  func extend(_ amount: inout Amount, floor: Int) {
    if [.percentage, .tenths, .temperature, .age].contains(amount.unit.kind) {
      // Their span is only the number and the unit.
      var whole = amount
      whole.unit.kind = .quantity
      extend(&whole, floor: floor)
      amount.modifier = whole.modifier
      return
    }
    takeVague(&amount, floor)
    if let after = vocabulary.longest(.limit, at: amount.range.end, in: graph),
      let sign = vocabulary.feature("mod", after.sense).flatMap(Modifier.init),
      after.range.count >= 2 || sign == .more
    {
      amount.range = TextRange(amount.range.start, after.range.end)
      amount.modifier = sign
    }
    let isMoney = amount.unit.kind == .money
    if amount.low != amount.high {
      if let included = vocabulary.longest(.included, at: amount.range.end, in: graph) {
        amount.range = TextRange(amount.range.start, included.range.end)
      }
      if let within = amounts.ending(.within, at: amount.range.start, floor) {
        amount.range = TextRange(within.range.start, amount.range.end)
      } else if isMoney, let from = amounts.ending(.from, at: amount.range.start, floor) {
        amount.range = TextRange(from.range.start, amount.range.end)
      }
      if let between = vocabulary.longest(.between, at: amount.range.end, in: graph) {
        amount.range = TextRange(amount.range.start, between.range.end)
      }
    }
    guard let before = bound(isMoney ? .bound : .before, at: amount.range.start, floor),
      isMoney || !isVerb(before.range)
    else { return }
    amount.range = TextRange(before.range.start, amount.range.end)
    if amount.modifier == .exact { amount.modifier = before.sign }
  }

  /// 上百万元, 好几亿元: what makes a number vague begins a character before it.
  private func takeVague(_ amount: inout Amount, _ floor: Int) {
    let start = amount.range.start - 1
    guard start >= floor,
      let vague = vocabulary.longest(.vague, at: start, in: graph), vague.range.end > start + 1,
      vague.range.end <= amounts.tokens[amount.last].range.end,
      !words.numbers.begins(words.character(start)),
      let sign = vocabulary.feature("mod", vague.sense).flatMap(Modifier.init)
    else { return }
    amount.range = TextRange(start, amount.range.end)
    if amount.modifier == .exact { amount.modifier = sign }
  }

  /// The bound before an amount; 大于等于 is one.
  private func bound(
    _ kind: Vocabulary.Kind, at end: Int, _ floor: Int
  ) -> (range: TextRange, sign: Modifier)? {
    guard let last = amounts.ending(kind, at: end, floor),
      let sign = vocabulary.feature("mod", last.sense).flatMap(Modifier.init)
    else { return nil }
    guard sign == .exact else { return (last.range, sign) }
    let either = amounts.ending(.either, at: last.range.start, floor)
    guard
      let first = amounts.ending(kind, at: either?.range.start ?? last.range.start, floor),
      let one = vocabulary.feature("mod", first.sense).flatMap(Modifier.init),
      one == .more || one == .less
    else { return nil }
    return (
      TextRange(first.range.start, last.range.end), one == .more ? .atLeast : .atMost
    )
  }

  /// 三万元以上五万元以下: two amounts side by side that bound a range.
  func joined(_ first: Amount?, _ second: Amount) -> Amount? {
    guard let first, first.range.end == second.range.start, first.unit.kind == second.unit.kind,
      first.unit.id == second.unit.id, [.more, .atLeast].contains(first.modifier),
      [.less, .atMost].contains(second.modifier), let low = first.low, let high = second.high,
      low < high
    else { return nil }
    var range = second
    range.low = low
    range.range = TextRange(first.range.start, second.range.end)
    range.modifier = .exact
    return range
  }

  private func isVerb(_ range: TextRange) -> Bool {
    vocabulary.longest(.amountVerb, at: range.start, in: graph)?.range == range
  }

  /// Money without a unit beside a word of pay: 月薪15k.
  func pay(at index: Int, _ ranges: RangeReader) -> Amount? {
    let token = amounts.tokens[index]
    let last = ranges.numbers(from: index) ?? index
    guard token.hasSuffix || amounts.tokens[last].scalePower > 0, let one = ExactRational(1),
      amounts.units.unit(at: amounts.tokens[last].range.end) == nil,
      hasPay(before: token.range.start) || isSum(token)
    else { return nil }
    let end = amounts.tokens[last].range.end
    return Amount(
      range: TextRange(token.range.start, end),
      low: last == index ? token.low : ranges.low(of: index, to: last),
      high: amounts.tokens[last].high,
      unit: MeasureUnit(range: TextRange(end, end), kind: .money, id: "CNY", factor: one),
      modifier: token.modifier, last: last)
  }

  /// 15k左右, 30w上下: so short a way to write it, and about, by itself is a sum of money.
  private func isSum(_ token: NumberToken) -> Bool {
    guard token.hasSuffix, token.range.start == graph.range.start, token.scalePower < 6,
      let after = vocabulary.longest(.limit, at: token.range.end, in: graph)
    else { return false }
    return after.range.end == graph.range.end
      && vocabulary.feature("mod", after.sense) == Modifier.about.rawValue
  }

  /// The furthest that a word of pay stands before its number.
  private static let reach = 10

  private func hasPay(before position: Int) -> Bool {
    for start in max(graph.range.start, position - Self.reach)..<max(position, graph.range.start) {
      if vocabulary.starts(.pay, at: start, in: graph) { return true }
    }
    return false
  }
}
