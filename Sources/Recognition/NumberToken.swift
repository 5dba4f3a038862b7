internal import Annotations

/// A number in a sentence, as it is written there, with its sign, its fraction and its suffix.
struct NumberToken {
  /// Its place in the text.
  var range: TextRange
  /// The value, or the low end of 五六百; nil where it can't be told.
  var low: ExactRational?
  /// The same value, or the high end.
  var high: ExactRational?
  /// What 余, 多, 几 inside the number say.
  var modifier = Modifier.exact
  /// Whether it is 百分之 and a number.
  var isPercent = false
  /// The number behind 百分之.
  var inner: TextRange?
  /// Whether it begins in Arabic digits.
  var isArabic = false
  /// Whether it is only digits: no unit, scale, point, sign or fraction.
  var isDigits = false
  /// Whether a letter multiplies it: 15k.
  var hasSuffix = false
  /// Whether it is a whole number written without 分之 and point.
  var isPlain = true
  /// The power of ten of 万 or 亿 at its end, or of a letter.
  var scalePower = 0
  /// Whether it is a number by itself, and not only together with what stands around it.
  var standsAlone = true

  /// Whether low and high end differ.
  var isRange: Bool { low != high }
  /// The value of a number that is no range.
  var value: ExactRational? { isRange ? nil : low }

  /// The same below zero.
  var negated: NumberToken {
    var token = self
    token.low = high?.negated
    token.high = low?.negated
    token.isPlain = false
    token.isDigits = false
    return token
  }
}
