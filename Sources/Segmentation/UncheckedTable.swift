/// Memory that holds compiled tables: allocated by ``WordTables`` or a mapped file
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

  /// A checksum of the bytes from `offset` on: eight at a time, by the multiplier of FNV-1a.
  func checksum(from offset: Int) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var at = offset
    while at + 8 <= count {
      sum =
        unsafe (sum ^ start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        &* 0x100_0000_01B3
      sum ^= sum >> 29
      at += 8
    }
    while at < count {
      sum =
        unsafe (sum ^ UInt64(start.load(fromByteOffset: at, as: UInt8.self)))
        &* 0x100_0000_01B3
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
