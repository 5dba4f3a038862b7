internal import Annotations
internal import Characters
internal import Segmentation

/// Finds the numbers of a sentence, from left to right, none overlapping another.
struct NumberTokenizer {
  let vocabulary: Vocabulary
  let numerals: NumeralTable
  let numbers: NumberReader
  let text: [UInt32]
  let graph: AnnotationGraph
  let spaced: SpacedText

  init(
    vocabulary: Vocabulary, numerals: NumeralTable, numbers: NumberReader, text: [UInt32],
    graph: AnnotationGraph
  ) {
    self.vocabulary = vocabulary
    self.numerals = numerals
    self.numbers = numbers
    self.text = text
    self.graph = graph
    spaced = SpacedText(text, range: graph.range) { character in
      numerals.characters.contains(character) || numerals.spoken[character] != nil
    }
  }

  /// All numbers outside `taken`, which are spans in order.
  /// - Complexity: O(count of the sentence).
  func tokens(outside taken: [TextRange]) -> [NumberToken] {
    var found: [NumberToken] = []
    var position = graph.range.start
    var next = 0
    while position < graph.range.end {
      while next < taken.count, taken[next].end <= position { next += 1 }
      if next < taken.count, taken[next].start <= position {
        position = taken[next].end
        continue
      }
      if let token = token(at: position) {
        found.append(token)
        position = behindUnit(token.range.end)
      } else {
        position = max(skip(position), wordEnd(position))
      }
    }
    return found
  }

  /// Behind a word of the path that begins with a numeral and is no number: 三心二意.
  private func wordEnd(_ position: Int) -> Int {
    guard isHan(position), case .digit? = numbers.numeral(text[position]),
      let word = vocabulary.plainWord(at: position, in: graph), !numbers.begins(text[word.end - 1])
    else { return position }
    return word.end
  }

  /// Behind a unit in letters, which is no code (m in 1.6m-3.9m), or one that is a numeral too (两).
  private func behindUnit(_ position: Int) -> Int {
    guard isLetter(position) || numerals.counting.contains(character(position)) else {
      return position
    }
    let unit = vocabulary.all(.unit, at: position, in: graph).first { !isLetter($0.range.end) }
    return unit?.range.end ?? position
  }

  /// The character at a position, 0 outside the sentence.
  func character(_ position: Int) -> UInt32 {
    graph.range.start <= position && position < graph.range.end ? text[position] : 0
  }

  func isDigit(_ position: Int) -> Bool { (0x30...0x39).contains(character(position)) }

  /// Whether a letter stands there; the sign of 3×5 and 3x5 is none.
  func isLetter(_ position: Int) -> Bool {
    let character = character(position)
    guard CharacterKind(character) == .letter else { return false }
    return character != 0xD7
      && (character | 0x20 != 0x78 || !isDigit(position - 1) || !isDigit(position + 1))
  }

  func isHan(_ position: Int) -> Bool { CharacterKind(character(position)) == .han }

  /// Past a character that begins no number: past all of a code (C919, PM2.5).
  private func skip(_ position: Int) -> Int {
    guard isLetter(position) else {
      var end = position + 1
      if isDigit(position) { while isDigit(end) { end += 1 } }
      return end
    }
    var end = position
    while isLetter(end) { end += 1 }
    // CNY1.25: behind a currency a number begins.
    if vocabulary.ends(.currency, at: end, in: graph), isDigit(end) { return end }
    while isLetter(end) || isDigit(end) || (character(end) == 0x2D && isDigit(end + 1))
      || (character(end) == 0x2E && isDigit(end + 1))
    { end += 1 }
    return end
  }

  /// The number that begins at a position, with its sign.
  private func token(at start: Int) -> NumberToken? {
    let first = text[start]
    if numerals.signs.contains(first) || first == 0x2D || first == 0x2212 {
      return signed(at: start, isHyphen: !numerals.signs.contains(first))
    }
    if let sign = vocabulary.longest(.negative, at: start, in: graph),
      var token = unsigned(at: sign.range.end)?.negated
    {
      token.range = TextRange(start, token.range.end)
      return token
    }
    return unsigned(at: start)
  }

  /// 负三, -3: a hyphen only where nothing before it makes it a dash.
  private func signed(at start: Int, isHyphen: Bool) -> NumberToken? {
    var position = start + 1
    if isHyphen {
      guard hyphenNegates(start) else { return nil }
      // - 1,200: a gap only where the text begins with it.
      if character(position) == 0x20, start == graph.range.start { position += 1 }
      guard isDigit(position) || character(position) == 0x2E else { return nil }
    }
    guard var token = unsigned(at: position)?.negated else { return nil }
    token.range = TextRange(start, token.range.end)
    return token
  }

  private func hyphenNegates(_ start: Int) -> Bool {
    guard start > graph.range.start else { return true }
    let before = text[start - 1]
    switch CharacterKind(before) {
    case .letter, .digit: return false
    case .han:
      return !numbers.begins(before) && !vocabulary.ends(.unit, at: start, in: graph)
        && !vocabulary.ends(.time, at: start, in: graph)
    default: return before != 0x2D && before != 0x29 && before != 0x25 && before != 0x2E
    }
  }

  /// A number without a sign.
  private func unsigned(at start: Int) -> NumberToken? {
    guard start < graph.range.end else { return nil }
    if let word = vocabulary.longest(.wholeNumber, at: start, in: graph),
      !continuesWord(word.range),
      let value = vocabulary.feature("value", word.sense).flatMap({ ExactRational($0) })
    {
      return NumberToken(range: word.range, low: value, high: value, isPlain: false)
    }
    if let word = vocabulary.longest(.wholePercent, at: start, in: graph),
      let value = vocabulary.feature("value", word.sense).flatMap({ ExactRational($0) })
    {
      return NumberToken(
        range: word.range, low: value, high: value, isPercent: true, isPlain: false)
    }
    if text[start] == 0x2E { return pointFirst(at: start) }
    if numerals.isHalf(text[start]) { return half(at: start) }
    guard numbers.begins(text[start]), var token = written(at: start), isNumber(token) else {
      return nil
    }
    token = withSuffix(token)
    return token
  }

  private func continuesWord(_ range: TextRange) -> Bool {
    guard let longer = vocabulary.longest(.blocking, at: range.start, in: graph) else {
      return false
    }
    return longer.range.end > range.end
  }

  /// 半 before a unit: 半斤, 半成.
  private func half(at start: Int) -> NumberToken? {
    let range = TextRange(start, start + 1)
    guard let unit = vocabulary.longest(.unit, at: start + 1, in: graph),
      [
        "measure.unit", "measure.individual", "measure.container", "figure.tenth",
        "measure.percent",
      ].contains(
        vocabulary.className(unit.sense)),
      !vocabulary.ends(.unit, at: start, in: graph), !numbers.begins(character(start - 1)),
      !continuesWord(TextRange(start, unit.range.end))
    else { return nil }
    let value = ExactRational(1, 2)
    return NumberToken(range: range, low: value, high: value, isPlain: false, standsAlone: false)
  }

  /// .5
  private func pointFirst(at start: Int) -> NumberToken? {
    guard isDigit(start + 1), !isDigit(start - 1), !isLetter(start - 1),
      !numbers.begins(character(start - 1)), character(start - 1) != 0x2E
    else { return nil }
    var end = start + 1
    var coefficient: Int128 = 0
    while isDigit(end), end - start <= 30 {
      coefficient = coefficient * 10 + Int128(text[end] - 0x30)
      end += 1
    }
    guard !isDigit(end), character(end) != 0x2E else { return nil }
    let value = ExactRational(ExactDecimal(coefficient, exponent: start + 1 - end))
    return withSuffix(
      NumberToken(
        range: TextRange(start, end), low: value, high: value, isArabic: true, isPlain: false))
  }

  // MARK: Forms

  /// A number in any form: a fraction, a mixed number, a power, or a plain number.
  private func written(at start: Int) -> NumberToken? {
    if let part = partOfHundred(at: start) { return part }
    guard let token = plain(at: start) else { return nil }
    if let fraction = fraction(over: token) { return fraction }
    if let power = power(of: token) { return power }
    if let mixed = mixed(whole: token) { return mixed }
    return token
  }

  /// A number that is no fraction.
  private func plain(at start: Int) -> NumberToken? {
    let place = spaced.place(of: start)
    guard var number = numbers.readNumber(spaced.characters, at: place, limit: spaced.limit) else {
      return nil
    }
    // 一千瓦 is one kilowatt: a unit that begins inside the number takes its last character.
    if !isDigit(spaced.position(of: number.end - 1)), number.end - place >= 2 {
      let last = spaced.position(of: number.end - 1)
      if let unit = vocabulary.all(.measure, at: last, in: graph).first,
        takesNumeral(unit),
        let shorter = numbers.readNumber(
          spaced.characters, at: place, limit: number.end - 1),
        shorter.end == number.end - 1
      {
        number = shorter
      }
    }
    // 三百一十一千米: what follows the last digit is a unit with it.
    if number.end < spaced.limit, case .digit? = numbers.numeral(spaced.characters[number.end]),
      let unit = vocabulary.longest(
        .measure, at: spaced.position(of: number.end) + 1, in: graph), takesNumeral(unit),
      let longer = numbers.readNumber(spaced.characters, at: place, limit: number.end + 1),
      longer.end == number.end + 1
    {
      number = longer
    }
    var end = spaced.end(before: number.end)
    if number.isArabic { end = beforeDots(start, end) }
    var token = NumberToken(range: TextRange(start, end))
    token.isArabic = number.isArabic
    token.modifier = number.modifier
    token.scalePower = number.scalePower
    switch number.magnitude {
    case .value(let value):
      token.low = ExactRational(value)
      token.isPlain = value.exponent >= 0
      if end < spaced.end(before: number.end) { token.low = digits(start, end) }
      token.high = token.low
    case .range(let low, let high):
      token.low = ExactRational(low)
      token.high = ExactRational(high)
    case .ratio: return nil
    case .unknown:
      token.isPlain = false
      // 十几: at least ten; of 几十 nothing is certain.
      if !numerals.isVague(text[start]) {
        token.low = number.floor.flatMap { ExactRational($0) }
        token.high = token.low
        token.modifier = .more
      }
    }
    token.isDigits = token.isPlain && isDigitsOnly(token)
    if token.range.count == 1, isUnit(text[start]) { token.standsAlone = false }
    if isThreeOrFive(token) {
      token.low = ExactRational(3)
      token.high = ExactRational(5)
    }
    return token
  }

  /// Whether a unit begins with a numeral, and nothing longer begins behind it: 千瓦, but not 千欧 before 元.
  private func takesNumeral(_ unit: (range: TextRange, sense: Sense)) -> Bool {
    unit.range.count >= 2 && vocabulary.className(unit.sense) == "measure.unit"
      && vocabulary.longest(.unit, at: unit.range.start + 1, in: graph).map {
        $0.range.end <= unit.range.end
      } ?? true
  }

  /// 三五个: the only two digits in a row that leave one out and are no number of two digits.
  private func isThreeOrFive(_ token: NumberToken) -> Bool {
    guard token.isDigits, token.range.count == 2, !token.isArabic,
      case .digit(3)? = numbers.numeral(text[token.range.start]),
      case .digit(5)? = numbers.numeral(text[token.range.start + 1]),
      let measure = vocabulary.longest(.measure, at: token.range.end, in: graph)
    else { return false }
    return vocabulary.className(measure.sense) != "measure.percent"
  }

  private func isDigitsOnly(_ token: NumberToken) -> Bool {
    for position in token.range.start..<token.range.end where !isDigit(position) {
      guard case .digit? = numbers.numeral(text[position]) else { return false }
    }
    return true
  }

  /// 2222.2222.22 are whole numbers: a point counts once.
  private func beforeDots(_ start: Int, _ end: Int) -> Int {
    guard let point = (start..<end).first(where: { text[$0] == 0x2E }) else { return end }
    let follows = character(end) == 0x2E && isDigit(end + 1)
    let precedes = character(start - 1) == 0x2E && isDigit(start - 2)
    return follows || precedes ? point : end
  }

  private func digits(_ start: Int, _ end: Int) -> ExactRational? {
    ExactDecimal(String(scalars: text[start..<end]).filter { $0 != "," }).flatMap {
      ExactRational($0)
    }
  }

  /// 百分之五, 万分之三: a percentage; with a digit before it, 一百分之五, it is a fraction.
  private func partOfHundred(at start: Int) -> NumberToken? {
    let characters = spaced.characters
    var place = spaced.place(of: start)
    var power = 0
    while place < spaced.limit {
      switch numbers.numeral(characters[place]) {
      case .unit(let unit) where unit > 1: power += unit
      case .scale(let scale): power += scale
      default:
        guard power >= 2, let (token, inner) = numerator(at: place) else { return nil }
        var percent = token
        percent.low = token.low?.scaled(by: 2 - power)
        percent.high = token.high?.scaled(by: 2 - power)
        percent.isPercent = true
        percent.inner = inner
        percent.isPlain = false
        percent.isDigits = false
        percent.scalePower = 0
        percent.range = TextRange(start, token.range.end)
        return percent
      }
      place += 1
    }
    return nil
  }

  /// The value of the number that fills a span, its sign aside.
  func value(in range: TextRange) -> ExactRational? {
    let isNegative = numerals.signs.contains(character(range.start))
    guard let token = plain(at: isNegative ? range.start + 1 : range.start) else { return nil }
    let value = withSuffix(token).value
    return isNegative ? value?.negated : value
  }

  /// The number behind 分之.
  private func numerator(at place: Int) -> (token: NumberToken, range: TextRange)? {
    let sign = numerals.fraction
    guard !sign.isEmpty, place + sign.count < spaced.limit,
      spaced.characters[place..<(place + sign.count)].elementsEqual(sign)
    else { return nil }
    var start = spaced.position(of: place + sign.count)
    while character(start) == 0x20 { start += 1 }
    let negative = numerals.signs.contains(character(start))
    guard var token = plain(at: negative ? start + 1 : start), token.low != nil else {
      return nil
    }
    token = withSuffix(token)
    if negative { token = token.negated }
    return (token, TextRange(start, token.range.end))
  }

  /// 三分之一, 二份一, 1/3: the denominator is read, or with a slash the numerator.
  private func fraction(over token: NumberToken) -> NumberToken? {
    guard let value = token.value else { return nil }
    let place = spaced.place(of: token.range.end)
    if let (top, _) = numerator(at: place) {
      return fraction(token, top: top.value, bottom: value, end: top.range.end)
    }
    guard token.isPlain else { return nil }
    if character(token.range.end) == 0x2F, token.isArabic, character(token.range.start - 1) != 0x2F,
      isDigit(token.range.end + 1),
      let bottom = plain(at: token.range.end + 1), bottom.isArabic, bottom.isDigits,
      character(bottom.range.end) != 0x2F
    {
      return fraction(token, top: value, bottom: bottom.value, end: bottom.range.end)
    }
    if numerals.shortFractions.contains(character(token.range.end)) {
      return shortFraction(over: token, value)
    }
    return nil
  }

  private func fraction(
    _ token: NumberToken, top: ExactRational?, bottom: ExactRational?, end: Int
  ) -> NumberToken? {
    guard let bottom, let value = top?.divided(by: bottom) else { return nil }
    return NumberToken(
      range: TextRange(token.range.start, end), low: value, high: value,
      isArabic: token.isArabic, isPlain: false)
  }

  /// 二份一, 四分一升: not in 五分一个.
  private func shortFraction(
    over token: NumberToken, _ bottom: ExactRational
  ) -> NumberToken? {
    guard !token.isArabic,
      let top = plain(at: token.range.end + 1), top.isDigits, top.range.count == 1,
      let value = top.value, value < bottom, value.numerator > 0,
      !vocabulary.ends(.unit, at: token.range.start, in: graph)
    else { return nil }
    let end = top.range.end
    let unit = vocabulary.longest(.measure, at: end, in: graph)
    guard !isHan(end) || unit.map({ vocabulary.className($0.sense) }) == "measure.unit" else {
      return nil
    }
    return fraction(token, top: value, bottom: bottom, end: end)
  }

  /// 五又二分之一, 1又1/5, 1 4/3.
  private func mixed(whole token: NumberToken) -> NumberToken? {
    guard token.isPlain, let whole = token.value else { return nil }
    let place = spaced.place(of: token.range.end)
    var start = token.range.end
    if place < spaced.limit, numerals.joins.contains(spaced.characters[place]) {
      start = spaced.position(of: place) + 1
    } else if character(start) != 0x20 || !token.isArabic || !token.isDigits
      || !isDigit(start + 1)
    {
      return nil
    } else {
      start += 1
    }
    while character(start) == 0x20 { start += 1 }
    guard start < graph.range.end, numbers.begins(text[start]), let part = plain(at: start),
      let fraction = fraction(over: part), let value = fraction.value.flatMap({ whole.adding($0) })
    else { return nil }
    return NumberToken(
      range: TextRange(token.range.start, fraction.range.end), low: value, high: value,
      isArabic: token.isArabic, isPlain: false)
  }

  /// 2^5, 1.5e3.
  private func power(of token: NumberToken) -> NumberToken? {
    let sign = character(token.range.end)
    guard token.isArabic, sign == 0x5E || sign == 0x65 || sign == 0x45, let value = token.value
    else { return nil }
    var position = token.range.end + 1
    var negative = false
    while position - token.range.end <= 2, [0x2B, 0x2D].contains(character(position)) {
      if character(position) == 0x2D { negative.toggle() }
      position += 1
    }
    var exponent = 0
    let start = position
    while isDigit(position), position - start < 3 {
      exponent = exponent * 10 + Int(text[position] - 0x30)
      position += 1
    }
    guard position > start, !isDigit(position), !isLetter(position) else { return nil }
    if negative { exponent = -exponent }
    let result = sign == 0x5E ? value.raised(to: exponent) : value.scaled(by: exponent)
    return NumberToken(
      range: TextRange(token.range.start, position), low: result, high: result, isArabic: true,
      isPlain: false)
  }

  /// 15k, 2.5 M: a letter that is no unit here.
  private func withSuffix(_ token: NumberToken) -> NumberToken {
    guard isDigit(token.range.end - 1) else { return token }
    var position = token.range.end
    if character(position) == 0x20 { position += 1 }
    guard let power = numerals.suffixes[character(position)], !isLetter(position + 1),
      !isDigit(position + 1), character(position + 1) != 0x2F,
      // 5G is a network, 16G内存 a size: only large numbers by themselves are multiplied so far.
      power < 9 || (token.range.count >= 2 && !isHan(position + 1)),
      let low = token.low?.scaled(by: power), let high = token.high?.scaled(by: power)
    else { return token }
    var token = token
    token.low = low
    token.high = high
    token.range = TextRange(token.range.start, position + 1)
    token.scalePower = power
    token.hasSuffix = true
    token.isDigits = false
    return token
  }
}
