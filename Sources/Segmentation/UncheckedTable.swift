/// Memory that holds compiled tables: allocated by ``SectionList`` or a mapped file
/// (`MappedFile.swift`). It never changes once it is there, so any thread may read it.
///
/// Unsafe: the memory is raw. What makes it sound: it is private to this file but for ``Table``s,
/// whose limits are checked when they are made, and it is freed with the last owner.
@safe package final class TableStorage: @unchecked Sendable {
  let start: UnsafeRawPointer
  /// The number of bytes.
  package let count: Int
  private let release: @Sendable (UnsafeRawPointer, Int) -> Void

  /// Takes over memory that `release` gives back. The memory has to be aligned to 64 bytes.
  init(
    start: UnsafeRawPointer, count: Int,
    release: @escaping @Sendable (UnsafeRawPointer, Int) -> Void
  ) {
    unsafe self.start = start
    self.count = count
    unsafe self.release = release
  }

  deinit { unsafe release(start, count) }

  /// Memory of `count` bytes, filled by `fill`.
  static func allocated(
    count: Int, _ fill: (inout MutableRawSpan) -> Void
  ) -> TableStorage {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    var span = unsafe MutableRawSpan(_unsafeStart: memory, byteCount: count)
    fill(&span)
    return unsafe TableStorage(start: UnsafeRawPointer(memory), count: count) { start, _ in
      unsafe UnsafeMutableRawPointer(mutating: start).deallocate()
    }
  }

  /// A table of `count` elements at a byte offset; nil when it does not lie inside.
  func table<Element>(at offset: Int, count: Int) -> Table<Element>? {
    guard offset >= 0, count >= 0, offset % 64 == 0, offset <= self.count,
      count <= (self.count - offset) / MemoryLayout<Element>.stride
    else { return nil }
    return unsafe Table(
      base: (start + offset).assumingMemoryBound(to: Element.self), count: count)
  }

  /// The bytes, for writing them to a file.
  package func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
    try body(unsafe RawSpan(_unsafeStart: start, byteCount: count))
  }

  /// Writes the checksum of the bytes from `offset` on, for memory that was just filled.
  consuming func sealed(checksumAt place: Int, from offset: Int) -> TableStorage {
    let sum = checksum(from: offset).littleEndian
    unsafe UnsafeMutableRawPointer(mutating: start)
      .storeBytes(of: sum, toByteOffset: place, as: UInt64.self)
    return self
  }

  /// A checksum of the bytes from `offset` on: four sums side by side, each by the multiplier of FNV-1a
  /// and of every fourth eight bytes, so that any change of eight bytes changes it.
  func checksum(from offset: Int) -> UInt64 {
    let prime: UInt64 = 0x100_0000_01B3
    var sums: SIMD4<UInt64> = [
      0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9,
    ]
    var at = offset
    while at + 32 <= count {
      let next = unsafe start.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
      sums[0] = (sums[0] ^ next[0]) &* prime
      sums[1] = (sums[1] ^ next[1]) &* prime
      sums[2] = (sums[2] ^ next[2]) &* prime
      sums[3] = (sums[3] ^ next[3]) &* prime
      sums ^= sums &>> 29
      at += 32
    }
    var sum = UInt64(count)
    for lane in 0..<4 {
      sum = (sum ^ sums[lane]) &* prime
      sum ^= sum >> 29
    }
    while at < count {
      sum = unsafe (sum ^ UInt64(start.load(fromByteOffset: at, as: UInt8.self))) &* prime
      sum ^= sum >> 29
      at += 1
    }
    return sum
  }
}

/// A table inside a ``TableStorage``, which has to outlive it: ``WordTables`` holds both.
///
/// Its subscript is checked; the hot loop takes `base`.
@safe struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  /// The number of elements.
  let count: Int

  /// An element; traps outside the table.
  @inline(__always)
  subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "a table is read outside its limits")
    return unsafe base[index]
  }

  /// The elements as an array.
  var array: [Element] {
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Whether every element passes a test.
  func allSatisfy(_ test: (Element) -> Bool) -> Bool {
    var index = 0
    while index < count {
      if !test(unsafe base[index]) { return false }
      index += 1
    }
    return true
  }
}

extension Table<UInt8> {
  /// The text of some bytes, repaired where they are not UTF-8; traps outside the table.
  @inline(__always)
  func string(in range: Range<Int>) -> String {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count, "a table is read outside its limits")
    return unsafe String(
      decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count),
      as: UTF8.self)
  }
}

/// The bytes of an array.
func rawBytes<Element: BitwiseCopyable>(of elements: [Element]) -> [UInt8] {
  unsafe elements.withUnsafeBytes { unsafe Array($0) }
}

extension MutableRawSpan {
  /// Copies bytes to an offset; traps when they do not fit.
  mutating func copy(_ bytes: [UInt8], to offset: Int) {
    precondition(offset >= 0 && offset + bytes.count <= byteCount, "bytes have to fit")
    unsafe withUnsafeMutableBytes { target in
      unsafe bytes.withUnsafeBytes { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        unsafe (to + offset).copyMemory(from: from, byteCount: source.count)
      }
    }
  }
}
