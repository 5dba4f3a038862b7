internal import Annotations

/// A place in a rule file: line and column in characters, from 1.
package struct RulePlace: Hashable, Sendable {
  package let line: Int
  package let column: Int
}

/// A pattern as it was written.
indirect enum PatternSyntax: Sendable {
  /// Characters as they stand.
  case literal([UInt32])
  /// An edge of a class, with conditions.
  case edge(EdgeSyntax)
  /// Some characters of a kind, none of which begins an edge of an excluded class.
  case run(minimum: Int, maximum: Int, kind: RunKind, excluding: [ClassName])
  /// Up to so many characters, as few as possible.
  case gap(Int)
  case sequence([PatternSyntax])
  case choice([PatternSyntax])
  case repeated(PatternSyntax, minimum: Int, maximum: Int?)
  case capture(String, PatternSyntax)
  /// The beginning of the sentence.
  case start
  /// The end of the sentence.
  case end
  /// Where a word of the plain path begins or ends.
  case border
  /// What a row of a table has in this column.
  case column(String, RulePlace)
}

/// A class named in a rule.
struct ClassName: Hashable, Sendable {
  let name: String
  let place: RulePlace
}

/// `@class[feature=value, @class, not @class]`.
struct EdgeSyntax: Sendable {
  let name: ClassName
  var features: [FeatureTest] = []
  /// Classes of which an edge has to cover the same characters.
  var required: [ClassName] = []
  /// Classes of which no edge may cover the same characters.
  var excluded: [ClassName] = []

  /// Whether it asks for a class alone.
  var isPlain: Bool { features.isEmpty && required.isEmpty && excluded.isEmpty }
}

/// `feature=value`, `feature!=value`; several values are set apart by `/`. `feature>=number` and its like
/// compare exactly.
struct FeatureTest: Hashable, Sendable {
  enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  let feature: String
  let comparison: Comparison
  let values: [String]
  /// What is compared with, for an order.
  var number: ExactDecimal?

  /// Whether an edge passes. What has no such feature, or one that is no number, is neither more nor less.
  func passes(_ edge: Edge, _ features: borrowing some FeatureSource) -> Bool {
    switch comparison {
    case .equal: return features.has(feature, oneOf: values, edge: edge)
    case .notEqual: return !features.has(feature, oneOf: values, edge: edge)
    case .less, .atMost, .greater, .atLeast: break
    }
    guard let number, let other = features.feature(feature, of: edge).flatMap({ ExactDecimal($0) })
    else { return false }
    return switch comparison {
    case .less: other < number
    case .atMost: !(number < other)
    case .greater: number < other
    default: !(other < number)
    }
  }
}

/// Which characters a run may hold.
enum RunKind: String, Sendable {
  case han
  case digit
  case latin
  case any

  /// Whether a character is of this kind.
  func contains(_ character: UInt32) -> Bool {
    switch self {
    case .han: (0x4E00...0x9FFF).contains(character) || (0x3400...0x4DBF).contains(character)
    case .digit: (0x30...0x39).contains(character)
    case .latin: (0x41...0x5A).contains(character) || (0x61...0x7A).contains(character)
    case .any: true
    }
  }
}

/// A condition on what stands around or in a match.
struct ConditionSyntax: Sendable {
  enum Kind: Sendable {
    /// The pattern must (or must not) end where the match begins.
    case after
    /// The pattern must (or must not) begin where the match ends.
    case before
    /// The pattern must not match somewhere inside the match, or inside a capture of it.
    case has(capture: String?)
    /// The pattern must not match exactly what was matched.
    case whole

    /// Whether its pattern may begin anywhere before or in the match, so that the scan has to say where.
    var isWatched: Bool {
      switch self {
      case .after, .has: true
      case .before, .whole: false
      }
    }
  }

  let kind: Kind
  let negated: Bool
  let pattern: PatternSyntax
  let place: RulePlace
}

/// What fills a role.
enum RoleValue: Hashable, Sendable {
  /// From the first of these captures to the last.
  case captures([String])
  /// A fixed text.
  case text(String)
  /// A feature of the edge that a capture covers.
  case feature(capture: String, name: String)
  /// What a row of a table has in this column.
  case column(String)
}

/// `emit CLASS(role = value, …)`.
struct EmissionSyntax: Sendable {
  let name: ClassName
  let roles: [(name: String, value: RoleValue)]
}

/// A rule or a template as it was written.
struct RuleSyntax: Sendable {
  let name: String
  let place: RulePlace
  /// Whether tables fill its columns, and it does nothing without them.
  var isTemplate = false
  var pattern: PatternSyntax?
  var conditions: [ConditionSyntax] = []
  /// Classes whose edges gaps and edges do not pass.
  var barriers: [ClassName] = []
  /// What may stand between the parts of the pattern.
  var ignored: PatternSyntax?
  var weight = 0
  /// Captures whose edges are taken back.
  var retracted: [(capture: String, place: RulePlace)] = []
  var emissions: [EmissionSyntax] = []
  var examples: [RuleExample] = []
}

/// How overlapping matches of a stage are settled.
package enum OverlapPolicy: String, Sendable {
  /// The longest match wins; ties: weight, earlier start, file and line.
  case longest
  /// The heaviest match wins; ties: length, earlier start, file and line.
  case weight
  /// All matches stay.
  case all
}

/// A stage and its rules as they were written in one file.
struct StageSyntax: Sendable {
  let name: String
  let place: RulePlace
  /// How overlaps are settled; nil where it says nothing.
  var policy: OverlapPolicy?
  /// The stages that come before it, and those that come behind it.
  var after: [ClassName] = []
  var before: [ClassName] = []
  var rules: [RuleSyntax] = []
}
