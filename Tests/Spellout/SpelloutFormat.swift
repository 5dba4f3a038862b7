internal import CICU

/// Numbers in words, as ICU's rules for a language spell them.
///
/// A target of its own, since Foundation, which the tests import, declares ICU's types once more.
@safe package final class SpelloutFormat {
  // Written without ICU's name for it, so that the tests need not know ICU's headers.
  private let format: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// The rules of a locale, nil where ICU has none.
  package init?(locale: String) {
    var status = U_ZERO_ERROR
    guard let format = unsafe cicu_unum_open_spellout(locale, &status), status.rawValue <= 0 else {
      return nil
    }
    unsafe self.format = unsafe format
  }

  deinit { unsafe cicu_unum_close(format) }

  /// A decimal number in words.
  package func spell(_ number: String) -> String? {
    var status = U_ZERO_ERROR
    var units = [UInt16](repeating: 0, count: 256)
    let digits = Array(number.utf8CString)
    let count = unsafe cicu_unum_format_decimal(
      format, digits, Int32(digits.count - 1), &units, Int32(units.count), &status)
    guard status.rawValue <= 0 else { return nil }
    return String(decoding: units[..<Int(count)], as: UTF16.self)
  }
}
