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
  private let decoder = JSONDecoder()

  /// The documents of `inputs`: files, all files of folders in the order of their names, and
  /// standard input for `-`; `date` is that of documents that name none.
  package init(inputs: [String], format: InputFormat, date: CalendarDate?) {
    self.inputs = inputs.reversed()
    self.format = format
    self.date = date
  }

  /// The next document, or why there is none in its place; nil at the end.
  package mutating func next() -> Element? {
    while true {
      if let reader = lines {
        if let item = nextLine(reader) { return item }
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
      return decoded(try reader.rest(), origin: origin, asHTML: asHTML)
    } catch {
      return failure(origin, "cannot be read: \(error)")
    }
  }

  private mutating func nextLine(_ reader: LineReader) -> Element? {
    do {
      while let line = try reader.next() {
        if line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
        return document(line, reader.number, linesOrigin)
      }
      return nil
    } catch {
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

  private func document(
    _ line: ArraySlice<UInt8>, _ number: Int, _ origin: String
  ) -> Element {
    let place = "\(origin)#\(number)"
    let fields: JSONLine
    var diagnostics: [RecordDiagnostic] = []
    do {
      if String(validating: line, as: UTF8.self) == nil {
        let source = try SourceDecoder.decode(Array(line))
        diagnostics = source.diagnostics
        fields = try decoder.decode(JSONLine.self, from: Data(source.text.utf8))
      } else {
        fields = try decoder.decode(JSONLine.self, from: Data(line))
      }
    } catch let error as DecodingError {
      return .failure(InputFailure(place: place, message: Self.explain(error)))
    } catch {
      return .failure(InputFailure(place: place, message: "\(error)"))
    }
    guard let text = fields.text else {
      return .failure(
        InputFailure(
          place: place,
          message: "the object has no \"text\"; every line needs the document's text under that key"
        ))
    }
    let written = fields.date ?? fields.reference_time
    var own = written.flatMap { CalendarDate($0) }
    let partial = own == nil ? written.flatMap { Self.partialDate($0) } : nil
    if let written, let partial {
      own = partial
      diagnostics.append(
        RecordDiagnostic(
          kind: "date",
          message: "the date \"\(written)\" names no day; times are resolved against \(partial)"))
    } else if let written, own == nil {
      diagnostics.append(
        RecordDiagnostic(
          kind: "date",
          message: "the date \"\(written)\" is no YYYY-MM-DD, so times are not resolved by it"))
    }
    return .success(
      Document(
        id: fields.id?.text ?? "\(Self.identifier(origin))-\(number)", origin: place,
        title: fields.title, date: own ?? date,
        clock: partial != nil ? 12 * 3600 : own != nil ? written.flatMap { Self.clock($0) } : nil,
        text: text,
        diagnostics: diagnostics))
  }

  /// The middle of a year (2021) or the first day of a month (2021-05), which a date may be instead of a day.
  private static func partialDate(_ written: String) -> CalendarDate? {
    let parts = written.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.first?.utf8.count == 4, let year = Int(parts[0]) else { return nil }
    switch parts.count {
    case 1: return CalendarDate(year: year, month: 7, day: 1)
    case 2: return Int(parts[1]).flatMap { CalendarDate(year: year, month: $0, day: 1) }
    default: return nil
    }
  }

  /// The clock time behind a day (`2021-06-14T01:06:40`), in seconds since midnight.
  private static func clock(_ written: String) -> Int? {
    let fields = written.utf8.dropFirst(10)
    guard let mark = fields.first, mark == UInt8(ascii: "T") || mark == UInt8(ascii: " ") else {
      return nil
    }
    let parts = fields.dropFirst().prefix(8).split(separator: UInt8(ascii: ":"))
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    guard let hour = parts.first ?? nil, (0...24).contains(hour) else { return nil }
    let minute = parts.count > 1 ? parts[1] ?? 0 : 0
    let second = parts.count > 2 ? parts[2] ?? 0 : 0
    return hour * 3600 + minute * 60 + second
  }

  private static func explain(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context):
      let key = context.codingPath.last.map { "\"\($0.stringValue)\" is of another type" }
      return (key ?? "the line is no JSON object")
        + "; expected {\"id\": …, \"text\": …, \"date\": …} with texts"
    default:
      return "the line is no JSON object; expected {\"id\": …, \"text\": …, \"date\": …}"
    }
  }
}

/// The keys of a line that are read.
private struct JSONLine: Decodable {
  var id: JSONIdentifier?
  var title: String?
  var date: String?
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var reference_time: String?
  var text: String?
}

/// An id may be a text or a number.
private struct JSONIdentifier: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      text = String(number)
    } else if let number = try? container.decode(UInt64.self) {
      text = String(number)
    } else if let number = try? container.decode(Double.self) {
      text = String(number)
    } else {
      text = try container.decode(String.self)
    }
  }
}
