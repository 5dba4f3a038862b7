internal import Annotations
internal import Characters

/// Units and currencies that stand by themselves, without a number.
struct BareUnits {
  let units: UnitReader
  let words: NumberTokenizer

  /// The mentions outside `taken`, which are spans in order.
  func values(outside taken: [TextRange]) -> [TypedValue] {
    var found: [TypedValue] = []
    var position = words.graph.range.start
    var next = 0
    while position < words.graph.range.end {
      while next < taken.count, taken[next].end <= position { next += 1 }
      if next < taken.count, taken[next].start <= position {
        position = taken[next].end
        continue
      }
      guard words.isHan(position), let unit = units.unit(at: position),
        unit.range.start == position, unit.range.count >= 2, !unit.isWeak,
        let value = value(unit)
      else {
        position += 1
        continue
      }
      found.append(value)
      position = unit.range.end
    }
    return found
  }

  private func value(_ unit: MeasureUnit) -> TypedValue? {
    switch unit.kind {
    case .temperature where unit.range.count >= 3:
      var reading = TypedValue.Reading(.temperature)
      reading.unit = unit.id
      return TypedValue(range: unit.range, type: .temperature, value: reading)
    case .money where isApart(unit.range):
      var reading = TypedValue.Reading(.money)
      reading.currency = unit.id
      return TypedValue(range: unit.range, type: .currency, value: reading)
    default: return nil
    }
  }

  /// Currencies are mentions of money where nothing but others of their kind touches them.
  private func isApart(_ range: TextRange) -> Bool {
    let begins =
      !words.isHan(range.start - 1)
      || words.vocabulary.ends(.currency, at: range.start, in: words.graph)
    let ends =
      !words.isHan(range.end)
      || (range.end < words.graph.range.end
        && words.vocabulary.starts(.currency, at: range.end, in: words.graph))
    return begins && ends
  }
}
