internal import Annotations
internal import Segmentation

/// The words that a sentence has for times.
extension MomentReader {
  /// A word of a class at a position.
  struct Found {
    let end: Int
    fileprivate let sense: Sense
    fileprivate let lexicon: Lexicon
    private func cell(_ column: String) -> String { lexicon.feature(column, of: sense) ?? "" }
    var value: String { cell("value") }
    /// What a unit of the calendar needs besides its number.
    var needs: String { cell("needs") }
    private var note: String { cell("note") }
    /// Whether it needs other words to be a time.
    var isWeak: Bool { note.hasPrefix("weak") }
    /// Whether it does not belong to the mention: 开始 behind a day.
    var isOuter: Bool { note.hasPrefix("outer") }
  }

  /// A word that says a moment by itself.
  struct NamedMoment {
    let end: Int
    /// As ``MomentFields/take(lexical:)`` reads it, with `?` behind it where it needs another part.
    let value: String
    /// Whether news has it by itself for no time: 春天.
    var isLoose = false
  }

  /// The longest word of a class at a position.
  func find(_ word: MomentVocabulary.Word, at position: Int) -> Found? {
    guard position < limit, openings(at: position).contains(MomentVocabulary.Openings(word)),
      let id = words.id(word)
    else { return nil }
    var best: (end: Int, sense: Int32)?
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if edge.category == id, case .sense(let sense) = edge.payload,
        edge.range.end > best?.end ?? position
      {
        best = (edge.range.end, sense)
      }
      number = graph.next(after: number)
    }
    return best.map { end, sense in
      Found(
        end: end, sense: vocabulary.lexicon.senses[Int(sense)], lexicon: vocabulary.lexicon)
    }
  }

  /// The unit of calendar or clock at a position: year, month, day, hour and so on.
  func calendarUnit(at position: Int, isCertain: Bool = false) -> Found? {
    guard let found = find(.calendar, at: position) else { return nil }
    // 日元, 时间: a longer word; but 日前 belongs to the number in 7月10日前.
    if !isCertain, let word = vocabulary.plainWord(at: position, in: graph), word.end > found.end {
      if vocabulary.longest(.time, at: position, in: graph)?.range == word { return found }
      if let measure = vocabulary.longest(.measure, at: position, in: graph), measure.range == word
      {
        return vocabulary.className(measure.sense) == "measure.duration" ? found : nil
      }
      if vocabulary.longest(.blocking, at: position, in: graph)?.range == word { return nil }
    }
    return found
  }

  /// Whether a moment of one character is the beginning of another word: the season in 今年春耕, 2024年秋粮.
  func isCut(_ found: NamedMoment, at position: Int) -> Bool {
    found.end - position == 1
      && (vocabulary.longest(.blocking, at: position, in: graph)?.range.end ?? 0) > found.end
  }

  /// The position behind a word that joins times, with the spaces around it: 和, 、.
  func joint(behind end: Int) -> Int? {
    let at = skipSpace(end)
    let word = find(.between, at: at) ?? find(.list, at: at)
    return word.map { skipSpace($0.end) }
  }

  /// Words that say a moment by themselves, the longest first: 去年, 年底, 国庆节, 下午.
  func moments(at position: Int) -> [NamedMoment] {
    guard position < limit, openings(at: position).contains(.moment) else { return [] }
    var found: [NamedMoment] = []
    var suffixes: [NamedMoment] = []
    var number = graph.first(at: position)
    while number >= 0 {
      let edge = graph.edges[number]
      if case .sense(let sense) = edge.payload {
        if words.moments[edge.category.index] {
          let entry = vocabulary.lexicon.senses[Int(sense)]
          let note = vocabulary.feature("note", entry) ?? ""
          found.append(
            NamedMoment(
              end: edge.range.end,
              value: (vocabulary.feature("value", entry) ?? "")
                + (note.hasPrefix("weak") ? "?" : ""), isLoose: note.hasPrefix("loose")))
        } else if edge.category == words.suffix,
          let value = vocabulary.feature("value", vocabulary.lexicon.senses[Int(sense)]),
          ["START", "MID", "END"].contains(value) || value.hasPrefix("D0") || value.hasPrefix("D1")
            || value.hasPrefix("D2")
        {
          // 10月底: only behind another part.
          suffixes.append(NamedMoment(end: edge.range.end, value: value + "?"))
        } else if edge.category == words.solarTerm,
          let value = vocabulary.feature("value", vocabulary.lexicon.senses[Int(sense)])
        {
          // 02-04 is the third of the terms, which are two in every month.
          let parts = value.split(separator: "-").compactMap { Int($0) }
          if parts.count == 2 {
            let term = (parts[0] - 1) * 2 + (parts[1] > 14 ? 1 : 0)
            let entry = vocabulary.lexicon.senses[Int(sense)]
            let isWeak = vocabulary.feature("note", entry)?.contains("weak") == true
            found.append(
              NamedMoment(end: edge.range.end, value: "term:\(term)" + (isWeak ? "?" : "")))
          }
        }
      }
      number = graph.next(after: number)
    }
    return found.sorted { $0.end > $1.end } + suffixes.sorted { $0.end > $1.end }
  }
}
