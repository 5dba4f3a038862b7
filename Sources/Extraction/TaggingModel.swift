package import Annotations
package import Segmentation

/// Which grammatical tags a class of words may have, what each costs, and what it costs that one
/// tag follows another: the knowledge of the two files of costs.
///
/// Costs are on the scale of the lexicon's, about 10 · (−ln p).
package struct TaggingModel: Sendable {
  /// A row of the file of tags: words of a class, perhaps only those with a feature, as a tag.
  package struct TagRow: Sendable {
    package let category: ClassID
    package let feature: String?
    package let value: String?
    package let tag: String
    package let cost: Int
    /// A row.
    package init(category: ClassID, feature: String?, value: String?, tag: String, cost: Int) {
      self.category = category
      self.feature = feature
      self.value = value
      self.tag = tag
      self.cost = cost
    }
  }

  /// What is known of whole clauses.
  package struct ClauseCosts: Sendable {
    /// What a clause costs that ends without a predicate.
    package var missingPredicate = 0
    /// The tags that are predicates, with what each costs where the clause has one already.
    package var predicates: [(tag: String, cost: Int)] = []
    /// The tag that ends a clause.
    package var end = "S"
    /// Nothing known.
    package init() {}
  }

  /// A tag that a sense may have.
  struct Choice: Sendable {
    let tag: Int
    let cost: Int32
  }

  /// What follows a pair of tags that no row names.
  static let defaultTransition: Int32 = 30
  /// The tag of the two ends of a sentence.
  static let border = 0

  /// The classes that stand for the tags in the graph, by number; 0 is the border.
  let tagClasses: [ClassID]
  private let transitions: [Int32]
  private let byClass: [[Choice]]
  private let bySense: [[Choice]]
  /// The tag of words that no lexicon knows.
  let unknown: Choice
  /// The tag of single characters that are no words.
  let stray: Choice
  /// What a clause costs that ends without a predicate.
  let missingPredicateCost: Int32
  /// For each tag, what it costs as a predicate of a clause that has one already; nil for tags that
  /// are no predicates.
  let predicateCosts: [Int32?]
  /// For each tag, whether it ends a clause.
  let endsClause: [Bool]
  /// The number of tags.
  var count: Int { tagClasses.count }

  /// Compiles the two files against the classes and the lexicon.
  package init(
    tags: [TagRow], transitions rows: [(left: String, right: String, cost: Int)],
    unknown: (tag: String, cost: Int), stray: (tag: String, cost: Int), clauses: ClauseCosts,
    classes: inout ClassTable, lexicon: Lexicon
  ) {
    var names = ["border"]
    var numbers = ["border": 0]
    func number(_ tag: String) -> Int {
      if let known = numbers[tag] { return known }
      numbers[tag] = names.count
      names.append(tag)
      return names.count - 1
    }
    let numbered = tags.map { (row: $0, tag: number($0.tag)) }
    self.unknown = Choice(tag: number(unknown.tag), cost: Int32(unknown.cost))
    self.stray = Choice(tag: number(stray.tag), cost: Int32(stray.cost))
    for row in rows {
      _ = number(row.left)
      _ = number(row.right)
    }
    let count = names.count
    var matrix = [Int32](repeating: Self.defaultTransition, count: count * count)
    for row in rows { matrix[number(row.left) * count + number(row.right)] = Int32(row.cost) }
    transitions = matrix
    missingPredicateCost = Int32(clauses.missingPredicate)
    var predicateCosts = [Int32?](repeating: nil, count: count)
    for (tag, cost) in clauses.predicates {
      if let known = numbers[tag] { predicateCosts[known] = Int32(cost) }
    }
    self.predicateCosts = predicateCosts
    endsClause = names.map { $0 == clauses.end }
    tagClasses = names.map { classes.add($0) }
    let table = classes
    // The rows of the nearest ancestor that has any hold for a class.
    func holding(_ category: ClassID) -> [(row: TagRow, tag: Int)] {
      var best: [(row: TagRow, tag: Int)] = []
      var depth = -1
      for entry in numbered where table.isA(category, entry.row.category) {
        let entryDepth = table.name(entry.row.category).count { $0 == "." }
        if entryDepth > depth {
          depth = entryDepth
          best = [entry]
        } else if entryDepth == depth {
          best.append(entry)
        }
      }
      return best
    }
    let rowsByClass = (0..<table.count).map { holding(ClassID(rawValue: UInt16($0))) }
    byClass = rowsByClass.map { rows in
      rows.filter { $0.row.feature == nil }.map {
        Choice(tag: $0.tag, cost: Int32($0.row.cost))
      }
    }
    bySense = lexicon.senses.map { sense in
      let rows = rowsByClass[sense.category.index]
      var special: [Choice] = []
      for entry in rows {
        if let feature = entry.row.feature,
          lexicon.feature(feature, of: sense) == entry.row.value
        {
          special.append(Choice(tag: entry.tag, cost: Int32(entry.row.cost)))
        }
      }
      // A row for a feature stands instead of the general row of its tag.
      let general = rows.filter { entry in
        entry.row.feature == nil && !special.contains { $0.tag == entry.tag }
      }
      return special + general.map { Choice(tag: $0.tag, cost: Int32($0.row.cost)) }
    }
  }

  /// What it costs that `right` follows `left`.
  @inline(__always)
  func transition(_ left: Int, _ right: Int) -> Int32 { transitions[left * count + right] }

  /// The first class whose words may have a tag without any feature; nil for none.
  func category(ofTag tag: Int) -> ClassID? {
    byClass.indices.first { index in
      byClass[index].contains { $0.tag == tag && $0.cost == 0 }
    }.map { ClassID(rawValue: UInt16($0)) }
  }

  /// The tags that a sense of a lexicon may have.
  func choices(of sense: Sense, _ lexicon: Lexicon) -> [Choice] {
    lexicon.senses.firstIndex(of: sense).map { bySense[$0] } ?? []
  }

  /// The tags that an edge may have; none for edges that are no words.
  func choices(of edge: Edge) -> [Choice] {
    if case .sense(let sense) = edge.payload { return bySense[Int(sense)] }
    return byClass[edge.category.index]
  }
}
