package import Annotations
internal import Reading
internal import SystemPackage

/// The documents of files, folders, archives and standard input, one after another.
///
///     for item in DocumentSource(inputs: ["news", "crawl.warc.gz", "-"]) { … }
///
/// What an input holds is told by its content: a packing is undone, an archive walked through, and a text given to the
/// reader of its format. Memory does not grow with the input: it takes that of the longest document. The same inputs
/// give the same elements in the same order.
package struct DocumentSource: Sequence, IteratorProtocol {
  /// A document, or why there is none.
  package typealias Element = Result<Document, InputFailure>

  /// What is being read; the innermost is last.
  private enum Layer {
    case members(any MemberContainer)
    case documents(any DocumentReader)
  }

  /// What was left out without being a failure.
  package let notes = InputNotes()

  private let options: InputOptions
  private var layers: [Layer]
  private var folders: Set<FolderIdentity> = []
  /// How many bytes of files were read before the one that is read, and what counts those of this one.
  private var bytesBefore = 0
  private var budget: UnpackingBudget?
  /// The file that is read, how many of its failures were given, and how many more there were.
  private var file = ""
  private var failures = 0
  private var unlisted = 0
  /// A member that waits until what there is to say about the file before was said.
  private var waiting: InputMember?

  /// The documents of `inputs`: files, all files of folders in the order of their names, and
  /// standard input for `-`.
  package init(inputs: [String], options: InputOptions = InputOptions()) {
    self.options = options
    layers = [.members(NamedInputs(inputs))]
  }

  /// How many bytes of the inputs were read, packed as they are.
  package var bytesRead: Int { bytesBefore + (budget?.packedBytes ?? 0) }

  /// The next document, or why there is none in its place; nil at the end.
  package mutating func next() -> Element? {
    while true {
      guard let item = step() else { return endOfFile().map { .failure($0) } }
      guard case .failure = item else { return item }
      failures += 1
      if failures <= options.limits.failures { return item }
      unlisted += 1
    }
  }

  private mutating func step() -> Element? {
    while true {
      if let member = waiting {
        waiting = nil
        if let failure = open(member) { return .failure(failure) }
      }
      guard let layer = layers.popLast() else { return nil }
      switch layer {
      case .documents(var reader):
        guard let item = reader.next() else { continue }
        layers.append(.documents(reader))
        return item
      case .members(let container):
        guard let item = container.next() else { continue }
        layers.append(layer)
        switch item {
        case .failure(let failure): return .failure(failure)
        case .success(let member):
          if let failure = open(member) { return .failure(failure) }
        }
      }
    }
  }

  /// What is to be said of the file that was read, once another begins.
  private mutating func endOfFile() -> InputFailure? {
    defer { (failures, unlisted) = (0, 0) }
    guard unlisted > 0 else { return nil }
    return InputFailure(
      place: file,
      message:
        "\(unlisted) more part\(unlisted == 1 ? "" : "s") of it could not be read and \(unlisted == 1 ? "is" : "are") not listed",
      count: unlisted)
  }

  // MARK: Opening

  /// Puts what reads a member on the stack; says why where it cannot be read.
  private mutating func open(_ member: InputMember) -> InputFailure? {
    switch member {
    case .stream(let stream, let context, let kind):
      return open(stream, context, file: nil, kind: kind)
    case .standardInput:
      if let failure = begin("stdin", member) { return failure }
      return open(.standardInput, place: "stdin", id: "stdin", isRegular: false)
    case .path(let path, let place, let id, let isNamed):
      return open(path, place: place, id: id, isNamed: isNamed)
    }
  }

  /// Begins a file: nil, or what is to be said of the one before, after which the member comes again.
  private mutating func begin(_ place: String, _ member: InputMember) -> InputFailure? {
    let last = endOfFile()
    if last != nil { waiting = member }
    file = place
    return last
  }

  private mutating func open(
    _ path: FilePath, place: String, id: String, isNamed: Bool
  ) -> InputFailure? {
    if let failure = begin(place, .path(path, place: place, id: id, isNamed: isNamed)) {
      return failure
    }
    do {
      let status = try path.stat()
      switch status.type {
      case .directory:
        guard folders.insert(FolderIdentity(status)).inserted else {
          notes.count("folder that was read before")
          return nil
        }
        layers.append(
          .members(FolderMembers(path, place: place, id: isNamed ? "" : id + "/", notes: notes)))
        return nil
      case .regular: break
      case .fifo where isNamed, .characterSpecial where isNamed: break
      default:
        return InputFailure(
          place: place,
          message: "this is a device, a pipe or a socket and no file; it is not opened")
      }
      return open(
        try FileDescriptor.open(path, .readOnly), place: place, id: InputContext.name(id),
        isRegular: status.type == .regular)
    } catch {
      return InputFailure(
        place: place,
        message: (error as? Errno) == .noSuchFileOrDirectory
          ? "there is no such file; check the path" : "cannot be read: \(error)")
    }
  }

  private mutating func open(
    _ file: FileDescriptor, place: String, id: String, isRegular: Bool
  ) -> InputFailure? {
    bytesBefore = bytesRead
    let budget = UnpackingBudget(options.limits)
    self.budget = budget
    let stream = ByteStream(FileBytes(file, budget: budget))
    let context = InputContext(place: place, id: id, options: options, budget: budget)
    return open(stream, context, file: isRegular ? file : nil, kind: nil)
  }

  /// Finds out what a stream is and puts what reads it on the stack. `file` is where it comes from directly.
  private mutating func open(
    _ stream: ByteStream, _ context: InputContext, file: FileDescriptor?, kind: ContentKind?
  ) -> InputFailure? {
    do {
      switch try kind ?? ContentKind.find(stream) {
      case .packed(let packing):
        return try unpack(packing, stream, context, file)
      case .foreign(let name):
        return context.failure(
          "this is \(name), which is not read; export it as text, HTML or JSON Lines")
      case let found:
        layers.append(try reader(of: found, isSure: kind != nil, stream, context))
        return nil
      }
    } catch {
      return context.failure("\(error)")
    }
  }

  private mutating func unpack(
    _ packing: Packing, _ stream: ByteStream, _ context: InputContext, _ file: FileDescriptor?
  ) throws -> InputFailure? {
    var inner = context
    inner.packings += 1
    guard inner.packings <= options.limits.packings else {
      return context.failure(
        "more than \(options.limits.packings) packings are around it; unpack it first")
    }
    switch packing {
    case .stream:
      let bytes = ByteStream(try DecompressedBytes(packing, stream, budget: context.budget))
      return open(bytes, inner, file: nil, kind: nil)
    case .archive:
      if packing.needsFile, file == nil {
        return context.failure(
          "this archive can only be read as a file of its own; save it as one, or unpack it first")
      }
      layers.append(
        .members(
          try ArchiveMembers(
            packing, stream, file: packing.prefersFile ? file : nil, context: inner, notes: notes)))
      return nil
    }
  }

  /// What reads a stream of text. `isSure` where its container says what it is.
  private func reader(
    of kind: ContentKind, isSure: Bool, _ stream: ByteStream, _ context: InputContext
  ) throws -> Layer {
    var (stream, context, kind) = (stream, context, kind)
    func decode() {
      let bytes = DecodedBytes(stream, charset: options.charset, hint: context.charset)
      stream = ByteStream(bytes)
      context.decoding = bytes
      context.charset = nil
    }
    // Where a character of ASCII is more than a byte, the format is seen only behind the decoding.
    let wide = SourceDecoder.wideCharset(of: try stream.peek(1))
    if options.charset != nil || wide != nil {
      decode()
      if !isSure { kind = ContentKind.ofText(try stream.peek(4096)) }
    }
    var delimiter: UInt8?
    switch options.format {
    case .auto: break
    case .text: kind = .text
    case .jsonl: kind = .jsonLines
    case .json: kind = .json
    case .html: kind = .html
    case .xml: kind = kind == .sgml ? .sgml : .xml
    case .warc: kind = .warc
    case .csv:
      kind = .text
      delimiter = UInt8(ascii: ",")
    }
    switch kind {
    case .jsonLines: return .documents(JSONLinesReader(stream, context: context))
    case .html: return .documents(PageReader(stream, context: context))
    case .xml, .sgml: return .documents(try MarkupReader(stream, context: context))
    case .warc: return .members(WebArchiveRecords(stream, context: context, notes: notes))
    case .packed, .foreign, .json, .text: break
    }
    if context.decoding == nil { decode() }
    if kind == .json { return .documents(JSONValuesReader(stream, context: context)) }
    if options.format == .text { return .documents(PlainTextReader(stream, context: context)) }
    switch TableReader.look(at: try tableHead(stream), options.fields) {
    case .table(let found): delimiter = found
    case .unknown(let found, let columns):
      if options.format == .csv || options.fields.areNamed {
        delimiter = found
      } else {
        context.remarks.append(
          RecordDiagnostic(
            kind: "table",
            message:
              "this looks like a table and was read as text; its columns are "
              + columns.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
              + "; to read its rows, say which one holds the text with --field text=NAME"))
      }
    case .none: break
    }
    if let delimiter {
      return .documents(TableReader(stream, delimiter: delimiter, context: context))
    }
    return .documents(PlainTextReader(stream, context: context))
  }

  /// The beginning of a text, with its first two lines where they are not too long.
  private func tableHead(_ stream: ByteStream) throws -> ArraySlice<UInt8> {
    var head = try stream.peek(4096)
    while head.count < 1 << 16, head.lazy.filter({ $0 == 0x0A }).prefix(2).count < 2,
      try stream.fetch()
    {
      head = try stream.peek(4096)
    }
    return head
  }
}

/// What makes a folder the same as another by a link.
private struct FolderIdentity: Hashable {
  let device: UInt64
  let inode: UInt64

  init(_ status: Stat) {
    device = UInt64(status.deviceID.rawValue)
    inode = UInt64(status.inode.rawValue)
  }
}
