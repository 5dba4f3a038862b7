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
  /// The number of patterns that rules ask for around or in a match.
  private(set) var watchCount = 0

  /// What was compiled of one rule.
  struct Entry {
    let syntax: RuleSyntax
    let pattern: PatternSyntax
  }

  /// Builds the automata of rules, and gives for each rule and condition its number among the watched ones.
  init(
    _ entries: [Entry], classCount: Int, table: ([ClassName]) -> [Bool]
  ) {
    automata = [StageAutomaton()]
    watches = []
    let needed = entries.map { $0.pattern.neededTexts }
    let isSetApart = needed.count { $0 != nil } >= Self.fewestApart
    var inGroup = Self.groupSize
    for (number, entry) in entries.enumerated() {
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
      watches.append(
        automata[part].add(
          entry.syntax, number: number, pattern: entry.pattern, watchCount: &watchCount,
          table: table))
    }
    for part in automata.indices { automata[part].finish(classCount: classCount) }
  }

  /// For each rule and condition, its number among the watched patterns.
  private(set) var watches: [[Int?]]
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
