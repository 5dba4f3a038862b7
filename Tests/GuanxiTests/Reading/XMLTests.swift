import Annotations
import Foundation
import Reading
import Testing

/// Documents of XML and of what looks like it.
struct XMLTests {
  /// All documents of a text that comes in portions of so many bytes.
  private func read(
    _ bytes: [UInt8], rules: String? = nil, portion: Int = 1 << 16, longestText: Int = 1 << 20
  ) throws -> [XMLRecord] {
    var rest = bytes[...]
    var reader = XMLReader(rules: try rules.map { try XMLRules($0) }, longestText: longestText) {
      let next = rest.prefix(portion)
      rest = rest.dropFirst(portion)
      return next.isEmpty ? nil : next
    }
    var records: [XMLRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private func dump(_ records: [XMLRecord]) -> String {
    records.map { record in
      "## \(record.id ?? "-") | \(record.title ?? "-") | \(record.date ?? "-")\n"
        + record.diagnostics.map { "! \($0.kind): \($0.message)\n" }.joined() + record.text + "\n"
    }.joined()
  }

  /// Files of all formats; the portions in which they come make no difference.
  @Test func files() throws {
    try FileCases.run("xml", atLeast: 10) { name, bytes in
      let found = dump(try read(bytes))
      for portion in [1, 2, 3, 7, 64] {
        #expect(
          dump(try read(bytes, portion: portion)) == found, "\(name) in portions of \(portion)")
      }
      return found
    }
  }

  /// Files of news that are no part of the project.
  @Test(.enabled(if: Repository.shared != nil, "there is no folder shared beside the checkout"))
  func newsFiles() throws {
    let folder = (Repository.shared ?? "") + "/data/encodings/xmlnews"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count > 200)
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      let records = try read(bytes)
      #expect(records.count == 1, "\(name)")
      #expect(records.first?.title != nil, "\(name)")
      #expect(records.first?.date?.utf8.count == 19, "\(name)")
      #expect(records.first?.text.isEmpty == false, "\(name)")
    }
  }

  @Test func ownRules() throws {
    let file = """
      <liste><beitrag nr="7"><kopf><t>题目</t><tag d="2020.1.2"/></kopf><p>第一段。</p><x><p>第二段。</p></x></beitrag></liste>
      """
    let records = try read(
      Array(file.utf8), rules: "record=beitrag, id=@nr, title=kopf/t, date=tag/@d, text=p")
    #expect(dump(records) == "## 7 | 题目 | 2020-01-02\n第一段。\n第二段。\n")
  }

  @Test(arguments: [
    "", "doc", "record=doc", "record=,text=a", "record=doc,text=a//b", "record=@x,text=a",
    "foo=a,record=b,text=c",
  ])
  func faultyRules(_ written: String) {
    #expect(throws: XMLRules.Fault.self) { try XMLRules(written) }
  }

  // MARK: Hostile files

  private func one(_ text: String) throws -> XMLRecord {
    let records = try read(Array(text.utf8))
    #expect(records.count == 1)
    return try #require(records.first)
  }

  @Test func entityBomb() throws {
    var declarations = "<!ENTITY e0 \"哈哈哈哈\">"
    for level in 1...20 {
      declarations += "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">"
    }
    let record = try one(
      "<?xml version=\"1.0\"?><!DOCTYPE doc [\(declarations)]><doc><text>&e0;，&e20;。</text></doc>")
    #expect(record.text == "哈哈哈哈，&e20;。")
    #expect(record.diagnostics.map(\.kind) == ["markup"])
  }

  @Test func externalEntity() throws {
    let record = try one(
      "<?xml version=\"1.0\"?><!DOCTYPE doc [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://x.invalid/p\"> %p;]><doc><text>一&x;二</text></doc>"
    )
    #expect(record.text == "一&x;二")
  }

  /// An entity whose text is long, in a file of references: what is held has a bound.
  @Test func manyReferences() throws {
    let long = String(repeating: "长", count: 300)
    let file =
      "<!DOCTYPE doc [<!ENTITY l \"\(long)\">]><doc><text>"
      + String(repeating: "&l;", count: 10_000) + "</text></doc>"
    let records = try read(Array(file.utf8), longestText: 100_000)
    #expect(try #require(records.first).text.utf8.count < 101_000)
    #expect(records.first?.diagnostics.map(\.kind) == ["too-long"])
  }

  @Test func deepNesting() throws {
    let open = String(repeating: "<a>", count: 100_000)
    let close = String(repeating: "</a>", count: 100_000)
    let record = try one(
      "<doc><title>题</title><text>" + open + "深处的话。" + close + "结尾。</text></doc>")
    #expect(record.title == "题")
    #expect(record.text.hasPrefix("深处的话。"))
    #expect(record.text.hasSuffix("结尾。"))
    #expect(record.diagnostics.map(\.kind) == ["markup"])
    // The same, never closed.
    #expect(try one("<doc><text>" + open + "深处的话。").text == "深处的话。")
  }

  @Test func giantAttribute() throws {
    let value = String(repeating: "字", count: 1 << 20)
    let record = try one("<doc><text><p a=\"\(value)\" b=\"c\">话。</p>后面。</text></doc>")
    #expect(record.text == "话。\n后面。")
    #expect(record.diagnostics.map(\.kind) == ["markup"])
    // Without the quote that ends it, up to the next tag.
    #expect(try one("<doc><text><p a=\"xyz>话。</p>后面。</text></doc>").text == "话。\n后面。")
  }

  @Test func unfinished() throws {
    let ends = [
      "<!-- 注", "<![CDATA[丙", "<?x", "<!DOCTYPE a [", "<", "</", "<b", "&", "&#", "<b a='",
    ]
    for end in ends {
      let record = try one("<doc><text>甲乙" + end)
      #expect(record.text.hasPrefix("甲乙"), "\(end)")
      #expect(record.diagnostics.map(\.kind) == ["markup"], "\(end)")
    }
  }

  @Test func characters() throws {
    let record = try one(
      "<doc><text>&#20013;&#x6587;&nbsp;&mdash;&#0;&#xD800;&unknown;A&B &amp;lt;</text></doc>")
    #expect(record.text == "中文\u{A0}—\u{FFFD}\u{FFFD}&unknown;A&B &lt;")
  }

  /// A reference that is cut by the portions, text with controls, tags without names: nothing is fatal.
  @Test func randomMarkup() throws {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "<doc>", "</doc>", "<text>", "</text>", "<", ">", "&", "&amp;", "&#1;", "<![CDATA[", "]]>",
      "<!--", "-->", "甲。",
      "\"", "'", "<a b='", "/>", "<?", "?>", "<!DOCTYPE", "[", "]", "\u{1C}", "\n", " ", "</",
      "<x:y z=1>",
    ]
    for _ in 0..<2000 {
      let text = (0..<30).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      let whole = dump(try read(Array(text.utf8)))
      #expect(dump(try read(Array(text.utf8), portion: 3)) == whole, "\(text)")
    }
  }
}
