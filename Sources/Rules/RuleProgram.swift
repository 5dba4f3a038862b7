package import Annotations

/// One step of a compiled pattern. Numbers of steps are relative to the program's code.
enum Instruction: Sendable {
  /// This character, then the next step.
  case character(UInt32)
  /// An edge that passes a test, then the next step at the edge's end.
  case edge(test: Int)
  /// A character of a kind that begins no edge of the excluded classes.
  case run(kind: RunKind, excluding: Int)
  /// Any character.
  case any
  /// First the one, then the other.
  case split(Int, Int)
  case jump(Int)
  case save(slot: Int)
  case start
  case end
  case accept
}

/// What an edge step asks of an edge.
struct EdgeTest: Sendable {
  /// For each class, whether it will do.
  let classes: [Bool]
  let features: [FeatureTest]
  /// For each class, whether an edge of it over the same characters will do; one table a class
  /// that has to be there.
  let required: [[Bool]]
  /// For each class, whether an edge of it over the same characters spoils the match.
  let excluded: [Bool]?
}

/// A compiled pattern: steps, run by ``PatternMachine``.
struct PatternProgram: Sendable {
  var code: [Instruction] = []
  var tests: [EdgeTest] = []
  var exclusions: [[Bool]] = []
}

/// What may come first in a match: what the matcher looks a position up by.
struct FirstSet: Sendable {
  var characters: Set<UInt32> = []
  var tests: Set<Int> = []
  /// Anything: a run, a gap, or nothing at all.
  var anything = false
}

/// A compiled condition.
struct ConditionProgram: Sendable {
  let kind: ConditionSyntax.Kind
  let negated: Bool
  let pattern: PatternProgram
}

/// A role of an emission, with the slots of its captures.
struct EmissionRole: Sendable {
  enum Value: Sendable {
    case captures(first: Int, last: Int)
    case text(String)
    case feature(capture: Int, name: String)
  }

  let name: String
  let value: Value
}

/// What a rule adds to the graph.
package struct Emission: Sendable {
  /// The class of the new edge.
  package let category: ClassID
  let roles: [EmissionRole]
}

/// A compiled rule.
package struct RuleProgram: Sendable {
  /// The rule's name.
  package let name: String
  /// Where it stands.
  package let provenance: Provenance
  /// What decides between matches of equal length.
  package let weight: Int
  /// What it has to match, and what not.
  package let examples: [RuleExample]
  let pattern: PatternProgram
  let conditions: [ConditionProgram]
  let withinClause: Bool
  let captures: [String]
  /// What comes out of a match.
  package let emissions: [Emission]
}

/// All rules of one stage, compiled, with an index by what they may begin with.
package struct StageProgram: Sendable {
  /// The stage's name.
  package let name: String
  /// How overlaps are settled.
  package let policy: OverlapPolicy
  /// The rules in the order of their files.
  package let rules: [RuleProgram]
  let byCharacter: [UInt32: [Int32]]
  let byClass: [[Int32]]
  let always: [Int32]
  /// The class that ends a clause.
  let clauseEnd: [Bool]
}
