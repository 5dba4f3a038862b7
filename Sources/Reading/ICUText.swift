// The one file of this target that calls ICU. All of its pointers live and die inside one function.
internal import CICU

/// A failure of an ICU service that should not happen with ICU's own data in place.
package struct ICUFailure: Error, CustomStringConvertible {
  /// What was attempted, and ICU's name for the error.
  package let description: String

  init(_ attempt: String, _ status: UErrorCode) {
    let name = unsafe String(cString: cicu_error_name(status))
    description = "ICU could not \(attempt): \(name); check that libicu and its data are installed"
  }
}

/// ICU's version at run time, such as `72.1`.
package func icuVersion() -> String { unsafe String(cString: cicu_version()) }

/// The charset that ICU's detector finds most likely, with its confidence in percent.
///
/// Costs about 0.6 ms a KB: give it a few KB, and test for UTF-8 and byte order marks yourself.
package func detectCharset(_ bytes: [UInt8]) -> (name: String, confidence: Int)? {
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

/// Converts bytes in a charset that ICU knows; what is malformed becomes U+FFFD.
/// - Returns: the text, and the byte offsets of what became U+FFFD.
package func convert(_ bytes: [UInt8], from charset: String) throws -> (String, [Int]) {
  var status = U_ZERO_ERROR
  guard let converter = unsafe cicu_ucnv_open(charset, &status), status.rawValue <= 0 else {
    throw ICUFailure("open a converter for \"\(charset)\"", status)
  }
  defer { unsafe cicu_ucnv_close(converter) }
  var text = ""
  var malformed: [Int] = []
  var units = [UInt16](repeating: 0, count: 1 << 16)
  var offsets = [Int32](repeating: 0, count: 1 << 16)
  var pending: [UInt16] = []
  unsafe bytes.withUnsafeBytes { buffer in
    guard let base = unsafe buffer.bindMemory(to: CChar.self).baseAddress else { return }
    var source: UnsafePointer<CChar>? = unsafe base
    let limit = unsafe base + buffer.count
    var done = false
    while !done {
      let before = unsafe (source ?? base) - base
      let written = unsafe units.withUnsafeMutableBufferPointer { target in
        unsafe offsets.withUnsafeMutableBufferPointer { offsets in
          guard let start = target.baseAddress else { return 0 }
          var at: UnsafeMutablePointer<UInt16>? = unsafe start
          status = U_ZERO_ERROR
          unsafe cicu_ucnv_to_unicode(
            converter, &at, start + target.count, &source, limit, offsets.baseAddress, 1, &status)
          return unsafe (at ?? start) - start
        }
      }
      for index in 0..<written where units[index] == 0xFFFD {
        malformed.append(before + Int(max(0, offsets[index])))
      }
      pending.append(contentsOf: units[0..<written])
      done = status != U_BUFFER_OVERFLOW_ERROR
    }
  }
  text = String(decoding: pending, as: UTF16.self)
  return (text, malformed)
}

/// One of ICU's transliterators, opened once; opening takes 15 to 90 ms.
///
/// Not `Sendable`: a transliterator is used by one thread at a time.
@safe package final class Transliterator {
  private let handle: UnsafeMutablePointer<UTransliterator?>

  /// Opens a transliterator by its ICU identifier, such as `Hant-Hans`.
  package init(_ identifier: String) throws {
    var status = U_ZERO_ERROR
    let units = Array(identifier.utf16)
    guard let opened = unsafe cicu_utrans_open(units, Int32(units.count), &status),
      status.rawValue <= 0
    else { throw ICUFailure("open the transliterator \"\(identifier)\"", status) }
    unsafe handle = opened
  }

  deinit { unsafe cicu_utrans_close(handle) }

  /// The whole text, transliterated; room for `growth` times its length is made.
  package func transform(_ text: String, growth: Int = 4) throws -> String {
    var units = Array(text.utf16)
    var length = Int32(units.count)
    var limit = length
    units.append(contentsOf: repeatElement(0, count: units.count * growth + 64))
    var status = U_ZERO_ERROR
    unsafe units.withUnsafeMutableBufferPointer { buffer in
      unsafe cicu_utrans_transform(
        handle, buffer.baseAddress, &length, Int32(buffer.count), &limit, &status)
    }
    guard status.rawValue <= 0 else { throw ICUFailure("transliterate", status) }
    return String(decoding: units[0..<Int(length)], as: UTF16.self)
  }
}

/// What ICU says of a character's compatibility form: for full- and half-width characters the one
/// character they stand for, else nil.
package func widthFolding(of scalar: UInt32) -> UInt32? {
  let type = cicu_decomposition_type(UChar32(scalar))
  guard type == Int32(U_DT_WIDE.rawValue) || type == Int32(U_DT_NARROW.rawValue) else {
    return nil
  }
  var status = U_ZERO_ERROR
  let normalizer = unsafe cicu_nfkc(&status)
  guard let unit = UInt16(exactly: scalar) else { return nil }
  var target = [UInt16](repeating: 0, count: 8)
  let length = unsafe cicu_normalize(normalizer, [unit], 1, &target, 8, &status)
  return status.rawValue <= 0 && length == 1 ? UInt32(target[0]) : nil
}
