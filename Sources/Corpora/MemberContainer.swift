internal import Reading
internal import SystemPackage

/// Something that holds streams or files, one after another; each is read before the next is asked for.
protocol MemberContainer: AnyObject {
  /// The next member, or why there is none in its place; nil at the end.
  func next() -> Result<InputMember, InputFailure>?
}

/// A member of a container.
enum InputMember {
  /// A file or a folder; its id still has its ending. What was named by the user may be a pipe or a device, what was found in a folder may not.
  case path(FilePath, id: String, isNamed: Bool)
  case standardInput
  /// A stream, and what it is where its container says so.
  case stream(ByteStream, InputContext, ContentKind?)
}

/// The inputs as they were named.
final class NamedInputs: MemberContainer {
  private var rest: ArraySlice<String>

  init(_ inputs: [String]) { rest = inputs[...] }

  func next() -> Result<InputMember, InputFailure>? {
    guard let input = rest.popFirst() else { return nil }
    if input == "-" { return .success(.standardInput) }
    let path = FilePath(input)
    return .success(
      .path(path, id: path.lastComponent?.string ?? input, isNamed: true))
  }
}

/// The files of a folder and of all folders in it, in the order of their names. Hidden ones are left out, and a folder
/// that links lead to more than once is read once.
final class FolderMembers: MemberContainer {
  private let path: FilePath
  private let id: String
  private var names: ArraySlice<FilePath.Component> = []
  private var error: (any Error)?
  private var isOpen = false
  private let notes: InputNotes

  /// The members of a folder; their ids begin with `id`, which ends with a slash or is empty.
  init(_ path: FilePath, id: String, notes: InputNotes) {
    self.path = path
    self.id = id
    self.notes = notes
  }

  func next() -> Result<InputMember, InputFailure>? {
    if !isOpen {
      isOpen = true
      do {
        let (names, hidden) = try FileListing.names(in: path)
        notes.count("hidden file", hidden)
        self.names = names[...]
        if names.isEmpty {
          return .failure(
            InputFailure(place: path.string, message: "the folder holds no file to read"))
        }
      } catch {
        return .failure(
          InputFailure(place: path.string, message: "the folder cannot be read: \(error)"))
      }
    }
    guard let name = names.popFirst() else { return nil }
    return .success(
      .path(path.appending(name), id: id + name.string, isNamed: false))
  }
}

/// The members of an archive. Hidden ones are left out, and so are links.
final class ArchiveMembers: MemberContainer {
  private let archive: ArchiveReader
  private let context: InputContext
  private let notes: InputNotes
  private var number = 0
  /// How many members in a row could not be read.
  private var failures = 0

  init(
    _ packing: Packing, _ stream: ByteStream, file: FileDescriptor?, context: InputContext,
    notes: InputNotes
  ) throws {
    archive = try ArchiveReader(packing, stream, file: file, budget: context.budget)
    self.context = context
    self.notes = notes
  }

  func next() -> Result<InputMember, InputFailure>? {
    while failures < 8, let item = archive.next() {
      switch item {
      case .file(let bytes, let source):
        failures = 0
        number += 1
        let name = Self.name(bytes) ?? "\(number)"
        if number == 1, name == "[Content_Types].xml" {
          failures = .max
          return .failure(
            context.failure(
              "this is an Office file (.docx, .xlsx, .pptx), which is not read; export it as text, HTML or CSV"
            ))
        }
        if name.split(separator: "/").contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) {
          notes.count("hidden file")
          continue
        }
        return .success(.stream(ByteStream(source), context.member(name), nil))
      case .other: notes.count("link or device in an archive")
      case .failed(let message):
        failures += 1
        return .failure(context.failure(message, number: number + 1))
      case .fatal(let message):
        failures = .max
        return .failure(context.failure(message, number: number + 1))
      }
    }
    return nil
  }

  /// The name of a member, which older archives write in the charset of their time.
  private static func name(_ bytes: [UInt8]) -> String? {
    guard let text = decoded(bytes) else { return nil }
    var parts = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).map(String.init)
    parts.removeAll { $0 == "." }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  private static func decoded(_ bytes: [UInt8]) -> String? {
    String(validating: bytes, as: UTF8.self) ?? (try? SourceDecoder.decode(bytes).text)
  }
}
