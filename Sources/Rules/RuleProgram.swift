package import Annotations

/// One step of a compiled pattern. Numbers of steps are relative to the program's code.
enum Instruction: Hashable, Sendable {
  /// This character, then the next step.
  case character(UInt32)
  /// An edge that passes a test, then the next step at the edge's end.
  case edge(test: Int)
  /// A character of a kind that begins no edge of the excluded classes.
  case run(kind: RunKind, excluding: Int)
  /// Any character.
  case any
  /// Where an edge of the excluded classes begins, or at the end of the sentence.
  case border(excluding: Int)
  /// First the one, then the other.
  case split(Int, Int)
  case jump(Int)
  case save(slot: Int)
  case start
  case end
  case accept
}

/// The parts of a pattern while it is compiled.
struct PatternCode {
  var steps: [Instruction] = []
  /// For each edge step, the classes that will do, and what else is asked.
  var tests: [(classes: [Bool], conditions: EdgeConditions?)] = []
  /// For each run step, the classes that may not begin in it.
  var exclusions: [[Bool]] = []
  /// Among them, those before which no edge is taken; -1 for none.
  var barrier = -1
}

/// A compiled pattern: steps, run by ``PatternMachine``. Its tables are flat, so that a step costs
/// one look-up and no reference count.
final class PatternProgram: Equatable, Sendable {
  let code: [Instruction]
  /// The number of classes: the width of a row of the two tables below.
  let classCount: Int
  /// Row by row, for each edge test and class, whether the class will do.
  let classes: [Bool]
  /// For each edge test, what else is asked.
  let conditions: [EdgeConditions?]
  /// Row by row, for each run and class, whether an edge of it may not begin there.
  let exclusions: [Bool]
  /// The row of the exclusions before which no edge is taken, or -1.
  let barrier: Int

  init(_ code: PatternCode, classCount: Int) {
    self.code = code.steps + [.accept]
    self.classCount = classCount
    classes = code.tests.flatMap(\.classes)
    conditions = code.tests.map(\.conditions)
    exclusions = code.exclusions.flatMap { $0 }
    barrier = code.barrier
  }

  /// Whether an edge test takes a class.
  func takes(test: Int, _ category: Int) -> Bool { classes[test * classCount + category] }

  /// Whether two patterns do the same steps with the same tests.
  static func == (left: PatternProgram, right: PatternProgram) -> Bool {
    left.code == right.code && left.classes == right.classes
      && left.conditions == right.conditions && left.exclusions == right.exclusions
      && left.barrier == right.barrier
  }
}

/// A compiled condition.
final class ConditionProgram: Sendable {
  let kind: ConditionSyntax.Kind
  let negated: Bool
  let pattern: PatternProgram
  /// The condition looks back, and by one edge or character at most: how most of them are.
  let lastStep: LastStep?
  /// The number among the watched patterns of its stage, for one that may begin before or in a match.
  let watch: Int?
  /// The slot of the capture in which it is looked for; nil for the whole match.
  let slot: Int?

  init(
    kind: ConditionSyntax.Kind, negated: Bool, pattern: PatternProgram, lastStep: LastStep?,
    watch: Int?, slot: Int?
  ) {
    self.kind = kind
    self.negated = negated
    self.pattern = pattern
    self.lastStep = lastStep
    self.watch = watch
    self.slot = slot
  }

  /// Whether it is asked before the pattern is matched.
  var isLookBehind: Bool {
    if case .after = kind { true } else { false }
  }
}

/// A look back that is one edge, one character or the sentence's start.
struct LastStep: Sendable {
  /// For each class, whether an edge of it will do.
  var classes: [Bool]
  var characters: [UInt32] = []
  var start = false
}

/// A role of an emission, with the slots of its captures.
struct EmissionRole: Sendable {
  enum Value: Sendable {
    case captures(first: Int, last: Int)
    case text(String)
    case feature(capture: Int, name: String)
    /// A cell of the table's row.
    case column(String)
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

/// A result of an earlier stage that a rule takes back.
struct RetractionProgram: Sendable {
  /// The capture that covers it.
  let slot: Int
  /// For each class, whether the result is of it.
  let classes: [Bool]
}

/// Where a rule of a table finds its row: the capture of the row's word, and the class of that word.
struct RowProgram: Sendable {
  let slot: Int
  let category: ClassID
}

/// A compiled rule.
package final class RuleProgram: Sendable {
  /// The rule's name.
  package let name: String
  /// Where it stands.
  package let provenance: Provenance
  /// What decides between matches of equal length.
  package let weight: Int
  /// What it has to match, and what not.
  package let examples: [RuleExample]
  let pattern: PatternProgram
  /// Conditions on what stands before, which are asked first: they need no match.
  let lookBehind: [ConditionProgram]
  /// Conditions on what stands behind and in a match.
  let conditions: [ConditionProgram]
  let captures: [String]
  /// What comes out of a match.
  package let emissions: [Emission]
  let retractions: [RetractionProgram]
  /// Where the row is found, for rows of a table.
  let row: RowProgram?

  init(
    name: String, provenance: Provenance, weight: Int, examples: [RuleExample],
    pattern: PatternProgram, conditions: [ConditionProgram], captures: [String],
    emissions: [Emission], retractions: [RetractionProgram], row: RowProgram?
  ) {
    self.name = name
    self.provenance = provenance
    self.weight = weight
    self.examples = examples
    self.pattern = pattern
    lookBehind = conditions.filter(\.isLookBehind)
    self.conditions = conditions.filter { !$0.isLookBehind }
    self.captures = captures
    self.emissions = emissions
    self.retractions = retractions
    self.row = row
  }
}

/// All rules of one stage, compiled.
package final class StageProgram: Sendable {
  /// The stage's name.
  package let name: String
  /// How overlaps are settled.
  package let policy: OverlapPolicy
  /// The rules in the order of their files.
  package let rules: [RuleProgram]
  /// The patterns of all rules together.
  let parts: StageParts

  init(name: String, policy: OverlapPolicy, rules: [RuleProgram], parts: StageParts) {
    self.name = name
    self.policy = policy
    self.rules = rules
    self.parts = parts
  }
}
