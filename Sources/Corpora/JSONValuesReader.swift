internal import Annotations

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
