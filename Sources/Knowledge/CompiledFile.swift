internal import Annotations
internal import Characters
internal import Extraction
internal import Reading
internal import Segmentation

/// The compiled file of a folder: the sections of its words, senses and rows, which are used where they
/// lie, and those of everything else, which are read when it is opened.
extension KnowledgeParts {
  private enum Section {
    static let version = "knowledge.version"
    static let files = "knowledge.files"
    static let classes = "knowledge.classes"
    static let counts = "knowledge.counts"
    /// For each file that is kept as text, its number and how many bytes of the texts are its.
    static let sources = "knowledge.sources"
    static let texts = "knowledge.texts"
    static let width = "folding.width"
    static let simplified = "folding.simplified"
    /// For each exception, its length, its characters and their simplified forms.
    static let exceptions = "folding.exceptions"
    static let specialSenses = "tags.senses"
    static let specialLists = "tags.lists"
    /// For each list its length and its rows.
    static let specialRows = "tags.rows"
  }

  /// What stands between names.
  private static let separator = "\u{0}"

  /// Writes the compiled file, first aside and then under its name; gives the number of its bytes.
  /// - Throws: ``CompiledTablesError`` when the file cannot be written.
  func write(to path: String) throws -> Int {
    var sections = SectionList(copying: lexicon.tables.sections)
    sections.set(Section.version, text: RecordBuilder.version)
    sections.set(Section.files, text: files.names.joined(separator: Self.separator))
    sections.set(Section.classes, text: classes.names.joined(separator: Self.separator))
    sections.set(Section.counts, [UInt64(entryCount)])
    sections.set(
      Section.sources, sources.flatMap { [UInt32($0.number), UInt32($0.text.utf8.count)] })
    sections.set(Section.texts, text: sources.map(\.text).joined())
    let tables = folding.tables
    sections.set(Section.width, tables.width)
    sections.set(Section.simplified, tables.simplified)
    sections.set(
      Section.exceptions,
      tables.exceptions.flatMap { [UInt32($0.word.count)] + $0.word + $0.simplified })
    sections.set(Section.specialSenses, special?.senses ?? [])
    sections.set(Section.specialLists, special?.lists ?? [])
    sections.set(
      Section.specialRows, (special?.rows ?? []).flatMap { [UInt16($0.count)] + $0 })
    let storage = sections.packed(icuVersion: lexicon.tables.icuVersion, identity: identity)
    try storage.write(to: path)
    return storage.count
  }

  /// The content of a compiled file, mapped into memory and checked.
  /// - Throws: ``CompiledTablesError`` when there is no such file, it holds no knowledge, it is damaged, or it
  ///   was made by another version of Guanxi or with another one of ICU.
  init(contentsOf path: String) throws {
    try self.init(SectionReader(contentsOf: path))
  }

  private init(_ sections: SectionReader) throws {
    guard sections.has(Section.version) else {
      throw CompiledTablesError.foreign("the file holds words only, not the knowledge of a folder")
    }
    let version = try sections.text(Section.version)
    guard version == RecordBuilder.version else {
      throw CompiledTablesError.version(
        "the file was made by Guanxi \(version), this is Guanxi \(RecordBuilder.version)")
    }
    identity = sections.identity
    var files = KnowledgeFiles()
    let names = try Self.names(sections.text(Section.files))
    guard names.count < Int(UInt16.max) else { throw Self.fault("files") }
    for name in names { _ = files.add(name) }
    self.files = files
    var classes = ClassTable()
    for name in try Self.names(sections.text(Section.classes)) {
      guard classes.count < Int(UInt16.max) else { throw Self.fault("classes") }
      let number = classes.count
      guard classes.add(name).index == number else { throw Self.fault("classes") }
    }
    self.classes = classes
    lexicon = try Lexicon(sections, classCount: classes.count)
    let counts: [UInt64] = try sections.array(Section.counts)
    entryCount = Int(clamping: counts.first ?? 0)
    sources = try Self.sources(sections, names)
    costs = CostTables(sources)
    guard
      let folding = CharacterFolding(
        .init(
          width: try sections.array(Section.width),
          simplified: try sections.array(Section.simplified),
          exceptions: try Self.exceptions(sections)))
    else { throw Self.fault("foldings") }
    self.folding = folding
    guard
      let special = SpecialTags(
        senses: try sections.array(Section.specialSenses),
        lists: try sections.array(Section.specialLists), rows: try Self.specialRows(sections),
        senseCount: lexicon.senses.count, rowCount: costs.tags.count)
    else { throw Self.fault("tags") }
    self.special = special
  }

  private static func fault(_ what: String) -> CompiledTablesError {
    CompiledTablesError.damaged("the \(what) do not fit the rest")
  }

  private static func names(_ text: String) -> [String] {
    text.isEmpty
      ? []
      : text.utf8.split(separator: 0, omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
  }

  private static func sources(
    _ sections: SectionReader, _ names: [String]
  ) throws -> [UncompiledFile] {
    let table: [UInt32] = try sections.array(Section.sources)
    let texts: [UInt8] = try sections.array(Section.texts)
    var sources: [UncompiledFile] = []
    var at = 0
    for index in stride(from: 0, to: table.count - 1, by: 2) {
      let number = Int(table[index])
      let end = at + Int(table[index + 1])
      guard number < names.count, end <= texts.count else { throw fault("texts") }
      sources.append(
        UncompiledFile(
          name: names[number], number: UInt16(number),
          text: String(decoding: texts[at..<end], as: UTF8.self)))
      at = end
    }
    return sources
  }

  private static func exceptions(
    _ sections: SectionReader
  ) throws -> [CharacterFolding.Exception] {
    let all: [UInt32] = try sections.array(Section.exceptions)
    return try records(all, width: 2).map { record in
      let half = record.startIndex + record.count / 2
      return CharacterFolding.Exception(
        word: Array(record[..<half]), simplified: Array(record[half...]))
    }
  }

  private static func specialRows(_ sections: SectionReader) throws -> [[UInt16]] {
    try records(sections.array(Section.specialRows), width: 1).map { Array($0) }
  }

  /// Records, each a number and so many times `width` elements.
  private static func records<Element: UnsignedInteger>(
    _ all: [Element], width: Int
  ) throws -> [ArraySlice<Element>] {
    var records: [ArraySlice<Element>] = []
    var at = 0
    while at < all.count {
      let end = at + 1 + Int(clamping: all[at]) * width
      guard end <= all.count else { throw fault("lists") }
      records.append(all[(at + 1)..<end])
      at = end
    }
    return records
  }
}
