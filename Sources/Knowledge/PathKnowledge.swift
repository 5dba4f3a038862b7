internal import Annotations
internal import Segmentation

/// What the files `*.path.tsv` say of the path of words: which entries are words of it, which words of
/// ICU's dictionary are not, and how words are formed that no one lists.
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
  private var forms: [(first: String, rest: String, count: String, file: String, line: Int)] = []

  /// The classes that these files name.
  var classNames: [String] {
    let sides = written.flatMap { [$0.left, $0.right] }.map {
      $0.hasSuffix("+") ? String($0.dropLast()) : $0
    }
    return longest.map(\.class) + sides
      + forms.flatMap { [Self.condition($0.first).name, Self.condition($0.rest).name] }
  }

  /// The classes of the characters that formed words end with.
  var endingClasses: [String] { forms.map { Self.condition($0.rest).name } }

  /// Whether a file is one of these.
  static func reads(_ name: String) -> Bool { name.hasSuffix(".path.tsv") }

  /// Reads a file: `class longest`, `left right`, or `first rest count`.
  mutating func read(_ file: KnowledgeFolder.File) {
    let isCompositions = file.name.hasSuffix("compositions.path.tsv")
    let isFormations = file.name.hasSuffix("formations.path.tsv")
    let table = TableReader(
      name: file.name, text: file.text,
      required: isCompositions
        ? ["left", "right"] : isFormations ? ["first", "rest", "count"] : ["class", "longest"],
      inOrder: true)
    diagnostics += table.diagnostics
    for row in table.rows {
      if isCompositions {
        written.append(
          Written(left: row.cells[0], right: row.cells[1], file: file.name, line: row.line))
      } else if isFormations {
        forms.append(
          (row.cells[0], row.cells[1], row.cells[2], file.name, row.line))
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

  /// The formations. `words` gives all words of a class with their numbers in a column, 0 where there is
  /// none.
  mutating func formations(
    _ classes: ClassTable, words: (ClassID, _ column: String) -> [(word: [UInt32], number: Int)]
  ) -> WordFormations {
    var result = WordFormations()
    for form in forms {
      func report(_ kind: String, _ message: String) {
        diagnostics.append(
          KnowledgeDiagnostic(kind: kind, file: form.file, line: form.line, message: message))
      }
      func characters(_ text: String) -> [UInt32]? {
        let (name, column, least) = Self.condition(text)
        guard let category = classes.find(name) else {
          diagnostics.append(unknownClass(name, form.file, form.line, classes))
          return nil
        }
        return words(category, column).filter { $0.word.count == 1 && $0.number >= least }
          .map { $0.word[0] }
      }
      let bounds = form.count.split(separator: "-").map { Int($0) ?? 0 }
      guard let least = bounds.first, let most = bounds.last, bounds.count <= 2, least >= 1,
        least <= most, most <= WordFormations.longestRest
      else {
        report(
          "bad-form",
          "\"\(form.count)\" is not how many characters follow; expected 1 to "
            + "\(WordFormations.longestRest), as 2 or 1-2")
        continue
      }
      guard let rest = characters(form.rest) else { continue }
      let beginning: WordFormations.Beginning
      if form.first == "word" {
        beginning = .word
      } else {
        guard let first = characters(form.first) else { continue }
        beginning = .characters(first)
      }
      if !result.add(beginning, rest: rest, count: least...most) {
        report(
          "many-forms",
          "there are more than \(WordFormations.limit) forms; say some of them by a class above")
      }
    }
    return result
  }

  /// The parts of `class[column>=number]`; without a condition every number is enough.
  private static func condition(_ text: String) -> (name: String, column: String, least: Int) {
    guard text.hasSuffix("]"), let open = text.firstIndex(of: "["),
      let sign = text.firstIndex(of: ">"), open < sign, text[sign...].hasPrefix(">="),
      let least = Int(text[sign...].dropFirst(2).dropLast())
    else { return (text, "", .min) }
    return (String(text[..<open]), String(text[open..<sign].dropFirst()), least)
  }

  private func unknownClass(
    _ name: String, _ file: String, _ line: Int, _ classes: ClassTable
  ) -> KnowledgeDiagnostic {
    KnowledgeDiagnostic(
      kind: "unknown-class", file: file, line: line,
      message: classes.unknown(name))
  }
}
