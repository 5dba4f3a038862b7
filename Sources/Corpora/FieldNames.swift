/// Which keys of an object and which columns of a table hold what: what is named by the user, else usual names.
///
///     var names = FieldNames()
///     names.set("text", to: "body.plain")
package struct FieldNames: Sendable {
  /// What a field is for.
  package enum Role: String, CaseIterable, Sendable {
    case text
    case id
    case title
    case date
  }

  private var own: [Role: [String]] = [:]

  /// The usual names.
  package init() {}

  /// Whether the user named some.
  package var areNamed: Bool { !own.isEmpty }

  /// Names a field: a key, a column, or keys inside one another with dots between. Of several for one role the first
  /// that is there is taken.
  package mutating func add(_ name: String, for role: Role) { own[role, default: []].append(name) }

  /// Reads `text=body.plain`; false where it is not of this form.
  package mutating func add(_ assignment: String) -> Bool {
    let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let role = Role(rawValue: parts[0]), !parts[1].isEmpty else {
      return false
    }
    add(parts[1], for: role)
    return true
  }

  /// The names to look for, in this order.
  func names(_ role: Role) -> [String] { own[role] ?? Self.usual[role] ?? [] }

  /// The form in which names are compared: without spaces around them, in lower case.
  static func folded(_ name: some StringProtocol) -> String {
    var name = name[...]
    while name.first?.isWhitespace == true || name.first == "\u{FEFF}" { name.removeFirst() }
    while name.last?.isWhitespace == true { name.removeLast() }
    return name.lowercased()
  }

  /// Names that corpora use. The Chinese ones are those for text, content, full text and news content; number; title
  /// and heading; date, time, and those of publishing.
  private static let usual: [Role: [String]] = [
    .text: [
      "text", "content", "body", "article", "maintext", "fulltext", "full_text", "article_text",
      "\u{6B63}\u{6587}", "\u{5185}\u{5BB9}", "\u{6587}\u{672C}", "\u{5168}\u{6587}",
      "\u{65B0}\u{95FB}\u{5185}\u{5BB9}", "\u{6587}\u{7AE0}\u{5185}\u{5BB9}",
    ],
    .id: ["id", "_id", "docid", "doc_id", "docno", "news_id", "\u{7F16}\u{53F7}"],
    .title: [
      "title", "headline", "\u{6807}\u{9898}", "\u{9898}\u{76EE}",
      "\u{65B0}\u{95FB}\u{6807}\u{9898}",
    ],
    .date: [
      "date", "reference_time", "datetime", "publish_date", "publish_time", "published",
      "pub_date", "pubdate", "pub_time", "date_publish", "time", "\u{65E5}\u{671F}",
      "\u{65F6}\u{95F4}", "\u{53D1}\u{5E03}\u{65F6}\u{95F4}", "\u{53D1}\u{5E03}\u{65E5}\u{671F}",
    ],
  ]

  /// What to say where no text is found among these keys.
  func explain(_ whole: String, keys: [String], called what: String) -> String {
    let shown = keys.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
    let all =
      keys.isEmpty ? "there are none" : "there are \(shown)\(keys.count > 20 ? ", …" : "")"
    let names = self.names(.text)
    return "\(whole) has no \"\(names.first ?? "text")\" among its \(what): \(all); "
      + "say which one holds the text with --field text=NAME"
  }
}
