internal import Annotations
internal import FoundationEssentials
internal import Reading
internal import SystemPackage

/// The files of a knowledge folder, read but not yet understood.
struct KnowledgeFolder: Sendable {
  /// A file of the folder.
  struct File: Sendable {
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

  /// Where the first character stands of which a remark on a text speaks; 0 for the file as a whole.
  private static func place(of kind: String, in text: String) -> (line: Int, column: Int) {
    guard kind == "malformed-bytes" || kind == "strange-characters" else { return (0, 0) }
    for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      let isMalformed = kind == "malformed-bytes"
      for (column, character) in Substring(line).enumerated() {
        let isWanted = character.unicodeScalars.contains { scalar in
          let value = scalar.value
          return isMalformed
            ? value == 0xFFFD
            : value < 0x20 && !(0x09...0x0D).contains(value) || value == 0x7F
              || value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
        }
        if isWanted { return (number + 1, column + 1) }
      }
    }
    return (0, 0)
  }

  /// The first line with a carriage return that is not before a line feed.
  private static func loneReturn(in text: String) -> Int? {
    var line = 1
    var isReturn = false
    for byte in text.utf8 {
      if isReturn, byte != 0x0A { return line }
      isReturn = byte == 0x0D
      if byte == 0x0A { line += 1 }
    }
    return nil
  }

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
          let place = Self.place(of: remark.kind, in: decoded.text)
          diagnostics.append(
            KnowledgeDiagnostic(
              remark.kind == "malformed-bytes" ? .error : .warning, kind: remark.kind, file: name,
              line: place.line, column: place.column,
              message: remark.message
                + (remark.kind == "strange-characters" ? "" : "; save the file as UTF-8")))
        }
        if let line = Self.loneReturn(in: decoded.text) {
          diagnostics.append(
            KnowledgeDiagnostic(
              kind: "line-end", file: name, line: line,
              message:
                "the line has a carriage return without a line feed; end lines with a line feed"))
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
