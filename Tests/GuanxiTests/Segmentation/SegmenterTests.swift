import Annotations
import Extraction
import FoundationEssentials
import Segmentation
import Testing

/// The public segmenter: what its entries do, its files, and ICU as its twin on bytes.
struct SegmenterTests {
  private static func words(_ session: inout SegmentationSession, _ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return (0..<session.segment(bytes.span)).map {
      String(decoding: bytes[session[$0].range], as: UTF8.self)
    }
  }

  private static func words(_ entries: [Segmenter.Entry], _ text: String) throws -> String {
    var session = SegmentationSession(try Segmenter(entries: entries))
    return words(&session, text).joined(separator: "/")
  }

  @Test func entriesAlwaysWinNeverAppearAndSpanScripts() throws {
    let text = "研究生命的起源"
    #expect(try Self.words([], text) == "研究/生命/的/起源")
    #expect(try Self.words([.init("究生", status: .always)], text) == "研/究生/命/的/起源")
    #expect(
      try Self.words([.init("究生", status: .always), .init("生命的", status: .always)], text)
        == "研/究生/命/的/起源", "the left one wins")
    #expect(
      try Self.words([.init("生", status: .always), .init("生命的", status: .always)], text)
        == "研究/生命的/起源", "the longer one wins")
    #expect(try Self.words([.init("生", status: .always)], text) == "研究/生/命/的/起源")
    #expect(try Self.words([.init("起源", status: .never)], text).hasSuffix("/起/源"))
    #expect(try Self.words([.init("New York")], "在new york市") == "在/new york/市")
    #expect(try Self.words([.init("C++")], "用C++写") == "用/C++/写")
    #expect(try Self.words([.init("卡尔·马克思")], "卡尔·马克思说") == "卡尔·马克思/说")
    #expect(try Self.words([.init("名师工作室")], "成立名師工作室") == "成立/名師工作室")
    #expect(try Self.words([.init("5G手机", cost: 10)], "５Ｇ手机") == "５Ｇ手机")
    #expect(try Self.words([.init("猫", cost: 1), .init("")], "猫") == "猫")
    #expect(
      try Self.words([.init("New York"), .init("New York", status: .never)], "在New York")
        == "在/New/ /York")
    // Forced words that overlap all along, over longer words.
    #expect(
      try Self.words(
        [.init("人人", status: .always), .init("人人人", cost: 1)],
        String(repeating: "人", count: 5001)
      ).split(separator: "/").dropLast().allSatisfy { $0 == "人人" })
  }

  @Test func tokensKnowTheirWords() throws {
    let segmenter = try Segmenter(entries: [.init("名师工作室"), .init("和平区"), .init("名师工作室")])
    var session = SegmentationSession(segmenter)
    #expect(session.segment("和平区成立名师工作室Q", identifying: true) == 4)
    #expect(try segmenter.entries(of: #require(session[0].word)) == [1])
    #expect(try segmenter.entries(of: #require(session[1].word)) == [])
    #expect(try segmenter.entries(of: #require(session[2].word)) == [0, 2])
    #expect(session[3].word == nil)
    #expect(session[2].range == 15..<30)
    let latin = try Segmenter(entries: [.init("GDP")])
    var latinSession = SegmentationSession(latin)
    #expect(latinSession.segment("看gdp增长", identifying: true) == 3)
    #expect(try latin.entries(of: #require(latinSession[1].word)) == [0])
    var found = Set<String>()
    let text = Array("和平区成立名师工作室".utf8)
    for index in 0..<session.findMatches(in: text.span) {
      let (range, word) = session.match(index)
      let match = String(decoding: text[range], as: UTF8.self)
      found.insert(match)
      if match == "名师工作室" { #expect(segmenter.entries(of: word) == [0, 2]) }
    }
    #expect(found.isSuperset(of: ["和平", "和平区", "区", "成立", "工作", "工作室", "名师工作室"]))
  }

  /// Bytes of any kind, malformed ones among them: the same borders as ICU on the repaired text.
  @Test func agreesWithICUOnBytes() throws {
    var session = SegmentationSession(Shared.baseSegmenter)
    let iterator = try #require(ICUBreakIterator(.word))
    let parts = [
      "国家", "，", "2021年", "ABC", " ", "\n", "カタカナ", "\u{FE0F}", "😀", "é", "ไทย", "3.5%", "“", "人",
    ]
    for seed in UInt64(0)..<3000 {
      var random = SplitMix64(seed: seed)
      var bytes: [UInt8] = []
      for _ in 0..<(1 + random.below(30)) {
        var part = Array(random.pick(parts).utf8)
        if random.chance(10) { part.removeLast() }
        if random.chance(3) { part.insert(UInt8(random.below(256)), at: 0) }
        bytes += part
      }
      let text = String(decoding: bytes, as: UTF8.self)
      var ends: [Int] = []
      iterator.forEachBorder(in: Array(text.utf16)) { ends.append($0) }
      // What is malformed has other lengths in the repaired text: borders are compared in scalars.
      var scalars = 0
      var found: [Int] = []
      for index in 0..<session.segment(bytes.span) {
        let token = String(decoding: bytes[session[index].range], as: UTF8.self)
        scalars += token.utf16.count
        found.append(scalars)
      }
      #expect(found == ends, "seed \(seed): \(text)")
    }
  }

  /// What the fast loop might take for something else.
  @Test func agreesWithICUOnOverlongFormsAndSigns() throws {
    var session = SegmentationSession(Shared.baseSegmenter)
    let iterator = try #require(ICUBreakIterator(.word))
    let han = Array("人民".utf8)
    for odd: [UInt8] in [
      [0xE0, 0x80, 0xA1], [0xED, 0xA0, 0x80], [0xE0, 0x9F, 0xBF], [0xEF, 0xBF, 0xBF],
      Array("〆切は".utf8), Array("辰ケ・村".utf8), Array("昇華―夜叉の舞".utf8), Array("小、中学生".utf8),
    ] {
      let bytes = han + odd + han + Array("。".utf8)
      let text = String(decoding: bytes, as: UTF8.self)
      var borders: [Int] = []
      iterator.forEachBorder(in: Array(text.utf16)) { borders.append($0) }
      var units = 0
      let found = (0..<session.segment(bytes.span)).map { index in
        units += String(decoding: bytes[session[index].range], as: UTF8.self).utf16.count
        return units
      }
      #expect(found == borders, "\(text)")
    }
  }

  /// Where ICU's form is not known its own iterator cuts.
  @Test func leavesWordsToICU() throws {
    let segmenter = Segmenter(leavingWordsToICU: ())
    #expect(!segmenter.isFast && Shared.baseSegmenter.isFast)
    var session = SegmentationSession(segmenter)
    var twin = SegmentationSession(Shared.baseSegmenter)
    for article in try WordPathTests.articles() {
      #expect(session.segment(article) == twin.segment(article))
      #expect((0..<session.count).allSatisfy { session[$0].range == twin[$0].range })
    }
  }

  /// Texts of several chunks with few places to end one.
  @Test func agreesWithICUOnLongRuns() throws {
    var session = SegmentationSession(Shared.baseSegmenter)
    let iterator = try #require(ICUBreakIterator(.word))
    let letters = "中华人民共和国教育局召开发展会议的了是在一二三鬰鱹麢".map { String($0) }
    for seed in UInt64(0)..<200 {
      var random = SplitMix64(seed: seed)
      let share = 1 + random.below(1000)
      let text = (0..<4000).map { _ in
        random.below(share) == 0 ? random.pick(["，", "2021", "\n", "カタ"]) : random.pick(letters)
      }.joined()
      var ends: [Int] = []
      iterator.forEachBorder(in: Array(text.utf16)) { ends.append($0) }
      let bytes = Array(text.utf8)
      var units = 0
      let found = (0..<session.segment(bytes.span)).map { index in
        units += String(decoding: bytes[session[index].range], as: UTF8.self).utf16.count
        return units
      }
      #expect(found == ends, "seed \(seed)")
    }
  }

  /// Words that overlap all along have no place to cut a chunk.
  @Test func agreesWithICUWhereWordsOverlapAllAlong() throws {
    var session = SegmentationSession(Shared.baseSegmenter)
    let iterator = try #require(ICUBreakIterator(.word))
    for part in ["人", "国家", "的", "カ", "哈哈", "中华人民共和国"] {
      let text = String(repeating: part, count: 5000)
      var ends: [Int] = []
      iterator.forEachBorder(in: Array(text.utf16)) { ends.append($0 * 3) }
      let count = session.segment(text)
      #expect((0..<count).map { session[$0].range.upperBound } == ends, "\(part)")
    }
  }

  /// Where chunks end makes no difference: a whole text has the matches of its lines.
  @Test func matchesOfATextAreThoseOfItsLines() throws {
    var session = SegmentationSession(
      Segmenter(tables: try Shared.knowledge().lexicon.tables))
    let lines = try WordPathTests.articles().flatMap { $0.split(separator: "\n") }
      .map { Array($0.utf8) + [0x0A] }
    let text = Array((0..<20).flatMap { _ in lines }.joined())
    let sum = lines.reduce(0) { $0 + session.findMatches(in: $1.span) }
    #expect(session.findMatches(in: text.span) == 20 * sum)
  }

  @Test func filesHoldTheTables() throws {
    let segmenter = try Segmenter(entries: [.init("名师工作室")], identity: "test")
    let path =
      FileManager.default.temporaryDirectory.path
      + "/guanxi-tables-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try segmenter.write(to: path)
    let mapped = try Segmenter(contentsOf: path)
    #expect(mapped.identity == "test" && mapped.wordCount == segmenter.wordCount)
    var session = SegmentationSession(mapped)
    #expect(Self.words(&session, "成立名师工作室") == ["成立", "名师工作室"])

    let bytes = try Data(contentsOf: URL(filePath: path))
    func expectRefusal(_ data: Data, _ part: String) throws {
      try data.write(to: URL(filePath: path))
      do {
        _ = try Segmenter(contentsOf: path)
        Issue.record("a faulty file was taken: \(part)")
      } catch let error as CompiledTablesError {
        #expect(error.description.contains(part), "\(error)")
      }
    }
    try expectRefusal(Data(), "the file is empty")
    try expectRefusal(bytes.prefix(5), "no compiled file")
    try expectRefusal(bytes.prefix(100), "bytes were found")
    try expectRefusal(bytes.prefix(bytes.count - 64), "bytes were found")
    try expectRefusal(Data(repeating: 65, count: 100_000), "no compiled file")
    for place in [8, 70, 300, bytes.count / 2, bytes.count - 100] {
      var damaged = bytes
      damaged[place] ^= 0x55
      try expectRefusal(damaged, place == 8 ? "format" : "checksum")
    }
    #expect(throws: CompiledTablesError.self) { try Segmenter(contentsOf: path + ".none") }
    #expect(throws: CompiledTablesError.self) { try segmenter.write(to: path + "/none/file") }
  }

  @Test func learnsCosts() throws {
    // A text that cuts 研究生 where the dictionary has 研究 and 生命.
    let given = ["研究生", "命", "的", "起源"]
    let segmenter = try Segmenter(entries: [])
    var trainer = CostTrainer(segmenter)
    for _ in 0..<20 { trainer.add(given) }
    #expect(trainer.train(round: 1) > 0)
    for round in 2..<12 { _ = trainer.train(round: round) }
    #expect(trainer.train(round: 12) == 0)
    let learned = trainer.learned()
    let again = try Segmenter(entries: learned.map { .init($0.word, cost: $0.cost) })
    var session = SegmentationSession(again)
    #expect(Self.words(&session, given.joined()) == given)
  }

  @Test func sessionsShareASegmenter() async throws {
    let segmenter = try Segmenter(entries: [.init("名师工作室")])
    let text = String(repeating: "和平区教育局2021年成立85个名师工作室，选派39名名师。", count: 200)
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var session = SegmentationSession(segmenter)
          return (0..<20).map { _ in session.segment(text) }.reduce(0, +)
        }
      }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(Set(counts).count == 1)
  }
}
