package import Annotations

/// One element of a compiled pattern, as a rule would write it.
package struct PatternElement: Hashable, Sendable {
  /// A feature that an edge has to have, or must not have.
  package struct Feature: Hashable, Sendable {
    /// The column or role.
    package let name: String
    /// The values that will do, or that will not.
    package let values: [String]
    /// Whether none of the values may stand there.
    package let negated: Bool
  }

  /// `@orgsuffix[left=place]`, `"市"`, `{han, not @verb}`, `^`.
  package let written: String
  /// The classes of which an edge has to be; empty for what is no edge.
  package let classes: [ClassID]
  /// What else is asked of the edge's row or result.
  package let features: [Feature]
  /// The classes of which an edge has to cover the same characters.
  package let required: [ClassID]
}

/// Writes compiled patterns as rules have them. What was a `let` or a group is written out.
struct PatternWriter {
  let classes: ClassTable
  /// The class of the words of the plain path.
  var plainWord: ClassID? { classes.find("word") }

  /// The element of a step; nil for a step that asks for nothing.
  func element(_ step: Int, of program: PatternProgram) -> PatternElement? {
    switch program.code[step] {
    case .character(let character): plain("\"" + String(scalars: [character]) + "\"")
    case .edge(let test): edge(test, of: program)
    case .run(let kind, let excluding):
      plain(
        "{\(kind.rawValue)" + excluded(row(excluding, of: program.exclusions, program.classCount))
          + "}")
    case .any: plain("gap")
    case .start: plain("^")
    case .end: plain("$")
    case .border: plain("border")
    case .split, .jump, .save, .accept: nil
    }
  }

  /// A condition, with the words before its pattern.
  func text(of condition: ConditionProgram) -> String {
    let not = condition.negated ? "not " : ""
    return switch condition.kind {
    case .after: not + "after " + text(of: condition.pattern)
    case .before: not + "before " + text(of: condition.pattern)
    case .has(let capture):
      "unless \(capture.map { "\($0) " } ?? "")has " + text(of: condition.pattern)
    case .whole: "unless " + text(of: condition.pattern)
    }
  }

  /// All elements of a pattern in their order, choices with `|` between.
  private func text(of program: PatternProgram) -> String {
    var text = ""
    var literal = ""
    func add(_ part: String) { text += (text.isEmpty || text.hasSuffix(" ") ? "" : " ") + part }
    func endLiteral() {
      if !literal.isEmpty { add("\"\(literal)\"") }
      literal = ""
    }
    for step in program.code.indices {
      if case .character(let character) = program.code[step] {
        literal += String(scalars: [character])
        continue
      }
      endLiteral()
      if case .jump(let target) = program.code[step], target > step { add("|") }
      if let element = element(step, of: program) { add(element.written) }
    }
    endLiteral()
    return text
  }

  private func plain(_ written: String) -> PatternElement {
    PatternElement(written: written, classes: [], features: [], required: [])
  }

  private func edge(_ test: Int, of program: PatternProgram) -> PatternElement {
    let wanted = roots(row(test, of: program.classes, program.classCount))
    var tests: [String] = []
    var features: [PatternElement.Feature] = []
    var required: [ClassID] = []
    if let conditions = program.conditions[test] {
      for test in conditions.features {
        if test.comparison == .equal || test.comparison == .notEqual {
          features.append(
            PatternElement.Feature(
              name: test.feature, values: test.values, negated: test.comparison == .notEqual))
        }
        tests.append(
          test.feature + test.comparison.rawValue + test.values.joined(separator: "/"))
      }
      required = conditions.required.flatMap { roots($0[...]) }
      tests += required.map { "@" + classes.name($0) }
      if let table = conditions.excluded {
        tests += roots(table[...]).map { "not @" + classes.name($0) }
      }
    }
    let names = wanted.map { category in
      let name = classes.name(category)
      return RuleSources.isRowClass(name) ? "%" + RuleSources.entryColumn : "@" + name
    }.joined(separator: "/")
    return PatternElement(
      written: names + (tests.isEmpty ? "" : "[" + tests.joined(separator: ", ") + "]"),
      classes: wanted, features: features, required: required)
  }

  private func excluded(_ table: ArraySlice<Bool>) -> String {
    roots(table).map { ", not @" + classes.name($0) }.joined()
  }

  private func row(_ number: Int, of table: [Bool], _ width: Int) -> ArraySlice<Bool> {
    table[(number * width)..<((number + 1) * width)]
  }

  /// The classes of a table above which none is in it.
  private func roots(_ table: ArraySlice<Bool>) -> [ClassID] {
    let members = table.enumerated().filter(\.element).map { ClassID(rawValue: UInt16($0.offset)) }
    return members.filter { member in
      !members.contains { $0 != member && classes.isA(member, $0) }
    }
  }
}
