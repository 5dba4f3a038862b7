import Annotations
import Extraction
import Foundation

/// Text with marked links, as Corpora/README.md describes them: `⟦区教育局|和平区教育局⟧` for a name,
/// `⟦该局~和平区教育局⟧` for a reference, `?` for what means nothing that can be told.
struct LinkedText {
  struct Mark: Hashable {
    let start: Int
    let end: Int
    let text: String
    /// The full name of the thing; nil where nothing says which one is meant.
    let entity: String?
    let isReference: Bool

    /// Whether it is the full name itself.
    var isFull: Bool { text == entity }
  }

  /// The text without marks.
  private(set) var text = ""
  private(set) var marks: [Mark] = []

  init(_ marked: String) {
    var inside: [Unicode.Scalar]?
    var count = 0
    for character in marked.unicodeScalars {
      if character == "⟦" {
        inside = []
      } else if character == "⟧", let span = inside {
        let sign = span.firstIndex { $0 == "|" || $0 == "~" } ?? span.endIndex
        func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
          String(String.UnicodeScalarView(part))
        }
        let name = string(span[..<sign])
        let entity = sign == span.endIndex ? name : string(span[(sign + 1)...])
        marks.append(
          Mark(
            start: count, end: count + sign, text: name, entity: entity == "?" ? nil : entity,
            isReference: sign < span.endIndex && span[sign] == "~"))
        text += name
        count += sign
        inside = nil
      } else if inside != nil {
        inside?.append(character)
      } else {
        text.unicodeScalars.append(character)
        count += 1
      }
    }
  }

  /// The marks that an analysis gives a text. Titles are left out.
  static func marking(_ text: String, _ analysis: DocumentAnalysis) -> String {
    let links = analysis.links
    let ambiguous = Set(links.ambiguities.map(\.range))
    var marks: [(range: TextRange, sign: String, name: String)] = []
    for (mention, number) in zip(links.mentions, links.numbers) where mention.type != .title {
      marks.append(
        (
          mention.range, "|",
          ambiguous.contains(mention.range) ? "?" : links.entities[number].name
        ))
    }
    for entity in links.entities {
      for reference in entity.references { marks.append((reference.range, "~", entity.name)) }
    }
    for range in ambiguous where !marks.contains(where: { $0.range == range }) {
      marks.append((range, "~", "?"))
    }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var at = 0
    for mark in marks.sorted(by: { $0.range < $1.range }) {
      let source = analysis.text.source(mark.range)
      guard source.start >= at else { continue }
      result.append(contentsOf: scalars[at..<source.start])
      let written = String(String.UnicodeScalarView(scalars[source.start..<source.end]))
      let label = mark.sign == "|" && mark.name == written ? "" : mark.sign + mark.name
      result.append(contentsOf: "⟦\(written)\(label)⟧".unicodeScalars)
      at = source.end
    }
    result.append(contentsOf: scalars[at...])
    return String(result)
  }

  /// The articles of `Corpora/links`.
  static func articles() throws -> [(id: String, date: CalendarDate?, text: LinkedText)] {
    let folder = Repository.root + "/Corpora/links"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".links") }
    return try files.flatMap { file in
      let content = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      return ("\n" + content).components(separatedBy: "\n=== ").dropFirst().map { block in
        let end = block.firstIndex(of: "\n") ?? block.endIndex
        let head = block[..<end].split(separator: " ")
        let body = block[end...].trimmingCharacters(in: .newlines)
        return (String(head[0]), CalendarDate(String(head[1])), LinkedText(body))
      }
    }
  }
}
