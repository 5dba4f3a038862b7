internal import Reading
internal import SystemPackage

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
