internal import Annotations

/// Positions of a source in another unit than scalars.
struct Offsets {
  private let table: [UInt32]?

  init(_ source: [UInt32], unit: OffsetUnit) {
    guard unit != .scalar else {
      table = nil
      return
    }
    var table: [UInt32] = [0]
    table.reserveCapacity(source.count + 1)
    var sum: UInt32 = 0
    for scalar in source {
      switch unit {
      case .utf16: sum += scalar < 0x10000 ? 1 : 2
      default: sum += scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
      }
      table.append(sum)
    }
    self.table = table
  }

  subscript(index: Int) -> Int { table.map { Int($0[index]) } ?? index }
}
