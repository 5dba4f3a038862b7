import Annotations
import Evaluation

/// Facts as case files write them: `(市长, 出席, 会议); (市长, 讲话, -)`.
enum WrittenFact {
  static func facts(_ text: some StringProtocol) -> [GoldDocument.Fact] {
    text.split(separator: ";").compactMap { written in
      let roles = written.split(separator: ",").map { role -> String? in
        let name = String(String(role.filter { $0 != "(" && $0 != ")" }).trimmed)
        return name == "-" ? nil : name
      }
      guard roles.count == 3, let relation = roles[1] else { return nil }
      return GoldDocument.Fact(subject: roles[0], relation: relation, object: roles[2])
    }
  }

  /// A record with these facts, each in the sentence of the first of its roles that stands in the text once.
  static func record(_ facts: [GoldDocument.Fact], id: String, text: String) -> Record {
    var record = Record(
      id: id, origin: "", title: nil, date: nil, offsets: .scalar,
      engine: Record.Engine(version: "", knowledge: "", icu: ""), diagnostics: [])
    let scalars = text.unicodeScalars.map(\.value)
    record.triples = facts.map { fact in
      func slot(_ text: String?) -> Record.Slot? {
        text.map { Record.Slot(text: $0, carried: false) }
      }
      let places = [fact.object, fact.subject, fact.relation].compactMap { role in
        role.flatMap { GoldDocument.span(of: $0, occurrence: 2, in: scalars) == nil ? $0 : nil }
          .flatMap { GoldDocument.span(of: $0, occurrence: 1, in: scalars) }
      }
      let at = places.first?.start ?? 0
      let stop: UInt32 = 0x3002
      let start = scalars[..<at].lastIndex(of: stop).map { $0 + 1 } ?? 0
      let end = scalars[at...].firstIndex(of: stop).map { $0 + 1 } ?? scalars.count
      return Record.Triple(
        id: "", subject: slot(fact.subject),
        relation: Record.Slot(text: fact.relation, carried: false), object: slot(fact.object),
        time: slot(fact.time), place: slot(fact.place), recipient: slot(fact.recipient),
        source: slot(fact.source), org: slot(fact.organization), status: fact.status, group: nil,
        rule: "", sentenceStart: start, sentenceEnd: end)
    }
    return record
  }
}

extension StringProtocol {
  /// Without spaces at its ends.
  var trimmed: SubSequence {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return rest
  }
}
