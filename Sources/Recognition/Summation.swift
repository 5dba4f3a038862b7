internal import Annotations

/// The sum that a numeral builds up: digits, units below 万, and scales that multiply all before.
struct Summation {
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
