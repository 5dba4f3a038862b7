internal import Annotations
internal import Extraction
internal import FoundationEssentials

/// A folder for the brat annotation tool: for each document its text and its annotations (`ID.txt`, `ID.ann`), and
/// `annotation.conf` with all types that occur.
///
/// Its stream is lines: `=NAME` begins a file, `+` is before a line of it, `-` before a last line that has no end.
struct BratView: AssembledView {
  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    let brat = BratDocument(record, text: document.text)
    var bytes = Array("=\(Self.fileName(record.id))\n".utf8)
    let lines = brat.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index + 1 < lines.count || !line.isEmpty {
      bytes.append(index + 1 < lines.count ? UInt8(ascii: "+") : UInt8(ascii: "-"))
      bytes += line
      bytes.append(0x0A)
    }
    bytes += "=\n".utf8
    for line in brat.lines { bytes += "+\(line)\n".utf8 }
    return bytes
  }

  func assemble(_ stream: String, into result: String) throws {
    try FileManager.default.createDirectory(atPath: result, withIntermediateDirectories: true)
    func write(_ bytes: [UInt8], to name: String) throws {
      var file = try PortionedFile("\(result)/\(name)")
      try file.write(bytes)
      try file.close()
    }
    var types = BratConfiguration()
    var taken: Set<String> = []
    var name = ""
    var contents: [UInt8] = []
    var suffix = ".txt"
    func finish() throws {
      guard !name.isEmpty else { return }
      try write(contents, to: name + suffix)
      contents.removeAll(keepingCapacity: true)
    }
    try LineStream.lines(of: stream) { line in
      switch line.first {
      case UInt8(ascii: "="):
        try finish()
        let wanted = String(decoding: line.dropFirst(), as: UTF8.self)
        if wanted.isEmpty {
          suffix = ".ann"
        } else {
          suffix = ".txt"
          name = wanted
          var number = 1
          // Two documents with one name, or with names that a file system takes for one.
          while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(wanted)-\(number)"
          }
        }
      case UInt8(ascii: "+"):
        contents += line.dropFirst()
        contents.append(0x0A)
        if suffix == ".ann" { types.see(line.dropFirst()) }
      default: contents += line.dropFirst()
      }
    }
    try finish()
    try write(Array(types.text.utf8), to: "annotation.conf")
  }

  /// An id as the name of a file: without what separates folders, and no longer than file systems allow.
  static func fileName(_ id: String) -> String {
    var name = ""
    for scalar in id.unicodeScalars {
      if name.utf8.count > 200 { break }
      let isSafe = scalar.value >= 0x20 && scalar != "/" && scalar != "\\" && scalar.value != 0x7F
      name.unicodeScalars.append(isSafe ? scalar : "_")
    }
    if name.isEmpty { return "document" }
    return name.hasPrefix(".") ? "_" + name.dropFirst() : name
  }
}

/// brat's `annotation.conf`: the types that occur in the annotations of a folder.
struct BratConfiguration {
  private var events: Set<String> = []
  private var relations: Set<String> = []

  /// Notes the type of a line of annotations, if it is one of a fact.
  mutating func see(_ line: ArraySlice<UInt8>) {
    guard let kind = line.first, kind == UInt8(ascii: "E") || kind == UInt8(ascii: "R"),
      let tab = line.firstIndex(of: UInt8(ascii: "\t"))
    else { return }
    let isEvent = kind == UInt8(ascii: "E")
    let end = isEvent ? UInt8(ascii: ":") : UInt8(ascii: " ")
    let type = String(decoding: line[(tab + 1)...].prefix { $0 != end }, as: UTF8.self)
    if isEvent { events.insert(type) } else { relations.insert(type) }
  }

  /// The text of the file.
  var text: String {
    let roles = ["Subject", "Object", "Time", "Place", "Recipient", "Source", "Org"]
    var lines = ["[entities]"]
    lines += EntityType.allCases.map(\.rawValue) + ["TIME", "QUANTITY", "Phrase"]
    lines += ["", "[relations]"]
    lines += relations.sorted().map { "\($0)\tArg1:<ENTITY>, Arg2:<ENTITY>" }
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    lines += ["", "[events]"]
    lines += events.sorted().map { event in
      "\(event)\t" + roles.map { "\($0)?:<ENTITY>" }.joined(separator: ", ")
    }
    lines += ["", "[attributes]", "Carried\tArg:<EVENT>"]
    let statuses = [Status.negated, .planned, .hypothetical].map(\.rawValue)
    lines.append("Status\tArg:<EVENT>, Value:" + statuses.joined(separator: "|"))
    return lines.joined(separator: "\n") + "\n"
  }
}
