/// The elements and texts of a page, in the order of the page; node 0 holds them all.
///
/// Invariant: a child has a higher number than its parent, so a loop over all numbers backwards sees
/// the children of an element before the element.
struct MarkupTree {
  /// How many bytes of a page are read: far more than any article, so a page costs bounded memory.
  static let longestPage = 32 << 20

  /// What a node is.
  enum Content {
    case element(String, [String: String])
    case text(String)
  }

  /// An element or a text.
  struct Node {
    let content: Content
    let parent: Int
    var children: [Int] = []

    /// The name of an element in small letters; empty for a text.
    var name: String {
      if case .element(let name, _) = content { return name }
      return ""
    }

    /// An attribute of an element.
    subscript(attribute: String) -> String? {
      if case .element(_, let attributes) = content { return attributes[attribute] }
      return nil
    }
  }

  private(set) var nodes = [Node(content: .element("", [:]), parent: 0)]

  /// Adds a node as the last child of `parent`, and gives its number.
  @discardableResult
  mutating func append(_ content: Content, to parent: Int) -> Int {
    let number = nodes.count
    nodes.append(Node(content: content, parent: parent))
    nodes[parent].children.append(number)
    return number
  }

  /// All text below a node, white space as it stands.
  func text(of number: Int) -> String {
    if case .text(let text) = nodes[number].content { return text }
    return nodes[number].children.map { text(of: $0) }.joined()
  }

  /// The text below a node if it has at most so many bytes; nil where it has more. Costs no more than that.
  func shortText(of number: Int, limit: Int) -> String? {
    var text = ""
    return append(number, to: &text, limit) ? text : nil
  }

  private func append(_ number: Int, to text: inout String, _ limit: Int) -> Bool {
    if case .text(let own) = nodes[number].content {
      guard text.utf8.count + own.utf8.count <= limit else { return false }
      text += own
      return true
    }
    return nodes[number].children.allSatisfy { append($0, to: &text, limit) }
  }

  /// The numbers of the elements of a name.
  func elements(_ name: String) -> [Int] {
    nodes.indices.filter { nodes[$0].name == name }
  }

  /// Whether `number` is `ancestor` or stands in it.
  func isInside(_ number: Int, _ ancestor: Int) -> Bool {
    var at = number
    while at > ancestor { at = nodes[at].parent }
    return at == ancestor
  }
}
