package import Annotations

/// A number read from the text.
package struct ReadNumber: Sendable {
  /// The position after the number, approximators inside it included (10余万).
  package var end: Int
  /// What the number says.
  package var magnitude: Magnitude
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
  /// What a vague number has at least, as far as it is named: 100000 of 十几万.
  var floor: ExactDecimal?
  /// The power of ten of a scale at the end, 0 for none.
  var scalePower = 0
}

/// Reads one number at a position: Arabic with separators, Chinese, mixed with 万 and 亿, digit
/// strings, fractions, percents, and vague ones (数十, 几百, 十几).
///
/// Every number is exact or unknown; a number of more than 38 digits is unknown.
package struct NumberReader: Sendable {
  private let numerals: NumeralTable
  /// Whether the numerals of speech, of old print and of very large numbers count: 幺, 俩, 兆.
  private let readsRare: Bool

  /// A reader of the numerals of a lexicon.
  package init(numerals: NumeralTable, readsRare: Bool = false) {
    self.numerals = numerals
    self.readsRare = readsRare
  }

  /// What a character is in a number.
  func numeral(_ character: UInt32) -> NumeralTable.Numeral? {
    numerals[character] ?? (readsRare ? numerals.rare(character) : nil)
  }

  /// Whether a number may begin with this character.
  func begins(_ character: UInt32) -> Bool {
    numerals.opens(character)
      || (readsRare && (numerals.rare(character) != nil || numerals.spoken[character] != nil))
  }

  /// Whether a number may go on behind this character.
  func continues(_ character: UInt32) -> Bool {
    begins(character) || numerals.isPoint(character)
  }

  /// Whether a character multiplies all before it: 万, 亿.
  func isScale(_ character: UInt32) -> Bool {
    if case .scale? = numeral(character) { true } else { false }
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
    if number.end + 2 < limit, text[number.end..<(number.end + 2)].elementsEqual(numerals.fraction),
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

  /// A number without 分之, in any form that is read.
  /// - Complexity: O(length of the number).
  package func readNumber(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    let limit = min(limit, start + Self.longest)
    if let spoken = readSpoken(text, at: start, limit: limit) { return spoken }
    return readPlain(text, at: start, limit: limit)
  }

  /// A digit string as it is dictated: 幺八五洞幺拐.
  private func readSpoken(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    var coefficient: Int128 = 0
    var position = start
    var isSpoken = false
    while position < limit, position - start < 30 {
      let spoken = numerals.spoken[text[position]]
      guard let digit = spoken ?? digitValue(text[position]), text[position] > 0x39 else { break }
      if spoken != nil { isSpoken = true }
      coefficient = coefficient * 10 + Int128(digit)
      position += 1
    }
    guard isSpoken, position - start >= 3 else { return nil }
    return ReadNumber(
      end: position, magnitude: .value(ExactDecimal(coefficient)), isArabic: false,
      length: position - start)
  }

  /// 百分之二十 and 千分之五, in percent.
  private func readParts(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    guard let power = numerals.part(text[start]), start + 3 < limit,
      text[(start + 1)..<(start + 3)].elementsEqual(numerals.fraction),
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
    // The number with the lower of two digits: 三 in 三四百.
    var lower: Summation?
    var scalePower = 0
    var digitStart = start
    // The number up to the last scale, which is all of it when another one as large follows.
    var section = (sum: sum, end: start)
    loop: while position < limit {
      let character = text[position]
      if (0x30...0x39).contains(character) {
        guard !sum.hasDigit || sum.isZero,
          let (value, end) = arabic(text, at: position, limit: limit)
        else {
          break
        }
        if position == start { isArabic = true }
        digitStart = position
        sum.take(value, end: end, character: false)
        sum.isSingle = end == position + 1
        position = end
        lastWasScale = false
        continue
      }
      if let numeral = numeral(character) {
        switch numeral {
        case .digit(let digit):
          if numerals.counting.contains(character), position > start,
            sum.lastDigit != 1 || !sum.hasDigit,
            !continuesUnits(text, at: position + 1, limit: limit)
          {
            break loop
          }
          if sum.hasDigit {
            guard !sum.digitIsArabic else { break loop }
            // 五六百: two digits in a row and then a unit make a range.
            if lower == nil, !isArabic, let previous = sum.lastDigit,
              previous > 0,
              digit == previous + 1
                || (readsRare && previous == 3 && digit == 5
                  && continuesUnits(text, at: position + 1, limit: limit)),
              sum.digits == 1, !continuesDigits(text, at: position + 1, limit: limit)
            {
              lower = sum
              sum.replaceDigit(digit)
            } else if sum.followsUnit {
              break loop
            } else {
              sum.append(digit)
            }
          } else {
            digitStart = position
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
          // 五百六百 are two numbers.
          if sum.repeatsUnit(power) {
            sum.drop()
            position = digitStart
            break loop
          }
          sum.unit(power)
          lower?.unit(power)
          lastWasScale = false
        case .scale(let power):
          if position == start, !scaleMayBegin(text, at: position, limit: limit),
            !readsRare || continuesDigits(text, at: position + 1, limit: limit)
          {
            return nil
          }
          if sum.repeatsScale(power) {
            sum = section.sum
            position = section.end
            lastWasScale = true
            break loop
          }
          sum.scale(power)
          lower?.scale(power)
          scalePower = power
          lastWasScale = true
          section = (sum, position + 1)
        }
        position += 1
        continue
      }
      if numerals.isVague(character),
        !sum.hasDigit || (readsRare && sum.isZero),
        position + 1 < limit, followsVague(text, at: position + 1, limit: limit, after: sum)
      {
        vague = true
        sum.take(ExactDecimal(0), end: position + 1, character: true)
        position += 1
        lastWasScale = false
        continue
      }
      if numerals.isPoint(character),
        sum.digits > 0 || sum.isPlainUnits || lastWasScale, position + 1 < limit,
        !isArabic, isDecimalDigit(text[position + 1]),
        let (decimals, end) = chineseDecimals(text, at: position + 1, limit: limit)
      {
        sum.decimals(decimals)
        position = end
        lastWasScale = false
        continue
      }
      if let inside = numerals.inside(character), position > start, position + 1 < limit,
        case .scale? = numeral(text[position + 1]), modifier == .exact
      {
        modifier = inside
        position += 1
        continue
      }
      break
    }
    guard position > start else { return nil }
    let length = position - start
    let total = sum.total(isArabic: isArabic)
    var magnitude = total.map(Magnitude.value) ?? .unknown
    var floor: ExactDecimal?
    if vague {
      magnitude = .unknown
      if let total, total.coefficient > 0 { floor = total }
    } else if let low = lower?.total(isArabic: false), case .value(let high) = magnitude {
      magnitude = low < high ? .range(low: low, high: high) : .unknown
    }
    return ReadNumber(
      end: position, magnitude: magnitude, modifier: modifier, isArabic: isArabic,
      endsInScale: lastWasScale, length: length, floor: floor,
      scalePower: lastWasScale ? scalePower : 0)
  }

  /// 万 alone begins a number only before 亿 or in 上万, 千万: the character before decides, which
  /// the lexicon's vague quantifiers and words know; here only 万亿 and 百万, 千万 count.
  private func scaleMayBegin(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position + 1 < limit, case .scale? = numeral(text[position + 1]) else { return false }
    return true
  }

  /// Whether a character is a digit behind a point: 两 is none.
  private func isDecimalDigit(_ character: UInt32) -> Bool {
    !numerals.counting.contains(character) && digitValue(character) != nil
  }

  /// The value of a digit; Arabic ones stand behind 点 only where all forms are read.
  private func digitValue(_ character: UInt32) -> Int? {
    if readsRare, (0x30...0x39).contains(character) { return Int(character) - 0x30 }
    if case .digit(let digit)? = numeral(character) { return digit }
    return nil
  }

  private func continuesDigits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit, case .digit? = numeral(text[position]) else { return false }
    return true
  }

  private func continuesUnits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit else { return false }
    switch numeral(text[position]) {
    case .unit, .scale: return true
    default: return false
    }
  }

  /// 几百, 数十万, 十几: a vague digit needs a unit, a scale, or a unit before it.
  private func followsVague(
    _ text: [UInt32], at position: Int, limit: Int, after sum: Summation
  ) -> Bool {
    switch numeral(text[position]) {
    case .unit, .scale: true
    default: sum.isPlainUnits
    }
  }

  private func arabic(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal?, Int)? {
    var digits = ExactDecimal.DigitReader()
    var position = start
    func isDigit(_ at: Int) -> Bool { at < limit && (0x30...0x39).contains(text[at]) }
    func take(_ at: Int) { digits.take(Int(text[at] - 0x30)) }
    while isDigit(position) {
      take(position)
      position += 1
    }
    // 1,100 but not 19819,19920: groups of exactly three after at most three.
    if position - start <= 3 {
      while position < limit, text[position] == 0x2C, isDigit(position + 1),
        isDigit(position + 2), isDigit(position + 3), !isDigit(position + 4)
      {
        for offset in 1...3 { take(position + offset) }
        position += 4
      }
    }
    if position < limit, text[position] == 0x2E, isDigit(position + 1) {
      digits.hasPoint = true
      position += 1
      while isDigit(position) {
        take(position)
        position += 1
      }
    }
    return (digits.value, position)
  }

  /// The digits after 点, as a fraction of one; not in a clock time (三点五分).
  private func chineseDecimals(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal, Int)? {
    var coefficient: Int128 = 0
    var position = start
    while position < limit, position - start < 30, isDecimalDigit(text[position]),
      let digit = digitValue(text[position])
    {
      coefficient = coefficient * 10 + Int128(digit)
      position += 1
    }
    guard position == limit || !numerals.clockUnits.contains(text[position]) else { return nil }
    if position < limit, case .unit? = numeral(text[position]) { return nil }
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

  /// Whether the digit that waits for its unit is a zero: 零 in 一千零五.
  var isZero: Bool { digits == 1 && current?.coefficient == 0 && !hasDecimals }
  private var hasDecimals = false
  /// Whether the digit is a single Arabic one: 2万3 is 23,000.
  var isSingle = false
  private var lastUnit = Int.max

  /// Whether a unit is no smaller than the one before it in the same section.
  func repeatsUnit(_ power: Int) -> Bool {
    digits > 0 && !isZero && section?.coefficient != 0 && power >= lastUnit
  }

  /// Whether a scale is as large as the one before it, with a number of its own between.
  func repeatsScale(_ power: Int) -> Bool {
    power == lastScale && (digits > 0 || section?.coefficient != 0)
  }

  /// Whether the digit that waits stands behind a unit, so that no other can follow: 十五.
  var followsUnit: Bool { digits == 1 && !isZero && !zeroBefore && lastUnit != Int.max }

  /// Leaves out the digit that waits for its unit.
  mutating func drop() {
    current = nil
    digits = 0
  }

  /// Whether a digit waits for its unit; its value is unknown when it has too many digits.
  var hasDigit: Bool { digits > 0 }

  mutating func take(_ value: ExactDecimal?, end: Int, character: Bool) {
    if character, value?.coefficient == 0, isPlainUnits || lastPower > 0 {
      zeroBefore = true
    }
    current = value
    digits = 1
    hasDecimals = false
    isSingle = false
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

  mutating func replaceDigit(_ digit: Int) {
    current = ExactDecimal(Int128(digit))
    lastDigit = digit
  }

  mutating func unit(_ power: Int) {
    let factor = digits > 0 && !isZero ? current : ExactDecimal(1)
    lastUnit = power
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
      let part = (inside?.coefficient == 0 && (digits == 0 || isZero)) ? ExactDecimal(1) : inside
      total = part?.scaled(by: power).flatMap { total?.adding($0) }
    }
    section = ExactDecimal(0)
    lastUnit = Int.max
    current = nil
    lastPower = power
    lastScale = power
    zeroBefore = false
    isPlainUnits = false
    digits = 0
  }

  mutating func decimals(_ value: ExactDecimal) {
    // 两千三点一: the digit before the point still counts hundreds.
    if let digit = current, lastPower > 1, !zeroBefore, !digitIsArabic, digits == 1 {
      current = digit.scaled(by: lastPower - 1)
    }
    current = (digits > 0 ? current ?? ExactDecimal(0) : ExactDecimal(0)).adding(value)
    digits = max(digits, 1)
    hasDecimals = true
    digitIsArabic = true
    isPlainUnits = false
  }

  /// The value; a last digit right behind a unit counts that unit's tenths (一百八 is 180).
  func total(isArabic: Bool) -> ExactDecimal? {
    guard let total, let section, digits == 0 || current != nil else { return nil }
    var rest = current ?? ExactDecimal(0)
    if current != nil, lastPower > 1, !zeroBefore, !digitIsArabic || isSingle, digits == 1,
      !hasDecimals,
      let scaled = rest.scaled(by: lastPower - 1)
    {
      rest = scaled
    }
    return total.adding(section)?.adding(rest)
  }
}
