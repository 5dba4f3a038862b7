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
    var parts: [Range<Int>] = []
    var start = 0
    for joint in joints() where joint < end {
      // 区委书记、区长李明 is one person with two posts.
      if tags[joint - 1] == .title, end == tokens.count || tags[end - 1] == .person { continue }
      parts.append(start..<joint)
      start = joint + 1
    }
    parts.append(start..<end)
    parts.removeAll { $0.isEmpty }
    if end == tokens.count, let last = withoutSum(parts) {
      parts[parts.count - 1] = last
      return ranges(parts)
    }
    guard parts.count > 1 || end < tokens.count, !sharesVerb(parts),
      !sharesCount(parts), !sharesHead(parts), !sharesModifier(parts)
    else { return nil }
    return ranges(parts)
  }

  private func ranges(_ parts: [Range<Int>]) -> [TextRange] { parts.map { range(of: $0) } }

  private func range(of part: Range<Int>) -> TextRange {
    TextRange(tokens[part.lowerBound].range.start, tokens[part.upperBound - 1].range.end)
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
  /// (工厂的产值和工人的收入). A word before a later mark binds closer than the mark: 玩具及童装、食品 is two things.
  private func joints() -> [Int] {
    let modifier = (first: tags.firstIndex(of: .particle), last: tags.lastIndex(of: .particle))
    return tokens.indices.filter { index in
      guard index > 0, index < tokens.count - 1 else { return false }
      let isMark = marks.contains(index)
      guard isMark || tags[index] == .conjunction || tags[index] == .listComma else { return false }
      if let first = modifier.first, let last = modifier.last, last > index, first > index {
        return false
      }
      if joinsRelatives(tokens[index].range) { return false }
      return isMark || marks.last.map { $0 < index } ?? true
    }
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
    guard tokens[mark].range.count == 1, behind <= 2 else { return nil }
    // 李明、王芳等领导同志 are persons.
    if tags[mark - 1] == .person { return mark }
    let name = phrases.mentions.first { $0.range == tokens[mark - 1].range }
    let head = tokens[tokens.count - 1].range
    // 中国驻法国、德国等多国使馆: what places have is no place.
    if let name, phrases.types[name.category] == .location,
      phrases.isWord(head, of: .organizationSuffix)
    {
      return nil
    }
    let isDescribed =
      behind == 2
      && !tags[mark + 1].isIn([.attributive, .predicative, .determiner, .quantity, .adverb])
      && !phrases.isWord(tokens[mark + 1].range, of: .numeral)
    // 战略科技、科普文创等多个展区: what is counted is the thing itself.
    let isCounted = behind == 2 && tags[mark + 1].isIn([.determiner, .quantity])
    // 城管、环卫等部门: what is in a field is none by itself.
    let isKind = name == nil && behind == 1 && phrases.isWord(head, of: .field)
    // 饲料、储备等企业: what a body deals in is no body.
    let last = tokens[mark - 1].range
    let isOfField =
      phrases.isWord(head, of: .head) && !phrases.isWord(last, of: .head)
      && !phrases.isNamed(TextRange(tokens[0].range.start, last.end))
    guard !isDescribed, !isKind, !isOfField, name != nil || head.count <= 2 && !isCounted else {
      return nil
    }
    return mark
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
    if counted == [0], isQuantity(parts[0].lowerBound) { return true }
    // 投资、消费、居民收入6项主要指标: what sums them up is counted behind the last.
    if counted == [parts.count - 1], let place = last.first(where: { isQuantity($0) }),
      place > last.lowerBound, place < last.upperBound - 1
    {
      return true
    }
    return counted == [parts.count - 1] && last.count > 1 && isQuantity(last.upperBound - 1)
  }

  /// Whether what describes the first part describes all (文化的传承与发展), or another part takes it up (人大及其常委会).
  private func sharesModifier(_ parts: [Range<Int>]) -> Bool {
    guard let first = parts.first, parts.count > 1 else { return false }
    if parts.dropFirst().contains(where: {
      $0.count > 1 && phrases.isWord(tokens[$0.lowerBound].range, of: .personalPronoun)
    }) {
      return true
    }
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

  /// Whether the last part has a head that belongs to all.
  ///
  /// It has where the others are names and it is one with something behind (河南、山东部分地区), and where the others
  /// are deeds and it begins with one (宣传和推广活动).
  private func sharesHead(_ parts: [Range<Int>]) -> Bool {
    guard let last = parts.last, parts.count > 1 else { return false }
    let others = parts.dropLast()
    let head = tags[last.upperBound - 1]
    // 第一、第二、第三产业: what only describes is no thing by itself, nor a noun that is mostly an adjective (国际或地区航班).
    if last.count > 1,
      others.contains(where: {
        tags[$0.upperBound - 1].isIn([.attributive, .predicative, .determiner, .adverb])
      })
        || others.allSatisfy({
          phrases.isWord(tokens[$0.upperBound - 1].range, of: .adjective)
            && $0.dropLast().allSatisfy { tags[$0].isIn([.determiner, .quantity]) }
        })
    {
      return true
    }
    // 正确的决策和坚定的行动: each has a head that its own 的 leads to. 两国和两国人民: the last takes up the first.
    let word = text(last.lowerBound)
    if parts.allSatisfy({ $0.contains { tags[$0] == .particle } })
      || last.count > 1 && others.contains(where: { $0.count == 1 && text($0.lowerBound) == word })
    {
      return false
    }
    // 科技创新和产业创新深度融合: they do it together.
    if let verb = last.dropFirst().first(where: { tags[$0] == .verb }),
      !last[verb...].contains(where: { tags[$0] == .particle }),
      parts.allSatisfy({ !tags[$0.lowerBound].isIn([.verb, .verbalNoun, .adverb]) }),
      others.allSatisfy({ !$0.contains { tags[$0] == .verb } })
    {
      return true
    }
    // 科技创新和产业创新跨区域协同, 甲国、乙国命运共同体: what holds between several is of all.
    if last.count > 1, phrases.isReciprocal(tokens[last.upperBound - 1].range),
      !last.contains(where: { tags[$0].isIn([.particle, .quantity]) }),
      others.allSatisfy({ tags[$0.upperBound - 1] == .name })
        || tags[last.lowerBound] == .noun
          && others.allSatisfy({ tags[$0.upperBound - 1] == .noun && $0.count == 1 })
    {
      return true
    }
    // 湾区和城市群建设, with 城市群建设 as one word or two: what is done to the last is done to all.
    let isDone = last.count > 1 && last.upperBound == tokens.count && head == .verbalNoun
    if isDone || isDeed(last.upperBound - 1),
      others.allSatisfy({
        tags[$0.upperBound - 1].isIn([.noun, .name]) && !isDeed($0.upperBound - 1)
      })
    {
      return true
    }
    // 农机、供电部门, 产业和区域发展政策: in what field it is, of all.
    if isField(last), !last.contains(where: { tags[$0].isIn([.determiner, .quantity]) }),
      others.allSatisfy({
        $0.count == 1 && range(of: $0).count <= 4 && !isField($0)
          && !(phrases.mayAct(range(of: $0)) && phrases.mayAct(range(of: last)))
          && tags[$0.upperBound - 1].isIn([.noun, .verbalNoun, .attributive, .predicative])
      })
    {
      return true
    }
    // 干部选拔和培养机制, with 培养机制 as one word: what the others do is of the same thing.
    if last.count == 1, isField(last), !tags.contains(.andOthers),
      others.allSatisfy({
        $0.count > 1 && tags[$0.upperBound - 1].isIn([.verbalNoun, .verb])
          && $0.dropLast().allSatisfy { tags[$0] == .noun }
      })
    {
      return true
    }
    // 蔬菜、水产品产量, with 水产品产量 as one word.
    if last.count == 1, tokens[last.lowerBound].range.count > 3, isMeasured(last.lowerBound),
      others.allSatisfy({
        $0.count == 1 && tags[$0.lowerBound] == .noun && !isMeasured($0.lowerBound)
          && tokens[$0.lowerBound].range.count <= 3
      })
    {
      return true
    }
    if isLikeItsModifier(last, others) { return true }
    guard last.count > 1 else { return false }
    // 市、区、街道三级救助体系: one word each but the last, which has a head of its own with what describes it.
    if last.count > 2, !last.contains(where: { tags[$0].isIn([.particle, .andOthers]) }),
      head == .noun,
      others.allSatisfy({ $0.count == 1 && tags[$0.lowerBound] == .noun })
    {
      return true
    }
    // 书店、剧院客流量, 江苏、山东2省和12个县覆盖率: what is measured of the last is measured of all.
    if head == .noun, isMeasured(last.upperBound - 1),
      // 良好基础和显著优势, 消费发展规律和阶段性特征: where each has an adjective or a noun of its own each stands alone.
      !(last.count == 2 && tags[last.lowerBound].isIn([.attributive, .predicative])
        && others.allSatisfy {
          tags[$0.lowerBound].isIn([.attributive, .predicative])
            || $0.count > 1 && tags[$0.upperBound - 1] == .noun
        }),
      others.allSatisfy({
        !isMeasured($0.upperBound - 1)
          && tags[$0.upperBound - 1].isIn([.noun, .name, .quantity, .verbalNoun])
      })
    {
      return true
    }
    // 农田水利、高标准农田建设电视电话会议: what takes place is about all of them.
    if last.count > 2, head == .noun, isEvent(last.upperBound - 1),
      others.allSatisfy({
        tags[$0.upperBound - 1].isIn([.noun, .name, .verbalNoun]) && !isEvent($0.upperBound - 1)
      })
    {
      return true
    }
    func kind(_ index: Int) -> ClassID? {
      phrases.mentions.first { $0.range == tokens[index].range }?.category
    }
    // 李明、王芳同志: each is a person; 李明、王芳父子 are what they are together.
    let address = tokens[last.upperBound - 1].range
    if last.count == 2, phrases.isWord(address, of: .honorific),
      !phrases.isWord(address, of: .reciprocalNoun)
    {
      return false
    }
    if let name = kind(last.lowerBound), head.isIn([.noun, .verbalNoun, .localizer]) {
      return others.allSatisfy { $0.count == 1 && kind($0.lowerBound) == name }
    }
    // 宣传和推广活动, 基层缺药登记和配送制度; in 深化改革、推进现代化 each has an object, and in 长期贷款、普惠贷款 a head.
    if tags[last.lowerBound] == .verbalNoun, head == .noun {
      return others.allSatisfy {
        tags[$0.upperBound - 1] == .verbalNoun && !$0.contains { tags[$0] == .particle }
          && text($0.upperBound - 1) != text(last.upperBound - 1)
          && tokens[$0.upperBound - 1].range.count <= 4
          && !hasObject($0)
      }
    }
    // 商、文、旅融合: parts of a word.
    return others.allSatisfy { tokens[$0.lowerBound].range.count == 1 && $0.count == 1 }
      && tokens[last.lowerBound].range.count == 1
  }

  /// What sort of thing a word names, as far as that tells which words are alike.
  private enum Sort { case actor, deed, quality, thing }

  private func sort(_ word: TextRange) -> Sort {
    let kinds = phrases.kinds(of: word)
    if kinds.contains(.head) { return .actor }
    if !kinds.isDisjoint(with: [.abstract, .shell, .aspect, .attribute]) { return .quality }
    if !kinds.isDisjoint(with: [.verb, .deed]) { return .deed }
    // 大气环境监测: as its last half.
    return word.count >= 4 ? sort(TextRange(word.end - 2, word.end)) : .thing
  }

  /// Whether the other parts are like what describes the head of the last one, and not like that head: 干部和群众作风,
  /// 讲话和指示精神, 环境监测和评价制度, with 指示精神 as one word or two.
  private func isLikeItsModifier(_ last: Range<Int>, _ others: some Sequence<Range<Int>>) -> Bool {
    let word = tokens[last.upperBound - 1].range
    guard tags[last.upperBound - 1] == .noun else { return false }
    var readings: [(modifier: TextRange, head: TextRange)] = []
    if last.count > 1, word.count <= 4, tags[last.upperBound - 2].isIn([.noun, .verbalNoun]) {
      readings.append((tokens[last.upperBound - 2].range, word))
    }
    if word.count == 4 {
      let middle = word.start + 2
      readings.append((TextRange(word.start, middle), TextRange(middle, word.end)))
    }
    guard !tags.contains(.andOthers), !last.contains(where: { tags[$0] == .quantity }) else {
      return false
    }
    return readings.contains { areLike(others, modifier: $0.modifier, head: sort($0.head)) }
  }

  /// Whether parts are of the sort of what describes a head, which is of another sort.
  private func areLike(
    _ others: some Sequence<Range<Int>>, modifier: TextRange, head: Sort
  ) -> Bool {
    let described = sort(modifier)
    let isDeedOfThing =
      described == .deed && head == .thing && !phrases.isWord(modifier, of: .adjective)
    guard described != head, head == .quality || described == .actor || isDeedOfThing else {
      return false
    }
    // 发展的战略要求和主攻方向: what has a 的 of its own has a head of its own.
    if described == .deed, others.contains(where: { $0.contains { tags[$0] == .particle } }) {
      return false
    }
    if isDeedOfThing {
      // So have those of one kind (项目补助、一般补助和奖励资金); in 深化改革、推进现代化 each verb has an object.
      let heads = others.map { text($0.upperBound - 1) }
      if Set(heads).count < heads.count || others.contains(where: { hasObject($0) }) {
        return false
      }
    }
    return others.allSatisfy {
      let word = tokens[$0.upperBound - 1].range
      // In 人员伤亡和财产损失 each has a head of its own.
      return tags[$0.upperBound - 1].isIn([.noun, .verbalNoun])
        && (word.count <= 3 || isDeedOfThing) && sort(word) == described
    }
  }

  /// Whether a part begins with what is done to the rest of it.
  private func hasObject(_ part: Range<Int>) -> Bool {
    part.count > 1 && tags[part.lowerBound].isIn([.verb, .verbalNoun, .adverb])
  }

  /// Whether a part ends with a word for a field or a kind, with what stands before it (经济领域, 供电部门).
  private func isField(_ part: Range<Int>) -> Bool {
    let word = tokens[part.upperBound - 1].range
    guard tags[part.upperBound - 1] == .noun else { return false }
    return part.count > 1 && phrases.isWord(word, of: .field)
      || word.count >= 4 && phrases.isWord(TextRange(word.end - 2, word.end), of: .field)
  }

  private func text(_ index: Int) -> String { phrases.text.string(tokens[index].range) }

  /// Whether a word names a deed with what it is done to (机场建设).
  private func isDeed(_ index: Int) -> Bool {
    phrases.isWord(tokens[index].range, of: .deed)
  }

  /// Whether a word is something that another thing has (目标, 意义, 能力), and no amount of it.
  private func isQuality(_ index: Int) -> Bool {
    phrases.isWord(tokens[index].range, of: [.abstract, .shell, .aspect])
      && !phrases.isWord(tokens[index].range, of: .attribute)
  }

  /// Whether a word is something that takes place (会议, 仪式).
  private func isEvent(_ index: Int) -> Bool {
    phrases.isWord(tokens[index].range, of: .eventSuffix)
      || phrases.mentions.contains {
        $0.range.end == tokens[index].range.end && phrases.types[$0.category] == .event
      }
  }

  /// Whether a word is something that is measured or told of what stands before it (交付率, 情况).
  private func isMeasured(_ index: Int) -> Bool {
    phrases.isWord(tokens[index].range, of: [.attribute, .shell])
  }
}
