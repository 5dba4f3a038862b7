/// Figures and columns as tables have them.
package enum FigureText {
  /// A number with so many decimals, ties to even, as C's `printf` rounds it.
  package static func decimal(_ value: Double, places: Int) -> String {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    let scaled = value * power
    var rounded = scaled.rounded(.toNearestOrEven)
    // A product that looks like a tie may have been rounded to one; the residue says to which side it lies.
    let residue = (-scaled).addingProduct(value, power)
    if (scaled - scaled.rounded(.down)) == 0.5, residue != 0 {
      rounded = residue > 0 ? scaled.rounded(.up) : scaled.rounded(.down)
    }
    let digits = String(Int(rounded.magnitude))
    let filled = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    let sign = rounded < 0 ? "-" : ""
    return places == 0
      ? sign + digits : sign + filled.dropLast(places) + "." + filled.suffix(places)
  }

  /// A text filled up to a width on its right; wide characters count two.
  static func left(_ text: String, _ width: Int) -> String {
    let own = text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
    return text + String(repeating: " ", count: max(text.isEmpty ? 0 : 1, width - own))
  }

  /// A text filled up to a width on its left.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.unicodeScalars.count)) + text
  }
}
