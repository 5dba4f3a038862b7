/// What the markup of a page says about the part that an element is of: names of elements, and the
/// words that pages have in `class` and `id`, English or pinyin.
///
/// The words are those that Readability (Arc90, later Mozilla's `Readability.js`) and GNE
/// (kingname, *GeneralNewsExtractor*) look for, and the usual ones of Chinese portals.
enum PageHints {
  /// Elements whose text is not of the page.
  static let invisible: Set<String> = [
    "script", "style", "noscript", "template", "select", "button", "iframe", "svg", "textarea",
    "option", "object", "head", "title", "canvas", "audio", "video", "map",
  ]

  /// Elements that begin and end a line.
  static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
  ]

  /// Headings, the first rank first.
  static let headings = ["h1", "h2", "h3", "h4", "h5", "h6"]

  /// Elements that hold no part of an article.
  private static let outside: Set<String> = ["nav", "footer", "aside", "figcaption"]

  /// Words of what readers wrote; it may be longer than the article.
  private static let comments: Set<String> = [
    "comment", "comments", "cmt", "cmts", "pinglun", "reply", "replies", "guestbook", "disqus",
    "respond", "gentie", "liuyan",
  ]

  /// Words of what stands around an article.
  private static let surroundings: Set<String> = [
    "ad", "ads", "adv", "advert", "advertisement", "app", "aside", "banner", "bottom", "breadcrumb",
    "breadcrumbs", "bshare", "caption", "captions", "copyright", "crumb", "crumbs", "daohang",
    "dibu", "download", "editor", "erweima", "ewm", "fenxiang", "foot", "footer", "footers",
    "friendlink", "friendlinks", "gallery", "guanggao", "header", "hot", "hotnews", "keywords",
    "links", "login", "menu", "mianbaoxie", "nav", "navbar", "navi", "navigation", "navs",
    "pager", "pagination", "paihang", "photolist", "popup", "promo", "qrcode", "rank", "ranking",
    "readmore", "recommend", "recommended", "recommendation", "recommends", "related", "relate",
    "relevant", "remen", "share", "shares", "shoulu", "sidebar", "sidenav", "siderbar", "sns",
    "social", "sousuo", "sponsor", "statement", "subscribe", "tag", "tags", "tj", "toolbar",
    "topbar", "toupiao", "tuijian", "weibo", "xgwz", "xgxw", "xiangguan", "yqlj", "zebian",
    "bdsharebuttonbox", "rightside", "leftside", "wechat", "search", "vote", "user",
  ]

  /// Words of the line with the author, the source and the day.
  private static let bylines: Set<String> = [
    "author", "authors", "byline", "info", "laiyuan", "meta", "pubdate", "pubtime", "source",
    "zuozhe",
  ]

  /// Words of the article itself.
  private static let articles: Set<String> = [
    "article", "artibody", "articlebody", "body", "content", "contents", "detail", "endtext",
    "entry", "main", "news", "newstext", "post", "story", "text", "zhengwen", "zoom", "trs",
    "cnt", "paragraph", "rich",
  ]

  /// What an element's name and its `class` and `id` say.
  struct Hint {
    var isComments = false
    var isSurroundings = false
    var isByline = false
    var isArticle = false
    var isHidden = false
  }

  /// The hint of an element. Costs as much as its attributes are long.
  static func hint(of node: MarkupTree.Node) -> Hint {
    var hint = Hint()
    if let style = node["style"]?.lowercased() {
      let plain = style.filter { !$0.isWhitespace }
      hint.isHidden = plain.contains("display:none") || plain.contains("visibility:hidden")
    }
    if node["hidden"] != nil { hint.isHidden = true }
    if outside.contains(node.name) { hint.isSurroundings = true }
    if node.name == "article" || node.name == "main" { hint.isArticle = true }
    if node["itemprop"] == "articleBody" { hint.isArticle = true }
    for word in words((node["class"] ?? "") + " " + (node["id"] ?? "")) {
      if comments.contains(word) { hint.isComments = true }
      if surroundings.contains(word) { hint.isSurroundings = true }
      if bylines.contains(word) { hint.isByline = true }
      if articles.contains(word) { hint.isArticle = true }
    }
    return hint
  }

  /// The words of a class or an id: `relatedNews_2 art-body` is related, news, art and body, and also
  /// relatednews and artbody.
  static func words(_ names: String) -> Set<String> {
    var words: Set<String> = []
    for name in names.split(whereSeparator: \.isWhitespace).prefix(16) where name.utf8.count < 80 {
      var word = ""
      var whole = ""
      var wasSmall = false
      for character in name {
        if character.isASCII, character.isLetter {
          if character.isUppercase, wasSmall {
            words.insert(word)
            word = ""
          }
          wasSmall = character.isLowercase
          word += character.lowercased()
          whole += character.lowercased()
        } else {
          words.insert(word)
          word = ""
          wasSmall = false
        }
      }
      words.insert(word)
      words.insert(whole)
    }
    words.remove("")
    return words
  }
}
