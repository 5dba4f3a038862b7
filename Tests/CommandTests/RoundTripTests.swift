import Foundation
import Testing

/// Every form of output, written by the command and read back by other programs.
@Suite(.serialized) struct RoundTripTests {
  private static let forms = [
    "csv", "tsv", "mentions.csv", "mentions.tsv", "times.csv", "times.tsv", "quantities.csv",
    "quantities.tsv", "brat", "conll", "nt", "ttl", "jsonld", "sqlite", "graphml", "dot", "html",
  ]

  /// Texts with all that has a meaning somewhere.
  private static let odd = #"""
    {"id": "odd/1 <b>\"x\"", "title": "</script><img src=x onerror=alert(1)>", "date": "2024-06-15", "text": "昨天，</script><img src=x>和平区教育局\"局长\"李建国说，<!-- <script>😀😀区教育局将建立14个\t培养\n基地，投入3,500万元 & \\5%。\r\n和平区\r\n教育局\u0000同意\ufffd该局\u2028不会出售《毛泽东选集》。\n\n王建国任和平区教育局局长，2024年5月1日起生效。"}
    {"id": "empty", "text": ""}
    {"id": "traditional", "date": "2024-06-15", "text": "和平區(qū)教育局昨日表示，將投資2000萬元建設14 個培養基地。中美兩國簽署協議。"}
    """#

  /// Runs the command once a form and gives the folder, in which the records are as well.
  private func write(_ options: [String] = []) throws -> Scratch {
    let scratch = try Scratch()
    let odd = try scratch.write("odd.jsonl", Self.odd)
    for form in Self.forms + ["jsonl"] {
      let run = try Command.run(
        ["extract", "--format", form, "--output", scratch.folder + "/records." + form] + options
          + [odd, Command.root + "/Corpora/news"])
      #expect(run.code == 0, "\(form): \(run.errors)")
      #expect(run.output.isEmpty, "\(form) wrote to standard output")
    }
    return scratch
  }

  /// A Python of `GUANXI_PYTHON`, else the first `python3` of the path; nil without one.
  private func python() -> URL? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["GUANXI_PYTHON"] { return URL(fileURLWithPath: path) }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { URL(fileURLWithPath: $0) }
  }

  @Test func otherProgramsReadTheSameFacts() throws {
    let scratch = try write(["--values", "all"])
    guard let python = python() else {
      print("round trips: skipped, there is no python3; CONTRIBUTING.md says what they need")
      return
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = python
    process.arguments = [Command.root + "/Tests/RoundTrips/round_trips.py", scratch.folder]
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    print(output)
    #expect(process.terminationStatus == 0, "\(output)")
    #expect(output.split(separator: "\n").count == Self.forms.count)
  }

  @Test func sameBytesOnTwoThreads() throws {
    let one = try write()
    let two = try write(["--jobs", "2"])
    for form in Self.forms where form != "brat" {
      let paths = [one, two].map { $0.folder + "/records." + form }
      var files = try paths.map {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self)
      }
      // The odd texts lie in another folder, and records name it.
      if form != "sqlite" {
        files[1] = files[1].replacingOccurrences(of: two.folder, with: one.folder)
      }
      #expect(files[0].utf8.count == files[1].utf8.count, "\(form)")
      if form != "sqlite" { #expect(files[0] == files[1], "\(form)") }
    }
  }

  @Test func optionsThatMakeNoSense() throws {
    for (options, words) in [
      (["--base-iri", "news"], "--base-iri"), (["--report-documents", "-1"], "--report-documents"),
      (["--format", "xlsx"], "graphml"),
    ] {
      let run = try Command.run(["extract"] + options, input: [])
      #expect(run.code == 2, "\(options)")
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test func baseIRIAndReportLimit() throws {
    let graph = try Command.run(
      ["extract", "--format", "nt", "--base-iri", "urn:example:"],
      input: Array("2020年，和平区建立14个培养基地。".utf8))
    #expect(graph.code == 0)
    #expect(graph.text.contains("<urn:example:document/stdin#f1> "))
    #expect(graph.text.contains("<urn:example:relation/establish> "))
  }
}
