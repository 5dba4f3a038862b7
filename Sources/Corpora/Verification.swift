package import Annotations

/// Slices every span of a record out of the source again and compares it with what the record says.
package enum Verification {
  /// What does not hold; empty for a sound record.
  /// - Complexity: O(count of the text + results).
  package static func faults(in record: Record, text: String) -> [String] {
    var faults: [String] = []
    let slicer = Slicer(text: text, unit: record.offsets)
    func check(_ what: String, _ written: String, _ start: Int, _ end: Int) {
      guard let slice = slicer.slice(start, end) else {
        faults.append("\(record.id): \(what) \(start)-\(end) lies outside of the text")
        return
      }
      if slice != written {
        faults.append("\(record.id): \(what) says \"\(written)\", the source has \"\(slice)\"")
      }
    }
    func inside(_ what: String, _ slot: Record.Slot?) {
      guard let slot, let start = slot.start, let end = slot.end else { return }
      guard let slice = slicer.slice(start, end) else {
        faults.append("\(record.id): \(what) \(start)-\(end) lies outside of the text")
        return
      }
      if slice.isEmpty, !slot.text.isEmpty {
        faults.append("\(record.id): \(what) \"\(slot.text)\" has an empty span")
      }
    }
    for mention in record.mentions {
      check("mention \(mention.id)", mention.text, mention.start, mention.end)
    }
    let mentions = Dictionary(uniqueKeysWithValues: record.mentions.map { ($0.id, $0) })
    for nested in record.nested + record.abbreviations {
      check("the name in \(nested.within ?? "a word")", nested.text, nested.start, nested.end)
      guard let id = nested.within else { continue }
      if let outer = mentions[id], outer.start <= nested.start, nested.end <= outer.end { continue }
      faults.append("\(record.id): the name \"\(nested.text)\" does not lie in mention \(id)")
    }
    for entity in record.entities {
      for reference in entity.references {
        check("reference to \(entity.id)", reference.text, reference.start, reference.end)
      }
    }
    for time in record.times { check("time \(time.id)", time.text, time.start, time.end) }
    for quantity in record.quantities {
      check("quantity \(quantity.id)", quantity.text, quantity.start, quantity.end)
    }
    for triple in record.triples {
      for (name, slot) in [
        ("subject", triple.subject), ("relation", triple.relation), ("object", triple.object),
        ("time", triple.time), ("place", triple.place), ("recipient", triple.recipient),
        ("source", triple.source), ("org", triple.org),
      ] { inside("\(name) of \(triple.id)", slot) }
    }
    return faults
  }

  /// A text by positions in one unit.
  private struct Slicer {
    private let bytes: [UInt8]
    private let scalars: [UInt32]
    private let units: [UInt16]
    private let unit: OffsetUnit

    init(text: String, unit: OffsetUnit) {
      self.unit = unit
      bytes = unit == .utf8 ? Array(text.utf8) : []
      scalars = unit == .scalar ? text.unicodeScalars.map(\.value) : []
      units = unit == .utf16 ? Array(text.utf16) : []
    }

    func slice(_ start: Int, _ end: Int) -> String? {
      let count =
        switch unit {
        case .utf8: bytes.count
        case .scalar: scalars.count
        case .utf16: units.count
        }
      guard start >= 0, start <= end, end <= count else { return nil }
      switch unit {
      case .utf8: return String(decoding: bytes[start..<end], as: UTF8.self)
      case .utf16: return String(decoding: units[start..<end], as: UTF16.self)
      case .scalar: return String(scalars: scalars[start..<end])
      }
    }
  }
}
