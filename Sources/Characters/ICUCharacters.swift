// The one file of this target that calls ICU. All of its pointers live and die inside one function or
// object.
internal import CICU

/// A failure of an ICU service that should not happen with ICU's own data in place.
package struct ICUFailure: Error, CustomStringConvertible {
  /// What was attempted, and ICU's name for the error.
  package let description: String

  fileprivate init(_ attempt: String, _ status: UErrorCode) {
    let name = unsafe String(cString: cicu_error_name(status))
    self.init(attempt, error: name)
  }

  /// A failure with ICU's name for the error.
  package init(_ attempt: String, error: String) {
    description =
      "ICU could not \(attempt): \(error); check that libicu and its data are installed"
  }
}

/// ICU's version at run time, such as `72.1`.
package func icuVersion() -> String { unsafe String(cString: cicu_version()) }

/// One of ICU's transliterators, opened once; opening takes 15 to 90 ms.
///
/// Not `Sendable`: a transliterator is used by one thread at a time.
@safe package final class Transliterator {
  // Written without ICU's name for it, so that no module that imports this one has to know ICU's headers.
  private let handle: UnsafeMutablePointer<UnsafeMutableRawPointer?>

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

/// The compatibility form (NFKC) of a text: full-width signs become their usual ones, `㎡` becomes `m2`.
/// - Complexity: O(count of the text).
package func compatibilityForm(of text: String) -> String {
  var status = U_ZERO_ERROR
  let normalizer = unsafe cicu_nfkc(&status)
  let units = Array(text.utf16)
  // Few characters become more than one; where the room does not do, ICU says how much would.
  var room = units.count + 32
  for _ in 0..<2 {
    var target = [UInt16](repeating: 0, count: room)
    let length = unsafe cicu_normalize(
      normalizer, units, Int32(units.count), &target, Int32(room), &status)
    if status.rawValue <= 0 { return String(decoding: target[0..<Int(length)], as: UTF16.self) }
    guard status == U_BUFFER_OVERFLOW_ERROR else { break }
    status = U_ZERO_ERROR
    room = Int(length)
  }
  // NFKC is a part of the library itself; its data cannot be missing.
  preconditionFailure("ICU could not bring a text into its compatibility form: \(status.rawValue)")
}
