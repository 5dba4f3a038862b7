/// A line of a page: a run of text that no block element interrupts.
struct PageBlock {
  /// The text, white space as a browser shows it.
  var text = ""
  /// The nearest block element around it.
  var element = 0
  /// Characters that are no white space, and those of them in links.
  var length = 0
  var linkLength = 0
  /// Marks of punctuation beyond ASCII that part or end clauses.
  var marks = 0
  /// How many links begin in it.
  var links = 0

  /// The part of the text that is links, from 0 to 1.
  var linkDensity: Double { length == 0 ? 0 : Double(linkLength) / Double(length) }

  /// Whether the line reads like running text: it has punctuation or is long, and is no list of links
  /// (Kohlschütter et al., *Boilerplate Detection using Shallow Text Features*, 2010: link density and
  /// the number of words tell most; Chinese has no words to count, so marks of punctuation stand in, as
  /// in GNE).
  var isRunningText: Bool {
    linkDensity < 0.4 && ((marks >= 1 && length >= 14) || length >= 60)
  }
}

/// The lines of a page.
struct PageBlocks {
  private(set) var blocks: [PageBlock] = []
  private let tree: MarkupTree
  private let isLeftOut: [Bool]
  private var current = PageBlock()
  /// White space that is not written yet, and whether a line end was in it.
  private var hasSpace = false
  private var hasLineEnd = false

  /// The lines of what is in `tree` without the elements of `isLeftOut`. Linear in the page.
  init(_ tree: MarkupTree, without isLeftOut: [Bool]) {
    self.tree = tree
    self.isLeftOut = isLeftOut
    visit(0, block: 0, isLink: false, isPreformatted: false)
    finish()
  }

  private mutating func visit(_ number: Int, block: Int, isLink: Bool, isPreformatted: Bool) {
    let node = tree.nodes[number]
    switch node.content {
    case .text(let text): append(text, block: block, isLink: isLink, asLines: isPreformatted)
    case .element(let name, _):
      if isLeftOut[number] || PageHints.invisible.contains(name) { return }
      let isBlock = PageHints.blocks.contains(name)
      if isBlock { finish() }
      if name == "td" || name == "th" { hasSpace = true }
      let isInLink = isLink || (name == "a" && node["href"] != nil)
      if isInLink, !isLink { current.links += 1 }
      let isHolder = (isBlock && name != "br") || name == "td" || name == "th"
      for child in node.children {
        visit(
          child, block: isHolder ? number : block, isLink: isInLink,
          isPreformatted: isPreformatted || name == "pre")
      }
      if isBlock { finish() }
      if name == "td" || name == "th" { hasSpace = true }
    }
  }

  private mutating func append(_ text: String, block: Int, isLink: Bool, asLines: Bool) {
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}" {
        let isLineEnd = scalar == "\n" || scalar == "\r"
        if asLines, isLineEnd { finish() }
        if scalar != "\u{200B}", scalar != "\u{FEFF}" { hasSpace = true }
        if isLineEnd { hasLineEnd = true }
        continue
      }
      writeSpace(before: scalar)
      if current.length == 0 { current.element = block }
      current.text.unicodeScalars.append(scalar)
      current.length += 1
      if isLink { current.linkLength += 1 }
      if scalar.value > 0x7F, Self.isMark(scalar) { current.marks += 1 }
    }
  }

  /// A line end in the source between two characters of Chinese is no space (CSS Text, *Segment Break
  /// Transformation Rules*); all other white space is one.
  private mutating func writeSpace(before scalar: Unicode.Scalar) {
    defer {
      hasSpace = false
      hasLineEnd = false
    }
    guard hasSpace, let last = current.text.unicodeScalars.last else { return }
    if hasLineEnd, last.value >= 0x2E80, scalar.value >= 0x2E80 { return }
    current.text += " "
  }

  private mutating func finish() {
    if current.length > 0 { blocks.append(current) }
    current = PageBlock()
    hasSpace = false
    hasLineEnd = false
  }

  /// Whether a sign parts or ends clauses. A colon also stands in titles and behind labels, a dot in names.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xFF1A, 0xB7, 0x2022, 0x203B: false
    default: scalar.properties.generalCategory == .otherPunctuation
    }
  }
}
