internal import FoundationEssentials
internal import SystemPackage

extension DocumentSource {
  /// The bytes of all files of inputs, nil where there is something else, such as standard input.
  /// - Complexity: O(files).
  package static func totalBytes(of inputs: [String]) -> Int? {
    var sum = 0
    for input in inputs {
      switch input == "-" ? .stream : DurableFiles.kind(input) {
      case .stream: return nil
      case .nothing: break
      case .file: sum += size(input)
      case .folder:
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: input)) ?? [] {
          let path = input + "/" + name
          if DurableFiles.kind(path) == .file { sum += size(path) }
        }
      }
    }
    return sum
  }

  private static func size(_ path: String) -> Int {
    (try? FilePath(path).stat()).map { Int($0.size) } ?? 0
  }
}
