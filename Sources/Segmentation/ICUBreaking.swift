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

/// ICU's version at run time, such as `72.1`.
func icuLibraryVersion() -> String { unsafe String(cString: cicu_version()) }

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

/// The compiled rules of ICU's word iterator, as `ubrk_getBinaryRules` gives them; nil when ICU's data
/// lacks them.
func icuWordRules() -> [UInt8]? {
  var status = U_ZERO_ERROR
  guard let iterator = unsafe cicu_ubrk_open(UBRK_WORD, "zh", nil, 0, &status),
    status.rawValue <= 0
  else { return nil }
  defer { unsafe cicu_ubrk_close(iterator) }
  let size = unsafe cicu_ubrk_get_binary_rules(iterator, nil, 0, &status)
  guard size > 0 else { return nil }
  var rules = [UInt8](repeating: 0, count: Int(size))
  status = U_ZERO_ERROR
  _ = unsafe cicu_ubrk_get_binary_rules(iterator, &rules, UInt32(size), &status)
  return status.rawValue <= 0 ? rules : nil
}

/// The ranges of a serialised code point trie with their values, in order; nil when it is none.
func icuCodePointRanges(_ data: ArraySlice<UInt8>) -> [(first: Int, last: Int, value: Int)]? {
  // ICU asks for data that is aligned to four bytes, which an array's own storage is.
  let aligned = Array(data)
  return unsafe aligned.withUnsafeBytes { bytes in
    var status = U_ZERO_ERROR
    guard let trie = unsafe cicu_ucptrie_open(bytes.baseAddress, Int32(bytes.count), &status),
      status.rawValue <= 0
    else { return nil }
    defer { unsafe cicu_ucptrie_close(trie) }
    var ranges: [(first: Int, last: Int, value: Int)] = []
    var start: UChar32 = 0
    var value: UInt32 = 0
    while case let end = unsafe cicu_ucptrie_range(trie, start, &value), end >= 0 {
      ranges.append((Int(start), Int(end), Int(value)))
      start = end + 1
    }
    return ranges
  }
}
