/// Which spans of a result are which spans of the gold: those with an equal key, which is the span, of names
/// with their type.
///
/// A key counts once: of several results with one key the last one stands for it.
package struct SpanPairing: Sendable {
  /// A span of the gold and the one of the result that is it.
  package struct Pair: Hashable, Sendable {
    package let gold: Int
    package let found: Int
  }

  /// The pairs, by the number in the gold.
  package let pairs: [Pair]
  /// The spans of the gold that are in no pair.
  package let missed: [Int]
  /// The spans of the result that are in no pair.
  package let extra: [Int]

  /// Pairs spans by their keys.
  package init<Key: Hashable>(gold: [Key], found: [Key]) {
    let golden = Dictionary(zip(gold, gold.indices)) { $1 }
    let given = Dictionary(zip(found, found.indices)) { $1 }
    var pairs: [Pair] = []
    var missed: [Int] = []
    for (key, index) in golden {
      if let other = given[key] {
        pairs.append(Pair(gold: index, found: other))
      } else {
        missed.append(index)
      }
    }
    self.pairs = pairs.sorted { $0.gold < $1.gold }
    self.missed = missed.sorted()
    extra = given.filter { golden[$0.key] == nil }.map(\.value).sorted()
  }
}
