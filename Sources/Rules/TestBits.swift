/// Sets of tests as 64 bits, which several tests may share: two that have no bit in common have no test in common (Bloom,
/// Commun. ACM 13, 1970, with one hash).
enum TestBits {
  /// The bit of a test.
  @inline(__always)
  static func bit(of test: Int32) -> UInt64 {
    1 << ((UInt64(UInt32(bitPattern: test)) &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }
}
