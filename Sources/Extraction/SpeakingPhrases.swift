internal import Annotations

/// Who speaks in a clause, and by which name.
extension SentencePhrases {
  /// The short name of who speaks, where the first of them may; of a pronoun the person that was spoken of last, of 法院 the
  /// court, and of several who are told one by one (日本、泰国和越南) all of them. 这 shows something, but nobody says it.
  func speakerName(_ speakers: [TextRange], _ discourse: Discourse) -> TextRange? {
    guard let first = speakers.first, maySpeak(first, discourse) else { return nil }
    if let last = speakers.last, last.start > first.start {
      return TextRange(first.start, last.end)
    }
    let tokens = tokens(in: first)
    if tokens.count == 1, let token = tokens.first, tag(token) == .pronoun {
      let kinds = kinds(of: token.range)
      if kinds.contains(.demonstrative), !kinds.contains(.wholeDemonstrative) { return nil }
      if kinds.contains(.personalPronoun), feature("role", of: token) != "plural" {
        return discourse.person ?? first
      }
    }
    if let name = discourse.organization, takesUp(name, first) { return name }
    return shortName(first)
  }

  /// Whether it is who reports that finds something out (记者看到，…): what is told is told by nobody else.
  func isReporter(_ speakers: [TextRange]) -> Bool {
    !speakers.isEmpty
      && speakers.allSatisfy { tokens(in: $0).count == 1 && isWord($0, of: .reporter) }
  }

  /// Whether 我们 stands in somebody's words (他表示，我们相信…): it is still he who tells what follows.
  func speakOfThemselves(_ speakers: [TextRange], _ discourse: Discourse) -> Bool {
    discourse.words.namedSource != nil && !speakers.isEmpty
      && speakers.allSatisfy { isWord($0, of: .firstPerson) }
  }

  /// Who speaks in a clause: its subject. Where it has none, who spoke before in its sentence goes on, and not who that
  /// spoke of (专家期待他到访，认为…).
  func speakers(_ discourse: Discourse, ownSubject: Bool) -> [TextRange] {
    guard !ownSubject, let last = discourse.speakers.first, let subject = discourse.subjects.first,
      last.start >= sentence.start || subject.start < sentence.start
    else { return discourse.subjects }
    return discourse.speakers
  }

  /// Whether a phrase ends with who may speak by himself: a person, an organization or a place, or a word for one.
  func mayPublish(_ range: TextRange, _ discourse: Discourse) -> Bool {
    if range.start < sentence.start { return discourse.isNamed }
    guard let last = tokens(in: range).last else { return false }
    return mayAct(range) || tag(last) == .title
      || mentions.contains {
        $0.range.end == range.end && range.contains($0.range)
          && [EntityType.person, .organization, .location].contains(types[$0.category])
      }
  }

  /// Whether a phrase ends with the name of a document.
  func isWritten(_ range: TextRange) -> Bool {
    mentions.contains {
      $0.range.end == range.end && range.contains($0.range) && types[$0.category] == .work
    }
  }

  /// Whether what a source says may take more than a sentence: it ends with who speaks, a name, or what is reported, and does
  /// not only hold a name (各口岸, 街道调研).
  func speaksOn(_ source: TextRange) -> Bool {
    isName(source) || mayAct(source) || isReport(source)
      || tokens(in: source).last.map {
        tag($0).isIn([.title, .person]) || isWord($0.range, of: .organizationSuffix)
      } ?? false
  }

  /// Whether what a source says with `verb` may take more than a sentence. A body that declares or demands (宣布, 呼吁) has
  /// done so with it; a person speaks on, a document or 会议 lays down more, and who spoke in an earlier sentence goes on.
  /// But whom the reporter calls by name and a leader's title is referred to, while his own story goes on.
  func tellsOn(_ source: TextRange, by verb: TextRange) -> Bool {
    source.start < sentence.start
      || speaksOn(source) && !isLeader(behind: source)
        && (!isWord(verb, of: .performative) || isPerson(source) || isReport(source)
          || isWritten(source))
  }

  /// Whether people in general speak (有人, 很多网友), and not somebody who was told of or counted (这位网友).
  func isCrowd(_ source: TextRange) -> Bool {
    let tokens = tokens(in: source)
    return tokens.last.map { isWord($0.range, of: .crowd) } ?? false
      && tokens.dropLast().allSatisfy { isWord($0.range, of: .plural) }
  }

  /// Whether the title of a leader stands behind a name.
  private func isLeader(behind name: TextRange) -> Bool {
    tokens[firstToken(from: name.end)...].first.map {
      $0.range.start == name.end && isWord($0.range, of: .leader)
    } ?? false
  }

  /// Whether a verb behind a source says that it declares or measures (据中国地震台网正式测定), and has done so with one sentence.
  func hasDeclared(_ source: TextRange) -> Bool {
    tokens[firstToken(from: source.end)...].prefix(2).contains {
      isWord($0.range, of: .performative)
    }
  }

  /// Whether a phrase names somebody, may act, or tells something (报告, 数据). The subject of an earlier
  /// sentence has to be a name.
  func maySpeak(_ range: TextRange, _ discourse: Discourse) -> Bool {
    if range.start < sentence.start { return discourse.isNamed }
    guard let last = tokens(in: range).last else { return false }
    return isNamed(range) || mayAct(range) || isReport(range) || tag(last) == .title
  }

  /// Whether a phrase ends with a document or another word for what tells something.
  func isDocument(_ range: TextRange) -> Bool { isReport(range) || isWritten(range) }

  /// Whether a phrase ends with what somebody says in public, which tells nothing that he does not: 联合声明.
  func isStatement(_ range: TextRange) -> Bool {
    tokens(in: range).last.map { isWord($0.range, of: .statement) } ?? false
  }

  /// Whether a predicate is to issue the words that a verb of speech behind it introduces: 发表声明 of 发表声明称.
  func isIssue(_ predicate: PendingPredicate?, before verb: TextRange) -> Bool {
    guard let words = predicate?.objects.last, words.end == verb.start else { return false }
    return isReport(words) || isStatement(words)
  }
}
