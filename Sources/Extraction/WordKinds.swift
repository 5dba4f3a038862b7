/// What the last stages ask of a word: which of some classes its senses are of, all in one look at it.
struct WordKinds: OptionSet, Sendable {
  let rawValue: UInt128
  static let plan = WordKinds(rawValue: 1)
  static let wish = WordKinds(rawValue: 1 << 1)
  static let freePlace = WordKinds(rawValue: 1 << 2)
  static let collectiveMeasure = WordKinds(rawValue: 1 << 3)
  static let individualMeasure = WordKinds(rawValue: 1 << 4)
  static let nounMeasure = WordKinds(rawValue: 1 << 5)
  static let verbalMeasure = WordKinds(rawValue: 1 << 6)
  static let attribute = WordKinds(rawValue: 1 << 7)
  static let deed = WordKinds(rawValue: 1 << 8)
  static let head = WordKinds(rawValue: 1 << 9)
  static let reciprocalNoun = WordKinds(rawValue: 1 << 10)
  static let report = WordKinds(rawValue: 1 << 11)
  static let shell = WordKinds(rawValue: 1 << 12)
  static let shortNoun = WordKinds(rawValue: 1 << 13)
  static let numeral = WordKinds(rawValue: 1 << 14)
  static let organizationSuffix = WordKinds(rawValue: 1 << 15)
  static let personalPronoun = WordKinds(rawValue: 1 << 16)
  static let listMark = WordKinds(rawValue: 1 << 17)
  static let quantifier = WordKinds(rawValue: 1 << 18)
  static let counting = WordKinds(rawValue: 1 << 19)
  static let scope = WordKinds(rawValue: 1 << 20)
  static let surpassing = WordKinds(rawValue: 1 << 21)
  static let every = WordKinds(rawValue: 1 << 22)
  static let amount = WordKinds(rawValue: 1 << 23)
  static let change = WordKinds(rawValue: 1 << 24)
  static let copula = WordKinds(rawValue: 1 << 25)
  static let existential = WordKinds(rawValue: 1 << 26)
  static let manifest = WordKinds(rawValue: 1 << 27)
  static let reciprocalVerb = WordKinds(rawValue: 1 << 28)
  static let eventSuffix = WordKinds(rawValue: 1 << 29)
  static let meeting = WordKinds(rawValue: 1 << 30)
  static let breakdown = WordKinds(rawValue: 1 << 31)
  static let festival = WordKinds(rawValue: 1 << 32)
  static let demonstrative = WordKinds(rawValue: 1 << 33)
  static let wholeDemonstrative = WordKinds(rawValue: 1 << 34)
  static let reporter = WordKinds(rawValue: 1 << 35)
  static let coordinator = WordKinds(rawValue: 1 << 36)
  static let motion = WordKinds(rawValue: 1 << 37)
  static let thirdPerson = WordKinds(rawValue: 1 << 38)
  static let interrogative = WordKinds(rawValue: 1 << 39)
  static let timeLocalizer = WordKinds(rawValue: 1 << 40)
  static let occurring = WordKinds(rawValue: 1 << 41)
  static let performative = WordKinds(rawValue: 1 << 42)
  static let since = WordKinds(rawValue: 1 << 43)
  static let honorific = WordKinds(rawValue: 1 << 44)
  static let firstPerson = WordKinds(rawValue: 1 << 45)
  static let field = WordKinds(rawValue: 1 << 46)
  static let adjective = WordKinds(rawValue: 1 << 47)
  static let turning = WordKinds(rawValue: 1 << 48)
  static let running = WordKinds(rawValue: 1 << 49)
  static let done = WordKinds(rawValue: 1 << 50)
  static let statement = WordKinds(rawValue: 1 << 51)
  static let light = WordKinds(rawValue: 1 << 52)
  static let position = WordKinds(rawValue: 1 << 53)
  static let lacking = WordKinds(rawValue: 1 << 54)
  static let aspect = WordKinds(rawValue: 1 << 55)
  static let abstract = WordKinds(rawValue: 1 << 56)
  static let regard = WordKinds(rawValue: 1 << 57)
  static let sum = WordKinds(rawValue: 1 << 58)
  static let leader = WordKinds(rawValue: 1 << 59)
  static let speech = WordKinds(rawValue: 1 << 60)
  static let verb = WordKinds(rawValue: 1 << 61)
  static let passive = WordKinds(rawValue: 1 << 62)
  static let upToNow = WordKinds(rawValue: 1 << 63)
  static let hypernym = WordKinds(rawValue: 1 << 64)
  static let plural = WordKinds(rawValue: 1 << 65)
  static let crowd = WordKinds(rawValue: 1 << 66)
  static let vagueNumeral = WordKinds(rawValue: 1 << 67)
  static let duration = WordKinds(rawValue: 1 << 68)
  static let authoring = WordKinds(rawValue: 1 << 69)
  static let attending = WordKinds(rawValue: 1 << 70)
  static let agentive = WordKinds(rawValue: 1 << 71)
  static let convening = WordKinds(rawValue: 1 << 72)

  /// The class of the lexicon for each kind; those below it are of the kind as well.
  static let classNames: [(kind: WordKinds, name: String)] = [
    (.plan, "cue.plan"), (.wish, "cue.plan.wish"), (.freePlace, "localizer.place.free"),
    (.collectiveMeasure, "measure.collective"), (.individualMeasure, "measure.individual"),
    (.nounMeasure, "measure.noun"), (.verbalMeasure, "measure.verbal"),
    (.attribute, "noun.attribute"), (.deed, "noun.deed"), (.head, "noun.head"),
    (.reciprocalNoun, "noun.reciprocal"), (.report, "noun.report"), (.shell, "noun.shell"),
    (.shortNoun, "noun.short"), (.numeral, "numeral"), (.organizationSuffix, "orgsuffix"),
    (.personalPronoun, "pronoun.personal"), (.thirdPerson, "pronoun.personal.third"),
    (.listMark, "punct.list"),
    (.quantifier, "quantifier"), (.counting, "quantifier.counting"),
    (.scope, "quantifier.scope"), (.surpassing, "quantifier.surpassing"),
    (.every, "temporal.every"), (.amount, "verb.amount"), (.change, "verb.change"),
    (.copula, "verb.copula"), (.existential, "verb.existential"), (.manifest, "verb.manifest"),
    (.reciprocalVerb, "verb.reciprocal"), (.eventSuffix, "eventsuffix"),
    (.meeting, "verb.meeting"),
    (.breakdown, "cue.breakdown"), (.festival, "time.holiday"),
    (.festival, "time.festival-period"), (.festival, "time.solarterm"),
    (.demonstrative, "pronoun.demonstrative"),
    (.wholeDemonstrative, "pronoun.demonstrative.whole"), (.reporter, "noun.reporter"),
    (.coordinator, "conjunction.coordinate"),
    (.motion, "verb.motion"), (.interrogative, "pronoun.interrogative"),
    (.timeLocalizer, "localizer.time"), (.occurring, "verb.occurring"),
    (.performative, "verb.performative"), (.since, "verb.since"),
    (.honorific, "honorific"), (.firstPerson, "pronoun.personal.first"),
    (.field, "noun.field"), (.field, "verb.field"), (.adjective, "adjective"),
    (.turning, "verb.turning"), (.running, "adverb.time.running"),
    (.done, "adverb.time.done"), (.done, "aspect.done"),
    (.statement, "noun.statement"), (.light, "verb.light.deed"),
    (.position, "verb.position"), (.lacking, "verb.lacking"),
    (.aspect, "noun.aspect"), (.abstract, "noun.abstract"),
    (.regard, "preposition.regard"), (.sum, "quantifier.counting.sum"),
    (.leader, "title.leader"), (.speech, "verb.speech"), (.verb, "verb"),
    (.passive, "preposition.passive"), (.upToNow, "temporal.after.since"),
    (.hypernym, "noun.hypernym"), (.plural, "pronoun.demonstrative.plural"),
    (.plural, "quantity.pronoun.plural"), (.crowd, "noun.crowd"),
    (.vagueNumeral, "numeral.vague"), (.vagueNumeral, "numeral.inside"),
    (.duration, "measure.duration"), (.authoring, "verb.authoring"),
    (.attending, "verb.attending"), (.agentive, "preposition.agentive"),
    (.convening, "verb.convening"),
  ]
}
