import Annotations
import Corpora
import Foundation
import Testing

/// Plain text that is longer than a document may be.
struct SplitTextTests {
  private func read(_ text: String, size: Int) throws -> ReadInputs {
    let folder = try InputFolder()
    var options = InputOptions()
    options.documentSize = size
    return ReadInputs([try folder.write("long.txt", text)], options)
  }

  private func borders(_ got: ReadInputs) -> [String] {
    got.documents.map { document in
      let message = document.diagnostics.first { $0.kind == "split" }?.message ?? ""
      return message.split(separator: ";").last.map { $0.trimmingCharacters(in: .whitespaces) }
        ?? ""
    }
  }

  @Test func partsAreTheText() throws {
    let sentence = "2020年,和平区建立14个培养基地。"
    let empty = String(repeating: sentence + "\n" + sentence + "\n\u{3000}\n", count: 40)
    let lines = String(repeating: sentence + "\r\n", count: 100)
    let line = String(repeating: sentence, count: 100)
    let none = String(repeating: "好😀", count: 600)
    for (text, border) in [
      (empty, "cut behind an empty line"), (lines, "cut behind a line"),
      (line, "cut behind a sentence"), (none, "cut within a sentence, which has no end nearby"),
    ] {
      let got = try read(text, size: 1000)
      #expect(got.failures.isEmpty)
      #expect(got.documents.count > 3)
      #expect(got.documents.map(\.text).joined() == text)
      #expect(got.documents.allSatisfy { $0.text.utf8.count <= 1000 })
      #expect(got.documents.map(\.id) == (1...got.documents.count).map { "long-\($0)" })
      #expect(Set(borders(got).dropLast()) == [border])
    }
  }

  @Test func shortTextIsWhole() throws {
    let text = String(repeating: "好", count: 100)
    let got = try read(text, size: 300)
    #expect(got.documents.map(\.id) == ["long"] && got.kinds.isEmpty)
    #expect(try read(text, size: 299).documents.count == 2)
  }

  /// The date at the head holds for all parts and is told once.
  @Test func dateline() throws {
    let text = "2024年5月18日\n" + String(repeating: "会议闭幕。\n", count: 300)
    let got = try read(text, size: 1000)
    #expect(got.documents.count > 3)
    #expect(Set(got.documents.map(\.date)) == [CalendarDate(year: 2024, month: 5, day: 18)])
    #expect(got.documents.filter { $0.diagnostics.contains { $0.kind == "dateline" } }.count == 1)
  }
}
