import Segmentation
import Testing

/// Words that are formed, against a naive way to join the words of the plain path.
struct WordFormationTests {
  private static let surnames = Array("王李张成和".unicodeScalars).map(\.value)
  private static let given = Array("明和建成国一".unicodeScalars).map(\.value)
  private static let numerals = Array("一二三十百万".unicodeScalars).map(\.value)
  private static let suffixes = Array("者性国".unicodeScalars).map(\.value)

  private static func segmenter(formations: WordFormations) throws -> Segmenter {
    var builder = LexiconBuilder(folding: nil, formations: formations)
    _ = builder.addBase()
    builder.add("张明国".unicodeScalars.map(\.value), sense: nil, cost: nil, role: .block)
    builder.add("二明".unicodeScalars.map(\.value), sense: nil, cost: nil, role: .force)
    return Segmenter(tables: builder.build(rows: LexiconRows()).tables)
  }

  private static func words(_ segmenter: Segmenter, _ text: String) -> [String] {
    var session = SegmentationSession(segmenter)
    let bytes = Array(text.utf8)
    let plain = (0..<session.segment(bytes.span)).map {
      String(decoding: bytes[session[$0].range], as: UTF8.self)
    }
    let identified = (0..<session.segment(bytes.span, identifying: true)).map {
      String(decoding: bytes[session[$0].range], as: UTF8.self)
    }
    #expect(plain == identified)
    return plain
  }

  /// The forms of `segmenters`, over words.
  private static func joined(_ words: [String], known: Set<String>) -> [String] {
    var result: [String] = []
    var at = 0
    func isAll(_ word: String, _ set: [UInt32]) -> Bool {
      word.unicodeScalars.allSatisfy { set.contains($0.value) }
    }
    while at < words.count {
      let first = words[at]
      let isSingle = first.unicodeScalars.count == 1
      var best: (text: String, next: Int)?
      func extend(_ most: Int, _ least: Int, while isIn: (String) -> Bool) {
        var text = ""
        var next = at + 1
        while next < words.count, isIn(words[next]), words[next] != "二明",
          text.unicodeScalars.count + words[next].unicodeScalars.count <= most
        {
          text += words[next]
          next += 1
        }
        let whole = first + text
        if text.unicodeScalars.count >= least, !known.contains(whole),
          whole.unicodeScalars.count > (best?.text.unicodeScalars.count ?? 0)
        {
          best = (whole, next)
        }
      }
      if first != "二明" {
        if isAll(first, numerals) { extend(31, 1) { isAll($0, numerals) } }
        if isSingle, isAll(first, surnames) {
          extend(2, 1) { $0.unicodeScalars.count == 1 && isAll($0, given) }
        }
        if !isSingle, !first.hasPrefix("a"), !first.hasPrefix(" ") {
          extend(1, 1) { $0.unicodeScalars.count == 1 && isAll($0, suffixes) }
        }
      }
      result.append(best?.text ?? first)
      at = best?.next ?? at + 1
    }
    return result
  }

  @Test func agreesWithJoiningThePlainPath() throws {
    var formations = WordFormations()
    var isAdded = formations.add(.characters(Self.numerals), rest: Self.numerals, count: 1...31)
    #expect(isAdded)
    isAdded = formations.add(.characters(Self.surnames), rest: Self.given, count: 1...2)
    #expect(isAdded)
    isAdded = formations.add(.word, rest: Self.suffixes, count: 1...1)
    #expect(isAdded)
    let plain = try Self.segmenter(formations: WordFormations())
    let formed = try Self.segmenter(formations: formations)
    var known: Set<String> = ["张明国", "二明"]
    let characters = "王李张成和明建国一二三十百万者性研究。，a 好的".map { String($0) }
    for first in characters {
      for second in characters {
        let pair = Array((first + second).utf8)
        var session = SegmentationSession(plain)
        for index in 0..<session.findMatches(in: pair.span)
        where session.match(index).range == 0..<pair.count {
          known.insert(first + second)
        }
      }
    }
    var joins = 0
    for seed in UInt64(0)..<200 {
      var random = SplitMix64(seed: seed)
      // Long texts without a sign as well, which chunks have to divide between words.
      let count = seed % 40 == 0 ? 4000 : 40
      let picks =
        seed % 80 == 0
        ? characters.filter { $0 != "。" && $0 != "，" && $0 != " " && $0 != "a" } : characters
      let text = (0..<count).map { _ in random.pick(picks) }.joined()
      let cut = Self.words(plain, text)
      let expected = Self.joined(cut, known: known.union(Self.longWords(plain, text)))
      let found = Self.words(formed, text)
      let difference = zip(found, expected).first { $0 != $1 }
      #expect(difference == nil && found.count == expected.count, "seed \(seed)")
      joins += cut.count - found.count
    }
    #expect(joins > 1000)
  }

  /// All words of three characters and more that the tables know in a text.
  private static func longWords(_ segmenter: Segmenter, _ text: String) -> Set<String> {
    var session = SegmentationSession(segmenter)
    let bytes = Array(text.utf8)
    return Set(
      (0..<session.findMatches(in: bytes.span)).map {
        String(decoding: bytes[session.match($0).range], as: UTF8.self)
      }.filter { $0.unicodeScalars.count > 2 })
  }

  @Test func refusesTooManyForms() {
    var formations = WordFormations()
    func add(_ count: ClosedRange<Int>) -> Bool {
      formations.add(.word, rest: Self.suffixes, count: count)
    }
    #expect(!add(1...32))
    for _ in 0..<WordFormations.limit { #expect(add(1...1)) }
    #expect(!add(1...1))
  }
}
