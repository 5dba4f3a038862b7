/// The article of an HTML page: title, day and text, without what stands around it.
///
///     HTMLReader.read(markup).article    // title, date and the paragraphs as lines
///
/// Parsed by libxml2's HTML parser, which takes any markup; no network, no entities from outside.
/// Where no article is found the text is the whole page, its blocks as lines.
package enum HTMLReader {
  /// What a page says.
  package struct Page: Sendable {
    /// The title, without the name of the site.
    package var title: String?
    /// The day on which it was published.
    package var date: DayInText?
    /// The article's paragraphs as lines; all lines of the page where none was found.
    package var text: String
    /// Whether the text is an article, and not the whole page.
    package var isArticle: Bool
    /// Whether the parser gave up before the end, as it does where tags nest more than 255 deep.
    package var isCutOff: Bool
    /// The addresses of the frames, where a page is made of them and has next to no text of its own.
    package var frames: [String]
  }

  /// A page of frames has at most this much text of its own.
  private static let longestFrameText = 200

  /// Reads a page that has been decoded already; see `HTMLCharset` for that.
  package static func read(_ markup: String) -> Page {
    let (tree, isCutOff) = parseHTML(markup)
    let finder = ArticleFinder(tree)
    let article = finder.article()
    let title = PageTitle.find(in: tree, lines: finder.blocks.prefix((article?.start ?? 0) + 3))
    let lines = article?.blocks.filter { $0.text != title } ?? wholeText(of: tree)
    var frames: [String] = []
    if article == nil, lines.reduce(0, { $0 + $1.length }) <= longestFrameText {
      frames = tree.nodes.filter { ["frame", "iframe"].contains($0.name) }.compactMap { $0["src"] }
    }
    return Page(
      title: title, date: PageDate.find(in: tree, before: article?.blocks.first?.element),
      text: lines.map(\.text).joined(separator: "\n"), isArticle: article != nil,
      isCutOff: isCutOff,
      frames: frames)
  }

  /// The text of a piece of markup, its blocks as lines: what a feed has in its description.
  package static func text(of markup: String) -> String {
    wholeText(of: parseHTML(markup).tree).map(\.text).joined(separator: "\n")
  }

  private static func wholeText(of tree: MarkupTree) -> [PageBlock] {
    PageBlocks(tree, without: [Bool](repeating: false, count: tree.nodes.count)).blocks
  }
}
