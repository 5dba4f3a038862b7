import Annotations
import Corpora
import Foundation

/// A folder of inputs for one test, removed at its end.
final class InputFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/guanxi-inputs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// What reading inputs gave.
struct ReadInputs {
  var documents: [Document] = []
  var failures: [InputFailure] = []
  var notes: [String] = []

  /// Reads all documents of inputs; stops where there are more elements than `most`.
  init(_ inputs: [String], _ options: InputOptions = InputOptions(), most: Int = 10_000) {
    let source = DocumentSource(inputs: inputs, options: options)
    for item in source {
      switch item {
      case .success(let document): documents.append(document)
      case .failure(let failure): failures.append(failure)
      }
      if documents.count + failures.count >= most { break }
    }
    notes = source.notes.summary
  }

  /// The kinds of remarks on the documents, each once.
  var kinds: Set<String> { Set(documents.flatMap { $0.diagnostics.map(\.kind) }) }
}
