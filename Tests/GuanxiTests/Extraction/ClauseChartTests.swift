import Annotations
import Extraction
import Segmentation
import Testing

/// The chart against its naive twin, on small random grammars and rows of tags.
struct ClauseChartTests {
  private static let tags = ["A", "B", "C"]

  /// A model of three tags that no class of words has.
  private static func model(_ classes: inout ClassTable) -> TaggingModel {
    TaggingModel(
      tags: [], transitions: tags.map { ($0, $0, 0) }, unknown: ("A", 0), stray: ("B", 0),
      clauses: TaggingModel.ClauseCosts(), classes: &classes, lexicon: Shared.baseLexicon)
  }

  private static func row(
    _ network: String, _ from: String?, _ input: ClauseGrammar.Input, _ to: String, _ cost: Int,
    _ parts: [ClausePart] = [], joins: Bool = false, line: Int = 1
  ) -> ClauseGrammar.Row {
    ClauseGrammar.Row(
      network: network, from: from, input: input, to: to, cost: cost, parts: parts, joins: joins,
      provenance: Provenance(file: 0, line: UInt32(line)))
  }

  private static func word(_ tag: String) -> ClauseGrammar.Input {
    .word(ClauseGrammar.WordTest(tag: tag))
  }

  /// Networks that nobody calls, as many as half of a set holds.
  private static let crowd: [ClauseGrammar.Row] = (0..<64).flatMap { number in
    [row("f\(number)", "s0", word("A"), "s1", 0), row("f\(number)", "s1", .end, "", 0)]
  }

  /// A grammar of one to three networks without a circle that reads nothing: steps that do lead to later states,
  /// and a network is called by one above it, or from a state behind a word.
  private static func grammar(_ random: inout SplitMix64) -> [ClauseGrammar.Row] {
    let networks = 1 + random.below(3)
    var rows: [ClauseGrammar.Row] = []
    for number in 0..<networks {
      let name = "n\(number)"
      let states = 2 + random.below(3)
      let callsBack = random.chance(30)
      let leadsBack = random.chance(30)
      // The beginning stands first.
      rows.append(row(name, "s0", word(random.pick(tags)), "s1", random.below(6), [.subject]))
      for _ in 0..<(3 + random.below(4)) {
        let from = random.below(states)
        let cost = random.below(9) - 2
        let to = "s\(1 + random.below(states - 1))"
        let parts: [ClausePart] =
          random.chance(70) ? [random.pick([.subject, .predicate, .object, .time])] : []
        switch random.below(10) {
        case 0 where from > 0 && leadsBack: rows.append(row(name, "s\(from)", .nothing, "s0", cost))
        case 0 where !leadsBack && from + 1 < states && (from > 0 || !callsBack):
          rows.append(row(name, "s\(from)", .nothing, "s\(states - 1)", cost))
        case 1: rows.append(row(name, nil, word(random.pick(tags)), "", cost))
        case 2: rows.append(row(name, "s\(from)", .any, to, cost + 4, parts))
        case 3, 4, 5:
          let called =
            callsBack && from > 0 ? random.below(networks) : min(number + 1, networks - 1)
          if called > number || callsBack && from > 0 {
            rows.append(row(name, "s\(from)", .network("n\(called)"), to, cost, parts))
          }
        default:
          rows.append(
            row(
              name, "s\(from)", word(random.pick(tags)), to, cost, parts,
              joins: parts.count == 1 && random.chance(25)))
        }
      }
      rows.append(row(name, "s\(1 + random.below(states - 1))", .end, "", random.below(4)))
      rows.append(row(name, "s1", .end, "", random.below(4)))
      // What reads any word reads most sentences.
      if number == 0, random.chance(60) { rows.append(row(name, nil, .any, "", 5)) }
      // Behind so many that nobody calls, the others have the high bits of a set.
      if number == 0, random.chance(20) { rows += crowd }
    }
    return rows.enumerated().map { line, row in
      ClauseGrammar.Row(
        network: row.network, from: row.from, input: row.input, to: row.to, cost: row.cost,
        parts: row.parts, joins: row.joins, provenance: Provenance(file: 0, line: UInt32(line + 2)))
    }
  }

  private static func written(_ rows: [ClauseGrammar.Row]) -> String {
    rows.map { "\($0.network) \($0.from ?? "*") \($0.input) \($0.to) \($0.cost) \($0.parts)" }
      .joined(separator: "\n")
  }

  @Test func cheapestWay() {
    var classes = ClassTable()
    let model = Self.model(&classes)
    var random = SplitMix64(seed: 20_260_101)
    var (read, unread, unequal, priced, atMost, unsure) = (0, 0, 0, 0, 0, 0)
    for round in 0..<2000 {
      let rows = Self.grammar(&random)
      let words = (0..<(1 + random.below(6))).map { _ in random.pick(Self.tags) }
      var twin = ClauseTwin(rows, tags: words, most: 20_000)
      guard let ways = twin.ways() else { continue }
      let title = "round \(round): \(words)\n\(Self.written(rows))"
      let grammar = ClauseGrammar(rows)
      let inspector = ClauseInspector(
        grammar, model: model, lexicon: Shared.baseLexicon, classes: classes)
      let pieces = ClauseInspector.pieces(
        tags: words, grammar, model: model, lexicon: Shared.baseLexicon, classes: classes
      ).map { ClauseTwin.Piece(part: $0.part, words: $0.words) }
      guard let least = ways.map(\.cost).min() else {
        unread += 1
        #expect(pieces.isEmpty, "\(title)")
        if case .none = inspector.cheapest(tags: words) { continue }
        Issue.record("the inspector reads what no way reads: \(title)")
        continue
      }
      read += 1
      let cheapest = ways.filter { $0.cost == least }
      #expect(cheapest.contains { $0.pieces == pieces }, "\(title)\n\(pieces)")
      let margins = ClauseInspector.margins(
        tags: words, grammar, model: model, lexicon: Shared.baseLexicon, classes: classes)
      for (margin, own) in zip(ClauseTwin.margins(ways), margins) {
        // No margin goes beyond what the search looked at.
        let isBeyond = own < margin && least + own > 16 + words.count * 8 / 5
        #expect(own == min(margin, 20) || isBeyond, "\(margins): \(title)")
        unequal += own > 0 && own < 20 ? 1 : 0
      }
      #expect(margins.count == words.count)
      guard case .way(let way) = inspector.cheapest(tags: words) else {
        Issue.record("the inspector reads nothing: \(title)")
        continue
      }
      #expect(way.cost == least, "\(title)")
      let steps = way.pieces.map { ClauseTwin.Piece(part: $0.part, words: $0.words) }
      #expect(steps == pieces, "the inspector takes another way: \(title)")
      // A reading that somebody wants: of a piece that some way makes, or of one that none may make.
      let parts: Set<ClausePart> = [random.pick([.subject, .predicate, .object, .time])]
      let first = random.below(words.count)
      let wanted = first..<(first + 1 + random.below(words.count - first))
      let price = ways.filter { way in
        way.pieces.contains { parts.contains($0.part) && $0.words == wanted }
      }.map(\.cost).min()
      switch inspector.cheapest(tags: words, with: [.init(parts, over: wanted)]) {
      case .way(let way):
        priced += 1
        #expect(way.cost == price, "\(parts) over \(wanted): \(title)")
      case .atMost(let way):
        atMost += 1
        #expect(price.map { way.cost >= $0 } ?? false, "\(parts) over \(wanted): \(title)")
      case .none: #expect(price == nil, "\(parts) over \(wanted): \(title)")
      case .unsure: unsure += 1
      }
    }
    print(
      "clauses: \(read) read, \(unread) not, \(priced) priced, \(atMost) at most, \(unsure) unsure")
    #expect(
      read > 700 && unequal > 500 && unread > 50 && priced > 200 && atMost + unsure < priced / 4)
  }

  /// No called network reads more words than its reach; the first network reads all.
  @Test func reach() {
    var classes = ClassTable()
    let model = Self.model(&classes)
    let rows = [
      Self.row("sentence", "start", .network("run"), "start", 5, [.object]),
      Self.row("sentence", "start", .end, "", 0),
      Self.row("run", "begin", Self.word("A"), "begin", 0),
      Self.row("run", "begin", .end, "", 0),
    ]
    func longest(_ count: Int, _ rows: [ClauseGrammar.Row]) -> [Int] {
      ClauseInspector.pieces(
        tags: [String](repeating: "A", count: count), ClauseGrammar(rows), model: model,
        lexicon: Shared.baseLexicon, classes: classes
      ).map(\.words.count)
    }
    let reach = ClauseInspector.reach
    #expect(longest(reach, rows) == [reach])
    for count in [reach + 1, 2 * reach + 10, 1000] {
      let pieces = longest(count, rows)
      #expect(pieces.reduce(0, +) == count && pieces.allSatisfy { $0 <= reach })
      #expect(pieces.count == (count + reach - 1) / reach)
    }
    let once =
      [Self.row("sentence", "start", .network("run"), "done", 5, [.object])]
      + [Self.row("sentence", "done", .end, "", 0)] + rows.suffix(2)
    #expect(longest(reach, once) == [reach])
    #expect(longest(reach + 1, once).isEmpty)
  }

  /// A grammar without rows, and a sentence without words.
  @Test func nothing() {
    var classes = ClassTable()
    let model = Self.model(&classes)
    func count(_ tags: [String], _ rows: [ClauseGrammar.Row]) -> Int {
      ClauseInspector.pieces(
        tags: tags, ClauseGrammar(rows), model: model, lexicon: Shared.baseLexicon,
        classes: classes
      ).count
    }
    #expect(count(["A"], []) == 0)
    #expect(count([], [Self.row("sentence", "start", .end, "", 0)]) == 0)
  }
}
