import Foundation
import Testing

/// `guanxi extract` as users run it.
@Suite(.serialized) struct ExtractCommandTests {
  private static let sentence = "2020年,和平区建立14个培养基地。"

  private func json(_ line: some StringProtocol) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
  }

  // MARK: Inputs

  @Test func standardInput() throws {
    for arguments in [["extract"], ["extract", "-"]] {
      let run = try Command.run(arguments, input: Array(Self.sentence.utf8))
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.errors.isEmpty)
      #expect(run.lines.count == 1)
      let record = try json(run.lines[0])
      #expect(record["offsets"] as? String == "scalar")
      let triples = try #require(record["triples"] as? [[String: Any]])
      #expect((triples.first?["relation"] as? [String: Any])?["text"] as? String == "建立")
    }
  }

  @Test func fileFolderAndOrder() throws {
    let scratch = try Scratch()
    let b = try scratch.write("news/b.txt", "会议闭幕。")
    _ = try scratch.write("news/a.txt", Self.sentence)
    _ = try scratch.write("news/deep/c.txt", "会议召开。")
    _ = try scratch.write("news/.hidden", "会议召开。")
    let one = try Command.run(["extract", b])
    #expect(one.code == 0)
    #expect(try json(one.lines[0])["id"] as? String == "b")
    let all = try Command.run(["extract", scratch.folder + "/news"])
    #expect(all.code == 0)
    #expect(try all.lines.map { try json($0)["id"] as? String } == ["a", "b", "deep/c"])
  }

  @Test func brokenLineOfJSONLines() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "news.jsonl",
      """
      {"id": "one", "date": "2024-06-15", "text": "昨天，会议闭幕。"}
      {"id": "two", "text": "会议闭幕。"
      {"id": 3, "text": "会议闭幕。"}

      {"id": "five"}
      {"id": "six", "text": "会议闭幕。", "date": "soon"}
      ["not", "an", "object"]
      """)
    let run = try Command.run(["extract", path])
    #expect(run.code == 1)
    #expect(try run.lines.map { try json($0)["id"] as? String } == ["one", "3", "six"])
    for line in [2, 5, 7] {
      #expect(run.errors.contains("\(path)#\(line): "), "\(run.errors)")
    }
    #expect(run.errors.contains("3 inputs could not be read"))
    let times = try json(run.lines[0])["times"] as? [[String: Any]]
    #expect(times?.first?["value"] as? String == "2024-06-14")
    let remarks = try json(run.lines[2])["diagnostics"] as? [[String: Any]]
    #expect(remarks?.first?["kind"] as? String == "date")
  }

  @Test func missingFileAndTheRest() throws {
    let scratch = try Scratch()
    let there = try scratch.write("there.txt", "会议闭幕。")
    let missing = scratch.folder + "/missing.txt"
    let run = try Command.run(["extract", missing, there])
    #expect(run.code == 1)
    #expect(run.lines.count == 1)
    #expect(run.errors.contains(missing))
  }

  @Test func emptyInputs() throws {
    let scratch = try Scratch()
    let path = try scratch.write("empty.txt", "")
    let run = try Command.run(["extract", path])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.lines.count == 1)
    let remarks = try json(run.lines[0])["diagnostics"] as? [[String: Any]]
    #expect(remarks?.first?["kind"] as? String == "empty")
    let standard = try Command.run(["extract"])
    #expect(standard.code == 0)
    try FileManager.default.createDirectory(
      atPath: scratch.folder + "/hollow", withIntermediateDirectories: true)
    #expect(try Command.run(["extract", scratch.folder + "/hollow"]).code == 1)
  }

  @Test func unusualBytes() throws {
    let scratch = try Scratch()
    let binary = try scratch.write("binary.bin", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 3])
    let refused = try Command.run(["extract", binary])
    #expect(refused.code == 1)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains(binary) && refused.errors.contains("byte"))

    var broken = Array("会议在上海举行，".utf8)
    broken += [0xE4, 0xBD] + Array("代表团访问了德黑兰，会议闭幕，有关部门发布了数据。".utf8)
    let repaired = try Command.run(
      ["extract", "--verify", try scratch.write("broken.txt", broken)])
    #expect(repaired.code == 0, "\(repaired.errors)")
    let remarks = try json(repaired.lines[0])["diagnostics"] as? [[String: Any]]
    #expect(remarks?.first?["kind"] as? String == "malformed-bytes")
    #expect(remarks?.first?["byte"] as? Int == 24)

    for (name, bytes) in [
      ("bom.txt", [0xEF, 0xBB, 0xBF]), ("bom16.txt", [0xFF, 0xFE]),
      ("noncharacter.txt", Array("会议\u{FFFF}闭幕。".utf8)),
      ("astral.txt", Array("😀𠮷野家在上海开业。".utf8)), ("line-ends.txt", Array("\r\n\r\n会议闭幕。\r\n".utf8)),
    ] as [(String, [UInt8])] {
      let run = try Command.run(["extract", "--verify", try scratch.write(name, bytes)])
      #expect(run.code == 0, "\(name): \(run.errors)")
      #expect(run.lines.count == 1, "\(name)")
      _ = try json(run.lines[0])
    }
  }

  /// Tags that nest deeper than the parser goes: what is lost is said.
  @Test func deepPage() throws {
    let scratch = try Scratch()
    let page =
      "<html><body>" + String(repeating: "<div>", count: 260) + "会议闭幕。"
      + String(repeating: "</div>", count: 260) + "</body></html>"
    let run = try Command.run(["extract", try scratch.write("deep.html", Array(page.utf8))])
    #expect(run.code == 0)
    #expect(run.errors.contains("html-cut-off"), "\(run.errors)")
  }

  @Test func charsets() throws {
    let scratch = try Scratch()
    let simplified =
      "据新华社报道，国务院总理昨天主持召开常务会议，讨论并通过了有关决定，部署下一步工作。会议在北京举行。"
    let traditional =
      "行政院院長昨天主持會議，討論並通過了有關決定，這是今年以來的第三次會議，與會者表示歡迎。會議在北京舉行。"
    for (charset, text) in [
      ("GB18030", simplified), ("BIG5", traditional), ("UTF-16", simplified),
      ("UTF-16LE", simplified), ("UTF-8", simplified),
    ] {
      let plain = try scratch.write("plain.txt", text)
      let path = scratch.folder + "/\(charset).txt"
      let iconv = Process()
      iconv.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
      iconv.arguments = ["-f", "UTF-8", "-t", charset, plain, "-o", path]
      guard FileManager.default.isExecutableFile(atPath: "/usr/bin/iconv") else { continue }
      try iconv.run()
      iconv.waitUntilExit()
      let run = try Command.run(["extract", "--verify", path])
      #expect(run.code == 0, "\(charset): \(run.errors)")
      let mentions = try json(run.lines[0])["mentions"] as? [[String: Any]]
      if charset != "UTF-16LE" {
        #expect(
          mentions?.contains { $0["text"] as? String == "北京" } == true, "\(charset): \(run.text)")
      }
    }
  }

  // MARK: Options

  @Test func offsets() throws {
    let text = "😀和平区建立14个培养基地。"
    for (unit, start) in [("scalar", 1), ("utf8", 4), ("utf16", 2)] {
      let run = try Command.run(
        ["extract", "--verify", "--offsets", unit], input: Array(text.utf8))
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.errors.contains("every span is sound"))
      let record = try json(run.lines[0])
      #expect(record["offsets"] as? String == unit)
      let mentions = try #require(record["mentions"] as? [[String: Any]])
      #expect(mentions.first?["text"] as? String == "和平区")
      #expect(mentions.first?["start"] as? Int == start, "\(unit)")
    }
  }

  @Test func formats() throws {
    let input = Array(Self.sentence.utf8)
    let table = try Command.run(["extract", "--format", "table"], input: input)
    #expect(table.code == 0 && table.text.contains("建立"))
    let tsv = try Command.run(["extract", "--format", "tsv"], input: input)
    #expect(tsv.code == 0 && tsv.text.hasPrefix("id\tsubject\trelation\t"))
    let widths = Set(
      tsv.lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
    #expect(widths.count == 1 && tsv.lines.count > 1)
    let dump = try Command.run(["extract", "--format", "dump"], input: input)
    #expect(dump.code == 0 && dump.text.hasPrefix("document "))
    let lines = try Command.run(["extract", "--format", "jsonl"], input: input)
    #expect(lines.code == 0 && lines.text.hasPrefix("{"))
  }

  @Test func jobsGiveTheSameBytes() throws {
    let folder = Command.root + "/Corpora/news"
    let one = try Command.run(["extract", "--jobs", "1", "--date", "2024-06-15", folder])
    let two = try Command.run(["extract", "--jobs", "2", "--date", "2024-06-15", folder])
    #expect(one.code == 0 && two.code == 0)
    #expect(one.output == two.output)
    #expect(one.lines.count == 14)
    let lines = Command.root + "/Corpora/news.jsonl"
    let again = try Command.run(["extract", "--jobs", "2", lines])
    #expect(try again.output == Command.run(["extract", "--jobs", "1", lines]).output)
  }

  @Test func outputFile() throws {
    let scratch = try Scratch()
    let path = scratch.folder + "/out.jsonl"
    let run = try Command.run(["extract", "--output", path], input: Array(Self.sentence.utf8))
    #expect(run.code == 0 && run.output.isEmpty)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("{"))
    let bad = try Command.run(
      ["extract", "--output", "/no/such/folder/out"], input: Array(Self.sentence.utf8))
    #expect(bad.code == 4)
    #expect(bad.errors.contains("/no/such/folder/out"))
  }

  @Test func closedPipeEndsQuietly() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let guanxi = try Command.executable().path
    process.arguments = [
      "-c",
      "'\(guanxi)' extract --lexicons '\(Command.root)/Lexicons/news' '\(Command.root)/Corpora/news' "
        + "'\(Command.root)/Corpora/news' | head -c 10 > /dev/null",
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let written = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(written.isEmpty, "\(String(decoding: written, as: UTF8.self))")
  }

  // MARK: Exit codes

  @Test(arguments: [
    ["extract", "--nonsense"], ["extract", "--date", "tomorrow"], ["extract", "--jobs", "0"],
    ["extract", "--offsets", "furlongs"], ["extract", "--format", "poem"], ["nonsense"],
  ])
  func usage(_ arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.code == 64 || run.code == 2, "\(run.code)")
    #expect(run.output.isEmpty && !run.errors.isEmpty)
  }

  @Test func helpAndVersion() throws {
    for arguments in [["--help"], ["extract", "--help"], ["lexicon", "check", "--help"]] {
      let run = try Command.run(arguments)
      #expect(run.code == 0 && run.text.contains("USAGE"))
    }
    let version = try Command.run(["--version"])
    #expect(version.code == 0 && version.text.contains("ICU"))
  }

  @Test func invalidKnowledge() throws {
    let run = try Command.run(["extract", "--lexicons", "/no/such/folder"])
    #expect(run.code == 3)
    #expect(run.output.isEmpty && run.errors.contains("/no/such/folder"))
  }
}
