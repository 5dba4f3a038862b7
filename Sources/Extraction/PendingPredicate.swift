internal import Annotations

/// A predicate whose object may still follow.
struct PendingPredicate {
  /// The predicate, and those that share its object.
  private(set) var relations: [TextRange]
  /// The kinds of all of them.
  private(set) var kinds: WordKinds
  let part: ClausePart
  let provenance: Provenance
  var objects: [TextRange] = []
  /// The object that the word of the predicate holds itself.
  private var held: TextRange?
  var recipient: TextRange?
  var place: TextRange?

  init(
    _ relation: TextRange, _ part: ClausePart, _ provenance: Provenance,
    objects: [TextRange] = [], in phrases: SentencePhrases
  ) {
    self.part = part
    self.provenance = provenance
    self.objects = objects
    relations = []
    kinds = []
    add(relation, in: phrases)
  }

  /// Adds a predicate that shares the object; one that holds its object (提起公诉) has that one, one that holds its adverb
  /// (蓬勃发展) does without.
  mutating func add(_ word: TextRange, in phrases: SentencePhrases) {
    let (verb, object) = phrases.verbAndObject(of: word)
    if let object {
      objects.append(object)
      held = object
    }
    relations.append(phrases.withoutAdverb(verb))
    kinds.formUnion(phrases.kinds(of: verb))
  }

  /// Takes what the predicate acts on, which is one phrase with an object before it that its word holds: 收受贿赂 | 140万元.
  mutating func take(objects more: [TextRange]) {
    var more = more
    if let held, let first = more.first, objects.last == held, held.end == first.start {
      objects.removeLast()
      more[0] = held.union(first)
    }
    objects += more
  }

  /// Takes other words for the predicate.
  mutating func replace(with relations: [TextRange], in phrases: SentencePhrases) {
    self.relations = relations
    kinds = relations.reduce([]) { $0.union(phrases.kinds(of: $1)) }
  }

  /// Takes what a verb of doing does. 对X进行部署 is to deploy X; without a target it is to make a deployment, or one deed of two
  /// words (进行合作).
  mutating func take(deed: TextRange, on target: TextRange?, in phrases: SentencePhrases) {
    if target != nil {
      replace(with: phrases.coordinated(deed).map { phrases.deed(in: $0) }, in: phrases)
    } else if relations.map(\.end) == [deed.start], isWord(of: .light), phrases.isBareVerb(deed) {
      relations = [relations[0].union(deed)]
    } else {
      objects.append(deed)
    }
  }

  /// Whether a row of the lexicon has it in one of some classes.
  func isWord(of wanted: WordKinds) -> Bool { !kinds.isDisjoint(with: wanted) }
}

/// What sort of thing a predicate tells.
extension SentencePhrases {
  func tellsOfExistence(_ predicate: PendingPredicate) -> Bool {
    predicate.isWord(of: [.existential, .copula])
  }

  /// Whether a predicate tells nothing but how much its subject is.
  func isOfAmount(_ predicate: PendingPredicate) -> Bool {
    switch predicate.part {
    case .attribute, .change: true
    default: predicate.isWord(of: .amount)
    }
  }

  /// Whether a predicate is what is measured, and its object how much (任期五年, 总值30万元).
  func isGivenSize(_ predicate: PendingPredicate) -> Bool {
    predicate.part == .attribute
      || predicate.part == .resumed && !predicate.objects.isEmpty
        && predicate.objects.allSatisfy { isMeasure($0) }
  }

  /// Whether what a predicate tells is so already: how much something is, or what it shows.
  func isGiven(_ predicate: PendingPredicate) -> Bool {
    isGivenSize(predicate) || predicate.isWord(of: .manifest)
  }

  /// Whether a predicate says how much something is or how it changed: 产量达…, 浓度为…, 出口增长….
  func isFigure(_ predicate: PendingPredicate, _ objects: [TextRange]) -> Bool {
    isOfAmount(predicate)
      || predicate.isWord(of: .copula) && !objects.isEmpty && objects.allSatisfy { isMeasure($0) }
  }

  /// Whether a predicate says how much its subject is, and neither its place in an order nor that it changed.
  func isSize(_ predicate: PendingPredicate) -> Bool {
    isGivenSize(predicate)
      || predicate.part != .change && predicate.isWord(of: .amount)
        && predicate.objects.contains { isCounted($0) }
  }

  /// Whether a predicate says which share of something its subject is (占全年目标的80%).
  func isShareOf(_ predicate: PendingPredicate) -> Bool {
    predicate.isWord(of: [.amount, .copula]) && !predicate.objects.isEmpty
      && predicate.objects.allSatisfy { endsWithShare($0) }
  }

  /// Whether a predicate says how many there are, and not which share; 力量 of the word 贡献力量 is no number.
  func isNumber(_ predicate: PendingPredicate, _ objects: [TextRange]) -> Bool {
    !objects.isEmpty && predicate.isWord(of: .amount)
      && objects.allSatisfy { object in
        isMeasure(object) && !endsWithShare(object)
          && (!tokens(in: object).isEmpty || quantities.contains { $0.range.end == object.end })
      }
  }

  /// Whether what a predicate tells of several holds of all together.
  func isOfAll(_ predicate: PendingPredicate, _ objects: [TextRange]) -> Bool {
    objects.count <= 1
      && (isNumber(predicate, objects) || predicate.part == .attribute
        || predicate.relations.contains {
          isTotal($0) || isSummed($0) && objects.contains { isCounted($0) }
        })
      || predicate.relations.contains { isReciprocal($0) }
      || objects.contains { isReciprocal($0) }
  }

  /// Whether a predicate tells nothing but what its subject of one word is like, or of two nouns behind another subject: in
  /// 展览内容丰富 and in 内容丰富 what is told next is of the exhibition.
  func isQuality(_ predicate: PendingPredicate, of discourse: Discourse) -> Bool {
    let isOther = discourse.actors.contains { $0.start >= sentence.start }
    return predicate.objects.isEmpty
      && discourse.subjects.allSatisfy { subject in
        let tokens = tokens(in: subject)
        return tokens.count == 1
          || isOther && tokens.count == 2
            && tokens.allSatisfy { tag($0).isIn([.noun, .verb, .verbalNoun]) }
      }
      && predicate.relations.allSatisfy { isQuality($0) }
  }

  /// Whose aspect a predicate describes, where that stands before it in one phrase: 活动 in 活动主题是环保.
  func owner(describedBy predicate: PendingPredicate, of discourse: Discourse) -> TextRange? {
    guard predicate.isWord(of: [.copula, .position]), discourse.subjects.count == 1,
      let subject = discourse.subjects.first, !predicate.objects.contains(where: { isMeasure($0) })
    else { return nil }
    let tokens = tokens(in: subject)
    guard let aspect = tokens.last, isWord(aspect.range, of: .aspect),
      let owner = tokens.dropLast().last, tag(owner).isIn([.noun, .name, .verbalNoun])
    else { return nil }
    return TextRange(subject.start, owner.range.end)
  }

  /// Whether a predicate says what effect something has (具有意义, 有作用).
  func isEffect(_ predicate: PendingPredicate) -> Bool {
    predicate.isWord(of: .existential) && !predicate.objects.isEmpty
      && predicate.objects.allSatisfy { object in
        tokens(in: object).last.map { isWord($0.range, of: .shell) } ?? false
      }
  }

  /// Whether a predicate counts some of its subjects, and not of what they act on: 3万人失去生命,其中包括290名儿童.
  func countsSubjects(_ predicate: PendingPredicate, of discourse: Discourse) -> Bool {
    !predicate.objects.isEmpty && predicate.objects.allSatisfy { isCounted($0) }
      && discourse.subjects.contains { isCounted($0) }
      && !discourse.objects.contains { isCounted($0) }
  }

  /// Whether a predicate's object is what somebody asks for (提出三点建议).
  func isRequest(_ predicate: PendingPredicate) -> Bool {
    predicate.objects.last.flatMap { tokens(in: $0).last }.map {
      isWord($0.range, of: .performative)
    } ?? false
  }

  /// Whether a word beside a predicate says that it was done: 已完成, 拓展了.
  func isDone(_ predicate: PendingPredicate) -> Bool {
    predicate.relations.contains { relation in
      tokens.contains {
        ($0.range.start == relation.end || $0.range.end == relation.start)
          && isWord($0.range, of: .done)
      }
    }
  }

  /// Whether a predicate says what an aspect of something is, or where: in 丛书的特点是通俗 the book is told of next, in
  /// 论坛开幕。主题为环保 the forum, and in 震中位于甲县 not the middle of the quake.
  func isDescription(_ predicate: PendingPredicate, of discourse: Discourse) -> Bool {
    let isOfMeasure = predicate.objects.contains { isMeasure($0) || counted(in: $0) != nil }
    return (predicate.isWord(of: .copula) && !isOfMeasure || predicate.isWord(of: .position))
      && discourse.subjects.allSatisfy { isAspect($0) }
      && discourse.actors.contains {
        $0.start >= sentence.start || discourse.subjects.allSatisfy { isWord($0, of: .aspect) }
      }
  }
}
