internal import Annotations
internal import Extraction

/// The graph of facts (``FactGraph``) as GraphML.
///
/// The stream is an element a line. A thing that several documents name stands in it once a document, and is left out
/// from the second time on when the file is made, because GraphML allows each node once.
struct GraphMLView: AssembledView {
  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    let graph = FactGraph(record)
    var text = ""
    for node in graph.nodes {
      text += "<node id=\"\(Self.identifier(node.key))\">"
      text += Self.data("label", node.label) + Self.data("kind", node.type) + "</node>\n"
    }
    for edge in graph.edges {
      text += "<edge source=\"\(Self.identifier(edge.from))\""
      text += " target=\"\(Self.identifier(edge.to))\">" + Self.data("relation", edge.label)
      for (name, value) in edge.fields { text += Self.data(name, value) }
      text += "</edge>\n"
    }
    return Array(text.utf8)
  }

  func assemble(_ stream: String, into result: String) throws {
    var file = try PortionedFile(result)
    try file.write(Self.head.utf8)
    // A node's line says all there is of it, so equal nodes are equal lines.
    var nodes: Set<ArraySlice<UInt8>> = []
    try LineStream.lines(of: stream) { line in
      if line.starts(with: "<node".utf8), !nodes.insert(ArraySlice(Array(line))).inserted { return }
      try file.write(line)
      try file.write(CollectionOfOne(0x0A))
    }
    try file.write("</graph>\n</graphml>\n".utf8)
    try file.close()
  }

  private static var head: String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

      """
    for name in ["label", "kind"] {
      text += "<key id=\"\(name)\" for=\"node\" attr.name=\"\(name)\" attr.type=\"string\"/>\n"
    }
    for name in ["relation"] + FactGraph.fieldNames {
      let type = name.hasPrefix("sentence_") ? "int" : "string"
      text += "<key id=\"\(name)\" for=\"edge\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    return text + "<graph id=\"facts\" edgedefault=\"directed\">\n"
  }

  private static func data(_ key: String, _ value: String) -> String {
    "<data key=\"\(key)\">\(XMLText.escaped(value))</data>"
  }

  /// A key as XML's NMTOKEN: what may not stand in one is its number in hexadecimal between `_`.
  static func identifier(_ key: String) -> String {
    var result = ""
    for scalar in key.unicodeScalars {
      switch scalar.value {
      case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3005...0x3007, 0x3041...0x30FE,
        0x3400...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x3FFFD:
        result.unicodeScalars.append(scalar)
      default: result += "_" + String(scalar.value, radix: 16) + "_"
      }
    }
    return result
  }
}

/// Text in XML.
enum XMLText {
  /// A text with what has a meaning in XML escaped; what XML 1.0 does not allow at all (controls) is U+FFFD. It holds
  /// no line end.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22: result += "&quot;"
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028: result += "&#\(scalar.value);"
      case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
