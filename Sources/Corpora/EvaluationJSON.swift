internal import Annotations
package import Evaluation

/// A scorecard and what was asked about it as one JSON object.
package struct EvaluationJSON {
  /// What there is to write besides the figures; nil for what was not asked for.
  package struct Parts {
    package var types: TypeBreakdown?
    package var rules: RuleBreakdown?
    package var margins: MarginBreakdown?
    package var hasDocuments = false
    package var errors: ErrorList?
    package var comparison: RunComparison?

    /// Nothing but the figures.
    package init() {}
  }

  private var json = JSONWriter()

  /// A writer with an empty buffer.
  package init() {}

  /// One object, and the end of its line.
  package mutating func line(of card: Scorecard, _ parts: Parts) -> [UInt8] {
    json.removeAll()
    json.object { json in
      json.field("documents", card.documents.count)
      json.field("answered", card.documents.count - card.unanswered.count)
      json.array("unanswered", card.unanswered) { $0.element($1) }
      json.array("unasked", card.unasked) { $0.element($1) }
      Self.figures("figures", card.figures, &json)
      if let types = parts.types { Self.write(types, &json) }
      if let rules = parts.rules {
        json.array("by_rule", rules.rows) { json, row in
          json.object {
            $0.field("rule", row.rule)
            $0.field("kind", row.kind.rawValue)
            $0.field("results", row.results)
            $0.field("hits", row.hits)
            $0.field("false", row.falseHits)
            $0.number("p", row.precision)
          }
        }
      }
      if let margins = parts.margins {
        json.array("by_margin", margins.rows) { json, row in
          json.object {
            $0.field("least", row.least)
            Self.tally(row.tally, &$0)
          }
        }
      }
      if parts.hasDocuments {
        json.array("by_document", card.worstFirst) { json, score in
          json.object {
            $0.field("id", score.gold.id)
            $0.field("answered", score.isAnswered)
            $0.object("triples") { Self.tally(score.figures[.facts], &$0) }
            $0.object("entities") { Self.tally(score.figures[.names], &$0) }
          }
        }
      }
      if let errors = parts.errors { Self.write(errors, &json) }
      if let comparison = parts.comparison { Self.write(comparison, &json) }
    }
    json.newline()
    return json.bytes
  }

  private static func figures(_ key: String, _ figures: Figures, _ json: inout JSONWriter) {
    json.object(key) { json in
      for measure in Measure.allCases {
        json.object(measure.rawValue) { tally(figures[measure], &$0) }
      }
    }
  }

  private static func tally(_ tally: Tally, _ json: inout JSONWriter) {
    json.number("p", tally.precision)
    json.number("r", tally.recall)
    json.number("f1", tally.f1)
    json.field("gold", tally.gold)
    json.field("found", tally.found)
    json.field("hits", tally.hits)
  }

  private static func write(_ types: TypeBreakdown, _ json: inout JSONWriter) {
    for (key, rows) in [("by_relation_type", types.facts), ("by_mention_type", types.names)] {
      json.array(key, rows) { json, row in
        json.object {
          $0.field("type", row.name)
          tally(row.tally, &$0)
        }
      }
    }
    json.array("by_mention_subtype", types.subtypes) { json, row in
      json.object {
        $0.field("type", row.type.rawValue)
        $0.field("subtype", row.name)
        $0.field("results", row.results)
        $0.field("hits", row.hits)
        $0.number("p", row.precision)
      }
    }
  }

  private static func write(_ errors: ErrorList, _ json: inout JSONWriter) {
    json.array("errors", errors.groups) { json, group in
      json.object { json in
        json.field("side", group.side.rawValue)
        json.field("kind", group.name)
        json.field("count", group.count)
        json.array("causes", group.causes) { json, cause in
          json.object {
            $0.field("cause", cause.cause)
            $0.field("count", cause.count)
          }
        }
        json.array("items", group.items) { json, item in
          json.object {
            $0.field("id", item.id)
            $0.field("text", item.text)
            $0.optional("rule", item.rule)
            $0.field("cause", item.cause)
            $0.array("details", item.details) { $0.element($1) }
          }
        }
      }
    }
  }

  private static func write(_ comparison: RunComparison, _ json: inout JSONWriter) {
    figures("before", comparison.before, &json)
    json.array("changes", comparison.documents) { json, document in
      json.object { json in
        json.field("id", document.id)
        json.array("changes", document.changes) { json, change in
          json.object {
            $0.field("fate", change.fate.rawValue)
            $0.field("kind", change.kind.rawValue)
            $0.field("text", change.text)
            $0.optional("rule", change.rule)
          }
        }
      }
    }
  }
}
