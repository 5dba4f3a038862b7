import Annotations
import Testing

/// Numbers spelled out and read back.
struct SpelledNumberTests {
  private static let digits = Array("零一二三四五六七八九").map(String.init)

  /// A number below 10,000 as Chinese writes it, without leading zeros.
  private static func section(_ value: Int) -> String {
    var text = ""
    var pendingZero = false
    for (power, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
      let digit = value / power % 10
      if digit == 0 {
        pendingZero = !text.isEmpty
      } else {
        text += (pendingZero ? "零" : "") + digits[digit] + unit
        pendingZero = false
      }
    }
    return text
  }

  /// Any number below 10^16: 万, 亿 and 万亿 multiply sections.
  static func spell(_ value: Int) -> String {
    guard value > 0 else { return "零" }
    if value >= 100_000_000 {
      let rest = value % 100_000_000
      let zero = rest > 0 && rest < 10_000_000 ? "零" : ""
      return spell(value / 100_000_000) + "亿" + (rest > 0 ? zero + spell(rest) : "")
    }
    if value >= 10_000 {
      let rest = value % 10_000
      let zero = rest > 0 && rest < 1000 ? "零" : ""
      return section(value / 10_000) + "万" + zero + section(rest)
    }
    return section(value)
  }

  private func randomNumber(_ random: inout SplitMix64) -> Int {
    var value = 0
    let count = 1 + random.below(16)
    for place in 0..<count {
      // Zeros more often than by chance: they are what spelling is about.
      value = value * 10 + (random.chance(35) && place > 0 ? 0 : 1 + random.below(9))
    }
    return value
  }

  private func read(_ number: String) throws -> String {
    let found = try Shared.recognize("共有" + number + "名教师。", date: nil)
    return found.quantities.map {
      $0.magnitude.written + " " + found.text.string($0.range)
    }.joined(separator: " ; ")
  }

  @Test func spelledNumbersReadBack() throws {
    for seed in UInt64(0)..<1500 {
      var random = SplitMix64(seed: seed)
      let value = randomNumber(&random)
      if value == 1 { continue }  // 一名 may be an article
      let spelled = Self.spell(value)
      try check("\(value) \(spelled)名", read(spelled), seed)
      if spelled.hasPrefix("一十") {
        let short = String(spelled.dropFirst())
        try check("\(value) \(short)名", read(short), seed)
      }
      if spelled.contains("二千") || spelled.contains("二万") || spelled.contains("二亿") {
        var liang = spelled
        for unit in ["千", "万", "亿"] {
          if liang.hasPrefix("二" + unit) { liang = "两" + liang.dropFirst() }
        }
        try check("\(value) \(liang)名", read(liang), seed)
      }
    }
  }

  @Test func decimalsReadBack() throws {
    for seed in UInt64(0)..<500 {
      var random = SplitMix64(seed: seed)
      let whole = random.below(10_000)
      let decimals =
        (0..<(1 + random.below(4))).map { _ in random.below(10) } + [1 + random.below(9)]
      let spelled = Self.spell(whole) + "点" + decimals.map { Self.digits[$0] }.joined()
      if spelled.contains("五一") { continue }  // numbers.cases has it as a known failure
      let value = "\(whole)." + decimals.map(String.init).joined()
      let found = try Shared.recognize("重" + spelled + "公斤。", date: nil)
      #expect(
        found.quantities.map(\.magnitude.written) == [value], "seed \(seed): \(spelled)")
    }
  }

  @Test func arabicNumbersReadBack() throws {
    for seed in UInt64(0)..<1000 {
      var random = SplitMix64(seed: seed)
      let value = randomNumber(&random)
      var grouped = String(value)
      var at = grouped.count - 3
      while at > 0 {
        grouped.insert(",", at: grouped.index(grouped.startIndex, offsetBy: at))
        at -= 3
      }
      try check("\(value) \(value)名", read(String(value)), seed)
      try check("\(value) \(grouped)名", read(grouped), seed)
      let full = String(value).unicodeScalars.map { String(UnicodeScalar($0.value + 0xFEE0) ?? $0) }
      try check("\(value) \(value)名", read(full.joined()), seed)
      // 12.5万
      let (scale, power) = random.pick([("万", 4), ("亿", 8), ("万亿", 12)])
      let decimal = "\(value % 10_000).\(1 + random.below(9))"
      let scaled = ExactDecimal(decimal)?.scaled(by: power)?.description ?? ""
      try check("\(scaled) \(decimal)\(scale)名", read(decimal + scale), seed)
    }
  }

  private func check(_ expected: String, _ actual: String, _ seed: UInt64) {
    #expect(actual == expected, "seed \(seed)")
  }
}
