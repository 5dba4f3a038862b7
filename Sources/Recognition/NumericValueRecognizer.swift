package import Annotations

/// Finds every typed value of a sentence that is no time: numbers, ordinals, percentages, ranges of
/// numbers, money, quantities, ages, temperatures, and addresses of the net and of telephones; nested
/// ones too.
///
/// It reads the numbers of the sentence once, from left to right, and then what stands around each.
package struct NumericValueRecognizer: Sendable {
  private let vocabulary: Vocabulary
  private let numerals: NumeralTable
  private let numbers: NumberReader

  /// A recogniser over a lexicon.
  package init(vocabulary: Vocabulary, numerals: NumeralTable) {
    self.vocabulary = vocabulary
    self.numerals = numerals
    numbers = NumberReader(numerals: numerals, readsRare: true)
  }

  /// The furthest that 电话 stands before its number.
  private static let reach = 8

  /// The values of the graph's sentence, in the order of their starts.
  /// - Complexity: O(count of the sentence).
  package func values(in text: [UInt32], graph: AnnotationGraph) -> [TypedValue] {
    let scanner = ContactScanner(text: text, range: graph.range) { position in
      (max(graph.range.start, position - Self.reach)..<position).contains {
        vocabulary.starts(.call, at: $0, in: graph)
      }
    }
    let contacts = scanner.contacts()
    let words = NumberTokenizer(
      vocabulary: vocabulary, numerals: numerals, numbers: numbers, text: text, graph: graph)
    let inherited = TextRange(graph.range.start, scanner.inheritedEnd)
    let tokens = words.tokens(outside: [inherited] + contacts.map(\.range))
    guard let units = UnitReader(vocabulary: vocabulary, graph: graph, text: text) else {
      return contacts
    }
    let amounts = AmountReader(words: words, units: units, tokens: tokens)
    let ranges = RangeReader(amounts: amounts)
    var values = contacts
    let (found, dependent) = measured(ranges)
    values += found.map(\.typedValue)
    values += BareUnits(units: units, words: words).values(outside: found.map(\.range))
    values += BoundReader(ranges: ranges).intervals().map(\.typedValue)
    for (index, token) in tokens.enumerated() {
      if !dependent.contains(index) { values += number(token, words) }
      if let ordinal = ordinal(token, words) { values.append(ordinal) }
    }
    return values.sorted {
      ($0.range.start, -$0.range.end, $0.type.rawValue)
        < ($1.range.start, -$1.range.end, $1.type.rawValue)
    }
  }

  /// The amounts of a sentence, and the tokens that are no numbers without them.
  private func measured(_ ranges: RangeReader) -> (amounts: [Amount], dependent: Set<Int>) {
    let amounts = ranges.amounts
    let modifiers = AmountModifiers(amounts: amounts)
    var found: [Amount] = []
    var dependent: Set<Int> = []
    var floor = amounts.words.graph.range.start
    var index = 0
    while index < amounts.tokens.count {
      let single = amounts.amount(at: index, floor: floor)
      let range = ranges.amount(from: index, first: single, floor: floor)
      guard var amount = range ?? single ?? modifiers.pay(at: index, ranges) else {
        index += 1
        continue
      }
      modifiers.extend(&amount, floor: floor)
      if amount.unit.kind == .tenths { dependent.formUnion(index...amount.last) }
      if let joined = modifiers.joined(found.last, amount) {
        found[found.count - 1] = joined
      } else {
        found.append(amount)
      }
      floor = amount.range.end
      index = amount.last + 1
    }
    return (found, dependent)
  }

  /// The number that a token is, or has inside.
  private func number(_ token: NumberToken, _ words: NumberTokenizer) -> [TypedValue] {
    guard token.standsAlone, !token.isRange, let value = token.low else { return [] }
    var range = token.range
    var number: ExactRational? = value
    if token.isPercent {
      guard let inner = token.inner else { return [] }
      range = inner
      number = inner.isEmpty ? nil : words.value(in: inner)
    } else if let dozen = words.vocabulary.longest(.dozen, at: range.end, in: words.graph),
      !words.isHan(dozen.range.end),
      let factor = words.vocabulary.feature("value", dozen.sense).flatMap({ ExactRational($0) })
    {
      number = value.multiplied(by: factor)
      range = TextRange(range.start, dozen.range.end)
    }
    guard let number else { return [] }
    var reading = TypedValue.Reading(.number, value: number.description)
    reading.mod = token.modifier.timexName
    return [TypedValue(range: range, type: .number, value: reading)]
  }

  /// 第三.
  private func ordinal(_ token: NumberToken, _ words: NumberTokenizer) -> TypedValue? {
    guard
      let sign = words.vocabulary.longest(
        .ordinal, endingAt: token.range.start, in: words.graph),
      let value = token.value, !token.isPercent
    else { return nil }
    return TypedValue(
      range: TextRange(sign.range.start, token.range.end), type: .ordinal,
      value: .init(.ordinal, value: value.description))
  }
}
