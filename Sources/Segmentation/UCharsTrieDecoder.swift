/// Reads all entries of one of ICU's serialised UCharsTries.
///
/// The format is that of ICU's `ucharstrie.h`: linear-match nodes, branches with jump deltas, and
/// values at the nodes. Order of the entries is the order of the trie, which is by unit.
struct UCharsTrieDecoder {
  private static let maxLinearBranch = 5
  private static let minLinearMatch = 0x30
  private static let minValueLead = 0x40
  private static let valueIsFinal = 0x8000

  private let units: [UInt16]
  private var word: [UInt16] = []

  /// Calls `visit` with each entry and its value; false when the data is cut off.
  static func decode(
    _ units: [UInt16], visit: ([UInt16], Int) -> Void
  ) -> Bool {
    guard !units.isEmpty else { return false }
    var decoder = UCharsTrieDecoder(units: units)
    return decoder.node(at: 0, visit)
  }

  private init(units: [UInt16]) { self.units = units }

  private func unit(_ position: Int) -> Int? {
    units.indices.contains(position) ? Int(units[position]) : nil
  }

  /// Walks the node at `start` and everything below it.
  private mutating func node(at start: Int, _ visit: ([UInt16], Int) -> Void) -> Bool {
    let depth = word.count
    defer { word.removeSubrange(depth...) }
    var position = start
    guard var lead = unit(position) else { return false }
    position += 1
    while true {
      if lead < Self.minLinearMatch {
        var length = lead
        if length == 0 {
          guard let longer = unit(position) else { return false }
          length = longer
          position += 1
        }
        return branch(at: position, length: length + 1, visit)
      }
      if lead < Self.minValueLead {
        let length = lead - Self.minLinearMatch + 1
        guard position + length < units.count else { return false }
        word.append(contentsOf: units[position..<(position + length)])
        position += length
        lead = Int(units[position])
        position += 1
        continue
      }
      if lead & Self.valueIsFinal != 0 {
        guard let (value, _) = value(lead: lead & 0x7FFF, at: position) else { return false }
        visit(word, value)
        return true
      }
      guard let (value, next) = nodeValue(lead: lead, at: position) else { return false }
      visit(word, value)
      position = next
      lead &= 0x3F
    }
  }

  private mutating func branch(
    at start: Int, length: Int, _ visit: ([UInt16], Int) -> Void
  ) -> Bool {
    var position = start
    var length = length
    while length > Self.maxLinearBranch {
      position += 1  // the unit to compare with
      guard let (delta, next) = delta(at: position) else { return false }
      guard branch(at: next + delta, length: length >> 1, visit) else { return false }
      length -= length >> 1
      position = next
    }
    while length > 1 {
      guard let unit = unit(position), let lead = self.unit(position + 1),
        let (value, next) = value(lead: lead & 0x7FFF, at: position + 2)
      else { return false }
      word.append(UInt16(unit))
      if lead & Self.valueIsFinal != 0 {
        visit(word, value)
      } else if !node(at: next + value, visit) {
        return false
      }
      word.removeLast()
      position = next
      length -= 1
    }
    guard let last = unit(position) else { return false }
    word.append(UInt16(last))
    defer { word.removeLast() }
    return node(at: position + 1, visit)
  }

  private func value(lead: Int, at position: Int) -> (Int, Int)? {
    if lead < 0x4000 { return (lead, position) }
    guard let first = unit(position) else { return nil }
    if lead < 0x7FFF { return ((lead - 0x4000) << 16 | first, position + 1) }
    guard let second = unit(position + 1) else { return nil }
    return (first << 16 | second, position + 2)
  }

  private func nodeValue(lead: Int, at position: Int) -> (Int, Int)? {
    if lead < 0x4040 { return ((lead >> 6) - 1, position) }
    guard let first = unit(position) else { return nil }
    if lead < 0x7FC0 { return (((lead & 0x7FC0) - 0x4040) << 10 | first, position + 1) }
    guard let second = unit(position + 1) else { return nil }
    return (first << 16 | second, position + 2)
  }

  private func delta(at position: Int) -> (Int, Int)? {
    guard let lead = unit(position) else { return nil }
    if lead < 0xFC00 { return (lead, position + 1) }
    guard let first = unit(position + 1) else { return nil }
    if lead < 0xFFFF { return ((lead - 0xFC00) << 16 | first, position + 2) }
    guard let second = unit(position + 2) else { return nil }
    return (first << 16 | second, position + 3)
  }
}
