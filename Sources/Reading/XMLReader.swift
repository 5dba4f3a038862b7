package import Annotations

/// One document of an XML file.
package struct XMLRecord: Sendable {
  package var id: String?
  package var title: String?
  /// ISO 8601 where a day was found in what is written, else as it is written.
  package var date: String?
  /// Paragraphs as lines.
  package var text: String
  /// What reading it had to say, places in the file with it.
  package var diagnostics: [RecordDiagnostic]
}

/// Reads the documents of a file of XML, or of what looks like it, one after another.
///
///     var reader = XMLReader(rules: nil) { try nextPortionOfUTF8() }
///     while let record = try reader.next() { … }
///
/// Memory is that of the longest document, at most `longestText` a field, whatever the file is. Faults of the markup
/// end nothing: they are counted, the first is placed, and reading goes on behind it. Which elements are documents is
/// told by rules or by the first two elements of the file (`XMLRules.preset`).
package struct XMLReader {
  /// Elements inside one another that are told apart; deeper ones count as one.
  static let deepest = 1024

  private var tokens: MarkupTokenizer
  private var rules: XMLRules?
  private let isGiven: Bool
  private let longestText: Int
  /// The open elements, the outermost first, and how many more are open beyond the deepest one.
  private var stack: [String] = []
  private var beyond = 0
  /// How often each name is open, so that an end tag of none is told at once.
  private var openCounts: [String: Int] = [:]
  private var wasBeyond = false
  private var record: XMLOpenRecord?
  /// A document that was read, and waits for what stands behind it to be said with it.
  private var waiting: XMLRecord?
  private var isAtEnd = false
  private var skipped: [(what: String, count: Int)] = []
  /// What there is to say about a file without a document.
  package private(set) var leftover: [RecordDiagnostic] = []

  /// A file whose portions of UTF-8 `source` gives, nil at its end; `rules` nil: by the content.
  package init(
    rules: XMLRules?, longestText: Int = 64 << 20,
    _ source: @escaping () throws -> ArraySlice<UInt8>?
  ) {
    tokens = MarkupTokenizer(source)
    self.rules = rules
    isGiven = rules != nil
    self.longestText = longestText
  }

  /// The next document; nil at the end. Linear in the file.
  package mutating func next() throws -> XMLRecord? {
    while !isAtEnd {
      guard let finished = try step() else { continue }
      defer { waiting = finished }
      if let before = waiting { return before }
    }
    defer { waiting = nil }
    return waiting
  }

  /// The names of the elements that are looked for, to say so where there is none.
  package var recordNames: String {
    rules?.records.map { "<" + $0.steps.reversed().joined(separator: "/") + ">" }.joined(
      separator: " or ") ?? "<…>"
  }

  // MARK: Tokens

  /// Takes a token; a document, where one ends with it.
  private mutating func step() throws -> XMLRecord? {
    guard let kind = try tokens.next() else {
      isAtEnd = true
      if record != nil, !stack.isEmpty {
        tokens.fault("the file ends inside <\(stack.last ?? "")>; what stands before is kept")
      }
      var last = close(to: 0)
      let remarks = remark()
      if last != nil {
        last?.diagnostics += remarks
      } else if waiting != nil {
        waiting?.diagnostics += remarks
      } else {
        leftover = remarks
      }
      return last
    }
    switch kind {
    case .text:
      if record != nil { record?.appendText(of: tokens, limit: longestText) }
      return nil
    case .start: return start()
    case .end: return end()
    }
  }

  private mutating func start() -> XMLRecord? {
    let name = tokens.name
    guard stack.count < Self.deepest else {
      if !wasBeyond {
        tokens.fault(
          "elements stand more than \(Self.deepest) deep; deeper ones are not told apart")
      }
      wasBeyond = true
      if !tokens.isEmpty { beyond += 1 }
      return nil
    }
    var finished: XMLRecord?
    if let open = record, open.name == name, open.restarts {
      tokens.fault("<\(name)> begins before the one before it was ended; expected </\(name)>")
      finished = close(to: open.depth - 1)
    }
    stack.append(name)
    openCounts[name, default: 0] += 1
    if !isGiven, stack.count <= 2, rules == nil || (stack.count == 2 && record?.isGuess == true) {
      choose()
    }
    if record == nil, let rules, isRecord(rules) {
      record = XMLOpenRecord(name: name, depth: stack.count, rules: rules)
      record?.open(stack, tokens)
    } else if record != nil {
      record?.open(stack, tokens)
    }
    if tokens.isEmpty {
      let ended = close(to: stack.count - 1)
      return finished ?? ended
    }
    return finished
  }

  /// Chooses the rules by the first elements. Until the second one is seen, the file may be one document.
  private mutating func choose() {
    if let preset = XMLRules.preset(for: stack) {
      if stack.count == 2, preset.records.isEmpty {
        rules = preset
        record?.isGuess = false
      } else {
        rules = preset
        record = nil
      }
    } else {
      record = XMLOpenRecord(name: stack[0], depth: 1, rules: .whole)
      record?.isGuess = true
    }
  }

  private func isRecord(_ rules: XMLRules) -> Bool {
    if rules.records.isEmpty { return stack.count == 1 }
    return rules.records.contains { $0.matches(stack, from: 0) != nil }
  }

  private mutating func end() -> XMLRecord? {
    if beyond > 0 {
      beyond -= 1
      return nil
    }
    let name = tokens.name
    guard openCounts[name] != nil, let place = stack.lastIndex(of: name) else {
      tokens.fault("</\(name)> ends nothing that is open; it is left out")
      return nil
    }
    if place < stack.count - 1 {
      tokens.fault("</\(name)> stands where </\(stack[stack.count - 1])> was expected")
    }
    return close(to: place)
  }

  /// Closes elements until `count` are open.
  private mutating func close(to count: Int) -> XMLRecord? {
    var finished: XMLRecord?
    while stack.count > count {
      record?.close(stack)
      let name = stack.removeLast()
      if let count = openCounts[name] { openCounts[name] = count > 1 ? count - 1 : nil }
      if let open = record, stack.count < open.depth { finished = finish() }
    }
    return finished
  }

  // MARK: Documents

  private mutating func finish() -> XMLRecord? {
    guard let open = record else { return nil }
    record = nil
    if let reason = open.reasonToSkip {
      if let known = skipped.firstIndex(where: { $0.what == reason }) {
        skipped[known].count += 1
      } else {
        skipped.append((reason, 1))
      }
      return nil
    }
    var finished = open.finished()
    finished.diagnostics += remark()
    return finished
  }

  /// What there is to say about the markup and about what was left out since it was said last.
  private mutating func remark() -> [RecordDiagnostic] {
    var remarks: [RecordDiagnostic] = []
    if let (count, first) = tokens.takeFaults() {
      remarks.append(
        RecordDiagnostic(
          kind: "markup",
          message: "\(count) fault\(count == 1 ? "" : "s") in the markup; "
            + "\(count == 1 ? "it is" : "the first is") at \(first.line):\(first.column): \(first.message)"
        ))
    }
    if !skipped.isEmpty {
      remarks.append(
        RecordDiagnostic(
          kind: "skipped",
          message: "left out before or behind this document: "
            + skipped.map { "\($0.count) \($0.what)\($0.count == 1 ? "" : "s")" }
            .joined(separator: ", ")))
      skipped = []
    }
    return remarks
  }
}
