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
}

/// `feature=value` or `feature!=value`; several values are set apart by `/`.
struct FeatureTest: Hashable, Sendable {
  let feature: String
  let values: [String]
  let negated: Bool
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
    /// The pattern must (or must not) match somewhere inside the match.
    case has
  }

  let kind: Kind
  let negated: Bool
  let pattern: PatternSyntax
}

/// What fills a role.
enum RoleValue: Hashable, Sendable {
  /// From the first of these captures to the last.
  case captures([String])
  /// A fixed text.
  case text(String)
  /// A feature of the edge that a capture covers.
  case feature(capture: String, name: String)
}

/// `emit CLASS(role = value, …)`.
struct EmissionSyntax: Sendable {
  let name: ClassName
  let roles: [(name: String, value: RoleValue)]
}

/// `+ text => expectation` or `- text`.
package struct RuleExample: Hashable, Sendable {
  /// Whether the rule has to match the text.
  package let positive: Bool
  /// The text.
  package let text: String
  /// What has to come out; nil when it is enough that the rule matches.
  package let expectation: String?
  /// Where it stands.
  package let place: RulePlace
}

/// A rule as it was written.
struct RuleSyntax: Sendable {
  let name: String
  let place: RulePlace
  var pattern: PatternSyntax?
  var conditions: [ConditionSyntax] = []
  var withinClause = false
  var weight = 0
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
  var policy: OverlapPolicy
  var rules: [RuleSyntax] = []
}
