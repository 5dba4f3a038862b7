// The one file of this target that calls ICU. No pointer of it leaves the file.
internal import CICU
internal import Characters

/// The charset that ICU's detector finds most likely, with its confidence in percent.
///
/// Costs about 0.6 ms a KB: give it a few KB, and test for UTF-8 and byte order marks yourself.
func detectCharset(_ bytes: [UInt8]) -> (name: String, confidence: Int)? {
  var status = U_ZERO_ERROR
  guard let detector = unsafe cicu_ucsdet_open(&status) else { return nil }
  defer { unsafe cicu_ucsdet_close(detector) }
  return unsafe bytes.withUnsafeBytes { buffer in
    let text = unsafe buffer.bindMemory(to: CChar.self).baseAddress
    unsafe cicu_ucsdet_set_text(detector, text, Int32(buffer.count), &status)
    var count: Int32 = 0
    let all = unsafe cicu_ucsdet_detect_all(detector, &count, &status)
    guard status.rawValue <= 0, count > 0, let all = unsafe all, let first = unsafe all[0],
      let name = unsafe cicu_ucsdet_name(first, &status)
    else { return nil }
    return unsafe (
      name: String(cString: name), confidence: Int(cicu_ucsdet_confidence(first, &status))
    )
  }
}

/// The text of bytes in a charset that ICU knows, and how many malformed sequences became U+FFFD.
/// - Throws: ``ICUFailure`` where there is no such charset.
package func convert(_ bytes: [UInt8], from charset: String) throws -> (String, malformed: Int) {
  var text: [UInt8] = []
  let malformed = try CharsetConverter(charset).convert(bytes[...], isLast: true, to: &text)
    .malformed
  return (String(decoding: text, as: UTF8.self), malformed)
}

/// Whether ICU has a converter for a charset of this name.
package func knowsCharset(_ name: String) -> Bool { (try? CharsetConverter(name)) != nil }

/// Converts bytes that come in portions from a charset into UTF-8; what is malformed becomes U+FFFD.
@safe final class CharsetConverter {
  private static let capacity = 1 << 15

  private let converter: OpaquePointer
  private var units = [UInt16](repeating: 0, count: capacity)
  private var offsets = [Int32](repeating: 0, count: capacity)
  /// The first half of a pair whose second half is in the next portion of units.
  private var leading: UInt16?

  /// A converter from a charset by a name that ICU knows.
  init(_ charset: String) throws {
    var status = U_ZERO_ERROR
    guard let converter = unsafe cicu_ucnv_open(charset, &status), status.rawValue <= 0 else {
      throw ICUFailure(
        "open a converter for \"\(charset)\"",
        error: unsafe String(cString: cicu_error_name(status)))
    }
    unsafe self.converter = converter
  }

  deinit { unsafe cicu_ucnv_close(converter) }

  /// Appends a portion to `text`, as UTF-8.
  /// - Returns: how many U+FFFD came of it, and the offset in the portion of the first.
  func convert(
    _ bytes: ArraySlice<UInt8>, isLast: Bool, to text: inout [UInt8]
  ) -> (malformed: Int, first: Int?) {
    var malformed = 0
    var first: Int?
    unsafe bytes.withUnsafeBytes { buffer in
      // The address of an empty portion may be nil, which ICU refuses.
      var none: CChar = 0
      unsafe withUnsafePointer(to: &none) { none in
        let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress ?? none
        var source: UnsafePointer<CChar>? = unsafe base
        let limit = unsafe base + buffer.count
        var isDone = false
        while !isDone {
          let before = unsafe (source ?? base) - base
          var status = U_ZERO_ERROR
          let written = unsafe units.withUnsafeMutableBufferPointer { target in
            unsafe offsets.withUnsafeMutableBufferPointer { offsets in
              guard let start = target.baseAddress else { return 0 }
              var at: UnsafeMutablePointer<UInt16>? = unsafe start
              unsafe cicu_ucnv_to_unicode(
                converter, &at, start + target.count, &source, limit, offsets.baseAddress,
                isLast ? 1 : 0, &status)
              return unsafe (at ?? start) - start
            }
          }
          for index in 0..<written where units[index] == 0xFFFD {
            malformed += 1
            if first == nil { first = before + Int(max(0, offsets[index])) }
          }
          append(written, to: &text)
          isDone = status != U_BUFFER_OVERFLOW_ERROR
        }
      }
    }
    if isLast, leading != nil {
      leading = nil
      text += [0xEF, 0xBF, 0xBD]
    }
    return (malformed, first)
  }

  /// Appends units of UTF-16 as UTF-8. ICU gives pairs only.
  private func append(_ count: Int, to text: inout [UInt8]) {
    text.reserveCapacity(text.count + 3 * count)
    for unit in units[0..<count] {
      if unit < 0x80 {
        text.append(UInt8(truncatingIfNeeded: unit))
      } else if unit < 0x800 {
        text.append(UInt8(truncatingIfNeeded: 0xC0 | unit >> 6))
        text.append(UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F))
      } else if unit & 0xFC00 == 0xD800 {
        leading = unit
      } else if unit & 0xFC00 == 0xDC00, let high = leading {
        leading = nil
        let scalar = 0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(unit) & 0x3FF
        text.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        text.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
        text.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        text.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      } else {
        text.append(UInt8(truncatingIfNeeded: 0xE0 | unit >> 12))
        text.append(UInt8(truncatingIfNeeded: 0x80 | unit >> 6 & 0x3F))
        text.append(UInt8(truncatingIfNeeded: 0x80 | unit & 0x3F))
      }
    }
  }
}
