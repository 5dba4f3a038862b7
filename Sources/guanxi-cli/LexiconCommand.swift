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

    @Argument(help: "The folder; by default the one that extract would use.")
    var folder: String?

    func run() async throws {
      let place = KnowledgePath.find(folder)
      let loaded = try KnowledgeLoader.load(folder: place.path)
      var diagnostics = loaded.diagnostics
      var examples = 0
      if let knowledge = loaded.knowledge {
        let checked = ExampleCheck.run(knowledge)
        diagnostics += checked.diagnostics
        examples = checked.count
      }
      for diagnostic in diagnostics { print(diagnostic) }
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
      abstract: "Write the tables of segmentation to a file that segment maps into memory.",
      discussion: """
        The file belongs to one version of ICU and one content of the folder; both stand in it. A \
        file that is cut off, damaged or of another ICU is not used.
        """)

    @Argument(help: "The folder, or none for ICU's words alone.")
    var folder: String?

    @Option(help: "A lexicon (.tsv) laid over it; may be given again.")
    var words: [String] = []

    @Option(name: .shortAndLong, help: "The file to write.")
    var output: String

    func run() async throws {
      let segmenter = try KnowledgePath.loadWords(folder, over: KnowledgePath.overlays(words))
      do {
        try segmenter.write(to: output)
      } catch {
        warn("\(error)")
        throw Exit.someInputsFailed
      }
      print(
        "\(output): \(segmenter.wordCount) words, \(segmenter.byteCount) bytes, "
          + "ICU \(segmenter.icuVersion)")
    }
  }
}
