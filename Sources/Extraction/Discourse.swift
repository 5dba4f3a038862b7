internal import Annotations

/// Those whom a clause moves to act.
struct MovedActors {
  var ranges: [TextRange]
  /// Whether they go on to act, whoever moved them (鼓励企业加大投入，扩大出口).
  var goOn: Bool
}

/// What one clause leaves to the next: the subject, the time, the source.
struct Discourse {
  /// The subjects of the last clause that had any; several when they were coordinated.
  var subjects: [TextRange] = []
  /// Those who left what follows to others whom they moved (丛书帮助读者了解历史), while these are the subjects.
  private var movedBy: [TextRange]?
  /// Whether a name stands in those, where they can act themselves: the next sentence and what is wished are told of them again.
  private var returning: Bool?
  /// What the last clauses were told of, before it moved others to act.
  var movers: [TextRange] { movedBy ?? subjects }
  /// The subjects that spoke last.
  var speakers: [TextRange] = []
  /// The words that tell what follows.
  var words = ReportedWords()
  /// What was quoted before a clause of the sentence named its speaker.
  var attributed: [AttributedQuotation] = []
  /// The words that go on behind those of people in general (有人认为，…).
  private var interrupted: ReportedWords?
  /// What was measured last (进出口总值), while the subject is the same.
  var measured: TextRange?
  /// When it happened, as far as later sentences do not say it.
  var time = CarriedTime()
  /// Whether a name stands in the subjects.
  var isNamed = false
  /// Whether what is told without a subject is asked of the hearers.
  var isDirective = false
  /// What the last fact of the sentence acted on.
  var objects: [TextRange] = []
  /// Those together where they stand in a row (设立五个分会场和两个展区,用于…).
  var allObjects: [TextRange] {
    guard let first = objects.first, let last = objects.last, first.end <= last.start else {
      return objects
    }
    return [first.union(last)]
  }
  /// The subjects before those that were only measured (参展企业达到1万家), which the next act is not of.
  var actors: [TextRange] = []
  /// Whether nothing but amounts was told of the subjects.
  var isMeasure = false
  /// Whether the subject spoke, and what follows is what was said.
  var isSpeaker = false
  /// Whether the subject is a deed and no actor.
  var isDeed = false
  /// Whether the subject took place with nobody who did it (将举办展览，并举办论坛): what takes place next is not by it.
  var isOccurrence = false
  /// Whether a clause behind the subject was not read, which may have had another one.
  var isUnread = false
  /// The person that a subject named last.
  var person: TextRange?
  /// The organization that a subject named last.
  var organization: TextRange?
  /// Whether what was told of the subjects last is only planned.
  private var intends = false
  /// Whether they are somebody.
  private var canAct = false
  /// What was found last, where, and the verb that says so.
  private var finding: (site: [TextRange], found: [TextRange], verb: String)?
  /// What took place last, which those who come to it attend.
  private(set) var event: TextRange?
  /// The number of coordinations that were split so far.
  var groups = 0
  /// Posts and aliases that were stated already: they stand once a document.
  var stated: Set<String> = []

  /// The last quantity of the sentence before: what it counts may not be said again.
  var lastQuantity: Quantity?

  /// Something is found where the subjects are: what follows is told of it.
  mutating func find(
    _ found: [TextRange], by predicate: PendingPredicate, in phrases: SentencePhrases
  ) {
    finding = (site: subjects, found, verb: verb(of: predicate, in: phrases))
    subjects = found
  }

  /// Where something was found, while that is told of: what the same verb says is there as well (他们中有教师，也有医生) is not in it.
  func site(for predicate: PendingPredicate, in phrases: SentencePhrases) -> [TextRange]? {
    guard let finding, finding.found == subjects,
      finding.verb == verb(of: predicate, in: phrases)
    else { return nil }
    return finding.site
  }

  /// The last character of a predicate: 有 of 也有.
  private func verb(of predicate: PendingPredicate, in phrases: SentencePhrases) -> String {
    predicate.relations.last.map { phrases.text.string($0.suffix(1)) } ?? ""
  }

  /// Whether another sentence may tell of the subjects: of a name, in somebody's words only with an amount, and of those who can
  /// act what they plan on top of what they plan (中方愿加强合作。扩大开放).
  func goesOn(isAmount: Bool) -> Bool {
    let plans = intends && canAct
    return (isNamed || plans) && (isAmount || words.source == nil || plans)
  }

  /// The status of what is told of some actors: what goes on from another sentence is planned where that was (银行将降低利率。
  /// 扩大贷款), unless it says when or is told of others.
  mutating func settle(
    _ status: Status, of predicate: PendingPredicate, by actors: [TextRange], isCarried: Bool,
    isOwn: Bool, in phrases: SentencePhrases
  ) -> Status {
    guard actors == subjects else { return status }
    guard isCarried, actors.allSatisfy({ $0.start < phrases.sentence.start }) else {
      intends = status == .planned
      return status
    }
    let goesOn = intends && status == .asserted && !isOwn && !phrases.isDone(predicate)
    return goesOn ? .planned : status
  }

  /// Forgets what is of one sentence only, and who spoke where the next one is not told by him.
  mutating func beginSentence(in phrases: SentencePhrases) {
    let isClosed =
      words.quotation?.ends(before: phrases.sentence.start, in: phrases.text) ?? false
    if let interrupted, isClosed || words.quotation == nil {
      words = interrupted
      self.interrupted = nil
    } else if isClosed || words.source.map({ phrases.isSpoken(of: $0) }) ?? false {
      words.source = nil
      words.quotation = nil
    }
    words.isOld = words.source != nil
    attributed = []
    objects = []
    actors = []
    returnToMovers()
  }

  /// Tells of those again who moved others to act.
  mutating func returnToMovers() {
    guard let movedBy, let returning else { return }
    subjects = movedBy
    isNamed = returning
    self.movedBy = nil
    self.returning = nil
  }

  /// Takes who tells what follows; `goesOn` says whether that may be more than the sentence.
  mutating func tell(_ source: TextRange, isWritten: Bool, goesOn: Bool) {
    words = ReportedWords(source: source, isWritten: isWritten, goesOn: goesOn)
    interrupted = nil
    time.endNarration()
  }

  /// Takes whoever speaks with a verb.
  mutating func speak(
    _ source: TextRange, of speakers: [TextRange], with verb: TextRange, in phrases: SentencePhrases
  ) {
    if phrases.isCrowd(source) { return hear(source) }
    tell(
      source, isWritten: speakers.contains { phrases.isWritten($0) },
      goesOn: phrases.tellsOn(source, by: verb) || source == words.source && words.goesOn)
  }

  /// Takes that what was quoted right before those who speak is told by them.
  mutating func attribute(
    to source: TextRange, before speakers: [TextRange], in phrases: SentencePhrases
  ) {
    guard let first = speakers.first,
      let quoted = AttributedQuotation(before: first, by: source, in: phrases.text)
    else { return }
    attributed.append(quoted)
  }

  /// Takes that people in general tell the sentence, and not more: who spoke before goes on behind it.
  private mutating func hear(_ crowd: TextRange) {
    let before = interrupted ?? words.goingOn
    tell(crowd, isWritten: false, goesOn: false)
    interrupted = before
  }

  /// Goes on with the reporter, unless a document still lays down what follows.
  mutating func endWords() {
    if words.isOld, !words.isWritten { words.source = nil }
  }

  /// Takes whom what follows is told of.
  mutating func turn(to subjects: [TextRange], in phrases: SentencePhrases) {
    self.subjects = subjects
    intends = false
    movedBy = nil
    returning = nil
    isNamed = subjects.contains { phrases.isNamed($0) }
    canAct = subjects.allSatisfy { phrases.isActor($0) }
    measured = nil
    isMeasure = false
    isDeed = false
    isOccurrence = false
    isUnread = false
  }

  /// Takes the subject of a clause.
  mutating func take(topic: TextRange, in phrases: SentencePhrases) {
    keepActors(before: topic, in: phrases)
    // Who is told of by name in a later sentence is told of by the reporter.
    if words.isOld, let source = words.source,
      phrases.isPerson(topic) || phrases.isSpoken(of: source, in: topic)
    {
      words.source = nil
    }
    turn(to: phrases.coordinated(topic), in: phrases)
    // 企业掌握了技术，代表的是先进水平，获得了认可: what a clause is said of without a head is no actor of the next.
    isMeasure = phrases.tokens(in: topic).last.map { phrases.tag($0) == .particle } ?? false
    isDirective = false
    if let name = phrases.lastName(of: .person, in: topic) { person = name }
    if let name = phrases.lastName(of: .organization, in: topic) { organization = name }
  }

  /// Takes what a predicate says takes place.
  mutating func hold(
    _ predicate: PendingPredicate, of actors: [TextRange], _ objects: [TextRange],
    in phrases: SentencePhrases
  ) {
    guard predicate.isWord(of: .meeting),
      let held = (objects + actors).first(where: { phrases.isEvent($0) })
    else { return }
    event = held
  }

  /// Takes what was measured, with whose it is where that stands before it as the subject of the clause (四川进出口总值2350.4亿元,
  /// 机电产品出口3万亿元).
  mutating func measure(_ measure: TextRange, ownSubject: Bool) {
    let owner = ownSubject ? subjects.first : nil
    measured = owner.flatMap { $0.end == measure.start ? $0.union(measure) : nil } ?? measure
  }

  /// Keeps those whom the last clause told of before another subject, which may be nothing but measured; who spoke is not.
  private mutating func keepActors(before subject: TextRange, in phrases: SentencePhrases) {
    if isSpeaker {
      actors = []
    } else if !isMeasure
      || actors.isEmpty && phrases.isAspect(subject)
        && !subjects.contains(where: { phrases.isAspect($0) })
    {
      actors = subjects
    }
    isSpeaker = false
  }

  /// Whether somebody is told of who may move others to act in a clause without a subject.
  func mayMove(in phrases: SentencePhrases) -> Bool {
    guard !isUnread, !isDirective, !isDeed, let subject = subjects.first else { return false }
    return subject.start >= phrases.sentence.start || isNamed && words.source == nil
  }

  /// Tells of who speaks, where nobody who is told of can wish: 表示，两国关系良好，愿加强合作.
  mutating func wish(in phrases: SentencePhrases) {
    returnToMovers()
    guard !speakers.isEmpty,
      !subjects.contains(where: { phrases.isName($0) || phrases.mayAct($0) })
    else { return }
    turn(to: speakers, in: phrases)
    actors = []
  }

  /// Leaves the deeds behind a mark to those whom a clause moves to act, where what it is told of cannot act
  /// (丛书帮助读者了解历史，增强信心) or they go on; as far as there are but commas.
  mutating func pass(to moved: MovedActors?, at mark: TextRange, in phrases: SentencePhrases) {
    defer { if phrases.text.characters[mark.start] != 0x2C { returnToMovers() } }
    guard let moved, moved.ranges.allSatisfy({ phrases.isActor($0) }),
      moved.goOn
        || !subjects.isEmpty
          && subjects.allSatisfy({ $0.start >= phrases.sentence.start && !phrases.isActor($0) })
    else { return }
    let (movers, wasNamed) = (self.movers, returning ?? isNamed)
    turn(to: moved.ranges, in: phrases)
    movedBy = movers
    returning = moved.goOn ? wasNamed : nil
  }

  /// Forgets all but who was named last and what is of the whole document.
  mutating func endParagraph() {
    var next = Discourse()
    (next.person, next.organization) = (person, organization)
    (next.groups, next.stated) = (groups, stated)
    self = next
  }
}
