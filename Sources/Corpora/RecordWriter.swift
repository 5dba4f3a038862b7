package import Annotations

/// A record as one line of JSON, in the order of the format's manual (`Documentation/Record.md`).
package struct RecordWriter {
  private var json = JSONWriter()

  /// A writer with an empty buffer.
  package init() {}

  /// The line of a record, with its line end.
  package mutating func line(of record: Record) -> [UInt8] {
    json.removeAll()
    json.object { json in
      json.field("id", record.id)
      json.field("origin", record.origin)
      json.field("title", record.title)
      json.field("date", record.date)
      json.field("offsets", record.offsets.rawValue)
      json.object("engine") {
        $0.field("version", record.engine.version)
        $0.field("knowledge", record.engine.knowledge)
        $0.field("icu", record.engine.icu)
      }
      json.array("mentions", record.mentions, Self.write)
      for (name, list) in [("nested", record.nested), ("abbreviations", record.abbreviations)]
      where !list.isEmpty {
        json.array(name, list, Self.write)
      }
      json.array("entities", record.entities, Self.write)
      json.array("times", record.times, Self.write)
      json.array("quantities", record.quantities, Self.write)
      if let values = record.values { json.array("values", values, Self.write) }
      json.array("triples", record.triples, Self.write)
      json.array("repairs", record.repairs, Self.write)
      json.array("diagnostics", record.diagnostics, Self.write)
    }
    json.newline()
    return json.bytes
  }

  private static func write(_ json: inout JSONWriter, _ mention: Record.Mention) {
    json.object {
      $0.field("id", mention.id)
      $0.field("type", mention.type.rawValue)
      $0.optional("subtype", mention.subtype)
      Self.place(mention.text, mention.start, mention.end, &$0)
      $0.field("entity", mention.entity)
      $0.field("rule", mention.rule)
    }
  }

  private static func write(_ json: inout JSONWriter, _ nested: Record.Nested) {
    json.object {
      $0.field("type", nested.type.rawValue)
      Self.place(nested.text, nested.start, nested.end, &$0)
      $0.optional("within", nested.within)
      $0.optional("name", nested.name)
      $0.field("rule", nested.rule)
    }
  }

  private static func write(_ json: inout JSONWriter, _ entity: Record.Entity) {
    json.object {
      $0.field("id", entity.id)
      $0.field("type", entity.type.rawValue)
      $0.field("name", entity.name)
      $0.array("aliases", entity.aliases) { $0.element($1) }
      $0.array("mentions", entity.mentions) { $0.element($1) }
      if !entity.references.isEmpty {
        $0.array("references", entity.references) { json, reference in
          json.object {
            Self.place(reference.text, reference.start, reference.end, &$0)
            $0.field("rule", reference.rule)
          }
        }
      }
      $0.optional("completed", entity.completedWith)
    }
  }

  private static func write(_ json: inout JSONWriter, _ time: Record.Time) {
    json.object {
      $0.field("id", time.id)
      Self.place(time.text, time.start, time.end, &$0)
      $0.field("value", time.value)
      $0.field("mod", time.mod)
    }
  }

  private static func write(_ json: inout JSONWriter, _ quantity: Record.Quantity) {
    json.object {
      $0.field("id", quantity.id)
      Self.place(quantity.text, quantity.start, quantity.end, &$0)
      $0.field("kind", quantity.kind.rawValue)
      $0.field("value", quantity.value)
      $0.optional("low", quantity.low)
      $0.optional("high", quantity.high)
      $0.field("measure", quantity.measure)
      $0.field("unit", quantity.unit)
      $0.field("mod", quantity.mod.rawValue)
      $0.field("of", quantity.of)
      $0.optional("rule", quantity.rule)
    }
  }

  private static func write(_ json: inout JSONWriter, _ value: Record.Value) {
    json.object {
      $0.field("type", value.type.rawValue)
      $0.field("start", value.start)
      $0.field("end", value.end)
      $0.field("text", value.text)
      $0.object("value") { Self.reading(value.value, &$0) }
      if !value.alternatives.isEmpty {
        $0.array("alts", value.alternatives) { json, reading in
          json.object { Self.reading(reading, &$0) }
        }
      }
    }
  }

  private static func write(_ json: inout JSONWriter, _ triple: Record.Triple) {
    json.object {
      $0.field("id", triple.id)
      Self.slot("subject", triple.subject, &$0)
      Self.slot("relation", triple.relation, &$0)
      Self.slot("object", triple.object, &$0)
      Self.optional("time", triple.time, &$0)
      Self.optional("place", triple.place, &$0)
      Self.optional("recipient", triple.recipient, &$0)
      Self.optional("source", triple.source, &$0)
      Self.optional("org", triple.org, &$0)
      $0.field("status", triple.status.rawValue)
      $0.optional("group", triple.group)
      if let margin = triple.margin { $0.field("margin", margin) }
      $0.field("rule", triple.rule)
      $0.object("sentence") {
        $0.field("start", triple.sentenceStart)
        $0.field("end", triple.sentenceEnd)
      }
    }
  }

  private static func write(_ json: inout JSONWriter, _ repair: Record.Repair) {
    json.object {
      $0.field("start", repair.start)
      $0.field("end", repair.end)
      $0.field("kind", repair.kind)
      $0.field("read", repair.read)
    }
  }

  private static func write(_ json: inout JSONWriter, _ diagnostic: RecordDiagnostic) {
    json.object {
      $0.field("kind", diagnostic.kind)
      $0.field("message", diagnostic.message)
      if let offset = diagnostic.byteOffset { $0.field("byte", offset) }
      if let span = diagnostic.span {
        $0.field("start", span.start)
        $0.field("end", span.end)
      }
      if !diagnostic.candidates.isEmpty {
        $0.array("candidates", diagnostic.candidates) { $0.element($1) }
      }
    }
  }

  /// A reading of a typed value by itself.
  static func json(of reading: TypedValue.Reading) -> String {
    var json = JSONWriter()
    json.object { Self.reading(reading, &$0) }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func reading(_ reading: TypedValue.Reading, _ json: inout JSONWriter) {
    json.field("kind", reading.kind.rawValue)
    if reading.kind == .time {
      if !reading.isRange { json.field("timex", reading.timex) }
    } else if !reading.isRange {
      json.field("value", reading.value)
    }
    if reading.isRange {
      json.field("low", reading.low)
      json.field("high", reading.high)
    }
    json.optional("unit", reading.unit)
    if reading.kind == .money { json.field("currency", reading.currency) }
    json.optional("mod", reading.mod)
    if reading.isSet { json.field("set", true) }
    json.optional("calendar", reading.calendar)
  }

  /// What a span says and where it stands.
  private static func place(_ text: String, _ start: Int, _ end: Int, _ json: inout JSONWriter) {
    json.field("text", text)
    json.field("start", start)
    json.field("end", end)
  }

  /// A role that is always there, with null where nothing fills it.
  private static func slot(_ key: String, _ slot: Record.Slot?, _ json: inout JSONWriter) {
    if let slot { Self.slot(key, slot, &json) } else { json.field(key, nil) }
  }

  /// A role, left out where nothing fills it.
  private static func optional(_ key: String, _ slot: Record.Slot?, _ json: inout JSONWriter) {
    if let slot { Self.slot(key, slot, &json) }
  }

  private static func slot(_ key: String, _ slot: Record.Slot, _ json: inout JSONWriter) {
    json.object(key) {
      $0.field("text", slot.text)
      $0.optional("type", slot.type)
      $0.optional("value", slot.value)
      if let start = slot.start, let end = slot.end {
        $0.field("start", start)
        $0.field("end", end)
      }
      $0.optional("entity", slot.entity)
      $0.optional("quantity", slot.quantity)
      if slot.carried { $0.field("carried", true) }
    }
  }
}
