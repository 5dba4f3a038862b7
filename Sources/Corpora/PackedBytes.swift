// The one file of this target that calls libarchive. No pointer of it leaves the file.
internal import CLibArchive
internal import SystemPackage

/// How a stream is packed, told by its first bytes.
enum Packing: Equatable {
  /// A compressed stream, by libarchive's number of the filter.
  case stream(Int32)
  /// An archive of members, by libarchive's number of the format.
  case archive(Int32)

  /// The packing of a stream that begins with `head`; give 512 bytes, where there are as many.
  init?(head: ArraySlice<UInt8>) {
    if let known = Self.magic.first(where: { head.starts(with: $0.bytes) }) {
      self = known.packing
    } else if Self.isBzip2(head) {
      self = .stream(ARCHIVE_FILTER_BZIP2)
    } else if Self.isTar(head) {
      self = .archive(ARCHIVE_FORMAT_TAR)
    } else {
      return nil
    }
  }

  private static let magic: [(bytes: [UInt8], packing: Packing)] = [
    ([0x1F, 0x8B, 0x08], .stream(ARCHIVE_FILTER_GZIP)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .stream(ARCHIVE_FILTER_XZ)),
    ([0x28, 0xB5, 0x2F, 0xFD], .stream(ARCHIVE_FILTER_ZSTD)),
    ([0x04, 0x22, 0x4D, 0x18], .stream(ARCHIVE_FILTER_LZ4)),
    (Array("LZIP\u{1}".utf8), .stream(ARCHIVE_FILTER_LZIP)),
    ([0x1F, 0x9D], .stream(ARCHIVE_FILTER_COMPRESS)),
    ([0x5D, 0, 0, 0x80, 0], .stream(ARCHIVE_FILTER_LZMA)),
    ([0x50, 0x4B, 3, 4], .archive(ARCHIVE_FORMAT_ZIP)),
    ([0x50, 0x4B, 5, 6], .archive(ARCHIVE_FORMAT_ZIP)),
    ([0x50, 0x4B, 7, 8], .archive(ARCHIVE_FORMAT_ZIP)),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive(ARCHIVE_FORMAT_7ZIP)),
    (Array("Rar!\u{1A}\u{7}".utf8), .archive(ARCHIVE_FORMAT_RAR)),
  ]

  /// Whether a stream of bzip2 begins here: `BZh`, a digit, and how a block or the end begins.
  private static func isBzip2(_ head: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(head.prefix(6))
    return bytes.count == 6 && bytes.starts(with: Array("BZh".utf8))
      && (0x31...0x39).contains(bytes[3])
      && (bytes[4...] == [0x31, 0x41] || bytes[4...] == [0x17, 0x72])
  }

  /// Whether a header of tar begins here: the sum of its bytes, with spaces for the field of the sum, stands in it in
  /// octal digits. This holds for all kinds of tar and for no text.
  private static func isTar(_ head: ArraySlice<UInt8>) -> Bool {
    guard head.count >= 512, head.first != 0 else { return false }
    let start = head.startIndex
    let field = head[start + 148..<start + 156]
    let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard digits.count >= 3 else { return false }
    let written = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
    let sum = head.prefix(512).reduce(0) { $0 + Int($1) } - field.reduce(0) { $0 + Int($1) }
    return written == sum + 8 * 0x20
  }

  /// Whether the list of members stands at the end, so that only a file can be read.
  var needsFile: Bool { self == .archive(ARCHIVE_FORMAT_7ZIP) }
  /// Whether the list at the end is the better one, where there is a file.
  var prefersFile: Bool { needsFile || self == .archive(ARCHIVE_FORMAT_ZIP) }
}

/// Something that libarchive cannot read, in its own words.
struct UnpackingError: Error, CustomStringConvertible {
  let description: String
}

/// A reader of libarchive over a stream or a file, and what it gave so far.
@safe private final class Unpacker {
  /// What the calls of libarchive say.
  enum Answer {
    case fine
    case end
    /// This member is lost.
    case failed(String)
    /// Nothing more can be read.
    case fatal(String)
  }

  /// What libarchive reads from; the bytes stay where they are until the next call.
  @safe private final class Feed {
    let stream: ByteStream
    var memory: UnsafeMutableRawBufferPointer
    var error: (any Error)?

    init(_ stream: ByteStream) {
      self.stream = stream
      unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    }

    deinit { unsafe memory.deallocate() }

    /// The next portion in memory: how many bytes, 0 at the end, negative for an error.
    func next() -> Int {
      do {
        guard let portion = try stream.next() else { return 0 }
        if unsafe portion.count > memory.count {
          unsafe memory.deallocate()
          unsafe memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: portion.count, alignment: 16)
        }
        unsafe memory.copyBytes(from: portion)
        return portion.count
      } catch {
        self.error = error
        return Int(ARCHIVE_FATAL)
      }
    }
  }

  private static let isPrepared: Void = clibarchive_set_locale()

  private let reader: OpaquePointer
  /// Kept because it owns the file.
  private let stream: ByteStream
  private let feed: Feed?
  private let budget: UnpackingBudget
  private var entry: OpaquePointer?
  /// How many bytes came of it.
  private var unpacked = 0
  /// Whether it gave more than it may.
  private var isSpent = false

  /// A reader over a stream, or over a file from its start.
  init(_ packing: Packing, stream: ByteStream, file: FileDescriptor?, budget: UnpackingBudget)
    throws
  {
    _ = Self.isPrepared
    let made: OpaquePointer?
    switch packing {
    case .stream(let code): unsafe made = clibarchive_new_filter(code)
    case .archive(let code): unsafe made = clibarchive_new_format(code)
    }
    guard let reader = unsafe made else {
      throw UnpackingError(description: "there is no memory to unpack it")
    }
    unsafe self.reader = reader
    self.budget = budget
    self.stream = stream
    let answer: Int32
    if let file {
      feed = nil
      budget.packedBytes = max(
        budget.packedBytes, Int((try? file.seek(offset: 0, from: .end)) ?? 0))
      _ = try file.seek(offset: 0, from: .start)
      answer = unsafe clibarchive_open_fd(reader, file.rawValue)
    } else {
      let feed = Feed(stream)
      self.feed = feed
      answer = unsafe clibarchive_open(reader, Unmanaged.passUnretained(feed).toOpaque()) {
        _, data, buffer in
        guard let data = unsafe data, let buffer = unsafe buffer else { return Int(ARCHIVE_FATAL) }
        let feed = unsafe Unmanaged<Feed>.fromOpaque(data).takeUnretainedValue()
        let count = feed.next()
        unsafe buffer.pointee = UnsafeRawPointer(feed.memory.baseAddress)
        return count
      }
    }
    if answer < ARCHIVE_WARN { throw UnpackingError(description: message) }
    // A stream that the filter refuses would come out as it is.
    if case .stream(let code) = packing, unsafe archive_filter_code(reader, 0) != code {
      throw UnpackingError(description: Self.isDamaged("its header is not whole"))
    }
  }

  deinit { unsafe _ = archive_read_free(reader) }

  /// Goes to the next member.
  func advance() -> Answer {
    if isSpent { return .end }
    let code = unsafe archive_read_next_header(reader, &entry)
    if code == ARCHIVE_EOF { return .end }
    if code >= ARCHIVE_WARN { return .fine }
    return code > ARCHIVE_FATAL ? .failed(message) : .fatal(message)
  }

  /// The name of the member in UTF-8 where it is written so, else as it is written.
  var name: [UInt8] {
    guard let entry = unsafe entry else { return [] }
    guard let name = unsafe archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: name, count: clibarchive_length(name)))
      .map { UInt8(bitPattern: $0) }
  }

  var isFile: Bool { unsafe entry.map { unsafe clibarchive_is_file($0) != 0 } ?? false }
  var isFolder: Bool { unsafe entry.map { unsafe clibarchive_is_folder($0) != 0 } ?? false }

  /// The next bytes of the member; nil at its end.
  func read() throws -> ArraySlice<UInt8>? {
    var failed: String?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
      let given = unsafe archive_read_data(reader, buffer.baseAddress, buffer.count)
      count = max(0, given)
      if given < 0 { failed = message }
    }
    if let error = feed?.error { throw error }
    if let failed { throw UnpackingError(description: failed) }
    unpacked += bytes.count
    do {
      try budget.allow(unpacked)
    } catch {
      isSpent = true
      throw error
    }
    return bytes.isEmpty ? nil : bytes[...]
  }

  private static func isDamaged(_ reason: String) -> String {
    "it cannot be unpacked: \(reason); it may be cut off or damaged"
  }

  private var message: String {
    if let error = feed?.error { return "\(error)" }
    let text = unsafe archive_error_string(reader)
    return Self.isDamaged(unsafe text.map { unsafe String(cString: $0) } ?? "no reason is known")
  }
}

/// The bytes that a compressed stream gives.
final class DecompressedBytes: ByteSource {
  private let unpacker: Unpacker
  private var isOpen = false

  init(_ packing: Packing, _ stream: ByteStream, budget: UnpackingBudget) throws {
    unpacker = try Unpacker(packing, stream: stream, file: nil, budget: budget)
  }

  func read() throws -> ArraySlice<UInt8>? {
    if !isOpen {
      isOpen = true
      switch unpacker.advance() {
      case .fine: break
      case .end: return nil
      case .failed(let message), .fatal(let message): throw UnpackingError(description: message)
      }
    }
    return try unpacker.read()
  }
}

/// The members of an archive, one after another; a member is read before the next is asked for.
final class ArchiveReader {
  /// What stands next in an archive.
  enum Item {
    case file(name: [UInt8], any ByteSource)
    /// A link or a device, of which there is nothing to read.
    case other(name: [UInt8])
    /// A member that cannot be read; the next can be tried.
    case failed(String)
    /// Nothing more can be read.
    case fatal(String)
  }

  private final class MemberBytes: ByteSource {
    private let archive: ArchiveReader
    private let number: Int

    init(_ archive: ArchiveReader) {
      self.archive = archive
      number = archive.number
    }

    func read() throws -> ArraySlice<UInt8>? {
      archive.number == number ? try archive.unpacker.read() : nil
    }
  }

  private let unpacker: Unpacker
  private var number = 0

  init(_ packing: Packing, _ stream: ByteStream, file: FileDescriptor?, budget: UnpackingBudget)
    throws
  {
    unpacker = try Unpacker(packing, stream: stream, file: file, budget: budget)
  }

  /// The next member that is no folder; nil at the end.
  func next() -> Item? {
    while true {
      number += 1
      switch unpacker.advance() {
      case .end: return nil
      case .failed(let message): return .failed(message)
      case .fatal(let message): return .fatal(message)
      case .fine where unpacker.isFolder: continue
      case .fine where unpacker.isFile: return .file(name: unpacker.name, MemberBytes(self))
      case .fine: return .other(name: unpacker.name)
      }
    }
  }
}
