internal import Annotations
internal import Characters
internal import Segmentation

/// Reads amounts: the numbers of a sentence with the units that stand around them.
struct AmountReader {
  let words: NumberTokenizer
  let units: UnitReader
  let tokens: [NumberToken]

  private var vocabulary: Vocabulary { words.vocabulary }
  private var graph: AnnotationGraph { words.graph }

  /// The amount of a token, with all that its unit adds up (5元3毛, 三斤半); `floor` is where the value
  /// before ended.
  func amount(at index: Int, floor: Int) -> Amount? {
    let token = tokens[index]
    guard !token.isPercent else {
      let factor = ExactRational(1)
      return factor.map { factor in
        Amount(
          range: token.range, low: token.low, high: token.high,
          unit: MeasureUnit(range: token.range, kind: .percentage, factor: factor),
          modifier: token.modifier, last: index)
      }
    }
    var modifier = token.modifier
    var unit: MeasureUnit?
    // 3000多欧元, 1000余名
    if let after = vocabulary.longest(.after, at: token.range.end, in: graph),
      after.range.count == 1,
      let sign = vocabulary.feature("mod", after.sense).flatMap(Modifier.init),
      let behind = units.unit(at: after.range.end)
    {
      unit = behind
      modifier = sign
    } else {
      unit = units.unit(at: token.range.end)
    }
    // 五分 by itself is money; beside other words it is a time or a score.
    if unit == nil, isAll(token), let money = units.money(at: token.range.end),
      money.range.end == graph.range.end
    {
      unit = money
    }
    let prefix = units.currency(before: token.range.start, notBefore: floor)
    if let prefix {
      // 港币三个半: behind a currency any piece is one of its units.
      if unit?.kind == .quantity, let piece = units.money(at: token.range.end) { unit = piece }
      if unit == nil || unit?.kind == .money {
        return money(index, unit, prefix: prefix, modifier)
      }
    }
    guard let unit, !vocabulary.ends(.ordinal, at: token.range.start, in: graph),
      !isTimes(token, unit), !isClock(token, unit)
    else { return nil }
    switch unit.kind {
    case .money: return money(index, unit, prefix: nil, modifier)
    case .tenths: return tenths(index, unit)
    case .temperature: return temperature(index, unit, floor, modifier)
    default: return quantity(index, unit, floor, modifier)
    }
  }

  /// 两度会晤: a small number of 度 before a verb counts how often.
  private func isTimes(_ token: NumberToken, _ unit: MeasureUnit) -> Bool {
    unit.kind == .temperature && !unit.others.isEmpty && !token.isArabic && token.range.count == 1
      && words.isHan(unit.range.end) && vocabulary.starts(.verb, at: unit.range.end, in: graph)
  }

  /// 9点30分: up to the hours of a day, a weak unit that is one of time too says when.
  private func isClock(_ token: NumberToken, _ unit: MeasureUnit) -> Bool {
    guard unit.isWeak, unit.kind == .quantity, token.isPlain, let value = token.value,
      let hours = ExactRational(24)
    else { return false }
    return value < hours
      && vocabulary.all(.timeUnit, at: unit.range.start, in: graph).contains {
        $0.range == unit.range
      }
  }

  private func isAll(_ token: NumberToken) -> Bool {
    token.range.start == graph.range.start
      || ending(.bound, at: token.range.start, graph.range.start)?
        .range.start == graph.range.start
  }

  /// The amount that only the number and the unit make.
  private func plain(_ index: Int, _ unit: MeasureUnit, _ modifier: Modifier) -> Amount {
    let token = tokens[index]
    return Amount(
      range: TextRange(token.range.start, max(token.range.end, unit.range.end)),
      low: token.low?.multiplied(by: unit.factor), high: token.high?.multiplied(by: unit.factor),
      unit: unit, modifier: modifier, last: index)
  }

  private func add(_ value: ExactRational?, to amount: inout Amount, end: Int) {
    guard let value else { return }
    amount.low = amount.low?.adding(value)
    amount.high = amount.high?.adding(value)
    amount.range = TextRange(amount.range.start, end)
  }

  private func isHalf(_ position: Int) -> Bool {
    words.numerals.isHalf(words.character(position))
      && vocabulary.longest(.blocking, at: position, in: graph).map { $0.range.count < 2 } ?? true
  }

  // MARK: Money

  private func money(
    _ index: Int, _ unit: MeasureUnit?, prefix: (range: TextRange, id: String?)?,
    _ modifier: Modifier
  ) -> Amount? {
    guard let one = ExactRational(1) else { return nil }
    let token = tokens[index]
    let end = token.range.end
    var amount = plain(
      index,
      unit ?? MeasureUnit(range: TextRange(end, end), kind: .money, id: prefix?.id, factor: one),
      modifier)
    amount.isPrefixed = unit == nil
    if unit != nil { addParts(&amount) }
    if let round = vocabulary.longest(.round, at: amount.range.end, in: graph),
      !words.isHan(round.range.end), unit != nil
    {
      amount.range = TextRange(amount.range.start, round.range.end)
    }
    if let prefix {
      amount.range = TextRange(prefix.range.start, amount.range.end)
      if unit?.isGeneric != false { amount.unit.id = prefix.id }
    } else if let unit, unit.isWeak, amount.last == index,
      !isMoney(unit, TextRange(amount.range.start, amount.range.end))
    {
      return nil
    }
    return amount
  }

  /// 5元3毛2分, 三块五, 两毛五, 三块零四, 十块半.
  private func addParts(_ amount: inout Amount) {
    guard amount.unit.isGeneric || amount.unit.kind == .money else { return }
    var factor = amount.unit.factor
    while amount.last + 1 < tokens.count {
      let next = tokens[amount.last + 1]
      guard next.range.start == amount.range.end, let value = next.value, !next.isPercent else {
        break
      }
      if let part = units.money(at: next.range.end), part.factor < factor {
        guard amount.unit.id == part.id || part.isGeneric else { break }
        factor = part.factor
        add(value.multiplied(by: factor), to: &amount, end: part.range.end)
        amount.last += 1
        continue
      }
      guard let power = tailPower(next), isBare(next),
        let part = value.scaled(by: -power)?.multiplied(by: factor)
      else { break }
      add(part, to: &amount, end: next.range.end)
      amount.last += 1
      return
    }
    if isHalf(amount.range.end), let half = ExactRational(1, 2) {
      add(factor.multiplied(by: half), to: &amount, end: amount.range.end + 1)
    }
  }

  /// How many places behind the unit digits without one stand for: 五 in 三块五 one, 零四 two.
  private func tailPower(_ token: NumberToken) -> Int? {
    token.isDigits && token.range.count <= 2 ? token.range.count : nil
  }

  /// Whether nothing behind a number takes it for itself.
  private func isBare(_ token: NumberToken) -> Bool {
    let end = token.range.end
    return units.unit(at: end) == nil && !vocabulary.starts(.time, at: end, in: graph)
      && !vocabulary.starts(.measure, at: end, in: graph)
  }

  /// Whether a unit that is mostly something else is money here: 五块 but not 五块石头; 分 only by itself.
  private func isMoney(_ unit: MeasureUnit, _ range: TextRange) -> Bool {
    let end = range.end
    if let ten = ExactRational(1, 20), unit.factor < ten {
      return range.start == graph.range.start && end == graph.range.end
    }
    guard words.isHan(end) else { return true }
    return vocabulary.starts(.limit, at: end, in: graph)
      || vocabulary.rangeEnd(at: end, in: graph) != nil
  }

  // MARK: Others

  /// 三成半, 七成六, 八五折.
  private func tenths(_ index: Int, _ unit: MeasureUnit) -> Amount? {
    let token = tokens[index]
    guard let ten = ExactRational(10), token.value != nil else { return nil }
    if let word = vocabulary.longest(.blocking, at: unit.range.start, in: graph),
      word.range.count > unit.range.count
    {
      return nil
    }
    var unit = unit
    // 75折, 九九折: two digits are the percent themselves.
    if unit.isDiscount, let value = token.value, ten < value, let one = ExactRational(1) {
      unit.factor = one
    }
    var amount = plain(index, unit, token.modifier)
    let behind = words.character(unit.range.end) == 0x20 ? unit.range.end + 1 : unit.range.end
    if isHalf(behind), let half = ExactRational(1, 2) {
      add(unit.factor.multiplied(by: half), to: &amount, end: behind + 1)
    } else if !unit.isDiscount, index + 1 < tokens.count {
      let next = tokens[index + 1]
      let gap = next.range.start - unit.range.end
      if gap == 0 || (gap == 1 && words.character(unit.range.end) == 0x20), next.isDigits,
        next.range.count == 1, isBare(next), let value = next.value
      {
        add(value, to: &amount, end: next.range.end)
        amount.last += 1
      }
    }
    return amount
  }

  /// 华氏98.6度.
  private func temperature(
    _ index: Int, _ unit: MeasureUnit, _ floor: Int, _ modifier: Modifier
  ) -> Amount {
    var amount = plain(index, unit, modifier)
    // 三十七度五
    if index + 1 < tokens.count, unit.range.count == 1 {
      let next = tokens[index + 1]
      if next.range.start == unit.range.end, next.isDigits, next.range.count == 1, isBare(next),
        !words.isHan(next.range.end) || vocabulary.starts(.limit, at: next.range.end, in: graph)
      {
        add(next.value?.scaled(by: -1), to: &amount, end: next.range.end)
        amount.last += 1
      }
    }
    if let scale = ending(.degrees, at: amount.range.start, floor) {
      amount.unit.id = vocabulary.feature("unit", scale.sense)
      amount.unit.others = []
      amount.range = TextRange(scale.range.start, amount.range.end)
    }
    return amount
  }

  /// The longest word of a kind that ends at a position, spaces aside, and begins behind `floor`.
  func ending(
    _ kind: Vocabulary.Kind, at end: Int, _ floor: Int
  ) -> (range: TextRange, sense: Sense)? {
    var position = end
    while position > floor, words.character(position - 1) == 0x20, end - position < 2 {
      position -= 1
    }
    guard position > floor,
      let found = vocabulary.longest(kind, endingAt: position, in: graph),
      found.range.start >= floor
    else { return nil }
    return found
  }

  private func quantity(
    _ index: Int, _ unit: MeasureUnit, _ floor: Int, _ modifier: Modifier
  ) -> Amount {
    var amount = plain(index, unit, modifier)
    if unit.addsHalf { add(ExactRational(1, 2), to: &amount, end: amount.range.end) }
    if isHalf(amount.range.end), unit.kind == .quantity, let half = ExactRational(1, 2) {
      add(unit.factor.multiplied(by: half), to: &amount, end: amount.range.end + 1)
    } else if let conversion = units.conversion(of: unit) {
      addSmaller(&amount, conversion)
    }
    takeRate(&amount, floor)
    return amount
  }

  /// 每小时十公里: what stands before the number makes its unit a rate.
  func takeRate(_ amount: inout Amount, _ floor: Int) {
    guard let per = ending(.per, at: amount.range.start, floor), let id = amount.unit.id,
      amount.unit.kind == .quantity, let of = vocabulary.feature("unit", per.sense)
    else { return }
    amount.unit.id = id + "-per-" + of
    amount.range = TextRange(per.range.start, amount.range.end)
  }

  /// 六斤八两, 一米七五.
  private func addSmaller(
    _ amount: inout Amount, _ whole: (base: String, ratio: ExactRational)
  ) {
    var smallest = whole.ratio
    while amount.last + 1 < tokens.count {
      let next = tokens[amount.last + 1]
      guard next.range.start == amount.range.end, let value = next.value, !next.isPercent else {
        return
      }
      if let unit = units.unit(at: next.range.end), let part = units.conversion(of: unit),
        part.base == whole.base, part.ratio < smallest
      {
        smallest = part.ratio
        let inWhole = value.multiplied(by: part.ratio)?.divided(by: whole.ratio)
        add(inWhole?.multiplied(by: amount.unit.factor), to: &amount, end: unit.range.end)
        amount.last += 1
        continue
      }
      guard smallest == whole.ratio, let power = tailPower(next), isBare(next),
        !words.isHan(next.range.end) || vocabulary.starts(.limit, at: next.range.end, in: graph)
          || vocabulary.rangeEnd(at: next.range.end, in: graph) != nil
          || next.isArabic
      else { return }
      add(
        value.scaled(by: -power)?.multiplied(by: amount.unit.factor), to: &amount,
        end: next.range.end)
      amount.last += 1
      return
    }
  }
}
