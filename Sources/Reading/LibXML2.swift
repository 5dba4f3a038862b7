// The one file of this target that calls libxml2. All of its pointers live and die inside one function.
internal import CLibXML2

/// A page as libxml2's HTML parser reads it: any markup, no network, no entities from outside.
///
/// - Returns: the tree, and whether the page was not read to its end: the parser gives up where tags
///   nest more than 255 deep, and a page is read up to `MarkupTree.longestPage` bytes.
func parseHTML(_ markup: String) -> (tree: MarkupTree, isCutOff: Bool) {
  var tree = MarkupTree()
  // NUL ends a text in C, and is no character of a page.
  let bytes = markup.utf8.prefix(MarkupTree.longestPage).map { $0 == 0 ? 0x20 : $0 }
  guard
    let document = unsafe bytes.withUnsafeBufferPointer({ buffer in
      unsafe clibxml2_read_html(buffer.baseAddress, Int32(buffer.count))
    })
  else { return (tree, bytes.count > 0) }
  defer { unsafe xmlFreeDoc(document) }
  let isCutOff = clibxml2_gave_up() != 0 || markup.utf8.count > bytes.count
  unsafe append(xmlDocGetRootElement(document), to: 0, of: &tree)
  return (tree, isCutOff)
}

/// The character that an entity of HTML names (`nbsp`, `ldquo`).
func characterOfHTMLEntity(_ name: String) -> Unicode.Scalar? {
  let value = unsafe clibxml2_html_entity(name)
  return value == 0 ? nil : Unicode.Scalar(value)
}

/// A node and its siblings behind it. The depth is that of the tree, which the parser bounds.
private func append(_ first: xmlNodePtr?, to parent: Int, of tree: inout MarkupTree) {
  var next = unsafe first
  while let node = unsafe next {
    switch unsafe node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      if let content = unsafe node.pointee.content {
        tree.append(.text(unsafe String(cString: content)), to: parent)
      }
    case XML_ELEMENT_NODE:
      if let name = unsafe node.pointee.name.map({ unsafe String(cString: $0) }) {
        let attributes = unsafe attributes(of: node)
        let number = tree.append(.element(name.lowercased(), attributes), to: parent)
        unsafe append(node.pointee.children, to: number, of: &tree)
      }
    default: break
    }
    unsafe next = node.pointee.next
  }
}

private func attributes(of node: xmlNodePtr) -> [String: String] {
  var found: [String: String] = [:]
  var next = unsafe node.pointee.properties
  while let attribute = unsafe next {
    if let name = unsafe attribute.pointee.name.map({ unsafe String(cString: $0) }) {
      var value = ""
      var part = unsafe attribute.pointee.children
      while let text = unsafe part {
        if let content = unsafe text.pointee.content { value += unsafe String(cString: content) }
        unsafe part = text.pointee.next
      }
      found[name.lowercased()] = value
    }
    unsafe next = attribute.pointee.next
  }
  return found
}
