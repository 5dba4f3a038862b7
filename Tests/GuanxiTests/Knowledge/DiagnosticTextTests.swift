import Annotations
import Foundation
import Knowledge
import Testing

/// How a diagnostic is shown: the line it is about, and a caret under its column.
struct DiagnosticTextTests {
  @Test func carets() {
    let cases: [(line: String, column: Int, shown: String)] = [
      ("  match  @ogr", 11, "    match  @ogr\n            ^"),
      ("abc", 0, "  abc"),
      ("abc", 1, "  abc\n  ^"),
      ("abc", 4, "  abc\n     ^"),
      ("abc", 9, "  abc\n     ^"),
      ("", 1, "\n  ^"),
      ("规则 大桥 x", 7, "  规则 大桥 x\n            ^"),
      ("match（x", 7, "  match（x\n         ^"),
      ("a\tb", 3, "  a       b\n          ^"),
      ("中国\tb", 4, "  中国    b\n          ^"),
      ("a\u{0}b\r", 3, "  a␀b\n    ^"),
    ]
    for (line, column, shown) in cases {
      let found = DiagnosticText.excerpt(of: line, column: column)
      #expect(found == shown, "\(line.debugDescription):\(column)")
    }
  }

  @Test func longLines() {
    let line = String(repeating: "长", count: 300) + "x" + String(repeating: "y", count: 300)
    let shown = DiagnosticText.excerpt(of: line, column: 301).split(separator: "\n")
    #expect(shown[0].hasPrefix("  …长") && shown[0].hasSuffix("y…"))
    let before = shown[0].prefix { $0 != "x" }
    let width = before.reduce(0) { $0 + ($1 == "长" ? 2 : 1) }
    #expect(shown[1] == String(repeating: " ", count: width) + "^")
    #expect(width <= 64)
    let rest = DiagnosticText.excerpt(of: line, column: 0)
    #expect(rest.hasPrefix("  长") && rest.hasSuffix("长…") && rest.count == 53)
    let end = DiagnosticText.excerpt(of: line, column: 601).split(separator: "\n")
    #expect(end[0].hasSuffix("yy") && !end[0].contains("x") && end[1].last == "^")
  }

  @Test func textOfAFolder() throws {
    let folder = NSTemporaryDirectory() + "/guanxi-text-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("entry\tclass\n阿里\torg\n云\n".utf8).write(to: URL(fileURLWithPath: folder + "/a.tsv"))
    let loaded = try KnowledgeLoader.load(folder: folder)
    #expect(loaded.failure.count == 1)
    #expect(loaded.failure.first?.hasSuffix("[cell-count]\n  云") ?? false)
    #expect(try KnowledgeLoader.load(folder: "/no/such/folder").failure.count == 1)
  }
}
