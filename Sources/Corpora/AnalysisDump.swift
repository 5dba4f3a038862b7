package import Annotations
package import Extraction
internal import Reading

/// All layers of a document as text for people and for tests: one line an annotation, sentence by
/// sentence, with positions in the source.
package enum AnalysisDump {
  /// The dump of a document.
  package static func text(
    of document: Document, _ analysis: DocumentAnalysis, files: KnowledgeFiles
  ) -> String {
    let text = analysis.text
    var lines = ["document \(document.id)"]
    func place(_ range: TextRange) -> String {
      let source = text.source(range)
      return "\(source.start)-\(source.end)"
    }
    for sentence in analysis.sentences {
      lines.append("sentence \(place(sentence)) \(text.string(sentence))")
      let tokens = analysis.tokens.filter { sentence.contains($0.range) }
      lines.append(
        "  words " + tokens.map { "\(text.string($0.range))/\($0.tag)" }.joined(separator: " "))
      for mention in analysis.mentions where sentence.contains(mention.range) {
        lines.append(
          "  mention \(place(mention.range)) \(mention.type.rawValue) \(text.string(mention.range)) "
            + "[\(files.describe(mention.provenance))]")
      }
      for time in analysis.times where sentence.contains(time.range) {
        lines.append(
          "  time \(place(time.range)) \(text.string(time.range)) = \(time.value ?? "?")"
            + (time.modifier.map { " \($0)" } ?? ""))
      }
      for quantity in analysis.quantities where sentence.contains(quantity.range) {
        let counted = quantity.counted.map { " of " + text.string($0) } ?? ""
        lines.append(
          "  quantity \(place(quantity.range)) \(text.string(quantity.range)) "
            + "\(quantity.modifier.rawValue) \(magnitude(quantity.magnitude)) "
            + "\(quantity.measure.map { text.string($0) } ?? "-") \(quantity.kind.rawValue)"
            + counted)
      }
      for frame in analysis.frames where sentence.contains(frame.range) {
        lines.append(
          "  part \(place(frame.range)) \(frame.category) \(text.string(frame.range)) "
            + "[\(files.describe(frame.provenance))]")
      }
      for frame in analysis.retractions where sentence.contains(frame.range) {
        lines.append(
          "  taken back \(place(frame.range)) \(frame.category) \(text.string(frame.range)) "
            + "[\(files.describe(frame.provenance))]")
      }
      for triple in analysis.triples where triple.sentence == sentence {
        lines.append("  triple " + line(of: triple, text, files))
      }
    }
    for entity in analysis.links.entities
    where !entity.aliases.isEmpty || !entity.references.isEmpty || entity.completedWith != nil {
      lines.append(
        "entity \(entity.type.rawValue) \(entity.name)"
          + (entity.completedWith.map { " completed with \($0)" } ?? "")
          + (entity.aliases.isEmpty ? "" : " = " + entity.aliases.joined(separator: ", "))
          + entity.references.map { " ~ \(text.string($0.range)) \(place($0.range))" }.joined())
    }
    for ambiguity in analysis.links.ambiguities {
      lines.append(
        "ambiguous \(place(ambiguity.range)) \(text.string(ambiguity.range)): "
          + ambiguity.candidates.joined(separator: ", "))
    }
    for repair in analysis.repairs {
      lines.append(
        "repair \(repair.range.start)-\(repair.range.end) \(repair.kind.rawValue) \(repair.read)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func magnitude(_ magnitude: Magnitude) -> String {
    switch magnitude {
    case .value(let value): value.description
    case .range(let low, let high): "\(low)/\(high)"
    case .ratio(let numerator, let denominator): "\(numerator)/\(denominator)"
    case .unknown: "?"
    }
  }

  private static func line(
    of triple: Triple, _ text: NormalizedText, _ files: KnowledgeFiles
  ) -> String {
    func name(_ slot: Slot?) -> String {
      slot.map { ($0.carried ? "^" : "") + text.string($0.range) } ?? "-"
    }
    var parts =
      "(\(name(triple.subject)), \(triple.relationName ?? name(triple.relation)), \(name(triple.object)))"
    let qualifiers = [
      ("time", triple.time), ("place", triple.place), ("recipient", triple.recipient),
      ("source", triple.source), ("org", triple.organization),
    ]
    for (key, slot) in qualifiers where slot != nil { parts += " \(key)=\(name(slot))" }
    return parts + " \(triple.status.rawValue) [\(files.describe(triple.provenance))]"
  }
}
