internal import Annotations

/// An exact fraction of whole numbers, for values that no decimal gives: a third of a spoon.
///
/// Invariant: the denominator is positive and has no divisor in common with the numerator. Numbers
/// beyond 38 digits do not exist; an operation that would need one gives nil.
struct ExactRational: Hashable, Comparable {
  let numerator: Int128
  let denominator: Int128

  /// `numerator` / `denominator`, nil when that is no number.
  init?(_ numerator: Int128, _ denominator: Int128 = 1) {
    guard denominator != 0, numerator != Int128.min, denominator != Int128.min else { return nil }
    let divisor = Self.gcd(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / Int128(divisor)
    self.denominator = sign * denominator / Int128(divisor)
  }

  /// A decimal, nil when its fraction would have too many digits.
  init?(_ decimal: ExactDecimal) {
    guard let power = Self.power(10, abs(decimal.exponent)) else { return nil }
    if decimal.exponent < 0 {
      self.init(decimal.coefficient, power)
    } else {
      let (product, overflow) = decimal.coefficient.multipliedReportingOverflow(by: power)
      if overflow { return nil }
      self.init(product)
    }
  }

  /// Reads `500`, `0.5` or `10/3`.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let top = parts.first.flatMap({ ExactDecimal($0) }).flatMap({ ExactRational($0) })
    else { return nil }
    guard parts.count == 2 else {
      self = top
      return
    }
    guard let bottom = ExactDecimal(parts[1]).flatMap({ ExactRational($0) }),
      let quotient = top.divided(by: bottom)
    else { return nil }
    self = quotient
  }

  /// The exact sum.
  func adding(_ other: ExactRational) -> ExactRational? {
    guard let left = Self.product(numerator, other.denominator),
      let right = Self.product(other.numerator, denominator),
      let bottom = Self.product(denominator, other.denominator)
    else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : ExactRational(sum, bottom)
  }

  /// The exact product.
  func multiplied(by other: ExactRational) -> ExactRational? {
    guard let left = ExactRational(numerator, other.denominator),
      let right = ExactRational(other.numerator, denominator),
      let top = Self.product(left.numerator, right.numerator),
      let bottom = Self.product(left.denominator, right.denominator)
    else { return nil }
    return ExactRational(top, bottom)
  }

  /// The exact quotient, nil by zero.
  func divided(by other: ExactRational) -> ExactRational? {
    ExactRational(other.denominator, other.numerator).flatMap { multiplied(by: $0) }
  }

  /// This number × 10^`power`.
  func scaled(by power: Int) -> ExactRational? {
    guard let factor = Self.power(10, abs(power)),
      let scale = power < 0 ? ExactRational(1, factor) : ExactRational(factor)
    else { return nil }
    return multiplied(by: scale)
  }

  /// This number to a whole power.
  func raised(to exponent: Int) -> ExactRational? {
    guard abs(exponent) <= 127, exponent >= 0 || numerator != 0,
      let top = Self.power(numerator, abs(exponent)),
      let bottom = Self.power(denominator, abs(exponent))
    else { return nil }
    return exponent < 0 ? ExactRational(bottom, top) : ExactRational(top, bottom)
  }

  /// The same below zero.
  var negated: ExactRational { ExactRational(-numerator, denominator) ?? self }

  /// Whether it is a whole number.
  var isWhole: Bool { denominator == 1 }

  /// By value; products too large to compare count as equal.
  static func < (left: ExactRational, right: ExactRational) -> Bool {
    guard let a = product(left.numerator, right.denominator),
      let b = product(right.numerator, left.denominator)
    else { return false }
    return a < b
  }

  /// A plain decimal where one is exact, else `numerator/denominator`.
  var description: String {
    var rest = denominator
    var exponent = 0
    var coefficient: Int128? = numerator
    for (divisor, factor) in [(Int128(10), Int128(1)), (5, 2), (2, 5)] {
      while rest % divisor == 0 {
        rest /= divisor
        exponent -= 1
        coefficient = coefficient.flatMap { Self.product($0, factor) }
      }
    }
    if rest == 1, let coefficient {
      return ExactDecimal(coefficient, exponent: exponent).description
    }
    return "\(numerator)/\(denominator)"
  }

  private static func gcd(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }

  private static func product(_ a: Int128, _ b: Int128) -> Int128? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : product
  }

  private static func power(_ base: Int128, _ exponent: Int) -> Int128? {
    var result: Int128? = 1
    for _ in 0..<min(exponent, 128) { result = result.flatMap { product($0, base) } }
    return exponent > 127 && base.magnitude > 1 ? nil : result
  }
}
