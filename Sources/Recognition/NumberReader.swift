package import Annotations

/// A number read from the text.
package struct ReadNumber: Sendable {
  /// The position after the number, approximators inside it included (10余万).
  package var end: Int
  /// What the number says.
  package var magnitude: Magnitude
  /// What 余, 多, 几 inside the number say.
  var modifier: Modifier = .exact
  /// Whether it is written in Arabic digits, at least to begin with.
  var isArabic: Bool
  /// Whether it ends in 万 or 亿.
  var endsInScale = false
  /// Whether it is 百分之 and a number.
  var isPercent = false
  /// How many digits or characters of the numeral there are.
  var length: Int
  /// What a vague number has at least, as far as it is named: 100000 of 十几万.
  var floor: ExactDecimal?
  /// The power of ten of a scale at the end, 0 for none.
  var scalePower = 0
}

/// Reads one number at a position: Arabic with separators, Chinese, mixed with 万 and 亿, digit
/// strings, fractions, percents, and vague ones (数十, 几百, 十几).
///
/// Every number is exact or unknown; a number of more than 38 digits is unknown.
package struct NumberReader: Sendable {
  let numerals: NumeralTable
  /// Whether the numerals of speech, of old print and of very large numbers count: 幺, 俩, 兆.
  let readsRare: Bool

  /// A reader of the numerals of a lexicon.
  package init(numerals: NumeralTable, readsRare: Bool = false) {
    self.numerals = numerals
    self.readsRare = readsRare
  }

  /// What a character is in a number.
  func numeral(_ character: UInt32) -> NumeralTable.Numeral? {
    numerals[character] ?? (readsRare ? numerals.rare(character) : nil)
  }

  /// Whether a number may begin with this character.
  func begins(_ character: UInt32) -> Bool {
    numerals.opens(character)
      || (readsRare && (numerals.rare(character) != nil || numerals.spoken[character] != nil))
  }

  /// Whether a number may go on behind this character.
  func continues(_ character: UInt32) -> Bool {
    begins(character) || numerals.isPoint(character)
  }

  /// Whether a character multiplies all before it: 万, 亿.
  func isScale(_ character: UInt32) -> Bool {
    if case .scale? = numeral(character) { true } else { false }
  }

  /// No number is longer, in characters: what goes on is read as another number, and reading at
  /// every position of a long run of numerals stays linear.
  private static let longest = 48

  /// The longest number at `start`.
  /// - Complexity: O(length of the number).
  func read(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    let limit = min(limit, start + Self.longest)
    if let percent = readParts(text, at: start, limit: limit) { return percent }
    guard let number = readPlain(text, at: start, limit: limit) else { return nil }
    // 三分之一: the denominator stands first.
    if number.end + 2 < limit, text[number.end..<(number.end + 2)].elementsEqual(numerals.fraction),
      case .value(let denominator) = number.magnitude,
      let over = readPlain(text, at: number.end + 2, limit: limit),
      case .value(let numerator) = over.magnitude
    {
      var whole = over
      whole.magnitude = Self.ratio(numerator, denominator)
      whole.isArabic = number.isArabic
      whole.length += number.length
      return whole
    }
    return number
  }

  /// A number without 分之, in any form that is read.
  /// - Complexity: O(length of the number).
  package func readNumber(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    let limit = min(limit, start + Self.longest)
    if let spoken = readSpoken(text, at: start, limit: limit) { return spoken }
    return readPlain(text, at: start, limit: limit)
  }

  /// A digit string as it is dictated: 幺八五洞幺拐.
  private func readSpoken(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    var coefficient: Int128 = 0
    var position = start
    var isSpoken = false
    while position < limit, position - start < 30 {
      let spoken = numerals.spoken[text[position]]
      guard let digit = spoken ?? digitValue(text[position]), text[position] > 0x39 else { break }
      if spoken != nil { isSpoken = true }
      coefficient = coefficient * 10 + Int128(digit)
      position += 1
    }
    guard isSpoken, position - start >= 3 else { return nil }
    return ReadNumber(
      end: position, magnitude: .value(ExactDecimal(coefficient)), isArabic: false,
      length: position - start)
  }

  /// 百分之二十 and 千分之五, in percent.
  private func readParts(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    guard let power = numerals.part(text[start]), start + 3 < limit,
      text[(start + 1)..<(start + 3)].elementsEqual(numerals.fraction),
      var number = readPlain(text, at: start + 3, limit: limit)
    else { return nil }
    if case .value(let value) = number.magnitude {
      number.magnitude = value.scaled(by: 2 - power).map(Magnitude.value) ?? .unknown
    }
    number.isPercent = true
    number.length += 3
    return number
  }

  private static func ratio(_ numerator: ExactDecimal, _ denominator: ExactDecimal) -> Magnitude {
    // A denominator of twos and fives gives a decimal that ends.
    guard let bottom = denominator.integer, let top = numerator.integer, bottom > 0 else {
      return .unknown
    }
    var rest = bottom
    var decimal: ExactDecimal? = ExactDecimal(Int128(top))
    for (divisor, factor) in [(10, 1), (2, 5), (5, 2)] {
      while rest % divisor == 0 {
        rest /= divisor
        decimal = decimal?.multiplied(by: ExactDecimal(Int128(factor), exponent: -1))
      }
    }
    guard let decimal else { return .unknown }
    if decimal.coefficient % Int128(rest) == 0 {
      return .value(
        ExactDecimal(decimal.coefficient / Int128(rest), exponent: decimal.exponent))
    }
    let divisor = gcd(top, bottom)
    return .ratio(
      numerator: ExactDecimal(Int128(top / divisor)),
      denominator: ExactDecimal(Int128(bottom / divisor)))
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? max(a, 1) : gcd(b, a % b) }

  /// A number without 分之.
  private func readPlain(_ text: [UInt32], at start: Int, limit: Int) -> ReadNumber? {
    var scan = NumeralScan(self, text, start..<limit)
    while scan.readNext() {}
    return scan.number
  }

  /// 万 alone begins a number only before 亿 or in 上万, 千万: the character before decides, which
  /// the lexicon's vague quantifiers and words know; here only 万亿 and 百万, 千万 count.
  func scaleMayBegin(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position + 1 < limit, case .scale? = numeral(text[position + 1]) else { return false }
    return true
  }

  /// Whether a character is a digit behind a point: 两 is none.
  func isDecimalDigit(_ character: UInt32) -> Bool {
    !numerals.counting.contains(character) && digitValue(character) != nil
  }

  /// The value of a digit; Arabic ones stand behind 点 only where all forms are read.
  private func digitValue(_ character: UInt32) -> Int? {
    if readsRare, (0x30...0x39).contains(character) { return Int(character) - 0x30 }
    if case .digit(let digit)? = numeral(character) { return digit }
    return nil
  }

  func continuesDigits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit, case .digit? = numeral(text[position]) else { return false }
    return true
  }

  func continuesUnits(_ text: [UInt32], at position: Int, limit: Int) -> Bool {
    guard position < limit else { return false }
    switch numeral(text[position]) {
    case .unit, .scale: return true
    default: return false
    }
  }

  /// 几百, 数十万, 十几: a vague digit needs a unit, a scale, or a unit before it.
  func followsVague(
    _ text: [UInt32], at position: Int, limit: Int, after sum: Summation
  ) -> Bool {
    switch numeral(text[position]) {
    case .unit, .scale: true
    default: sum.isPlainUnits
    }
  }

  func arabic(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal?, Int)? {
    var digits = ExactDecimal.DigitReader()
    var position = start
    func isDigit(_ at: Int) -> Bool { at < limit && (0x30...0x39).contains(text[at]) }
    func take(_ at: Int) { digits.take(Int(text[at] - 0x30)) }
    while isDigit(position) {
      take(position)
      position += 1
    }
    // 1,100 but not 19819,19920: groups of exactly three after at most three.
    if position - start <= 3 {
      while position < limit, text[position] == 0x2C, isDigit(position + 1),
        isDigit(position + 2), isDigit(position + 3), !isDigit(position + 4)
      {
        for offset in 1...3 { take(position + offset) }
        position += 4
      }
    }
    if position < limit, text[position] == 0x2E, isDigit(position + 1) {
      digits.hasPoint = true
      position += 1
      while isDigit(position) {
        take(position)
        position += 1
      }
    }
    return (digits.value, position)
  }

  /// The digits after 点, as a fraction of one; not in a clock time (三点五分).
  func chineseDecimals(
    _ text: [UInt32], at start: Int, limit: Int
  ) -> (ExactDecimal, Int)? {
    var coefficient: Int128 = 0
    var position = start
    while position < limit, position - start < 30, isDecimalDigit(text[position]),
      let digit = digitValue(text[position])
    {
      coefficient = coefficient * 10 + Int128(digit)
      position += 1
    }
    guard position == limit || !numerals.clockUnits.contains(text[position]) else { return nil }
    if position < limit, case .unit? = numeral(text[position]) { return nil }
    return (ExactDecimal(coefficient, exponent: start - position), position)
  }
}
