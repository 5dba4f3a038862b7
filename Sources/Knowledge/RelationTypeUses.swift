internal import Annotations
internal import Extraction
internal import Rules

/// Where rules and grammars name types of relations.
extension KnowledgeParts {
  /// The class whose role is the type of a fact.
  private static let fact = "FACT"

  /// The types that rules and rows of tables give facts.
  func typesGiven(by rules: RuleSources) -> [RelationTypeReader.Use] {
    uses(rules.texts(ofRole: RelationTypeReader.feature, of: Self.fact))
  }

  /// The types that patterns and steps of clauses ask of words.
  func typesAsked(
    by rules: RuleSources, _ grammar: [ClauseGrammar.Row], _ costs: CostTables
  ) -> [RelationTypeReader.Use] {
    let tags = Set(costs.tags + [costs.unknown.tag, costs.stray.tag])
    var asked = uses(rules.texts(askedOf: RelationTypeReader.feature, of: tags))
    for row in grammar {
      guard case .word(let test) = row.input else { continue }
      for case .feature(RelationTypeReader.feature, let values) in test.wanted + test.unwanted {
        asked += values.map {
          RelationTypeReader.Use(
            type: $0, file: files.names[Int(row.provenance.file)], line: Int(row.provenance.line))
        }
      }
    }
    return asked
  }

  private func uses(_ texts: [RuleSources.NamedText]) -> [RelationTypeReader.Use] {
    texts.map {
      RelationTypeReader.Use(
        type: $0.text, file: $0.file, line: $0.place.line, column: $0.place.column)
    }.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }
}
