import Annotations
import Corpora
import Foundation
import Packing
import Testing

/// Documents come out of every format and packing, told by content alone.
struct InputFormatTests {
  private static let text = "2020年,和平区建立14个培养基地。\n"
  private static let bytes = Array(text.utf8)

  private func read(
    _ bytes: [UInt8], _ options: InputOptions = InputOptions()
  ) throws -> ReadInputs {
    let folder = try InputFolder()
    return ReadInputs([try folder.write("input.data", bytes)], options)
  }

  private func read(_ text: String, _ options: InputOptions = InputOptions()) throws -> ReadInputs {
    try read(Array(text.utf8), options)
  }

  // MARK: Packings

  @Test(arguments: ["gzip", "bzip2", "xz", "zstd", "lz4", "lzip", "compress"])
  func streams(_ filter: String) throws {
    guard let packed = PackedWriter.stream(filter, Self.bytes) else { return }
    let once = try read(packed)
    #expect(once.documents.map(\.text) == [Self.text] && once.failures.isEmpty, "\(once)")
    #expect(once.documents.first?.id == "input")
    // Two packed streams behind one another are one text, as gzip and its kin say.
    if ["gzip", "bzip2", "xz", "zstd"].contains(filter) {
      let twice = try read(packed + packed)
      #expect(twice.documents.map(\.text) == [Self.text + Self.text], "\(twice)")
    }
  }

  @Test(arguments: ["zip", "7zip", "ustar", "pax", "gnutar"])
  func archives(_ format: String) throws {
    let lines = Array("{\"text\": \"一\"}\n{\"text\": \"二\"}\n".utf8)
    let inner = try #require(PackedWriter.stream("gzip", Self.bytes))
    let members: [(String, [UInt8])] = [
      ("目录/新闻.txt", Self.bytes), (".hidden", Self.bytes), ("b.jsonl", lines), ("c.txt.gz", inner),
    ]
    guard let packed = PackedWriter.archive(format, members) else { return }
    let folder = try InputFolder()
    let path = try folder.write("news.any", packed)
    let got = ReadInputs([path])
    #expect(got.failures.isEmpty, "\(got.failures)")
    let wanted = [
      "\(path)!/目录/新闻.txt", "\(path)!/b.jsonl#1", "\(path)!/b.jsonl#2", "\(path)!/c.txt.gz",
    ]
    // An archive may sort its members.
    #expect(got.documents.map(\.origin).sorted() == wanted.sorted())
    #expect(
      Set(got.documents.map(\.id)) == ["news/目录/新闻", "news/b-1", "news/b-2", "news/c"])
    #expect(got.notes == ["1 × hidden file"])
    guard let around = PackedWriter.archive(format, filter: "xz", members), format != "7zip" else {
      return
    }
    #expect(ReadInputs([try folder.write("around", around)]).documents.count == 4)
  }

  /// Names of members in the charset of an old archive.
  @Test func memberNamesInGBK() throws {
    let name = String(repeating: "x", count: 8)
    var packed = try #require(PackedWriter.archive("zip", [("\(name).txt", Self.bytes)]))
    let gbk: [UInt8] = [0xD0, 0xC2, 0xCE, 0xC5, 0xB1, 0xA8, 0xB5, 0xC0]
    let plain = Array(name.utf8)
    for at in 0..<packed.count - plain.count where Array(packed[at..<at + 8]) == plain {
      packed.replaceSubrange(at..<at + 8, with: gbk)
    }
    let got = try read(packed)
    #expect(got.documents.map(\.id) == ["input/新闻报道"], "\(got)")
  }

  @Test func officeFilesAreRefused() throws {
    let packed = try #require(
      PackedWriter.archive("zip", [("[Content_Types].xml", Self.bytes), ("a.xml", Self.bytes)]))
    let got = try read(packed)
    #expect(got.documents.isEmpty && got.failures.count == 1)
    #expect(got.failures.first?.message.contains("Office") == true)
  }

  // MARK: JSON

  @Test func lines() throws {
    let got = try read(
      """
      {"id": 7, "headline": "题", "publish_time": "2020-3-30 20:56:00", "content": "一"}

      {"text": ["二", "三"]}
      {"other": 1, "more": 2}
      {"text": "\\ud800四"}
      """)
    #expect(got.documents.map(\.text) == ["一", "二\n三", "\u{FFFD}四"])
    #expect(got.documents.map(\.id) == ["7", "input-3", "input-5"])
    #expect(got.documents.first?.title == "题")
    #expect(got.documents.first?.date == CalendarDate(year: 2020, month: 3, day: 30))
    #expect(got.documents.first?.clock == 20 * 3600 + 56 * 60)
    #expect(got.failures.first?.message.contains("\"more\", \"other\"") == true)
    #expect(got.documents.last?.diagnostics.map(\.kind) == ["half-pairs"])
  }

  @Test func objectsOverLines() throws {
    let array = "[\n {\"text\": \"一[{\\\"\"},\n {\"正文\": \"二\", \"标题\": \"题\"}\n]\n"
    let got = try read(array)
    #expect(got.documents.map(\.text) == ["一[{\"", "二"], "\(got)")
    #expect(got.documents.map(\.id) == ["input-1", "input-2"])
    #expect(got.documents.last?.title == "题")
    let one = try read("{\n \"body\": \"一\"\n}\n")
    #expect(one.documents.map(\.text) == ["一"] && one.failures.isEmpty)
    #expect(try read("[]").failures.isEmpty)
  }

  @Test func namedFields() throws {
    var options = InputOptions()
    let isUnderstood = ["text=a.b", "id=key", "title=a.c"].allSatisfy { options.fields.add($0) }
    #expect(isUnderstood)
    let isOdd = ["colour=red", "text=", "text"].contains { options.fields.add($0) }
    #expect(!isOdd)
    let got = try read(
      "{\"a\": {\"b\": \"一\", \"c\": \"题\"}, \"key\": \"k\", \"text\": \"二\"}", options)
    #expect(got.documents.map(\.text) == ["一"] && got.documents.first?.id == "k", "\(got)")
    #expect(got.documents.first?.title == "题")
  }

  /// A text that begins with a bracket is a text.
  @Test(arguments: ["[新华社]会议闭幕。", "{会议}闭幕。", "<简讯>会议闭幕。", "a, b; c\n会议闭幕。", "BZ会议闭幕。", "070701会议"])
  func textThatBeginsOddly(_ text: String) throws {
    let got = try read(text)
    #expect(got.documents.map(\.text) == [text] && got.failures.isEmpty, "\(got)")
  }

  // MARK: Tables

  @Test(arguments: [",", ";", "\t", "|"])
  func tables(_ delimiter: String) throws {
    let rows = [
      ["ID", "Title", "Content"], ["1", "题", "\"一\(delimiter)\n\"\"二\"\"\""], ["2", "", "三"],
      ["", "", ""],
      ["3", "题", "四", "五"], ["4", "题", "说\"好\""],
    ]
    let table = rows.map { $0.joined(separator: delimiter) }.joined(separator: "\r\n")
    let got = try read(table)
    #expect(got.documents.map(\.text) == ["一\(delimiter)\n\"二\"", "三", "说\"好\""], "\(got)")
    #expect(got.documents.map(\.id) == ["1", "2", "4"])
    #expect(got.failures.map(\.message).first?.hasPrefix("the row has 4 cells") == true)
  }

  @Test func tablesWithOtherNames() throws {
    let table = "label\twords_of_it\n1\t一\n2\t二\n"
    let asText = try read(table)
    #expect(asText.documents.map(\.text) == [table] && asText.kinds == ["table"])
    var options = InputOptions()
    options.fields.add("words_of_it", for: .text)
    #expect(try read(table, options).documents.map(\.text) == ["一", "二"])
    let forced = try read(table, InputOptions(format: .csv))
    #expect(forced.failures.first?.message.contains("\"label\", \"words_of_it\"") == true)
  }

  @Test func tableInGBK() throws {
    // 标题,内容 and 题,和平区建立培养基地 in GBK.
    let bytes: [UInt8] =
      [0xB1, 0xEA, 0xCC, 0xE2, 0x2C, 0xC4, 0xDA, 0xC8, 0xDD, 0x0A, 0xCC, 0xE2, 0x2C]
      + [0xBA, 0xCD, 0xC6, 0xBD, 0xC7, 0xF8, 0xBD, 0xA8, 0xC1, 0xA2, 0xC5, 0xE0, 0xD1, 0xF8]
    let got = try read(bytes)
    #expect(got.documents.map(\.text) == ["和平区建立培养"] && got.kinds == ["charset"], "\(got)")
  }

  // MARK: Web archives

  /// A record of a web archive.
  static func record(_ type: String, _ media: String, _ body: [UInt8], length: String? = nil)
    -> [UInt8]
  {
    let head = """
      WARC/1.0\r
      WARC-Type: \(type)\r
      WARC-Target-URI: http://example.org/\(body.count)\r
      WARC-Date: 2020-05-01T08:00:00Z\r
      Content-Type: \(media)\r
      Content-Length: \(length ?? "\(body.count)")\r
      \r

      """
    return Array(head.utf8) + body + Array("\r\n\r\n".utf8)
  }

  private func answer(_ head: String, _ body: [UInt8]) -> [UInt8] {
    Self.record(
      "response", "application/http; msgtype=response",
      Array("HTTP/1.1 \(head)\r\n\r\n".utf8) + body)
  }

  @Test func webArchives() throws {
    let page = Array("<html><body><p>\(Self.text)</p></body></html>".utf8)
    let cut = 20
    let chunks =
      Array("\(String(cut, radix: 16))\r\n".utf8) + page[..<cut]
      + Array("\r\n\(String(page.count - cut, radix: 16));x=y\r\n".utf8) + page[cut...]
      + Array("\r\n0\r\n\r\n".utf8)
    let packed = try #require(PackedWriter.stream("gzip", page))
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8"
    let records: [[UInt8]] = [
      Self.record("warcinfo", "application/warc-fields", Array("a: b\r\n".utf8)),
      answer(html, page), answer(html + "\r\nTransfer-Encoding: chunked", chunks),
      answer(html + "\r\nTransfer-Encoding: chunked", page),
      answer(html + "\r\nContent-Encoding: gzip", packed),
      answer(html + "\r\nContent-Encoding: br", [1, 2, 3, 0, 0, 0]), answer("404 Not Found", page),
      answer("200 OK\r\nContent-Type: image/png", [0x89, 0x50]),
      Self.record("conversion", "text/plain", Self.bytes),
    ]
    let together = records.flatMap { $0 }
    for bytes in [together, try #require(PackedWriter.stream("gzip", together))] {
      let got = try read(bytes)
      #expect(got.documents.count == 5, "\(got)")
      #expect(got.documents.allSatisfy { $0.text.contains("和平区建立14个培养基地。") })
      #expect(got.documents.allSatisfy { $0.date == CalendarDate(year: 2020, month: 5, day: 1) })
      #expect(Set(got.documents.map(\.id)).count == 5)
      #expect(got.failures.map(\.message).first?.contains("\"br\"") == true)
      #expect(got.notes.count == 3, "\(got.notes)")
    }
  }

  // MARK: Folders and pipes

  @Test func folders() throws {
    let folder = try InputFolder()
    for name in ["b.txt", "a/1.txt", "a/2.txt", "a.x/1.txt", ".git/x.txt"] {
      _ = try folder.write("in/\(name)", Self.bytes)
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/in/a/loop", withDestinationPath: folder.path + "/in")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/in/again", withDestinationPath: folder.path + "/in/a")
    let got = ReadInputs([folder.path + "/in"])
    #expect(got.documents.map(\.id) == ["a/1", "a/2", "a.x/1", "b"], "\(got)")
    #expect(got.failures.isEmpty)
    #expect(
      got.notes
        == ["2 × folder that was read before", "1 × hidden file"].sorted {
          $0.dropFirst(4) < $1.dropFirst(4)
        })
    let again = ReadInputs([folder.path + "/in"])
    #expect(again.documents.map(\.origin) == got.documents.map(\.origin))
  }

  /// A line of a pipe is a document as soon as it is there: the writer waits for each answer.
  @Test func pipeLineByLine() throws {
    let folder = try InputFolder()
    let path = folder.path + "/pipe"
    let made = unsafe mkfifo(path, 0o600)
    try #require(made == 0)
    let answered = DispatchSemaphore(value: 0)
    let writer = Thread {
      guard let file = FileHandle(forWritingAtPath: path) else { return }
      for number in 1...3 {
        file.write(Data("{\"text\": \"第\(number)行\"}\n".utf8))
        answered.wait()
      }
      try? file.close()
    }
    writer.start()
    var texts: [String] = []
    for item in DocumentSource(inputs: [path]) {
      texts.append(try item.get().text)
      answered.signal()
    }
    #expect(texts == ["第1行", "第2行", "第3行"])
  }
}
