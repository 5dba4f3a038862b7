internal import Annotations
internal import Rules

extension SentencePhrases {
  /// The facts of a result of the stage `facts`: `FACT(subject, object, relation, org)`, one for each part of its subject
  /// (副市长李明、王刚). None for other results, and none that the document stated before.
  func stated(by fact: RuleMatch, _ discourse: inout Discourse) -> [Triple] {
    guard category(fact) == "FACT", let subject = fact.range("subject"),
      let object = fact.range("object")
    else { return [] }
    let kind = fact.text("relation") ?? ""
    let relation = fact.range("relation") ?? TextRange(object.start, object.start)
    return coordinated(subject).compactMap { subject in
      let key = "\(kind)\t\(text.string(subject))\t\(text.string(object))"
      guard discourse.stated.insert(key).inserted else { return nil }
      var triple = Triple(
        subject: Slot(range: subject), relation: Slot(range: relation),
        object: Slot(range: object), provenance: fact.provenance, sentence: sentence)
      triple.relationName = fact.text("relation")
      triple.relationType = fact.text("type")
      triple.organization = fact.range("org").map { Slot(range: $0) }
      return triple
    }
  }
}
