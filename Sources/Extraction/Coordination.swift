internal import Annotations

/// The things that a noun phrase joins: A、B和C is three things, A和B公司的员工 one.
///
/// What is joined cannot be told from the conjunctions alone, since the parts of a phrase may share their head
/// (河南、山东部分地区) or their count (来电、来信100件). It is taken apart only where each part could stand for itself.
struct Coordination {
  private let phrases: SentencePhrases
  private let tokens: [TaggedToken]
  private let tags: [TagSet]
  /// The tokens that are marks of a list.
  private let marks: [Int]

  /// The phrase of some tokens of a sentence; nil where it has nothing that may join things, as most have not.
  init?(_ tokens: ArraySlice<TaggedToken>, in phrases: SentencePhrases) {
    func isMark(_ token: TaggedToken) -> Bool { phrases.isWord(token.range, of: .listMark) }
    guard tokens.count >= 2,
      let first = tokens.firstIndex(where: {
        phrases.tag($0).isIn([.conjunction, .listComma, .andOthers]) || isMark($0)
          || phrases.isSideBySide($0)
      })
    else { return nil }
    self.phrases = phrases
    self.tokens = Array(tokens)
    tags = tokens.map { phrases.tag($0) }
    marks = (first..<tokens.endIndex).filter { isMark(tokens[$0]) }
      .map { $0 - tokens.startIndex }
  }

  /// The ranges of the parts; nil where the phrase is one thing.
  /// - Complexity: linear in the tokens.
  func parts() -> [TextRange]? {
    guard let end = endOfList() else { return nil }
    var parts = list(to: end)
    if end == tokens.count, let last = withoutSum(parts) {
      parts[parts.count - 1] = last
      return ranges(parts)
    }
    guard parts.count > 1 || end < tokens.count, !sharesVerb(parts),
      !sharesCount(parts), !sharesHead(parts), !sharesModifier(parts)
    else { return nil }
    return ranges(parts)
  }

  /// The ranges of the members of the list, whatever they share: what each has of its own has to be told of each.
  func members() -> [TextRange] { ranges(list(to: endOfList() ?? tokens.count)) }

  /// What stands between the joints up to the end of the list.
  private func list(to end: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    for joint in joints() where joint < end {
      if joinsPosts(joint, end) { continue }
      parts.append(start..<joint)
      start = joint + 1
    }
    parts.append(start..<end)
    return parts.flatMap { sideBySide($0) }.filter { !$0.isEmpty }
  }

  private func ranges(_ parts: [Range<Int>]) -> [TextRange] { parts.map { range(of: $0) } }

  private func range(of part: Range<Int>) -> TextRange {
    TextRange(tokens[part.lowerBound].range.start, tokens[part.upperBound - 1].range.end)
  }

  /// The quoted names of a part that stand side by side without a mark (《子夜》《家》), each a part, but not those that
  /// describe something (以“春风”“花开”为主题的展览).
  private func sideBySide(_ part: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = part.lowerBound
    for index in part.dropLast()
    where phrases.isSideBySide(tokens[index]) && !joinsModifiers(index) && !isOpened(index + 1) {
      parts.append(start..<index + 1)
      start = index + 1
    }
    return parts + [start..<part.upperBound]
  }

  /// The last part without a number that counts all parts, which are names: 河北 of 北京、天津、河北三地, 王芳 of 李明、王芳两位老师.
  private func withoutSum(_ parts: [Range<Int>]) -> Range<Int>? {
    guard parts.count > 1, let last = parts.last,
      let sum = last.dropFirst().first(where: { tags[$0] == .quantity }),
      let quantity = phrases.quantities.first(where: { $0.range == tokens[sum].range }),
      quantity.magnitude == .value(ExactDecimal(Int128(parts.count)))
    else { return nil }
    // 甲国、乙国两国代表团: what the countries have is no country.
    let isNounMeasure =
      quantity.measure.map { phrases.isWord($0, of: .nounMeasure) } ?? true
    guard last.upperBound - sum == 1 || last.upperBound - sum == 2 && !isNounMeasure else {
      return nil
    }
    let named = last.lowerBound..<sum
    let kinds = ranges(parts.dropLast() + [named]).map { name in
      phrases.mentions.first { $0.range == name }.flatMap { phrases.types[$0.category] }
    }
    guard let kind = kinds[0], [.person, .organization, .location].contains(kind),
      kinds.allSatisfy({ $0 == kind })
    else { return nil }
    return named
  }

  /// The conjunctions that join whole things.
  ///
  /// One before the last 的 joins modifiers, unless the things before it have modifiers of their own
  /// (工厂的产值和工人的收入). A word before a later mark binds closer than the mark, but not between persons:
  /// 玩具及童装、食品 is two things, 王芳和李明、陈琳 three.
  private func joints() -> [Int] {
    tokens.indices.filter { index in
      guard index > 0, index < tokens.count - 1 else { return false }
      let isMark = marks.contains(index)
      guard isMark || tags[index] == .conjunction || tags[index] == .listComma else { return false }
      if joinsModifiers(index) || joinsRelatives(tokens[index].range) || isOpened(index) {
        return false
      }
      let isBetweenPersons = tags[index - 1] == .person && tags[index + 1] == .person
      return isMark || isBetweenPersons || marks.last.map { $0 < index } ?? true
    }
  }

  /// Whether what stands before the first 的 is joined at a token.
  private func joinsModifiers(_ index: Int) -> Bool {
    tags.firstIndex(of: .particle).map { $0 > index } ?? false
  }

  /// Whether what a mark joins are posts of one person: 区委书记、区长李明, 李明书记、区长, but not 李明书记、区长王芳.
  private func joinsPosts(_ joint: Int, _ end: Int) -> Bool {
    guard tags[joint - 1] == .title else { return false }
    if joint > 1, tags[joint - 2] == .person {
      return tags[joint + 1] == .title && (joint + 2 == end || marks.contains(joint + 2))
    }
    return end == tokens.count || tags[end - 1] == .person
  }

  /// Whether a conjunction stands between a preposition and the 的 that it leads to: 局长作的关于收入和支出的报告.
  private func isOpened(_ joint: Int) -> Bool {
    let start = marks.last { $0 < joint }.map { $0 + 1 } ?? 0
    let end = marks.first { $0 > joint } ?? tokens.count
    guard let opening = tags[start..<joint].lastIndex(of: .preposition) else { return false }
    return !tags[opening..<joint].contains(.particle) && tags[joint..<end].contains(.particle)
  }

  /// Whether a mark stands in what describes a thing: in what a clause before 的 is about (危害健康和安全的因素), or between two
  /// such clauses (把握大势、回答时代之问的报告).
  private func joinsRelatives(_ mark: TextRange) -> Bool {
    let end = tokens[tokens.count - 1].range.end
    let relatives = phrases.pieces.lazy.filter { $0.part.isRelative && $0.range.end < end }
    return relatives.contains { $0.range.start < mark.start && $0.range.end > mark.end }
      || relatives.contains { $0.range.end == mark.start }
        && relatives.contains { $0.range.start == mark.end }
  }

  /// Where the list of things ends: at 等, or with the phrase; nil where what stands behind 等 is the thing itself.
  ///
  /// In A、B等X the parts are the things where X only sums them up; otherwise they modify X.
  private func endOfList() -> Int? {
    let lastModifier = tags.lastIndex(of: .particle) ?? -1
    guard let mark = tags.lastIndex(of: .andOthers), mark > 0, mark > lastModifier else {
      return tokens.count
    }
    let behind = tokens.count - mark - 1
    if behind == 0 { return mark }
    guard tokens[mark].range.count == 1 else { return nil }
    // 李明、王芳等领导同志 are persons.
    if behind <= 2, tags[mark - 1] == .person { return mark }
    let name = phrases.mentions.first { $0.range == tokens[mark - 1].range }
    let head = tokens[tokens.count - 1].range
    // 饲料、储备等企业: what a body deals in is no body.
    let last = tokens[mark - 1].range
    let isOfField =
      phrases.isWord(head, of: .head) && !phrases.isWord(last, of: .head)
      && !phrases.isNamed(TextRange(tokens[0].range.start, last.end))
    if isOfField { return nil }
    // 中国驻法国、德国等多国使馆: what places have is no place.
    if let name, phrases.types[name.category] == .location,
      phrases.isWord(head, of: .organizationSuffix)
    {
      return nil
    }
    if isSummed(before: mark) { return mark }
    let isDescribed =
      behind == 2
      && !tags[mark + 1].isIn([.attributive, .predicative, .determiner, .quantity, .adverb])
      && !phrases.isWord(tokens[mark + 1].range, of: .numeral)
    // 战略科技、科普文创等多个展区: what is counted is the thing itself.
    let isCounted = behind == 2 && tags[mark + 1].isIn([.determiner, .quantity])
    // 城管、环卫等部门: what is in a field is none by itself.
    let isKind = name == nil && behind == 1 && phrases.isWord(head, of: .field)
    guard behind <= 2, !isDescribed, !isKind, name != nil || head.count <= 2 && !isCounted else {
      return nil
    }
    return mark
  }

  /// Whether the last word of the phrase says what kind of things a list before 等 names (挖掘机、起重机等新型设备): each
  /// part is one, but not what those do or have (钢铁、煤炭等行业企业), nor one of a number (月季花等20种花卉).
  private func isSummed(before mark: Int) -> Bool {
    /// The last two characters of a compound: 设备 of 通信设备, 领域 of 多领域.
    func lastWord(_ word: TextRange) -> TextRange {
      word.count > 2 && !phrases.isWord(word, of: [.hypernym, .field])
        ? word.suffix(2) : word
    }
    let behind = mark + 1..<tokens.count - 1
    return phrases.isWord(lastWord(tokens[tokens.count - 1].range), of: .hypernym)
      && tags[mark - 1].isIn([.noun, .verbalNoun, .name, .person])
      && tags[..<mark].allSatisfy { !$0.isIn([.particle, .quantity, .determiner, .pronoun]) }
      && behind.allSatisfy {
        !tags[$0].isIn([.name, .verb]) && !phrases.isWord(lastWord(tokens[$0].range), of: .field)
      }
      && (tags[..<mark].contains(where: { $0.isIn([.listComma, .conjunction]) })
        || behind.allSatisfy { tags[$0] != .quantity })
  }

  /// Whether the parts are what a verb before the first acts on, in a deed that is told of as a thing (推动质量变革、效率变革是…).
  private func sharesVerb(_ parts: [Range<Int>]) -> Bool {
    let whole = range(of: 0..<tokens.count)
    guard parts.count > 1, tags[0] == .verb, parts[0].count > 1,
      phrases.pieces.contains(where: { $0.part == .deed && $0.range == whole })
    else { return false }
    return parts.dropFirst().allSatisfy {
      $0.count == 1 || !phrases.isWord(tokens[$0.lowerBound].range, of: .verb)
    }
  }

  /// Whether one quantity counts all parts: that before the first (3名教师和医生), or that behind the last.
  private func sharesCount(_ parts: [Range<Int>]) -> Bool {
    func isQuantity(_ index: Int) -> Bool { tags[index] == .quantity || tags[index] == .amount }
    let counted = parts.indices.filter { parts[$0].contains { isQuantity($0) } }
    guard let last = parts.last, parts.count > 1 else { return false }
    if counted == [0], isQuantity(parts[0].lowerBound) { return !ownsFirst(parts) }
    // 投资、消费、居民收入6项主要指标: what sums them up is counted behind the last.
    if counted == [parts.count - 1], let place = last.first(where: { isQuantity($0) }),
      place > last.lowerBound, place < last.upperBound - 1
    {
      return true
    }
    return counted == [parts.count - 1] && last.count > 1 && isQuantity(last.upperBound - 1)
  }

  /// Whether the first part is of countries or the like, which are counted, and each other part says itself what sort it is:
  /// 两国关系与务实合作.
  private func ownsFirst(_ parts: [Range<Int>]) -> Bool {
    let count = tokens[parts[0].lowerBound].range
    let quantity = phrases.quantities.first { $0.range == count }
    return parts[0].count > 1
      && quantity?.measure.map { phrases.isWord($0, of: .nounMeasure) } ?? false
      && parts.dropFirst().allSatisfy { range(of: $0).count > 2 }
  }

  /// Whether what describes the first part describes all (文化的传承与发展), or another part takes it up (人大及其常委会).
  private func sharesModifier(_ parts: [Range<Int>]) -> Bool {
    guard let first = parts.first, parts.count > 1 else { return false }
    if parts.dropFirst().contains(where: {
      $0.count > 1 && phrases.isWord(tokens[$0.lowerBound].range, of: .personalPronoun)
    }) {
      return true
    }
    // 任何国家和组织, 部分企业和个人
    if phrases.isWord(tokens[first.lowerBound].range, of: .plural),
      parts.dropFirst().allSatisfy({
        $0.count == 1 && tags[$0.lowerBound].isIn([.noun, .verbalNoun])
      })
    {
      return true
    }
    if parts.count == 2, describesBoth(first, parts[1]) { return true }
    // 改革的目标、任务和意义
    if first.count > 2, tags[first.upperBound - 2] == .particle, isQuality(first.upperBound - 1),
      !tags.contains(.andOthers),
      parts.dropFirst().allSatisfy({ $0.count == 1 && isQuality($0.lowerBound) })
    {
      return true
    }
    // 粮食安全治理现代化、法治化
    return first.contains {
      tags[$0] == .particle || first.count > 2 && tags[first.upperBound - 1] == .verbalNoun
    }
      && parts.dropFirst().allSatisfy {
        $0.count == 1 && tags[$0.lowerBound].isIn([.verbalNoun, .verb])
      }
  }

  /// Whether a description before the first of two things joined by a conjunction is of the second as well, which is one short
  /// word: 服务的效率和水平, 双向贸易和投资; but persons are two (家乡的医生和护士).
  private func describesBoth(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    let (last, joint) = (second.lowerBound, second.lowerBound - 1)
    guard second.count == 1, first.count > 1, tags[joint] == .conjunction, !marks.contains(joint),
      tokens[joint].range.count == 1, tokens[last].range.count <= 2, !tags.contains(.quantity),
      tags[last].isIn([.noun, .verbalNoun, .attributive]), !tags.contains(.andOthers)
    else { return false }
    return tags[first.upperBound - 2].isIn([.particle, .attributive, .predicative])
      && !phrases.mayAct(tokens[first.upperBound - 1].range) && !phrases.mayAct(tokens[last].range)
  }

  /// Whether the last part has a head that belongs to all; see ``SharedHead``.
  private func sharesHead(_ parts: [Range<Int>]) -> Bool {
    SharedHead(parts, of: tokens, tags, in: phrases)?.isShared ?? false
  }

  /// Whether a word is something that another thing has (目标, 意义, 能力), and no amount of it.
  private func isQuality(_ index: Int) -> Bool {
    phrases.isWord(tokens[index].range, of: [.abstract, .shell, .aspect])
      && !phrases.isWord(tokens[index].range, of: .attribute)
  }
}
