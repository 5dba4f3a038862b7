import Annotations
import Corpora
import Foundation
import Packing
import Testing

/// Inputs that are cut off, damaged, endless or lie about themselves: more than 300 of them, made here. Each gives a
/// short list of documents and failures that say where and why, and none ends the process.
struct HostileInputTests {
  /// A file, and what has to come of it.
  struct Hostile {
    let name: String
    let bytes: [UInt8]
    var format = InputFormat.auto
    /// How many documents there have to be; nil where any number will do.
    var documents: Int?
    /// What a failure has to say; nil where there need not be one.
    var says: String?
  }

  private static let sentence = "2020年,和平区建立14个培养基地。\n"

  /// Limits that small files come up against.
  private static var options: InputOptions {
    var options = InputOptions()
    options.documentSize = 1 << 16
    options.limits.valueBytes = 1 << 18
    options.limits.unpackedBytes = 1 << 20
    options.limits.unpackedRatio = 20
    options.limits.failures = 10
    return options
  }

  /// Reads the files and holds them against what is wanted.
  private func run(_ cases: [Hostile], atLeast: Int) throws {
    #expect(cases.count >= atLeast)
    let folder = try InputFolder()
    for hostile in cases {
      let path = try folder.write(hostile.name + ".data", hostile.bytes)
      var options = Self.options
      options.format = hostile.format
      let got = ReadInputs([path], options, most: 2000)
      let name = hostile.name
      #expect(got.documents.count + got.failures.count < 2000, "\(name): too many elements")
      #expect(
        !got.documents.isEmpty || !got.failures.isEmpty || hostile.documents == 0,
        "\(name): nothing")
      #expect(got.failures.count <= options.limits.failures + 1, "\(name)")
      for failure in got.failures {
        #expect(failure.place.hasPrefix(path), "\(name): \(failure)")
        #expect(failure.message.count > 10, "\(name): \(failure)")
      }
      for document in got.documents {
        #expect(document.text.utf8.count <= 4 * options.limits.valueBytes, "\(name)")
      }
      if let wanted = hostile.documents {
        #expect(got.documents.count == wanted, "\(name): \(got.failures)")
      }
      if let says = hostile.says {
        #expect(
          got.failures.contains { $0.message.contains(says) }, "\(name): \(got.failures)")
      }
    }
  }

  // MARK: Packings

  /// One file of every packing: a name and its bytes.
  private static func packings() -> [(name: String, bytes: [UInt8])] {
    // Not so uniform that a compression leaves nothing of it to cut.
    var random = SplitMix64(seed: 7)
    var text = ""
    for _ in 0..<400 { text += "第\(random.next() % 1_000_000)号：\(sentence)" }
    let bytes = Array(text.utf8)
    let members = (1...4).map { ("目录/\($0).txt", bytes) }
    var all: [(String, [UInt8])] = []
    for filter in ["gzip", "bzip2", "xz", "zstd", "lz4", "lzip", "compress"] {
      if let packed = PackedWriter.stream(filter, bytes) { all.append((filter, packed)) }
    }
    for (format, filter) in [
      ("zip", "none"), ("7zip", "none"), ("ustar", "none"), ("pax", "none"), ("gnutar", "gzip"),
      ("pax", "xz"), ("ustar", "zstd"), ("ustar", "bzip2"),
    ] {
      if let packed = PackedWriter.archive(format, filter: filter, members) {
        all.append(("\(format)-\(filter)", packed))
      }
    }
    return all
  }

  @Test func cutOff() throws {
    var cases: [Hostile] = []
    for (name, bytes) in Self.packings() {
      for part in [1, 2, 3, 5, 8, 12, 20, 35, 50, 65, 80, 95, 99] {
        let length = part < 10 ? part * 7 : bytes.count * part / 100
        cases.append(Hostile(name: "\(name)-\(part)", bytes: Array(bytes.prefix(length))))
      }
    }
    try run(cases, atLeast: 150)
    // A compressed stream that is cut in the middle never passes for a whole one.
    let folder = try InputFolder()
    for (name, bytes) in Self.packings() where !name.contains("-") && name != "compress" {
      let path = try folder.write(name, Array(bytes.prefix(bytes.count / 2)))
      #expect(!ReadInputs([path]).failures.isEmpty, "\(name)")
    }
  }

  @Test func damaged() throws {
    var random = SplitMix64(seed: 11)
    var cases: [Hostile] = []
    for (name, bytes) in Self.packings() {
      for number in 1...6 {
        var broken = bytes
        for _ in 0..<number {
          broken[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 + random.next() % 255)
        }
        cases.append(Hostile(name: "\(name)-\(number)", bytes: broken))
      }
    }
    try run(cases, atLeast: 80)
  }

  @Test func bombs() throws {
    let much = [UInt8](repeating: UInt8(ascii: "a"), count: 40 << 20)
    var cases: [Hostile] = []
    for filter in ["gzip", "bzip2", "xz", "zstd"] {
      guard let packed = PackedWriter.stream(filter, much) else { continue }
      cases.append(Hostile(name: filter, bytes: packed, says: "more than 20 times"))
      if let twice = PackedWriter.stream(filter, packed) {
        cases.append(Hostile(name: "\(filter)-twice", bytes: twice, says: "more than 20 times"))
      }
    }
    for format in ["zip", "7zip", "ustar"] {
      let filter = format == "ustar" ? "gzip" : "none"
      guard
        let packed = PackedWriter.archive(
          format, filter: filter, [("a.txt", much), ("b.txt", Array(Self.sentence.utf8))])
      else { continue }
      cases.append(Hostile(name: format, bytes: packed, says: "more than 20 times"))
    }
    try run(cases, atLeast: 8)
  }

  @Test func nested() throws {
    var stream = Array(Self.sentence.utf8)
    var archive = stream
    for _ in 1...8 {
      stream = try #require(PackedWriter.stream("gzip", stream))
      archive = try #require(PackedWriter.archive("zip", [("inner", archive)]))
    }
    try run(
      [
        // libarchive undoes compressions that are directly inside one another at once.
        Hostile(name: "streams", bytes: stream, documents: 1),
        Hostile(name: "archives", bytes: archive, documents: 0, says: "packings"),
      ], atLeast: 2)
  }

  // MARK: Formats

  @Test func json() throws {
    let deep = 100_000
    func text(_ value: String) -> [UInt8] { Array(value.utf8) }
    let opened = String(repeating: "[", count: deep)
    let closed = String(repeating: "]", count: deep)
    let objects = String(repeating: "{\"a\":", count: deep / 3)
    let long = String(repeating: "好", count: 100_000)
    try run(
      [
        Hostile(
          name: "deep-line", bytes: text("{\"text\": \(opened)\(closed)}\n{\"text\": \"一\"}"),
          documents: 1, says: "deep"),
        Hostile(name: "deep-open", bytes: text("{\"text\": \(opened)"), documents: 0, says: "deep"),
        Hostile(
          name: "deep-objects",
          bytes: text(objects + "1" + String(repeating: "}", count: deep / 3)),
          documents: 0, says: "deep"),
        Hostile(
          name: "deep-element", bytes: text("[{\"text\": \(opened)\(closed)}, {\"text\": \"一\"}]"),
          documents: 1, says: "deep"),
        Hostile(
          name: "deep-array", bytes: text(opened), format: .json, documents: 0, says: "no object"),
        Hostile(
          name: "not-closed", bytes: text("[\n{\"text\": \"一\"},\n{\"text\": \"二"), documents: 1,
          says: "not closed"),
        Hostile(
          name: "array-open", bytes: text("[{\"text\": \"一\"}"), documents: 1,
          says: "array is not closed"),
        Hostile(
          name: "closes-only", bytes: text("}}}}]]]"), format: .json, documents: 0,
          says: "no object"),
        Hostile(
          name: "numbers", bytes: text("[{\"text\": \"一\"}, 1, 2]"), documents: 1, says: "no object"
        ),
        Hostile(
          name: "long-line", bytes: text("{\"text\": \"\(long)\"}\n{\"text\": \"一\"}\n"),
          documents: 1, says: "bytes"),
        Hostile(
          name: "long-element", bytes: text("[{\"text\": \"\(long)\"}, {\"text\": \"一\"}]"),
          documents: 1, says: "bytes"),
        Hostile(
          name: "half-pair",
          bytes: text("{\"text\": \"\\ud83d\"}\n{\"text\": \"\\udc00\\ud83d\\ude00\"}"),
          documents: 2),
        Hostile(
          name: "bad-escape", bytes: text("{\"text\": \"\\uzzzz\"}\n{\"text\": \"\\x\"}"),
          documents: 0, says: "no JSON"),
        Hostile(
          name: "nul", bytes: text("{\"text\": \"a\\u0000b\"}\n{\"text\": \"a\u{0}b\"}"),
          documents: 1),
        Hostile(
          name: "bytes", bytes: text("{\"text\": \"") + [0xFF, 0xFE, 0xC0] + text("\"}"),
          documents: 1),
        Hostile(
          name: "many-failures", bytes: text(String(repeating: "{\"a\": 1}\n", count: 5000)),
          documents: 0, says: "more parts"),
        Hostile(
          name: "types",
          bytes: text(
            "{\"text\": 1}\n{\"text\": {}}\n{\"text\": null}\n{\"text\": [1]}\n{\"text\": \"一\", \"id\": []}"
          ), documents: 0, says: "another type"),
        Hostile(
          name: "spaces", bytes: text("{" + String(repeating: " ", count: 1 << 19)), format: .json,
          documents: 0, says: "not closed"),
      ], atLeast: 15)
  }

  @Test func tables() throws {
    func text(_ value: String) -> [UInt8] { Array(value.utf8) }
    let many = String(repeating: "一,二\n", count: 3000)
    let long = String(repeating: "好", count: 100_000)
    try run(
      [
        Hostile(
          name: "open-quotation", bytes: text("id,text\n1,\"一\n2,二\n3,三\n"), documents: 0,
          says: "line 2"),
        Hostile(
          name: "stray-quotation", bytes: text("id,text\n1,一\"二\n2,\"三\"四\n\",5,\"六\"\n"),
          documents: nil),
        Hostile(
          name: "too-many-cells", bytes: text("id,text\n1,2,3\n1,一\n"), documents: 1,
          says: "3 cells"),
        Hostile(
          name: "too-few-cells", bytes: text("id,text\n1\n1,一\n"), documents: 1, says: "1 cells"),
        Hostile(name: "header-only", bytes: text("id,text\n"), documents: 0),
        Hostile(name: "header-without-end", bytes: text("id,text"), documents: 0),
        Hostile(name: "no-names", bytes: text(many), format: .csv, documents: 0, says: "columns"),
        Hostile(
          name: "long-row", bytes: text("id,text\n1,\(long)\n2,二\n"), documents: 1,
          says: "the row has"),
        Hostile(
          name: "long-quotation", bytes: text("id,text\n1,\"\(long)\n2,二\n"), documents: nil,
          says: "the row has"),
        Hostile(
          name: "only-delimiters", bytes: text(String(repeating: ",", count: 60_000)), documents: 1
        ),
        Hostile(
          name: "forced-delimiters", bytes: text(String(repeating: ",", count: 100_000)),
          format: .csv, documents: 0),
        Hostile(
          name: "nuls",
          bytes: text("id,text\n1,\u{0}一\u{0}\n2,\(String(repeating: "二", count: 300))\n"),
          documents: 2),
        Hostile(
          name: "many-failures",
          bytes: text("id,text\n" + String(repeating: "1,2,3\n", count: 5000)), documents: 0,
          says: "more parts"),
      ], atLeast: 12)
  }

  @Test func webArchives() throws {
    let body = Array(Self.sentence.utf8)
    func record(_ length: String) -> [UInt8] {
      InputFormatTests.record("conversion", "text/plain", body, length: length)
    }
    func answer(_ text: String) -> [UInt8] {
      InputFormatTests.record("response", "application/http", Array(text.utf8))
    }
    let good = record("\(body.count)")
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    try run(
      [
        Hostile(name: "short", bytes: record("5") + good, documents: 2),
        Hostile(name: "long", bytes: record("999") + good, documents: 0, says: "of 999 bytes"),
        Hostile(name: "longer", bytes: record("\(body.count + 40)") + good + good, documents: 2),
        Hostile(
          name: "huge", bytes: record("99999999999999") + good, documents: 0, says: "held in memory"
        ),
        Hostile(
          name: "overflow", bytes: record("99999999999999999999999") + good, documents: 1,
          says: "Content-Length"),
        Hostile(name: "negative", bytes: record("-1") + good, documents: 1, says: "Content-Length"),
        Hostile(
          name: "no-number", bytes: record("many") + good, documents: 1, says: "Content-Length"),
        Hostile(
          name: "header-open", bytes: Array("WARC/1.0\r\nWARC-Type: response".utf8), documents: 0,
          says: "header"),
        Hostile(
          name: "header-long",
          bytes: Array("WARC/1.0\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 18),
          documents: 0, says: "header"),
        Hostile(name: "first-line", bytes: Array("WARC/1.0".utf8), documents: 0, says: "header"),
        Hostile(name: "version", bytes: Array("WARC/9.9\r\n\r\n".utf8), documents: 0),
        Hostile(
          name: "cut", bytes: Array((good + good).dropLast(20)), documents: 1, says: "cut off"),
        Hostile(
          name: "garbage", bytes: good + [UInt8](repeating: 0, count: 5000) + good, documents: 2),
        Hostile(
          name: "ws", bytes: good + Array(repeating: UInt8(ascii: "W"), count: 5000) + good,
          documents: 2),
        Hostile(name: "no-head", bytes: answer("nonsense"), documents: 0, says: "header"),
        Hostile(
          name: "chunks",
          bytes: answer(html + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n<p>一</p>"),
          documents: 1),
        Hostile(
          name: "no-chunks", bytes: answer(html + "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n"),
          documents: 1),
        Hostile(
          name: "gzip", bytes: answer(html + "Content-Encoding: gzip\r\n\r\n\u{1F}notgzip"),
          documents: nil),
        Hostile(
          name: "many", bytes: (0..<3000).flatMap { _ in record("x") }, documents: 0,
          says: "more parts"),
      ], atLeast: 15)
  }

  /// Every format told to read what it is not, and bytes of chance.
  @Test func anythingAsAnything() throws {
    var random = SplitMix64(seed: 3)
    var contents: [(String, [UInt8])] = [
      ("empty", []), ("nul", [0]), ("mark", [0xEF, 0xBB, 0xBF]), ("mark16", [0xFF, 0xFE]),
      ("half16", [0xFE, 0xFF, 0x4E]), ("brace", Array("{".utf8)), ("bracket", Array("[".utf8)),
      ("angle", Array("<".utf8)), ("quote", Array("\"".utf8)), ("comma", Array(",".utf8)),
      ("newline", Array("\n".utf8)), ("return", Array("\r".utf8)), ("warc", Array("WARC/".utf8)),
      ("text", Array(sentence16.utf8)), ("controls", Array(0...31)),
    ]
    for number in 1...5 {
      contents.append(
        ("random-\(number)", (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }))
    }
    var cases: [Hostile] = []
    for format in InputFormat.allCases {
      for (name, bytes) in contents {
        var hostile = Hostile(name: "\(format)-\(name)", bytes: bytes, format: format)
        // Where there is no document there may be nothing to say of it either.
        if [.jsonl, .json, .warc, .csv, .xml, .html].contains(format) { hostile.documents = nil }
        cases.append(hostile)
      }
    }
    let folder = try InputFolder()
    for hostile in cases {
      let path = try folder.write(hostile.name, hostile.bytes)
      var options = Self.options
      options.format = hostile.format
      let got = ReadInputs([path], options, most: 2000)
      #expect(got.failures.count <= options.limits.failures + 1, "\(hostile.name)")
      #expect(got.documents.count < 100, "\(hostile.name)")
    }
    #expect(cases.count > 100)
  }

  private let sentence16 = "2020年,和平区建立14个培养基地。"

  @Test func longLines() throws {
    let line = [UInt8](String(repeating: "好", count: 3_000_000).utf8)
    let gbk = (0..<3_000_000).flatMap { _ in [0xBA, 0xC3] as [UInt8] }
    let folder = try InputFolder()
    for (name, bytes) in [("utf8", line), ("gbk", gbk)] {
      let got = ReadInputs([try folder.write(name, bytes)], Self.options)
      #expect(got.failures.isEmpty && got.kinds.contains("split"), "\(name)")
      #expect(got.documents.allSatisfy { $0.text.utf8.count <= 1 << 16 })
      #expect(got.documents.reduce(0) { $0 + $1.text.unicodeScalars.count } == 3_000_000, "\(name)")
    }
  }

  // MARK: The file system

  @Test func fileSystem() throws {
    let folder = try InputFolder()
    let manager = FileManager.default
    let good = try folder.write("in/a.txt", Self.sentence)
    try manager.createDirectory(
      atPath: folder.path + "/in/b.txt", withIntermediateDirectories: true)
    try manager.createSymbolicLink(
      atPath: folder.path + "/in/c.txt", withDestinationPath: folder.path + "/in/c.txt")
    try manager.createSymbolicLink(
      atPath: folder.path + "/in/d.txt", withDestinationPath: folder.path + "/nowhere")
    let made = unsafe mkfifo(folder.path + "/in/e.txt", 0o600)
    #expect(made == 0)
    let shut = try folder.write("in/f.txt", Self.sentence)
    try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: shut)
    let got = ReadInputs([
      folder.path + "/in", folder.path + "/missing", folder.path + "/in/a.txt/x", "",
    ])
    // Who may read everything reads the file that is shut, too.
    let canReadAll = manager.isReadableFile(atPath: shut)
    #expect(got.documents.count == (canReadAll ? 2 : 1), "\(got)")
    #expect(got.documents.first?.origin == good)
    #expect(got.failures.count == (canReadAll ? 7 : 8), "\(got.failures)")
    #expect(got.failures.contains { $0.message.contains("device, a pipe") })
    #expect(got.failures.contains { $0.message.contains("no such file") })
  }

  /// A file that is there when its folder is read and gone when its turn comes.
  @Test func vanishedFile() throws {
    let folder = try InputFolder()
    _ = try folder.write("in/a.txt", Self.sentence)
    let second = try folder.write("in/b.txt", Self.sentence)
    var source = DocumentSource(inputs: [folder.path + "/in"])
    let first = source.next()
    #expect(try first?.get().id == "a")
    try FileManager.default.removeItem(atPath: second)
    guard case .failure(let failure)? = source.next() else {
      Issue.record("a file that is gone was read")
      return
    }
    #expect(failure.place == second && failure.message.contains("no such file"))
    let end = source.next()
    #expect(end == nil)
  }
}
