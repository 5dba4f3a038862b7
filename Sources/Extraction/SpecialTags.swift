internal import Annotations
internal import Segmentation

/// The senses whose tags are not those of their class, because a row of the file of tags asks for a cell
/// that they have.
package struct SpecialTags: Sendable {
  /// The senses, in order.
  package private(set) var senses: [UInt32] = []
  /// For each of them the number of its list.
  package private(set) var lists: [UInt16] = []
  /// The lists: places of rows among all rows of tags.
  package private(set) var rows: [[UInt16]] = []
  private var numbers: [[UInt16]: UInt16] = [:]

  /// None.
  init() {}

  /// What another one had; nil when it is not whole, or leads outside of so many senses and rows of tags.
  package init?(
    senses: [UInt32], lists: [UInt16], rows: [[UInt16]], senseCount: Int, rowCount: Int
  ) {
    guard senses.count == lists.count, senses.allSatisfy({ Int($0) < senseCount }),
      lists.allSatisfy({ Int($0) < rows.count }),
      rows.allSatisfy({ $0.allSatisfy { Int($0) < rowCount } })
    else { return nil }
    self.senses = senses
    self.lists = lists
    self.rows = rows
  }

  mutating func add(_ sense: Int, _ own: [UInt16]) {
    let number = numbers[own] ?? UInt16(rows.count)
    if number == rows.count {
      rows.append(own)
      numbers[own] = number
    }
    senses.append(UInt32(sense))
    lists.append(number)
  }
}

/// A row of tags with its place among all rows and the number of its tag.
struct TaggedRow {
  let place: Int
  let row: TaggingModel.TagRow
  let tag: Int
}

/// Lists of choices, each kept once.
struct ChoiceLists {
  private(set) var all: [[TaggingModel.Choice]] = []
  private var numbers: [[TaggingModel.Choice]: UInt16] = [:]

  mutating func number(of list: [TaggingModel.Choice]) -> UInt16 {
    if let known = numbers[list] { return known }
    precondition(all.count < Int(UInt16.max), "there are more than 65,534 lists of tags")
    let number = UInt16(all.count)
    all.append(list)
    numbers[list] = number
    return number
  }
}

extension TaggingModel {
  /// The senses with a cell that a row of their class asks for.
  static func special(of lexicon: Lexicon, _ rowsByClass: [[TaggedRow]]) -> SpecialTags {
    var result = SpecialTags()
    let asks = rowsByClass.map { rows in rows.contains { $0.row.feature != nil } }
    for (number, sense) in lexicon.senses.enumerated() where asks[sense.category.index] {
      let rows = rowsByClass[sense.category.index]
      let own = rows.filter { entry in
        guard let feature = entry.row.feature else { return false }
        return lexicon.feature(feature, of: sense) == entry.row.value
      }
      if own.isEmpty { continue }
      // A row for a feature stands instead of the general row of its tag.
      let general = rows.filter { entry in
        entry.row.feature == nil && !own.contains { $0.tag == entry.tag }
      }
      result.add(number, (own + general).map { UInt16($0.place) })
    }
    return result
  }
}
