internal import Characters

/// A word segmenter for Chinese: ICU's words, or ICU's with a lexicon laid over them.
///
/// Immutable; any number of threads may share one, each with a ``SegmentationSession`` of its own.
///
///     let segmenter = Segmenter(entries: [.init("和平区"), .init("名师工作室", status: .always)])
///     var session = SegmentationSession(segmenter)
///     for index in 0..<session.segment("和平区成立名师工作室") {
///       session[index].range               // 和平区 成立 名师工作室, as ranges of UTF-8
///     }
///
/// Without entries the words are those of ICU's word BreakIterator on any text, by tables read from
/// ICU itself. With entries, traditional characters, wide forms and capitals count as their usual
/// forms, in the text as in the entries; ranges always speak of the text as it is.
public struct Segmenter: Sendable {
  /// An entry of a lexicon.
  public struct Entry: Sendable {
    /// What an entry does.
    public enum Status: Sendable {
      /// A word at its cost.
      case word
      /// A word that wins its span whatever stands around it; of two that overlap the left one, of two
      /// that begin together the longer one.
      case always
      /// What is no word, though ICU's dictionary may have it.
      case never
    }

    /// What is written: 1 to 64 characters of any script.
    public var text: String
    /// The cost on ICU's scale, 1 to 65,534: about 10 · (−ln p), so 60 for a common word and 200 for a
    /// rare one. Nil takes ICU's own, or for a new word a tenth less than its cheapest cut.
    public var cost: Int?
    /// What the entry does.
    public var status: Status

    /// An entry.
    public init(_ text: String, cost: Int? = nil, status: Status = .word) {
      self.text = text
      self.cost = cost
      self.status = status
    }
  }

  /// The number of a distinct word of a segmenter.
  public typealias WordID = Int32

  package let tables: WordTables

  /// A segmenter over tables.
  package init(tables: WordTables) { self.tables = tables }

  /// ICU's words. Takes about 0.1 s; a compiled file opens in a few milliseconds.
  public init() {
    var builder = WordTablesBuilder(folding: nil)
    _ = builder.addBase()
    tables = builder.build(identity: "")
  }

  /// ICU's words as its own iterator gives them, which is what is done where its dictionary or rules have
  /// a form that is not known.
  package init(leavingWordsToICU: Void) {
    var builder = WordTablesBuilder(folding: nil, leavesWordsToICU: true)
    _ = builder.addBase()
    tables = builder.build(identity: "")
  }

  /// ICU's words with entries over them, numbered in their order from 0; an entry of no or more than
  /// 64 characters matches nothing. `identity` names the entries and is kept in a compiled file.
  /// - Throws: when ICU lacks the data to fold scripts.
  /// - Complexity: about 0.3 µs a word, ICU's 316,000 included.
  public init(entries: some Sequence<Entry>, identity: String = "") throws {
    let folding = try CharacterFolding(exceptions: [])
    var builder = WordTablesBuilder(folding: folding)
    _ = builder.addBase()
    for entry in entries {
      let characters = entry.text.unicodeScalars.map(\.value)
      builder.addNumbered(
        characters, cost: entry.cost.map { min(max($0, 1), WordTables.largestCost) },
        role: entry.status == .word ? .word : entry.status == .always ? .force : .block)
    }
    tables = builder.build(identity: identity)
  }

  /// The words of a file that ``write(to:)`` or `guanxi lexicon compile` wrote, mapped into memory.
  /// - Throws: ``CompiledTablesError`` when there is no such file, it is damaged, or it was made with
  ///   another version of ICU or of this library.
  public init(contentsOf path: String) throws {
    tables = try WordTables(SectionReader(contentsOf: path))
  }

  /// Writes the tables to a file, first aside and then under its name, so that a file of that name is
  /// always whole.
  /// - Throws: ``CompiledTablesError`` when the file cannot be written.
  public func write(to path: String) throws { try tables.storage.write(to: path) }

  /// The number of distinct words.
  public var wordCount: Int { tables.wordCount }
  /// The number of bytes of the tables.
  public var byteCount: Int { tables.storage.count }
  /// The version of ICU whose words these are.
  public var icuVersion: String { tables.icuVersion }
  /// What the entries were named when they were compiled.
  public var identity: String { tables.identity }
  /// False where ICU's dictionary or rules have a form that is not known: then ICU's own iterator
  /// cuts, slower and without the entries.
  public var isFast: Bool { tables.hasRules }

  /// The numbers of the entries that are a word; none when only ICU has it. Of a knowledge folder they
  /// are the numbers of its rows.
  public func entries(of word: WordID) -> [Int] {
    tables.entries(ofWord: Int(word)).map { Int(tables.entries[$0]) }
  }
}
