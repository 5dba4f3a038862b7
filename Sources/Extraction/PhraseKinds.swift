internal import Annotations
internal import Segmentation

/// What a phrase of a sentence is by its words: a name, a place, an amount, somebody who may act or speak.
extension SentencePhrases {
  /// What the quantity at an end of a phrase counts: 资金 of 资金100亿元, 团组 of 154个团组; nil where none stands there.
  func counted(in range: TextRange) -> TextRange? {
    let tokens = tokens(in: range)
    guard tokens.count > 1, let first = tokens.first, let last = tokens.last else { return nil }
    if tag(last) == .quantity {
      // 货运量达3000吨: the verb is no part of it.
      let verb = tokens.dropFirst().dropLast().suffix(1).first { isWord($0.range, of: .amount) }
      return TextRange(range.start, (verb ?? last).range.start)
    }
    return tag(first) == .quantity ? TextRange(first.range.end, range.end) : nil
  }

  /// The range of a piece; none where how often something happened (30多次) stands as who did it.
  func range(of piece: ClausePiece) -> TextRange? {
    guard piece.part == .subject, isMeasure(piece.range),
      let quantity = quantities.first(where: { $0.range == piece.range }),
      let measure = quantity.measure, isWord(measure, of: .verbalMeasure)
    else { return piece.range }
    return nil
  }

  /// A phrase without the localizer at its end: 发布会 of 发布会上.
  func withoutLocalizer(_ range: TextRange) -> TextRange {
    let tokens = tokens(in: range)
    guard tokens.count > 1, let last = tokens.last, tag(last) == .localizer else { return range }
    return TextRange(range.start, last.range.start)
  }

  /// Whether a predicate counts its subjects together (共有, 合计).
  func isTotal(_ range: TextRange) -> Bool {
    isWord(range, of: [.counting, .scope])
  }

  /// Whether a word before a predicate sums up what its subjects do (共发送).
  func isSummed(_ range: TextRange) -> Bool {
    token(before: range).map { isWord($0.range, of: .sum) } ?? false
  }

  /// Whether a quantity stands in a phrase.
  func isCounted(_ range: TextRange) -> Bool { quantities.contains { range.contains($0.range) } }

  /// Whether a word by itself tells what holds between several (好朋友, 相辅相成): 中国人民的老朋友 does not.
  func isReciprocal(_ range: TextRange) -> Bool {
    let tokens = tokens(in: range)
    return tokens.allSatisfy { tag($0) != .particle }
      && tokens.last.map {
        isWord($0.range, of: [.reciprocalNoun, .reciprocalVerb])
      } ?? false
  }

  /// Whether a predicate ends with an adjective: it tells what something is like.
  func isQuality(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { tag($0) == .predicative } ?? false
  }

  /// The verbs at the end of a phrase: 检查 of 一系列地面检查; the phrase where it ends with none.
  func deed(in range: TextRange) -> TextRange {
    let verbs = tokens(in: range).reversed().prefix {
      tag($0).isIn([.verb, .verbalNoun])
    }
    guard let first = verbs.last else { return range }
    return TextRange(first.range.start, range.end)
  }

  /// Whether a phrase is nothing but a verb: 实施 in 项目开始实施.
  func isBareVerb(_ range: TextRange) -> Bool {
    let tokens = tokens(in: range)
    return tokens.count == 1 && tokens.allSatisfy { tag($0).isIn([.verb, .verbalNoun]) }
  }

  /// Whether a phrase ends with what may be measured (进出口总额), done (固定资产投资) or told of something (主题), and is nobody
  /// who acts.
  func isAspect(_ range: TextRange) -> Bool {
    tokens(in: range).last.map {
      isWord($0.range, of: [.attribute, .shell, .aspect]) || tag($0) == .verbalNoun
    } ?? false
  }

  /// The name before the last word of a phrase: 甲公司 of 甲公司股价; nil where none stands there.
  func owner(of range: TextRange) -> TextRange? {
    guard let last = tokens(in: range).last, last.range.start > range.start else { return nil }
    let rest = TextRange(range.start, last.range.start)
    return isName(rest) ? rest : nil
  }

  /// What is measured and whose it is, in a phrase that names both (全市 and 人口 of 全市人口); nil where all but its last
  /// word only describes that (累计成交额, 双向投资).
  func ownerAndMeasure(
    of range: TextRange, inWord: Bool
  ) -> (owner: TextRange, measure: TextRange)? {
    let words = tokens(in: range)
    if words.count == 1 { return inWord ? ownerAndMeasure(inWord: range) : nil }
    guard let last = words.last, let before = words.dropLast().last,
      !tag(before).isIn([.attributive, .predicative, .adjective, .adverb, .verb])
    else { return nil }
    return (TextRange(range.start, last.range.start), last.range)
  }

  /// The members of a list that shares what is measured of them, and that: 大豆 and 玉米, and 产量, of 大豆、玉米产量.
  func ownersAndMeasure(of range: TextRange) -> (owners: [TextRange], measure: TextRange)? {
    guard let members = Coordination(tokens(in: range), in: self)?.members(),
      let last = members.last, let own = ownerAndMeasure(of: last, inWord: true),
      isWord(own.measure, of: .attribute)
    else { return nil }
    return (members.dropLast() + [own.owner], own.measure)
  }

  /// The same within one word: the longest measure at its end that is a word as well, and a noun before it (森林 | 覆盖率).
  private func ownerAndMeasure(
    inWord word: TextRange
  ) -> (owner: TextRange, measure: TextRange)? {
    guard word.count >= 4 else { return nil }
    for cut in word.start + 2...word.end - 2 {
      let (owner, measure) = (TextRange(word.start, cut), TextRange(cut, word.end))
      if isWord(measure, of: .attribute), isNoun(owner) { return (owner, measure) }
    }
    return nil
  }

  /// Whether a range is a word that is no verb, no adjective and counts nothing (人均), or a row of such (社会 | 消费品).
  private func isNoun(_ range: TextRange) -> Bool {
    if !lexicon.senses(in: text.characters, range).isEmpty {
      return !isWord(range, of: [.adjective, .verb, .scope, .counting])
    }
    guard range.count >= 4 else { return false }
    return (range.start + 2...range.end - 2).contains {
      isNoun(TextRange(range.start, $0)) && isNoun(TextRange($0, range.end))
    }
  }

  /// Whether two phrases side by side are parts of one subject: who acts with a comma between (国务委员李明，外交部长王芳等出席),
  /// and anything with a conjunction behind it (北京、天津，以及其他地区).
  func areJoined(_ left: TextRange, _ right: TextRange) -> Bool {
    let between = tokens(in: TextRange(left.end, right.start))
    guard isSetOff(left), let last = between.last, between.count <= 2 else { return false }
    if between.count == 2 { return isWord(last.range, of: .coordinator) }
    // 某局局长，李明 and 这一技艺的传承人，李明 are one person, and 企业，其员工 is no list.
    let (former, latter) = (coordinated(left), coordinated(right))
    if latter.contains(where: { isPerson($0) }) { return former.allSatisfy { isPerson($0) } }
    if let first = tokens(in: right).first, isWord(first.range, of: .personalPronoun) {
      return false
    }
    return (former + latter).allSatisfy { part in
      isPerson(part)
        || tokens(in: part).last.map { tag($0) == .title || isWord($0.range, of: .head) } ?? false
    }
  }

  /// Whether a comma stands behind a phrase.
  func isSetOff(_ range: TextRange) -> Bool {
    range.end < sentence.end && text.characters[range.end] == 0x2C
  }

  /// Whether a quoted name ends where another one begins: 《子夜》 in 《子夜》《家》.
  func isSideBySide(_ token: TaggedToken) -> Bool {
    let end = token.range.end
    guard end < sentence.end else { return false }
    let (last, next) = (text.characters[end - 1], text.characters[end])
    return last == 0x300B && next == 0x300A || last == 0x201D && next == 0x201C
  }

  /// Whether the name of a place stands in a phrase.
  func holdsLocation(_ range: TextRange) -> Bool {
    mentions.contains { range.contains($0.range) && types[$0.category] == .location }
  }

  /// Whether a phrase ends with the name of a person.
  func isPerson(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { tag($0) == .person } ?? false
  }

  /// The last name of a type in a phrase; nil where it has none.
  func lastName(of type: EntityType, in range: TextRange) -> TextRange? {
    mentions.last { range.contains($0.range) && types[$0.category] == type }?.range
  }

  /// Whether a phrase is the word that a name ends in, with or without 该: 法院 and 该法院 of 江州市中级人民法院.
  func takesUp(_ name: TextRange, _ phrase: TextRange) -> Bool {
    let tokens = tokens(in: phrase)
    guard let last = tokens.last?.range, isWord(last, of: .head), last.count < name.count,
      tokens.dropLast().allSatisfy({ tag($0).isIn([.determiner, .pronoun]) })
    else { return false }
    return text.characters[name.end - last.count..<name.end]
      .elementsEqual(text.characters[last.start..<last.end])
  }

  /// Whether a range is a time or an amount.
  func isMeasure(_ range: TextRange) -> Bool {
    tokens(in: range).allSatisfy { tag($0).isIn([.time, .quantity]) }
  }

  /// Whether a range is an amount or a length of time, and no point of time.
  func isAmount(_ range: TextRange) -> Bool {
    isMeasure(range) && (isLength(range) || tokens(in: range).allSatisfy { tag($0) != .time })
  }

  /// Whether the sentence begins with a word for part of what was told before (其中).
  var isBreakdown: Bool { tokens.first.map { isWord($0.range, of: .breakdown) } ?? false }

  /// Whether a phrase ends with a number of hundredths: 全年目标的80%.
  func endsWithShare(_ range: TextRange) -> Bool {
    quantities.contains {
      $0.kind == .percent && $0.range.end == range.end && range.contains($0.range)
    }
  }

  /// Whether a range is no actor: a question word, or one character that is no word by itself, which was left of words
  /// that were not known.
  func isNoActor(_ range: TextRange) -> Bool {
    if isWord(range, of: .interrogative) { return true }
    return range.count == 1 && !isNamed(range) && !isWord(range, of: .shortNoun)
      && tokens(in: range).first.map { tag($0) != .pronoun } ?? true
  }

  /// Whether a phrase ends with something that takes place (会议, 仪式).
  func isEvent(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { isWord($0.range, of: .eventSuffix) } ?? false
      || mentions.contains { $0.range.end == range.end && types[$0.category] == .event }
  }

  /// Whether a phrase is a place by its last word (新形势下) and no thing that is called so (国外, 北方).
  func isSpot(_ range: TextRange) -> Bool {
    let tokens = tokens(in: range)
    guard tokens.count > 1, let last = tokens.last, tag(last) == .localizer else { return false }
    return !isWord(last.range, of: .freePlace)
  }

  /// Whether a phrase says when by its last word, and not before or behind what (大会期间, 过程中; 会前, 楼前).
  func isOccasion(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { $0.range.count > 1 && isWord($0.range, of: .timeLocalizer) }
      ?? false
  }

  /// Whether a phrase with a localizer is in nothing that has a place (新征程上).
  func isAbstractSpot(_ range: TextRange) -> Bool {
    tokens(in: range).dropLast().last.map { isWord($0.range, of: .abstract) } ?? false
  }

  /// Whether a phrase without a name begins with what is done or how, and ends with nobody (深入开展): it hardly acts.
  func beginsWithDeed(_ range: TextRange) -> Bool {
    tokens(in: range).first.map { tag($0).isIn([.verb, .adverb, .preposition, .modal]) } ?? false
      && !isNamed(range) && !mayAct(range)
  }

  /// Whether a phrase is what something has its effect on: behind 对于.
  func isRegard(_ range: TextRange) -> Bool {
    token(before: range).map { isWord($0.range, of: .regard) } ?? false
  }

  /// Whether nothing but a note in brackets stands between two places.
  func isNote(from start: Int, to end: Int) -> Bool {
    guard end - start > 2 else { return false }
    return text.characters[start] == 0x28 && text.characters[end - 1] == 0x29
      && !text.characters[start + 1..<end - 1].contains(0x29)
  }

  /// Whether a phrase ends with a word for what tells something: what it asks for is not done by it.
  func isReport(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { isWord($0.range, of: .report) } ?? false
  }

  /// Whether a phrase ends with a word for persons or for those who act together.
  func mayAct(_ range: TextRange) -> Bool {
    guard let last = tokens(in: range).last else { return false }
    return tag(last) == .pronoun && !isWord(last.range, of: .interrogative)
      || isWord(last.range, of: .head)
  }

  /// Whether a phrase is somebody: a word for persons or bodies, or the name of a person, a body or a place.
  func isActor(_ range: TextRange) -> Bool { mayAct(range) || isNamedActor(range) }

  /// Whether a phrase ends with the name of a person, a body or a place, or with the title behind a name (王岩主席).
  func isNamedActor(_ range: TextRange) -> Bool {
    let name = TextRange(
      range.start, tokens(in: range).last { tag($0) != .title }?.range.end ?? range.start)
    return ends(name, with: [.person, .organization, .location])
  }

  /// Whether a phrase ends with the name of a place.
  func isLocation(_ range: TextRange) -> Bool { ends(range, with: [.location]) }

  /// Whether a phrase ends with a name of one of some kinds.
  private func ends(_ range: TextRange, with kinds: [EntityType]) -> Bool {
    mentions.contains {
      $0.range.end == range.end && range.contains($0.range)
        && types[$0.category].map { kinds.contains($0) } ?? false
    }
  }

  /// Whether a phrase ends with a name: 中国 and 俄罗斯总统普京, and not 中国发展机遇.
  func isName(_ range: TextRange) -> Bool {
    mentions.contains { range.contains($0.range) && $0.range.end == range.end }
  }

  /// Whether a phrase names somebody or something.
  func isNamed(_ range: TextRange) -> Bool {
    mentions.contains { range.contains($0.range) }
  }

  /// The shortest named form in a range: 俄罗斯总统普京 → 普京. Where who acts is described by a name (微软的竞争对手,
  /// 以习近平同志为核心的党中央) it is not that one.
  func shortName(_ range: TextRange) -> TextRange {
    let described = tokens(in: range).last { tag($0) == .particle }?.range.end ?? range.start
    var inside = mentions.filter {
      range.contains($0.range)
        && [EntityType.person, .organization].contains(types[$0.category])
    }
    let behind = inside.filter { $0.range.start >= described }
    if !behind.isEmpty || mayAct(range) { inside = behind }
    let person = inside.last { types[$0.category] == .person }
    guard let person else { return inside.last?.range ?? range }
    // 李女士 by her surname alone is nobody.
    return person.range.count > 1 ? person.range : TextRange(person.range.start, range.end)
  }

  /// Whether a phrase names a source in the same words, or is 他. Who is told of is not speaking any more.
  func isSpoken(of source: TextRange, in range: TextRange) -> Bool {
    if isWord(range, of: .thirdPerson) { return true }
    let name = text.string(source)
    return mentions.contains { range.contains($0.range) && text.string($0.range) == name }
  }

  /// Whether the person who spoke in an earlier sentence is named or called by his title in this one (沿着总书记指引的方向，…), which
  /// he does not do himself. 总理先生 is another one.
  func isSpoken(of source: TextRange) -> Bool {
    let name = text.string(source)
    let persons = mentions.filter { types[$0.category] == .person }
    return persons.contains { text.string($0.range) == name }
      || tokens.indices.contains { index in
        let (title, next) = (
          tokens[index].range, index + 1 < tokens.count ? tokens[index + 1] : nil
        )
        return tag(tokens[index]) == .title && isTitle(title, of: source)
          && !persons.contains { $0.range.end == title.start || $0.range.start == title.end }
          && !(next.map { tag($0) == .title || isWord($0.range, of: .honorific) } ?? false)
      }
  }

  /// Whether these words stand as a title beside a name.
  private func isTitle(_ range: TextRange, of name: TextRange) -> Bool {
    let title = text.string(range)
    return [name.start - range.count, name.end].contains { start in
      start >= 0 && start + range.count <= text.characters.count
        && text.string(TextRange(start, start + range.count)) == title
    }
  }

  /// The parts of A、B和C等; the range itself when it is one thing.
  func coordinated(_ range: TextRange) -> [TextRange] {
    Coordination(tokens(in: range), in: self)?.parts() ?? [range]
  }
}
