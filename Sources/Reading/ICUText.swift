// The one file of this target that calls ICU. All of its pointers live and die inside one function.
internal import CICU
internal import Characters

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
    throw ICUFailure(
      "open a converter for \"\(charset)\"",
      error: unsafe String(cString: cicu_error_name(status)))
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
