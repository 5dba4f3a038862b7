package import Annotations

/// One meaning of a word: a row of a lexicon, as one of its classes.
package struct Sense: Hashable, Sendable {
  /// The class the row gives it.
  package let category: ClassID
  /// The row's number among all rows, by which ``Lexicon/feature(_:of:)`` finds its cells.
  package let row: Int32

  /// A sense of a word.
  package init(category: ClassID, row: Int32) {
    self.category = category
    self.row = row
  }
}

/// All senses of a lexicon, used where they lie in its compiled tables; those of one word lie together, in
/// the order of their rows.
package struct SenseTable: RandomAccessCollection, Sendable {
  private let storage: TableStorage
  /// For each sense its row: what ``WordTables/entries`` are in a lexicon.
  private let rows: Table<UInt32>
  private let categories: Table<UInt16>

  init(storage: TableStorage, rows: Table<UInt32>, categories: Table<UInt16>) {
    self.storage = storage
    self.rows = rows
    self.categories = categories
  }

  /// 0.
  package var startIndex: Int { 0 }
  /// The number of senses.
  package var endIndex: Int { categories.count }

  /// A sense.
  @inline(__always)
  package subscript(index: Int) -> Sense {
    Sense(
      category: ClassID(rawValue: categories[index]), row: Int32(truncatingIfNeeded: rows[index]))
  }

  /// The class of a sense.
  @inline(__always)
  func category(_ index: Int) -> ClassID { ClassID(rawValue: categories[index]) }

  /// Walks over the senses. One of its own, since that of all collections asks another module's three times for each.
  package struct Iterator: IteratorProtocol {
    private let senses: SenseTable
    private var index = 0

    init(_ senses: SenseTable) { self.senses = senses }

    /// The next sense.
    package mutating func next() -> Sense? {
      guard index < senses.endIndex else { return nil }
      defer { index += 1 }
      return senses[index]
    }
  }

  /// An iterator over all senses.
  package func makeIterator() -> Iterator { Iterator(self) }

  /// Whether every sense has a row and a class that are there.
  func isSound(rows rowCount: Int, classes: Int) -> Bool {
    rows.count == categories.count && rows.allSatisfy { $0 < UInt32(clamping: rowCount) }
      && categories.allSatisfy { Int($0) < classes }
  }
}
