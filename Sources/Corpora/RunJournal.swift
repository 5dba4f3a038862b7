internal import Annotations
internal import FoundationEssentials
internal import Knowledge
internal import SystemPackage

/// Up to where a run has come, on the disk: a line that says what run it is, and one for each point from which it can
/// go on.
///
/// A point is written when what it speaks of is on the disk already, so the last whole line is always true. A line
/// begins with a hash of the rest; one that does not fit was cut off by a crash, and counts for nothing.
final class RunJournal {
  /// What decides the bytes that a run writes.
  struct Header: Codable, Equatable {
    /// The form of this file.
    var form = 1
    var engine: String
    var knowledge: String
    var inputs: [String]
    /// Options by name.
    var options: [String: String]
  }

  /// A point from which a run can go on.
  struct Point: Codable, Equatable {
    /// How many elements of the source were written, failures included.
    var items = 0
    /// The hash of these elements; see ``InputDigest``.
    var digest = InputDigest()
    /// The length of each stream in bytes.
    var lengths: [Int]
    var summary = RunSummary()
    /// The failures since the point before.
    var failures: [ListedFailure] = []
    /// Whether the streams are whole, and only have to be put into place.
    var isFinished = false
  }

  /// What stands in a journal.
  struct Content {
    let header: Header
    /// The last point, with all failures; nil where the run has not come to one.
    let point: Point?
    fileprivate let length: Int
  }

  let path: String
  private let file: FileDescriptor

  private init(_ path: String, _ file: FileDescriptor) {
    self.path = path
    self.file = file
  }

  deinit { try? file.close() }

  /// Opens a journal for this process alone, making it if it is not there.
  static func open(_ path: String) throws(OutputFailure) -> RunJournal {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .readWrite, options: [.create],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      let journal = RunJournal(path, file)
      guard DurableFiles.lock(file) else {
        throw OutputFailure(path, "another run is writing this output; wait for its end")
      }
      return journal
    } catch let failure as OutputFailure {
      throw failure
    } catch {
      throw OutputFailure(path, error)
    }
  }

  /// Lets other runs have it.
  func release() { DurableFiles.unlock(file) }

  /// What stands in it; nil where not even its first line is whole.
  func read() throws(OutputFailure) -> Content? {
    let bytes: [UInt8]
    do {
      try file.seek(offset: 0, from: .start)
      bytes = try FileReading.bytes(of: file)
    } catch {
      throw OutputFailure(path, "cannot be read: \(error)")
    }
    var header: Header?
    var point: Point?
    var failures: [ListedFailure] = []
    var length = 0
    while let end = bytes[length...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[length..<end]
      if header == nil {
        header = Self.decode(line)
        if header == nil { break }
      } else {
        guard let next: Point = Self.decode(line) else { break }
        failures += next.failures
        point = next
      }
      length = end + 1
    }
    guard let header else { return nil }
    point?.failures = failures
    return Content(header: header, point: point, length: length)
  }

  /// Forgets what stands behind the last whole line, or everything.
  func keep(_ content: Content?) throws(OutputFailure) {
    do {
      try DurableFiles.truncate(file, to: content?.length ?? 0)
      try file.seek(offset: 0, from: .end)
    } catch {
      throw OutputFailure(path, error)
    }
  }

  /// Writes a line, and waits until it is on the disk.
  func append(_ value: some Encodable) throws(OutputFailure) {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let json = Array(try encoder.encode(value))
      try file.writeAll(
        Array(Self.hash(json[...]).utf8) + [UInt8(ascii: " ")] + json + [UInt8(ascii: "\n")])
      try DurableFiles.sync(file)
    } catch {
      throw OutputFailure(path, error)
    }
  }

  private static func decode<Value: Decodable>(_ line: ArraySlice<UInt8>) -> Value? {
    let json = line.dropFirst(17)
    guard Array(hash(json).utf8)[...] == line.prefix(16) else { return nil }
    return try? JSONDecoder().decode(Value.self, from: Data(json))
  }

  /// 16 hexadecimal digits.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> String {
    var digest = InputDigest()
    digest.add(bytes.span)
    let digits = String(digest.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A hash of what a run has read, by which one that goes on knows that it reads the same: FNV-1a with 64 bits
/// (Fowler, Noll, Vo). It finds what changed by mistake, not by design.
struct InputDigest: Codable, Equatable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(UInt64.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  mutating func add(_ bytes: Span<UInt8>) {
    for place in bytes.indices { add(bytes[place]) }
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// Adds an element of a source.
  mutating func add(_ element: DocumentSource.Element) {
    switch element {
    case .success(let document):
      add(document.id.utf8.span)
      add(0)
      add(document.text.utf8.span)
    case .failure(let failure): add(failure.place.utf8.span)
    }
    add(0xFF)
  }
}
