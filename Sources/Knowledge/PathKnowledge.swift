internal import Annotations
internal import Segmentation

/// What the files `*.path.tsv` say of the path of words: which entries are words of it, and which words
/// of ICU's dictionary are not.
struct PathKnowledge {
  /// A side of a composition as it is written, with its place.
  private struct Written {
    let left: String
    let right: String
    let file: String
    let line: Int
  }

  private(set) var diagnostics: [KnowledgeDiagnostic] = []
  private var longest: [(class: String, count: Int, file: String, line: Int)] = []
  private var otherwise = Lexicon.longestWord
  private var written: [Written] = []

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".path.tsv") }

  /// Reads a file: `class longest`, or `left right`.
  mutating func read(_ file: KnowledgeFolder.File) {
    let isCompositions = file.name.hasSuffix("compositions.path.tsv")
    let table = TableReader(
      name: file.name, text: file.text,
      required: isCompositions ? ["left", "right"] : ["class", "longest"], inOrder: true)
    diagnostics += table.diagnostics
    for row in table.rows {
      if isCompositions {
        written.append(
          Written(left: row.cells[0], right: row.cells[1], file: file.name, line: row.line))
      } else if let count = Int(row.cells[1]), (0...Lexicon.longestWord).contains(count) {
        if row.cells[0] == "*" {
          otherwise = count
        } else {
          longest.append((row.cells[0], count, file.name, row.line))
        }
      } else {
        diagnostics.append(
          KnowledgeDiagnostic(
            kind: "bad-length", file: file.name, line: row.line,
            message: "the length \"\(row.cells[1])\" is no whole number from 0 to "
              + "\(Lexicon.longestWord)"))
      }
    }
  }

  /// For each class, the longest word of the path that it makes.
  mutating func longestWords(_ classes: ClassTable) -> [Int] {
    var result = [Int](repeating: otherwise, count: classes.count)
    // Classes below come behind those above them.
    for (name, count, file, line) in longest.sorted(by: { $0.class.count < $1.class.count }) {
      guard let category = classes.find(name) else {
        diagnostics.append(unknownClass(name, file, line, classes))
        continue
      }
      for (index, isMember) in classes.membership(of: [category]).enumerated() where isMember {
        result[index] = count
      }
    }
    return result
  }

  /// The compositions. A side is a class, a class with `+` for one or more of its characters, a word in
  /// quotes, or `*`; `words` gives all words of a class.
  mutating func compositions(
    _ classes: ClassTable, words: (ClassID) -> [[UInt32]], fold: (String) -> [UInt32]
  ) -> Compositions {
    var result = Compositions()
    for row in written.prefix(Compositions.limit) {
      func side(_ text: String) -> Compositions.Side? {
        if text == "*" { return .any }
        if text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") {
          return .words([fold(String(text.dropFirst().dropLast()))])
        }
        let isRepeated = text.hasSuffix("+")
        let name = isRepeated ? String(text.dropLast()) : text
        guard let category = classes.find(name) else {
          diagnostics.append(unknownClass(name, row.file, row.line, classes))
          return nil
        }
        return isRepeated ? .repeated(words(category)) : .words(words(category))
      }
      if let left = side(row.left), let right = side(row.right) {
        result.add(left: left, right: right)
      }
    }
    if written.count > Compositions.limit {
      let row = written[Compositions.limit]
      diagnostics.append(
        KnowledgeDiagnostic(
          kind: "many-compositions", file: row.file, line: row.line,
          message: "there are \(written.count) compositions, \(Compositions.limit) can be used; "
            + "say some of them by a class above"))
    }
    return result
  }

  private func unknownClass(
    _ name: String, _ file: String, _ line: Int, _ classes: ClassTable
  ) -> KnowledgeDiagnostic {
    KnowledgeDiagnostic(
      kind: "unknown-class", file: file, line: line,
      message: KnowledgeLoader.unknownClass(name, classes))
  }
}
