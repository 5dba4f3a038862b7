internal import Annotations
internal import Extraction

/// The graph of a record (``RDFGraph``) in one of the forms in which graphs are written. All three say the same
/// statements.
struct RDFView: RecordView {
  let syntax: any RDFSyntax
  let naming: RDFNaming

  var prologue: [UInt8] {
    var run = RDFNode(naming.base, RDFName(.void, "Dataset"))
    run.add(RDFName(.void, "vocabulary"), .iri(RDFName.Vocabulary.gx.namespace))
    return Array((syntax.head + syntax.text(of: run, isFirst: true)).utf8)
  }

  var epilogue: [UInt8] { Array(syntax.tail.utf8) }

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    let graph = RDFGraph(record, text: document.text, naming: naming)
    var bytes: [UInt8] = []
    for node in graph.nodes { bytes += syntax.text(of: node, isFirst: false).utf8 }
    return bytes
  }
}

/// A form in which graphs are written.
protocol RDFSyntax: Sendable {
  /// What stands before the first node.
  var head: String { get }
  /// What stands behind the last one.
  var tail: String { get }
  /// A node with its properties. Only the first of all nodes has nothing before it.
  func text(of node: RDFNode, isFirst: Bool) -> String
}

/// N-Triples (W3C, 2014): a statement a line.
struct NTriplesSyntax: RDFSyntax {
  var head: String { "" }
  var tail: String { "" }

  func text(of node: RDFNode, isFirst: Bool) -> String {
    var text = ""
    for type in node.types {
      text += "<\(node.iri)> <\(RDFName(.rdf, "type").iri)> <\(type.iri)> .\n"
    }
    for (property, value) in node.properties {
      let name =
        switch property {
        case .name(let name): name.iri
        case .iri(let iri): iri
        }
      text += "<\(node.iri)> <\(name)> \(object(value)) .\n"
    }
    return text
  }

  private func object(_ value: RDFValue) -> String {
    switch value {
    case .iri(let iri): "<\(iri)>"
    case .name(let name): "<\(name.iri)>"
    case .plain(let text): RDFText.quoted(text)
    case .chinese(let text): RDFText.quoted(text) + "@zh"
    case .integer(let number): "\"\(number)\"^^<\(RDFName(.xsd, "integer").iri)>"
    case .boolean(let flag): "\"\(flag)\"^^<\(RDFName(.xsd, "boolean").iri)>"
    case .typed(let text, let type): RDFText.quoted(text) + "^^<\(type.iri)>"
    }
  }
}

/// Turtle (W3C, 2014): a node a paragraph, a property a line.
struct TurtleSyntax: RDFSyntax {
  var head: String {
    RDFName.Vocabulary.allCases.map { "@prefix \($0.rawValue): <\($0.namespace)> .\n" }.joined()
      + "\n"
  }
  var tail: String { "" }

  func text(of node: RDFNode, isFirst: Bool) -> String {
    var lines = node.types.isEmpty ? [] : ["a " + node.types.map(\.short).joined(separator: ", ")]
    lines += node.properties.map { property, value in
      switch property {
      case .name(let name): "\(name.short) \(object(value))"
      case .iri(let iri): "<\(iri)> \(object(value))"
      }
    }
    return "<\(node.iri)> " + lines.joined(separator: " ;\n  ") + " .\n"
  }

  private func object(_ value: RDFValue) -> String {
    switch value {
    case .iri(let iri): "<\(iri)>"
    case .name(let name): name.short
    case .plain(let text): RDFText.quoted(text)
    case .chinese(let text): RDFText.quoted(text) + "@zh"
    case .integer(let number): String(number)
    case .boolean(let flag): String(flag)
    case .typed(let text, let type): RDFText.quoted(text) + "^^\(type.short)"
    }
  }
}

/// JSON-LD 1.1: one document with a context and a graph, a node a line.
struct JSONLDSyntax: RDFSyntax {
  /// The properties whose texts are Chinese unless they say otherwise.
  private static let chinese = ["text", "sentence", "alias", "of", "measure", "read", "completed"]
  /// The properties whose values are nodes.
  private static let links = [
    "names", "in", "entity", "quantity", "status", "group", "subjectSlot", "relationSlot",
    "objectSlot", "timeSlot", "placeSlot", "recipientSlot", "sourceSlot", "orgSlot",
  ]

  var head: String {
    var json = JSONWriter()
    json.object { json in
      json.object("@context") { json in
        json.field("@vocab", RDFName.Vocabulary.gx.namespace)
        for vocabulary in RDFName.Vocabulary.allCases {
          json.field(vocabulary.rawValue, vocabulary.namespace)
        }
        for name in Self.chinese {
          json.object(name) {
            $0.field("@id", "gx:\(name)")
            $0.field("@language", "zh")
          }
        }
        for name in Self.links {
          json.object(name) {
            $0.field("@id", "gx:\(name)")
            $0.field("@type", "@id")
          }
        }
      }
    }
    return String(decoding: json.bytes.dropLast(), as: UTF8.self) + ",\n\"@graph\": [\n"
  }

  var tail: String { "\n]}\n" }

  func text(of node: RDFNode, isFirst: Bool) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("@id", node.iri)
      if !node.types.isEmpty {
        json.array("@type", node.types) { json, type in
          json.element(type.vocabulary == .gx ? type.name : type.short)
        }
      }
      var keys: [String] = []
      var values: [String: [RDFValue]] = [:]
      for (property, value) in node.properties {
        let key =
          switch property {
          case .name(let name): name.vocabulary == .gx ? name.name : name.short
          case .iri(let iri): iri
          }
        if values[key] == nil { keys.append(key) }
        values[key, default: []].append(value)
      }
      for key in keys {
        let list = values[key] ?? []
        if list.count == 1 {
          Self.write(list[0], key, key, &json)
        } else {
          json.array(key, list) { Self.write($1, nil, key, &$0) }
        }
      }
    }
    return (isFirst ? "" : ",\n") + String(decoding: json.bytes, as: UTF8.self)
  }

  private static func write(
    _ value: RDFValue, _ name: String?, _ key: String, _ json: inout JSONWriter
  ) {
    func text(_ text: String) {
      if let name { json.field(name, text) } else { json.element(text) }
    }
    func object(_ fields: (String, String)...) {
      json.object(name) { for (key, text) in fields { $0.field(key, text) } }
    }
    switch value {
    case .iri(let iri): links.contains(key) ? text(iri) : object(("@id", iri))
    case .name(let name): links.contains(key) ? text(name.iri) : object(("@id", name.iri))
    case .plain(let plain): text(plain)
    case .chinese(let chinese):
      Self.chinese.contains(key) ? text(chinese) : object(("@value", chinese), ("@language", "zh"))
    case .integer(let number):
      name.map { json.field($0, number) }
        ?? object(("@value", String(number)), ("@type", "xsd:integer"))
    case .boolean(let flag):
      name.map { json.field($0, flag) }
        ?? object(("@value", String(flag)), ("@type", "xsd:boolean"))
    case .typed(let text, let type): object(("@value", text), ("@type", type.short))
    }
  }
}

/// Texts in N-Triples and Turtle.
private enum RDFText {
  /// A text in quotes, with escapes for what may not stand there and for controls.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0..<0x20, 0x7F...0xA0, 0x2028, 0x2029, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
