import Annotations
import Foundation
import Reading
import Testing

/// Articles of pages, and their charsets.
struct PageTests {
  /// Pages of many layouts: title, day, whether there is an article, and its lines.
  @Test func pages() throws {
    try FileCases.run("html", atLeast: 12) { _, bytes in
      let page = HTMLReader.read(String(decoding: bytes, as: UTF8.self))
      var head = "title: \(page.title ?? "-")\ndate: \(page.date?.iso ?? "-")\n"
      head += page.isArticle ? "article\n" : "no article\n"
      if !page.frames.isEmpty { head += "frames: \(page.frames.joined(separator: " "))\n" }
      return head + "\n" + page.text + "\n"
    }
  }

  /// Saved pages of many sites, which are no part of the project.
  @Test(.enabled(if: Repository.shared != nil, "there is no folder shared beside the checkout"))
  func savedPages() throws {
    let folder = (Repository.shared ?? "") + "/data/encodings/gne-html"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".html") }.sorted()
    var without: [String] = []
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      let page = HTMLReader.read(try HTMLCharset.decode(bytes).text)
      if !page.isArticle || page.title == nil { without.append(name) }
    }
    #expect(names.count - without.count >= 60, "without an article: \(without)")
  }

  @Test func deepNesting() {
    let inner = "<p>深处的一句话，读不到它。</p>"
    let deep = String(repeating: "<div>", count: 100_000) + inner
    let page = HTMLReader.read("<html><body><p>开头的一段话，应当读到。</p>" + deep)
    #expect(page.isCutOff)
    #expect(page.text.contains("开头的一段话"))
  }

  @Test func giantPage() {
    let row = "<tr><td><a href='x'>链接</a></td><td>短</td></tr>"
    let text = "<p>" + String(repeating: "这是正文，句子很多。", count: 30) + "</p>"
    let page = HTMLReader.read(
      "<html><body>" + text + "<table>" + String(repeating: row, count: 50_000)
        + "</table></body></html>")
    #expect(page.isArticle)
    #expect(page.text.count == 300)
  }

  @Test(
    arguments: [
      ("<meta charset=gbk>", "gbk"),
      ("<META http-equiv='Content-Type' content='text/html; charset=GB2312' />", "gb2312"),
      ("<?xml version=\"1.0\" encoding=\"GB18030\"?>", "gb18030"),
      ("<!-- <meta charset=big5> --><meta charset = \"utf-8\">", "utf-8"),
      ("<html><head><title>a</title>", nil),
      ("", nil),
    ] as [(String, String?)])
  func declaredCharset(_ markup: String, _ expected: String?) {
    #expect(HTMLCharset.declared(Array(markup.utf8)) == expected)
  }

  @Test func charsetOfThePage() throws {
    let text = "<html><head><meta charset=\"gb2312\"></head><body><p>镕基同志，你好。</p></body></html>"
    // What is declared is read in the charset that holds it: 镕 is not in GB 2312.
    let declared = try HTMLCharset.decode(Foreign.bytes(of: text, in: "GB18030"))
    #expect(declared.text == text)
    #expect(declared.charset == "GB18030")
    // A page that lies.
    let lie = try HTMLCharset.decode(Array(text.utf8))
    #expect(lie.text == text)
    #expect(lie.charset == "UTF-8")
    #expect(lie.diagnostics.map(\.kind) == ["charset"])
    // A page that says nothing, and HTTP that does.
    let bare = "<html><body><p>短句。</p></body></html>"
    let outside = try HTMLCharset.decode(Foreign.bytes(of: bare, in: "GB18030"), outside: "GBK")
    #expect(outside.text == bare)
    // A charset that nobody knows is not followed.
    let unknown = try HTMLCharset.decode(Array(bare.utf8), outside: "x-none")
    #expect(unknown.text == bare)
  }

  @Test(
    arguments: [
      ("2020-4-2 14:58:00", "2020-04-02T14:58:00"),
      ("Thu, 02 Apr 2020 14:58:00 +0800", "2020-04-02T14:58:00"),
      ("20200402T145800Z", "2020-04-02T14:58:00"), ("20200402", "2020-04-02"),
      ("2020年4月2日 14:58", "2020-04-02T14:58:00"), ("来源：新闻 2020/04/02", "2020-04-02"),
      ("２０２０年４月２日", "2020-04-02"), ("2020-04-31", nil), ("1234-5-6", nil), ("电话 2020-1234567", nil),
      ("2020.4.2", "2020-04-02"), ("", nil), ("2 Foo 2020", nil),
    ] as [(String, String?)])
  func writtenDays(_ written: String, _ expected: String?) {
    #expect(DayInText(in: written)?.iso == expected)
  }
}
