package import Annotations
internal import FoundationEssentials
internal import Knowledge
internal import Reading
internal import SystemPackage

/// Something that could not be read, with what to do about it. The rest of the batch goes on.
package struct InputFailure: Error, CustomStringConvertible {
  /// The file, with the line where there is one.
  package let place: String
  /// What is wrong and what to do.
  package let message: String
  /// `place: message`.
  package var description: String { "\(place): \(message)" }
}

/// How the bytes of an input are to be read.
package enum InputFormat: String, CaseIterable, Sendable {
  /// By content: JSON Lines where the first line is a JSON object, HTML where there is a `<html`
  /// or a doctype, else text.
  case auto
  case text
  case jsonl
  case html
}

/// The documents of files, folders and standard input, one after another.
///
/// JSON Lines are read line by line, so a corpus of any size takes the memory of its longest line;
/// any other file is one document and is read whole.
package struct DocumentSource: Sequence, IteratorProtocol {
  /// A document, or why there is none.
  package typealias Element = Result<Document, InputFailure>

  private let format: InputFormat
  private let date: CalendarDate?
  /// What is still to be read, the next one last.
  private var inputs: [String]
  private var lines: LineReader?
  private var linesOrigin = ""
  /// The bytes of the files before the one whose lines are read.
  private var bytesBefore = 0
  private let lineReader = DocumentLine()

  /// The documents of `inputs`: files, all files of folders in the order of their names, and
  /// standard input for `-`; `date` is that of documents that name none.
  package init(inputs: [String], format: InputFormat, date: CalendarDate?) {
    self.inputs = inputs.reversed()
    self.format = format
    self.date = date
  }

  /// How many bytes of the inputs were read.
  package var bytesRead: Int { bytesBefore + (lines?.bytesRead ?? 0) }

  /// The next document, or why there is none in its place; nil at the end.
  package mutating func next() -> Element? {
    while true {
      if let reader = lines {
        if let item = nextLine(reader) { return item }
        bytesBefore += reader.bytesRead
        lines = nil
      }
      guard let input = inputs.popLast() else { return nil }
      if let item = open(input) { return item }
    }
  }

  /// Opens an input: a document, or nil when there are lines to read or files put on the stack.
  private mutating func open(_ input: String) -> Element? {
    if input == "-" { return read(FileDescriptor.standardInput, origin: "stdin") }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
      return failure(input, "there is no such file; check the path")
    }
    if isFolder { return openFolder(input) }
    do {
      return read(try FileDescriptor.open(FilePath(input), .readOnly), origin: input)
    } catch {
      return failure(input, "cannot be read: \(error)")
    }
  }

  private mutating func openFolder(_ path: String) -> Element? {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path))?.sorted() ?? []
    var files: [String] = []
    for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      let inner = path.hasSuffix("/") ? path + name : path + "/" + name
      var isFolder = false
      if FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder), !isFolder {
        files.append(inner)
      }
    }
    inputs += files.reversed()
    return files.isEmpty ? failure(path, "the folder holds no file to read") : nil
  }

  private mutating func read(_ file: FileDescriptor, origin: String) -> Element? {
    do {
      let reader = LineReader(file)
      let head = try reader.peek()
      if (format == .auto ? Self.guess(head) : format) == .jsonl {
        lines = reader
        linesOrigin = origin
        return nil
      }
      let asHTML = (format == .auto ? Self.guess(head) : format) == .html
      let bytes = try reader.rest()
      bytesBefore += reader.bytesRead
      return decoded(bytes, origin: origin, asHTML: asHTML)
    } catch {
      return failure(origin, "cannot be read: \(error)")
    }
  }

  private mutating func nextLine(_ reader: LineReader) -> Element? {
    do {
      while let line = try reader.next() {
        if line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
        return lineReader.document(
          line, origin: "\(linesOrigin)#\(reader.number)",
          id: "\(Self.identifier(linesOrigin))-\(reader.number)", date: date)
      }
      return nil
    } catch {
      bytesBefore += reader.bytesRead
      lines = nil
      return failure("\(linesOrigin)#\(reader.number + 1)", "cannot be read: \(error)")
    }
  }

  private func failure(_ place: String, _ message: String) -> Element {
    .failure(InputFailure(place: place, message: message))
  }

  // MARK: Formats

  private static func guess(_ bytes: ArraySlice<UInt8>) -> InputFormat {
    var rest = bytes.prefix(1024)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let start = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    if start.first == UInt8(ascii: "{") { return .jsonl }
    let head = String(decoding: start, as: UTF8.self).lowercased()
    return head.hasPrefix("<!doctype html") || head.hasPrefix("<html") ? .html : .text
  }

  private func decoded(_ bytes: [UInt8], origin: String, asHTML: Bool) -> Element {
    do {
      var source = try SourceDecoder.decode(bytes)
      var title: String?
      if asHTML {
        let page = HTMLReader.read(source.text)
        source.text = page.text
        title = page.title
        if page.isCutOff {
          source.diagnostics.append(
            RecordDiagnostic(
              kind: "html-cut-off",
              message:
                "the page nests more than 255 tags deep; what stands deeper and behind was not read"
            ))
        }
      }
      if source.text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
        source.diagnostics.append(
          RecordDiagnostic(kind: "empty", message: "there is no text in this document"))
      }
      let dateline = date == nil ? Dateline.find(in: source.text) : nil
      if let dateline {
        source.diagnostics.append(
          RecordDiagnostic(
            kind: "dateline",
            message: "the date \(dateline.date) was taken from line \(dateline.line) of the text"))
      }
      return .success(
        Document(
          id: Self.identifier(origin), origin: origin, title: title, date: date ?? dateline?.date,
          text: source.text, diagnostics: source.diagnostics))
    } catch {
      return .failure(InputFailure(place: origin, message: "\(error)"))
    }
  }

  /// The last part of the path, without its ending.
  private static func identifier(_ origin: String) -> String {
    let name = origin.split(separator: "/").last.map(String.init) ?? origin
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
