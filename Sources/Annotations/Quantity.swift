/// What a number says: one value, a range, or nothing that can be told (数十).
public enum Magnitude: Hashable, Sendable {
  /// One exact value.
  case value(ExactDecimal)
  /// From `low` to `high`, both as written.
  case range(low: ExactDecimal, high: ExactDecimal)
  /// A fraction in lowest terms that no decimal gives exactly (三分之一).
  case ratio(numerator: ExactDecimal, denominator: ExactDecimal)
  /// A vague number: its value is unknown.
  case unknown

  /// The same below zero; the ends of a range change places.
  public var negated: Magnitude {
    func minus(_ number: ExactDecimal) -> ExactDecimal {
      ExactDecimal(-number.coefficient, exponent: number.exponent)
    }
    return switch self {
    case .value(let value): .value(minus(value))
    case .range(let low, let high): .range(low: minus(high), high: minus(low))
    case .ratio(let numerator, let denominator):
      .ratio(numerator: minus(numerator), denominator: denominator)
    case .unknown: .unknown
    }
  }
}

/// A number with its measure word or unit, and what it counts.
///
/// In 1000余名干部教师 the range is 1000余名, the value 1000, the modifier ``Modifier/more``, the
/// measure 名 and `counted` 干部教师.
public struct Quantity: Hashable, Sendable {
  /// What sort of amount it is.
  public enum Kind: String, Hashable, Sendable, Codable {
    case count
    case percent
    case money
    case measure
    case age
    case number
  }

  /// Number, measure word and the approximators that touch them.
  public var range: TextRange
  /// The number alone.
  public var number: TextRange
  /// The value of the number.
  public var magnitude: Magnitude
  /// What sort of amount it is.
  public var kind: Kind
  /// The measure word or unit as it stands in the text, without 万 and 亿.
  public var measure: TextRange?
  /// The canonical unit: a CLDR id, an ISO 4217 code, or an `x-` id for Chinese customary units.
  public var unit: String?
  /// What an approximator or a bound says.
  public var modifier: Modifier
  /// What is counted or measured, where the text says it.
  public var counted: TextRange?
  /// The approximator before the number, where it may also be the predicate of a clause (超过).
  public var predicate: TextRange?
  /// The lexicon row of the measure word.
  public var provenance: Provenance?

  /// A quantity with its parts.
  public init(
    range: TextRange, number: TextRange, magnitude: Magnitude, kind: Kind,
    measure: TextRange? = nil, unit: String? = nil, modifier: Modifier = .exact,
    counted: TextRange? = nil, predicate: TextRange? = nil, provenance: Provenance? = nil
  ) {
    self.range = range
    self.number = number
    self.magnitude = magnitude
    self.kind = kind
    self.measure = measure
    self.unit = unit
    self.modifier = modifier
    self.counted = counted
    self.predicate = predicate
    self.provenance = provenance
  }
}
