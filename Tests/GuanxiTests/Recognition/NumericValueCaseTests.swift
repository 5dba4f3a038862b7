import Annotations
import Extraction
import Recognition
import Spellout
import Testing

/// Typed values that are no times, case by case, and every number of ICU read back.
struct NumericValueCaseTests {
  /// `他有三块五 @ currency => 三块五 | 3.5 CNY`: the values of one type, several types parted by spaces, with
  /// their spans. Values: as the record writes them, `low..high` for ranges; then the unit or the currency, and
  /// MOD.
  @Test func values() throws {
    try CaseFile.run("values", atLeast: 150) { input in
      let sign = try #require(input.lastIndex(of: "@"), "\(input) names no types")
      let text = CaseFile.unescaped(String(input[..<sign]).trimmed)
      let types = input[input.index(after: sign)...].split(separator: " ").map(String.init)
      let found = try Shared.values(text)
      let scalars = Array(text.unicodeScalars)
      let wanted = found.values.filter { types.contains($0.type.rawValue) }
      let written = wanted.map { value in
        let span = found.text.source(value.range)
        return String(String.UnicodeScalarView(scalars[span.start..<span.end])) + " | "
          + value.value.written
      }
      return written.isEmpty ? "none" : written.joined(separator: " ; ")
    }
  }

  /// Texts of numerals, units and signs in any order: every value lies in its text, and none comes twice.
  @Test func anyTextIsRead() throws {
    let parts = [
      "一", "二", "两", "三", "十", "百", "千", "万", "亿", "零", "点", "分之", "又", "负", "-", "~", "半", "几",
      "多", "第", "百分之", "成", "折", "元", "块", "毛", "分", "$", "USD", "米", "斤", "两", "千瓦", "度",
      "零下", "华氏", "岁", "个", "到", "和", "之间", "大于", "等于", "以上", "约", "1", "23", "4.5", ".",
      ",", "/", "^", "e", "k", " ", "%", "(", "电话", "https://", "@", "a", ":", "每小时", "人民币", "月薪",
      "。",
    ]
    for seed in UInt64(0)..<3000 {
      var random = SplitMix64(seed: seed)
      let text = (0...random.below(24)).map { _ in random.pick(parts) }.joined()
      let found = try Shared.values(text)
      let count = text.unicodeScalars.count
      for value in found.values {
        let span = found.text.source(value.range)
        #expect(0 <= span.start && span.start < span.end && span.end <= count, "\(seed): \(text)")
      }
      let numeric = found.values.filter { $0.value.kind != .time }
      #expect(Set(numeric).count == numeric.count, "\(seed): \(text)")
    }
  }

  @Test func spelledByICU() throws {
    let knowledge = try Shared.knowledge()
    let reader = NumberReader(numerals: knowledge.numerals, readsRare: true)
    let format = try #require(SpelloutFormat(locale: "zh"))
    var random = SplitMix64(seed: 20_260)
    var wrong: [String] = []
    for round in 0..<100_000 {
      // ICU spells decimals by way of a double, which has no more than 15 digits.
      let hasDecimals = round.isMultiple(of: 4)
      var number = String(1 + random.below(9))
      for _ in 0..<random.below(hasDecimals ? 9 : 15) {
        number += random.chance(30) ? "0" : String(random.below(10))
      }
      if hasDecimals {
        number += "."
        for _ in 0..<random.below(5) { number += String(random.below(10)) }
        number += String(1 + random.below(9))
      }
      let spelled = try #require(format.spell(number))
      let text = spelled.unicodeScalars.map(\.value)
      let read = reader.readNumber(text, at: 0, limit: text.count)
      if read?.end != text.count || read?.magnitude.written != number {
        wrong.append("\(number) \(spelled) \(read?.magnitude.written ?? "nothing")")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count) of 100,000: \(wrong.prefix(5))")
  }
}

extension TypedValue.Reading {
  /// The reading as cases write it.
  var written: String {
    var parts: [String] = []
    if isRange {
      parts.append((low ?? "") + ".." + (high ?? ""))
    } else {
      parts.append(timex ?? value ?? "?")
    }
    if let unit { parts.append(unit) }
    if let currency { parts.append(currency) }
    if let mod { parts.append(mod) }
    return parts.joined(separator: " ")
  }
}
