internal import Annotations

/// A document in brat's standoff form: the text, and annotations that point into it by Unicode scalars.
///
/// | line | what it is |
/// | --- | --- |
/// | `T` | a name (`ORG` …), a time (`TIME`), a quantity (`QUANTITY`), another filler of a role (`Phrase`), or the word of a relation |
/// | `E` | a fact: its trigger is the word of the relation, its type that of the relation, `Fact` where it has none |
/// | `R` | a fact whose relation no word names, between subject and object |
/// | `A` | `Status` of a fact that is not asserted; `Carried` where a role was taken over |
/// | `*` | mentions of one thing |
/// | `#` | the rule and what else the record has: the id of a fact, the value of a time |
///
/// A span over a line end is written in pieces, as brat wants it. Carriage returns are written as spaces, because some
/// readers drop them and would count otherwise.
struct BratDocument {
  /// The text.
  private(set) var text = ""
  /// The annotations, without line ends.
  private(set) var lines: [String] = []

  private let source: ScalarText
  private var spans: [Place: String] = [:]
  private var counts: [Character: Int] = [:]

  /// What makes two text-bound annotations one: where they stand, and their type for the words of relations.
  private struct Place: Hashable {
    var start: Int
    var end: Int
    var type: String?
  }

  init(_ record: Record, text: String) {
    source = ScalarText(text, unit: record.offsets)
    self.text = String(scalars: source.scalars.lazy.map { $0 == "\r" ? 0x20 : $0.value })
    var spanOf: [String: String] = [:]
    for mention in record.mentions {
      let id = span(mention.start, mention.end, mention.type.rawValue)
      spanOf[mention.id] = id
      if let id {
        let subtype = mention.subtype.map { " subtype=\($0)" } ?? ""
        note(on: id, "\(mention.id) \(mention.entity)\(subtype) rule=\(mention.rule)")
      }
    }
    for entity in record.entities {
      let same = entity.mentions.compactMap { spanOf[$0] }
      if same.count > 1 { lines.append("*\tEquiv " + same.joined(separator: " ")) }
    }
    for time in record.times {
      if let id = span(time.start, time.end, "TIME") {
        note(
          on: id,
          time.id + (time.value.map { " value=\($0)" } ?? "")
            + (time.mod.map { " mod=\($0)" } ?? ""))
      }
    }
    for quantity in record.quantities {
      if let id = span(quantity.start, quantity.end, "QUANTITY") {
        let fields: [(String, String?)] = [
          ("kind", quantity.kind.rawValue), ("value", quantity.value),
          ("measure", quantity.measure), ("unit", quantity.unit),
          ("mod", quantity.mod == .exact ? nil : quantity.mod.rawValue),
          ("of", quantity.of), ("rule", quantity.rule),
        ]
        note(
          on: id,
          quantity.id + fields.map { name, value in value.map { " \(name)=\($0)" } ?? "" }.joined())
      }
    }
    for triple in record.triples { add(triple) }
  }

  private mutating func add(_ triple: Record.Triple) {
    let type = Self.name(triple.relation.type) ?? "Fact"
    var arguments: [(role: String, span: String)] = []
    var rest: [String] = []
    for (name, slot) in triple.roles where name != "relation" {
      if let start = slot.start, let end = slot.end, let id = span(start, end, "Phrase") {
        arguments.append((name.prefix(1).uppercased() + name.dropFirst(), id))
      } else {
        rest.append("\(name)=\(slot.text)")
      }
    }
    let fact: String
    var trigger: String?
    if let start = triple.relation.start, let end = triple.relation.end {
      trigger = span(start, end, type, isTrigger: true)
    }
    let ends = arguments.filter { ["Subject", "Object"].contains($0.role) }
    if trigger == nil, ends.count == 2 {
      fact = next("R")
      lines.append("\(fact)\t\(type) Arg1:\(ends[0].span) Arg2:\(ends[1].span)")
      rest += arguments.filter { !["Subject", "Object"].contains($0.role) }
        .map { "\($0.role.lowercased())=\($0.span)" }
      rest.append("relation=\(triple.relation.text)")
    } else {
      // A fact that neither its relation nor two roles hold in the text is held by its sentence, which has characters.
      guard
        let holder =
          trigger ?? span(triple.sentenceStart, triple.sentenceEnd, type, isTrigger: true)
      else { return }
      fact = next("E")
      lines.append(
        "\(fact)\t\(type):\(holder)" + arguments.map { " \($0.role):\($0.span)" }.joined())
      if trigger == nil { rest.append("relation=\(triple.relation.text)") }
    }
    if triple.status != .asserted {
      lines.append("\(next("A"))\tStatus \(fact) \(triple.status.rawValue)")
    }
    if !triple.carriedRoles.isEmpty {
      lines.append("\(next("A"))\tCarried \(fact)")
      rest.append("carried=" + triple.carriedRoles.joined(separator: ","))
    }
    if let group = triple.group { rest.append("group=\(group)") }
    note(on: fact, ([triple.id, "rule=\(triple.rule)"] + rest).joined(separator: " "))
  }

  private mutating func next(_ kind: Character) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind, default: 0])"
  }

  private mutating func note(on id: String, _ text: String) {
    lines.append("\(next("#"))\tAnnotatorNotes \(id)\t" + Self.oneLine(text))
  }

  /// The text-bound annotation of a span, which is new if none stands there; nil for a span without characters.
  private mutating func span(
    _ start: Int, _ end: Int, _ type: String, isTrigger: Bool = false
  ) -> String? {
    let place = Place(start: source[start], end: source[end], type: isTrigger ? type : nil)
    if let known = spans[place] { return known }
    var pieces: [Range<Int>] = []
    var at = place.start
    for index in place.start...max(place.start, place.end) {
      let isEnd = index >= place.end || source.scalars[index] == "\n"
      if isEnd {
        if at < index { pieces.append(at..<index) }
        at = index + 1
      }
    }
    guard !pieces.isEmpty else { return nil }
    let id = next("T")
    spans[place] = id
    let texts = pieces.map { piece in
      String(scalars: source.scalars[piece].lazy.map { $0 == "\r" ? 0x20 : $0.value })
    }
    lines.append(
      "\(id)\t\(type) " + pieces.map { "\($0.lowerBound) \($0.upperBound)" }.joined(separator: ";")
        + "\t" + texts.joined(separator: " "))
    return id
  }

  /// A type as brat can name it: letters, digits, `-` and `_` of ASCII; nil for none.
  static func name(_ type: String?) -> String? {
    guard let type, !type.isEmpty else { return nil }
    let isPlain = type.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    if isPlain { return type }
    return type.unicodeScalars.map { scalar in
      let isWord =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isWord ? String(scalar) : "_" + String(scalar.value, radix: 16)
    }.joined()
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}
