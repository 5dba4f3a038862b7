// The one file of this target that calls libxml2.
internal import CLibXML2

/// The text of an HTML page: its blocks as lines, without scripts, styles and forms.
///
/// Parsed by libxml2's HTML parser, which takes any markup; no network, no entities from outside.
package enum HTMLReader {
  /// A page's title and text.
  package struct Page: Sendable {
    package var title: String?
    package var text: String
    /// Whether the parser gave up before the end, as it does where tags nest more than 255 deep.
    package var isCutOff: Bool
  }

  private static let skipped: Set<String> = [
    "script", "style", "noscript", "template", "form", "select", "button", "iframe", "svg",
  ]
  private static let blocks: Set<String> = [
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
    "section", "article", "header", "footer", "nav", "aside", "blockquote", "pre", "dd", "dt",
    "title", "figure", "figcaption", "main",
  ]

  /// Reads a page that has been decoded already; a charset it declares is not looked at.
  package static func read(_ markup: String) -> Page {
    var page = Page(title: nil, text: "", isCutOff: false)
    let bytes = Array(markup.utf8)
    guard
      let document = unsafe bytes.withUnsafeBufferPointer({ buffer in
        unsafe clibxml2_read_html(buffer.baseAddress, Int32(buffer.count))
      })
    else { return page }
    defer { unsafe xmlFreeDoc(document) }
    page.isCutOff = clibxml2_gave_up() != 0
    unsafe walk(xmlDocGetRootElement(document), &page)
    page.text = tidy(page.text)
    return page
  }

  private static func walk(_ first: xmlNodePtr?, _ page: inout Page) {
    var next = unsafe first
    while let node = unsafe next {
      unsafe visit(node, &page)
      unsafe next = node.pointee.next
    }
  }

  private static func visit(_ node: xmlNodePtr, _ page: inout Page) {
    switch unsafe node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      if let content = unsafe node.pointee.content {
        let text = unsafe String(cString: content)
        page.text += String(text.map { $0.isNewline ? " " : $0 })
      }
    case XML_ELEMENT_NODE:
      guard let name = unsafe node.pointee.name.map({ unsafe String(cString: $0) }) else { return }
      if skipped.contains(name) { return }
      let start = page.text.endIndex
      if blocks.contains(name) { page.text += "\n" }
      unsafe walk(node.pointee.children, &page)
      if blocks.contains(name) { page.text += "\n" }
      if name == "title" {
        page.title = tidy(String(page.text[start...]))
        page.text.removeSubrange(start...)
      }
    default: break
    }
  }

  /// One line a block, without empty ones and spaces around them.
  private static func tidy(_ text: String) -> String {
    text.split(separator: "\n").compactMap { line in
      var line = line
      while line.first?.isWhitespace == true { line.removeFirst() }
      while line.last?.isWhitespace == true { line.removeLast() }
      return line.isEmpty ? nil : String(line)
    }.joined(separator: "\n")
  }
}
