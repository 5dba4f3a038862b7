package import Annotations
package import Evaluation

/// Gold that a person wrote, as JSON Lines (`Corpora/README.md` says how it is formed): the documents to extract,
/// what should come out of them, and every fault of the file.
package struct GoldFile {
  /// What should come out, in the order of the file.
  package private(set) var gold: [GoldDocument] = []
  /// The documents, in the same order.
  package private(set) var documents: [Document] = []
  /// What could not be read. A line that is no gold is left out; of an annotation that does not fit its text only
  /// itself.
  package private(set) var faults: [InputFailure] = []

  private var lineNumbers: [String: (line: Int, index: Int)] = [:]

  /// Reads a file, `-` for standard input.
  package init(_ path: String) {
    var lines = ObjectLines()
    lines.read(
      path, as: GoldLine.self,
      expected:
        "{\"id\": …, \"text\": …, \"entities\": [{\"text\", \"type\"}], \"times\": [{\"text\"}], "
        + "\"quantities\": [{\"text\"}], \"triples\": [{\"subject\", \"relation\", \"object\"}]}"
    ) { add($0, $1) }
    faults = lines.faults
  }

  private mutating func add(_ line: GoldLine, _ place: ObjectLines.Line) -> [InputFailure] {
    let document: Document
    let context = InputContext(
      place: place.file, id: line.id.text, options: InputOptions(),
      budget: UnpackingBudget(InputLimits()))
    switch ObjectDocuments(context).document(place.bytes, number: place.number) {
    case .success(let read): document = read
    case .failure(let failure): return [place.fault(failure.message)]
    }
    var faults: [InputFailure] = []
    let own = line.gold(place, &faults)
    if let known = lineNumbers[own.id] {
      faults.append(
        place.fault(
          at: [.key("id")],
          "the id \"\(own.id)\" is that of line \(known.line) too, which is not used; give each text its own"
        ))
      gold[known.index] = own
      documents[known.index] = document
    } else {
      lineNumbers[own.id] = (place.number, gold.count)
      gold.append(own)
      documents.append(document)
    }
    return faults
  }
}

/// The keys of a line of gold.
private struct GoldLine: Decodable {
  struct Span: Decodable {
    var text: String
    var type: String?
    var n: Int?
    var value: JSONIdentifier?
    var measure: String?
    var mod: String?
    var of: String?
  }

  struct Fact: Decodable {
    var subject: String?
    var relation: String
    var object: String?
    var time: String?
    var place: String?
    var recipient: String?
    var source: String?
    var org: String?
    var status: String?
  }

  var id: JSONIdentifier
  var text: String
  var entities: [Span]?
  var times: [Span]?
  var quantities: [Span]?
  var triples: [Fact]?

  /// The document; what does not fit the text is left out and told.
  func gold(_ place: ObjectLines.Line, _ faults: inout [InputFailure]) -> GoldDocument {
    var gold = GoldDocument(id: id.text, text: text)
    let characters = text.unicodeScalars.map(\.value)
    func each(_ key: String, _ spans: [Span]?, _ body: (Span, SourceRange, Int) -> Void) {
      for (index, span) in (spans ?? []).enumerated() {
        let occurrence = span.n ?? 1
        guard
          let range = GoldDocument.span(of: span.text, occurrence: occurrence, in: characters)
        else {
          let isThere = GoldDocument.span(of: span.text, occurrence: 1, in: characters) != nil
          faults.append(
            place.fault(
              at: [.key(key), .index(index), .key(isThere ? "n" : "text")],
              isThere
                ? "\"\(span.text)\" does not stand \(occurrence) times in the text of \"\(id.text)\"; correct \"n\""
                : "\"\(span.text)\" does not stand in the text of \"\(id.text)\"; copy it character by character"
            ))
          continue
        }
        body(span, range, index)
      }
    }
    each("entities", entities) { span, range, index in
      if let type = span.type.flatMap({ EntityType(rawValue: $0) }) {
        gold.names.append(GoldDocument.Name(text: span.text, type: type, span: range))
      } else {
        let known = EntityType.allCases.map(\.rawValue).joined(separator: ", ")
        faults.append(
          place.fault(
            at: [.key("entities"), .index(index), .key("type")],
            span.type.map { "\"\($0)\" is no type of names; expected \(known)" }
              ?? "\"entities[\(index)]\" has no \"type\"; expected \(known)"))
      }
    }
    each("times", times) { span, range, _ in
      gold.times.append(
        GoldDocument.Time(text: span.text, span: range, value: span.value?.text))
    }
    each("quantities", quantities) { span, range, _ in
      gold.quantities.append(
        GoldDocument.Quantity(
          text: span.text, span: range, value: span.value?.text, measure: span.measure,
          modifier: span.mod, counted: span.of))
    }
    for (index, written) in (triples ?? []).enumerated() {
      var fact = GoldDocument.Fact(
        subject: written.subject, relation: written.relation, object: written.object)
      fact.time = written.time
      fact.place = written.place
      fact.recipient = written.recipient
      fact.source = written.source
      fact.organization = written.org
      do {
        fact.status = try StatusName.status(written.status)
      } catch {
        faults.append(
          place.fault(at: [.key("triples"), .index(index), .key("status")], "\(error)"))
      }
      gold.facts.append(fact)
    }
    return gold
  }
}

/// The name of a status, as files write it.
struct StatusName: Error, CustomStringConvertible {
  let description: String

  /// The status of a name; asserted where none is written.
  static func status(_ name: String?) throws -> Status {
    guard let name else { return .asserted }
    guard let status = Status(rawValue: name) else {
      throw StatusName(
        description:
          "\"\(name)\" is no status; expected asserted, negated, planned or hypothetical")
    }
    return status
  }
}
