/// The day on which a page was published: what it declares, a date near its title, or its address.
enum PageDate {
  /// Names that pages give the `meta` of the day, the surest first.
  private static let names = [
    "article:published_time", "og:release_date", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "publishtime", "publication_date",
    "weibo: article:create_at", "weibo:article:create_at", "article.published", "published-date",
    "article_date_original", "originalpublicationdate", "dc.date.issued", "dc.date", "dcterms.date",
    "date", "bytedance:published_time", "bytedance:lrdate_time", "apub:time", "firstpublishedtime",
    "published_at", "parsely-pub-date", "sailthru.date", "og:time", "time",
  ]

  /// Words of a `class` or an `id` of the element with the date.
  private static let words: Set<String> = [
    "date", "time", "pubtime", "pubdate", "publish", "publishtime", "riqi", "shijian", "info",
    "source", "meta", "laiyuan", "ptime",
  ]

  /// How long a line with a date is at most, when it stands near the title.
  private static let longestLine = 120

  /// The day, or nil where the page names none. `article` is the first element of the article; lines
  /// behind its beginning say no day of the page but one that the text speaks of.
  static func find(in tree: MarkupTree, before article: Int?) -> DayInText? {
    if let value = PageMeta.value(of: names, in: tree), let day = DayInText(in: value) {
      return day
    }
    if let value = PageMeta.linkedData("datePublished", in: tree)
      ?? PageMeta.linkedData("pubDate", in: tree),
      let day = DayInText(in: value)
    {
      return day
    }
    for number in tree.elements("time") {
      let node = tree.nodes[number]
      if let day = DayInText(in: node["datetime"] ?? "") ?? DayInText(in: tree.text(of: number)) {
        return day
      }
    }
    return nearTitle(in: tree, before: article)
      ?? PageMeta.address(in: tree).flatMap { inAddress($0) }
  }

  /// The first date in an element that is called date or so; else the last one in a short line between
  /// the first heading and the article, or at the beginning of the article.
  private static func nearTitle(in tree: MarkupTree, before article: Int?) -> DayInText? {
    var named: (day: DayInText, hasClock: Bool)?
    var near: DayInText?
    var isBehindHeading = false
    var start = article
    var isSkipped = [Bool](repeating: false, count: tree.nodes.count)
    for (number, node) in tree.nodes.enumerated() {
      if number > 0 { isSkipped[number] = isSkipped[node.parent] }
      if PageHints.invisible.contains(node.name) { isSkipped[number] = true }
      if ["h1", "h2", "h3"].contains(node.name) { isBehindHeading = true }
      if isSkipped[number] { continue }
      switch node.content {
      case .element:
        guard named == nil || named?.hasClock == false, node.children.count < 12,
          !PageHints.words((node["class"] ?? "") + " " + (node["id"] ?? "")).isDisjoint(with: words)
        else { continue }
        guard let text = tree.shortText(of: number, limit: longestLine * 4),
          let day = DayInText(in: text)
        else { continue }
        if named == nil || day.clock != nil { named = (day, day.clock != nil) }
      case .text(let text):
        guard text.utf8.count < longestLine * 3, let day = DayInText(in: text) else { continue }
        if let begin = start, number > begin {
          // One line of the article itself may be the line with the date.
          start = nil
          if near == nil { near = day }
        } else if article == nil || start != nil {
          if near == nil || (isBehindHeading && near?.clock == nil) { near = day }
        }
      }
    }
    return named?.day ?? near
  }

  /// A day in an address: `/2020/04-02/9145450.shtml`, `/20200402/`, `/2020-04/02/`.
  static func inAddress(_ address: String) -> DayInText? {
    var numbers: [(value: Int, count: Int)] = []
    for part in address.split(whereSeparator: { !$0.isASCII || !$0.isNumber }) {
      numbers.append((Int(part.prefix(9)) ?? 0, part.count))
    }
    for (index, number) in numbers.enumerated() {
      if number.count == 8, let day = DayInText(in: "\(number.value)") { return day }
      guard number.count == 4 || number.count == 6 else { continue }
      let rest = numbers[(index + 1)...].prefix(2)
      if number.count == 4, rest.count == 2, rest.allSatisfy({ $0.count <= 2 }),
        let day = DayInText(in: "\(number.value)-\(rest[index + 1].value)-\(rest[index + 2].value)")
      {
        return day
      }
      if number.count == 4, let next = rest.first, next.count == 4,
        let day = DayInText(in: "\(number.value * 10_000 + next.value)")
      {
        return day
      }
      if number.count == 6, let next = rest.first, next.count == 2,
        let day = DayInText(in: "\(number.value * 100 + next.value)")
      {
        return day
      }
    }
    return nil
  }
}
