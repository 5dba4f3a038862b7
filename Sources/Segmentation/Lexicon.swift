package import Annotations

/// All words the engine knows, compiled: ICU's dictionary as the base and the project's lexicons
/// over it. Immutable, shared by all threads.
///
/// Costs are on ICU's scale, about 10 · (−ln p). A lexicon word that ICU does not know costs a
/// little less than the cheapest way to write it in words that ICU knows, so it wins its span and
/// hardly disturbs its neighbours.
///
/// An object, since many hold it, and a value of so many tables is not copied for nothing.
package final class Lexicon: Sendable {
  /// The cost of a character that is no word.
  package static let unknownCost = 255
  /// The length of the longest word that is looked for.
  package static let longestWord = 64

  /// The compiled words.
  package let tables: WordTables
  /// All senses; those of one word lie together.
  package let senses: SenseTable
  /// For each sense, the number of its word.
  private let senseWords: Table<UInt32>
  /// The columns and cells of the rows.
  package let rows: RowTable
  /// The number of words.
  package var wordCount: Int { tables.wordCount }
  /// Whether ICU's dictionary was there to build on.
  package var hasBase: Bool { tables.hasBase }

  /// The sections of senses.
  enum Section {
    static let categories = "sense.categories"
    static let words = "sense.words"
  }

  /// Takes over a compiled lexicon after checking that none of its tables leads outside another;
  /// `classCount` is the number of classes that its senses may have.
  /// - Throws: ``CompiledTablesError`` when it is not sound, or the sections hold words without senses.
  /// - Complexity: O(bytes), about a millisecond for ten megabytes.
  package init(_ sections: SectionReader, classCount: Int) throws {
    guard sections.has(Section.categories) else {
      throw CompiledTablesError.foreign("the file holds words only, not the whole knowledge")
    }
    tables = try WordTables(sections)
    rows = try RowTable(sections)
    senses = SenseTable(
      storage: sections.storage, rows: tables.entries,
      categories: try sections.table(Section.categories))
    senseWords = try sections.table(Section.words)
    let words = UInt32(clamping: tables.wordCount)
    guard senses.isSound(rows: rows.count, classes: classCount), senseWords.count == senses.count,
      senseWords.allSatisfy({ $0 < words })
    else {
      throw CompiledTablesError.damaged("a table of its senses leads outside another")
    }
  }

  /// The cell of a column in the row behind a sense; empty cells and missing columns are nil.
  package func feature(_ column: String, of sense: Sense) -> String? {
    rows.cell(column, of: Int(sense.row))
  }

  /// Where the row behind a sense stands.
  package func provenance(of sense: Sense) -> Provenance { rows.provenance(of: Int(sense.row)) }

  /// Calls `body` with the end and the number of each word that begins at `start`, shortest first.
  @inline(__always)
  package func forEachWord(
    in text: [UInt32], at start: Int, limit: Int, _ body: (_ end: Int, _ word: Int) -> Void
  ) {
    tables.forEachWord(at: start, limit: limit, code: { tables.code(of: text[$0]) }) {
      length, word in
      body(start + length, word)
    }
  }

  /// The senses of the word that is exactly these characters.
  package func senses(of word: [UInt32]) -> Slice<SenseTable> {
    senses(in: word, TextRange(0, word.count))
  }

  /// The senses of the word that is exactly the characters of a range.
  package func senses(in text: [UInt32], _ range: TextRange) -> Slice<SenseTable> {
    senses[senseNumbers(in: text, range)]
  }

  /// The numbers in ``senses`` of those of the word that is exactly the characters of a range; none where it is no word.
  /// For who looks at many words: a slice of the table costs more than what is in it.
  package func senseNumbers(in text: [UInt32], _ range: TextRange) -> Range<Int> {
    var found = 0..<0
    forEachWord(in: text, at: range.start, limit: range.end) { end, word in
      if end == range.end { found = senseNumbers(ofWord: word) }
    }
    return found
  }

  /// All senses whose class a table has, by the number of the class.
  /// - Complexity: O(senses).
  package func senses(ofClasses isMember: [Bool]) -> [Sense] {
    var found: [Sense] = []
    for sense in 0..<senses.count where isMember[senses.category(sense).index] {
      found.append(senses[sense])
    }
    return found
  }

  /// What the word costs that is `text` from `start` on; nil where that is none.
  package func cost(ofWord text: [UInt32], from start: Int) -> Int? {
    var cost: Int?
    forEachWord(in: text, at: start, limit: text.count) { end, word in
      if end == text.count { cost = Int(tables.wordCosts[word]) }
    }
    return cost
  }

  /// What the word behind a sense costs.
  package func cost(ofSense sense: Int) -> Int {
    Int(tables.wordCosts[Int(senseWords[sense])])
  }

  /// Whether the plain path may cut the word behind a sense: ICU's dictionary has it, or a row as a word.
  package func isOnPath(sense: Int) -> Bool {
    cost(ofSense: sense) < WordTablesBuilder.neverCost
  }

  /// All senses of the word that a sense belongs to.
  package func siblings(ofSense sense: Int) -> Slice<SenseTable> {
    senses(ofWord: Int(senseWords[sense]))
  }

  /// The senses of a word by its number.
  package func senses(ofWord number: Int) -> Slice<SenseTable> {
    senses[senseNumbers(ofWord: number)]
  }

  /// The numbers in ``senses`` of those of a word by its number.
  package func senseNumbers(ofWord word: Int) -> Range<Int> { tables.entries(ofWord: word) }

  /// Adds an edge for every sense of every word in the graph's sentence: all matches, overlapping
  /// as they may. `isHidden` says for each class whether its senses are left out; empty for none.
  package func addWords(
    of text: NormalizedText, to graph: inout AnnotationGraph, isHidden: [Bool] = []
  ) {
    let found = tables.words(in: text.characters, graph.range.start..<graph.range.end)
    // In a loop of its own, in which no look-up waits for another one.
    let entries = found.map { tables.entries(ofWord: Int($0.word)) }
    let first = Int32(truncatingIfNeeded: graph.edges.count)
    graph.add(atMost: entries.reduce(0) { $0 + $1.count }) { edges, words in
      for (word, own) in zip(found, entries) {
        let range = TextRange(Int(word.start), Int(word.end))
        let before = edges.count
        for sense in own {
          let category = senses.category(sense)
          if category.index < isHidden.count, isHidden[category.index] { continue }
          edges.append(
            Edge(
              range: range, category: category, payload: .sense(Int32(truncatingIfNeeded: sense))))
        }
        if edges.count == before { continue }
        words.append(
          (
            first + Int32(truncatingIfNeeded: before),
            first + Int32(truncatingIfNeeded: edges.count), word.word
          ))
      }
    }
  }
}
