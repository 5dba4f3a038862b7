import Annotations
import Segmentation
import Testing

/// ICU itself is the twin: without a lexicon the words of any text are those of its iterator.
struct BreakRulesTests {
  /// Kinds of characters that the rules treat differently, as ranges to draw from.
  private static let pools: [ClosedRange<UInt32>] = [
    0x4E00...0x9FFF, 0x3041...0x30FF, 0x20...0x7E, 0x3000...0x301F, 0xFF01...0xFF9F,
    0xAC00...0xD7A3, 0x1F300...0x1F6FF, 0x200B...0x200F, 0xFE00...0xFE0F, 0x300...0x36F,
    0x3099...0x309C, 0x30...0x39, 0x2C...0x2E, 0xE01...0xE4E, 0x20000...0x2FA1D, 0xF900...0xFAFF,
    0x600...0x6FF, 0x1F1E6...0x1F1FF, 0x1...0xD7FF, 0xE000...0x10FFFF,
  ]

  @Test func agreesWithICUOnAnyText() throws {
    let lexicon = Shared.baseLexicon
    let path = WordPath(lexicon: lexicon)
    let iterator = try #require(ICUBreakIterator(.word))
    for seed in UInt64(0)..<8000 {
      var random = SplitMix64(seed: seed)
      // A few pools a text, so that runs of one kind come about.
      let pools = (0..<(1 + random.below(4))).map { _ in random.pick(Self.pools) }
      let text = (0..<(1 + random.below(60))).map { _ in
        let pool = random.pick(pools)
        return pool.lowerBound + UInt32(random.below(Int(pool.upperBound - pool.lowerBound) + 1))
      }
      var found: [Int] = []
      path.forEachWord(in: text, range: TextRange(0, text.count)) { word, _ in
        found.append(word.end)
      }
      #expect(found == Self.icu(iterator, text), "seed \(seed): \(String(scalars: text))")
    }
  }

  /// A run of 100,000 characters is one dictionary segment.
  @Test func agreesWithICUOnAnEndlessRun() throws {
    let path = WordPath(lexicon: Shared.baseLexicon)
    let iterator = try #require(ICUBreakIterator(.word))
    var random = SplitMix64(seed: 1)
    let letters = "中华人民共和国教育局召开发展会议的了是在一二三".unicodeScalars.map(\.value)
    let text = (0..<100_000).map { _ in random.pick(letters) }
    var found: [Int] = []
    path.forEachWord(in: text, range: TextRange(0, text.count)) { word, _ in
      found.append(word.end)
    }
    #expect(found == Self.icu(iterator, text))
  }

  private static func icu(_ iterator: ICUBreakIterator, _ text: [UInt32]) -> [Int] {
    var units: [UInt16] = []
    var ends: [Int: Int] = [:]
    for (index, scalar) in text.enumerated() {
      units += Array(String(scalars: [scalar]).utf16)
      ends[units.count] = index + 1
    }
    var borders: [Int] = []
    iterator.forEachBorder(in: units) { borders.append(ends[$0] ?? -1) }
    return borders
  }
}
