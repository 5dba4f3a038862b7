internal import Annotations

extension XMLRules.Path {
  /// Whether the innermost of `stack` is at the end of this way, all of its steps behind the first `from` elements: 0,
  /// or 1 where the last step has no prefix and the element has one. Nil where it is not.
  func matches(_ stack: [String], from: Int) -> Int? {
    guard !steps.isEmpty, stack.count - from >= steps.count else { return nil }
    var penalty = 0
    for (index, step) in steps.enumerated() {
      let name = stack[stack.count - 1 - index]
      if name == step { continue }
      guard MarkupTokenizer.local(name) == step[...] else { return nil }
      if index == 0 { penalty = 1 }
    }
    return penalty
  }
}

/// A document whose elements are being read: what was found of each field, and how good the find is.
///
/// Of several elements that rules name for a field the one counts whose rule stands first, then the one without a
/// prefix, then the outermost, then the first. All texts of one rule count, one below the other.
struct XMLOpenRecord {
  let name: String
  /// How many elements are open inside it, itself included.
  let depth: Int
  /// Whether the rules are not known yet, and this is the whole file until they are.
  var isGuess = false

  /// A field that is being read, or was.
  private struct Part {
    var bytes: [UInt8] = []
    var rank = Int.max
    /// The field that is being read, from the element of this depth on.
    var open: [UInt8]?
    var openRank = 0
    var openDepth = 0
  }

  private static let fields = XMLRules.Field.allCases
  private static let text = fields.count - 1
  private let rules: XMLRules
  private var parts = [Part](repeating: Part(), count: fields.count)
  /// All text, for documents in which no element is the text by any rule.
  private var whole: [UInt8]?
  /// Which fields an element of a name may be, by its name: the last step of their ways.
  private var candidates: [String: [(field: Int, rule: Int)]] = [:]
  /// The depth of an element whose text is none.
  private var skippedDepth: Int?
  private var isCutOff = false
  /// MediaWiki: the number of the namespace, and whether the page only points to another one.
  private var namespace: [UInt8]?
  private var isNamespaceRead = false
  private var isRedirect = false

  init(name: String, depth: Int, rules: XMLRules) {
    self.name = name
    self.depth = depth
    self.rules = rules
    if rules.notation != .wiki { whole = [] }
  }

  /// Whether another element of the name inside this one is the next document: the end tag is missing.
  var restarts: Bool { !rules.records.isEmpty }

  /// What this is instead of a document; nil where it is one.
  var reasonToSkip: String? {
    guard rules.notation == .wiki else { return nil }
    if isRedirect { return "redirect" }
    let number = String(decoding: (namespace ?? []).filter { $0 > 0x20 }, as: UTF8.self)
    return number.isEmpty || number == "0" ? nil : "non-article page"
  }

  // MARK: Elements

  /// An element begins, the innermost of `stack`.
  mutating func open(_ stack: [String], _ tokens: MarkupTokenizer) {
    let name = stack[stack.count - 1]
    let local = MarkupTokenizer.local(name)
    if stack.count > depth {
      mark(local, isStart: true)
      if skippedDepth == nil, XMLText.skipped.contains(String(local)) || isHead(stack) {
        skippedDepth = stack.count
      }
    }
    if rules.notation == .wiki {
      if local == "redirect" { isRedirect = true }
      if local == "ns", stack.count == depth + 1 { namespace = [] }
    }
    for (field, rule) in fields(of: name) {
      guard let path = rules.fields[Self.fields[field]]?[rule] else { continue }
      let penalty: Int
      if path.steps.isEmpty {
        guard stack.count == depth else { continue }
        penalty = 0
      } else {
        // The steps may begin at the document's own element (doc/@id).
        guard let found = path.matches(stack, from: depth - 1) else { continue }
        penalty = found
      }
      let rank =
        (rule * 2 + penalty) * (Self.text == field ? 1 : 2 * XMLReader.deepest)
        + (Self.text == field ? 0 : stack.count)
      if let attribute = path.attribute {
        guard rank < parts[field].rank, let value = tokens.attribute(attribute), !value.isEmpty
        else { continue }
        parts[field].rank = rank
        parts[field].bytes = Array(value.utf8)
        continue
      }
      let isBetter = rank < parts[field].rank || (field == Self.text && rank == parts[field].rank)
      guard isBetter, parts[field].open == nil || rank < parts[field].openRank else { continue }
      // A field inside one that is no text: the end tag of that one is missing.
      for other in parts.indices where other != Self.text && parts[other].open != nil { end(other) }
      if field == Self.text { whole = nil }
      parts[field].open = []
      parts[field].openRank = rank
      parts[field].openDepth = stack.count
    }
  }

  /// The innermost element of `stack` ends.
  mutating func close(_ stack: [String]) {
    for field in parts.indices
    where parts[field].open != nil && parts[field].openDepth == stack.count {
      end(field)
    }
    if stack.count > depth { mark(MarkupTokenizer.local(stack[stack.count - 1]), isStart: false) }
    if skippedDepth == stack.count { skippedDepth = nil }
    if namespace != nil, stack.count == depth + 1 { isNamespaceRead = true }
  }

  /// A field has been read.
  private mutating func end(_ field: Int) {
    guard let bytes = parts[field].open else { return }
    parts[field].open = nil
    guard bytes.contains(where: { $0 > 0x20 }) else { return }
    if field == Self.text, parts[field].rank == parts[field].openRank {
      parts[field].bytes.append(XMLText.Mark.block)
      parts[field].bytes += bytes
    } else {
      parts[field].bytes = bytes
    }
    parts[field].rank = parts[field].openRank
  }

  /// Takes the text of the last token into the fields that are being read.
  mutating func appendText(of tokens: MarkupTokenizer, limit: Int) {
    for field in parts.indices where parts[field].open != nil {
      if field == Self.text, skippedDepth != nil { continue }
      if !Self.append(tokens, to: &parts[field].open, limit) { isCutOff = true }
    }
    if whole != nil, skippedDepth == nil, parts[Self.text].open == nil {
      if !Self.append(tokens, to: &whole, limit) { isCutOff = true }
    }
    if namespace != nil, !isNamespaceRead { _ = Self.append(tokens, to: &namespace, 64) }
  }

  /// False where there is no more room.
  private static func append(
    _ tokens: MarkupTokenizer, to bytes: inout [UInt8]?, _ limit: Int
  ) -> Bool {
    guard (bytes?.count ?? 0) < limit else { return false }
    bytes?.withAppending(tokens)
    return true
  }

  private mutating func mark(_ name: Substring, isStart: Bool) {
    guard parts[Self.text].open != nil || whole != nil,
      let mark = XMLText.mark(name, isStart: isStart)
    else {
      return
    }
    parts[Self.text].open?.append(mark)
    if parts[Self.text].open == nil { whole?.append(mark) }
  }

  /// The head of a page or of NITF, which is none of TEI.
  private func isHead(_ stack: [String]) -> Bool {
    guard stack.count > 1, MarkupTokenizer.local(stack[stack.count - 1]) == "head" else {
      return false
    }
    return ["html", "nitf"].contains(String(MarkupTokenizer.local(stack[stack.count - 2])))
  }

  private mutating func fields(of name: String) -> [(field: Int, rule: Int)] {
    if let known = candidates[name] { return known }
    var found: [(field: Int, rule: Int)] = []
    for (number, field) in Self.fields.enumerated() {
      for (rule, path) in (rules.fields[field] ?? []).enumerated() where !path.isWhole {
        let isOwn = path.steps.isEmpty && name == self.name
        if isOwn || path.steps.first == name
          || path.steps.first.map({ $0[...] }) == MarkupTokenizer.local(name)
        {
          found.append((number, rule))
        }
      }
    }
    if candidates.count < 1000 { candidates[name] = found }
    return found
  }

  // MARK: The document

  /// The document as far as it was read.
  consuming func finished() -> XMLRecord {
    var diagnostics: [RecordDiagnostic] = []
    func value(_ field: XMLRules.Field) -> String? {
      let line = XMLText.line(parts[Self.fields.firstIndex(of: field) ?? 0].bytes)
      return line.isEmpty ? nil : line
    }
    let rule = rules.fields[.text] ?? []
    var bytes = parts[Self.text].bytes
    if !bytes.contains(where: { $0 > 0x20 }), let whole, whole.contains(where: { $0 > 0x20 }) {
      bytes = whole
      if !rule.contains(where: \.isWhole) {
        let wanted = rule.map { "<" + $0.steps.reversed().joined(separator: "/") + ">" }.joined(
          separator: ", ")
        diagnostics.append(
          RecordDiagnostic(
            kind: "no-text-element",
            message: "<\(name)> has none of \(wanted), so all of its text was read"))
      }
    }
    if isCutOff {
      diagnostics.append(
        RecordDiagnostic(
          kind: "too-long", message: "the document is longer than may be held; its end is left out")
      )
    }
    var text = XMLText.lines(bytes)
    var title = value(.title)
    switch rules.notation {
    case .plain: break
    case .html:
      if text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) {
        text = HTMLReader.text(of: text)
      }
      if let written = title,
        written.utf8.contains(UInt8(ascii: "<")) || written.utf8.contains(UInt8(ascii: "&"))
      {
        title = HTMLReader.text(of: written)
      }
    case .wiki: text = WikiText.plain(text)
    }
    let date = value(.date)
    return XMLRecord(
      id: value(.id), title: title, date: date.flatMap { DayInText(in: $0)?.iso } ?? date,
      text: text,
      diagnostics: diagnostics)
  }
}

extension [UInt8] {
  /// Appends the text of the last token.
  fileprivate mutating func withAppending(_ tokens: MarkupTokenizer) {
    tokens.appendText(to: &self)
  }
}
