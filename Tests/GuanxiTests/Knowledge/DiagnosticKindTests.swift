import Foundation
import Testing

/// Every kind of fault that the sources name stands in the manual.
struct DiagnosticKindTests {
  @Test func manualHasAllKinds() throws {
    let manual = try Repository.text("Documentation/Diagnostics.md")
    let form = try NSRegularExpression(
      pattern: #"(?:kind: |report\(\s*(?:\.error, |\.warning, )?)"([a-z]+(?:-[a-z]+)*)""#)
    var kinds: Set<String> = []
    for folder in ["Rules", "Knowledge", "Extraction"] {
      let path = Repository.root + "/Sources/" + folder
      for name in try FileManager.default.contentsOfDirectory(atPath: path) {
        let text = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
        let whole = NSRange(text.startIndex..., in: text)
        for match in form.matches(in: text, range: whole) {
          if let range = Range(match.range(at: 1), in: text) { kinds.insert(String(text[range])) }
        }
      }
    }
    #expect(kinds.count > 60, "the kinds are written in another form now")
    for kind in kinds.sorted() where !manual.contains("`\(kind)`") {
      Issue.record("Documentation/Diagnostics.md does not have `\(kind)`")
    }
  }
}
