/// A rule as it is compiled: what the automata are built of, and its program.
struct CompiledRule {
  /// The rule with what may stand between its parts.
  let syntax: RuleSyntax
  /// For each condition, its number among the watched patterns of the stage; nil for one that is not watched.
  let watches: [Int?]
  let program: RuleProgram
}

/// The automata of a stage: one for all rules, and where many rules need a text of their own, more of them that
/// run only over sentences in which such a text stands.
///
/// Rules over words that are rare would fill the sets of the one automaton with states that differ from sentence
/// to sentence. A few of them do no harm, so they are set apart only when there are many.
struct StageParts: Sendable {
  /// So many rules share an automaton of their texts at most.
  private static let groupSize = 16
  /// With fewer rules that need a text nothing is set apart.
  private static let fewestApart = 32

  /// The automata; the first is run over every sentence.
  private(set) var automata: [StageAutomaton]
  /// For each first character, texts and the automata that they call for.
  private(set) var triggers: [UInt32: [(text: [UInt32], part: Int)]] = [:]
  /// The patterns that rules ask for around or in a match, which are looked for only where a rule asks. They have an
  /// automaton of their own: in one with the rules, each set of states of the rules would come with many of theirs.
  private(set) var watching = StageAutomaton()
  /// Their number.
  let watchCount: Int
  /// What stands in every sentence in which a rule can match; nil where that cannot be told.
  let wake: StageWake?

  /// Builds the automata of rules. `table` gives, for each class, whether it is one of the named ones or below.
  init(
    _ rules: [CompiledRule], watchCount: Int, classCount: Int, table: ([ClassName]) -> [Bool]
  ) {
    self.watchCount = watchCount
    wake = StageWake(rules.map(\.syntax), table: table)
    automata = [StageAutomaton()]
    let needed = rules.map { $0.syntax.pattern?.neededTexts }
    let isSetApart = needed.count { $0 != nil } >= Self.fewestApart
    var inGroup = Self.groupSize
    var isAdded = [Bool](repeating: false, count: watchCount)
    for (number, rule) in rules.enumerated() {
      var part = 0
      if isSetApart, let texts = needed[number] {
        if inGroup == Self.groupSize {
          automata.append(StageAutomaton())
          inGroup = 0
        }
        inGroup += 1
        part = automata.count - 1
        for text in texts { triggers[text[0], default: []].append((text, part)) }
      }
      automata[part].add(rule.syntax, number: number, table: table)
      for (condition, watch) in zip(rule.syntax.conditions, rule.watches) {
        guard let watch, !isAdded[watch] else { continue }
        isAdded[watch] = true
        watching.add(watched: condition.pattern, number: watch, table: table)
      }
    }
    watching.finish(classCount: classCount)
    for part in automata.indices { automata[part].finish(classCount: classCount) }
  }
}

extension PatternSyntax {
  /// Texts of which one stands in every match; nil where there are none or one is but a character, which is in
  /// most sentences.
  var neededTexts: [[UInt32]]? {
    switch self {
    case .literal(let characters): return characters.count >= 2 ? [characters] : nil
    case .capture(_, let inner): return inner.neededTexts
    case .repeated(let inner, let minimum, _): return minimum > 0 ? inner.neededTexts : nil
    case .choice(let choices):
      var all: [[UInt32]] = []
      for choice in choices {
        guard let texts = choice.neededTexts else { return nil }
        all += texts
      }
      return all
    case .sequence(let items):
      // The fewest texts, and of as many the longest.
      return items.compactMap(\.neededTexts).min { left, right in
        (left.count, -(left.map(\.count).min() ?? 0))
          < (right.count, -(right.map(\.count).min() ?? 0))
      }
    case .edge, .run, .gap, .start, .end, .border, .column: return nil
    }
  }
}
