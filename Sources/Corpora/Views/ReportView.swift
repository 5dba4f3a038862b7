internal import Annotations
internal import Extraction

/// A page for reading, searching and printing: counts, articles with their names marked, and the facts beside them. One
/// file, which asks for nothing from outside.
///
/// The stream has two lines a document: what it adds to the counts, and the document itself as JSON. The page holds the
/// first `limit` documents and the counts of all. The look and the behaviour of the page are `report.css` and
/// `report.js`. Nothing of a document is ever read as HTML: the page holds JSON without a `<`, and its script makes
/// text of it.
struct ReportView: AssembledView {
  /// How many documents the page holds.
  let limit: Int

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    var counts = ReportCounts()
    counts.add(record, characters: document.text.unicodeScalars.count)
    var writer = RecordWriter()
    let line = writer.line(of: record).dropLast()
    var json = JSONWriter()
    json.object { $0.field("text", document.text) }
    var bytes = counts.line
    bytes += Self.unclosed(json.bytes.dropLast())
    bytes += ", \"record\": ".utf8
    bytes += Self.unclosed(line)
    bytes += "}\n".utf8
    return bytes
  }

  func assemble(_ stream: String, into result: String) throws {
    var counts = ReportCounts()
    try LineStream.lines(of: stream) { line in
      if line.first == ReportCounts.mark { counts.add(line) }
    }
    let page = Self.text(PackageResources.report_html)
      .replacing("/*style*/", with: Self.text(PackageResources.report_css))
    var file = try PortionedFile(result)
    // Each mark stands once on the page, in this order.
    let halves = Self.halves(page, at: "<!--counts-->")
    let rest = Self.halves(halves.1, at: "<!--documents-->")
    let end = Self.halves(rest.1, at: "/*script*/")
    try file.write(halves.0.utf8)
    try file.write(Self.script(id: "counts", counts.json(shown: min(limit, counts.documents))))
    try file.write(rest.0.utf8)
    var shown = 0
    try LineStream.lines(of: stream) { line in
      guard line.first != ReportCounts.mark, shown < limit else { return }
      shown += 1
      try file.write(Self.script(id: nil, line))
    }
    try file.write(end.0.utf8)
    try file.write(PackageResources.report_js)
    try file.write(end.1.utf8)
    try file.close()
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func halves(_ page: String, at mark: String) -> (String, String) {
    guard let range = page.firstRange(of: mark) else { return (page, "") }
    return (String(page[..<range.lowerBound]), String(page[range.upperBound...]))
  }

  private static func script(id: String?, _ json: some Sequence<UInt8>) -> [UInt8] {
    let name = id.map { "id=\"\($0)\"" } ?? "class=\"document\""
    return Array("<script type=\"application/json\" \(name)>".utf8) + json
      + Array("</script>\n".utf8)
  }

  /// JSON without a `<`: in HTML nothing but a `<` ends a script or begins a comment in it.
  static func unclosed(_ json: some Sequence<UInt8>) -> [UInt8] {
    json.flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
  }
}

/// What a report counts, over all documents of a run.
struct ReportCounts {
  /// What a line of counts begins with.
  static let mark = UInt8(ascii: "#")
  /// How many relations the page lists.
  private static let relationLimit = 200

  private(set) var documents = 0
  /// Counts by kind and name, such as `type` and `ORG`.
  private var counts: [String: [String: Int]] = [:]

  /// Adds a document.
  mutating func add(_ record: Record, characters: Int) {
    documents += 1
    func count(_ kind: String, _ name: String, _ number: Int = 1) {
      counts[kind, default: [:]][name, default: 0] += number
    }
    count("total", "characters", characters)
    count("total", "mentions", record.mentions.count)
    count("total", "entities", record.entities.count)
    count("total", "times", record.times.count)
    count("total", "quantities", record.quantities.count)
    count("total", "facts", record.triples.count)
    count("total", "repairs", record.repairs.count)
    count("total", "diagnostics", record.diagnostics.count)
    for mention in record.mentions { count("type", mention.type.rawValue) }
    for triple in record.triples {
      count("status", triple.status.rawValue)
      count("relation", triple.relation.type ?? triple.relation.text)
      if !triple.carriedRoles.isEmpty { count("total", "carried") }
    }
    for remark in record.diagnostics { count("diagnostic", remark.kind) }
  }

  /// The counts of one document as a line of the stream: `#`, then `KIND`, `NAME` and `NUMBER` of each behind tabs.
  var line: [UInt8] {
    var text = "#"
    for (kind, names) in counts.sorted(by: { $0.key < $1.key }) {
      for (name, number) in names.sorted(by: { $0.key < $1.key }) {
        let plain = String(name.map { $0 == "\t" || $0.isNewline ? " " : $0 })
        text += "\t\(kind)\t\(plain)\t\(number)"
      }
    }
    return Array((text + "\n").utf8)
  }

  /// Adds the counts of a line of the stream.
  mutating func add(_ line: ArraySlice<UInt8>) {
    documents += 1
    let cells = line.split(separator: 0x09, omittingEmptySubsequences: false).dropFirst()
    var index = cells.startIndex
    while index + 2 < cells.endIndex {
      let kind = String(decoding: cells[index], as: UTF8.self)
      let name = String(decoding: cells[index + 1], as: UTF8.self)
      let number = Int(String(decoding: cells[index + 2], as: UTF8.self)) ?? 0
      counts[kind, default: [:]][name, default: 0] += number
      index += 3
    }
  }

  /// The counts for the page, the greatest first.
  func json(shown: Int) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("documents", documents)
      json.field("shown", shown)
      for kind in ["total", "type", "status", "relation", "diagnostic"] {
        let sorted = (counts[kind] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if kind == "relation" { json.field("relations", sorted.count) }
        json.array(kind, Array(sorted.prefix(Self.relationLimit))) { json, item in
          json.object {
            $0.field("name", item.key)
            $0.field("count", item.value)
          }
        }
      }
    }
    return ReportView.unclosed(json.bytes)
  }
}
