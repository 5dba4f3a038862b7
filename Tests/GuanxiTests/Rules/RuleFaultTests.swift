import Annotations
import Rules
import Testing

/// Faulty rule files, block by block: what is reported, and where.
struct RuleFaultTests {
  @Test func faults() throws {
    let blocks = try Block.blocks(of: "rules")
    try CaseFile.run(Block.cases(blocks), "rules", atLeast: 20) { number in
      let block = blocks[Int(number) ?? 0]
      var classes = ClassTable()
      for name in ["ORG", "PER", "place", "place.city", "verb", "title", "punct.clause"] {
        _ = classes.add(name)
      }
      let files = block.files.enumerated().map { index, file in
        RuleSources.File(name: file.name, number: UInt16(index), text: file.text)
      }
      let (_, diagnostics) = RuleCompiler.compile(
        RuleSources(files, fold: { $0.unicodeScalars.map(\.value) }), classes: &classes,
        features: ["note"], stages: ["words", "names"])
      let places = diagnostics.sorted {
        ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column)
      }.map { "\($0.file):\($0.line):\($0.column) \($0.kind)" }
      for diagnostic in diagnostics {
        #expect(diagnostic.message.count > 10, "a message says what to do")
      }
      return places.isEmpty ? "none" : places.joined(separator: " ; ")
    }
  }
}
