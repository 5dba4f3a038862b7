internal import Characters

// The sources of characters. Unsafe: they read through pointers that their makers hold valid, and
// `takeRun` is the hot loop of decoding. What makes it sound: an offset is read only while it is
// below `end` (four bytes at a time only while `offset + 4 <= end`), a code table has 65,536 cells
// and three bytes give 16 bits, and units are written only below `limit`, which is at most the
// room of the buffers.

/// Bytes of UTF-8, well-formed or not.
@safe struct UTF8Source: CharacterSource {
  private let bytes: UnsafePointer<UInt8>
  let end: Int

  /// A source over bytes that outlive it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.bytes = unsafe bytes.baseAddress ?? Self.nothing
    end = bytes.count
  }

  nonisolated(unsafe) private static let nothing = unsafe UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  @inline(__always)
  private func byte(_ offset: Int) -> UInt32 {
    offset < end ? unsafe UInt32(bytes[offset]) : 0
  }

  @inline(__always)
  func character(at offset: Int) -> (scalar: UInt32, next: Int) {
    let lead = unsafe UInt32(bytes[offset])
    if lead < 0x80 { return (lead, offset &+ 1) }
    if offset &+ 4 <= end {
      let four = unsafe UnsafeRawPointer(bytes)
        .loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
      let scalar = (four & 0xF) << 12 | (four >> 2) & 0xFC0 | (four >> 16) & 0x3F
      // Below U+0800 three bytes are too many, and D800 to DFFF are no scalars.
      if four & 0x00C0_C0F0 == 0x0080_80E0, scalar >= 0x800, scalar >> 11 != 0x1B {
        return (scalar, offset &+ 3)
      }
    }
    return longCharacter(at: offset, lead)
  }

  private func longCharacter(at offset: Int, _ lead: UInt32) -> (scalar: UInt32, next: Int) {
    let second = byte(offset + 1)
    // The ranges of the second byte: Table 3-7 of the Unicode Standard.
    let low: UInt32 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let high: UInt32 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard lead >= 0xC2, lead <= 0xF4, second >= low, second <= high else {
      return (0xFFFD, offset + 1)
    }
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second & 0x3F, offset + 2) }
    let third = byte(offset + 2)
    guard third & 0xC0 == 0x80 else { return (0xFFFD, offset + 2) }
    if lead < 0xF0 {
      return ((lead & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F, offset + 3)
    }
    let fourth = byte(offset + 3)
    guard fourth & 0xC0 == 0x80 else { return (0xFFFD, offset + 3) }
    return (
      (lead & 0x7) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | fourth & 0x3F,
      offset + 4
    )
  }

  func isAfterKatakana(_ offset: Int) -> Bool {
    offset >= 3 && isKatakana(character(at: offset - 3).scalar)
      && character(at: offset - 3).next == offset
  }

  @inline(__always)
  func takeRun(
    _ table: Table<UInt16>, at offset: inout Int, into buffers: inout UnitBuffers, limit: Int
  ) {
    let codes = unsafe table.base
    // As many characters as fit, with four bytes to read from the last one on.
    let room = min(limit &- buffers.count, (end &- offset &- 1) / 3)
    let start = unsafe UnsafeRawPointer(bytes) + buffers.origin
    let unitCodes = unsafe buffers.codes + buffers.count
    let unitOffsets = unsafe buffers.offsets + buffers.count
    var at = offset &- buffers.origin
    var taken = 0
    while taken < room {
      // Three bytes of one character, 1110xxxx 10xxxxxx 10xxxxxx, without their marks.
      let four =
        unsafe start.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian
        ^ 0x0080_80E0
      guard four & 0x00C0_C0F0 == 0 else { break }
      let scalar = ((four & 0xFF) << 6 | four >> 8 & 0xFF) << 6 | four >> 16 & 0xFF
      let code = unsafe codes[Int(scalar)]
      guard code != WordTables.slow else { break }
      unsafe unitCodes[taken] = code
      unsafe unitOffsets[taken] = UInt32(truncatingIfNeeded: at)
      taken &+= 1
      at &+= 3
    }
    buffers.count &+= taken
    offset = at &+ buffers.origin
  }
}

/// Scalar values; what is none counts as U+FFFD.
@safe struct ScalarSource: CharacterSource {
  private let scalars: UnsafePointer<UInt32>
  let end: Int

  /// A source over the first `end` of scalars that outlive it.
  init(_ scalars: UnsafePointer<UInt32>, end: Int) {
    unsafe self.scalars = scalars
    self.end = end
  }

  func character(at offset: Int) -> (scalar: UInt32, next: Int) {
    let scalar = unsafe scalars[offset]
    return (scalar < 0x110000 ? scalar : 0xFFFD, offset + 1)
  }

  func isAfterKatakana(_ offset: Int) -> Bool {
    unsafe offset > 0 && isKatakana(scalars[offset - 1])
  }

  @inline(__always)
  func takeRun(
    _ table: Table<UInt16>, at offset: inout Int, into buffers: inout UnitBuffers, limit: Int
  ) {
    let codes = unsafe table.base
    let unitCodes = unsafe buffers.codes
    let unitOffsets = unsafe buffers.offsets
    let origin = buffers.origin
    var count = buffers.count
    var at = offset
    while count < limit, at < end {
      let scalar = unsafe scalars[at]
      guard scalar < 0x10000 else { break }
      let code = unsafe codes[Int(scalar)]
      guard code != WordTables.slow else { break }
      unsafe unitCodes[count] = code
      unsafe unitOffsets[count] = UInt32(truncatingIfNeeded: at &- origin)
      count &+= 1
      at &+= 1
    }
    buffers.count = count
    offset = at
  }
}

/// Calls `body` with a source over characters.
func withScalarSource<Result>(
  _ characters: [UInt32], end: Int? = nil, _ body: (ScalarSource) -> Result
) -> Result {
  unsafe characters.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else {
      var nothing: UInt32 = 0
      return unsafe body(ScalarSource(&nothing, end: 0))
    }
    precondition(end ?? 0 <= characters.count, "a source ends inside its characters")
    return unsafe body(ScalarSource(start, end: end ?? characters.count))
  }
}

/// Calls `body` with a source over bytes of UTF-8.
func withUTF8Source<Result>(_ bytes: Span<UInt8>, _ body: (UTF8Source) -> Result) -> Result {
  unsafe bytes.withUnsafeBufferPointer { unsafe body(UTF8Source($0)) }
}
