internal import Annotations

/// A number read from the text.
struct ReadNumber {
  /// The position after the number, approximators inside it included (10余万).
  var end: Int
  var magnitude: Magnitude
  /// What 余, 多, 几 inside the number say.
  var modifier: Modifier = .exact
  /// Whether it is written in Arabic digits, at least to begin with.
  var isArabic: Bool
  /// Whether it ends in 万 or 亿.
  var endsInScale = false
  /// Whether it is 百分之 and a number.
  var isPercent = false
  /// How many digits or characters of the numeral there are.
  var length: Int
}

/// Reads one number at a position: Arabic with separators, Chinese, mixed with 万 and 亿, digit
/// strings, fractions, percents, and vague ones (数十, 几百, 十几).
///
/// Every number is exact or unknown; a number of more than 38 digits is unknown.
struct NumberReader {
  private let numerals: NumeralTable

  init(numerals: NumeralTable) { self.numerals = numerals }

  /// Whether a number may begin with this character.
  func begins(_ character: UInt32) -> Bool {
    (0x30...0x39).contains(character) || numerals[character] != nil
      || numerals.vagueDigits.contains(character)
  }

  /// Whether a number may go on behind this character.
  func continues(_ character: UInt32) -> Bool {
    begins(character) || numerals.points.contains(character)
  }

  /// Whether a character multiplies all before it: 万, 亿.
  func isScale(_ character: UInt32) -> Bool {
    if case .scale? = numerals[character] { true } else { false }
  }

  /// No number is longer, in characters: what goes on is read as another number, and reading at
  /// every position of a long run of numerals stays linear.
  private static let longest = 48

  /// The longest number at `start`.
  /// - Complexity: O(length of the number).
  func read(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    let limit = min(limit, start + Self.longest)
    if let percent = readParts(text, at: start, limit: limit) { return percent }
    guard let number = readPlain(text, at: start, limit: limit) else { return nil }
    // 三分之一: the denominator stands first.
    if number.end + 2 < limit, Array(text[number.end..<(number.end + 2)]) == numerals.fraction,
      case .value(let denominator) = number.magnitude,
      let over = readPlain(text, at: number.end + 2, limit: limit),
      case .value(let numerator) = over.magnitude
    {
      var whole = over
      whole.magnitude = Self.ratio(numerator, denominator)
      whole.isArabic = number.isArabic
      whole.length += number.length
      return whole
    }
    return number
  }

  /// 百分之二十 and 千分之五, in percent.
  private func readParts(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    guard let power = numerals.parts[text[start]], start + 3 < limit,
      Array(text[(start + 1)..<(start + 3)]) == numerals.fraction,
      var number = readPlain(text, at: start + 3, limit: limit)
    else { return nil }
    if case .value(let value) = number.magnitude {
      number.magnitude = value.scaled(by: 2 - power).map(Magnitude.value) ?? .unknown
    }
    number.isPercent = true
    number.length += 3
    return number
  }

  private static func ratio(_ numerator: ExactDecimal, _ denominator: ExactDecimal) -> Magnitude {
    // A denominator of twos and fives gives a decimal that ends.
    guard let bottom = denominator.integer, let top = numerator.integer, bottom > 0 else {
      return .unknown
    }
    var rest = bottom
    var decimal: ExactDecimal? = ExactDecimal(Int128(top))
    for (divisor, factor) in [(10, 1), (2, 5), (5, 2)] {
      while rest % divisor == 0 {
        rest /= divisor
        decimal = decimal?.multiplied(by: ExactDecimal(Int128(factor), exponent: -1))
      }
    }
    guard let decimal else { return .unknown }
    if decimal.coefficient % Int128(rest) == 0 {
      return .value(
        ExactDecimal(decimal.coefficient / Int128(rest), exponent: decimal.exponent))
    }
    let divisor = gcd(top, bottom)
    return .ratio(
      numerator: ExactDecimal(Int128(top / divisor)),
      denominator: ExactDecimal(Int128(bottom / divisor)))
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? max(a, 1) : gcd(b, a % b) }

  /// A number without 分之.
  private func readPlain(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    var sum = Summation()
    var position = start
    var modifier = Modifier.exact
    var vague = false
    var isArabic = false
    var lastWasScale = false
    var low: ExactDecimal?
    loop: while position < limit {
      let character = text[position]
      if (0x30...0x39).contains(character) {
        guard !sum.hasDigit, let (value, end) = arabic(text, at: position, limit: limit) else {
          break
        }
        if position == start { isArabic = true }
        sum.take(value, end: end, character: false)
        position = end
        lastWasScale = false
        continue
      }
      if let numeral = numerals[character] {
        switch numeral {
        case .digit(let digit):
          if sum.hasDigit {
            guard !sum.digitIsArabic else { break loop }
            // 五六百: two digits in a row and then a unit make a range.
            if low == nil, !isArabic, let previous = sum.lastDigit,
              previous > 0, digit == previous + 1,
              sum.digits == 1, !continuesDigits(text, at: position + 1, limit: limit)
            {
              low =
                continuesUnits(text, at: position + 1, limit: limit)
                ? sum.low() : sum.total(isArabic: false)
              sum.replaceDigit(digit)
            } else {
              sum.append(digit)
            }
          } else {
            sum.take(ExactDecimal(Int128(digit)), end: position + 1, character: true)
            sum.lastDigit = digit
          }
          lastWasScale = false
        case .tens(let tens):
          guard !sum.hasDigit else { break loop }
          sum.take(ExactDecimal(Int128(tens)), end: position + 1, character: true)
          sum.unit(1)
          lastWasScale = false
        case .unit(let power):
          // 556亿千瓦时: 百 and 千 need a digit behind a scale.
          if lastWasScale, power > 1, !sum.hasDigit { break loop }
          sum.unit(power)
          if let value = low { low = value.scaled(by: power) }
          lastWasScale = false
        case .scale(let power):
          if position == start, !scaleMayBegin(text, at: position, limit: limit) { return nil }
          sum.scale(power)
          if let value = low { low = value.scaled(by: power) }
          lastWasScale = true
        }
        position += 1
        continue
      }
      if numerals.vagueDigits.contains(character), !sum.hasDigit,
        position + 1 < limit, followsVague(text, at: position + 1, limit: limit, after: sum)
      {
        vague = true
        sum.take(ExactDecimal(1), end: position + 1, character: true)
        position += 1
        lastWasScale = false
        continue
      }
      if numerals.points.contains(character), sum.digits > 0 || sum.isPlainUnits,
        position + 1 < limit,
        !isArabic, case .digit? = numerals[text[position + 1]],
        let (decimals, end) = chineseDecimals(text, at: position + 1, limit: limit)
      {
        sum.decimals(decimals)
        position = end
        continue
      }
      if let inside = numerals.insideModifiers[character], position > start, position + 1 < limit,
        case .scale? = numerals[text[position + 1]], modifier == .exact
      {
        modifier = inside
        position += 1
        continue
      }
      break
    }
    guard position > start else { return nil }
    let length = position - start
    var magnitude = sum.total(isArabic: isArabic).map(Magnitude.value) ?? .unknown
    if vague {
      magnitude = .unknown
    } else if let low, case .value(let high) = magnitude {
      magnitude = low < high ? .range(low: low, high: high) : .unknown
    }
    return ReadNumber(
      end: position, magnitude: magnitude, modifier: modifier, isArabic: isArabic,
      endsInScale: lastWasScale, length: length)
  }

  /// 万 alone begins a number only before 亿 or in 上万, 千万: the character before decides, which
  /// the lexicon's vague quantifiers and words know; here only 万亿 and 百万, 千万 count.
  private func scaleMayBegin(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position + 1 < limit, case .scale? = numerals[text[position + 1]] else { return false }
    return true
  }

  private func continuesDigits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit, case .digit? = numerals[text[position]] else { return false }
    return true
  }

  private func continuesUnits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit else { return false }
    switch numerals[text[position]] {
    case .unit, .scale: return true
    default: return false
    }
  }

  /// 几百, 数十万, 十几: a vague digit needs a unit, a scale, or a unit before it.
  private func followsVague(
    _ text: [UInt32], at position: Int, limit: Int, after sum: Summation
  ) -> Bool {
    switch numerals[text[position]] {
    case .unit, .scale: true
    default: sum.isPlainUnits
    }
  }

  private func arabic(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal?, Int)? {
    var digits = ""
    var position = start
    func isDigit(_ at: Int) -> Bool { at < limit && (0x30...0x39).contains(text[at]) }
    while isDigit(position) {
      digits.unicodeScalars.append(Unicode.Scalar(UInt8(text[position])))
      position += 1
    }
    // 1,100 but not 19819,19920: groups of exactly three after at most three.
    if position - start <= 3 {
      while position < limit, text[position] == 0x2C, isDigit(position + 1),
        isDigit(position + 2), isDigit(position + 3), !isDigit(position + 4)
      {
        for offset in 1...3 {
          digits.unicodeScalars.append(Unicode.Scalar(UInt8(text[position + offset])))
        }
        position += 4
      }
    }
    if position < limit, text[position] == 0x2E, isDigit(position + 1) {
      digits += "."
      position += 1
      while isDigit(position) {
        digits.unicodeScalars.append(Unicode.Scalar(UInt8(text[position])))
        position += 1
      }
    }
    return (ExactDecimal(digits), position)
  }

  /// The digits after 点, as a fraction of one; not in a clock time (三点五分).
  private func chineseDecimals(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal, Int)? {
    var coefficient: Int128 = 0
    var position = start
    while position < limit, case .digit(let digit)? = numerals[text[position]],
      position - start < 30
    {
      coefficient = coefficient * 10 + Int128(digit)
      position += 1
    }
    guard position == limit || !numerals.clockUnits.contains(text[position]) else { return nil }
    if position < limit, case .unit? = numerals[text[position]] { return nil }
    return (ExactDecimal(coefficient, exponent: start - position), position)
  }
}

/// The sum that a numeral builds up: digits, units below 万, and scales that multiply all before.
private struct Summation {
  private var total: ExactDecimal? = ExactDecimal(0)
  private var section: ExactDecimal? = ExactDecimal(0)
  private var current: ExactDecimal?
  private var lastPower = 0
  private var lastScale = Int.max
  private var zeroBefore = false
  private(set) var digits = 0
  private(set) var digitIsArabic = false
  var lastDigit: Int?
  /// Whether it ends in 十, 百 or 千.
  private(set) var isPlainUnits = false

  /// Whether a digit waits for its unit; its value is unknown when it has too many digits.
  var hasDigit: Bool { digits > 0 }

  mutating func take(_ value: ExactDecimal?, end: Int, character: Bool) {
    if character, value?.coefficient == 0, isPlainUnits || lastPower > 0 {
      zeroBefore = true
    }
    current = value
    digits = 1
    digitIsArabic = !character
    isPlainUnits = false
  }

  /// Another digit of a digit string (二〇二一).
  mutating func append(_ digit: Int) {
    if digits == 1, current?.coefficient == 0, zeroBefore {
      current = ExactDecimal(Int128(digit))
    } else {
      current = current?.scaled(by: 1)?.adding(ExactDecimal(Int128(digit)))
      digits += 1
    }
    lastDigit = digit
  }

  /// The value up to here with the digit before, for the low end of 五六百.
  func low() -> ExactDecimal? {
    guard let current, let section, let total else { return nil }
    guard section.coefficient == 0, total.coefficient == 0 else { return nil }
    return current
  }

  mutating func replaceDigit(_ digit: Int) {
    current = ExactDecimal(Int128(digit))
    lastDigit = digit
  }

  mutating func unit(_ power: Int) {
    let factor = digits > 0 ? current : ExactDecimal(1)
    section = factor?.scaled(by: power).flatMap { section?.adding($0) }
    current = nil
    lastPower = power
    zeroBefore = false
    isPlainUnits = true
    digits = 0
  }

  mutating func scale(_ power: Int) {
    let inside = digits > 0 ? current.flatMap { section?.adding($0) } : section
    if let inside, inside.coefficient == 0, digits == 0, let so = total, so.coefficient != 0 {
      total = so.scaled(by: power)
    } else if power > lastScale, let so = total, let inside {
      total = so.adding(inside)?.scaled(by: power)
    } else {
      let part = (inside?.coefficient == 0 && digits == 0) ? ExactDecimal(1) : inside
      total = part?.scaled(by: power).flatMap { total?.adding($0) }
    }
    section = ExactDecimal(0)
    current = nil
    lastPower = power
    lastScale = power
    zeroBefore = false
    isPlainUnits = false
    digits = 0
  }

  mutating func decimals(_ value: ExactDecimal) {
    current = (current ?? ExactDecimal(0)).adding(value)
    digitIsArabic = true
    isPlainUnits = false
  }

  /// The value; a last digit right behind a unit counts that unit's tenths (一百八 is 180).
  func total(isArabic: Bool) -> ExactDecimal? {
    guard let total, let section, digits == 0 || current != nil else { return nil }
    var rest = current ?? ExactDecimal(0)
    if current != nil, lastPower > 1, !zeroBefore, !digitIsArabic, digits == 1,
      let scaled = rest.scaled(by: lastPower - 1)
    {
      rest = scaled
    }
    return total.adding(section)?.adding(rest)
  }
}
