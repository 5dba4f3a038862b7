/// The texts that rules and tables name for a role or a feature.
extension RuleSources {
  /// A text with its place.
  package struct NamedText: Hashable, Sendable {
    package let text: String
    package let file: String
    package let place: RulePlace
  }

  /// The fixed texts that rules, and the rows of tables, give a role of what they emit as a class.
  package func texts(ofRole role: String, of category: String) -> [NamedText] {
    var texts: Set<NamedText> = []
    for rule in stages.flatMap(\.rules) {
      for emission in rule.syntax.emissions where emission.name.name == category {
        for case (role, let value) in emission.roles {
          switch value {
          case .text(let text):
            texts.insert(NamedText(text: text, file: rule.file.name, place: emission.name.place))
          case .column(let column):
            texts.formUnion(rule.table.map { Self.texts(of: column, in: $0) } ?? [])
          case .captures, .feature: break
          }
        }
      }
    }
    return Array(texts)
  }

  /// The values that patterns ask of a feature of edges of some classes.
  package func texts(askedOf feature: String, of classes: Set<String>) -> [NamedText] {
    var texts: Set<NamedText> = []
    for rule in stages.flatMap(\.rules) {
      let patterns =
        [rule.syntax.pattern, rule.syntax.ignored].compactMap(\.self)
        + rule.syntax.conditions.map(\.pattern)
      for edge in patterns.flatMap(\.edges) where classes.contains(edge.name.name) {
        for test in edge.features where test.feature == feature {
          for value in test.values {
            texts.insert(NamedText(text: value, file: rule.file.name, place: edge.name.place))
          }
        }
      }
    }
    return Array(texts)
  }

  private static func texts(of column: String, in table: Table) -> [NamedText] {
    guard let index = table.columns.firstIndex(of: column) else { return [] }
    return table.rows.compactMap { line, cells in
      cells[index].isEmpty
        ? nil
        : NamedText(
          text: cells[index], file: table.name, place: RulePlace(line: line, column: 0))
    }
  }
}

extension PatternSyntax {
  /// The edges that it asks for, with what it asks of them.
  fileprivate var edges: [EdgeSyntax] {
    if case .edge(let edge) = self { return [edge] }
    return parts.flatMap(\.edges)
  }
}
