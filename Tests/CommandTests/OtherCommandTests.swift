import Foundation
import Testing

/// `guanxi segment` and `guanxi lexicon check` as users run them.
@Suite(.serialized) struct OtherCommandTests {
  @Test func segmentLosesNothing() throws {
    let scratch = try Scratch()
    let text =
      "和平区建立14个培养基地。\n\n  两个 空格\t和制表符\n😀𠮷野家, Hello world!\r\n１２３％、“引语”\n最后一行没有换行"
    let path = try scratch.write("text.txt", text)
    for options in [[], ["--lexicons", "none"], ["--engine", "icu"]] {
      let run = try Command.run(["segment", path] + options)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.text != text)
      let lines = lines(of: run.text)
      let source = self.lines(of: text)
      #expect(lines.count == source.count, "\(options)")
      for (line, original) in zip(lines, source) {
        #expect(line.filter { $0 != " " } == original.filter { $0 != " " }, "\(options)")
      }
      let words = try Command.run(["segment", "--format", "jsonl", path] + options)
      #expect(words.code == 0)
      let records = self.lines(of: words.text)
      #expect(records.count == source.count)
      for (record, original) in zip(records, source) {
        let object = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
        let pieces = try #require(object?["words"] as? [[String: Any]])
        #expect(pieces.compactMap { $0["text"] as? String }.joined() == original, "\(options)")
        var at = 0
        for piece in pieces {
          #expect(piece["start"] as? Int == at)
          at = piece["end"] as? Int ?? -1
        }
        #expect(at == original.unicodeScalars.count)
      }
    }
  }

  /// Split at line feeds alone: Swift takes CR LF for one character.
  private func lines(of text: String) -> [String] {
    text.utf8.split(separator: 10, omittingEmptySubsequences: false).compactMap { String($0) }
  }

  @Test func segmentExitCodes() throws {
    #expect(try Command.run(["segment"], input: Array("会议召开。".utf8)).text.contains("会议"))
    #expect(try Command.run(["segment"]).code == 0)
    let missing = try Command.run(["segment", "/no/such/file"])
    #expect(missing.code == 1 && missing.errors.contains("/no/such/file"))
    let usage = try Command.run(["segment", "--engine", "magic"])
    #expect(usage.code == 64 || usage.code == 2)
  }

  @Test func checkOfTheShippedKnowledge() throws {
    let run = try Command.run(["lexicon", "check", Command.root + "/Lexicons/news"])
    #expect(run.code == 0, "\(run.text)")
    #expect(run.text.contains("0 errors"))
  }

  @Test func compiledFileInPlaceOfTheFolder() throws {
    let scratch = try Scratch()
    let text = try scratch.write("text.txt", "2020年,和平区建立14个培养基地。")
    let file = scratch.folder + "/news.guanxi"
    let compile = try Command.run(["lexicon", "compile", "-o", file])
    #expect(compile.code == 0, "\(compile.errors)")
    for arguments in [
      ["extract", "--values", "all", text], ["extract", "--format", "dump", text],
      ["segment", text],
    ] {
      let folder = try Command.run(arguments)
      let option = try Command.run(arguments + ["--lexicons", file])
      let variable = try Command.run(arguments, environment: ["GUANXI_LEXICONS": file])
      #expect(folder.code == 0 && !folder.output.isEmpty)
      #expect(option.code == 0 && option.output == folder.output, "\(option.errors)")
      #expect(variable.code == 0 && variable.output == folder.output, "\(variable.errors)")
    }
    #expect(try Command.run(["lexicon", "check", file]).text.contains(" 0 errors"))
    let bench = try Command.run(["bench", "--rounds", "1", "--lexicons", file, text])
    #expect(bench.code == 0 && bench.text.contains("knowledge loaded in"), "\(bench.errors)")
    let version = try Command.run(["--version"])
    let versionOfFile = try Command.run(["--version"], environment: ["GUANXI_LEXICONS": file])
    #expect(version.lines[2] == versionOfFile.lines[2])
    #expect(try Command.run(["lexicon", "compile", file, "-o", file + ".2"]).code == 2)

    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: file))
    for arguments in [
      ["extract", text], ["segment", text], ["bench", text], ["lexicon", "check"], ["--version"],
    ] {
      let run = try Command.run(arguments, environment: ["GUANXI_LEXICONS": file])
      #expect(run.code == 3, "\(arguments): \(run.errors)")
      #expect((run.errors + run.text).contains("compile it again"), "\(arguments): \(run.errors)")
    }
  }

  @Test func checkOfABrokenFolder() throws {
    let scratch = try Scratch()
    _ = try scratch.write("words.tsv", "entry\tclass\n阿里巴巴\n\tORG\n腾讯\torg\n")
    _ = try scratch.write(
      "names.rules",
      "stage names\nrule 甲\n  match  @ogr\n  emit   ORG\n  + 腾讯\nrule 乙\n  mach \"甲\"\n")
    let run = try Command.run(["lexicon", "check", scratch.folder])
    #expect(run.code == 3)
    for place in ["words.tsv:2", "words.tsv:3", "names.rules:3:11", "names.rules:7:3"] {
      #expect(run.text.contains("\(place): error: "), "\(place) is missing in\n\(run.text)")
    }
    #expect(run.text.contains("did you mean \"org\""), "\(run.text)")
    #expect(run.text.contains("[unknown-class]\n    match  @ogr\n            ^\n"), "\(run.text)")
    let extract = try Command.run(
      ["extract", "--lexicons", scratch.folder], input: Array("会议召开。".utf8))
    #expect(extract.code == 3 && extract.output.isEmpty)
    #expect(extract.errors.contains("words.tsv:2"))
    #expect(extract.errors.contains("[unknown-class]\n    match  @ogr\n            ^\n"))
  }

  @Test func checkRunsExamples() throws {
    let scratch = try Scratch()
    _ = try scratch.write("words.tsv", "entry\tclass\n腾讯\torg\n")
    _ = try scratch.write(
      "names.rules",
      "stage names\nrule 甲\n  match  @org\n  emit   ORG\n  + 腾讯成立。 => ORG(腾讯)\n  + 阿里成立。\n  - 腾讯上市。\n"
    )
    let run = try Command.run(["lexicon", "check", scratch.folder])
    #expect(run.code == 3)
    #expect(!run.text.contains("names.rules:5"), "\(run.text)")
    #expect(run.text.contains("names.rules:6:3: error: "), "\(run.text)")
    #expect(run.text.contains("asks for @org"), "\(run.text)")
    #expect(run.text.contains("names.rules:7:3: error: "), "\(run.text)")
  }
}
