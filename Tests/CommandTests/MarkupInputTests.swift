import Foundation
import Testing

/// Pages and XML as inputs of `guanxi extract`.
@Suite(.serialized) struct MarkupInputTests {
  private static let sentence = "2020年，和平区建立14个培养基地，投资三亿元，由区政府负责建设和管理，明年完工。"

  private func records(_ run: Command.Outcome) throws -> [[String: Any]] {
    try run.lines.map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func articleOfAPage() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "page.html",
      """
      <!-- saved --><html><head><title>和平区建基地_新闻网</title></head><body>
      <div class="nav"><a href="/">首页</a></div><h1>和平区建基地</h1><p>2021-03-15 08:00</p>
      <div><p>\(Self.sentence)</p></div><div class="footer">新闻网版权所有，不得转载。</div></body></html>
      """)
    let run = try Command.run(["extract", "--verify", path])
    #expect(run.code == 0, "\(run.errors)")
    let record = try #require(try records(run).first)
    #expect(record["title"] as? String == "和平区建基地")
    #expect(record["date"] as? String == "2021-03-15")
    #expect((record["diagnostics"] as? [Any])?.isEmpty == true)
    let facts = try #require(record["triples"] as? [[String: Any]])
    #expect(facts.contains { ($0["relation"] as? [String: Any])?["text"] as? String == "建立" })
    #expect(!facts.contains { ($0["relation"] as? [String: Any])?["text"] as? String == "转载" })
  }

  @Test func documentsOfXML() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "news.dat",
      """
      <doc>
      <docno>n1</docno>
      <contenttitle>基地</contenttitle>
      <content>\(Self.sentence)</content>
      </doc>
      <doc>
      <docno>n2</docno>
      <content>会议闭幕。
      <doc>
      <docno>n3</docno>
      <content>会议召开。</content>
      </doc>
      """)
    let run = try Command.run(["extract", path])
    #expect(run.code == 0, "\(run.errors)")
    let found = try records(run)
    #expect(found.map { $0["id"] as? String } == ["n1", "n2", "n3"])
    let origins = found.compactMap { $0["origin"] as? String }
    #expect(origins.map { String($0.suffix(11)) } == (1...3).map { "/news.dat#\($0)" })
    #expect(run.errors.contains("markup"))
  }

  @Test func rulesOfXML() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "own.xml",
      "<?xml version='1.0'?><a><b nr='7'><c>标题</c><d>\(Self.sentence)</d></b></a>")
    let rules = "record=b,id=@nr,title=c,text=d"
    let run = try Command.run(["extract", "--xml", rules, path])
    #expect(try records(run).first?["id"] as? String == "7")
    #expect(try records(run).first?["title"] as? String == "标题")
    let none = try Command.run(["extract", "--xml", "record=x,text=d", path])
    #expect(none.code == 1)
    #expect(none.errors.contains("<x>"), "\(none.errors)")
    let faulty = try Command.run(["extract", "--xml", "record", path])
    #expect(faulty.code == 2)
    #expect(faulty.errors.contains("record=doc"), "\(faulty.errors)")
  }

  /// The charset of a file of XML is the one that it declares, also where its first characters are few.
  @Test func declaredCharset() throws {
    let scratch = try Scratch()
    let head = Array("<?xml version='1.0' encoding='gb2312'?><doc><id>1</id><text>".utf8)
    // 会议闭幕。
    let body: [UInt8] = [0xBB, 0xE1, 0xD2, 0xE9, 0xB1, 0xD5, 0xC4, 0xBB, 0xA1, 0xA3]
    let path = try scratch.write("gb.xml", head + body + Array("</text></doc>".utf8))
    let run = try Command.run(["extract", "--format", "dump", path])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.text.contains("会议闭幕"), "\(run.text)")
  }
}
