internal import Annotations

/// Who speaks in a clause, and by which name.
extension SentencePhrases {
  /// The short name of who speaks; of a pronoun the person that was spoken of last.
  func speakerName(_ range: TextRange, _ discourse: Discourse) -> TextRange {
    let tokens = tokens(in: range)
    if tokens.count == 1, let token = tokens.first, tag(token) == "R",
      isWord(token.range, of: "pronoun.personal"), feature("role", of: token) != "plural"
    {
      return discourse.person ?? range
    }
    return shortName(range)
  }

  /// Who speaks in a clause: its subject. Where it has none, who spoke before in its sentence goes on, and not who that
  /// spoke of (专家期待他到访，认为…).
  func speakers(_ discourse: Discourse, ownSubject: Bool) -> [TextRange] {
    guard !ownSubject, let last = discourse.speakers.first, let subject = discourse.subjects.first,
      last.start >= sentence.start || subject.start < sentence.start
    else { return discourse.subjects }
    return discourse.speakers
  }

  /// Whether a phrase names somebody, may act, or tells something (报告, 数据). The subject of an earlier
  /// sentence has to be a name.
  func maySpeak(_ range: TextRange, _ discourse: Discourse) -> Bool {
    if range.start < sentence.start { return discourse.isNamed }
    guard let last = tokens(in: range).last else { return false }
    return isNamed(range) || mayAct(range) || isReport(range) || tag(last) == "NT"
  }
}
