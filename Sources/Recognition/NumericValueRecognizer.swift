package import Annotations

/// Finds every typed value of a sentence that is no time: numbers, ordinals, percentages, ranges of numbers, money,
/// quantities, ages and temperatures, nested ones too.
package struct NumericValueRecognizer: Sendable {
  private let vocabulary: Vocabulary
  private let numbers: NumberReader

  /// A recogniser over a lexicon.
  package init(vocabulary: Vocabulary, numerals: NumeralTable) {
    self.vocabulary = vocabulary
    numbers = NumberReader(numerals: numerals)
  }

  /// The values of the graph's sentence, in the order of their starts.
  package func values(in text: [UInt32], graph: AnnotationGraph) -> [TypedValue] {
    var values: [TypedValue] = []
    var position = graph.range.start
    while position < graph.range.end {
      guard numbers.begins(text[position]),
        let number = numbers.read(text, at: position, limit: graph.range.end)
      else {
        position += 1
        continue
      }
      if case .value(let value) = number.magnitude {
        values.append(
          TypedValue(
            range: TextRange(position, number.end), type: .number,
            value: .init(.number, value: value.description)))
      }
      position = number.end
    }
    return values
  }
}
