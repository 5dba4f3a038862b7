/// What a page says about itself in `meta`, `link` and JSON-LD.
enum PageMeta {
  /// The content of the first `meta` that has one of these names, the names tried in their order.
  static func value(of names: [String], in tree: MarkupTree) -> String? {
    var found: [String: String] = [:]
    for number in tree.elements("meta") {
      let node = tree.nodes[number]
      guard let content = node["content"], !content.isEmpty else { continue }
      for key in [node["property"], node["name"], node["itemprop"]] {
        if let key = key?.lowercased(), found[key] == nil { found[key] = content }
      }
    }
    return names.lazy.compactMap { found[$0] }.first
  }

  /// The value of a key of JSON-LD that is a text: `"datePublished": "2020-04-02"`.
  static func linkedData(_ key: String, in tree: MarkupTree) -> String? {
    for number in tree.elements("script")
    where tree.nodes[number]["type"]?.lowercased().contains("ld+json") == true {
      let text = tree.text(of: number)
      guard let start = text.ranges(of: "\"\(key)\"").first else { continue }
      let value = text[start.upperBound...].drop { $0 == ":" || $0.isWhitespace }
      guard value.first == "\"" else { continue }
      return String(value.dropFirst().prefix { $0 != "\"" })
    }
    return nil
  }

  /// The address of the page, as it names it itself.
  static func address(in tree: MarkupTree) -> String? {
    for number in tree.elements("link")
    where tree.nodes[number]["rel"]?.lowercased() == "canonical" {
      if let address = tree.nodes[number]["href"], !address.isEmpty { return address }
    }
    return value(of: ["og:url"], in: tree)
  }
}
