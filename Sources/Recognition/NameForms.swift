package import Annotations
package import Segmentation

/// How names are formed that no list holds, and what they cost: 王建国 of a surname and characters of given
/// names, 斯特鲁普 of characters that transliterate. A form with its costs is a small model of language: the
/// cost of a name is −10 · ln of its probability, as that of a word is, so the two can be compared.
///
/// The parts come from lexicons. What a part costs follows from its share in the column `weight` of its class.
package struct NameForms: Sendable {
  /// A row of the table of forms.
  package struct Row: Sendable {
    /// What an edge of the form is, if it passes the margin.
    package let category: ClassID
    /// The class of the first part.
    package let first: ClassID
    /// The class of the characters that follow.
    package let rest: ClassID
    /// The class of signs that join parts, if there is one; only where both classes are the same.
    package let joint: ClassID?
    /// How many characters follow the first part.
    package let count: ClosedRange<Int>
    /// What any name of the form costs, besides its parts.
    package let cost: Int
    /// What a character that follows costs that is not of the class; nil if there may be none.
    package let other: Int?
    /// What it costs besides that a name cuts a word of the cheapest way.
    package let cut: Int
    /// How much cheaper the way of words has to become by the name, at least.
    package let margin: Int

    /// Whether two rows differ in nothing but class and margin.
    func isSameForm(as other: Row) -> Bool {
      first == other.first && rest == other.rest && joint == other.joint && count == other.count
        && cost == other.cost && self.other == other.other && cut == other.cut
    }

    /// A row.
    package init(
      category: ClassID, first: ClassID, rest: ClassID, joint: ClassID?, count: ClosedRange<Int>,
      cost: Int, other: Int?, cut: Int, margin: Int
    ) {
      self.category = category
      self.first = first
      self.rest = rest
      self.joint = joint
      self.count = count
      self.cost = cost
      self.other = other
      self.cut = cut
      self.margin = margin
    }
  }

  /// Rows that differ in class and margin only, as one; an object, so that using it copies nothing.
  final class Form: Sendable {
    let row: Row
    /// The classes and their margins, the largest margin first.
    let levels: [(margin: Int, category: ClassID)]
    /// The costs of characters that follow.
    let rest: CharacterCosts
    /// For each class, whether its edges may be first parts.
    let isFirst: [Bool]
    /// What the rows of the first class cost.
    let firstCosts: RowCosts
    /// The signs between parts; a few, in order.
    let joints: [UInt32]
    /// Whether names are runs of one class.
    var isRun: Bool { row.first == row.rest }

    init(
      row: Row, levels: [(margin: Int, category: ClassID)], rest: CharacterCosts, isFirst: [Bool],
      firstCosts: RowCosts, joints: [UInt32]
    ) {
      self.row = row
      self.levels = levels
      self.rest = rest
      self.isFirst = isFirst
      self.firstCosts = firstCosts
      self.joints = joints
    }

    /// The class of the largest margin that is passed.
    func category(margin: Int) -> ClassID? {
      levels.first { margin >= $0.margin }?.category
    }
  }

  /// What characters of the first plane cost as a part of names.
  struct CharacterCosts: Sendable {
    private static let unlisted = UInt16.max
    private static let never = UInt16.max - 1
    private var costs = [UInt16](repeating: unlisted, count: 0x10000)

    /// What a character costs; nil for one that is no part.
    subscript(_ character: UInt32) -> Int? {
      let cost = character < 0x10000 ? costs[Int(character)] : Self.unlisted
      return cost >= Self.never ? nil : Int(cost)
    }

    /// What a character costs, `other` for one that is not listed.
    func cost(_ character: UInt32, other: Int?) -> Int? {
      let cost = character < 0x10000 ? costs[Int(character)] : Self.unlisted
      return cost == Self.unlisted ? other : cost == Self.never ? nil : Int(cost)
    }

    /// Where the first character that may be a part stands between two positions of a text; the end where none does.
    func firstListed(in text: [UInt32], from start: Int, to end: Int) -> Int {
      var at = start
      while at < end, self[text[at]] == nil { at += 1 }
      return at
    }

    /// Says that a character is never a part.
    mutating func exclude(_ character: UInt32) {
      if character < 0x10000 { costs[Int(character)] = Self.never }
    }

    mutating func set(_ character: UInt32, _ cost: Int) {
      if character < 0x10000 { costs[Int(character)] = UInt16(clamping: cost) }
    }
  }

  /// What some rows of the lexicon cost, which lie near each other.
  struct RowCosts: Sendable {
    private static let none = Int32.min
    private let first: Int32
    private var costs: [Int32]

    /// Of two costs of a row the lesser one counts.
    init(_ rows: [(row: Int32, cost: Int)]) {
      first = rows.lazy.map(\.row).min() ?? 0
      let end = (rows.lazy.map(\.row).max() ?? -1) + 1
      costs = Array(repeating: Self.none, count: Int(max(end - first, 0)))
      for (row, cost) in rows {
        let place = Int(row - first)
        let known = costs[place] == Self.none ? Int32.max : costs[place]
        costs[place] = min(known, Int32(clamping: cost))
      }
    }

    /// What a row costs; nil for one that has no cost.
    subscript(_ row: Int32) -> Int? {
      let place = Int(row) - Int(first)
      return costs.indices.contains(place) && costs[place] != Self.none ? Int(costs[place]) : nil
    }
  }

  private(set) var forms: [Form] = []

  /// The forms of a table; `fold` gives the characters of an entry.
  package init(
    _ rows: [Row], lexicon: Lexicon, classes: ClassTable, fold: (String) -> [UInt32]
  ) {
    var groups: [[Row]] = []
    for row in rows {
      if let same = groups.firstIndex(where: { $0[0].isSameForm(as: row) }) {
        groups[same].append(row)
      } else {
        groups.append([row])
      }
    }
    // All senses of the parts, of the many of the lexicon.
    let parts = rows.flatMap { [$0.first, $0.rest] + ($0.joint.map { [$0] } ?? []) }
    let senses = lexicon.senses(ofClasses: classes.membership(of: parts))
    for group in groups {
      let row = group[0]
      var rest = CharacterCosts()
      for (sense, cost) in Self.costs(of: row.rest, senses, lexicon, classes) {
        let word = fold(lexicon.rows.entry(of: Int(sense.row)))
        guard word.count == 1 else { continue }
        if let cost { rest.set(word[0], cost) } else { rest.exclude(word[0]) }
      }
      let firstCosts = Self.costs(of: row.first, senses, lexicon, classes)
        .compactMap { sense, cost in cost.map { (row: sense.row, cost: $0) } }
      var joints: Set<UInt32> = []
      if let joint = row.joint {
        let isJoint = classes.membership(of: [joint])
        for sense in senses where isJoint[sense.category.index] {
          joints.formUnion(fold(lexicon.rows.entry(of: Int(sense.row))).prefix(1))
        }
      }
      forms.append(
        Form(
          row: row,
          levels: group.map { ($0.margin, $0.category) }.sorted { $0.margin > $1.margin },
          rest: rest,
          isFirst: classes.membership(of: [row.first]),
          firstCosts: RowCosts(firstCosts),
          joints: joints.sorted()))
    }
  }

  /// What each sense of a class costs by its share; nil for one that has none.
  private static func costs(
    of category: ClassID, _ senses: [Sense], _ lexicon: Lexicon, _ classes: ClassTable
  ) -> [(sense: Sense, cost: Int?)] {
    let isMember = classes.membership(of: [category])
    let weighed = senses.filter { isMember[$0.category.index] }.map { sense in
      (sense, lexicon.feature("weight", of: sense).flatMap { Int($0) } ?? 1)
    }
    let sum = weighed.reduce(0) { $0 + $1.1 }
    return weighed.map { ($0.0, $0.1 > 0 ? cost(ofShare: $0.1, in: sum) : nil) }
  }

  /// −10 · ln(share / sum), rounded.
  private static func cost(ofShare share: Int, in sum: Int) -> Int {
    var (ratio, halvings) = (Double(sum) / Double(share), 0)
    while ratio >= 2 { (ratio, halvings) = (ratio / 2, halvings + 1) }
    // ln(1 + x) by its series for (ratio - 1) / (ratio + 1), exact enough to round.
    let x = (ratio - 1) / (ratio + 1)
    let rest = 2 * (x + x * x * x / 3 + x * x * x * x * x / 5)
    return Int((10 * (rest + Double(halvings) * 0.693147)).rounded())
  }
}
