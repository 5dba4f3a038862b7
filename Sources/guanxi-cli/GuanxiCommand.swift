import ArgumentParser
import Characters
import Extraction
import Glibc
import Knowledge
import Reading

/// The command `guanxi`.
@main
struct GuanxiCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guanxi",
    abstract: "Reads Chinese news and writes down who did what, to how many, when and where.",
    subcommands: [
      ExtractCommand.self, SegmentCommand.self, WhyCommand.self, EvaluateCommand.self,
      LexiconCommand.self, BenchCommand.self,
    ])

  @Flag(name: .long, help: "Say the versions of the engine and ICU, and which knowledge is used.")
  var version = false

  func run() async throws {
    guard version else { throw CleanExit.helpRequest(self) }
    let place = KnowledgePath.find(nil)
    print("guanxi \(RecordBuilder.version)")
    print("ICU \(icuVersion())")
    do {
      print("knowledge \(try KnowledgeLoader.identity(place.path))")
    } catch {
      warn("\(error)")
      throw Exit.knowledgeInvalid
    }
    print("          \(place.path) (\(place.from))")
  }

  /// Runs the command. What the argument parser calls a wrong use ends with 2 and not with its 64.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      warn(fullMessage(for: error))
      Glibc.exit(Exit.usage.rawValue)
    }
  }
}

/// Exit codes besides 0.
enum Exit {
  /// Some inputs could not be read, or a span did not verify.
  static let someInputsFailed = ExitCode(1)
  /// The command was called wrongly.
  static let usage = ExitCode(2)
  /// The knowledge has errors.
  static let knowledgeInvalid = ExitCode(3)
  /// The output could not be written.
  static let outputFailed = ExitCode(4)
  /// Stopped by SIGINT or SIGTERM: 128 and the number of the first, as shells have it.
  static let interrupted = ExitCode(130)
  /// Nobody reads the output any more: 128 and the number of SIGPIPE.
  static let closedPipe = ExitCode(141)
}
