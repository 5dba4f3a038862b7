internal import Annotations
internal import Rules

/// Finds what a quantity counts or measures: the nouns behind it, or else what stands before it.
struct CountedNoun {
  /// Tags of words that may be part of a counted noun phrase.
  private static let nominal: TagSet = [
    .noun, .name, .adjective, .person, .title, .verbalNoun, .attributive,
  ]
  /// Tags that may be its last word.
  private static let heads: TagSet = [.noun, .name, .person, .title, .verbalNoun]
  /// Tags of names: a place before 的 belongs to the noun behind it, a noun does not.
  private static let names: TagSet = [.name, .person]
  /// Tags that begin an attribute with a verb: 10位来自北京的专家.
  private static let clausal: TagSet = [.verb, .preposition, .adverb, .predicative, .verbalNoun]
  /// Tags that may stand between a subject and its amount.
  private static let adverbial: TagSet = [
    .adverb, .modal, .time, .aspect, .clauseConjunction, .localizer,
  ]

  let phrases: SentencePhrases
  let quantity: Quantity
  /// The quantity before, whose counted noun may stand for both.
  let previous: Quantity?

  /// The counted noun's range, nil where the text does not say.
  static func find(
    of quantity: Quantity, after previous: Quantity?, in phrases: SentencePhrases
  ) -> TextRange? {
    CountedNoun(phrases: phrases, quantity: quantity, previous: previous).find()
  }

  private func find() -> TextRange? {
    let next = phrases.firstToken(from: quantity.range.end)
    if next < phrases.tokens.count, phrases.tokens[next].range.start == quantity.range.end,
      let found = behind(next)
    {
      return found
    }
    // What stands right before the quantity, or before the verb that says the amount.
    let last = phrases.firstToken(from: quantity.range.start) - 1
    return isNoun ? number(last) : before(last)
  }

  /// Whether the measure word is a noun itself, and no measure word besides: 人, 国.
  private var isNoun: Bool {
    measures(.nounMeasure) && !measures([.individualMeasure, .collectiveMeasure])
  }

  /// 死亡人数升至16人: persons are counted as a noun before says, or by themselves.
  private func number(_ last: Int) -> TextRange? {
    guard measures(.head) else { return nil }
    var index = last
    while Self.adverbial.contains(tag(index)), tag(index) != .localizer { index -= 1 }
    if tag(index) == .verb {
      guard saysAmount(phrases.tokens[index]) else { return nil }
      index -= 1
    } else if quantity.predicate == nil, index < 0 || !Self.heads.contains(tag(index)) {
      return nil
    }
    return (subject(before: index) ?? measured()).flatMap { isScope($0) ? nil : $0 }
  }

  private func tag(_ index: Int) -> TagSet {
    phrases.tokens.indices.contains(index) ? phrases.tag(phrases.tokens[index]) : .border
  }

  private func range(_ first: Int, _ last: Int) -> TextRange {
    TextRange(phrases.tokens[first].range.start, phrases.tokens[last].range.end)
  }

  /// Whether the measure word is of a class, or of one below it.
  private func measures(_ wanted: WordKinds) -> Bool {
    quantity.measure.map { phrases.isWord($0, of: wanted) } ?? false
  }

  // MARK: Behind

  /// 14个培养基地, 3.5亿元救灾资金.
  private func behind(_ next: Int) -> TextRange? {
    // 39人死亡, 两国元首: the measure word is the noun.
    if isNoun, !measures(.head) || tag(next) != .particle { return nil }
    // 3.5万户断电: what they do is not counted.
    if measures(.nounMeasure), tag(next) == .verbalNoun || tag(next) == .verb { return nil }
    var index = next
    // 10卷500多万字的鸿篇巨制: both count the same.
    while tag(index) == .quantity { index += 1 }
    let isPart = quantity.kind == .percent
    let attributive = tag(index) == .particle
    if isPart, !attributive { return nil }
    if attributive { index += 1 }
    if let found = nounPhrase(from: index, stopsAtNoun: !attributive) { return found }
    guard quantity.kind == .count || attributive,
      index == next || tag(next) == .quantity || attributive
    else { return nil }
    return measures(.verbalMeasure) ? action(index) : behindClause(index)
  }

  /// 300次下潜, 两度会晤.
  private func action(_ index: Int) -> TextRange? {
    if tag(index) == .verb { return phrases.tokens[index].range }
    // An unknown word may have been read as anything.
    var end = index
    while end < phrases.tokens.count, !tag(end).isIn([.border, .quantity, .time, .verb]) {
      end += 1
    }
    guard end > index, tag(end) == .border else { return nil }
    let action = range(index, end - 1)
    return action.count <= 3 ? action : nil
  }

  /// 10位来自北京的专家: the noun behind the attribute.
  private func behindClause(_ start: Int) -> TextRange? {
    guard Self.clausal.contains(tag(start)) else { return nil }
    var index = start
    while index < phrases.tokens.count, tag(index) != .border {
      if tag(index) == .particle, let found = nounPhrase(from: index + 1, stopsAtNoun: true) {
        return found
      }
      index += 1
    }
    return nil
  }

  /// The noun phrase that begins at a token. With `stopsAtNoun` it ends before 的 behind a common
  /// noun: 17个省份的重点县 are 17 provinces.
  private func nounPhrase(from start: Int, stopsAtNoun: Bool) -> TextRange? {
    var end = start
    var last: Int?
    while end < phrases.tokens.count {
      let tag = tag(end)
      if tag == .particle {
        guard end > start, last == end - 1 else { break }
        let isName = Self.names.contains(self.tag(end - 1))
        // 10位参加活动的记者: not the activity, but who takes part.
        let isClause = self.tag(start) == .verbalNoun && end - start > 1
        if stopsAtNoun, !isName, !isClause { break }
        if !Self.nominal.contains(self.tag(end + 1)) { break }
      } else if tag == .conjunction {
        guard joins(end, last) else { break }
      } else if !Self.nominal.contains(tag) {
        // 我国运动员, 境外机构, and the beginning of an unknown word.
        guard end == start, tag.isIn([.pronoun, .localizer, .other]),
          Self.nominal.contains(self.tag(end + 1))
        else { break }
      }
      if Self.heads.contains(tag) { last = end }
      end += 1
    }
    guard var last else { return nil }
    // 18名士兵受伤: what the persons do is not counted with them.
    while last > start, tag(last) == .verbalNoun, tag(last - 1).isIn([.noun, .person, .title]),
      tag(last + 1) != .particle, phrases.isWord(phrases.tokens[last - 1].range, of: .head)
    {
      last -= 1
    }
    var first = start
    // After a clause's 的 only what follows it is the noun.
    if stopsAtNoun, tag(start) == .verbalNoun,
      let particle = (start..<last).last(where: { tag($0) == .particle })
    {
      first = particle + 1
    }
    return range(first, last)
  }

  /// Whether a conjunction joins the nouns on both sides: 批发市场和超市.
  private func joins(_ index: Int, _ last: Int?) -> Bool {
    guard last == index - 1, Self.nominal.contains(tag(index + 1)),
      !phrases.isWord(phrases.tokens[index + 1].range, of: .quantifier)
    else { return false }
    return Self.names.contains(tag(index - 1)) == Self.names.contains(tag(index + 1))
      || tag(index + 1) == .attributive
  }

  // MARK: Before

  /// What the words up to `last` say of the quantity behind them.
  private func before(_ last: Int) -> TextRange? {
    let isPredicate = quantity.predicate != nil
    if let run = nominalRun(endingAt: last) {
      if tag(last) != .particle {
        let noun = whole(run, isSubject: isPredicate)
        return isScope(noun) ? carried() ?? noun : noun
      }
    }
    var index = last
    // 占全国的70%, 达到要求的6倍
    if tag(index) == .particle, let run = nominalRun(endingAt: index - 1) {
      index = run.lowerBound - 1
    }
    while tag(index) == .aspect || (tag(index) == .adverb && index < last) { index -= 1 }
    guard isVerb(index) || isPredicate || tag(index) == .adverb || tag(index) == .modal else {
      return measured()
    }
    let verb = isVerb(index) ? phrases.tokens[index].range : nil
    let subject = subject(before: verb == nil ? index : index - 1)
    let isAmount =
      quantity.kind == .percent || verb == nil || saysAmount(phrases.tokens[index])
      || tag(last) == .particle
    if let subject, !isScope(subject) {
      if isAmount { return subject }
      return quantity.kind == .count ? carried(sameMeasure: true) ?? verb : verb
    }
    if isAmount { return carried() ?? subject ?? measured() }
    return (subject == nil ? nil : carried(sameMeasure: true)) ?? verb ?? carried()
  }

  /// Whether a token is a verb; 为 before an amount is one, however it was tagged.
  private func isVerb(_ index: Int) -> Bool {
    tag(index) == .verb
      || (tag(index) == .preposition && phrases.isWord(phrases.tokens[index].range, of: .copula))
  }

  private static let amountVerbs: WordKinds = [
    .change, .copula, .existential, .surpassing, .scope,
  ]

  /// Whether a verb says how much its subject is (达到, 增长), and is not what is measured (发电).
  private func saysAmount(_ verb: TaggedToken) -> Bool {
    if phrases.isWord(verb.range, of: Self.amountVerbs) { return true }
    return phrases.isWord(verb.range, of: .amount) && !phrases.isUsedAsNoun(verb.range)
  }

  /// The subject of the clause whose words end at `last`, whole.
  private func subject(before last: Int) -> TextRange? {
    var index = last
    while index >= 0 {
      let tag = tag(index)
      if tag == .border { return nil }
      if let run = nominalRun(endingAt: index) {
        let before = self.tag(run.lowerBound - 1)
        // 较传统粮仓 is no subject.
        if before != .preposition { return whole(run, isSubject: true) }
        let last = phrases.tokens[run.upperBound - 1].range
        if phrases.isWord(last, of: .attribute) {
          return range(run.lowerBound, run.upperBound - 1)
        }
        index = run.lowerBound - 2
        continue
      }
      guard
        Self.adverbial.contains(tag) || tag == .verb || tag == .preposition || tag == .conjunction
          || tag == .verbalNoun
      else { return nil }
      index -= 1
    }
    return nil
  }

  /// The tokens of the noun phrase that ends with `last`.
  private func nominalRun(endingAt last: Int) -> Range<Int>? {
    // 中级94名
    guard last >= 0,
      Self.heads.contains(tag(last)) || (tag(last) == .attributive && quantity.kind == .count)
    else { return nil }
    var first = last
    while first > 0 {
      let tag = tag(first - 1)
      let joins =
        tag.isIn([.particle, .conjunction, .andOthers]) && first >= 2
        && (Self.nominal.contains(self.tag(first - 2))
          || (self.tag(first - 2) == .andOthers && tag == .particle))
      guard Self.nominal.contains(tag) || joins || tag == .determiner || isCompound(first - 1, last)
      else {
        break
      }
      first -= 1
    }
    // 预计发送旅客: the verb is none of the noun.
    if first < last, tag(first) == .verbalNoun, tag(first + 1) == .noun, first > 0,
      tag(first - 1).isIn([.adverb, .modal])
        || phrases.isWord(phrases.tokens[first - 1].range, of: .plan)
    {
      first += 1
    }
    return first..<(last + 1)
  }

  /// Whether a verb is a part of the name of something measured: 采购经理指数.
  private func isCompound(_ index: Int, _ last: Int) -> Bool {
    tag(index) == .verb && Self.nominal.contains(tag(index - 1))
      && phrases.isWord(phrases.tokens[last].range, of: .attribute)
      && phrases.isUsedAsNoun(phrases.tokens[index].range)
  }

  /// A run of tokens, or all of the noun phrase that it ends when the clauses say it is the subject.
  private func whole(_ run: Range<Int>, isSubject: Bool) -> TextRange {
    let plain = range(run.lowerBound, run.upperBound - 1)
    let subject = phrases.pieces.last {
      $0.part.isSubject && $0.range.end == plain.end
    }?.range
    var noun = subject.map { $0.start < plain.start ? $0 : plain } ?? plain
    // 其中海底隧道
    if let first = phrases.tokens(in: noun).first, first.range.end < noun.end,
      phrases.tag(first).isIn([.determiner, .pronoun]), phrases.isWord(first.range, of: .scope)
    {
      noun = TextRange(first.range.end, noun.end)
    }
    // 河南、山东等地最高气温: the places are where it is measured.
    let tokens = phrases.tokens(in: noun)
    guard let places = tokens.lastIndex(where: { phrases.tag($0) == .andOthers }),
      places + 1 < tokens.endIndex, places > tokens.startIndex,
      phrases.tag(tokens[places - 1]) == .name
        || phrases.isWord(tokens[places].range, of: .scope)
    else { return noun }
    return range(places + 1, tokens.endIndex - 1)
  }

  /// Whether a noun phrase only says where: 局地, 全国, 其中.
  private func isScope(_ range: TextRange) -> Bool {
    let tokens = phrases.tokens(in: range)
    guard let last = tokens.last else { return true }
    let tag = phrases.tag(last)
    if tag == .name || tag == .localizer || tag == .pronoun || tag == .andOthers { return true }
    let tail = TextRange(tokens.dropLast().last?.range.start ?? last.range.start, range.end)
    return phrases.isWord(last.range, of: .scope)
      || phrases.isWord(tail, of: .scope)
  }

  /// What the quantity before counted or measured, if both may be of the same.
  private func carried(sameMeasure: Bool = false) -> TextRange? {
    guard let previous, let counted = previous.counted else { return nil }
    let isSame =
      previous.measure.map { phrases.text.string($0) }
      == quantity.measure.map { phrases.text.string($0) }
    let isNear = previous.range.start >= phrases.sentence.start
    return isSame || (isNear && !sameMeasure) ? counted : nil
  }

  /// The subject of a clause before the quantity: 总量达18086.48万户.
  private func measured() -> TextRange? {
    phrases.pieces.last {
      $0.range.end <= quantity.range.start && $0.part.isSubject
        && phrases.tokens(in: $0.range).contains { Self.heads.contains(phrases.tag($0)) }
    }?.range
  }
}
