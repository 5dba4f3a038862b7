internal import Annotations

/// Characters and classes of which one is in every sentence in which some rule of a stage can match: without any of
/// them the stage need not be run. So 《 for a rule of works, and names for a rule of names made of names.
struct StageWake: Sendable {
  private let characters: [UInt32]
  /// The classes of which an edge wakes the stage.
  let classes: [Int]

  /// Nil where some rule needs nothing that can be told beforehand. `table` gives, for each class, whether it is one
  /// of the named ones or below.
  init?(_ rules: [RuleSyntax], table: ([ClassName]) -> [Bool]) {
    var characters: Set<UInt32> = []
    var names: [ClassName] = []
    for rule in rules {
      guard let needed = rule.pattern?.needed else { return nil }
      characters.formUnion(needed.characters)
      names += needed.classes
    }
    self.characters = characters.sorted()
    classes = table(names).enumerated().filter(\.element).map(\.offset)
  }

  /// Whether one of the characters is in a sentence.
  /// - Complexity: O(characters of the sentence), less where one is found.
  func isCalled(by view: borrowing GraphView) -> Bool {
    if characters.isEmpty { return false }
    for position in view.start..<view.end where characters.contains(view.text[position]) {
      return true
    }
    return false
  }
}

extension PatternSyntax {
  /// Characters and classes of which one is in every match; nil where that cannot be told.
  fileprivate var needed: (characters: [UInt32], classes: [ClassName])? {
    switch self {
    case .literal(let characters): return characters.first.map { ([$0], []) }
    case .edge(let edge): return ([], [edge.name])
    case .capture(_, let inner): return inner.needed
    case .repeated(let inner, let minimum, _): return minimum > 0 ? inner.needed : nil
    case .choice(let choices):
      var all: (characters: [UInt32], classes: [ClassName]) = ([], [])
      for choice in choices {
        guard let needed = choice.needed else { return nil }
        all.characters += needed.characters
        all.classes += needed.classes
      }
      return all
    case .sequence(let items):
      // Characters are rarer than classes, and few of them rarer than many.
      return items.compactMap(\.needed).min {
        ($0.classes.count, $0.characters.count) < ($1.classes.count, $1.characters.count)
      }
    case .run, .gap, .start, .end, .border, .column: return nil
    }
  }
}
