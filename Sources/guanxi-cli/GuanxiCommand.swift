import ArgumentParser
import Extraction
import Knowledge
import Reading

/// The command `guanxi`.
@main
struct GuanxiCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guanxi",
    abstract: "Reads Chinese news and writes down who did what, to how many, when and where.",
    version: "guanxi \(RecordBuilder.version), ICU \(icuVersion()), knowledge \(KnowledgePath.find(nil).path)",
    subcommands: [ExtractCommand.self, SegmentCommand.self, LexiconCommand.self])
}

/// Exit codes besides 0 (done) and 64 (usage, as the argument parser has it).
enum Exit {
  static let someInputsFailed = ExitCode(1)
  static let usage = ExitCode(2)
  static let knowledgeInvalid = ExitCode(3)
}
