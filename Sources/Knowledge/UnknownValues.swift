internal import Annotations
internal import Extraction
internal import Segmentation

/// What the steps of clauses ask of a column that no row has there: a word that no lexicon lists, or a name that is
/// written otherwise. Such a test never passes, and nobody would notice.
extension KnowledgeParts {
  /// A warning for each test of a line. Types of relations have a check of their own (``RelationTypeReader``).
  /// - Complexity: O(rows of the lexicons times columns that are asked for).
  func unknownValues(_ grammar: [ClauseGrammar.Row]) -> [KnowledgeDiagnostic] {
    var unknown: [String: Set<String>] = [:]
    for (column, values) in grammar.flatMap(Self.asked) where column != RelationTypeReader.feature {
      unknown[column, default: []].formUnion(values)
    }
    for row in 0..<lexicon.rows.count {
      for column in unknown.keys {
        if let cell = lexicon.rows.cell(column, of: row) { unknown[column]?.remove(cell) }
      }
    }
    var found: [KnowledgeDiagnostic] = []
    // A line stands for several steps.
    var told: Set<KnowledgeDiagnostic> = []
    for row in grammar {
      for (column, values) in Self.asked(row) {
        let missing = values.filter { unknown[column]?.contains($0) == true }
        if missing.isEmpty { continue }
        let list = missing.map { "\"\($0)\"" }.joined(separator: ", ")
        let fault = KnowledgeDiagnostic(
          .warning, kind: "unknown-value", file: files.names[Int(row.provenance.file)],
          line: Int(row.provenance.line),
          message:
            "no row of a lexicon has \(list) in the column \"\(column)\"; correct it, add the row, or ask for "
            + "something else")
        if told.insert(fault).inserted { found.append(fault) }
      }
    }
    return found
  }

  /// The columns and values that a step asks of its word.
  private static func asked(_ row: ClauseGrammar.Row) -> [(column: String, values: [String])] {
    guard case .word(let test) = row.input else { return [] }
    return (test.wanted + test.unwanted).compactMap {
      if case .feature(let column, let values) = $0 { (column, values) } else { nil }
    }
  }
}
