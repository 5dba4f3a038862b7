import Annotations
import Testing

/// A decimal as schools teach it: digits in an array, the last `decimals` of them behind the point.
private struct SchoolDecimal: Equatable {
  var negative: Bool
  var digits: [Int]
  var decimals: Int

  init(negative: Bool, digits: [Int], decimals: Int) {
    var digits = digits
    var decimals = decimals
    while digits.count <= decimals { digits.insert(0, at: 0) }
    while decimals > 0, digits.last == 0 {
      digits.removeLast()
      decimals -= 1
    }
    while digits.count > decimals + 1, digits.first == 0 { digits.removeFirst() }
    self.negative = negative && digits.contains { $0 != 0 }
    self.digits = digits
    self.decimals = decimals
  }

  var text: String {
    let all = digits.map(String.init).joined()
    let whole = all.dropLast(decimals)
    return (negative ? "-" : "") + whole + (decimals > 0 ? "." + all.suffix(decimals) : "")
  }

  private static func align(_ a: SchoolDecimal, _ b: SchoolDecimal) -> ([Int], [Int], Int) {
    let decimals = max(a.decimals, b.decimals)
    var left = a.digits + Array(repeating: 0, count: decimals - a.decimals)
    var right = b.digits + Array(repeating: 0, count: decimals - b.decimals)
    let count = max(left.count, right.count)
    left.insert(contentsOf: Array(repeating: 0, count: count - left.count), at: 0)
    right.insert(contentsOf: Array(repeating: 0, count: count - right.count), at: 0)
    return (left, right, decimals)
  }

  static func + (a: SchoolDecimal, b: SchoolDecimal) -> SchoolDecimal {
    let (left, right, decimals) = align(a, b)
    var result = [Int](repeating: 0, count: left.count)
    var carry = 0
    if a.negative == b.negative {
      for index in left.indices.reversed() {
        let sum = left[index] + right[index] + carry
        result[index] = sum % 10
        carry = sum / 10
      }
      return SchoolDecimal(negative: a.negative, digits: [carry] + result, decimals: decimals)
    }
    let swap = left.lexicographicallyPrecedes(right)
    let (larger, smaller) = swap ? (right, left) : (left, right)
    for index in larger.indices.reversed() {
      var difference = larger[index] - smaller[index] - carry
      carry = difference < 0 ? 1 : 0
      if difference < 0 { difference += 10 }
      result[index] = difference
    }
    return SchoolDecimal(
      negative: swap ? b.negative : a.negative, digits: result, decimals: decimals)
  }

  static func * (a: SchoolDecimal, b: SchoolDecimal) -> SchoolDecimal {
    var result = [Int](repeating: 0, count: a.digits.count + b.digits.count)
    for i in a.digits.indices.reversed() {
      for j in b.digits.indices.reversed() {
        result[i + j + 1] += a.digits[i] * b.digits[j]
        result[i + j] += result[i + j + 1] / 10
        result[i + j + 1] %= 10
      }
    }
    return SchoolDecimal(
      negative: a.negative != b.negative, digits: result, decimals: a.decimals + b.decimals)
  }

  static func < (a: SchoolDecimal, b: SchoolDecimal) -> Bool {
    let minus = SchoolDecimal(negative: !b.negative, digits: b.digits, decimals: b.decimals)
    return (a + minus).negative
  }
}

struct ExactDecimalTests {
  private func random(_ random: inout SplitMix64) -> SchoolDecimal {
    let count = 1 + random.below(15)
    return SchoolDecimal(
      negative: random.chance(40), digits: (0..<count).map { _ in random.below(10) },
      decimals: random.below(8))
  }

  @Test func agreesWithSchoolArithmetic() throws {
    for seed in UInt64(0)..<3000 {
      var generator = SplitMix64(seed: seed)
      let a = random(&generator)
      let b = random(&generator)
      let x = try #require(ExactDecimal(a.text), "seed \(seed): \(a.text)")
      let y = try #require(ExactDecimal(b.text), "seed \(seed): \(b.text)")
      #expect(x.description == a.text, "seed \(seed)")
      #expect(x.adding(y)?.description == (a + b).text, "seed \(seed): \(a.text) + \(b.text)")
      #expect(
        x.multiplied(by: y)?.description == (a * b).text, "seed \(seed): \(a.text) * \(b.text)")
      #expect((x < y) == (a < b), "seed \(seed): \(a.text) < \(b.text)")
      #expect((x == y) == (a == b), "seed \(seed): \(a.text) == \(b.text)")
      let power = generator.below(9)
      let ten = SchoolDecimal(
        negative: false, digits: [1] + Array(repeating: 0, count: power), decimals: 0)
      #expect(
        x.scaled(by: power)?.description == (a * ten).text, "seed \(seed): \(a.text)E\(power)")
    }
  }

  @Test(arguments: ["", "-", ".", "1.2.3", "1-", "+1", "１", "1e3", " 1", "a"])
  func refuses(_ text: String) { #expect(ExactDecimal(text) == nil) }

  @Test func unknownRatherThanWrong() throws {
    let large = try #require(ExactDecimal(String(repeating: "9", count: 36)))
    #expect(large.multiplied(by: large) == nil)
    #expect(ExactDecimal(String(repeating: "9", count: 60)) == nil)
    let tiny = try #require(ExactDecimal("0." + String(repeating: "0", count: 30) + "1"))
    #expect(large.adding(tiny) == nil)
    #expect(tiny < large)
    #expect(ExactDecimal(0) == ExactDecimal(0, exponent: 7))
    #expect(ExactDecimal("5")?.integer == 5)
    #expect(ExactDecimal("5.5")?.integer == nil)
  }
}
