internal import Annotations
internal import Extraction
internal import Segmentation

/// What words cost in running text, where lost characters have to be guessed.
///
/// The costs of the lexicon say how rare a word is beside others of the dictionary. Here a word costs besides what its
/// cheapest tag does, so that short names of places and words that no row knows are the less likely ones.
struct RunningTextCosts: Sendable {
  private let lexicon: Lexicon
  /// For each class what its cheapest tag costs; nil where it has none.
  private let tagCosts: [Int?]
  private let unknown: Int

  /// The costs of a lexicon with the tags of its classes; `unknown` is what a word without a tag costs more.
  init(_ lexicon: Lexicon, _ tags: [TaggingModel.TagRow], unknown: Int, _ classes: ClassTable) {
    self.lexicon = lexicon
    self.unknown = unknown
    var tagCosts = [Int?](repeating: nil, count: classes.count)
    // A class without rows takes those of the class above it, whose name is shorter.
    let rows = tags.filter { $0.feature == nil }.sorted {
      classes.name($0.category).utf8.count > classes.name($1.category).utf8.count
    }
    for index in 0..<classes.count {
      let category = ClassID(rawValue: UInt16(index))
      guard let nearest = rows.first(where: { classes.isA(category, $0.category) }) else {
        continue
      }
      tagCosts[index] = rows.filter { $0.category == nearest.category }.map(\.cost).min()
    }
    self.tagCosts = tagCosts
  }

  /// What the word costs that is `text` from `start` on; nil where that is none.
  func cost(ofWord text: [UInt32], from start: Int) -> Int? {
    guard let cost = lexicon.cost(ofWord: text, from: start) else { return nil }
    var tag = unknown
    for sense in lexicon.senses(of: Array(text[start...])) {
      if let own = tagCosts[sense.category.index] { tag = min(tag, own) }
    }
    return cost + tag
  }
}
