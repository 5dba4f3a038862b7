package import Annotations

/// Reads records again that ``RecordWriter`` wrote, or another program in the same form.
///
/// Only what is held against gold is read: names, times, quantities and facts. Of these a key that another program
/// does not know may be missing, and a slot may be a text instead of an object.
package struct RecordReader {
  /// The records by id; of several with one id the last.
  package private(set) var records: [String: Record] = [:]
  /// What could not be read.
  package private(set) var faults: [InputFailure] = []

  /// Reads a file, `-` for standard input.
  package init(_ path: String) {
    var lines = ObjectLines()
    lines.read(
      path, as: RecordLine.self,
      expected: "a record as \"guanxi extract --format jsonl\" writes it"
    ) { line, place in
      var faults: [InputFailure] = []
      if let unit = line.offsets, unit != OffsetUnit.scalar.rawValue {
        return [
          place.fault(
            at: [.key("offsets")],
            "the offsets count \(unit), expected scalar; extract again with --offsets scalar")
        ]
      }
      let record = line.record(place, &faults)
      if records.updateValue(record, forKey: record.id) != nil {
        faults.append(
          place.fault(
            at: [.key("id")],
            "a line before has the id \"\(record.id)\" too and is not used; give each document its own"
          ))
      }
      return faults
    }
    faults = lines.faults
  }
}

/// The keys of a record that are read.
private struct RecordLine: Decodable {
  /// An object with a text, or a text alone.
  struct Slot: Decodable {
    let text: String
    var type: String?

    private enum Key: CodingKey {
      case text
      case type
    }

    init(from decoder: any Decoder) throws {
      if let plain = try? decoder.singleValueContainer().decode(String.self) {
        text = plain
        return
      }
      let fields = try decoder.container(keyedBy: Key.self)
      text = try fields.decodeIfPresent(String.self, forKey: .text) ?? ""
      type = try fields.decodeIfPresent(String.self, forKey: .type)
    }

    var slot: Record.Slot { Record.Slot(text: text, type: type, carried: false) }
  }

  struct Span: Decodable {
    var text: String?
    var type: String?
    var subtype: String?
    var start: Int
    var end: Int
    var value: JSONIdentifier?
    var measure: String?
    var mod: String?
    var of: String?
    var rule: String?
  }

  struct Fact: Decodable {
    struct Sentence: Decodable {
      var start: Int
      var end: Int
    }

    var subject: Slot?
    var relation: Slot?
    var object: Slot?
    var time: Slot?
    var place: Slot?
    var recipient: Slot?
    var source: Slot?
    var org: Slot?
    var status: String?
    var margin: Int?
    var rule: String?
    var sentence: Sentence?
  }

  var id: JSONIdentifier
  var offsets: String?
  var mentions: [Span]?
  var times: [Span]?
  var quantities: [Span]?
  var triples: [Fact]?

  func record(_ place: ObjectLines.Line, _ faults: inout [InputFailure]) -> Record {
    var record = Record(
      id: id.text, origin: "\(place.file)#\(place.number)", title: nil, date: nil,
      offsets: .scalar, engine: Record.Engine(version: "", knowledge: "", icu: ""),
      diagnostics: [])
    for (index, span) in (mentions ?? []).enumerated() {
      guard let name = span.type else {
        faults.append(
          place.fault(
            at: [.key("mentions"), .index(index)],
            "\"mentions[\(index)]\" has no \"type\"; expected \(EntityType.organization.rawValue) or another type of names"
          ))
        continue
      }
      // Types that the gold does not have are not counted.
      guard let type = EntityType(rawValue: name) else { continue }
      record.mentions.append(
        Record.Mention(
          id: "", type: type, subtype: span.subtype, text: span.text ?? "", start: span.start,
          end: span.end, entity: "", rule: span.rule ?? ""))
    }
    record.times = (times ?? []).map {
      Record.Time(
        id: "", text: $0.text ?? "", start: $0.start, end: $0.end, value: $0.value?.text,
        mod: $0.mod)
    }
    for (index, span) in (quantities ?? []).enumerated() {
      let modifier = span.mod.map { Modifier(rawValue: $0) } ?? .exact
      if modifier == nil {
        faults.append(
          place.fault(
            at: [.key("quantities"), .index(index), .key("mod")],
            "\"\(span.mod ?? "")\" is no modifier; expected =, ≈, <, >, ≤ or ≥"))
      }
      record.quantities.append(
        Record.Quantity(
          id: "", text: span.text ?? "", start: span.start, end: span.end, kind: .number,
          value: span.value?.text, low: nil, high: nil, measure: span.measure, unit: nil,
          mod: modifier ?? .exact, of: span.of, rule: span.rule))
    }
    for (index, fact) in (triples ?? []).enumerated() {
      var status = Status.asserted
      do {
        status = try StatusName.status(fact.status)
      } catch {
        faults.append(
          place.fault(at: [.key("triples"), .index(index), .key("status")], "\(error)"))
      }
      record.triples.append(
        Record.Triple(
          id: "", subject: fact.subject?.slot,
          relation: fact.relation?.slot ?? Record.Slot(text: "", carried: false),
          object: fact.object?.slot, time: fact.time?.slot, place: fact.place?.slot,
          recipient: fact.recipient?.slot, source: fact.source?.slot, org: fact.org?.slot,
          status: status, group: nil, margin: fact.margin, rule: fact.rule ?? "",
          sentenceStart: fact.sentence?.start ?? 0, sentenceEnd: fact.sentence?.end ?? 0))
    }
    return record
  }
}
