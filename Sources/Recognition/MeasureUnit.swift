internal import Annotations

/// What stands behind a number and says what it measures.
struct MeasureUnit {
  /// What the number with it is.
  enum Kind {
    case money
    case quantity
    case percentage
    /// Tenths: 三成, 八折.
    case tenths
    case age
    case temperature
  }

  /// Its place in the text; empty where only a sign before the number says it.
  var range: TextRange
  var kind: Kind
  /// The CLDR unit, the currency, or the measure word.
  var id: String?
  /// Units that the same word may mean as well.
  var others: [String] = []
  /// What the number is multiplied with.
  var factor: ExactRational
  /// Whether it may as well be something else: 块, 分, 毛.
  var isWeak = false
  /// Whether it is a word for the units of any currency: 元, 块.
  var isGeneric = false
  /// Whether it says half a unit more: 岁半.
  var addsHalf = false
  /// Whether tenths are of a price: 折.
  var isDiscount = false
}
