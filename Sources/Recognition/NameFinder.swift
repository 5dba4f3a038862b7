package import Annotations
internal import Characters
package import Segmentation

/// Finds names by their form and weighs them against the words that stand there otherwise.
///
/// The margin of a name is what the cheapest way of words costs more without it: 王建国 is far cheaper as a name
/// than as words, 高兴 is dearer. Which margin is enough, and beside which words, rules say; an edge has the class of
/// the margin that it passes.
package struct NameFinder: Sendable {
  private let forms: [NameForms.Form]
  /// For each class, whether some form begins with it.
  private let begins: [Bool]
  private let senses: SenseTable
  private var found: [(range: TextRange, margin: Int, form: Int)] = []
  /// The edges that may be first parts, by their numbers.
  private var firsts: [(start: Int, number: Int)] = []

  /// A finder for forms over a lexicon.
  package init(_ forms: NameForms, lexicon: Lexicon) {
    self.forms = forms.forms
    senses = lexicon.senses
    let tables = forms.forms.filter { !$0.isRun }.map(\.isFirst)
    begins = (forms.forms.first?.isFirst ?? []).indices.map { index in
      tables.contains { $0[index] }
    }
  }

  /// Adds an edge for each name in the graph's sentence, which `path` has cut and whose words are in the graph.
  ///
  /// Of the names of one kind that begin at a position the best is taken, and of a run the best part.
  /// - Complexity: O(edges + characters).
  package mutating func addNames(
    in text: [UInt32], path: WordPath, to graph: inout AnnotationGraph
  ) {
    if forms.isEmpty { return }
    found.removeAll(keepingCapacity: true)
    firsts.removeAll(keepingCapacity: true)
    // All edges in the order they lie in memory: few may be first parts.
    let edges = graph.edges
    for number in edges.indices where begins[edges[number].category.index] {
      firsts.append((edges[number].range.start, number))
    }
    firsts.sort { $0.start != $1.start ? $0.start < $1.start : $0.number > $1.number }
    let costs = path.costs
    for first in firsts {
      let edge = edges[first.number]
      if case .sense(let sense) = edge.payload {
        weigh(edge, row: senses[Int(sense)].row, text, costs, graph.range.end)
      }
    }
    for form in forms.indices where forms[form].isRun {
      weighRuns(form, text, costs, graph.range)
    }
    for name in found {
      if let category = forms[name.form].category(margin: name.margin) {
        graph.add(Edge(range: name.range, category: category))
      }
    }
  }

  /// Weighs the names that begin with a first part.
  private mutating func weigh(
    _ first: Edge, row: Int32, _ text: [UInt32], _ costs: WayCosts, _ end: Int
  ) {
    for (number, form) in forms.enumerated()
    where !form.isRun && form.isFirst[first.category.index] {
      guard var cost = form.firstCosts[row] else { continue }
      cost += form.row.cost
      var at = first.range.end
      var best: (end: Int, margin: Int)?
      while at < end, at - first.range.end < form.row.count.upperBound,
        let own = form.rest.cost(text[at], other: other(form, text[at]))
      {
        cost += own
        at += 1
        guard at - first.range.end >= form.row.count.lowerBound,
          let worth = worth(of: TextRange(first.range.start, at), form, costs)
        else { continue }
        if worth - cost > best?.margin ?? .min { best = (at, worth - cost) }
      }
      if let best {
        keep(TextRange(first.range.start, best.end), best.margin, number)
      }
    }
  }

  /// What a name may cost without making the way dearer.
  private func worth(of range: TextRange, _ form: NameForms.Form, _ costs: WayCosts) -> Int? {
    costs.worth(of: range).map {
      costs.isBorder(range.start) && costs.isBorder(range.end) ? $0 : $0 - form.row.cut
    }
  }

  /// What a character costs that is not of the class of a form's characters.
  private func other(_ form: NameForms.Form, _ character: UInt32) -> Int? {
    CharacterKind(character) == .han ? form.row.other : nil
  }

  /// Keeps the better one of two names of one kind that begin at the same position.
  private mutating func keep(_ range: TextRange, _ margin: Int, _ form: Int) {
    let kind = forms[form].levels.last?.category
    var same = found.count - 1
    while same >= 0, found[same].range.start == range.start {
      if forms[found[same].form].levels.last?.category == kind {
        if margin > found[same].margin { found[same] = (range, margin, form) }
        return
      }
      same -= 1
    }
    found.append((range, margin, form))
  }

  /// Weighs the runs of a form: of each, the part with the largest margin.
  private mutating func weighRuns(
    _ number: Int, _ text: [UInt32], _ costs: WayCosts, _ range: TextRange
  ) {
    let form = forms[number]
    let longest = form.row.count.upperBound + 1
    // Most sentences have none, and asking each character for one beside it would cost more than the runs.
    let hasJoint = hasJoint(form, text, range)
    var start = range.start
    while start < range.end {
      if !hasJoint {
        start = form.rest.firstListed(in: text, from: start, to: range.end)
        if start == range.end { return }
      }
      guard part(form, text, start, range, hasJoint) != nil else {
        start += 1
        continue
      }
      var end = start
      while end < range.end,
        part(form, text, end, range, hasJoint) != nil
          || (form.joints.contains(text[end]) && end > start)
      { end += 1 }
      var best: (range: TextRange, margin: Int)?
      let isLong = end - start > form.row.count.lowerBound
      for first in start..<end where isLong && !form.joints.contains(text[first]) {
        var cost = form.row.cost
        var at = first
        while at < end, at - first < longest {
          // No text has a joint but in names: for words it is as dear as an unknown character.
          cost += part(form, text, at, range, hasJoint) ?? -Lexicon.unknownCost
          at += 1
          // The last part has two characters at least.
          guard at - first > form.row.count.lowerBound, !form.joints.contains(text[at - 1]),
            !form.joints.contains(text[at - 2]),
            let worth = worth(of: TextRange(first, at), form, costs),
            worth - cost > best?.margin ?? .min
          else { continue }
          best = (TextRange(first, at), worth - cost)
        }
      }
      if let best { found.append((best.range, best.margin, number)) }
      start = end
    }
  }

  /// Whether a text has a sign that joins parts of a form's names.
  private func hasJoint(_ form: NameForms.Form, _ text: [UInt32], _ range: TextRange) -> Bool {
    guard let least = form.joints.first, let most = form.joints.last else { return false }
    for at in range.start..<range.end {
      let character = text[at]
      if character >= least, character <= most, form.joints.contains(character) { return true }
    }
    return false
  }

  /// How far from a joint a character is a part of a name that is not of the class.
  private static let reachOfJoint = 3

  /// What a character of a run costs; nil where it is no part of one.
  @inline(__always)
  private func part(
    _ form: NameForms.Form, _ text: [UInt32], _ at: Int, _ range: TextRange, _ hasJoint: Bool
  ) -> Int? {
    if let own = form.rest[text[at]] { return own }
    guard hasJoint, let other = other(form, text[at]) else { return nil }
    let near =
      max(range.start, at - Self.reachOfJoint)..<min(range.end, at + Self.reachOfJoint + 1)
    return near.contains { form.joints.contains(text[$0]) }
      ? form.rest.cost(text[at], other: other) : nil
  }
}
