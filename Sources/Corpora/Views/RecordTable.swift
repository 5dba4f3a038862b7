internal import Annotations

/// A table that a record has rows for: facts, names, times or quantities.
///
/// The first column of each is `DOCUMENT/ID`, so rows of many documents can stand in one file.
enum RecordTable: Sendable {
  case facts
  case mentions
  case times
  case quantities

  /// The names of the columns.
  var columns: [String] {
    switch self {
    case .facts:
      [
        "id", "subject", "relation", "object", "time", "time_value", "place", "recipient",
        "source", "org", "status", "type", "carried", "margin", "rule", "start", "end",
      ]
    case .mentions: ["id", "type", "subtype", "text", "start", "end", "entity", "name", "rule"]
    case .times: ["id", "text", "start", "end", "value", "mod"]
    case .quantities:
      [
        "id", "text", "start", "end", "kind", "value", "low", "high", "measure", "unit", "mod",
        "of", "rule",
      ]
    }
  }

  /// The rows of a record; nil is an empty cell.
  func rows(of record: Record) -> [[String?]] {
    func row(_ id: String, _ cells: String?...) -> [String?] { ["\(record.id)/\(id)"] + cells }
    switch self {
    case .facts:
      return record.triples.map {
        row(
          $0.id, $0.subject?.text, $0.relation.text, $0.object?.text, $0.time?.text,
          $0.time?.value, $0.place?.text, $0.recipient?.text, $0.source?.text, $0.org?.text,
          $0.status.rawValue, $0.relation.type, $0.subject?.carried == true ? "yes" : "no",
          $0.margin.map { String($0) }, $0.rule, String($0.sentenceStart), String($0.sentenceEnd))
      }
    case .mentions:
      let names = Dictionary(record.entities.map { ($0.id, $0.name) }) { first, _ in first }
      return record.mentions.map {
        row(
          $0.id, $0.type.rawValue, $0.subtype, $0.text, String($0.start), String($0.end),
          "\(record.id)/\($0.entity)", names[$0.entity], $0.rule)
      }
    case .times:
      return record.times.map {
        row($0.id, $0.text, String($0.start), String($0.end), $0.value, $0.mod)
      }
    case .quantities:
      return record.quantities.map {
        row(
          $0.id, $0.text, String($0.start), String($0.end), $0.kind.rawValue, $0.value, $0.low,
          $0.high, $0.measure, $0.unit, $0.mod.rawValue, $0.of, $0.rule)
      }
    }
  }
}
