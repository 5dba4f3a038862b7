import Annotations
import Extraction
import Foundation
import Knowledge
import Rules
import Testing

/// Files as no one should write them: each is reported with its place, and none brings the loader down.
struct FaultyFileTests {
  private static let table = "entry\tclass\n\u{963F}\u{91CC}\torg\n"

  private static func rules(_ pattern: String) -> String {
    "stage names\nrule X\n  match  \(pattern)\n  emit   ORG\n  + 阿里\n"
  }

  /// A file, and what is said of it: `line kind`, line 0 for the file as a whole.
  private static let files: [(name: String, bytes: [UInt8], faults: [String])] = {
    var files: [(name: String, bytes: [UInt8], faults: [String])] = []
    func add(_ name: String, _ text: String, _ faults: String...) {
      files.append((name, Array(text.utf8), faults))
    }
    func add(_ name: String, bytes: [UInt8], _ faults: String...) {
      files.append((name, bytes, faults))
    }
    add("a01.tsv", "entry\tclass\n阿里\torg\n腾讯\tor", "none")
    add("a02.tsv", bytes: Array(table.utf8).dropLast(6), "2 cell-count", "2 malformed-bytes")
    add("a03.tsv", bytes: table.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, "none")
    add("a04.tsv", bytes: [0xEF, 0xBB, 0xBF] + table.utf8, "none")
    add("a05.tsv", "entry\tclass\n阿\u{1}里\torg\n", "2 strange-characters")
    add("a06.tsv", "entry\tclass\rabc\torg\r", "1 line-end", "1 missing-column")
    add("a07.tsv", table.replacingOccurrences(of: "\n", with: "\r\n"), "none")
    add("a08.tsv", "entry\tclass\nentry\tclass\n腾讯\torg\n", "none")
    add("a09.tsv", "阿里\torg\n腾讯\torg\n", "1 no-header")
    add("a10.tsv", "entry\tclass\n阿里\n腾讯\torg\tx\n", "2 cell-count", "3 cell-count")
    add(
      "a11.tsv", "entry\tclass\n" + String(repeating: "长", count: 350_000) + "\torg\n",
      "2 long-entry")
    add("a12.tsv", "", "0 no-header")
    add("a13.tsv", bytes: [UInt8](repeating: 0, count: 100), "0 unreadable")
    add("b01.rules", "", "none")
    add("b02.rules", "stage names\nrule X\n  match  \"阿", "3 open-quote")
    add("b03.rules", rules("\"阿里\"").replacingOccurrences(of: "\n", with: "\r\n"), "none")
    add(
      "b04.rules", rules("\"阿里\"").replacingOccurrences(of: "\n", with: "\r"), "1 line-end",
      "1 unexpected-token")
    add("b05.rules", rules("＂阿里＂"), "3 open-quote")
    add("b06.rules", rules("\"阿里”"), "3 open-quote")
    add(
      "b07.rules", rules((0..<100_000).map { "\"甲\($0)\"" }.joined(separator: " | ")),
      "3 large-pattern")
    add(
      "b08.rules",
      rules(
        String(repeating: "(", count: 10_000) + "\"甲\"" + String(repeating: ")", count: 10_000)),
      "3 deep-nesting")
    add("b09.rules", rules("[a: " + String(repeating: "[a: ", count: 10_000)), "3 deep-nesting")
    add("b10.rules", rules("{1,99999 any}"), "3 bad-run")
    add("b11.rules", rules("{1,99999999999999999999999 any}"), "3 unexpected-token")
    add("b12.rules", rules("\"甲\"{9223372036854775807,9223372036854775807}"), "3 bad-count")
    add("b13.rules", "let a = a\n" + rules("\"阿里\""), "1 unknown-name")
    add("b14.rules", "let a = b\nlet b = \"甲\"\n" + rules("b"), "1 unknown-name")
    add(
      "b15.rules", rules("\"甲\"") + "rule X\n  match \"乙\"\n  emit ORG\n  + 乙\n", "6 duplicate-rule"
    )
    add("b16.rules", rules("@quantit"), "3 unknown-class")
    add("b17.rules", rules("@quantity[colour=red]"), "3 unknown-feature")
    add(
      "b18.rules", rules("\"甲\"").replacingOccurrences(of: "names", with: "naems"),
      "1 unknown-stage")
    add("b19.rules", rules("%entry"), "3 column-in-rule")
    add("b20.rules", rules("\"甲\"") + "  weight 99999999999999999999\n", "6 unexpected-token")
    add("b21.rules", rules("@quantity[value>1e99999999999]"), "3 bad-number")
    add("b22.rules", rules("(\"甲\"?)*"), "2 unbounded")
    add("c01.table.tsv", "# rule: nobody\nentry\n甲\n", "1 unknown-template")
    add("c02.table.tsv", "entry\n甲\n", "1 no-template")
    add("c03.keywords.tsv", "word\tkeyword\n配\tmacth\n", "2 unknown-keyword")
    add("c04.keywords.tsv", "keyword\tword\nmatch\t配\n", "1 no-header")
    add(
      "c05-tags.costs.tsv", "class\tfeature\tvalue\ttag\tcost\norg\t\t\tN\t99999999999999999999\n",
      "2 bad-cost")
    let forms = "class\tfirst\trest\tjoint\tcount\tcost\tother\tcut\tmargin\n"
    add("d01.forms.tsv", forms + "a.form\torg\torg\t\t2-1\t10\t\t0\t0\n", "2 bad-form")
    add("d02.forms.tsv", forms + "b.form\torg\torg\t\t1-2\tten\t\t0\t0\n", "2 bad-cost")
    add("d03.forms.tsv", forms + "c.form\torg\tnobody\t\t1\t10\t\t0\t0\n", "2 unknown-class")
    let grammar = "network\tfrom\ton\tto\tcost\tpart\n"
    add("e01.grammar.tsv", grammar + "s\ta\tend\t\tcheap\t\n", "2 bad-cost")
    add("e02.grammar.tsv", grammar + "s\ta\tN\tb\t0\tverb\n", "2 unknown-part")
    add("e03.grammar.tsv", grammar + "s\ta\tN[org\tb\t0\t\n", "2 bad-step")
    add("e04.grammar.tsv", "network\tfrom\tto\ton\tcost\tpart\n", "1 column-order")
    add("d04.forms.tsv", forms + "d.form\torg\tword\torg\t1\t10\t\t0\t0\n", "2 bad-form")
    return files
  }()

  @Test func files() throws {
    let folder = NSTemporaryDirectory() + "/guanxi-faulty-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in Self.files {
      try Data(file.bytes).write(to: URL(fileURLWithPath: folder + "/" + file.name))
    }
    try FileManager.default.createDirectory(
      atPath: folder + "/d01.rules", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/d02.rules", withDestinationPath: "d03.rules")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/d03.rules", withDestinationPath: "d02.rules")
    let loaded = try KnowledgeLoader.load(folder: folder)
    #expect(loaded.knowledge == nil)
    let expected =
      Self.files.map { ($0.name, $0.faults) } + [
        ("d01.rules", ["0 unreadable"]), ("d02.rules", ["0 unreadable"]),
        ("d03.rules", ["0 unreadable"]),
      ]
    for (name, faults) in expected {
      let found = loaded.diagnostics.filter {
        $0.file == name && !["charset", "duplicate-row"].contains($0.kind)
      }
      let said = found.map { "\($0.line) \($0.kind)" }
      #expect(said == (faults == ["none"] ? [] : faults), "\(name)")
      for text in loaded.diagnosticText.text(found) {
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 1000 }, "\(name)")
      }
    }
  }

  @Test func circleOfStages() throws {
    let (_, faults) = compile(
      "stage a after b\nstage b after c\nstage c after a\nstage d after d\n", ClassTable())
    #expect(faults.map(\.kind) == ["stage-circle"] && faults[0].line > 0)
  }

  private func compile(
    _ text: String, _ known: ClassTable
  ) -> (stages: [StageProgram], faults: [KnowledgeDiagnostic]) {
    var classes = known
    let (stages, faults) = RuleCompiler.compile(
      RuleSources(
        [RuleSources.File(name: "a.rules", number: 0, text: text)],
        fold: { $0.unicodeScalars.map(\.value) }), classes: &classes,
      features: ["note", "type", "left", "short", "subtype"], stages: ["names"])
    return (stages, faults)
  }

  /// Bytes changed, taken out and doubled anywhere.
  private func damaged(_ text: String, _ random: inout SplitMix64) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
      let start = random.below(bytes.count)
      let end = min(bytes.count, start + 1 + random.below(40))
      switch random.below(4) {
      case 0: bytes[start] = UInt8(random.below(256))
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: random.below(bytes.count))
      default: bytes[start] = random.pick(Array("()[]{}|@%\"+*?=,.-0199\t\n".utf8))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func damagedRules() throws {
    let classes = try Shared.knowledge().classes
    var random = SplitMix64(seed: 20_240_615)
    let names = ["events", "organizations", "persons", "facts", "names", "words"]
    let texts = try names.map { try Repository.text("Lexicons/news/\($0).rules") }
    for round in 0..<1000 {
      let (_, faults) = compile(damaged(random.pick(texts), &random), classes)
      for fault in faults {
        #expect(fault.file == "a.rules" && fault.line > 0, "round \(round): \(fault)")
      }
    }
  }

  @Test func damagedTables() throws {
    var random = SplitMix64(seed: 7)
    let rules =
      "stage names keep all\ntemplate t\n  match  [a: {1,1 han}] %entry %b\n  emit   PER(x = %c, y = a)\n"
    let table =
      "# rule: t\nentry\tb\tc\t+\t-\n甲|乙\t@org\tx\t看见甲腾讯。\t乙\n丙\t(\"子\" | {1,2 han})\ty\t\t\n"
    let costs = "class\tfeature\tvalue\ttag\tcost\n*\t\t\tN\t30\norg\t\t\tN\t0\n"
    let grammar = """
      network\tfrom\ton\tto\tcost\tpart
      sentence\tstart\t(phrase)\tdone\t1\tsubject
      sentence\tdone\tN[org] N[entry=腾讯/阿里]\tdone\t2\tobject+
      sentence\tstart done\t*\tdone\t25\t
      sentence\tdone\tend\t\t0\t
      phrase\tbegin\tN\thead\t0\t
      phrase\t*\tN\t\t3\t
      phrase\thead\t-\ttail\t1\t
      phrase\ttail\tend\t\t0\t

      """
    for round in 0..<60 {
      let loaded = try KnowledgeLoader.load(
        folder: nil,
        over: [
          LexiconFile(name: "a.tsv", text: damaged("entry\tclass\tcost\n腾讯\torg\t10\n", &random)),
          LexiconFile(name: "a.rules", text: damaged(rules, &random)),
          LexiconFile(name: "tags.costs.tsv", text: costs),
          LexiconFile(name: "t.table.tsv", text: damaged(table, &random)),
          LexiconFile(name: "g.grammar.tsv", text: damaged(grammar, &random)),
        ])
      if let knowledge = loaded.knowledge {
        var session = ExtractionSession(knowledge)
        _ = session.analyze(Document(id: "test", text: "腾讯阿里腾讯。看见甲腾讯。"))
      }
      for fault in loaded.diagnostics {
        let isWhole = fault.kind == "no-header"
        #expect(!fault.file.isEmpty && (fault.line > 0 || isWhole), "round \(round): \(fault)")
      }
    }
  }
}
