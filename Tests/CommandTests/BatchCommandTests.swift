import Foundation
import Testing

/// `guanxi extract` over many documents: several outputs, interruptions, and what goes wrong outside of it.
@Suite(.serialized) struct BatchCommandTests {
  // MARK: Outputs

  @Test func severalFormats() throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(20)
    let out = fixture.scratch.folder + "/out/r"
    _ = try fixture.scratch.write("out/kept", [])
    let run = try fixture.run(
      ["extract", corpus, "--format", "tsv", "--format", "jsonl", "--output", out])
    #expect(run.code == 0 && run.output.isEmpty, "\(run.errors)")
    #expect(
      try fixture.files(fixture.scratch.folder + "/out").keys.sorted() == [
        "kept", "r.jsonl", "r.tsv",
      ])
    for format in ["tsv", "jsonl"] {
      let one = try fixture.run(["extract", corpus, "--format", format])
      #expect(FileManager.default.contents(atPath: "\(out).\(format)") == one.output, "\(format)")
    }
    // Two with the same ending go by their names.
    let texts = try fixture.run(
      ["extract", corpus, "--format", "table", "--format", "dump", "--output", out])
    #expect(texts.code == 0)
    let there = try fixture.files(fixture.scratch.folder + "/out")
    #expect(there["r.table"] != nil && there["r.dump"] != nil, "\(there.keys)")
  }

  /// An output among the inputs would be read as well.
  @Test func outputAmongTheInputs() throws {
    let scratch = try Scratch()
    let input = try scratch.write("in/a.txt", "会议闭幕。")
    for (inputs, output) in [(scratch.folder + "/in", "in/b.jsonl"), (input, "in/a.txt")] {
      let run = try Command.run(["extract", inputs, "--output", scratch.folder + "/" + output])
      #expect(run.code == 4 && run.errors.contains("lies in the input"), "\(run.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder + "/in").count == 1)
  }

  @Test(arguments: [
    ["--format", "tsv", "--format", "jsonl"], ["--format", "tsv", "--format", "tsv"],
    ["--resume"], ["--restart"], ["--output", "x", "--resume", "--restart"],
    ["--max-characters", "0"], ["--max-steps", "0"],
  ])
  func usage(_ arguments: [String]) throws {
    let run = try Command.run(["extract"] + arguments)
    #expect(run.code == 2, "\(run.errors)")
    #expect(run.output.isEmpty && !run.errors.isEmpty)
  }

  @Test func sameBytesOnAnyNumberOfThreads() throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(150)
    let one = try fixture.run(["extract", corpus])
    #expect(one.code == 1 && one.lines.count == 150, "\(one.errors)")
    for jobs in ["2", "5"] {
      #expect(try fixture.run(["extract", corpus, "--jobs", jobs]).output == one.output)
    }
  }

  @Test func summary() throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(50)
    let file = fixture.scratch.folder + "/summary.json"
    let run = try fixture.run(
      ["extract", corpus, fixture.scratch.folder + "/none", "--summary", "--summary-file", file])
    #expect(run.code == 1)
    #expect(run.errors.contains("\ndocuments                       50\n"), "\(run.errors)")
    let data = try #require(FileManager.default.contents(atPath: file))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["documents"] as? Int == 50 && json["failures"] as? Int == 2)
    #expect((json["failed"] as? [[String: Any]])?.count == 2)
    let facts = try #require(json["facts"] as? [String: Int])
    let written = try run.lines.reduce(0) {
      let record = try JSONSerialization.jsonObject(with: Data($1.utf8)) as? [String: Any]
      return $0 + ((record?["triples"] as? [Any])?.count ?? 0)
    }
    #expect(facts.values.reduce(0, +) == written)
    let quiet = try fixture.run(["extract", corpus, "--quiet", "--progress"])
    #expect(quiet.output == run.output && !quiet.errors.contains("MB/s"))
  }

  // MARK: Limits

  @Test func limitsEndOneDocument() throws {
    let fixture = try BatchFixture()
    let sentence = "会议在北京举行。"
    let long = try fixture.scratch.write(
      "a.jsonl",
      "{\"id\": \"long\", \"text\": \"\(String(repeating: sentence, count: 50))\"}\n"
        + "{\"id\": \"short\", \"text\": \"\(sentence)\"}\n")
    for (option, value) in [("--max-characters", "20"), ("--max-steps", "300")] {
      let run = try fixture.run(["extract", long, "--verify", option, value])
      #expect(run.code == 0, "\(run.errors)")
      let records = try run.lines.map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      let remarks = try #require(records[0]["diagnostics"] as? [[String: Any]])
      #expect(remarks.first?["kind"] as? String == "limit")
      let start = try #require(remarks.first?["start"] as? Int)
      #expect(start > 0 && start % sentence.count == 0 && remarks.first?["end"] as? Int == 400)
      #expect((records[0]["mentions"] as? [Any])?.count == start / sentence.count)
      #expect((records[1]["diagnostics"] as? [Any])?.isEmpty == true)
      #expect(run.errors.contains("limit"))
      #expect(
        try fixture.run(["extract", long, option, value, "--jobs", "2"]).output == run.output)
    }
  }

  // MARK: A filter

  /// A line is answered before the next one is sent, on any number of threads.
  @Test(arguments: ["1", "3"])
  func answersLineByLine(jobs: String) throws {
    let fixture = try BatchFixture()
    let filter = try RunningCommand(
      ["extract", "-", "--input-format", "jsonl", "--line-buffered", "--jobs", jobs],
      knowledge: fixture.knowledge)
    for number in 0..<20 {
      try filter.send("{\"id\": \"line-\(number)\", \"text\": \"会议在北京举行。\"}")
      #expect(try filter.receive().hasPrefix("{\"id\": \"line-\(number)\""))
    }
    try filter.endInput()
    #expect(try filter.end().code == 0)
  }

  // MARK: What goes wrong outside

  /// What stood there before stands there until the end, and a run that did not end is not overwritten.
  @Test func refusesToOverwriteAnOpenRun() throws {
    let fixture = try BatchFixture()
    let corpus = try String(contentsOfFile: fixture.corpus(60), encoding: .utf8)
    let out = try fixture.scratch.write("out/r", "as it was")
    try interrupt(fixture, corpus, out)
    #expect(try String(contentsOfFile: out, encoding: .utf8) == "as it was")
    let filter = ["extract", "-", "--input-format", "jsonl"]
    func run(_ arguments: [String], input: String = corpus) throws -> Command.Outcome {
      try fixture.run(filter + arguments, input: Array(input.utf8))
    }
    let refused = try run(["--output", out])
    #expect(refused.code == 4 && refused.errors.contains("--restart"), "\(refused.errors)")
    let other = try run(["--output", out, "--resume", "--values", "all"])
    #expect(other.code == 4 && other.errors.contains("--values was none and is all"))
    let elsewhere = try run(["-", "--output", out, "--resume"])
    #expect(elsewhere.code == 4 && elsewhere.errors.contains("list of inputs"))
    let changed = try run(
      ["--output", out, "--resume"], input: corpus.replacingOccurrences(of: "\"d0", with: "\"e0"))
    #expect(
      changed.code == 4 && changed.errors.contains("inputs have changed"), "\(changed.errors)")
    // A journal whose last line was cut off counts up to the line before.
    let journal = out + ".journal"
    let lines = try String(contentsOfFile: journal, encoding: .utf8)
    try lines.dropLast(9).write(toFile: journal, atomically: false, encoding: .utf8)
    let resumed = try run(["--output", out, "--resume"])
    #expect(resumed.code == 1 && resumed.errors.contains("goes on behind"), "\(resumed.errors)")
    #expect(try fixture.files(fixture.scratch.folder + "/out") == ["r": try run([]).output])
  }

  @Test func restarts() throws {
    let fixture = try BatchFixture()
    let corpus = try String(contentsOfFile: fixture.corpus(60), encoding: .utf8)
    let out = try fixture.scratch.write("out/r", [])
    try interrupt(fixture, corpus, out)
    let other = try fixture.corpus(10, named: "other.jsonl")
    #expect(try fixture.run(["extract", other, "--output", out, "--restart"]).code == 0)
    #expect(
      try fixture.files(fixture.scratch.folder + "/out") == [
        "r": try fixture.run(["extract", other]).output
      ])
  }

  /// A run over standard input that gets a signal while it waits for more.
  private func interrupt(_ fixture: BatchFixture, _ corpus: String, _ out: String) throws {
    let run = try RunningCommand(
      [
        "extract", "-", "--input-format", "jsonl", "--output", out, "--checkpoint-bytes", "1",
        "--jobs", "2",
      ], knowledge: fixture.knowledge)
    for line in corpus.split(separator: "\n").prefix(10) { try run.send(String(line)) }
    run.wait {
      let journal = FileManager.default.contents(atPath: out + ".journal") ?? Data()
      return journal.filter { $0 == UInt8(ascii: "\n") }.count > 5
    }
    run.signal(SIGINT)
    let ending = try run.end()
    #expect(ending.code == 130, "\(ending.errors)")
    #expect(ending.errors.contains("--resume"))
  }

  /// A disk that is full: said, nothing passed off as whole, and gone on with where there is room again.
  @Test func fullDisk() throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(40)
    let out = fixture.scratch.folder + "/out"
    let guanxi = try Command.executable().path
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    // No file beyond 64 blocks of 1,024 bytes.
    shell.arguments = [
      "-c",
      "ulimit -f 64; exec '\(guanxi)' extract --lexicons '\(fixture.knowledge)' '\(corpus)' "
        + "--output '\(out)' --checkpoint-bytes 2000",
    ]
    let errors = Pipe()
    shell.standardError = errors
    try shell.run()
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationReason == .exit && shell.terminationStatus == 4)
    #expect(said.contains("out.partial: cannot be written") && said.contains("--resume"), "\(said)")
    #expect(!FileManager.default.fileExists(atPath: out))
    let resumed = try fixture.run(["extract", corpus, "--output", out, "--resume"])
    #expect(resumed.code == 0 && resumed.errors.contains("goes on behind"), "\(resumed.errors)")
    #expect(
      FileManager.default.contents(atPath: out) == (try fixture.run(["extract", corpus]).output))
    // A device is written to as it is.
    let full = try fixture.run(["extract", corpus, "--output", "/dev/full"])
    #expect(full.code == 4 && full.errors.contains("/dev/full: cannot be written"))
  }

  /// Nobody reads any more: no word, but a code that does not pass for success.
  @Test func closedPipe() throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(100)
    let guanxi = try Command.executable().path
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = [
      "-c",
      "'\(guanxi)' extract --lexicons '\(fixture.knowledge)' '\(corpus)' --quiet --line-buffered "
        + "2>/dev/null | head -n 1 > /dev/null; exit ${PIPESTATUS[0]}",
    ]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationReason == .exit && shell.terminationStatus == 141)
  }

  // MARK: Crashes

  /// Runs that are killed at any moment and resumed until they are done write what an uninterrupted one does: every
  /// byte of every form, and nothing beside.
  @Test(arguments: ["1", "2"])
  func killedAndResumed(jobs: String) throws {
    let fixture = try BatchFixture()
    let corpus = try fixture.corpus(200)
    let help = try fixture.run(["extract", "--help"]).text
    let formats =
      ["jsonl", "tsv"] + ["sqlite", "brat"].filter { help.contains("\($0),") }
    func arguments(_ folder: String) -> [String] {
      ["extract", corpus, "--jobs", jobs, "--output", "\(fixture.scratch.folder)/\(folder)/r"]
        + ["--resume", "--checkpoint-bytes", "3000"] + formats.flatMap { ["--format", $0] }
    }
    for folder in ["whole", "killed"] { _ = try fixture.scratch.write(folder + "/none", []) }
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try fixture.run(arguments("whole")).code == 1)
    // Only where the moments are looked for: nothing depends on how long a run takes.
    let micros = Int((clock.now - start) / .microseconds(1))
    let whole = try fixture.files(fixture.scratch.folder + "/whole")
    #expect(whole.count > formats.count)
    var random = SeededRandom(seed: 20260611)
    var kills = 0
    while true {
      let run = try RunningCommand(arguments("killed"), knowledge: fixture.knowledge)
      if kills < 24 {
        usleep(UInt32(Int.random(in: 0...(micros / 4 + 30_000), using: &random)))
        run.signal(SIGKILL)
      }
      let ending = try run.end()
      guard let code = ending.code else {
        kills += 1
        continue
      }
      #expect(code == 1, "\(ending.errors)")
      #expect(try fixture.files(fixture.scratch.folder + "/killed") == whole)
      if kills >= 24 { return }
      try FileManager.default.removeItem(atPath: fixture.scratch.folder + "/killed")
      _ = try fixture.scratch.write("killed/none", [])
    }
  }
}

/// The same numbers in every run of the tests (SplitMix64; Steele, Lea, Flood, OOPSLA 2014).
private struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
