package import Annotations

/// The facts of a record for people: sentence by sentence, one line a fact with the rule that found it.
package enum TripleTable {
  /// The readable form.
  package static func text(of record: Record, document: Document) -> String {
    let scalars = document.text.unicodeScalars.map(\.value)
    var lines = ["── \(record.id)" + (record.date.map { " (\($0))" } ?? "") + " ──"]
    var sentence: (Int, Int)?
    for triple in record.triples {
      let here = (triple.sentenceStart, triple.sentenceEnd)
      if sentence.map({ $0 != here }) ?? true {
        sentence = here
        if record.offsets == .scalar {
          let end = min(here.1, scalars.count)
          lines.append("“" + String(scalars: scalars[min(here.0, end)..<end]) + "”")
        }
      }
      lines.append("    " + line(of: triple))
    }
    if record.triples.isEmpty { lines.append("    no facts found") }
    for remark in record.diagnostics where !RecordDiagnostic.recordedOnly.contains(remark.kind) {
      lines.append("    ! \(remark.kind): \(remark.message)")
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private static func line(of triple: Record.Triple) -> String {
    func name(_ slot: Record.Slot?) -> String {
      slot.map { ($0.carried ? "↑" : "") + $0.text } ?? "–"
    }
    var text = "\(name(triple.subject)) | \(name(triple.relation)) | \(name(triple.object))"
    let qualifiers = [
      ("time", triple.time), ("place", triple.place), ("to", triple.recipient),
      ("source", triple.source), ("org", triple.org),
    ]
    for (key, slot) in qualifiers {
      if let slot { text += "  \(key): \(slot.text)" + (slot.value.map { " = \($0)" } ?? "") }
    }
    if triple.status != .asserted { text += "  \(triple.status.rawValue)" }
    return text + "  [\(triple.rule)]"
  }
}
