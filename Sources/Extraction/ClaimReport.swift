internal import Annotations
internal import Rules

/// Words about claims: whose they are, and why one stood instead of another.
struct ClaimReport {
  private let recorded: RecordedAnalysis
  private let sentence: SentenceSnapshot

  init(_ recorded: RecordedAnalysis, _ sentence: SentenceSnapshot) {
    self.recorded = recorded
    self.sentence = sentence
  }

  /// `LOC(和平区) of rule 地.词典 [names.rules:5]`.
  func describe(_ claim: Claim) -> String {
    let text = recorded.string(claim.edge.range)
    return switch claim.kind {
    case .time: "TIME(\(text))"
    case .quantity: "QUANTITY(\(text))"
    case .name:
      "\(recorded.name(claim.edge.category))(\(text)) of rule "
        + recorded.describe(rule: sentence.matches[claim.number].provenance)
    }
  }

  /// Why the one claim stands and the other does not.
  static func reason(_ winner: Claim, over loser: Claim) -> String {
    let (a, b) = (reach(winner), reach(loser))
    if a > b {
      return winner.weight > 0 || loser.weight < 0
        ? "heavier, \(a) to \(b) (characters and weight)" : "longer, \(a) to \(b) characters"
    }
    if winner.kind != loser.kind {
      return "equally long, and \(kind(winner)) goes before \(kind(loser))"
    }
    return winner.edge.range.lower < loser.edge.range.lower
      ? "equally long, and it begins earlier" : "equally long, and its rule stands first"
  }

  /// By how much the weight of a claim's rule has to be raised so that it stands instead of another.
  static func raise(_ loser: Claim, over winner: Claim) -> Int {
    let gap = reach(winner) - reach(loser)
    let winsTies =
      loser.kind != winner.kind
      ? loser.kind.rawValue < winner.kind.rawValue
      : loser.edge.range.lower != winner.edge.range.lower
        ? loser.edge.range.lower < winner.edge.range.lower : loser.number < winner.number
    return max(1, winsTies ? gap : gap + 1)
  }

  private static func reach(_ claim: Claim) -> Int { claim.edge.range.count + claim.weight }

  private static func kind(_ claim: Claim) -> String {
    switch claim.kind {
    case .name: "a name"
    case .time: "a time"
    case .quantity: "a quantity"
    }
  }
}
