/// A value that a span of the text says, in an interchange form: numbers as decimal strings, CLDR units, ISO 4217
/// currencies, TIMEX3 times. Values may lie inside each other: the number in a quantity, the date in a range.
public struct TypedValue: Hashable, Sendable {
  /// What sort of expression it is.
  public enum ExpressionType: String, Hashable, Sendable {
    case number
    case ordinal
    case percentage
    case numberrange
    case age
    case currency
    case quantity
    case temperature
    case datetime
    case daterange
    case duration
    case set
    case phone
    case email
    case url
    case ip
  }

  /// How a reading is to be read.
  public enum Kind: String, Hashable, Sendable {
    case number
    case ordinal
    case percentage
    case money
    case quantity
    case age
    case temperature
    case time
    case string
  }

  /// One reading of the span. Fields that a kind does not have are nil.
  public struct Reading: Hashable, Sendable {
    public var kind: Kind
    /// A plain decimal, a fraction `num/den`, or a text.
    public var value: String?
    /// Whether it is a range from `low` to `high`, nil where it is open.
    public var isRange = false
    public var low: String?
    public var high: String?
    /// A CLDR unit, an `x-` unit, or the measure word itself.
    public var unit: String?
    /// The ISO 4217 code of money.
    public var currency: String?
    /// TIMEX3's MOD: APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE, EQUAL_OR_LESS, START, MID, END and others.
    public var mod: String?
    /// The TIMEX3 value of a time.
    public var timex: String?
    /// Whether a time comes again and again.
    public var isSet = false
    /// `chinese` where a date is in the Chinese calendar.
    public var calendar: String?

    /// A reading of a kind; the fields are set afterwards.
    public init(_ kind: Kind, value: String? = nil) {
      self.kind = kind
      self.value = value
    }
  }

  /// The span in the normalised text.
  public var range: TextRange
  public var type: ExpressionType
  /// The likeliest reading.
  public var value: Reading
  /// Others that the span allows.
  public var alternatives: [Reading]

  /// A value.
  public init(
    range: TextRange, type: ExpressionType, value: Reading, alternatives: [Reading] = []
  ) {
    self.range = range
    self.type = type
    self.value = value
    self.alternatives = alternatives
  }
}
