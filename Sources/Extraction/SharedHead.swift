internal import Annotations

/// Whether the last part of a list has a head that belongs to all parts: 河南、山东部分地区, 宣传和推广活动, 生产和生活用水.
///
/// The parts before it say what the head is of when they could not stand beside it: they only describe, they are names or
/// deeds where it is neither, or they are of the sort of what describes it.
struct SharedHead {
  private let phrases: SentencePhrases
  private let tokens: [TaggedToken]
  private let tags: [TagSet]
  private let parts: [Range<Int>]
  /// The part with the head.
  private let last: Range<Int>
  private let others: ArraySlice<Range<Int>>
  /// The tag of the head.
  private let head: TagSet

  /// The parts of a list, by their tokens; nil where there is but one.
  init?(
    _ parts: [Range<Int>], of tokens: [TaggedToken], _ tags: [TagSet], in phrases: SentencePhrases
  ) {
    guard let last = parts.last, parts.count > 1 else { return nil }
    (self.phrases, self.tokens, self.tags, self.parts, self.last) =
      (phrases, tokens, tags, parts, last)
    others = parts.dropLast()
    head = tags[last.upperBound - 1]
  }

  /// - Complexity: O(tokens).
  var isShared: Bool {
    if othersOnlyDescribe { return true }
    if eachHasItsOwn { return false }
    if actTogether || holdsBetweenAll || isDoneToAll || isFieldOfAll || isFieldOfDeeds
      || isShellOfDeeds || isMeasureInWord || isLikeItsModifier
    {
      return true
    }
    guard last.count > 1 else { return false }
    if hasDescribedHead || isMeasureOfAll || isEventAboutAll { return true }
    if isAddress { return false }
    if let name = kind(last.lowerBound), head.isIn([.noun, .verbalNoun, .localizer]) {
      return others.allSatisfy { $0.count == 1 && kind($0.lowerBound) == name }
    }
    if tags[last.lowerBound] == .verbalNoun, head == .noun { return isOfDeeds }
    // 商、文、旅融合: parts of a word.
    return others.allSatisfy { $0.count == 1 && length($0.lowerBound) == 1 }
      && length(last.lowerBound) == 1
  }

  /// 第一、第二、第三产业: what only describes is no thing by itself, nor a noun that is mostly an adjective (国际或地区航班).
  private var othersOnlyDescribe: Bool {
    last.count > 1
      && (others.contains {
        tag(endOf: $0).isIn([.attributive, .predicative, .determiner, .adverb])
      }
        || others.allSatisfy {
          phrases.isWord(word(endOf: $0), of: .adjective)
            && $0.dropLast().allSatisfy { tags[$0].isIn([.determiner, .quantity]) }
        })
  }

  /// 正确的决策和坚定的行动: each has a head that its own 的 leads to. 两国和两国人民: the last takes up the first.
  private var eachHasItsOwn: Bool {
    parts.allSatisfy { hasParticle($0) }
      || last.count > 1
        && others.contains { $0.count == 1 && text($0.lowerBound) == text(last.lowerBound) }
  }

  /// 科技创新和产业创新深度融合: they do it together.
  private var actTogether: Bool {
    guard let verb = last.dropFirst().first(where: { tags[$0] == .verb }) else { return false }
    return !hasParticle(verb..<last.upperBound)
      && parts.allSatisfy { !tags[$0.lowerBound].isIn([.verb, .verbalNoun, .adverb]) }
      && others.allSatisfy { !$0.contains { tags[$0] == .verb } }
  }

  /// 科技创新和产业创新跨区域协同, 甲国、乙国命运共同体: what holds between several is of all.
  private var holdsBetweenAll: Bool {
    last.count > 1 && phrases.isReciprocal(word(endOf: last))
      && !last.contains { tags[$0].isIn([.particle, .quantity]) }
      && (others.allSatisfy { tag(endOf: $0) == .name }
        || tags[last.lowerBound] == .noun
          && others.allSatisfy { tag(endOf: $0) == .noun && $0.count == 1 })
  }

  /// 湾区和城市群建设, with 城市群建设 as one word or two: what is done to the last is done to all.
  private var isDoneToAll: Bool {
    let isDone = last.count > 1 && last.upperBound == tokens.count && head == .verbalNoun
    return (isDone || isDeed(last))
      && others.allSatisfy { tag(endOf: $0).isIn([.noun, .name]) && !isDeed($0) }
  }

  /// 农机、供电部门, 产业和区域发展政策: in what field it is, of all.
  private var isFieldOfAll: Bool {
    isField(last) && !last.contains { tags[$0].isIn([.determiner, .quantity]) }
      && others.allSatisfy {
        $0.count == 1 && length($0.lowerBound) <= 4 && !isField($0)
          && !(phrases.mayAct(range(of: $0)) && phrases.mayAct(range(of: last)))
          && tag(endOf: $0).isIn([.noun, .verbalNoun, .attributive, .predicative])
      }
  }

  /// 干部选拔和培养机制, with 培养机制 as one word: what the others do is of the same thing.
  private var isFieldOfDeeds: Bool {
    last.count == 1 && isField(last) && !tags.contains(.andOthers)
      && others.allSatisfy {
        $0.count > 1 && tag(endOf: $0).isIn([.verbalNoun, .verb])
          && $0.dropLast().allSatisfy { tags[$0] == .noun }
      }
  }

  /// 教师培养和培训工作, 病虫害的预防和治疗情况: what is only named as such is of all deeds.
  private var isShellOfDeeds: Bool {
    let start = tokens[last.lowerBound].range.start
    let word = range(of: last)
    guard last.count <= 2, word.count == 4, !tags.contains(.andOthers),
      phrases.isWord(TextRange(start + 2, word.end), of: .shell),
      phrases.isWord(TextRange(start, start + 2), of: [.verb, .deed])
    else { return false }
    return others.allSatisfy {
      let word = self.word(endOf: $0)
      return tag(endOf: $0).isIn([.noun, .verbalNoun]) && word.count.isMultiple(of: 2)
        && !$0.dropLast(2).contains { tags[$0] == .particle }
        && phrases.isWord(word.suffix(2), of: [.verb, .deed])
        && !phrases.isWord(word.suffix(2), of: [.shell, .abstract, .attribute])
    }
  }

  /// 蔬菜、水产品产量, with 水产品产量 as one word.
  private var isMeasureInWord: Bool {
    last.count == 1 && length(last.lowerBound) > 3 && isMeasured(last)
      && others.allSatisfy {
        $0.count == 1 && tags[$0.lowerBound] == .noun && !isMeasured($0)
          && length($0.lowerBound) <= 3
      }
  }

  /// 市、区、街道三级救助体系: one word each but the last, which has a head of its own with what describes it.
  private var hasDescribedHead: Bool {
    last.count > 2 && !last.contains { tags[$0].isIn([.particle, .andOthers]) } && head == .noun
      && others.allSatisfy { $0.count == 1 && tags[$0.lowerBound] == .noun }
  }

  /// 书店、剧院客流量, 江苏、山东2省和12个县覆盖率: what is measured of the last is measured of all.
  private var isMeasureOfAll: Bool {
    head == .noun && isMeasured(last) && !eachIsDescribed
      && others.allSatisfy {
        !isMeasured($0) && tag(endOf: $0).isIn([.noun, .name, .quantity, .verbalNoun])
      }
  }

  /// 良好基础和显著优势, 消费发展规律和阶段性特征: where each has an adjective or a noun of its own each stands alone.
  private var eachIsDescribed: Bool {
    last.count == 2 && tags[last.lowerBound].isIn([.attributive, .predicative])
      && others.allSatisfy {
        tags[$0.lowerBound].isIn([.attributive, .predicative])
          || $0.count > 1 && tag(endOf: $0) == .noun
      }
  }

  /// 农田水利、高标准农田建设电视电话会议: what takes place is about all of them.
  private var isEventAboutAll: Bool {
    last.count > 2 && head == .noun && phrases.isEvent(range(of: last))
      && others.allSatisfy {
        tag(endOf: $0).isIn([.noun, .name, .verbalNoun]) && !phrases.isEvent(range(of: $0))
      }
  }

  /// 李明、王芳同志: each is a person; 李明、王芳父子 are what they are together.
  private var isAddress: Bool {
    last.count == 2 && phrases.isWord(word(endOf: last), of: .honorific)
      && !phrases.isWord(word(endOf: last), of: .reciprocalNoun)
  }

  /// 宣传和推广活动, 基层缺药登记和配送制度; in 深化改革、推进现代化 each has an object, and in 长期贷款、普惠贷款 a head.
  private var isOfDeeds: Bool {
    others.allSatisfy {
      tag(endOf: $0) == .verbalNoun && !hasParticle($0)
        && text($0.upperBound - 1) != text(last.upperBound - 1)
        && length($0.upperBound - 1) <= 4 && !hasObject($0)
    }
  }

  // MARK: Likeness

  /// What sort of thing a word names, as far as that tells which words are alike.
  private enum Sort { case actor, deed, quality, thing }

  private func sort(_ word: TextRange) -> Sort {
    let kinds = phrases.kinds(of: word)
    if kinds.contains(.head) { return .actor }
    if !kinds.isDisjoint(with: [.abstract, .shell, .aspect, .attribute]) { return .quality }
    if !kinds.isDisjoint(with: [.verb, .deed]) { return .deed }
    // 大气环境监测: as its last half.
    return word.count >= 4 ? sort(word.suffix(2)) : .thing
  }

  /// Whether the other parts are like what describes the head of the last one, and not like that head: 干部和群众作风,
  /// 讲话和指示精神, 环境监测和评价制度, with 指示精神 as one word or two.
  private var isLikeItsModifier: Bool {
    let word = word(endOf: last)
    guard head == .noun, !tags.contains(.andOthers),
      !last.contains(where: { tags[$0] == .quantity })
    else { return false }
    if last.count > 1, word.count <= 4, tags[last.upperBound - 2].isIn([.noun, .verbalNoun]),
      areLike(tokens[last.upperBound - 2].range, head: sort(word))
    {
      return true
    }
    let middle = word.start + 2
    return word.count == 4
      && areLike(TextRange(word.start, middle), head: sort(TextRange(middle, word.end)))
  }

  /// Whether the other parts are of the sort of what describes a head, which is of another sort.
  private func areLike(_ modifier: TextRange, head: Sort) -> Bool {
    let described = sort(modifier)
    let isDeedOfThing =
      described == .deed && head == .thing && !phrases.isWord(modifier, of: .adjective)
    guard described != head, head == .quality || described == .actor || isDeedOfThing else {
      return false
    }
    // 发展的战略要求和主攻方向: what has a 的 of its own has a head of its own.
    if described == .deed, others.contains(where: { hasParticle($0) }) { return false }
    if isDeedOfThing {
      // So have those of one kind (项目补助、一般补助和奖励资金); in 深化改革、推进现代化 each verb has an object.
      let heads = others.map { text($0.upperBound - 1) }
      if Set(heads).count < heads.count || others.contains(where: { hasObject($0) }) {
        return false
      }
    }
    return others.allSatisfy {
      let word = word(endOf: $0)
      // In 人员伤亡和财产损失 each has a head of its own.
      return tag(endOf: $0).isIn([.noun, .verbalNoun])
        && (word.count <= 3 || isDeedOfThing) && sort(word) == described
    }
  }

  // MARK: Parts

  private func word(endOf part: Range<Int>) -> TextRange { tokens[part.upperBound - 1].range }

  private func tag(endOf part: Range<Int>) -> TagSet { tags[part.upperBound - 1] }

  private func text(_ index: Int) -> String { phrases.text.string(tokens[index].range) }

  private func length(_ index: Int) -> Int { tokens[index].range.count }

  private func range(of part: Range<Int>) -> TextRange {
    tokens[part.lowerBound].range.union(word(endOf: part))
  }

  /// The class of the name that a token is.
  private func kind(_ index: Int) -> ClassID? {
    phrases.mentions.first { $0.range == tokens[index].range }?.category
  }

  private func hasParticle(_ part: Range<Int>) -> Bool { part.contains { tags[$0] == .particle } }

  /// Whether a part begins with what is done to the rest of it.
  private func hasObject(_ part: Range<Int>) -> Bool {
    part.count > 1 && tags[part.lowerBound].isIn([.verb, .verbalNoun, .adverb])
  }

  /// Whether a part ends with a word for a field or a kind, with what stands before it (经济领域, 供电部门).
  private func isField(_ part: Range<Int>) -> Bool {
    let word = word(endOf: part)
    guard tag(endOf: part) == .noun else { return false }
    return part.count > 1 && phrases.isWord(word, of: .field)
      || word.count >= 4 && phrases.isWord(word.suffix(2), of: .field)
  }

  /// Whether a part ends with a word for a deed with what it is done to (机场建设).
  private func isDeed(_ part: Range<Int>) -> Bool { phrases.isWord(word(endOf: part), of: .deed) }

  /// Whether a part ends with something that is measured or told of what stands before it (交付率, 情况).
  private func isMeasured(_ part: Range<Int>) -> Bool {
    phrases.isWord(word(endOf: part), of: [.attribute, .shell])
  }
}
