/// Finds the elements of a page that hold its article.
///
/// Each line that reads like running text gives points to the elements around it, the nearest one most;
/// the element with the most points, less the part of its text that is links, is the article, and
/// neighbours of it that are alike belong to it (Arc90's *Readability*, 2009). How a line is told from a
/// menu is `PageBlock.isRunningText`. Elements that say what they are (`nav`, `class="comment"`) are
/// taken out first.
struct ArticleFinder {
  /// What was found.
  struct Article {
    /// The elements that hold the article, in the order of the page.
    let elements: [Int]
    /// Their lines.
    let blocks: [PageBlock]
    /// The number of their first line among the lines of the page.
    let start: Int
  }

  /// Running text below this many characters is no article.
  private static let shortestArticle = 40

  private let tree: MarkupTree
  private let isLeftOut: [Bool]
  /// The lines of the page without what surrounds an article.
  let blocks: [PageBlock]

  /// Takes a page apart. Linear in the page times the depth of its elements.
  init(_ tree: MarkupTree) {
    self.tree = tree
    isLeftOut = Self.surroundings(of: tree)
    blocks = PageBlocks(tree, without: isLeftOut).blocks
  }

  /// The article, or nil where no element has enough running text.
  func article() -> Article? {
    let points = points()
    guard let best = best(points) else { return nil }
    let elements = neighbours(of: best, points)
    var isInside = [Bool](repeating: false, count: tree.nodes.count)
    for number in tree.nodes.indices {
      isInside[number] = elements.contains(number) || isInside[tree.nodes[number].parent]
    }
    let trimmed = trim(blocks.filter { isInside[$0.element] })
    let length = trimmed.reduce(0) { $0 + ($1.isRunningText ? $1.length : 0) }
    guard length >= Self.shortestArticle else { return nil }
    let start = blocks.firstIndex { isInside[$0.element] } ?? 0
    return Article(elements: elements, blocks: trimmed, start: start)
  }

  // MARK: Surroundings

  /// Which elements say themselves that they hold no part of an article.
  ///
  /// A word of a class is a hint and no proof, so an element with most of the text of the page, or one
  /// that calls itself the article, is kept. What readers wrote may be most of the text; it goes unless
  /// the page's heading stands in it.
  private static func surroundings(of tree: MarkupTree) -> [Bool] {
    var plain = [Int](repeating: 0, count: tree.nodes.count)
    var hasHeading = [Bool](repeating: false, count: tree.nodes.count)
    var isLink = [Bool](repeating: false, count: tree.nodes.count)
    for (number, node) in tree.nodes.enumerated() {
      isLink[number] = isLink[node.parent] || node.name == "a"
    }
    for number in tree.nodes.indices.reversed() where number > 0 {
      let node = tree.nodes[number]
      if PageHints.invisible.contains(node.name) { plain[number] = 0 }
      if case .text(let text) = node.content, !isLink[number] {
        plain[number] = text.unicodeScalars.count { !$0.properties.isWhitespace }
      }
      if node.name == "h1" { hasHeading[number] = true }
      plain[node.parent] += plain[number]
      if hasHeading[number] { hasHeading[node.parent] = true }
    }
    let all = max(1, plain[0])
    return tree.nodes.enumerated().map { number, node in
      guard case .element(let name, _) = node.content, name != "body", name != "html" else {
        return false
      }
      let hint = PageHints.hint(of: node)
      if hint.isComments {
        return !hasHeading[number] && !(hint.isArticle && plain[number] * 2 > all)
      }
      if hint.isHidden { return plain[number] * 2 < all }
      if hint.isByline { return plain[number] * 10 < all }
      if hint.isSurroundings {
        return hint.isArticle ? plain[number] * 10 < all : plain[number] * 10 < all * 4
      }
      return false
    }
  }

  // MARK: Points

  private func points() -> [Double] {
    var whole = [Double](repeating: 0, count: tree.nodes.count)
    var length = [Int](repeating: 0, count: tree.nodes.count)
    var links = [Int](repeating: 0, count: tree.nodes.count)
    for block in blocks {
      let points = Self.points(of: block)
      climb(from: block.element) { number in
        whole[number] += points
        length[number] += block.length
        links[number] += block.linkLength
        return true
      }
    }
    var points = [Double](repeating: 0, count: tree.nodes.count)
    for block in blocks where block.isRunningText {
      let own = Self.points(of: block)
      var distance = 0
      // A paragraph is a part of an article and not one itself.
      let name = tree.nodes[block.element].name
      let start = Self.paragraphs.contains(name) ? tree.nodes[block.element].parent : block.element
      var below = whole[start]
      climb(from: start) { number in
        // An element that only wraps another one is as near as that one.
        if number != start, whole[number] > below {
          distance += 1
          below = whole[number]
        }
        points[number] += own / (distance < 2 ? Double(distance + 1) : Double(distance * 3))
        return distance < 8
      }
    }
    for number in points.indices where points[number] > 0 {
      let density = length[number] == 0 ? 0 : Double(links[number]) / Double(length[number])
      points[number] *= 1 - density
      if PageHints.hint(of: tree.nodes[number]).isArticle { points[number] *= 1.25 }
    }
    return points
  }

  private static let paragraphs: Set<String> = [
    "p", "li", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
  ]

  private static func points(of block: PageBlock) -> Double {
    guard block.isRunningText else { return 0 }
    return 1 + Double(min(block.marks, 10)) + min(Double(block.length) / 40, 5)
  }

  private func climb(from element: Int, _ body: (Int) -> Bool) {
    var number = element
    while body(number), number > 0 { number = tree.nodes[number].parent }
  }

  /// The element with the most points; of several that wrap each other the innermost.
  private func best(_ points: [Double]) -> Int? {
    var best: Int?
    for (number, value) in points.enumerated() where value > 0 {
      guard let before = best else {
        best = number
        continue
      }
      if value > points[before] || (value == points[before] && tree.isInside(number, before)) {
        best = number
      }
    }
    return best
  }

  /// The article and those of its neighbours that have a fifth of its points or more.
  private func neighbours(of best: Int, _ points: [Double]) -> [Int] {
    guard best > 0 else { return [best] }
    let parent = tree.nodes[best].parent
    return tree.nodes[parent].children.filter { child in
      child == best || points[child] >= max(4, points[best] / 5)
    }
  }

  // MARK: Lines

  /// The lines without lists of links, and without what stands before and behind the running text: the
  /// line with the date, buttons, the names of editors.
  private func trim(_ blocks: [PageBlock]) -> [PageBlock] {
    let lines = blocks.filter { block in
      !(block.linkDensity >= 0.5 && (block.links > 1 || block.length < 60))
    }
    guard let first = lines.firstIndex(where: \.isRunningText),
      let last = lines.lastIndex(where: \.isRunningText)
    else { return [] }
    let head = lines[..<first].filter { block in
      block.links == 0 && block.length > 3 && !Self.isDateline(block)
    }
    // What stands beside the last paragraph is its signature; what stands elsewhere are buttons and names of editors.
    let place = tree.nodes[lines[last].element].parent
    let tail = lines[(last + 1)...].prefix { block in
      block.links == 0
        && (block.element == lines[last].element || tree.nodes[block.element].parent == place)
    }
    return head + lines[first...last] + tail
  }

  /// Whether a line before the text is the one with the date, and not a sentence with a date in it.
  private static func isDateline(_ block: PageBlock) -> Bool {
    guard let day = DayInText(in: block.text) else { return false }
    return day.clock != nil || block.length <= 24
  }
}
