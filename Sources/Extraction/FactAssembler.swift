internal import Annotations
internal import Rules

/// Clause parts → facts: fills in the subject that a clause leaves out, splits coordinations, and
/// gives each fact its time, place, source and status.
///
/// The parts come from the stage `clauses`, one class each:
/// - `TOPIC(subject)`: a noun phrase that may be a subject.
/// - `PREDICATE(relation, object?, recipient?, next = "object")`: a predicate and what follows it;
///   `next` says who is the subject of a predicate behind it.
/// - `WHEN`, `PLACE(place)`, `RECIPIENT(recipient)`, `SOURCE(source)`, `AGENT(subject)` (被),
///   `FRONTED(object)` (把), `SPEECH(subject?)`: what they say.
/// - `NEGATION`, `PLAN`, `HYPOTHESIS`: cues. `CLAUSE`: a border.
///
/// Results of the stage `facts` are facts as they are: `FACT(subject, object, relation, org)`.
struct FactAssembler {
  private let phrases: SentencePhrases
  private var result: [Triple] = []

  // Of the sentence.
  private var time: TextRange?
  private var hypothesis = false
  private var plan = false
  // Of the clause.
  private var place: TextRange?
  private var recipient: TextRange?
  private var agent: TextRange?
  private var fronted: TextRange?
  private var negated = false
  private var ownSubject = false
  private var inner: [TextRange]?
  private var planHere = false

  init(phrases: SentencePhrases) { self.phrases = phrases }

  /// The facts of the sentence.
  mutating func triples(
    frames: [RuleMatch], facts: [RuleMatch], discourse: inout Discourse
  ) -> [Triple] {
    discourse.sourceIsOld = discourse.source != nil
    for frame in frames {
      switch phrases.category(frame) {
      case "CLAUSE": endClause()
      case "TOPIC": topic(frame, &discourse)
      case "PREDICATE": predicate(frame, &discourse)
      case "WHEN": time = frame.range("time") ?? frame.range
      case "PLACE": place = frame.range("place") ?? frame.range
      case "RECIPIENT": recipient = frame.range("recipient") ?? frame.range
      case "AGENT": agent = frame.range("subject")
      case "FRONTED": fronted = frame.range("object")
      case "SOURCE":
        if let source = frame.range("source") { discourse.source = shortName(source) }
      case "SPEECH": speech(frame, &discourse)
      case "NEGATION": negated.toggle()
      case "PLAN":
        plan = true
        planHere = true
      case "HYPOTHESIS": hypothesis = true
      default: break
      }
    }
    for fact in facts { state(fact, &discourse) }
    return result
  }

  private mutating func endClause() {
    place = nil
    recipient = nil
    agent = nil
    fronted = nil
    negated = false
    ownSubject = false
    inner = nil
    planHere = false
  }

  private mutating func topic(_ frame: RuleMatch, _ discourse: inout Discourse) {
    guard let range = frame.range("subject") else { return }
    discourse.subjects = coordinated(range)
    ownSubject = true
    inner = nil
    // A clause with a subject of its own is no longer part of the plan before it.
    if !planHere { plan = false }
  }

  private mutating func speech(_ frame: RuleMatch, _ discourse: inout Discourse) {
    let speaker = frame.range("subject") ?? discourse.subjects.first
    if let speaker { discourse.source = shortName(speaker) }
    plan = false
    planHere = false
  }

  private mutating func predicate(_ frame: RuleMatch, _ discourse: inout Discourse) {
    guard let relation = frame.range("relation") else { return }
    if let subject = frame.range("subject") {
      discourse.subjects = coordinated(subject)
      ownSubject = true
      inner = nil
      if !planHere { plan = false }
    }
    let subjects = inner ?? (discourse.subjects.isEmpty ? nil : discourse.subjects)
    let carried = inner == nil && !ownSubject
    var objects: [TextRange?] = frame.range("object").map { coordinated($0) } ?? [nil]
    var actors: [TextRange?] = subjects ?? [nil]
    var target = frame.range("recipient") ?? recipient
    var isPassive = false
    if frame.text("light") != nil, let acted = target {
      // 对X进行部署: what the light verb carries acts on X.
      objects = coordinated(acted)
      target = nil
    }
    if let agent {
      // 被: the agent acts, the clause's subject is acted on.
      if objects == [nil] { objects = actors }
      actors = coordinated(agent)
      isPassive = true
    } else if let fronted {
      // 把: the fronted noun is acted on; what follows the verb is where it goes.
      if let behind = objects.first, let behind { target = behind }
      objects = coordinated(fronted)
    }
    if actors == [nil] {
      inner = frame.text("next") == "object" ? frame.range("object").map { [$0] } : inner
      return
    }
    let isGroup = actors.count * objects.count > 1
    if isGroup { discourse.groups += 1 }
    for actor in actors {
      for object in objects {
        var triple = Triple(
          subject: actor.map { Slot(range: $0, carried: carried && !isPassive) },
          relation: Slot(range: relation), object: object.map { Slot(range: $0) },
          status: status, provenance: frame.provenance, sentence: phrases.sentence)
        triple.relationType = frame.text("type")
        triple.time = (frame.range("time") ?? time).map { Slot(range: $0) }
        triple.place = (frame.range("place") ?? place).map { Slot(range: $0) }
        triple.recipient = target.map { Slot(range: $0) }
        triple.source = discourse.source.map { Slot(range: $0, carried: discourse.sourceIsOld) }
        triple.group = isGroup ? discourse.groups : nil
        result.append(triple)
      }
    }
    if frame.text("next") == "object", let object = frame.range("object") {
      inner = coordinated(object)
    }
    agent = nil
    fronted = nil
    negated = false
  }

  private var status: Status {
    if hypothesis { return .hypothetical }
    if negated { return .negated }
    return plan ? .planned : .asserted
  }

  /// A result of the stage `facts`.
  private mutating func state(_ fact: RuleMatch, _ discourse: inout Discourse) {
    guard phrases.category(fact) == "FACT", let subject = fact.range("subject"),
      let object = fact.range("object")
    else { return }
    let kind = fact.text("relation") ?? ""
    let key = "\(kind)\t\(phrases.text.string(subject))\t\(phrases.text.string(object))"
    guard discourse.stated.insert(key).inserted else { return }
    let relation = fact.range("relation") ?? TextRange(object.start, object.start)
    var triple = Triple(
      subject: Slot(range: subject), relation: Slot(range: relation), object: Slot(range: object),
      provenance: fact.provenance, sentence: phrases.sentence)
    triple.relationName = fact.text("relation")
    triple.relationType = fact.text("type")
    triple.organization = fact.range("org").map { Slot(range: $0) }
    result.append(triple)
  }

  /// The shortest named form in a range: 俄罗斯总统普京 → 普京.
  private func shortName(_ range: TextRange) -> TextRange {
    let inside = phrases.mentions.filter { range.contains($0.range) }
    let person = inside.last { phrases.types[$0.category] == .person }
    let organization = inside.last { phrases.types[$0.category] == .organization }
    return (person ?? organization)?.range ?? range
  }

  // MARK: Coordination

  /// The parts of A、B和C等; the range itself when it is one thing.
  ///
  /// A conjunction before a later 的 joins modifiers and not the things themselves.
  private func coordinated(_ range: TextRange) -> [TextRange] {
    let tokens = Array(phrases.tokens(in: range))
    guard tokens.count >= 3 else { return [range] }
    let lastModifier = tokens.lastIndex { phrases.tag($0) == "U" } ?? -1
    var parts: [TextRange] = []
    var start: Int?
    var end = range.start
    for (index, token) in tokens.enumerated() {
      switch phrases.tag(token) {
      case "C" where index > 0 && phrases.tag(tokens[index - 1]) == "NT":
        // 区委书记、区长李明 is one person with two posts.
        return [range]
      case "C" where index > lastModifier && start != nil:
        if let from = start { parts.append(TextRange(from, end)) }
        start = nil
        continue
      case "E" where index == tokens.count - 1: continue
      case "E" where index > lastModifier && start != nil:
        // A、B等X: the parts are the things where they are names or X only sums them up; otherwise
        // they modify X, and the whole is one thing.
        let sumsUp = tokens.count - index == 2 && tokens[index + 1].range.count <= 2
        guard sumsUp || isNamed(tokens[index - 1]) else { return [range] }
        if let from = start { parts.append(TextRange(from, end)) }
        return parts
      default: break
      }
      if start == nil { start = token.range.start }
      end = token.range.end
    }
    if let from = start { parts.append(TextRange(from, end)) }
    return parts.isEmpty ? [range] : parts
  }

  private func isNamed(_ token: TaggedToken) -> Bool {
    phrases.mentions.contains { $0.range == token.range }
  }
}
