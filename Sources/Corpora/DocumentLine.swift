internal import Annotations
internal import FoundationEssentials
internal import Reading

/// Reads a line of JSON Lines: the object of a document, and other objects that stand on lines.
struct DocumentLine {
  private let decoder = JSONDecoder()

  /// The object of a line, and what reading its bytes had to say. A line that is no UTF-8 is decoded first.
  func read<Fields: Decodable>(
    _ fields: Fields.Type, of line: ArraySlice<UInt8>
  ) throws -> (fields: Fields, diagnostics: [RecordDiagnostic]) {
    if String(validating: line, as: UTF8.self) == nil {
      let source = try SourceDecoder.decode(Array(line))
      return (try decoder.decode(fields, from: Data(source.text.utf8)), source.diagnostics)
    }
    return (try decoder.decode(fields, from: Data(line)), [])
  }

  /// The document of a line, or why there is none. `id` is that of a line that names none, `date` that of one
  /// without a day.
  func document(
    _ line: ArraySlice<UInt8>, origin place: String, id: String, date: CalendarDate?
  ) -> Result<Document, InputFailure> {
    let fields: JSONLine
    var diagnostics: [RecordDiagnostic]
    do {
      (fields, diagnostics) = try read(JSONLine.self, of: line)
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
        id: fields.id?.text ?? id, origin: place,
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
struct JSONIdentifier: Decodable {
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
