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
    /// The tags whose words are never unknown ones as well, each with the length in characters from which that holds;
    /// for all words that have the tag, or only for those that have it for nothing.
    package var known: [(tag: String, isFree: Bool, length: Int)] = []
    /// What words of the lexicons cost by their length in characters, each row from that length on.
    package var lengths: [(length: Int, cost: Int)] = []
    /// Nothing known.
    package init() {}
  }

  /// A tag that a sense may have.
  struct Choice: Hashable, Sendable {
    let tag: Int
    let cost: Int32
  }

  /// What follows a pair of tags that no row names.
  static let defaultTransition: Int32 = 30
  /// The tag of the two ends of a sentence.
  static let border = 0

  /// The classes that stand for the tags in the graph, by number; 0 is the border.
  let tagClasses: [ClassID]
  /// What it costs that one tag follows another, by the right tag and then by the left one.
  let transitionsInto: [Int32]
  /// The tags that any class or sense may have, each list once.
  private let lists: [[Choice]]
  private let byClass: [UInt16]
  private let bySense: [UInt16]
  /// The tag of words that no lexicon knows.
  let unknown: Choice
  /// The tag of single characters that are no words.
  let stray: Choice
  /// What a clause costs that ends without a predicate.
  let missingPredicateCost: Int32
  /// For each tag, what it costs as a predicate of a clause that has one already; nil for tags that
  /// are no predicates.
  let predicateCosts: [Int32?]
  /// For each tag, from which length on a word that has it is never an unknown one, and one that has it for nothing; the
  /// greatest number for none.
  let knownFrom: [Int]
  let knownFreeFrom: [Int]
  /// What words of the lexicons cost by their length in characters; the last for all longer ones.
  private let lengthCosts: [Int32]
  /// The senses whose tags are not those of their class.
  package let special: SpecialTags
  /// For each tag, whether it ends a clause.
  let endsClause: [Bool]
  /// The number of tags.
  var count: Int { tagClasses.count }

  /// Compiles the two files against the classes and the lexicon. `special` is what ``special`` gave for the
  /// same files and lexicon, nil to find it.
  package init(
    tags: [TagRow], transitions rows: [(left: String, right: String, cost: Int)],
    unknown: (tag: String, cost: Int), stray: (tag: String, cost: Int), clauses: ClauseCosts,
    classes: inout ClassTable, lexicon: Lexicon, special known: SpecialTags? = nil
  ) {
    var names = ["border"]
    var numbers = ["border": 0]
    func number(_ tag: String) -> Int {
      if let known = numbers[tag] { return known }
      numbers[tag] = names.count
      names.append(tag)
      return names.count - 1
    }
    let numbered = tags.enumerated().map { TaggedRow(place: $0, row: $1, tag: number($1.tag)) }
    self.unknown = Choice(tag: number(unknown.tag), cost: Int32(unknown.cost))
    self.stray = Choice(tag: number(stray.tag), cost: Int32(stray.cost))
    for row in rows {
      _ = number(row.left)
      _ = number(row.right)
    }
    let count = names.count
    var matrix = [Int32](repeating: Self.defaultTransition, count: count * count)
    for row in rows { matrix[number(row.right) * count + number(row.left)] = Int32(row.cost) }
    transitionsInto = matrix
    missingPredicateCost = Int32(clauses.missingPredicate)
    var predicateCosts = [Int32?](repeating: nil, count: count)
    for (tag, cost) in clauses.predicates {
      if let known = numbers[tag] { predicateCosts[known] = Int32(cost) }
    }
    self.predicateCosts = predicateCosts
    var knownFrom = [Int](repeating: .max, count: count)
    var knownFreeFrom = knownFrom
    for (tag, isFree, length) in clauses.known {
      guard let number = numbers[tag] else { continue }
      if !isFree { knownFrom[number] = length }
      knownFreeFrom[number] = min(knownFreeFrom[number], length)
    }
    self.knownFrom = knownFrom
    self.knownFreeFrom = knownFreeFrom
    let lengths = clauses.lengths.sorted { $0.length < $1.length }
    lengthCosts = (0...(lengths.last?.length ?? 0)).map { length in
      Int32(lengths.last { $0.length <= length }?.cost ?? 0)
    }
    endsClause = names.map { $0 == clauses.end }
    tagClasses = names.map { classes.add($0) }
    let table = classes
    var ofClass: [ClassID: [TaggedRow]] = [:]
    for entry in numbered { ofClass[entry.row.category, default: []].append(entry) }
    // The rows of the nearest ancestor that has any hold for a class.
    func holding(_ category: ClassID) -> [TaggedRow] {
      var current: ClassID? = category
      while let at = current {
        if let rows = ofClass[at] { return rows }
        current = table.parent(of: at)
      }
      return []
    }
    var lists = ChoiceLists()
    let rowsByClass = (0..<table.count).map { holding(ClassID(rawValue: UInt16($0))) }
    byClass = rowsByClass.map { rows in
      lists.number(
        of: rows.filter { $0.row.feature == nil }.map {
          Choice(tag: $0.tag, cost: Int32($0.row.cost))
        })
    }
    let special = known ?? Self.special(of: lexicon, rowsByClass)
    let specialLists = special.rows.map { choices in
      lists.number(
        of: choices.map { place in
          let entry = numbered[Int(place)]
          return Choice(tag: entry.tag, cost: Int32(entry.row.cost))
        })
    }
    var bySense = lexicon.senses.map { [byClass] in byClass[$0.category.index] }
    for (sense, list) in zip(special.senses, special.lists) {
      bySense[Int(sense)] = specialLists[Int(list)]
    }
    self.bySense = bySense
    self.lists = lists.all
    self.special = special
  }

  /// What it costs that `right` follows `left`.
  @inline(__always)
  func transition(_ left: Int, _ right: Int) -> Int32 { transitionsInto[right * count + left] }

  /// What it costs, or saves, that a word of a lexicon has so many characters.
  @inline(__always)
  func cost(ofLength length: Int) -> Int32 { lengthCosts[min(length, lengthCosts.count - 1)] }

  /// The first class whose words may have a tag without any feature; nil for none.
  func category(ofTag tag: Int) -> ClassID? {
    byClass.indices.first { index in
      lists[Int(byClass[index])].contains { (choice: Choice) in
        choice.tag == tag && choice.cost == 0
      }
    }.map { ClassID(rawValue: UInt16($0)) }
  }

  /// The tags that a sense of a lexicon may have.
  func choices(of sense: Sense, _ lexicon: Lexicon) -> [Choice] {
    lexicon.senses.firstIndex(of: sense).map { lists[Int(bySense[$0])] } ?? []
  }

  /// The tags that the sense of a number may have.
  func choices(ofSense sense: Int) -> [Choice] { lists[Int(bySense[sense])] }

  /// Whether the word of a sense has a tag as a word that nobody knows: none of its rows may have it.
  func isUnknown(_ tag: Int, sense: Int, _ lexicon: Lexicon) -> Bool {
    let siblings = lexicon.siblings(ofSense: sense)
    return !(siblings.startIndex..<siblings.endIndex).contains { place in
      choices(ofSense: place).contains { $0.tag == tag }
    }
  }

  /// The tags that an edge may have; none for edges that are no words.
  func choices(of edge: Edge) -> [Choice] {
    if case .sense(let sense) = edge.payload { return lists[Int(bySense[Int(sense)])] }
    return lists[Int(byClass[edge.category.index])]
  }
}
