internal import Annotations
package import Evaluation

/// Scorecards for people, as tables of fixed columns.
package enum EvaluationText {
  /// The width of the column with names.
  private static let width = 38

  /// How many documents there are, and the figures of every measure.
  package static func table(_ card: Scorecard) -> String {
    let answered = card.documents.count - card.unanswered.count
    var text = "\(card.documents.count) paragraphs, \(answered) answered\n" + header("")
    for measure in Measure.allCases { text += row(measure.rawValue, card.figures[measure]) }
    return text
  }

  private static func header(_ name: String) -> String {
    FigureText.left(name, width) + FigureText.right("gold", 6) + FigureText.right("found", 7)
      + ["P", "R", "F1"].map { FigureText.right($0, 8) }.joined() + "\n"
  }

  private static func row(_ name: String, _ tally: Tally) -> String {
    FigureText.left(name, width) + counts(tally) + "\n"
  }

  private static func counts(_ tally: Tally) -> String {
    FigureText.right("\(tally.gold)", 6) + FigureText.right("\(tally.found)", 7)
      + [tally.precision, tally.recall, tally.f1].map { share($0) }.joined()
  }

  private static func share(_ value: Double) -> String {
    FigureText.right(FigureText.decimal(value, places: 3), 8)
  }

  /// Facts by the type of their relation, names by type and subtype.
  package static func table(_ types: TypeBreakdown) -> String {
    var text = "\n" + header("triples by relation type")
    for line in types.facts { text += row(line.name, line.tally) }
    text += "\n" + header("mentions by type and subtype")
    for (line, type) in zip(types.names, types.names.map(\.name)) {
      text += row(type, line.tally)
      for subtype in types.subtypes where subtype.type.rawValue == type {
        text +=
          FigureText.left("  \(subtype.name ?? "no subtype")", width) + FigureText.right("", 6)
          + FigureText.right("\(subtype.results)", 7) + share(subtype.precision) + "\n"
      }
    }
    return text
  }

  /// Rules and rows, those with the most false hits first.
  package static func table(_ rules: RuleBreakdown) -> String {
    var text =
      "\n" + FigureText.left("results by rule", width) + FigureText.left("  kind", 12)
      + ["results", "hits", "false", "P"].map { FigureText.right($0, 8) }.joined() + "\n"
    for row in rules.rows {
      text +=
        FigureText.left(row.rule ?? "no rule named", width)
        + FigureText.left("  \(row.kind.rawValue)", 12)
        + [row.results, row.hits, row.falseHits].map { FigureText.right("\($0)", 8) }.joined()
        + share(row.precision) + "\n"
    }
    return text
  }

  /// Facts by the margin that they have at least.
  package static func table(_ margins: MarginBreakdown) -> String {
    var text = "\n" + header("triples by least margin")
    for line in margins.rows { text += row("\(line.least)", line.tally) }
    return text
  }

  /// Documents, the worst first.
  package static func documents(_ card: Scorecard) -> String {
    var text =
      "\n" + FigureText.left("documents", width) + FigureText.right("triples", 37) + "  "
      + FigureText.right("entities", 37) + "\n" + FigureText.left("", width)
    for gap in ["", "  "] {
      text +=
        gap + FigureText.right("gold", 6) + FigureText.right("found", 7)
        + ["P", "R", "F1"].map { FigureText.right($0, 8) }.joined()
    }
    text += "\n"
    for score in card.worstFirst {
      text +=
        FigureText.left(score.gold.id, width) + counts(score.figures[.facts]) + "  "
        + counts(score.figures[.names]) + (score.isAnswered ? "" : "  not in the result") + "\n"
    }
    return text
  }

  /// Errors by kind, with their causes.
  package static func errors(_ errors: ErrorList) -> String {
    var text = ""
    for group in errors.groups {
      text += "\n\(group.side.rawValue) \(group.name) (\(group.count)): "
      text += group.causes.map { "\($0.count) \($0.cause)" }.joined(separator: ", ") + "\n"
      for item in group.items {
        text +=
          "    \(item.id)  \(item.text)" + (item.rule.map { "  [\($0)]" } ?? "")
          + "  \(item.cause)\n"
        for detail in item.details { text += "        \(detail)\n" }
      }
    }
    return text
  }

  /// Figures of two results side by side, and what was won and lost.
  package static func table(_ comparison: RunComparison) -> String {
    var text =
      FigureText.left("", width) + FigureText.right("gold", 6)
      + ["P", "R", "F1"].map { FigureText.right("\($0) before", 11) }.joined()
      + ["P now", "R now", "F1 now", "change"].map { FigureText.right($0, 8) }.joined() + "\n"
    for measure in Measure.allCases {
      let (one, other) = (comparison.before[measure], comparison.after[measure])
      let change = FigureText.decimal(other.f1 - one.f1, places: 3)
      let sign = other.f1 > one.f1 && change != FigureText.decimal(0, places: 3) ? "+" : ""
      text +=
        FigureText.left(measure.rawValue, width) + FigureText.right("\(other.gold)", 6)
        + [one.precision, one.recall, one.f1].map {
          FigureText.right(FigureText.decimal($0, places: 3), 11)
        }.joined() + [other.precision, other.recall, other.f1].map { share($0) }.joined()
        + FigureText.right(sign + change, 8) + "\n"
    }
    text += "\n" + FigureText.left("", width)
    text += RunComparison.Fate.allCases.map { FigureText.right($0.rawValue, 12) }.joined() + "\n"
    for kind in ResultKind.allCases {
      text += FigureText.left(kind.rawValue, width)
      for fate in RunComparison.Fate.allCases {
        text += FigureText.right("\(comparison.count(fate, kind))", 12)
      }
      text += "\n"
    }
    for document in comparison.documents {
      text += "\n\(document.id)\n"
      for change in document.changes {
        text +=
          "    " + FigureText.left(change.fate.rawValue, 12)
          + FigureText.left(change.kind.rawValue, 10) + change.text
          + (change.rule.flatMap { $0.isEmpty ? nil : "  [\($0)]" } ?? "") + "\n"
      }
    }
    return text
  }
}
