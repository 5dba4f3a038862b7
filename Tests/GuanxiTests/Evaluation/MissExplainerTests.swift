import Annotations
import Evaluation
import Extraction
import Testing

/// Why something of the gold did not come out, at the place where the gold has it.
struct MissExplainerTests {
  @Test func placeByPlace() throws {
    let text = "和平区召开会议。和平区教育局召开会议。市长在会上培养。"
    let document = Document(id: "a", text: text)
    var explainer = MissExplainer(try Shared.knowledge(), documents: ["a": document])
    let second = GoldDocument.Name(text: "和平区", type: .location, span: SourceRange(8, 11))
    let lost = explainer.cause(of: second, in: "a") ?? "nothing"
    #expect(lost.hasPrefix("overlap-lost: ") && lost.contains("ORG(和平区教育局)"), "\(lost)")
    let time = GoldDocument.Time(text: "会上", span: SourceRange(22, 24), value: nil)
    let other = explainer.cause(of: time, in: "a")
    #expect(other != nil)
    let found = GoldDocument.Fact(subject: "和平区", relation: "召开", object: "会议")
    let none = explainer.cause(of: found, in: "a")
    #expect(none == nil)
    let missing = GoldDocument.Fact(subject: "和平区", relation: "召开", object: "市长")
    let apart = explainer.cause(of: missing, in: "a") ?? "nothing"
    #expect(apart.contains("another sentence"), "\(apart)")
    let unknown = explainer.cause(of: second, in: "b")
    #expect(unknown == nil)
  }

  /// Spans of the gold count the source, with its readings.
  @Test func placesOfTheSource() throws {
    let text = "和平區(qū)教育局召開(kāi)會議。"
    var explainer = MissExplainer(
      try Shared.knowledge(), documents: ["a": Document(id: "a", text: text)])
    let end = try #require(
      GoldDocument.span(
        of: "教", occurrence: 1, in: text.unicodeScalars.map(\.value))
    ).start
    let place = GoldDocument.Name(text: "和平區", type: .location, span: SourceRange(0, end))
    let lost = explainer.cause(of: place, in: "a") ?? "nothing"
    #expect(lost.contains("ORG(和平区教育局)"), "\(lost)")
  }
}
