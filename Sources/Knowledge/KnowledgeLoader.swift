package import Annotations
internal import Characters
package import Extraction
internal import FoundationEssentials
internal import Reading
package import Segmentation

/// Knowledge that was loaded, or why it was not.
package struct LoadedKnowledge: Sendable {
  /// The compiled knowledge; nil when any file has an error.
  package let knowledge: CompiledKnowledge?
  /// The same as it is written to a file.
  let parts: KnowledgeParts?
  /// Everything there is to say about the files, in the order of files and lines.
  package let diagnostics: [KnowledgeDiagnostic]
  /// The number of lexicon entries.
  package let entryCount: Int
  /// The number of rules.
  package let ruleCount: Int
  /// How diagnostics of these files are shown.
  package let diagnosticText: DiagnosticText

  /// The errors, each with the line it is about.
  package var failure: [String] {
    diagnosticText.text(diagnostics.filter { $0.severity == .error })
  }

  /// Writes the compiled file, first aside and then under its name, so that a file of that name is always
  /// whole; gives the number of its bytes, nil when there is no knowledge.
  /// - Throws: ``CompiledTablesError`` when the file cannot be written.
  package func write(to path: String) throws -> Int? { try parts?.write(to: path) }
}

/// A lexicon that is laid over a folder.
package struct LexiconFile: Sendable {
  /// The name by which diagnostics speak of it.
  package let name: String
  /// Rows of tab-separated cells.
  package let text: String

  /// A lexicon in memory.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Words without costs, as a lexicon.
  package init(words: some Sequence<String>) {
    name = "words"
    text = "entry\tclass\n" + words.map { "\($0)\tword\n" }.joined()
  }
}

/// A folder of lexicons, costs and rules, or the file that was compiled of one → ``CompiledKnowledge``, with
/// every fault of every file.
///
/// By its name a file of a folder is one of these: `*.costs.tsv` holds costs of tags, `*.path.tsv` what is a
/// word of the plain path, `*.calendar.tsv` a calendar, `*.forms.tsv` forms of names,
/// `*.grammar.tsv` the steps of clauses, `*.relations.tsv` the types of relations, any other `*.tsv` is a
/// lexicon, and `*.rules` holds rules. What has an error is not loaded, not even in part.
package enum KnowledgeLoader {
  /// Whether the knowledge at a path is a compiled file: anything but a folder that is there.
  package static func isCompiled(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
  }

  /// Loads a folder or a compiled file; `lints` as ``load(folder:over:lints:)`` has it.
  package static func load(_ path: String, lints: Bool = true) throws -> LoadedKnowledge {
    isCompiled(path) ? load(compiled: path) : try load(folder: path, lints: lints)
  }

  /// Loads a folder, nil for none, with lexicons laid over it. Takes about 0.3 s for the shipped one. Without
  /// `lints` it does not look for rows that repeat others, blocks of nothing, and classes that nobody asks for:
  /// these are warnings, and cost a tenth of the time.
  package static func load(
    folder path: String?, over lexicons: [LexiconFile] = [], lints: Bool = true
  ) throws -> LoadedKnowledge {
    try load(
      KnowledgeFolder(path: path, adding: lexicons.map { (name: $0.name, text: $0.text) }),
      lints: lints)
  }

  /// Loads a folder that was read.
  static func load(_ folder: KnowledgeFolder, lints: Bool = true) throws -> LoadedKnowledge {
    var compiler = FolderCompiler(lints: lints)
    compiler.diagnostics = folder.diagnostics
    return try compiler.compile(folder)
  }

  /// Loads a compiled file. Takes a few milliseconds.
  package static func load(compiled path: String) -> LoadedKnowledge {
    do {
      return try KnowledgeParts(contentsOf: path).assembled(isChecked: true)
    } catch {
      let fault = error as? CompiledTablesError
      return LoadedKnowledge(
        knowledge: nil, parts: nil,
        diagnostics: [
          KnowledgeDiagnostic(
            kind: fault?.kind ?? "unreadable", file: path, line: 0,
            message: fault?.message ?? "\(error)")
        ], entryCount: 0, ruleCount: 0, diagnosticText: DiagnosticText([]))
    }
  }

  /// The words of a folder, nil for ICU's alone, with lexicons laid over them; or the errors.
  package static func words(
    folder path: String?, over lexicons: [LexiconFile]
  ) throws -> (segmenter: Segmenter?, failure: [String]) {
    if path == nil, lexicons.isEmpty { return (Segmenter(), []) }
    let loaded = try load(folder: path, over: lexicons, lints: false)
    return (loaded.knowledge.map { Segmenter(tables: $0.lexicon.tables) }, loaded.failure)
  }

  /// The name of the content of a folder or compiled file, as records carry it.
  /// - Throws: ``CompiledTablesError`` when a compiled file is not whole.
  package static func identity(_ path: String) throws -> String {
    isCompiled(path)
      ? try SectionReader(contentsOf: path).identity : KnowledgeFolder(path: path).identity
  }

  /// ICU's dictionary alone, without any lexicon: for segmentation only.
  package static func baseLexicon() -> Lexicon {
    var builder = LexiconBuilder(folding: nil)
    _ = builder.addBase()
    return builder.build(rows: LexiconRows())
  }
}
