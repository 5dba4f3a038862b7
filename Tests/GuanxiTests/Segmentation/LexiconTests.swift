import Annotations
import Characters
import Extraction
import Reading
import Segmentation
import Testing

/// The compiled lexicon against a dictionary.
struct LexiconTests {
  private static let characters = Array("中国人民大学院校一二三ABCabc12·《》 é😀𠮷".unicodeScalars).map(\.value)

  /// Letters match in both cases.
  private func folded(_ word: [UInt32]) -> [UInt32] {
    word.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }

  @Test func agreesWithDictionary() throws {
    var classes = ClassTable()
    let category = classes.add("word")
    for seed in UInt64(0)..<10 {
      var random = SplitMix64(seed: seed)
      func randomWord() -> [UInt32] {
        (0..<(1 + random.below(5))).map { _ in random.pick(Self.characters) }
      }
      var rows: [[UInt32]: [Int32]] = [:]
      var builder = LexiconBuilder(folding: try CharacterFolding(exceptions: []))
      var table = LexiconRows()
      table.addFile(columns: ["entry"], number: 3)
      for row in Int32(0)..<300 {
        let word = randomWord()
        rows[folded(word), default: []].append(row)
        builder.add(
          word,
          sense: Sense(category: category, row: row), cost: 50)
        #expect(table.addRow([String(scalars: word)], line: Int(row) + 2) == row)
      }
      let lexicon = builder.build(rows: table)
      #expect(lexicon.wordCount >= rows.count, "seed \(seed)")
      for sense in lexicon.senses {
        #expect(
          lexicon.provenance(of: sense) == Provenance(file: 3, line: UInt32(sense.row) + 2))
      }
      for (word, expected) in rows {
        #expect(lexicon.senses(of: word).map(\.row) == expected, "seed \(seed)")
      }
      for number in 0..<500 {
        let word = randomWord()
        #expect(
          lexicon.senses(of: word).map(\.row) == rows[folded(word)] ?? [],
          "seed \(seed), look-up \(number): \(String(scalars: word))")
      }
      for number in 0..<50 {
        let text = (0..<30).map { _ in random.pick(Self.characters) }
        var graph = AnnotationGraph()
        graph.reset(to: TextRange(0, text.count))
        let positions = text.indices.map { UInt32($0) }
        let normalized = NormalizedText(
          characters: text, starts: positions, ends: positions.map { $0 + 1 }, source: text)
        lexicon.addWords(of: normalized, to: &graph)
        var expected = 0
        for start in text.indices {
          for end in (start + 1)...min(text.count, start + 5) {
            expected += rows[folded(Array(text[start..<end]))]?.count ?? 0
          }
        }
        #expect(graph.edges.count == expected, "seed \(seed), text \(number)")
      }
    }
  }

  /// Every entry of the shipped lexicons is found again, with its row.
  @Test func shippedEntriesAreFound() throws {
    let lexicon = try Shared.knowledge().lexicon
    #expect(lexicon.wordCount > 200_000)
    for word in ["北京", "国家统计局", "唐纳德·特朗普", "百分之", "公里"] {
      #expect(!lexicon.senses(of: word.unicodeScalars.map(\.value)).isEmpty, "\(word)")
    }
    #expect(lexicon.senses(of: []).isEmpty)
  }
}
