internal import Annotations

/// Reads a number without 分之 character by character, and keeps what of it is read.
struct NumeralScan {
  private let reader: NumberReader
  private let text: [UInt32]
  private let start: Int
  private let limit: Int
  private var position: Int
  private var sum = Summation()
  /// The number with the lower of two digits: 三 in 三四百.
  private var lower: Summation?
  /// The number up to the last scale, which is all of it when another one as large follows.
  private var section: (sum: Summation, end: Int)
  private var digitStart: Int
  private var modifier = Modifier.exact
  private var isVague = false
  private var isArabic = false
  private var endsInScale = false
  private var scalePower = 0

  /// A scan from the beginning of a range to its end at most.
  init(_ reader: NumberReader, _ text: [UInt32], _ range: Range<Int>) {
    (self.reader, self.text) = (reader, text)
    (start, limit) = (range.lowerBound, range.upperBound)
    position = start
    digitStart = start
    section = (sum, start)
  }

  /// What was read, if that is a number.
  var number: ReadNumber? {
    guard position > start else { return nil }
    let total = sum.total(isArabic: isArabic)
    var magnitude = total.map(Magnitude.value) ?? .unknown
    var floor: ExactDecimal?
    if isVague {
      magnitude = .unknown
      if let total, total.coefficient > 0 { floor = total }
    } else if let low = lower?.total(isArabic: false), case .value(let high) = magnitude {
      magnitude = low < high ? .range(low: low, high: high) : .unknown
    }
    return ReadNumber(
      end: position, magnitude: magnitude, modifier: modifier, isArabic: isArabic,
      endsInScale: endsInScale, length: position - start, floor: floor,
      scalePower: endsInScale ? scalePower : 0)
  }

  /// Reads what belongs to the number at the position; whether there is any.
  mutating func readNext() -> Bool {
    guard position < limit else { return false }
    let character = text[position]
    if (0x30...0x39).contains(character) { return readArabic() }
    switch reader.numeral(character) {
    case .digit(let digit): return read(digit: digit, character)
    case .tens(let tens): return read(tens: tens)
    case .unit(let power): return read(unit: power)
    case .scale(let power): return read(scale: power)
    case nil: return readVague(character) || readPoint(character) || readInside(character)
    }
  }

  /// 1,100.5
  private mutating func readArabic() -> Bool {
    guard !sum.hasDigit || sum.isZero,
      let (value, end) = reader.arabic(text, at: position, limit: limit)
    else { return false }
    if position == start { isArabic = true }
    digitStart = position
    sum.take(value, end: end, character: false)
    sum.isSingle = end == position + 1
    position = end
    endsInScale = false
    return true
  }

  private mutating func read(digit: Int, _ character: UInt32) -> Bool {
    if reader.numerals.counting.contains(character), position > start,
      sum.lastDigit != 1 || !sum.hasDigit,
      !reader.continuesUnits(text, at: position + 1, limit: limit)
    {
      return false
    }
    if !sum.hasDigit {
      digitStart = position
      sum.take(ExactDecimal(Int128(digit)), end: position + 1, character: true)
      sum.lastDigit = digit
    } else if sum.digitIsArabic {
      return false
    } else if isRange(to: digit) {
      lower = sum
      sum.replaceDigit(digit)
    } else if sum.followsUnit {
      return false
    } else {
      sum.append(digit)
    }
    return step()
  }

  /// Whether a digit makes a range with the one before it: 五六百, two digits in a row and then a unit.
  private func isRange(to digit: Int) -> Bool {
    guard lower == nil, !isArabic, let previous = sum.lastDigit, previous > 0, sum.digits == 1,
      !reader.continuesDigits(text, at: position + 1, limit: limit)
    else { return false }
    return digit == previous + 1
      || reader.readsRare && previous == 3 && digit == 5
        && reader.continuesUnits(text, at: position + 1, limit: limit)
  }

  /// 廿
  private mutating func read(tens: Int) -> Bool {
    if sum.hasDigit { return false }
    sum.take(ExactDecimal(Int128(tens)), end: position + 1, character: true)
    sum.unit(1)
    return step()
  }

  /// 十, 百, 千
  private mutating func read(unit power: Int) -> Bool {
    // 556亿千瓦时: 百 and 千 need a digit behind a scale.
    if endsInScale, power > 1, !sum.hasDigit { return false }
    // 五百六百 are two numbers.
    if sum.repeatsUnit(power) {
      sum.drop()
      position = digitStart
      return false
    }
    sum.unit(power)
    lower?.unit(power)
    return step()
  }

  /// 万, 亿
  private mutating func read(scale power: Int) -> Bool {
    if position == start, !reader.scaleMayBegin(text, at: position, limit: limit),
      !reader.readsRare || reader.continuesDigits(text, at: position + 1, limit: limit)
    {
      return false
    }
    if sum.repeatsScale(power) {
      sum = section.sum
      position = section.end
      endsInScale = true
      return false
    }
    sum.scale(power)
    lower?.scale(power)
    scalePower = power
    section = (sum, position + 1)
    _ = step()
    endsInScale = true
    return true
  }

  /// 几 in 几百
  private mutating func readVague(_ character: UInt32) -> Bool {
    guard reader.numerals.isVague(character), !sum.hasDigit || reader.readsRare && sum.isZero,
      position + 1 < limit,
      reader.followsVague(text, at: position + 1, limit: limit, after: sum)
    else { return false }
    isVague = true
    sum.take(ExactDecimal(0), end: position + 1, character: true)
    return step()
  }

  /// 点五
  private mutating func readPoint(_ character: UInt32) -> Bool {
    guard reader.numerals.isPoint(character), sum.digits > 0 || sum.isPlainUnits || endsInScale,
      position + 1 < limit, !isArabic, reader.isDecimalDigit(text[position + 1]),
      let (decimals, end) = reader.chineseDecimals(text, at: position + 1, limit: limit)
    else { return false }
    sum.decimals(decimals)
    position = end
    endsInScale = false
    return true
  }

  /// 余 in 10余万
  private mutating func readInside(_ character: UInt32) -> Bool {
    guard let inside = reader.numerals.inside(character), position > start, position + 1 < limit,
      reader.isScale(text[position + 1]), modifier == .exact
    else { return false }
    modifier = inside
    position += 1
    return true
  }

  /// One character is read, and it is no scale.
  private mutating func step() -> Bool {
    position += 1
    endsInScale = false
    return true
  }
}
