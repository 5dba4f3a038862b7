/// The title of a page: what its `<title>` and its headings have in common, as GNE finds it; a heading
/// that is no `h1` is a line that the `<title>` begins with.
enum PageTitle {
  /// Signs that part a title from the names of the channel and the site.
  private static let separators: [Character] = [
    "_", "|", "\u{FF5C}", "\u{4E28}", "\u{2014}", "\u{2013}",
  ]

  /// Words of a `class` or an `id` of a title.
  private static let words: Set<String> = [
    "title", "biaoti", "headline", "newstitle", "arttitle", "tit",
  ]

  /// A title of fewer characters is the name of a site or of a channel, if another one can be found.
  private static let shortest = 8

  /// The title, or nil where the page has none. `lines` are those of the page without its
  /// surroundings, the first lines of the article with them.
  static func find(in tree: MarkupTree, lines: some Collection<PageBlock>) -> String? {
    let written = tree.elements("title").lazy.compactMap { line(tree.text(of: $0)) }.first
    let declared = PageMeta.value(of: ["og:title", "twitter:title", "articletitle"], in: tree)
      .flatMap { line($0) }
    // A heading that the title of the page repeats is the article's; others are those of boxes.
    for name in PageHints.headings {
      let headings = tree.elements(name).compactMap { line(tree.text(of: $0)) }
        .filter { $0.count >= 4 }
      let shared = headings.filter { heading in
        [written, declared].contains { title in
          guard let title else { return false }
          return title.hasPrefix(heading) || (heading.count >= 8 && title.contains(heading))
            || (title.count >= 8 && heading.contains(withoutSite(title)))
        }
      }
      if let longest = shared.max(by: { $0.count < $1.count }) { return longest }
    }
    let begins = lines.filter { line in
      line.length >= shortest
        && [written, declared].contains { title in
          guard let title, title.hasPrefix(line.text) else { return false }
          return line.text.count * 3 >= withoutSite(title).count * 2
        }
    }
    if let longest = begins.max(by: { $0.length < $1.length }) { return longest.text }
    let headings = tree.elements("h1").compactMap { line(tree.text(of: $0)) }
    let named = (declared ?? written).map { withoutSite($0) }
    if let named, named.count >= shortest { return named }
    return (headings.count == 1 ? headings.first : nil) ?? called(tree, lines) ?? named
  }

  /// The last line before the article that stands in an element which is called a title.
  private static func called(_ tree: MarkupTree, _ lines: some Collection<PageBlock>) -> String? {
    lines.filter { line in
      let node = tree.nodes[line.element]
      return line.length >= shortest && line.length < 100 && line.links == 0
        && !PageHints.words((node["class"] ?? "") + " " + (node["id"] ?? "")).isDisjoint(
          with: words)
    }.reversed().first?.text
  }

  /// A title without what stands behind the last separators; the longest part where the first is a name
  /// of the site too.
  static func withoutSite(_ title: String) -> String {
    var parts = title.split { separators.contains($0) }.compactMap { line(String($0)) }
    if parts.count < 2 {
      parts = parted(title, at: " - ") ?? parted(title, at: "--") ?? lastHyphen(title) ?? [title]
    } else if let first = parts.first, let shorter = lastHyphen(first) {
      parts[0] = shorter[0]
    }
    guard let first = parts.first else { return title }
    let longest = parts.max { $0.count < $1.count } ?? first
    return first.count >= 8 || first.count * 2 >= longest.count ? first : longest
  }

  private static func parted(_ title: String, at separator: String) -> [String]? {
    guard let found = title.ranges(of: separator).first else { return nil }
    let parts = [title[..<found.lowerBound], title[found.upperBound...]].compactMap {
      line(String($0))
    }
    return parts.count == 2 ? parts : nil
  }

  /// A hyphen without spaces parts a short name of a site only, since words have hyphens too (COVID-19).
  private static func lastHyphen(_ title: String) -> [String]? {
    guard let hyphen = title.lastIndex(of: "-") else { return nil }
    let (head, tail) = (title[..<hyphen], title[title.index(after: hyphen)...])
    guard let next = tail.first, tail.count <= 12, head.count >= 8, next.isLetter, !next.isASCII
    else {
      return nil
    }
    return [lastHyphen(String(head))?[0] ?? String(head), String(tail)]
  }

  /// A text as one line; nil where it is empty.
  static func line(_ text: String) -> String? {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.isEmpty ? nil : line
  }
}
