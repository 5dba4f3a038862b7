import Annotations
import Evaluation
import Testing

/// What of a result is what of the gold.
struct PairingTests {
  private struct Malformed: Error {}

  @Test func cases() throws {
    try CaseFile.run(
      CaseFile.cases(of: "evaluation").filter { $0.file.hasSuffix("pairing.cases") }, "pairing",
      atLeast: 20
    ) { input in
      let sides = input.split(separator: "?", omittingEmptySubsequences: false)
      guard sides.count == 2 else { throw Malformed() }
      let pairing = FactPairing(
        gold: WrittenFact.facts(sides[0]).map { FactText($0) },
        found: WrittenFact.facts(sides[1]).map { FactText($0) })
      func numbers(_ list: [Int]) -> String { list.map { " \($0 + 1)" }.joined() }
      let pairs = pairing.pairs.map { "\($0.gold + 1)=\($0.found + 1)" + ($0.isExact ? "!" : "") }
      return pairs.joined(separator: " ")
        + " | missed\(numbers(pairing.missed)) | extra\(numbers(pairing.extra))"
    }
  }

  @Test func causes() throws {
    try CaseFile.run(
      CaseFile.cases(of: "evaluation").filter { $0.file.hasSuffix("nearest.cases") }, "nearest",
      atLeast: 12
    ) { input in
      let parts = input.split(separator: "?", omittingEmptySubsequences: false)
      guard parts.count == 3 else { throw Malformed() }
      var gold = GoldDocument(id: "case", text: String(parts[0].trimmed))
      gold.facts = WrittenFact.facts(parts[1])
      let record = WrittenFact.record(
        WrittenFact.facts(parts[2]), id: gold.id, text: gold.text)
      let errors = ErrorList(
        Scorecard(gold: [gold], found: [gold.id: record]), limit: 9, explainer: nil)
      func causes(_ side: ErrorGroup.Side) -> String {
        errors.groups.filter { $0.side == side }.flatMap(\.causes)
          .map { "\($0.count) \($0.cause)" }.joined(separator: ", ")
      }
      return "\(causes(.missed)) | \(causes(.extra))"
    }
  }

  /// One span with one value on both sides: whether it counts.
  @Test func values() throws {
    try CaseFile.run(
      CaseFile.cases(of: "evaluation").filter { $0.file.hasSuffix("values.cases") }, "values",
      atLeast: 25
    ) { input in
      let sides = input.split(separator: "?").map { $0.trimmed }
      let left = sides[0].split(separator: " ")
      let right = sides[1].split(separator: " ").map(String.init)
      guard left.count == 2 else { throw Malformed() }
      let (kind, wanted) = (left[0], left[1] == "-" ? nil : String(left[1]))
      let given = right[0] == "-" ? nil : right[0]
      var gold = GoldDocument(id: "case", text: "12")
      var record = WrittenFact.record([], id: "case", text: "12")
      let span = SourceRange(0, 2)
      let measure: Measure
      if kind == "time" {
        measure = .timeValues
        gold.times = [GoldDocument.Time(text: "12", span: span, value: wanted)]
        record.times = [
          Record.Time(
            id: "", text: "12", start: 0, end: 2, value: given,
            mod: right.count > 1 ? right[1] : nil)
        ]
      } else {
        gold.quantities = [
          GoldDocument.Quantity(
            text: "12", span: span, value: kind == "number" ? wanted : nil,
            measure: kind == "measure" ? wanted : nil,
            modifier: kind == "modifier" ? wanted : nil, counted: kind == "counted" ? wanted : nil)
        ]
        record.quantities = [
          Record.Quantity(
            id: "", text: "12", start: 0, end: 2, kind: .number,
            value: kind == "number" ? given : nil, low: nil, high: nil,
            measure: kind == "measure" ? given : nil, unit: nil,
            mod: kind == "modifier" ? Modifier(rawValue: given ?? "=") ?? .exact : .exact,
            of: kind == "counted" ? given : nil, rule: nil)
        ]
        measure =
          switch kind {
          case "number": .quantityValues
          case "measure": .quantityMeasures
          case "modifier": .quantityModifiers
          case "counted": .quantityCounted
          default: throw Malformed()
          }
      }
      let tally = Scorecard(gold: [gold], found: ["case": record]).figures[measure]
      guard tally.gold == 1, tally.found == 1 else { return "not asked" }
      return tally.hits == 1 ? "same" : "other"
    }
  }

  /// The pairing against one that looks for the best pair over all that is left, again and again, over random facts
  /// of few characters, so that many agree by halves and in the same measure.
  @Test func twin() {
    var random = SplitMix64(seed: 71)
    var paired = 0
    for seed in 0..<3000 {
      func slot(_ longest: Int) -> String? {
        let count = random.below(longest + 1)
        return count == 0
          ? nil : String((0..<count).map { _ in random.pick(["甲", "乙", "丙", "丁"]) }.joined())
      }
      func facts() -> [FactText] {
        (0..<random.below(9)).map { _ in
          FactText(
            GoldDocument.Fact(subject: slot(4), relation: slot(2) ?? "甲", object: slot(3)))
        }
      }
      let (gold, found) = (facts(), facts())
      let pairing = FactPairing(gold: gold, found: found)
      let twin = Self.naive(gold, found)
      #expect(pairing.pairs.map { [$0.gold, $0.found] } == twin, "seed \(seed)")
      #expect(pairing.missed.count == gold.count - twin.count)
      #expect(pairing.extra.count == found.count - twin.count)
      paired += twin.count
    }
    #expect(paired > 1500, "random facts hardly ever pair")
  }

  private static func naive(_ gold: [FactText], _ found: [FactText]) -> [[Int]] {
    func agreement(_ one: String, _ other: String) -> Double {
      if one == other { return 1 }
      if one.isEmpty || other.isEmpty { return 0 }
      var left = Array(other)
      var common = 0
      for character in one {
        if let index = left.firstIndex(of: character) {
          left.remove(at: index)
          common += 1
        }
      }
      if common == 0 { return 0 }
      let precision = Double(common) / Double(other.count)
      let recall = Double(common) / Double(one.count)
      return 2 * precision * recall / (precision + recall)
    }
    var pairs: [[Int]] = []
    while true {
      var best: (sum: Double, pair: [Int])?
      for (row, one) in gold.enumerated() where !pairs.contains(where: { $0[0] == row }) {
        for (column, other) in found.enumerated()
        where !pairs.contains(where: { $0[1] == column }) {
          let all = FactRole.allCases.map { agreement(one[$0].text, other[$0].text) }
          guard all.allSatisfy({ $0 >= 0.5 }) else { continue }
          let sum = all[0] + all[1] + all[2]
          if best.map({ sum > $0.sum }) ?? true { best = (sum, [row, column]) }
        }
      }
      guard let best else { return pairs.sorted { $0[0] < $1[0] } }
      pairs.append(best.pair)
    }
  }
}
