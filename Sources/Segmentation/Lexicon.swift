package import Annotations

/// One meaning of a word: a row of a lexicon.
package struct Sense: Hashable, Sendable {
  /// The class the row gives it.
  package let category: ClassID
  /// The row.
  package let provenance: Provenance
  /// The row's number among all rows, by which ``Lexicon/feature(_:of:)`` finds its cells.
  package let row: Int32

  /// A sense of a word.
  package init(category: ClassID, provenance: Provenance, row: Int32) {
    self.category = category
    self.provenance = provenance
    self.row = row
  }
}

/// All words the engine knows, compiled: ICU's dictionary as the base and the project's lexicons
/// over it. Immutable, shared by all threads.
///
/// Costs are on ICU's scale, about 10 · (−ln p). A lexicon word that ICU does not know costs a
/// little less than the cheapest way to write it in words that ICU knows, so it wins its span and
/// hardly disturbs its neighbours.
package struct Lexicon: Sendable {
  /// The cost of a character that is no word.
  package static let unknownCost = 255
  /// The length of the longest word that is looked for.
  package static let longestWord = 64

  /// The compiled words.
  package let tables: WordTables
  private let senseOffsets: [Int32]
  /// All senses; those of one word lie together.
  package let senses: [Sense]
  private let senseCosts: [UInt16]
  /// For each sense, the number of its word.
  private let senseWords: [Int32]
  /// The columns and cells of the rows.
  package let rows: LexiconRows
  /// The number of words.
  package var wordCount: Int { tables.wordCount }
  /// Whether ICU's dictionary was there to build on.
  package var hasBase: Bool { tables.hasBase }

  /// The senses in the order in which their entries were added; nil for an entry without one.
  init(tables: WordTables, added: [Sense?], rows: LexiconRows) {
    self.tables = tables
    self.rows = rows
    var offsets: [Int32] = [0]
    var senses: [Sense] = []
    var senseCosts: [UInt16] = []
    var senseWords: [Int32] = []
    for word in 0..<tables.wordCount {
      let own = tables.entries(ofWord: word).compactMap { added[Int(tables.entries[$0])] }.sorted {
        ($0.provenance.file, $0.provenance.line, $0.category)
          < ($1.provenance.file, $1.provenance.line, $1.category)
      }
      senses += own
      senseCosts += repeatElement(tables.wordCosts[word], count: own.count)
      senseWords += repeatElement(Int32(word), count: own.count)
      offsets.append(Int32(senses.count))
    }
    senseOffsets = offsets
    self.senses = senses
    self.senseCosts = senseCosts
    self.senseWords = senseWords
  }

  /// The cell of a column in the row behind a sense; empty cells and missing columns are nil.
  package func feature(_ column: String, of sense: Sense) -> String? {
    rows.cell(column, of: Int(sense.row))
  }

  /// Calls `body` with the end and the number of each word that begins at `start`, shortest first.
  @inline(__always)
  func forEachWord(
    in text: [UInt32], at start: Int, limit: Int, _ body: (_ end: Int, _ word: Int) -> Void
  ) {
    tables.forEachWord(at: start, limit: limit, code: { tables.code(of: text[$0]) }) {
      length, word in
      body(start + length, word)
    }
  }

  /// The senses of the word that is exactly these characters.
  package func senses(of word: [UInt32]) -> ArraySlice<Sense> {
    var found: ArraySlice<Sense> = []
    forEachWord(in: word, at: 0, limit: word.count) { end, number in
      if end == word.count { found = senses(ofWord: number) }
    }
    return found
  }

  /// What the word behind a sense costs.
  package func cost(ofSense sense: Int) -> Int { Int(senseCosts[sense]) }

  /// All senses of the word that a sense belongs to.
  package func siblings(ofSense sense: Int) -> ArraySlice<Sense> {
    senses(ofWord: Int(senseWords[sense]))
  }

  func senses(ofWord number: Int) -> ArraySlice<Sense> {
    senses[Int(senseOffsets[number])..<Int(senseOffsets[number + 1])]
  }

  /// Adds an edge for every sense of every word in the graph's sentence: all matches, overlapping
  /// as they may.
  package func addWords(of text: NormalizedText, to graph: inout AnnotationGraph) {
    let range = graph.range
    for start in range.start..<range.end {
      forEachWord(in: text.characters, at: start, limit: range.end) { end, word in
        var sense = Int(senseOffsets[word])
        let last = Int(senseOffsets[word + 1])
        while sense < last {
          graph.add(
            Edge(
              range: TextRange(start, end), category: senses[sense].category,
              payload: .sense(Int32(sense))))
          sense += 1
        }
      }
    }
  }
}

/// The cells of all lexicon rows: each file has its columns, each row its cells.
package struct LexiconRows: Sendable {
  private var columns: [[String: Int]] = []
  private var files: [UInt16] = []
  private var cells: [[String]] = []

  /// No rows.
  package init() {}

  /// The number of rows.
  package var count: Int { cells.count }

  /// Begins a file with these columns and gives its number here.
  package mutating func addFile(columns names: [String]) -> Int {
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() { places[name] = place }
    columns.append(places)
    return columns.count - 1
  }

  /// The names of all columns of all files.
  package var columnNames: Set<String> { Set(columns.flatMap(\.keys)) }

  /// Adds a row of a file and gives the row's number.
  package mutating func addRow(_ row: [String], file: Int) -> Int {
    files.append(UInt16(file))
    cells.append(row)
    return cells.count - 1
  }

  /// A cell, nil when it is empty or the file has no such column.
  package func cell(_ column: String, of row: Int) -> String? {
    guard let place = columns[Int(files[row])][column] else { return nil }
    let cell = cells[row][place]
    return cell.isEmpty ? nil : cell
  }
}
