internal import Annotations
internal import Characters
internal import Synchronization

/// The reading that ICU's Han-Latin transliterator gives a character, asked for only when a text
/// has something that looks like an inserted reading; opening it takes about 90 ms.
package final class PinyinReadings: Sendable {
  private struct State: ~Copyable {
    var transliterator: Transliterator?
    var known: [UInt32: String] = [:]
  }

  private let state = Mutex(State())

  /// Readings, none of them asked for yet.
  package init() {}

  /// Whether a character may stand in pinyin: a small letter, with a tone mark or without.
  package static func isLetter(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0xE0...0x1DC).contains(scalar)
  }

  /// The pinyin of a Han character with its tone mark, or nil.
  package func reading(of scalar: UInt32) -> String? {
    state.withLock { state in
      if let known = state.known[scalar] { return known.isEmpty ? nil : known }
      if state.transliterator == nil { state.transliterator = try? Transliterator("Han-Latin") }
      let answer = try? state.transliterator?.transform(String(scalars: [scalar]), growth: 16)
      let pinyin = answer.map { $0.filter { !$0.isWhitespace } } ?? ""
      state.known[scalar] = pinyin
      return pinyin.isEmpty ? nil : pinyin
    }
  }
}
