import Foundation
import Testing

/// The built command while it runs: killed, signalled, or talked to through pipes.
final class RunningCommand {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errorFile: String
  private let scratch: Scratch

  /// Starts the command with a knowledge of its own.
  init(_ arguments: [String], knowledge: String) throws {
    scratch = try Scratch()
    errorFile = try scratch.write("stderr", [])
    process.executableURL = try Command.executable()
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    variables["GUANXI_LEXICONS"] = knowledge
    process.environment = variables
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorFile))
    try process.run()
  }

  /// Sends a line.
  func send(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Sends nothing more.
  func endInput() throws { try input.fileHandleForWriting.close() }

  /// Waits for a line of output.
  func receive() throws -> String {
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// Waits until something is true of the outside world.
  func wait(until condition: () -> Bool) {
    while process.isRunning, !condition() { usleep(2000) }
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for the end and gives the exit code, nil where a signal ended it, and what it had to say.
  func end() throws -> (code: Int32?, errors: String) {
    process.waitUntilExit()
    return (
      process.terminationReason == .exit ? process.terminationStatus : nil,
      try String(contentsOfFile: errorFile, encoding: .utf8)
    )
  }
}

/// The knowledge as one file, which starts in a moment, and articles as JSON Lines.
struct BatchFixture {
  let scratch: Scratch
  let knowledge: String

  init() throws {
    scratch = try Scratch()
    knowledge = scratch.folder + "/knowledge.gx"
    let run = try Command.run(
      ["lexicon", "compile", Command.root + "/Lexicons/news", "-o", knowledge])
    try #require(run.code == 0, "\(run.errors)")
  }

  /// Lines of JSON: the paragraphs of the articles in `Corpora/news`, again and again, with ids of their own.
  func corpus(_ count: Int, named name: String = "corpus.jsonl") throws -> String {
    let folder = Command.root + "/Corpora/news"
    var paragraphs: [String] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      paragraphs += text.split(separator: "\n").map(String.init).filter { $0.count > 20 }
    }
    var lines: [String] = []
    for number in 0..<count {
      let object = ["id": "d\(number)", "text": paragraphs[number * 7 % paragraphs.count]]
      lines.append(
        String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self))
      // What cannot be read has its place in the order, too.
      if number % 50 == 49 { lines.append("{\"id\": \"broken-\(number)\"}") }
    }
    return try scratch.write(name, lines.joined(separator: "\n") + "\n")
  }

  func run(_ arguments: [String], input: [UInt8] = []) throws -> Command.Outcome {
    try Command.run(arguments, input: input, environment: ["GUANXI_LEXICONS": knowledge])
  }

  /// The files of a folder and what is in them.
  func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: folder + "/" + name)
    }
    return files
  }
}
