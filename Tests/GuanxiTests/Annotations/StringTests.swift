import Annotations
import Testing

/// Strings that are put together as bytes are those that are put together as characters.
@Suite struct StringTests {
  /// Scalar values of every length in bytes, their borders, and what is none.
  private static let values: [UInt32] = [
    0, 0x41, 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0x4E2D, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFF,
    0x1_0000, 0x2_0B9F, 0x10_FFFF, 0x11_0000, .max,
  ]

  @Test func scalars() {
    var random = SplitMix64(seed: 20_261_127)
    for length in 0..<120 {
      let scalars = (0..<length).map { _ in
        Self.values[random.below(Self.values.count)]
      }
      var plain = ""
      for scalar in scalars { plain.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
      #expect(Array(String(scalars: scalars).utf8) == Array(plain.utf8))
      #expect(plain.scalarValues == plain.unicodeScalars.map(\.value))
      #expect(plain.scalarCount == length)
      let ascii = scalars.map { $0 & 0x7F }
      #expect(String(scalars: ascii) == String(decoding: ascii.map { UInt8($0) }, as: UTF8.self))
    }
  }

  @Test(arguments: ["", "m", "nouns.tsv:", "名", String(repeating: "长", count: 40)])
  func numbered(_ text: String) {
    for number in [0, 9, 10, 4711, Int(UInt32.max), .max, -3] {
      #expect(String(text, numbered: number) == text + String(number))
    }
  }
}
