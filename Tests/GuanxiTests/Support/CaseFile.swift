import Foundation
import Testing

/// A line of a case file: `input => expected`, or `! input => expected` for a known failure.
struct Case: Sendable {
  let file: String
  let line: Int
  let input: String
  let expected: String
  /// Whether the engine is known to give something else; the runner asserts that it still does.
  let isKnownFailure: Bool
}

/// The case files of a stage: `Tests/Cases/<stage>/*.cases`.
///
/// Lines that begin with `#` are comments. A line without `=>` is a marked text that has to come out
/// as it is. `\n`, `\t`, `\s` (a space at an end) and `\u{200B}` may
/// stand for characters that are hard to see.
enum CaseFile {
  /// All cases of a stage, file by file in the order of their names.
  static func cases(of stage: String) throws -> [Case] {
    let folder = Repository.root + "/Tests/Cases/" + stage
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0.hasSuffix(".cases") }.flatMap { name in
      let path = folder + "/" + name
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return parse(text, file: path)
    }
  }

  static func parse(_ text: String, file: String) -> [Case] {
    var cases: [Case] = []
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let isKnownFailure = line.hasPrefix("! ")
      if isKnownFailure { line = String(line.dropFirst(2)) }
      // A marked text is its own expectation.
      let arrow = line.range(of: " =>")
      let input = arrow.map { String(line[..<$0.lowerBound]) } ?? line
      let expected = arrow.map { String(line[$0.upperBound...]) } ?? line
      cases.append(
        Case(
          file: file, line: index + 1, input: input.trimmingCharacters(in: .whitespaces),
          expected: expected.trimmingCharacters(in: .whitespaces), isKnownFailure: isKnownFailure))
    }
    return cases
  }

  /// Runs all cases of a stage: `body` gives what the engine makes of an input, in the form of the
  /// expectations. Each failure is recorded at its line of the case file.
  static func run(
    _ stage: String, atLeast count: Int, canonical: (String) -> String = { $0 },
    _ body: (String) throws -> String
  ) throws {
    try run(try cases(of: stage), stage, atLeast: count, canonical: canonical, body)
  }

  static func run(
    _ cases: [Case], _ stage: String, atLeast count: Int,
    canonical: (String) -> String = { $0 }, _ body: (String) throws -> String
  ) throws {
    #expect(cases.count >= count, "cases of \(stage) are missing")
    var known = 0
    for item in cases {
      let actual: String
      do { actual = try body(item.input) } catch { actual = "error: \(error)" }
      let holds = canonical(squeezed(actual)) == canonical(squeezed(item.expected))
      if item.isKnownFailure { known += 1 }
      if holds != item.isKnownFailure {
        if ProcessInfo.processInfo.environment["LIST_KNOWN"] != nil, item.isKnownFailure {
          print("known: \(stage):\(item.line): \(item.input) => \(item.expected) BUT \(actual)")
        }
        continue
      }
      let message =
        item.isKnownFailure
        ? "this known failure now holds; remove the \"! \" before \(item.input)"
        : "\(item.input)\n     gives \(actual)\n  expected \(item.expected)"
      let name = item.file.split(separator: "/").last ?? ""
      Issue.record(
        "\(message)",
        sourceLocation: SourceLocation(
          fileID: "Cases/\(name)", filePath: item.file, line: item.line, column: 1))
    }
    print("\(stage): \(cases.count) cases, \(known) known failures")
  }

  /// Without spaces around the signs of the case language.
  private static func squeezed(_ text: String) -> String {
    var result = ""
    for part in text.split(separator: " ") { result += (result.isEmpty ? "" : " ") + part }
    for sign in ["|", ";", ",", "="] {
      result = result.replacingOccurrences(of: " \(sign)", with: sign)
      result = result.replacingOccurrences(of: "\(sign) ", with: sign)
    }
    return result
  }

  /// The characters that escapes stand for.
  static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let first = rest.first {
      if first == "\\" {
        if rest.hasPrefix("\\u{"), let end = rest.firstIndex(of: "}") {
          let digits = rest[rest.index(rest.startIndex, offsetBy: 3)..<end]
          if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
            result.unicodeScalars.append(scalar)
          }
          rest = rest[rest.index(after: end)...]
          continue
        }
        let escapes: [Character: Character] = ["n": "\n", "t": "\t", "s": " ", "\\": "\\"]
        if let next = rest.dropFirst().first, let meant = escapes[next] {
          result.append(meant)
          rest = rest.dropFirst(2)
          continue
        }
      }
      result.append(first)
      rest = rest.dropFirst()
    }
    return result
  }

  /// What is hard to see, as escapes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\u{D}"
      case 0x09: result += "\\t"
      case 0xA0, 0xAD, 0x200B...0x200F, 0x2028, 0x2029, 0x2060...0x2064, 0xFEFF, 0xFFFD, 0xFFFF,
        0..<0x20, 0x7F..<0xA0:
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Text with marked spans: `⟦阿里巴巴/ORG⟧收购⟦饿了么/ORG⟧`.
struct MarkedText {
  struct Mark: Hashable {
    let start: Int
    let end: Int
    let label: String
  }

  /// The text without marks.
  private(set) var text = ""
  private(set) var marks: [Mark] = []

  init(_ marked: String) {
    var inside: [Unicode.Scalar]?
    var count = 0
    for character in marked.unicodeScalars {
      if character == "⟦" {
        inside = []
      } else if character == "⟧", let span = inside {
        // A label is capital letters behind the last slash: 微克/立方米 has none.
        let slash = span.lastIndex(of: "/") ?? span.endIndex
        let label = span[slash...].dropFirst()
        let isLabel = !label.isEmpty && label.allSatisfy { ("A"..."Z").contains($0) }
        let name = isLabel ? span[..<slash] : span[...]
        marks.append(
          Mark(
            start: count, end: count + name.count,
            label: isLabel ? String(String.UnicodeScalarView(label)) : ""))
        text.unicodeScalars.append(contentsOf: name)
        count += name.count
        inside = nil
      } else if inside != nil {
        inside?.append(character)
      } else {
        text.unicodeScalars.append(character)
        count += 1
      }
    }
  }

  /// A text with marks put in.
  static func marking(_ text: String, _ marks: [Mark]) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var at = 0
    for mark in marks.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard mark.start >= at else { continue }
      for index in at..<mark.start { result.unicodeScalars.append(scalars[index]) }
      result += "⟦"
      for index in mark.start..<mark.end { result.unicodeScalars.append(scalars[index]) }
      result += (mark.label.isEmpty ? "" : "/" + mark.label) + "⟧"
      at = mark.end
    }
    for index in at..<scalars.count { result.unicodeScalars.append(scalars[index]) }
    return result
  }
}
