/// Which elements of an XML file are documents, and where their parts stand.
///
///     try XMLRules("record=doc,id=docno,title=contenttitle,text=content,date=@time")
///
/// A rule is the way to an element: `content` is an element of that name anywhere in the document,
/// `revision/text` a `text` directly in a `revision`, `date.issue/@norm` an attribute, `@id` an attribute of
/// the document's own element, `.` all text of the document. `a|b` is `b` where there is no `a`. Names are
/// compared in small letters; one without a prefix is found under any prefix.
package struct XMLRules: Sendable {
  /// A part of a document.
  package enum Field: String, CaseIterable, Sendable {
    case id, title, date, text
  }

  /// The way to an element or an attribute, its last step first.
  struct Path: Sendable {
    var steps: [String] = []
    var attribute: String?
    /// All text of the document.
    var isWhole: Bool { steps.isEmpty && attribute == nil }
  }

  /// How the text of a field is to be read.
  enum Notation: Sendable {
    case plain
    /// HTML as text, as feeds have it.
    case html
    /// The markup of MediaWiki.
    case wiki
  }

  /// A fault of rules that someone wrote.
  package struct Fault: Error, CustomStringConvertible {
    /// What is wrong and what was expected.
    package let description: String
  }

  /// The elements that are documents; empty for the first element of the file.
  private(set) var records: [Path]
  /// The ways to a field, the first one that is there first.
  private(set) var fields: [Field: [Path]]
  private(set) var notation: Notation = .plain

  /// Reads rules as they are written on the command line.
  /// - Throws: `Fault` for a name that is none or an element without a name.
  package init(_ written: String) throws {
    records = []
    fields = [:]
    for part in written.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = sides[0].filter { !$0.isWhitespace }
      guard sides.count == 2, key == "record" || Field(rawValue: key) != nil else {
        throw Fault(
          description:
            "\"\(part)\" is no rule; expected record, id, title, date or text, \"=\" and an element, as "
            + "record=doc,id=docno,title=contenttitle,text=content")
      }
      let paths = try sides[1].split(separator: "|", omittingEmptySubsequences: false)
        .map { try Self.path($0, in: part) }
      if let field = Field(rawValue: key) {
        fields[field] = paths
      } else if paths.contains(where: { $0.steps.isEmpty || $0.attribute != nil }) {
        throw Fault(
          description: "\"\(part)\": a record is an element; expected a name, as record=doc")
      } else {
        records = paths
      }
    }
    guard !records.isEmpty, fields[.text] != nil else {
      throw Fault(
        description:
          "\"\(written)\" does not say which element is a document and which one its text; expected "
          + "record=… and text=…")
    }
  }

  /// Rules of the project. The texts are well-formed.
  init(
    records: String, id: String, title: String, date: String, text: String,
    notation: Notation = .plain
  ) {
    func paths(_ written: String) -> [Path] {
      written.split(separator: "|").compactMap { try? Self.path($0, in: $0) }
    }
    self.records = paths(records)
    fields = [.id: paths(id), .title: paths(title), .date: paths(date), .text: paths(text)]
    self.notation = notation
  }

  private static func path(_ written: Substring, in rule: Substring) throws -> Path {
    var path = Path()
    let trimmed = written.filter { !$0.isWhitespace }.lowercased()
    if trimmed == "." { return path }
    for step in trimmed.split(separator: "/", omittingEmptySubsequences: false).reversed() {
      guard !step.isEmpty, step != "@", path.attribute == nil || !step.hasPrefix("@"),
        !step.hasPrefix("@") || path.steps.isEmpty
      else {
        throw Fault(
          description:
            "\"\(rule)\": \"\(written)\" is no way to an element; expected names with \"/\" between them, "
            + "as head/title, or an attribute at the end, as doc/@id")
      }
      if step.hasPrefix("@") {
        path.attribute = String(step.dropFirst())
      } else {
        path.steps.append(String(step))
      }
    }
    return path
  }
}

extension XMLRules {
  /// Files of `<doc>` elements, as corpora and collections of test data have them (Sogou, TREC, LDC).
  static let documents = XMLRules(
    records: "doc|document|story|article|news|record|item",
    id: "docno|docid|doc-id|doc_id|id|@id|@docno|guid|url",
    title: "contenttitle|headline|title|subject|hl1",
    date:
      "datetime|date_time|date|pubdate|pub_date|pubtime|publishtime|publish_time|published|time|@date",
    text: "content|body|text|maintext|story|main|fulltext")

  /// NewsML-G2 of the IPTC: an item with NITF, XHTML or text in its content.
  static let newsMLG2 = XMLRules(
    records: "newsitem", id: "@guid",
    title: "contentmeta/headline|itemmeta/title|hl1|html/head/title",
    date:
      "contentmeta/contentcreated|itemmeta/firstcreated|itemmeta/versioncreated|contentmodified",
    text: "body.content|inlinexml|inlinedata")

  /// NewsML 1.2.
  static let newsML1 = XMLRules(
    records: "newsitem", id: "publicidentifier|newsitemid", title: "headline|hl1",
    date: "dateid|firstcreated|thisrevisioncreated", text: "body.content|datacontent")

  /// NITF of the IPTC.
  static let nitf = XMLRules(
    records: "nitf", id: "doc-id/@id-string", title: "hedline/hl1|hl1|head/title",
    date: "date.issue/@norm|date.release/@norm|story.date/@norm|pubdata/@date.publication",
    text: "body.content|block|body")

  /// RSS 1.0 and 2.0.
  static let rss = XMLRules(
    records: "item", id: "guid|link|@about", title: "title", date: "pubdate|dc:date|date",
    text: "content:encoded|encoded|description", notation: .html)

  /// Atom.
  static let atom = XMLRules(
    records: "entry", id: "id", title: "title", date: "published|issued|updated",
    text: "content|summary",
    notation: .html)

  /// A dump of MediaWiki.
  static let mediaWiki = XMLRules(
    records: "page", id: "id", title: "title", date: "revision/timestamp", text: "revision/text",
    notation: .wiki)

  /// TEI.
  static let tei = XMLRules(
    records: "tei|tei.2", id: "@id|idno", title: "titlestmt/title", date: "date/@when|date",
    text: "text/body|text")

  /// All text of the file.
  static let whole = XMLRules(
    records: "", id: "docno|docid|id|guid", title: "headline|title|hl1|subject",
    date: "datetime|pubdate|date|published|date/@when", text: ".")

  /// The rules for a file whose first elements are of these names, from the outermost on; nil where more of the file
  /// has to be seen.
  static func preset(for names: [String]) -> XMLRules? {
    guard let root = names.first.map({ String(MarkupTokenizer.local($0)) }) else { return nil }
    switch root {
    case "rss", "rdf", "channel": return rss
    case "feed": return atom
    case "mediawiki": return mediaWiki
    case "newsitem", "newsmessage": return newsMLG2
    case "newsml": return newsML1
    case "nitf": return nitf
    case "tei", "tei.2", "teicorpus", "teicorpus.2": return tei
    case "doc", "document", "story", "article": return documents
    default: break
    }
    guard names.count > 1 else { return nil }
    let second = String(MarkupTokenizer.local(names[1]))
    switch second {
    case "doc", "document", "story", "article", "news", "record", "item": return documents
    case "nitf": return nitf
    case "newsitem", "itemset": return newsMLG2
    case "tei", "tei.2": return tei
    case "entry": return atom
    default: return whole
    }
  }
}
