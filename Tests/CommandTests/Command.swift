import Foundation
import Testing

/// The built command, run as a process.
struct Command {
  /// What a run came to.
  struct Outcome {
    let code: Int32
    let output: Data
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }
  }

  private struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// The executable `guanxi` beside the test bundle.
  static func executable() throws -> URL {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var folder = URL(fileURLWithPath: own)
    for _ in 0..<4 {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("guanxi")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    // Where the test runner is a tool of the toolchain, the build folder is that of this checkout.
    for configuration in ["debug", "release"] {
      let path = root + "/.build/\(configuration)/guanxi"
      if FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
    }
    throw Missing(description: "there is no executable guanxi beside \(own); run swift build first")
  }

  /// The root of the checkout.
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// Runs the command with the checkout's lexicons. Output goes through files, so that no pipe fills.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let scratch = try Scratch()
    let inputFile = try scratch.write("stdin", input)
    let outputFile = try scratch.write("stdout", [])
    let errorFile = try scratch.write("stderr", [])
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    variables["GUANXI_LEXICONS"] = root + "/Lexicons/news"
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    process.currentDirectoryURL = URL(fileURLWithPath: scratch.folder)
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputFile))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputFile))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorFile))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "\(arguments) ended by a signal")
    return Outcome(
      code: process.terminationStatus,
      output: try Data(contentsOf: URL(fileURLWithPath: outputFile)),
      errors: String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: errorFile)), as: UTF8.self))
  }
}

/// A folder of files for one test, removed at its end.
final class Scratch {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/guanxi-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file and gives its path.
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}
