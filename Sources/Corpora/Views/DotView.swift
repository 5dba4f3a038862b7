internal import Annotations
internal import Extraction

/// The graph of facts (``FactGraph``) in the language of Graphviz, one statement a line.
///
/// A node that several documents have is stated once in each; to Graphviz that is one node.
struct DotView: RecordView {
  var prologue: [UInt8] {
    Array(
      """
      digraph facts {
        graph [rankdir=LR, charset="UTF-8"]
        node [shape=box, style="rounded,filled", color="#8a93a3", fillcolor="#ffffff", fontname="sans-serif"]
        edge [color="#5b6472", fontname="sans-serif", fontsize=11]

      """.utf8)
  }

  var epilogue: [UInt8] { Array("}\n".utf8) }

  /// The colours of the types of names, as in the report.
  private static let fills = [
    "ORG": "#dbe7fd", "PER": "#d9f2e3", "LOC": "#fdeccf", "TITLE": "#eadffb", "WORK": "#fbdde6",
    "EVENT": "#d3f1f3",
  ]

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    let graph = FactGraph(record)
    var text = ""
    for node in graph.nodes {
      let look =
        node.type == "none"
        ? ", shape=point" : Self.fills[node.type].map { ", fillcolor=\"\($0)\"" } ?? ""
      text += "  \(Self.quoted(node.key)) [label=\(Self.label(node.label))"
      text += ", class=\(Self.quoted(node.type))\(look)]\n"
    }
    for edge in graph.edges {
      text += "  \(Self.quoted(edge.from)) -> \(Self.quoted(edge.to)) [label="
      text += Self.label(edge.label)
      for (name, value) in edge.fields { text += ", \(name)=\(Self.quoted(value))" }
      if edge.status != .asserted { text += ", style=dashed" }
      text += "]\n"
    }
    return Array(text.utf8)
  }

  /// A text that is shown: Graphviz reads entities of HTML in it.
  private static func label(_ text: String) -> String {
    quoted(String(text.unicodeScalars.flatMap { $0 == "&" ? Array("&amp;") : [Character($0)] }))
  }

  /// A text in quotes. A NUL, which Graphviz cannot read, is U+FFFD.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n", "\r": result += "\\n"
      case "\0": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
