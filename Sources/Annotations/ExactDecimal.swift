/// An exact decimal number: `coefficient` × 10^`exponent`, never a float.
///
///     ExactDecimal("3.5")?.scaled(by: 8)?.description   // "350000000"
///
/// Invariant: the coefficient does not end in a zero unless it is 0, and 0 has exponent 0, so
/// equal numbers have equal fields. Numbers beyond 38 digits do not exist: an operation that
/// would need one gives nil, and what can't be told exactly is unknown rather than wrong.
public struct ExactDecimal: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The digits as a whole number.
  public let coefficient: Int128
  /// The power of ten that the coefficient is multiplied with.
  public let exponent: Int

  /// `coefficient` × 10^`exponent`, brought to its one normal form.
  public init(_ coefficient: Int128, exponent: Int = 0) {
    guard coefficient != 0 else {
      self.coefficient = 0
      self.exponent = 0
      return
    }
    var exponent = exponent
    // Nearly all numbers fit 64 bits, which are divided much faster.
    if var small = Int64(exactly: coefficient) {
      while small % 10 == 0 {
        small /= 10
        exponent += 1
      }
      self.coefficient = Int128(small)
      self.exponent = exponent
      return
    }
    var coefficient = coefficient
    while coefficient % 10 == 0 {
      coefficient /= 10
      exponent += 1
    }
    self.coefficient = coefficient
    self.exponent = exponent
  }

  /// The longest number that is read, in digits.
  private static let mostDigits = 36

  /// Reads plain ASCII digits with at most one point and an optional leading minus.
  public init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// Reads plain ASCII digits with at most one point and an optional leading minus.
  public init?(_ text: String) {
    var reader = DigitReader()
    var isFirst = true
    var negative = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): reader.take(Int(byte - UInt8(ascii: "0")))
      case UInt8(ascii: ".") where !reader.hasPoint: reader.hasPoint = true
      case UInt8(ascii: "-") where isFirst: negative = true
      default: return nil
      }
      isFirst = false
    }
    guard let value = reader.value else { return nil }
    self.init(negative ? -value.coefficient : value.coefficient, exponent: value.exponent)
  }

  /// Reads a number digit by digit.
  package struct DigitReader {
    private var coefficient: Int128 = 0
    private var digits = 0
    private var decimals = 0
    /// Whether the digits that follow stand behind the point.
    package var hasPoint = false

    /// No digits.
    package init() {}

    /// Takes the next digit.
    package mutating func take(_ digit: Int) {
      digits += 1
      if digits > ExactDecimal.mostDigits { return }
      // So many digits always fit.
      coefficient = coefficient &* 10 &+ Int128(digit)
      if hasPoint { decimals += 1 }
    }

    /// The number; nil without a digit, and beyond 36 of them.
    package var value: ExactDecimal? {
      guard (1...ExactDecimal.mostDigits).contains(digits) else { return nil }
      return ExactDecimal(coefficient, exponent: -decimals)
    }
  }

  /// This number × 10^`power`.
  public func scaled(by power: Int) -> ExactDecimal? {
    guard abs(exponent + power) <= 60 else { return nil }
    return ExactDecimal(coefficient, exponent: exponent + power)
  }

  /// The exact sum, or nil beyond 38 digits.
  public func adding(_ other: ExactDecimal) -> ExactDecimal? {
    let common = Swift.min(exponent, other.exponent)
    guard let left = aligned(to: common), let right = other.aligned(to: common) else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : ExactDecimal(sum, exponent: common)
  }

  /// The exact product, or nil beyond 38 digits.
  public func multiplied(by other: ExactDecimal) -> ExactDecimal? {
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    return overflow ? nil : ExactDecimal(product, exponent: exponent + other.exponent)
  }

  /// The value as an `Int`, or nil when it is not whole or too large.
  public var integer: Int? {
    guard exponent >= 0, let whole = aligned(to: 0) else { return nil }
    return Int(exactly: whole)
  }

  private func aligned(to power: Int) -> Int128? {
    var value = coefficient
    guard exponent - power <= 38 else { return value == 0 ? 0 : nil }
    for _ in 0..<(exponent - power) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  /// By value; numbers too far apart to align compare by sign and magnitude.
  public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let common = Swift.min(left.exponent, right.exponent)
    if let a = left.aligned(to: common), let b = right.aligned(to: common) { return a < b }
    let a = left.coefficient.signum()
    let b = right.coefficient.signum()
    if a != b { return a < b }
    return (left.exponent < right.exponent) == (a > 0)
  }

  /// Plain digits: no exponent, no separators, no zeros after the last decimal.
  public var description: String {
    let digits = String(coefficient.magnitude)
    let sign = coefficient < 0 ? "-" : ""
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let decimals = -exponent
    if digits.utf8.count > decimals {
      return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }
    return sign + "0." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
  }
}
