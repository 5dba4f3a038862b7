internal import Annotations
internal import Characters
internal import Reading
internal import Rules

/// A result that someone expects of a text: `(和平区, 建立, 14个基地)` or `ORG(和平区教育局)`.
package struct ExpectedResult: Sendable {
  /// What is expected.
  package enum Form: Hashable, Sendable {
    /// A result of a class over these characters.
    case result(category: String, text: String)
    /// A fact; nil for an empty role.
    case triple(subject: String?, relation: String, object: String?)
  }

  /// It is not written as an expectation is.
  package struct Malformed: Error, CustomStringConvertible {
    /// What is wrong, what was expected, and examples.
    package let description: String
  }

  /// The classes of times and quantities, which no rule makes.
  package static let time = "TIME"
  package static let quantity = "QUANTITY"

  /// How an expectation is written, with one of each form as an example of a rule has it.
  private static func examples(_ knowledge: CompiledKnowledge) -> String {
    let written = knowledge.stages.flatMap(\.rules).flatMap(\.examples).compactMap(\.expectation)
    let shown = [written.first { !$0.hasPrefix("(") }, written.first { $0.hasPrefix("(") }]
      .compactMap(\.self)
    return "expected CLASS(text) or (subject, relation, object) with - for an empty role"
      + (shown.isEmpty ? "" : ", as " + shown.joined(separator: ", "))
  }

  /// What is expected, in the characters of normalised text without spaces.
  package let form: Form

  /// A fact of these roles, nil for an empty one.
  package init(
    subject: String?, relation: String, object: String?, _ knowledge: CompiledKnowledge
  ) {
    func plain(_ text: String?) -> String? {
      text.map { Self.plain($0, knowledge) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    form = .triple(
      subject: plain(subject), relation: Self.plain(relation, knowledge), object: plain(object))
  }

  private static func plain(_ text: String, _ knowledge: CompiledKnowledge) -> String {
    String(scalars: knowledge.normalizer.fold(text).filter { CharacterKind($0) != .space })
  }

  /// Reads an expectation. The classes are those of names, `TIME`, `QUANTITY`, and those that rules make.
  package init(_ written: String, _ knowledge: CompiledKnowledge) throws {
    let text = Self.plain(written, knowledge)
    guard let open = text.firstIndex(of: "("), text.last == ")" else {
      throw Malformed(description: "\"\(written)\" has no parentheses; \(Self.examples(knowledge))")
    }
    let inside = text[text.index(after: open)...].dropLast()
    if open == text.startIndex {
      let roles = inside.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard roles.count == 3, !roles.contains("") else {
        throw Malformed(
          description: "\"\(written)\" has \(roles.count) roles, some perhaps empty; "
            + Self.examples(knowledge))
      }
      guard roles[1] != "-" else {
        throw Malformed(
          description: "the relation of \"\(written)\" is empty; \(Self.examples(knowledge))")
      }
      form = .triple(
        subject: roles[0] == "-" ? nil : roles[0], relation: roles[1],
        object: roles[2] == "-" ? nil : roles[2])
      return
    }
    let category = String(text[..<open])
    let known = Self.classes(knowledge)
    guard known.contains(category), !inside.isEmpty else {
      throw Malformed(
        description: inside.isEmpty
          ? "\"\(written)\" names no characters; \(Self.examples(knowledge))"
          : "nothing makes results of the class \"\(category)\"; there are "
            + "\(known.joined(separator: ", ")); \(Self.examples(knowledge))")
    }
    form = .result(category: category, text: String(inside))
  }

  private static func classes(_ knowledge: CompiledKnowledge) -> [String] {
    var names = EntityType.allCases.map(\.rawValue) + [time, quantity]
    if !knowledge.clauseGrammar.isEmpty { names += ClausePart.allCases.map(\.written) }
    for emission in knowledge.stages.flatMap(\.rules).flatMap(\.emissions) {
      let name = knowledge.classes.name(emission.category)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension RecordedAnalysis {
  /// A range's characters without spaces.
  func plain(_ range: TextRange) -> String {
    String(scalars: text.characters[range.start..<range.end].filter { CharacterKind($0) != .space })
  }

  /// The places of some characters in the text; spaces between them are passed over.
  func places(of wanted: String) -> [TextRange] {
    let wanted = wanted.unicodeScalars.map(\.value)
    guard !wanted.isEmpty else { return [] }
    return (0..<text.count).compactMap { start in
      var position = start
      for character in wanted {
        while position > start, position < text.count, CharacterKind(text[position]) == .space {
          position += 1
        }
        guard position < text.count, text[position] == character else { return nil }
        position += 1
      }
      return TextRange(start, position)
    }
  }

  /// The numbers of the facts that are what is expected.
  func triples(_ form: ExpectedResult.Form) -> [Triple] {
    guard case .triple(let subject, let relation, let object) = form else { return [] }
    return analysis.triples.filter { triple in
      (triple.subject.map { plain($0.range) }) == subject
        && (triple.relationName ?? plain(triple.relation.range)) == relation
        && (triple.object.map { plain($0.range) }) == object
    }
  }

  /// Whether what is expected is there.
  func holds(_ form: ExpectedResult.Form) -> Bool {
    guard case .result(let category, let wanted) = form else { return !triples(form).isEmpty }
    return switch category {
    case ExpectedResult.time: analysis.times.contains { plain($0.range) == wanted }
    case ExpectedResult.quantity: analysis.quantities.contains { plain($0.range) == wanted }
    default:
      analysis.mentions.contains { $0.type.rawValue == category && plain($0.range) == wanted }
        || analysis.frames.contains { $0.category == category && plain($0.range) == wanted }
    }
  }
}
