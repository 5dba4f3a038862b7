internal import FoundationEssentials
internal import SystemPackage

/// The objects of a JSON Lines file that a person or a program wrote, read one after another; each fault is kept
/// with its place, and the lines behind it are read all the same.
struct ObjectLines {
  /// A line, and where it stands.
  struct Line {
    let file: String
    let number: Int
    let bytes: ArraySlice<UInt8>

    /// A fault at a value of the line.
    func fault(at path: [JSONPlace.Step] = [], _ message: String) -> InputFailure {
      InputFailure(
        place: "\(file):\(number):\(JSONPlace(bytes).column(of: path))", message: message)
    }

    /// What `JSONDecoder` had to say, at its place.
    func fault(_ error: DecodingError, expected: String) -> InputFailure {
      func steps(_ path: [any CodingKey]) -> [JSONPlace.Step] {
        path.map { key in key.intValue.map { .index($0) } ?? .key(key.stringValue) }
      }
      func name(_ path: [any CodingKey]) -> String {
        path.reduce("") { text, key in
          if let index = key.intValue { return text + "[\(index)]" }
          return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
        }
      }
      switch error {
      case .keyNotFound(let key, let context):
        let path = context.codingPath
        let owner = path.isEmpty ? "the object" : "\"\(name(path))\""
        return fault(
          at: steps(path), "\(owner) has no \"\(key.stringValue)\"; expected \(expected)")
      case .typeMismatch(_, let context), .valueNotFound(_, let context):
        let path = context.codingPath
        let owner = path.isEmpty ? "the line is no object" : "\"\(name(path))\" is of another type"
        return fault(at: steps(path), "\(owner); expected \(expected)")
      case .dataCorrupted(let context) where !context.codingPath.isEmpty:
        return fault(
          at: steps(context.codingPath),
          "\"\(name(context.codingPath))\": \(context.debugDescription); expected \(expected)")
      default:
        let column = JSONPlace(bytes).columnOfFault() ?? 1
        return InputFailure(
          place: "\(file):\(number):\(column)", message: "this is no JSON; expected \(expected)")
      }
    }
  }

  /// What could not be read.
  private(set) var faults: [InputFailure] = []

  private let reader = ObjectDecoder()

  /// Reads the objects of a file (`-` is standard input) and hands each one on with its line; what `body` returns is
  /// kept with the other faults. `expected` says what an object looks like.
  mutating func read<Fields: Decodable>(
    _ path: String, as fields: Fields.Type, expected: String,
    _ body: (Fields, Line) -> [InputFailure]
  ) {
    let name = path == "-" ? "stdin" : path
    do {
      let file =
        path == "-" ? .standardInput : try FileDescriptor.open(FilePath(path), .readOnly)
      let limits = InputLimits()
      let lines = LineReader(
        ByteStream(FileBytes(file, budget: UnpackingBudget(limits))), limit: limits.valueBytes)
      while let next = try lines.next() {
        guard case .bytes(let bytes) = next else {
          faults.append(
            InputFailure(
              place: "\(name):\(lines.number)",
              message: "the line is longer than \(limits.valueBytes) bytes; expected \(expected)"))
          continue
        }
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
        let line = Line(file: name, number: lines.number, bytes: bytes)
        do {
          faults += body(try reader.read(fields, of: bytes).fields, line)
        } catch let error as DecodingError {
          faults.append(line.fault(error, expected: expected))
        } catch {
          faults.append(line.fault("\(error)"))
        }
      }
    } catch {
      faults.append(InputFailure(place: name, message: "cannot be read: \(error)"))
    }
  }
}
