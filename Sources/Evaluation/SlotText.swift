internal import Characters

/// The characters of a slot as they are compared: in compatibility form, without white space and quotation
/// marks. An empty slot has none.
///
///     SlotText("“和平区” 教育局").agreement(with: SlotText("教育局"))   // 0.67
package struct SlotText: Hashable, Sendable {
  /// From this agreement on two slots count as the same.
  package static let enough = 0.5

  /// What is compared.
  package let text: String
  /// Its scalars, in the order of their numbers.
  private let sorted: [UInt32]

  /// The text of a slot, nil for an empty one.
  package init(_ text: String?) {
    var kept = String.UnicodeScalarView()
    for scalar in compatibilityForm(of: text ?? "").unicodeScalars
    where !Self.isLeftOut(scalar) {
      kept.append(scalar)
    }
    self.text = String(kept)
    sorted = kept.map(\.value).sorted()
  }

  /// Whether nothing is there to compare.
  package var isEmpty: Bool { sorted.isEmpty }

  /// The F1 of the characters of two slots, whatever their order: 1 for equal ones, two empty ones too.
  /// - Complexity: O(characters of both).
  package func agreement(with other: SlotText) -> Double {
    if isEmpty || other.isEmpty { return isEmpty && other.isEmpty ? 1 : 0 }
    var common = 0
    var here = 0
    var there = 0
    while here < sorted.count, there < other.sorted.count {
      if sorted[here] == other.sorted[there] {
        common += 1
        here += 1
        there += 1
      } else if sorted[here] < other.sorted[there] {
        here += 1
      } else {
        there += 1
      }
    }
    guard common > 0 else { return 0 }
    let precision = Double(common) / Double(other.sorted.count)
    let recall = Double(common) / Double(sorted.count)
    return 2 * precision * recall / (precision + recall)
  }

  /// Whether they agree enough to count as the same.
  package func agrees(with other: SlotText) -> Bool { agreement(with: other) >= Self.enough }

  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isWhitespace { return true }
    switch scalar.value {
    // Quotation marks and 《》; the separators of ASCII, which are no white space to Unicode.
    case 0x22, 0x27, 0x2018, 0x2019, 0x201C, 0x201D, 0x300A, 0x300B, 0x1C...0x1F: return true
    default: return false
    }
  }
}
