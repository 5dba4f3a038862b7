internal import Annotations

/// The text of a document by Unicode scalars, for forms whose offsets always count these, and the positions of a
/// record in them.
struct ScalarText {
  /// The characters.
  let scalars: [Unicode.Scalar]
  /// The number of scalars before each position of the record's unit; empty where the unit is the scalar.
  private var counts: [Int32] = []
  /// The position of each scalar in the record's unit; empty where the unit is the scalar.
  private var positions: [Int32] = []

  /// A text and what the offsets of its record count.
  /// - Complexity: O(count of the text).
  init(_ text: String, unit: OffsetUnit) {
    scalars = Array(text.unicodeScalars)
    guard unit != .scalar else { return }
    counts.reserveCapacity(text.utf8.count + 1)
    positions.reserveCapacity(scalars.count + 1)
    for (index, scalar) in scalars.enumerated() {
      positions.append(Int32(counts.count))
      let width = unit == .utf8 ? UTF8.width(scalar) : UTF16.width(scalar)
      counts.append(contentsOf: repeatElement(Int32(index), count: width))
    }
    positions.append(Int32(counts.count))
    counts.append(Int32(scalars.count))
  }

  /// The scalar at a position of the record.
  subscript(position: Int) -> Int {
    guard !counts.isEmpty else { return min(max(position, 0), scalars.count) }
    return Int(counts[min(max(position, 0), counts.count - 1)])
  }

  /// The position of a scalar in the record's unit.
  func position(of scalar: Int) -> Int { positions.isEmpty ? scalar : Int(positions[scalar]) }

  /// The characters between two positions of the record.
  func string(_ start: Int, _ end: Int) -> String {
    let from = self[start]
    return String(scalars: scalars[from..<max(from, self[end])].lazy.map(\.value))
  }
}
