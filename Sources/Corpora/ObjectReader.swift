internal import Annotations

/// Documents that are objects of JSON: one a line.
struct JSONLinesReader: DocumentReader {
  private let lines: LineReader
  private let objects: ObjectDocuments
  private var isAtEnd = false

  init(_ stream: ByteStream, context: InputContext) {
    lines = LineReader(stream, limit: context.options.limits.valueBytes)
    objects = ObjectDocuments(context)
  }

  mutating func next() -> Result<Document, InputFailure>? {
    do {
      while !isAtEnd, let line = try lines.next() {
        switch line {
        case .bytes(let bytes):
          if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
          return objects.document(bytes, number: lines.number)
        case .tooLong(let count):
          return .failure(objects.context.tooLong(count, "the line", number: lines.number))
        }
      }
      return nil
    } catch {
      isAtEnd = true
      return .failure(objects.context.failure("\(error)", number: lines.number + 1))
    }
  }
}

/// Documents that are objects of JSON wherever they begin and end: one object, several behind one another, or the
/// elements of an array. Only one of them is in memory.
struct JSONValuesReader: DocumentReader {
  private let stream: ByteStream
  private let objects: ObjectDocuments
  private let limit: Int
  private var portion: ArraySlice<UInt8> = []
  /// How many bytes were read up to the end of the portion.
  private var read = 0
  private var number = 0
  private var isInArray = false
  private var isAtEnd = false

  /// Objects of a stream of UTF-8.
  init(_ stream: ByteStream, context: InputContext) {
    self.stream = stream
    objects = ObjectDocuments(context)
    limit = context.options.limits.valueBytes
  }

  mutating func next() -> Result<Document, InputFailure>? {
    guard !isAtEnd else { return nil }
    do {
      return try nextValue()
    } catch {
      return end("\(error)")
    }
  }

  private mutating func nextValue() throws -> Result<Document, InputFailure>? {
    while let byte = try peek() {
      switch byte {
      case 0x20, 0x09...0x0D, UInt8(ascii: ","): portion.removeFirst()
      case UInt8(ascii: "[") where !isInArray:
        isInArray = true
        portion.removeFirst()
      case UInt8(ascii: "]") where isInArray:
        isInArray = false
        portion.removeFirst()
      case UInt8(ascii: "{"):
        number += 1
        return try value()
      default:
        return end(
          "byte \(read - portion.count) begins no object of JSON; expected {\"text\": …} "
            + "\(isInArray ? "or the end of the array" : "or an array of such objects"), and nothing behind is read"
        )
      }
    }
    isAtEnd = true
    return isInArray ? end("the array is not closed; the file may be cut off") : nil
  }

  private mutating func value() throws -> Result<Document, InputFailure>? {
    var brackets = JSONBrackets()
    var bytes: [UInt8] = []
    var count = 0
    while try peek() != nil {
      var end: Int?
      for index in portion.indices {
        brackets.read(portion[index])
        if brackets.depth == 0, !brackets.isInString {
          end = index + 1
          break
        }
      }
      let part = portion[..<(end ?? portion.endIndex)]
      portion = portion[part.endIndex...]
      count += part.count
      if count <= limit { bytes += part } else { bytes = [] }
      if end != nil {
        return count > limit
          ? .failure(objects.context.tooLong(count, "the object", number: number))
          : objects.document(bytes[...], number: number)
      }
    }
    return end("the object is not closed; the file may be cut off")
  }

  private mutating func peek() throws -> UInt8? {
    if portion.isEmpty, let next = try stream.next() {
      portion = next
      read += next.count
    }
    return portion.first
  }

  private mutating func end(_ message: String) -> Result<Document, InputFailure> {
    isAtEnd = true
    return .failure(objects.context.failure(message, number: max(1, number)))
  }
}

/// Makes documents of objects of JSON.
struct ObjectDocuments {
  let context: InputContext
  private let decoder: ObjectDecoder

  init(_ context: InputContext) {
    self.context = context
    decoder = ObjectDecoder(fields: context.options.fields)
  }

  /// The document that an object of this number is, or why there is none.
  func document(_ bytes: ArraySlice<UInt8>, number: Int) -> Result<Document, InputFailure> {
    do {
      let (object, diagnostics) = try decoder.read(ObjectFields.self, of: bytes)
      guard let text = object.text else {
        let message = context.options.fields.explain(
          "the object", keys: object.keys, called: "keys")
        return .failure(context.failure(message, number: number))
      }
      return .success(
        context.document(
          DocumentFields(
            id: object.id, title: object.title, date: object.date, text: text,
            diagnostics: diagnostics), number: number))
    } catch let error as DecodingError {
      return .failure(context.failure(Self.explain(error), number: number))
    } catch {
      return .failure(context.failure("\(error)", number: number))
    }
  }

  static func explain(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context):
      let key = context.codingPath.last.map { "\"\($0.stringValue)\" is of another type" }
      return (key ?? "this is no JSON object")
        + "; expected {\"id\": …, \"text\": …, \"date\": …} with texts"
    default:
      return "this is no JSON object; expected {\"id\": …, \"text\": …, \"date\": …}"
    }
  }
}
