// The one file of this target that calls ICU: its dictionary and its break iterators.
internal import Annotations
internal import CICU

/// ICU's Chinese-Japanese dictionary as it lies in its data: the units of a UCharsTrie.
///
/// Read through the public `udata` functions; the layout of the header is that of ICU's
/// `DictionaryData`. Returns nil where ICU's data has no such dictionary or one of another kind.
func icuDictionaryUnits() -> [UInt16]? {
  var status = U_ZERO_ERROR
  guard let data = unsafe cicu_open_break_dictionary("cjdict", &status), status.rawValue <= 0 else {
    return nil
  }
  defer { unsafe cicu_udata_close(data) }
  guard let memory = unsafe cicu_udata_memory(data) else { return nil }
  // Indexes of `DictionaryData`: 0 offset of the trie, 3 total size, 4 kind (1: units, 8: values).
  let indexes = unsafe UnsafeBufferPointer(
    start: memory.assumingMemoryBound(to: Int32.self), count: 8)
  let offset = unsafe Int(indexes[0])
  let size = unsafe Int(indexes[3])
  let kind = unsafe indexes[4]
  guard kind & 7 == 1, kind & 8 != 0, offset >= 32, size > offset else { return nil }
  return unsafe Array(
    UnsafeBufferPointer(
      start: (memory + offset).assumingMemoryBound(to: UInt16.self), count: (size - offset) / 2))
}

/// A break iterator of ICU, opened once and set to one text after another.
///
/// Not `Sendable`: a session owns it.
@safe package final class ICUBreakIterator {
  /// What it finds the borders of.
  package enum Kind {
    case sentence
    case word
  }

  private let handle: OpaquePointer

  /// Opens an iterator with ICU's rules for Chinese; nil when ICU's data lacks them.
  package init?(_ kind: Kind) {
    var status = U_ZERO_ERROR
    let type = kind == .sentence ? UBRK_SENTENCE : UBRK_WORD
    guard let opened = unsafe cicu_ubrk_open(type, "zh", nil, 0, &status), status.rawValue <= 0
    else { return nil }
    unsafe handle = opened
  }

  deinit { unsafe cicu_ubrk_close(handle) }

  /// Calls `body` with each border after the first, in units of UTF-16.
  package func forEachBorder(in units: [UInt16], _ body: (Int) -> Void) {
    guard !units.isEmpty else { return }
    unsafe units.withUnsafeBufferPointer { buffer in
      var status = U_ZERO_ERROR
      unsafe cicu_ubrk_set_text(handle, buffer.baseAddress, Int32(buffer.count), &status)
      guard status.rawValue <= 0 else {
        body(buffer.count)
        return
      }
      _ = unsafe cicu_ubrk_first(handle)
      while case let border = unsafe cicu_ubrk_next(handle), border >= 0 { body(Int(border)) }
    }
  }
}
