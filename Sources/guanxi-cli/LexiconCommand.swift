import Annotations
import ArgumentParser

import Extraction
import Knowledge

/// `guanxi lexicon`.
struct LexiconCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon", abstract: "Work on lexicons and rules.",
    subcommands: [CheckCommand.self])

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
}
