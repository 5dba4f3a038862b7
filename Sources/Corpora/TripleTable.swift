package import Annotations

/// The facts of a record for people: sentence by sentence, one line a fact with the rule that found
/// it; and for spreadsheets, one row a fact.
package enum TripleTable {
  /// The columns of the TSV form.
  package static let header =
    "id\tsubject\trelation\tobject\ttime\ttime_value\tplace\trecipient\tsource\torg\tstatus\ttype"
    + "\tcarried\trule\tstart\tend\n"

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
    let unsaid = ["dateline", RecordDiagnostic.ambiguousReference]
    for remark in record.diagnostics where !unsaid.contains(remark.kind) {
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

  /// The rows of a record for a spreadsheet.
  package static func rows(of record: Record) -> String {
    record.triples.map { triple in
      let cells = [
        "\(record.id)/\(triple.id)", triple.subject?.text, triple.relation.text,
        triple.object?.text, triple.time?.text, triple.time?.value, triple.place?.text,
        triple.recipient?.text, triple.source?.text, triple.org?.text, triple.status.rawValue,
        triple.relation.type, triple.subject?.carried == true ? "yes" : "no", triple.rule,
        String(triple.sentenceStart), String(triple.sentenceEnd),
      ]
      return cells.map { cell in
        String((cell ?? "").map { $0 == "\t" || $0.isNewline ? " " : $0 })
      }.joined(separator: "\t") + "\n"
    }.joined()
  }
}
