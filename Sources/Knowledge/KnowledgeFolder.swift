internal import Annotations
internal import FoundationEssentials
internal import Reading
internal import SystemPackage

/// The files of a knowledge folder, read but not yet understood.
struct KnowledgeFolder {
  /// A file of the folder.
  struct File {
    /// The name, relative to the folder.
    let name: String
    let text: String
  }

  var files: [File] = []
  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  /// The hash of all names and bytes.
  let identity: String

  /// The endings of the files that are knowledge.
  private static let endings = [".tsv", ".rules"]

  /// Reads all knowledge files below `path`, in the order of their names, nil for no folder; `adding`
  /// are files that come behind them.
  init(path: String?, adding more: [(name: String, text: String)] = []) {
    var files: [File] = []
    var diagnostics: [KnowledgeDiagnostic] = []
    let names =
      path == nil
      ? [] : (try? FileManager.default.subpathsOfDirectory(atPath: path ?? ""))?.sorted()
    let path = path ?? ""
    if names == nil {
      diagnostics.append(
        KnowledgeDiagnostic(
          kind: "no-folder", file: path, line: 0,
          message: "there is no such folder; give one with --lexicons or GUANXI_LEXICONS"))
    }
    var all: [UInt8] = []
    for name in names ?? [] where Self.endings.contains(where: name.hasSuffix) {
      do {
        let bytes = try FileReading.bytes(of: FilePath(path).appending(name))
        let decoded = try SourceDecoder.decode(bytes)
        for remark in decoded.diagnostics {
          diagnostics.append(
            KnowledgeDiagnostic(
              remark.kind == "malformed-bytes" ? .error : .warning, kind: remark.kind, file: name,
              line: 0, message: remark.message + "; save the file as UTF-8"))
        }
        files.append(File(name: name, text: decoded.text))
        all += name.utf8
        all.append(0)
        all += bytes
        all.append(0)
      } catch {
        diagnostics.append(
          KnowledgeDiagnostic(
            kind: "unreadable", file: name, line: 0, message: "the file cannot be read: \(error)"))
      }
    }
    for (name, text) in more {
      files.append(File(name: name, text: text))
      all += name.utf8
      all.append(0)
      all += text.utf8
      all.append(0)
    }
    if files.isEmpty, names != nil {
      diagnostics.append(
        KnowledgeDiagnostic(
          kind: "empty-folder", file: path, line: 0,
          message: "the folder holds no .tsv and no .rules file; give the folder of one domain"))
    }
    self.files = files
    self.diagnostics = diagnostics
    identity = sha256(all)
  }
}
