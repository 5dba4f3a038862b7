internal import Annotations

extension ExactDecimal {
  /// Reads a number with an optional power of ten: 12, 0.5, 1e6.
  init?(scientific text: String) {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count <= 2, let mantissa = ExactDecimal(parts[0]) else { return nil }
    guard parts.count == 2 else {
      self = mantissa
      return
    }
    guard let power = Int(parts[1]), let scaled = mantissa.scaled(by: power) else { return nil }
    self = scaled
  }
}
