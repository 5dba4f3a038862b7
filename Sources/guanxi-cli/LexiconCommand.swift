import Annotations
import ArgumentParser

import Extraction
import Knowledge
import Segmentation

/// `guanxi lexicon`.
struct LexiconCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon", abstract: "Work on lexicons and rules.",
    subcommands: [CheckCommand.self, CompileCommand.self])

  /// `guanxi lexicon check`.
  struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Read all lexicons, costs and rules, report every fault, run every example.")

    @Argument(help: "The folder or compiled file; by default the one that extract would use.")
    var folder: String?

    func run() async throws {
      let place = KnowledgePath.find(folder)
      let loaded = try KnowledgeLoader.load(place.path)
      var diagnostics = loaded.diagnostics
      var examples = 0
      if let knowledge = loaded.knowledge {
        let checked = ExampleCheck.run(knowledge)
        diagnostics += checked.diagnostics
        examples = checked.count
      }
      for text in loaded.diagnosticText.text(diagnostics) { print(text) }
      let errors = diagnostics.count { $0.severity == .error }
      print(
        "\(place.path): \(loaded.entryCount) entries, "
          + "\(loaded.ruleCount) rules, "
          + "\(examples) examples, \(errors) errors, \(diagnostics.count - errors) warnings")
      if errors > 0 { throw Exit.knowledgeInvalid }
    }
  }

  /// `guanxi lexicon compile`.
  struct CompileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compile",
      abstract: "Write all knowledge of a folder to one file, which opens in milliseconds.",
      discussion: """
        Every command takes the file in place of the folder and gives the same results. The file belongs \
        to one version of Guanxi and of ICU and one content of the folder; all three stand in it. A file \
        that is cut off, damaged or of another version is not used.
        """)

    @Argument(help: "The folder, or none for ICU's words alone, which only segment takes.")
    var folder: String?

    @Option(help: "A lexicon (.tsv) laid over it; may be given again.")
    var words: [String] = []

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    func run() async throws {
      let overlays = try KnowledgePath.overlays(words)
      if folder == "none", overlays.isEmpty {
        let segmenter = Segmenter()
        try writing { try segmenter.write(to: output) }
        print(
          "\(output): \(segmenter.wordCount) words, \(segmenter.byteCount) bytes, "
            + "ICU \(segmenter.icuVersion)")
        return
      }
      let loaded = try KnowledgePath.loadFolder(folder, over: overlays)
      let count = try writing { try loaded.write(to: output) } ?? 0
      print(
        "\(output): \(loaded.entryCount) entries, \(loaded.ruleCount) rules, \(count) bytes, "
          + "\(loaded.knowledge?.identity ?? "")")
    }

    private func writing<Result>(_ body: () throws -> Result) throws -> Result {
      do {
        return try body()
      } catch {
        warn("\(error)")
        throw Exit.someInputsFailed
      }
    }
  }
}
