import Annotations
import Characters
import Extraction
import Reading
import Segmentation
import Testing

/// The best path against brute force, and against ICU's own iterator.
struct WordPathTests {
  private static let characters = Array("中国人民生大学北京市长江桥研究的起源和平区".unicodeScalars).map(\.value)

  /// All ways to cut a short text, the cost of the cheapest.
  private func cheapest(_ text: ArraySlice<UInt32>, _ costs: [[UInt32]: Int]) -> Int {
    guard let first = text.indices.first else { return 0 }
    var best = Int.max
    for end in (first + 1)...text.endIndex {
      let word = Array(text[first..<end])
      guard let cost = costs[word] ?? (word.count == 1 ? Lexicon.unknownCost : nil) else {
        continue
      }
      best = min(best, cost + cheapest(text[end...], costs))
    }
    return best
  }

  @Test func agreesWithBruteForce() {
    for seed in UInt64(0)..<20 {
      var random = SplitMix64(seed: seed)
      var costs: [[UInt32]: Int] = [:]
      var builder = LexiconBuilder(folding: nil)
      for _ in 0..<80 {
        let word = (0..<(1 + random.below(4))).map { _ in random.pick(Self.characters) }
        costs[word] = 20 + random.below(300)
      }
      for (word, cost) in costs { builder.add(word, sense: nil, cost: cost) }
      let path = WordPath(lexicon: builder.build(rows: LexiconRows()))
      for number in 0..<100 {
        let text = (0..<(1 + random.below(9))).map { _ in random.pick(Self.characters) }
        var total = 0
        var at = 0
        path.forEachWord(in: text, range: TextRange(0, text.count)) { word, cost in
          let characters = Array(text[word.start..<word.end])
          let known = costs[characters] ?? (word.count == 1 ? Lexicon.unknownCost : -1)
          #expect(word.start == at && known == cost, "seed \(seed), text \(number)")
          at = word.end
          total += cost
        }
        #expect(at == text.count, "seed \(seed), text \(number)")
        #expect(
          total == cheapest(text[...], costs),
          "seed \(seed), text \(number): \(String(scalars: text))")
      }
    }
  }

  /// ICU's iterator on runs of Han characters: words of real texts, shuffled.
  @Test func agreesWithICU() throws {
    let iterator = try #require(ICUBreakIterator(.word))
    #expect(Shared.baseLexicon.hasBase)
    let path = WordPath(lexicon: Shared.baseLexicon)
    let articles = try Self.articles()
    let letters = articles.flatMap { $0.unicodeScalars.map(\.value) }.filter {
      CharacterKind($0) == .han
    }
    for seed in UInt64(0)..<4000 {
      var random = SplitMix64(seed: seed)
      var text: [UInt32] = []
      while text.count < 1 + random.below(40) {
        let start = random.below(letters.count - 8)
        text += letters[start..<(start + 1 + random.below(7))]
      }
      #expect(
        Self.guanxi(path, text) == Self.icu(iterator, text),
        "seed \(seed): \(String(scalars: text))")
    }
  }

  /// Whole runs of Han characters of the sample articles.
  @Test func agreesWithICUOnArticles() throws {
    let iterator = try #require(ICUBreakIterator(.word))
    let path = WordPath(lexicon: Shared.baseLexicon)
    for article in try Self.articles() {
      let scalars = article.unicodeScalars.map(\.value)
      for run in scalars.split(whereSeparator: { CharacterKind($0) != .han }) {
        let text = Array(run)
        #expect(
          Self.guanxi(path, text) == Self.icu(iterator, text), "\(String(scalars: text))")
      }
    }
  }

  /// Kana and Han together.
  @Test func agreesWithICUOnKana() throws {
    let iterator = try #require(ICUBreakIterator(.word))
    let path = WordPath(lexicon: Shared.baseLexicon)
    let letters = Array("東京都はとてもカタカナ文字のテストですコンピュータ会議".unicodeScalars).map(\.value)
    for seed in UInt64(0)..<1000 {
      var random = SplitMix64(seed: seed)
      let text = (0..<(1 + random.below(24))).map { _ in random.pick(letters) }
      #expect(
        Self.guanxi(path, text) == Self.icu(iterator, text),
        "seed \(seed): \(String(scalars: text))")
    }
  }

  /// The words of any text are the text.
  @Test func losesNothing() throws {
    let path = WordPath(lexicon: try Shared.knowledge().lexicon)
    for seed in UInt64(0)..<1000 {
      var random = SplitMix64(seed: seed)
      let text = RandomText.make(&random).unicodeScalars.map(\.value)
      var at = 0
      path.forEachWord(in: text, range: TextRange(0, text.count)) { word, _ in
        #expect(word.start == at && word.end > at, "seed \(seed)")
        at = word.end
      }
      #expect(at == text.count, "seed \(seed)")
    }
  }

  private static func guanxi(_ path: WordPath, _ text: [UInt32]) -> [Int] {
    var ends: [Int] = []
    path.forEachWord(in: text, range: TextRange(0, text.count)) { word, _ in ends.append(word.end) }
    return ends
  }

  private static func icu(_ iterator: ICUBreakIterator, _ text: [UInt32]) -> [Int] {
    var ends: [Int] = []
    iterator.forEachBorder(in: text.map { UInt16(truncatingIfNeeded: $0) }) { ends.append($0) }
    return ends
  }

  static func articles() throws -> [String] {
    try [
      "01-local-government", "02-economy", "03-company", "05-health", "10-court-ruling",
      "13-traditional-transport",
    ].map { try Repository.text("Corpora/news/\($0).txt") }
  }

  /// What a word may cost is the difference of ways that are cut by themselves.
  @Test func worth() {
    let path = WordPath(lexicon: Shared.baseLexicon)
    func cost(_ text: [UInt32], _ range: Range<Int>) -> Int {
      var sum = 0
      path.forEachWord(in: text, range: TextRange(range.lowerBound, range.upperBound)) {
        sum += $1
      }
      return sum
    }
    let characters = Array("的一是中国人民大会高兴王建张学习近平市长江水利用于是".unicodeScalars.map(\.value))
    for seed in 0..<200 {
      var random = SplitMix64(seed: UInt64(seed))
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        characters.randomElement(using: &random) ?? 0
      }
      let start = Int.random(in: 0..<text.count, using: &random)
      let end = Int.random(in: start + 1...text.count, using: &random)
      let ways = cost(text, 0..<start) + cost(text, end..<text.count)
      let whole = cost(text, 0..<text.count)
      #expect(path.costs.worth(of: TextRange(start, end)) == whole - ways, "seed \(seed)")
    }
  }
}
