import Annotations
import Extraction
import Foundation
import Reading
import Testing

/// Damaged text of the corpora gives what the clean text gives, and clean text is never repaired.
struct DamageTests {
  /// The texts of the corpora.
  private static let texts: [String] = {
    let folder = Repository.root + "/Corpora/news"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    var texts = names.filter { $0.hasSuffix(".txt") }.compactMap {
      try? Repository.text("Corpora/news/" + $0)
    }
    for line in ((try? Repository.text("Corpora/news.jsonl")) ?? "").split(separator: "\n") {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let text = object?["text"] as? String { texts.append(text) }
    }
    // Those with readings are no clean text.
    return texts.filter { $0.firstMatch(of: #/[a-zāáǎàēéěèīíǐìōóǒòūúǔù]\)/#) == nil }
  }()

  private func analyze(_ session: inout ExtractionSession, _ text: String) -> DocumentAnalysis {
    session.analyze(Document(id: "case", date: CalendarDate("2024-06-15"), text: text))
  }

  /// Facts of the damaged text, times with them, against those of the clean one.
  private func check(
    _ kind: RepairKind, _ damage: (String) throws -> String
  ) throws {
    var session = ExtractionSession(try Shared.knowledge())
    var damaged = 0
    #expect(Self.texts.count >= 15)
    for text in Self.texts {
      let other = try damage(text)
      guard other != text else { continue }
      let plain = analyze(&session, text)
      let repaired = analyze(&session, other)
      // A text of few lines does not show that they are broken.
      let isRepaired = repaired.repairs.contains { $0.kind == kind }
      if isRepaired { damaged += 1 } else if kind == .lineBreak { continue }
      #expect(repaired.facts == plain.facts, "\(other.prefix(80))")
      #expect(
        repaired.mentions.map { repaired.text.string($0.range) }
          == plain.mentions.map { plain.text.string($0.range) }, "\(other.prefix(80))")
    }
    #expect(damaged >= 10, "only \(damaged) texts were repaired")
  }

  @Test func readAsGBK() throws {
    try check(.mojibake) { try TextDamage.readAsGBK($0) }
  }

  @Test(arguments: [true, false]) func readAsLatin(_ isWindows: Bool) throws {
    try check(.mojibake) { try TextDamage.readAsLatin($0, isWindows: isWindows) }
  }

  @Test func escapedTwice() throws { try check(.entity) { TextDamage.escaped($0) } }

  @Test func invisibleCharacters() throws {
    try check(.invisible) { TextDamage.withInvisible($0) }
  }

  @Test func compatibilityForms() throws {
    try check(.compatibility) { TextDamage.withCompatibilityForms($0) }
  }

  @Test func brokenLines() throws {
    try check(.lineBreak) { TextDamage.wrapped($0, width: 60, lineEnd: "\n") }
    try check(.lineBreak) { TextDamage.wrapped($0, width: 75, lineEnd: "\r\n") }
  }

  /// Where bytes were lost the likeliest text is a guess: it is right nearly always.
  @Test func bytesOutOfStep() throws {
    let damage = try TextDamage()
    var session = ExtractionSession(try Shared.knowledge())
    var (count, sameText, sameFacts) = (0, 0, 0)
    for text in Self.texts {
      for line in text.split(separator: "\n") {
        let traditional = try damage.traditional(String(line))
        let other = try damage.outOfStep(traditional)
        guard other.firstMatch(of: #/\?[a-zāáǎàēéěèīíǐìōóǒòūúǔù]+\)/#) != nil else { continue }
        let plain = analyze(&session, traditional)
        let repaired = analyze(&session, other)
        count += 1
        if plain.text.characters == repaired.text.characters { sameText += 1 }
        if plain.facts == repaired.facts { sameFacts += 1 }
      }
    }
    #expect(count >= 1)
    #expect(sameText * 100 >= count * 85, "\(sameText) of \(count) texts")
    #expect(sameFacts * 100 >= count * 85, "\(sameFacts) of \(count) facts")
  }

  @Test func cleanTextIsNotRepaired() throws {
    let normalizer = try Shared.knowledge().normalizer
    let damage = try TextDamage()
    let own = [
      "城市規劃(2010—2020年)由市政府公佈。", "首席执行官(CEO)说，“好吗？”", "他问:什么?(注)没有人回答。",
      "AT&T与R&D部门合作，a&b；", "咖啡(café)店开业。", "1?2?3?", "诗：\n床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
    ]
    for text in Self.texts + own {
      #expect(normalizer.normalize(text).1 == [], "\(text.prefix(60))")
      let traditional = try damage.traditional(text)
      #expect(normalizer.normalize(traditional).1 == [], "\(traditional.prefix(60))")
    }
  }

  /// Whatever a text is damaged into, places point into the source and do not decrease.
  @Test func placesAreSound() throws {
    let normalizer = try Shared.knowledge().normalizer
    let damage = try TextDamage()
    for text in Self.texts {
      for other in [
        try damage.outOfStep(try damage.traditional(text)), TextDamage.escaped(text),
        try TextDamage.readAsLatin(text, isWindows: true),
        TextDamage.wrapped(text, width: 60, lineEnd: "\n"),
      ] {
        let (normalized, repairs) = normalizer.normalize(other)
        let count = UInt32(other.unicodeScalars.count)
        for index in 0..<normalized.count {
          let (start, end) = (normalized.starts[index], normalized.ends[index])
          #expect(start < end && end <= count)
          if index > 0 {
            #expect(normalized.starts[index - 1] <= start && normalized.ends[index - 1] <= end)
          }
        }
        for repair in repairs {
          #expect(repair.range.start < repair.range.end && repair.range.end <= Int(count))
        }
      }
    }
  }

  @Test func nothingMatchesAcrossDamage() throws {
    var session = ExtractionSession(try Shared.knowledge())
    let plain = analyze(&session, "和平区教育局召开会议。")
    #expect(plain.mentions.contains { plain.text.string($0.range) == "和平区教育局" })
    for lost in ["\u{FFFD}", "锟斤拷", "\u{FFFD}\u{FFFD}"] {
      let analysis = analyze(&session, "和平区\(lost)教育局召开会议。")
      #expect(!analysis.mentions.contains { $0.range.start < 3 && $0.range.end > 3 })
      #expect(analysis.repairs.filter { $0.kind == .damage }.count == 1)
      #expect(analysis.facts.allSatisfy { !$0.contains("和平区") })
    }
  }

  @Test(arguments: [
    (RepairKind.reading, "和平區(qū)教育局"), (.outOfStep, "志願者在當(dāng)?shù)亻_展法律援助。"),
    (.mojibake, "浣犲ソ"), (.entity, "中&nbsp;国"), (.invisible, "和\u{200B}平区"),
    (.privateUse, "\u{E81E}"), (.compatibility, "\u{F9B4}导"),
  ])
  func aKindIsLeftOut(_ kind: RepairKind, _ text: String) throws {
    let normalizer = try Shared.knowledge().normalizer
    #expect(normalizer.normalize(text).1.contains { $0.kind == kind })
    #expect(!normalizer.normalize(text, without: [kind]).1.contains { $0.kind == kind })
  }
}
