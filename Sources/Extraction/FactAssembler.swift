internal import Annotations
internal import Rules

/// Pieces of clauses → facts: fills in the subject that a clause leaves out, splits coordinations, and
/// gives each fact its time, place, source and status.
///
/// ``ClausePart`` says what the pieces are. Results of the stage `facts` are facts as they are:
/// `FACT(subject, object, relation, org)`.
struct FactAssembler {
  private let phrases: SentencePhrases
  private var result: [Triple] = []

  // Of the sentence.
  private var time = GoverningTime()
  private var place = GoverningPlace()
  private var plan = GoverningPlan()
  /// Whether something is supposed of which all that follows depends (如果).
  private var isConditional = false
  private var words = ClauseWords()
  /// What has its effect on the deeds that come (对于了解历史，增强信心，具有意义), and how many facts there were before them.
  private var effect: (of: [TextRange], factsBefore: Int)?
  // Of the clause.
  private var clause = ClauseFrame()
  /// How many facts the clauses before this one gave.
  private var factsBefore = 0
  private var pending: PendingPredicate?
  /// The subject of the clause, while nothing else came behind it.
  private var lastSubject: TextRange?
  /// The pieces of relative clauses whose noun phrase has not come yet.
  private var relatives: [ClausePiece] = []

  init(phrases: SentencePhrases) { self.phrases = phrases }

  /// The facts that the clauses of the sentence tell.
  mutating func triples(of pieces: [ClausePiece], _ discourse: inout Discourse) -> [Triple] {
    discourse.beginSentence(in: phrases)
    for piece in pieces where !piece.isModifier(of: pieces) { take(piece, &discourse) }
    flush(&discourse)
    return result
  }

  private mutating func take(_ piece: ClausePiece, _ discourse: inout Discourse) {
    guard let range = phrases.range(of: piece) else { return }
    if !relatives.isEmpty, !piece.part.isRelative { takeRelatives(in: range, &discourse) }
    words.take(piece)
    let last = lastSubject
    lastSubject = nil
    switch piece.part {
    case .relative, .relativeSubject, .relativeObject: relatives.append(piece)
    case .clause: endClause(with: range, &discourse)
    case .unread:
      flush(&discourse)
      discourse.isUnread = true
    case .subject where phrases.isSpot(range) || phrases.isOccasion(range):
      flush(&discourse)
      clause.spot = range
    case .subject, .deed:
      lastSubject = range
      if let last, phrases.areJoined(last, range) {
        discourse.subjects += phrases.coordinated(range)
        break
      }
      flush(&discourse)
      topic(range, &discourse)
      discourse.isDeed = piece.part == .deed
    case .conjunct where pending != nil: pending?.add(range, in: phrases)
    case .speech where clause.isNegated && phrases.endsClause(range), .predicate, .attribute,
      .change, .resumed, .conjunct:
      // 结果没有公布，…: who publishes may speak, but is told of once.
      if pending?.relations == [range] { break }
      flush(&discourse)
      pending = PendingPredicate(range, piece.part, piece.provenance, in: phrases)
    case .object: pending?.take(objects: phrases.coordinated(range))
    case .light: pending?.take(deed: range, on: clause.target, in: phrases)
    case .amount:
      // 超过70个品种: with what is counted.
      let quantity = phrases.quantities.first {
        $0.range.start == range.start && range.contains($0.range)
      }
      if let predicate = quantity?.predicate {
        flush(&discourse)
        pending = PendingPredicate(
          predicate, .change, piece.provenance, objects: [TextRange(predicate.end, range.end)],
          in: phrases)
      }
    case .pivot:
      let objects = phrases.coordinated(range)
      pending?.objects += objects
      flush(&discourse)
      clause.leave(to: objects, in: phrases)
    case .inner, .moved:
      flush(&discourse)
      let actors = phrases.coordinated(range)
      clause.leave(to: actors, in: phrases)
      clause.moved = MovedActors(ranges: actors, goOn: piece.part == .moved)
    case .urging:
      flush(&discourse)
      clause.isUnmoved = clause.leavesOutSubject && !discourse.mayMove(in: phrases)
    case .recipient:
      if isOpen {
        pending?.recipient = range
      } else {
        clause.recipient = flushed(range, &discourse)
        if phrases.isRegard(range) { effect = (discourse.movers, result.count) }
        if clause.isPlanned, clause.inner == nil, phrases.isPartner(range) { plan.partner = range }
      }
    case .place:
      if isOpen {
        pending?.place = range
      } else {
        let isOpening = pending == nil && clause.leavesOutSubject
        place.take(flushed(range, &discourse), isOpening: isOpening, in: phrases)
      }
    case .target:
      clause.target = flushed(range, &discourse)
      if phrases.isRegard(range) { effect = (discourse.movers, result.count) }
    case .agent: clause.agent = flushed(range, &discourse)
    case .fronted: clause.fronted = flushed(range, &discourse)
    case .respective: clause.isRespective = true
    case .time: takeTime(range, &discourse)
    case .source:
      let source = phrases.shortName(phrases.withoutLocalizer(range))
      discourse.tell(
        source, isWritten: phrases.isWritten(range),
        goesOn: phrases.speaksOn(source) && !phrases.hasDeclared(range) || phrases.isReport(range))
    case .speech, .directive: takeSpeech(piece, &discourse)
    case .negation:
      if pending?.relations != [range] { flush(&discourse) }
      clause.isNegated.toggle()
    // 市场未曾预料，…: nothing is planned by what was not foreseen.
    case .plan where clause.isNegated && pending?.relations == [range]: break
    case .plan, .command:
      flush(&discourse)
      if !clause.hasSubject, phrases.isWord(range, of: .wish) { discourse.wish(in: phrases) }
      plan.take(range, isCommand: piece.part == .command)
      clause.isPlanned = true
    case .hypothesis:
      flush(&discourse)
      clause.isHypothesis = true
    case .condition:
      flush(&discourse)
      isConditional = true
    }
  }

  private mutating func takeTime(_ range: TextRange, _ discourse: inout Discourse) {
    guard phrases.isLength(range) else {
      let whole = time.joined(range, in: phrases)
      discourse.time.take(
        whole, isLeading: words.clause == nil && factsBefore == 0, in: phrases)
      time.take(whole, behindSubject: clause.hasSubject)
      return
    }
    // 有期徒刑十三年: the length of what stands before it.
    if let last = pending?.objects.last, last.end == range.start {
      pending?.objects.removeLast()
      pending?.objects.append(last.union(range))
    } else {
      time.take(length: phrases.withRunning(range))
    }
  }

  /// Somebody speaks: what follows is told by him.
  private mutating func takeSpeech(_ piece: ClausePiece, _ discourse: inout Discourse) {
    // 国家统计局发布，…: who publishes speaks. 《规划》发布，…: what is published does not.
    let published = pending?.relations == [piece.range] ? pending : nil
    // 发表声明称: who issues words speaks, and nothing else is told of him.
    if published != nil || phrases.isIssue(pending, before: piece.range) { pending = nil }
    flush(&discourse)
    // 欢迎企业来投资，强调…: who moved others to act speaks, not they.
    if !clause.hasSubject, clause.inner == nil { discourse.returnToMovers() }
    let speakers = clause.inner ?? phrases.speakers(discourse, ownSubject: clause.hasSubject)
    if published != nil, !speakers.contains(where: { phrases.mayPublish($0, discourse) }) {
      pending = published
      return
    }
    if phrases.isReporter(speakers) {
      discourse.words.source = nil
    } else if let source = discourse.words.source,
      speakers.contains(where: { phrases.isStatement($0) })
    {
      // 外交部宣布…。声明称，…: they are still the words of who made it.
      discourse.tell(source, isWritten: discourse.words.isWritten, goesOn: true)
    } else if !phrases.speakOfThemselves(speakers, discourse),
      let source = phrases.speakerName(speakers, discourse)
    {
      if clause.hasSubject, !clause.isNegated {
        discourse.attribute(to: source, before: speakers, in: phrases)
      }
      discourse.speak(source, of: speakers, with: piece.range, in: phrases)
    }
    discourse.words.quotation = OpenQuotation(behind: piece.range, in: phrases.text)
    time.speak(ownSubject: clause.hasSubject)
    discourse.speakers = speakers
    discourse.actors = []
    discourse.isSpeaker = true
    discourse.isDirective = piece.part == .directive || speakers.contains { phrases.isReport($0) }
    // 呼吁实施停火: what is asked for is not done by who asks.
    if discourse.isDirective { clause.hasSubject = false }
    plan.speak(with: piece.range)
    clause.isPlanned = false
  }

  /// Whether the last predicate may still take what follows it: it has no object yet.
  private var isOpen: Bool { pending.map { $0.objects.isEmpty } ?? false }

  /// A range that belongs to the next predicate: the last one is done.
  private mutating func flushed(_ range: TextRange, _ discourse: inout Discourse) -> TextRange {
    flush(&discourse)
    return range
  }

  /// The facts of the relative clauses in a noun phrase (位于泉州的海外交通史博物馆).
  private mutating func takeRelatives(in phrase: TextRange, _ discourse: inout Discourse) {
    let clauses = phrases.relativeClauses(relatives, in: phrase)
    relatives = []
    for clause in clauses where phrases.isTold(clause) {
      result += phrases.triples(of: clause, source: discourse.words.namedSource)
    }
  }

  /// Ends a clause at a mark.
  private mutating func endClause(with mark: TextRange, _ discourse: inout Discourse) {
    // 专家预计,未来三天,雨会停; 十年来,…: a clause with nothing but a time goes on with the next.
    let goesOn = words.clause == nil && pending == nil
    let isAsking = pending.map { phrases.isRequest($0) } ?? false
    words.end(
      with: pending, ownSubject: clause.hasSubject,
      isSilent: plan.isCommand || discourse.subjects.contains { phrases.isDocument($0) })
    flush(&discourse)
    // A question tells nothing.
    if phrases.text.characters[mark.start] == 0x3F, phrases.isLast(mark) {
      result.removeSubrange(factsBefore...)
    }
    factsBefore = result.count
    // 提出三点建议：一是加强合作: what is asked for is not done by who asks.
    if isAsking, phrases.isLast(mark) || phrases.text.characters[mark.start] == 0x3A {
      discourse.isDirective = true
    }
    discourse.pass(to: clause.moved, at: mark, in: phrases)
    time.endClause(goesOn: goesOn)
    place.endClause()
    // 建议，会议在北京举行: the clause behind the comma is what is asked for, with a subject of its own or without.
    let isAsked = plan.endClause()
    let isPlanned = isAsked || goesOn && clause.isPlanned
    clause = ClauseFrame()
    clause.isPlanned = isPlanned
  }

  private mutating func topic(_ range: TextRange, _ discourse: inout Discourse) {
    effect = nil
    discourse.take(topic: range, in: phrases)
    clause.hasSubject = true
    // 未经批准任何人不得进入: what was denied before is another deed; but 山上没有庙.
    clause.isNegated = clause.isNegated && clause.spot == range
    clause.inner = nil
    // A clause with a subject of its own is no longer part of the plan before it; in 要加强领导，深入开展检查 it has none.
    if !clause.isPlanned, !plan.isOfWords, !(plan.isCommand && phrases.beginsWithDeed(range)) {
      plan.end()
    }
  }

  /// A place that stands where a subject does is what exists is told of (山上有一座庙), or what nobody else acts in;
  /// otherwise it is where its clause happens (大棚里，我们…), unless it is no place (新征程上，我们…).
  private mutating func settleSpot(_ predicate: PendingPredicate, _ discourse: inout Discourse) {
    guard let spot = clause.spot, clause.leavesOutSubject else { return }
    if phrases.isOccasion(spot) {
      // 期间将举办论坛: by itself it does not say when.
      if phrases.tokens(in: spot).count > 1 { time.take(spot, behindSubject: false) }
      return
    }
    let isPlace = !phrases.isAbstractSpot(spot)
    if phrases.tellsOfExistence(predicate) || phrases.isOfAmount(predicate) || clause.agent != nil
      || predicate.part == .resumed
      || isPlace && (discourse.subjects.isEmpty || !mayCarry(predicate, discourse))
    {
      topic(spot, &discourse)
    } else if isPlace {
      place.take(otherwise: spot)
    }
  }

  /// Makes the facts of the last predicate.
  private mutating func flush(_ discourse: inout Discourse) {
    guard var predicate = pending.take() else { return }
    settleSpot(predicate, &discourse)
    if clause.leavesOutSubject {
      tellOfAttribute(&predicate, &discourse)
      tellOfObject(&predicate, &discourse)
    }
    if let effect, phrases.isEffect(predicate) { end(effect, &discourse) }
    let (subjects, isCarried) = subjects(of: predicate, &discourse)
    if isExhortation(to: subjects, isCarried, discourse) { return }
    var roles = ClauseRoles(
      of: predicate, in: clause, about: subjects, partner: isCarried ? plan.partner : nil, phrases)
    guard isTold(predicate, roles, isCarried, discourse) else { return }
    // 俄方未作回应。 Who says nothing is no source, and is told of by the reporter.
    if clause.isNegated, predicate.isWord(of: .speech) { discourse.endWords() }
    // 包括…,也包括…: both are of what was acted on before; what is measured, done by (以改革为主题,包括…), or only where
    // something is (发生地震,震中位于青海,震源深度…) is not that.
    if clause.inner == nil, predicate.part != .resumed, predicate.part != .attribute,
      !predicate.isWord(of: .position)
    {
      let acted = clause.fronted == nil ? roles.objects : []
      discourse.objects = acted.filter { !phrases.isMeasure($0) && !phrases.isBareVerb($0) }
    }
    if let all = roles.unite(of: predicate, in: clause, phrases), !isCarried,
      phrases.isNumber(predicate, roles.objects)
    {
      discourse.subjects = [all]
    }
    tell(predicate, roles, isCarried: isCarried && !roles.namesActor, &discourse)
    leave(predicate, roles, isCarried, &discourse)
    clause.endPredicate()
  }

  /// What has an effect does none of the deeds that it has it on.
  private mutating func end(
    _ effect: (of: [TextRange], factsBefore: Int), _ discourse: inout Discourse
  ) {
    self.effect = nil
    guard clause.leavesOutSubject else { return }
    result.removeSubrange(effect.factsBefore...)
    factsBefore = min(factsBefore, result.count)
    discourse.turn(to: effect.of, in: phrases)
  }

  /// Whom a predicate is told of, and whether an earlier clause named them.
  private mutating func subjects(
    of predicate: PendingPredicate, _ discourse: inout Discourse
  ) -> (ranges: [TextRange], isCarried: Bool) {
    let isAmount = phrases.isOfAmount(predicate)
    guard clause.leavesOutSubject else {
      if clause.hasSubject,
        isAmount || phrases.isQuality(predicate, of: discourse)
          || phrases.isDescription(predicate, of: discourse),
        !discourse.subjects.contains(where: { phrases.isNamed($0) })
      {
        discourse.isMeasure = true
      }
      if clause.hasSubject, let owner = phrases.owner(describedBy: predicate, of: discourse) {
        discourse.actors = [owner]
        discourse.isMeasure = true
      }
      return (clause.inner ?? discourse.subjects, false)
    }
    if let told = words.told, predicate.isWord(of: .manifest) { return ([told], false) }
    var subjects = discourse.subjects
    if predicate.part == .change, let measured = discourse.measured { subjects = [measured] }
    // 收获小麦800万亩,占种植面积的99%: what was counted is that share.
    if phrases.isShareOf(predicate), discourse.objects.count == 1,
      discourse.objects.allSatisfy({ phrases.counted(in: $0) != nil })
    {
      subjects = discourse.objects
    }
    if discourse.isMeasure, !discourse.actors.isEmpty, !isAmount,
      !predicate.objects.contains(where: { phrases.isMeasure($0) })
    {
      discourse.subjects = discourse.actors
      discourse.isMeasure = false
      subjects = discourse.subjects
    }
    if predicate.part == .resumed, !discourse.objects.isEmpty,
      !phrases.countsSubjects(predicate, of: discourse)
    {
      subjects = discourse.allObjects
    }
    if let site = discourse.site(for: predicate, in: phrases) { subjects = site }
    return (subjects, true)
  }

  /// Whether something is only asked for, and of nobody: 要加强领导 is said to those who listen, not told of anybody; what a
  /// document lays down is told of whom it names. Who is named goes on to be told what to do.
  private mutating func isExhortation(
    to subjects: [TextRange], _ isCarried: Bool, _ discourse: Discourse
  ) -> Bool {
    guard plan.isCommand else { return false }
    if isCarried { return !plan.isAddressed }
    let isSaid = discourse.words.source != nil && !discourse.words.isWritten
    let isNamed = subjects.contains { phrases.isNamed($0) }
    if isSaid && !isNamed || subjects.allSatisfy({ phrases.beginsWithDeed($0) }) { return true }
    if clause.inner == nil { plan.isAddressed = isNamed }
    return false
  }

  /// Whether a predicate makes a fact.
  private func isTold(
    _ predicate: PendingPredicate, _ roles: ClauseRoles, _ isCarried: Bool, _ discourse: Discourse
  ) -> Bool {
    let isAsserted = plan.status(in: clause, isConditional: isConditional) == .asserted
    // 发挥作用，推动企业创新: it is wished for.
    if clause.inner != nil, clause.isUnmoved, isAsserted { return false }
    guard isCarried, !roles.actors.isEmpty else { return !roles.actors.isEmpty }
    // 试点内容包括向企业开放数据: what is acted on is a clause. 公布条例，自5月1日起施行; 公司位于杭州，1990年上市: its time is told.
    let isDated =
      time.standsInClause && (predicate.part == .resumed || predicate.isWord(of: .since))
    if predicate.part == .resumed, roles.isBare, !isDated { return false }
    if clause.agent != nil { return true }
    // A verb with nothing of its own, neither actor nor anything acted on, is mostly a noun or the rest of one; but 1990年上市.
    return mayCarry(predicate, discourse)
      && (!roles.isBare || isDated || clause.isNegated || !isAsserted
        || predicate.isWord(of: .light) || place.isNamed(for: predicate, in: phrases))
  }

  /// Leaves to the next clauses what this one told of.
  private func leave(
    _ predicate: PendingPredicate, _ roles: ClauseRoles, _ isCarried: Bool,
    _ discourse: inout Discourse
  ) {
    let isAmount = phrases.isOfAmount(predicate)
    if predicate.part == .attribute, !predicate.isWord(of: .amount),
      let relation = predicate.relations.first
    {
      discourse.measure(relation, ownSubject: clause.hasSubject)
    } else if roles.objects.count == 1, let object = roles.objects.first,
      !phrases.endsWithShare(object)
    {
      // 下达资金100亿元,增加30亿元: what grew is what was counted; 出口100亿元,增长2%: it is what was done, but not where the
      // subject is an amount (投资完成100亿元,增长2%). A share is of the subject (计划完成38%,提高5个百分点).
      if let counted = phrases.counted(in: object) {
        discourse.measured = counted
      } else if phrases.isMeasure(object), !isAmount, !phrases.tellsOfExistence(predicate),
        !(clause.hasSubject && discourse.subjects.allSatisfy { phrases.isAspect($0) }),
        let relation = predicate.relations.first
      {
        discourse.measure(relation, ownSubject: clause.hasSubject)
      }
    }
    // 山上有一座寺庙，建于唐代: what is there is told of, and not where.
    if !isCarried, clause.inner == nil, predicate.isWord(of: .existential),
      !discourse.objects.isEmpty, !isAmount,
      discourse.subjects.allSatisfy({ phrases.isSpot($0) })
    {
      discourse.find(discourse.objects, by: predicate, in: phrases)
    }
  }

  /// Makes the facts of who acts on what: one of each pair, or of those that belong together.
  private mutating func tell(
    _ predicate: PendingPredicate, _ roles: ClauseRoles, isCarried: Bool,
    _ discourse: inout Discourse
  ) {
    var roles = roles
    if clause.isRespective {
      // 对甲国和乙国分别出口3万台和5万台: each amount goes to one of them.
      let receivers = roles.receiver.map { phrases.coordinated($0) } ?? []
      if receivers.count > 1, receivers.count == roles.objects.count {
        for (object, receiver) in zip(roles.objects, receivers) {
          tell(
            predicate, of: roles.actors, [object], to: receiver, isCarried: isCarried, &discourse)
        }
        return
      }
      roles.pair(in: phrases)
    }
    tell(
      predicate, of: roles.actors, roles.objects, to: roles.receiver, measure: roles.measure,
      isCarried: isCarried, &discourse)
  }

  /// Makes a fact of each relation, actor and object.
  private mutating func tell(
    _ predicate: PendingPredicate, of actors: [TextRange], _ objects: [TextRange],
    to receiver: TextRange?, measure: TextRange? = nil, isCarried: Bool,
    _ discourse: inout Discourse
  ) {
    // 会议在京召开，市长出席: what took place.
    let event = objects.isEmpty && predicate.isWord(of: .attending) ? discourse.event : nil
    let objects = event.map { [$0] } ?? objects
    discourse.hold(predicate, of: actors, objects, in: phrases)
    let objectCount = max(1, objects.count)
    let isGroup = actors.count * objectCount > 1
    let isOneByOne = clause.isRespective && actors.count == objectCount
    var status = plan.status(of: predicate, in: clause, isConditional: isConditional, phrases)
    if status == .planned, phrases.isDone(predicate) {
      // 可装载500人，填补了空白; 将于明日开幕，目前已完成布展: what was done is no plan, nor is what goes on with it.
      status = .asserted
      plan.end()
    }
    status = discourse.settle(
      status, of: predicate, by: actors, isCarried: isCarried,
      isOwn: !self.time.isEmpty || clause.inner != nil, in: phrases)
    let isFigure = phrases.isFigure(predicate, objects)
    var time = self.time.of(
      predicate, status,
      isOther: clause.hasSubject && (clause.isNegated || phrases.isSize(predicate)), in: phrases
    ).map { Slot(range: $0) }
    if self.time.isEmpty {
      time = discourse.time.time(
        of: predicate, actors, status, isFigure: isFigure, isSaid: discourse.words.source != nil,
        in: phrases
      ).map { Slot(range: $0, carried: true) }
    } else {
      discourse.time.note(time?.range, of: predicate, isFigure: isFigure, in: phrases)
    }
    // 明天开幕，这是首届展会: what something is it is not only then.
    if status == .asserted, let time, phrases.isToCome(time.range), !phrases.isDone(predicate),
      !predicate.isWord(of: .copula)
    {
      status = .planned
    }
    for relation in predicate.relations {
      if isGroup { discourse.groups += 1 }
      let relationName = phrases.name(of: relation, in: predicate, measure: measure)
      let relationType = phrases.relationType(relation)
      for (number, actor) in actors.enumerated() {
        for acted in isOneByOne ? number..<number + 1 : 0..<objectCount {
          var triple = Triple(
            subject: Slot(range: actor, carried: isCarried), relation: Slot(range: relation),
            object: objects.isEmpty ? nil : Slot(range: objects[acted], carried: event != nil),
            status: status,
            provenance: predicate.provenance, sentence: phrases.sentence)
          triple.relationName = relationName
          triple.relationType = relationType
          triple.time = time
          triple.place = (predicate.place ?? place.range(of: predicate)).map { Slot(range: $0) }
          triple.recipient = receiver.map { Slot(range: $0) }
          triple.source = discourse.words.namedSource
          triple.group = isGroup ? discourse.groups : nil
          result.append(triple)
        }
      }
    }
  }

  /// Whether the subject of an earlier clause is that of a predicate without one.
  ///
  /// No subject goes over a clause that was not read. Of a deed only what it is goes on (加强治理是…，是…). In somebody's
  /// words and in conditions what there is not (如果没有支援) is said of nobody, or of a place. What a sentence counts of the one
  /// before (其中，出口50亿元) is of any subject; what somebody asks of his hearers has none but that of an amount.
  private func mayCarry(_ predicate: PendingPredicate, _ discourse: Discourse) -> Bool {
    let isAmount = predicate.objects.contains { phrases.isMeasure($0) }
    if discourse.isUnread || discourse.isDirective && !isAmount { return false }
    // 专家表示，建校60周年是里程碑: what is told to be something is not who tells it.
    if discourse.isSpeaker, clause.fronted == nil,
      predicate.isWord(of: [.copula, .existential]), !predicate.isWord(of: .occurring),
      !discourse.speakers.contains(where: { phrases.isDocument($0) })
    {
      return false
    }
    if discourse.isDeed, !predicate.isWord(of: .copula) { return false }
    if predicate.isWord(of: .lacking), isConditional || discourse.words.source != nil,
      discourse.subjects.allSatisfy({ !phrases.isSpot($0) })
    {
      return false
    }
    guard let subject = discourse.subjects.first, subject.start < phrases.sentence.start else {
      return true
    }
    if isAmount, clause.recipient == nil, phrases.isBreakdown { return true }
    return discourse.goesOn(isAmount: isAmount)
  }

  /// What is measured of nobody, or of what is only measured itself (产量增长，发电量达…), is the subject itself
  /// (市场占有率 | 超过 | 50%), or what stands before its last word is (全市常住人口 | 491万人); behind 甲公司股价 it is of the firm.
  private mutating func tellOfAttribute(
    _ predicate: inout PendingPredicate, _ discourse: inout Discourse
  ) {
    guard predicate.part == .attribute, let attribute = predicate.relations.first,
      let object = predicate.objects.first,
      discourse.subjects.allSatisfy({ phrases.isAspect($0) })
    else { return }
    let isFirst = discourse.subjects.allSatisfy { $0.start < phrases.sentence.start }
    discourse.subjects = discourse.subjects.compactMap { phrases.owner(of: $0) }
    if !discourse.subjects.isEmpty { return }
    if let verb = phrases.quantities.first(where: { $0.range == object })?.predicate {
      topic(attribute, &discourse)
      predicate.replace(with: [verb], in: phrases)
      predicate.objects = [TextRange(verb.end, object.end)]
    } else if let owned = phrases.ownerAndMeasure(of: attribute, inWord: isFirst) {
      topic(owned.owner, &discourse)
      predicate.replace(with: [owned.measure], in: phrases)
    } else {
      // 零售总额3万亿元，增长2%: what grew.
      discourse.measured = attribute
    }
  }

  /// What takes place or is there with nobody who does or has it is told of: 10日举行会议 as 会议举行, 现有病例20例 as 病例现有20例.
  private mutating func tellOfObject(
    _ predicate: inout PendingPredicate, _ discourse: inout Discourse
  ) {
    guard predicate.isWord(of: .occurring), clause.agent == nil, clause.target == nil,
      clause.fronted == nil, !plan.isCommand, !discourse.isDirective,
      let first = predicate.objects.first,
      discourse.isOccurrence || discourse.subjects.isEmpty || !mayCarry(predicate, discourse)
    else { return }
    let counted = phrases.counted(in: first)
    if predicate.objects.count == 1, let counted, counted.end < first.end {
      discourse.turn(to: [counted], in: phrases)
      predicate.objects = [TextRange(counted.end, first.end)]
    } else {
      discourse.turn(to: predicate.objects, in: phrases)
      predicate.objects = []
    }
    discourse.isOccurrence = true
    clause.hasSubject = true
  }
}
