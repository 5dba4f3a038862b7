import Annotations
import Characters
import Extraction
import Reading
import Segmentation
import Testing

/// Extraction does not change under width, script, inserted readings and spaces.
struct MetamorphicTests {
  private static let sentences = [
    "2020年，和平区建立14个培养基地。",
    "昨天，市教育局召开会议，部署下一阶段工作。",
    "阿里巴巴收购饿了么，双方签署了协议。",
    "据新华社报道，中国人民银行5月3日宣布降息0.25个百分点。",
    "今年1至3月，全省新增就业12.5万人，同比增长3.5%。",
    "俄罗斯总统普京访问中国，两国签署合作协议。",
    "国家统计局发布数据，去年工业增加值约为39.9万亿元。",
    "火灾造成5人死亡、12人受伤，1000余名居民转移。",
    "公司计划在上海建立工厂，预计投资3至5亿元。",
    "教育局任命李明为副局长，任期3年。",
  ]

  /// What comes out of a text, in normalised characters.
  private func results(_ session: inout ExtractionSession, _ text: String) -> [String] {
    let document = Document(id: "case", date: CalendarDate("2024-06-15"), text: text)
    let analysis = session.analyze(document)
    let text = analysis.text
    func bare(_ range: TextRange) -> String { text.string(range).filter { $0 != " " } }
    var lines = analysis.facts.map { $0.filter { $0 != " " } }
    lines += analysis.mentions.map { "\($0.type.rawValue) \(bare($0.range))" }
    lines += analysis.times.map { "\(bare($0.range)) = \($0.value ?? "?")" }
    lines += analysis.quantities.map { quantity in
      "\(bare(quantity.range)) = \(quantity.magnitude.written) \(quantity.modifier.rawValue) "
        + (quantity.measure.map { bare($0) } ?? "-")
    }
    return lines
  }

  private func check(_ change: (String) throws -> String) throws {
    var session = ExtractionSession(try Shared.knowledge())
    var changes = 0
    for sentence in Self.sentences {
      let changed = try change(sentence)
      if changed != sentence { changes += 1 }
      let plain = results(&session, sentence)
      #expect(!plain.isEmpty, "\(sentence)")
      #expect(results(&session, changed) == plain, "\(changed)")
    }
    #expect(changes >= 4)
  }

  @Test func fullWidth() throws {
    try check { sentence in
      String(
        String.UnicodeScalarView(
          sentence.unicodeScalars.map { scalar in
            (0x21...0x7E).contains(scalar.value)
              ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
          }))
    }
  }

  @Test func halfWidthPunctuation() throws {
    try check { sentence in
      String(sentence.map { ["，": ",", "：": ":", "（": "(", "）": ")"][$0] ?? $0 })
    }
  }

  @Test func traditionalScript() throws {
    let transliterator = try Transliterator("Hans-Hant")
    try check { try transliterator.transform($0) }
  }

  @Test func insertedReadings() throws {
    let readings = PinyinReadings()
    var random = SplitMix64(seed: 1)
    for brackets in [("(", ")"), ("（", "）")] {
      try check { sentence in
        var text = ""
        for scalar in sentence.unicodeScalars {
          text.unicodeScalars.append(scalar)
          if CharacterKind(scalar.value) == .han, random.chance(30),
            let reading = readings.reading(of: scalar.value)
          {
            text += brackets.0 + reading + brackets.1
          }
        }
        return text
      }
    }
  }

  @Test func traditionalScriptWithReadings() throws {
    let transliterator = try Transliterator("Hans-Hant")
    let readings = PinyinReadings()
    try check { sentence in
      var text = ""
      let traditional = try transliterator.transform(sentence)
      for (scalar, original) in zip(traditional.unicodeScalars, sentence.unicodeScalars) {
        text.unicodeScalars.append(scalar)
        if scalar != original, let reading = readings.reading(of: scalar.value) {
          text += "(\(reading))"
        }
      }
      return text
    }
  }

  @Test func spacesAroundNumbers() throws {
    try check { sentence in
      var text = ""
      var last: Character = "。"
      for character in sentence {
        let isBorder =
          (last.isNumber && last.isASCII) != (character.isNumber && character.isASCII)
        let joins = isHanCharacter(last) || isHanCharacter(character) || character == "%"
        if isBorder, joins, last != "。" { text += " " }
        text.append(character)
        last = character
      }
      return text
    }
  }

  @Test func invisibleCharacters() throws {
    try check { sentence in
      sentence.map { String($0) }.joined(separator: "\u{200B}")
    }
  }

  private func isHanCharacter(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { CharacterKind($0.value) == .han } ?? false
  }
}
