package import Annotations
internal import Rules

/// Runs the examples of all rules and of all types of relations through the whole pipeline.
///
/// A `+` example holds when a result of its rule is what it expects: `CLASS(text)` for a result of
/// that class over that text, `(subject, relation, object)` for a fact, anything for no expectation.
/// A `-` example holds when nothing comes of its rule. The example of a type holds when its fact comes out, and is of
/// this type.
package enum ExampleCheck {
  /// The date against which examples resolve their times.
  private static let date = CalendarDate(year: 2024, month: 6, day: 15)

  /// The faults of the examples, and how many were run; with `files`, of the files of these names only.
  package static func run(
    _ knowledge: CompiledKnowledge, files: Set<String>? = nil
  ) -> (diagnostics: [KnowledgeDiagnostic], count: Int) {
    var session = ExtractionSession(knowledge)
    var diagnostics: [KnowledgeDiagnostic] = []
    var count = 0
    for stage in knowledge.stages {
      for rule in stage.rules {
        for example in rule.examples {
          let owner = example.row ?? rule.provenance
          if let files, !files.contains(knowledge.files.names[Int(owner.file)]) { continue }
          count += 1
          let document = Document(id: "example", date: date, text: example.text)
          let analysis = session.analyze(document)
          let results = results(of: owner, in: analysis, knowledge)
          if var fault = fault(example, results) {
            if example.positive,
              let reason = ExampleDiagnosis.reason(rule, example, document, knowledge)
            {
              fault += "; " + reason
            }
            diagnostics.append(
              KnowledgeDiagnostic(
                kind: "example", file: knowledge.files.names[Int(owner.file)],
                line: example.place.line, column: example.place.column,
                message: "rule \"\(rule.name)\": \(fault)"))
          }
        }
      }
    }
    for type in knowledge.relations {
      for example in type.examples {
        let file = knowledge.files.names[Int(example.provenance.file)]
        if let files, !files.contains(file) { continue }
        count += 1
        let document = Document(id: "example", date: date, text: example.text)
        if let fault = fault(example, of: type, in: session.analyze(document)) {
          diagnostics.append(
            KnowledgeDiagnostic(
              kind: "example", file: file, line: Int(example.provenance.line),
              message: "type \"\(type.name)\": \(fault)"))
        }
      }
    }
    return (diagnostics, count)
  }

  private static func fault(
    _ example: RelationType.Example, of type: RelationType, in analysis: DocumentAnalysis
  ) -> String? {
    func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    let facts = analysis.triples.map { triple in
      (written: triple.written(in: analysis.text), type: triple.relationType)
    }
    let wanted = plain(example.fact)
    if facts.contains(where: { $0.type == type.name && plain($0.written) == wanted }) { return nil }
    let found = facts.map { "\($0.written) of \($0.type.map { "type \"\($0)\"" } ?? "no type")" }
    return
      "the example gives \(found.isEmpty ? "no fact" : found.joined(separator: "; ")); expected \(example.fact)"
  }

  private static func fault(_ example: RuleExample, _ results: [String]) -> String? {
    let found = results.isEmpty ? "nothing" : results.joined(separator: "; ")
    if !example.positive {
      return results.isEmpty ? nil : "the example must give nothing, but gives \(found)"
    }
    guard let expected = example.expectation, !expected.isEmpty else {
      return results.isEmpty ? "the example gives nothing; expected a match" : nil
    }
    let wanted = expected.filter { !$0.isWhitespace }
    return results.contains { $0.filter { !$0.isWhitespace } == wanted }
      ? nil : "the example gives \(found); expected \(expected)"
  }

  /// What came of a rule: names, clause parts, facts.
  private static func results(
    of rule: Provenance, in analysis: DocumentAnalysis, _ knowledge: CompiledKnowledge
  ) -> [String] {
    let text = analysis.text
    var results: [String] = []
    for mention in analysis.mentions where mention.provenance == rule {
      results.append("\(mention.type.rawValue)(\(text.string(mention.range)))")
    }
    for place in analysis.abbreviations where place.provenance == rule {
      results.append("ABBREVIATION(\(text.string(place.range)))")
    }
    for frame in analysis.frames where frame.provenance == rule {
      results.append("\(frame.category)(\(text.string(frame.range)))")
    }
    for triple in analysis.triples where triple.provenance == rule {
      results.append(triple.written(in: text))
    }
    return results
  }
}
