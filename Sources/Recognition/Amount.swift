internal import Annotations

/// A number with its unit, or a range of them.
struct Amount {
  var range: TextRange
  /// The value in the unit, or the low end; nil where it can't be told.
  var low: ExactRational?
  var high: ExactRational?
  var unit: MeasureUnit
  var modifier: Modifier
  /// The number of its last token.
  var last: Int
  /// Whether the unit stands only before the number: £7.
  var isPrefixed = false

  /// The value that the amount says.
  var typedValue: TypedValue {
    let (type, kind): (TypedValue.ExpressionType, TypedValue.Kind) =
      switch unit.kind {
      case .money: (.currency, .money)
      case .quantity: (.quantity, .quantity)
      case .percentage, .tenths: (.percentage, .percentage)
      case .age: (.age, .age)
      case .temperature: (.temperature, .temperature)
      }
    var reading = TypedValue.Reading(kind, low: low, high: high)
    switch unit.kind {
    case .money: reading.currency = unit.id
    case .percentage, .tenths: break
    default: reading.unit = unit.id
    }
    reading.mod = modifier.timexName
    let others = unit.others.map { other in
      var alternative = reading
      alternative.unit = other
      return alternative
    }
    return TypedValue(range: range, type: type, value: reading, alternatives: others)
  }
}

extension TypedValue.Reading {
  /// A value, or a range where the ends differ.
  init(_ kind: TypedValue.Kind, low: ExactRational?, high: ExactRational?) {
    self.init(kind)
    if low == high {
      value = low?.description
    } else {
      isRange = true
      self.low = low?.description
      self.high = high?.description
    }
  }
}

extension Modifier {
  /// TIMEX3's MOD for it, nil for none.
  var timexName: String? {
    switch self {
    case .exact: nil
    case .about: "APPROX"
    case .less: "LESS_THAN"
    case .more: "MORE_THAN"
    case .atMost: "EQUAL_OR_LESS"
    case .atLeast: "EQUAL_OR_MORE"
    }
  }
}
