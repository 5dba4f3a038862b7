internal import Annotations
internal import Characters
internal import Segmentation

/// Finds the places of a text that refer to things without naming them.
///
/// A reference ends where the longest word ends that begins with its kind or post: 该局 is one, and 该 of 该局长 is
/// not. It begins where no word goes on: 该 of 应该 is none.
struct ReferenceSearch {
  private let characters: [UInt32]
  private let vocabulary: NameVocabulary
  /// The surnames of the document's persons, by their first character; each ends behind it or behind the next one.
  private let surnames: [UInt32]
  /// Where tagged words begin.
  private let borders: [Bool]
  /// The characters that may begin a reference.
  private var begins = CharacterFilter()

  init(
    _ text: NormalizedText, vocabulary: NameVocabulary, surnames: [UInt32], tokens: [Token]
  ) {
    characters = text.characters
    self.vocabulary = vocabulary
    self.surnames = surnames
    var borders = [Bool](repeating: false, count: text.count + 1)
    for number in tokens.indices { borders[tokens[number].range.start] = true }
    self.borders = borders
    for head in vocabulary.referenceHeads { begins.insert(head) }
    for surname in surnames { begins.insert(surname) }
  }

  /// The most characters of a reference.
  private static let longest = 10

  /// The references of the text, in order; none of them overlap.
  /// - Complexity: O(count of the text).
  func references() -> [Reference] {
    var found: [Reference] = []
    var at = 0
    while at < characters.count {
      if begins.mayHold(characters[at]), let reference = reference(at) {
        found.append(reference)
        at = reference.range.end
      } else {
        at += 1
      }
    }
    return found
  }

  private func reference(_ at: Int) -> Reference? {
    let head = characters[at]
    if vocabulary.referenceHeads.contains(head), let found = demonstrative(at) ?? kind(at) {
      return found
    }
    return surnames.contains(head) ? person(at) : nil
  }

  private func limit(_ at: Int) -> Int { min(characters.count, at + Self.longest) }

  /// Whether a word that begins before a position goes on behind it.
  private func isInsideWord(_ at: Int) -> Bool {
    at > 0 && vocabulary.wordEnd(in: characters, at: at - 1, limit: limit(at)) > at
  }

  /// 该局, 我市.
  private func demonstrative(_ at: Int) -> Reference? {
    guard let which = vocabulary.longest(.which, in: characters, at: at, limit: limit(at)),
      let kind = kindWord(which.end), !isInsideWord(at)
    else { return nil }
    let isOwn = vocabulary.isA(which.sense, .own)
    if isOwn, kind.kind.scope == .near { return nil }
    return kind.kind.reference(TextRange(at, kind.end), isOwn ? .document : .nearest)
  }

  /// 市局, 总局.
  private func kind(_ at: Int) -> Reference? {
    guard let word = kindWord(at) else { return nil }
    switch word.kind.scope {
    case .alone:
      guard borders[at], at == 0 || CharacterKind(characters[at - 1]) != .han || !isInsideWord(at)
      else { return nil }
      return word.kind.reference(TextRange(at, word.end), .document)
    case .level:
      // A level of one character stands before it.
      guard at > 0, borders[at - 1], !isInsideWord(at - 1),
        let level = vocabulary.longest(.level, in: characters, at: at - 1, limit: at)
      else { return nil }
      return word.kind.reference(
        TextRange(at - 1, word.end), .document,
        level: vocabulary.level(level.sense, characters[at - 1..<at]))
    case .any, .near: return nil
    }
  }

  /// The word for a kind that begins at a position and is no part of a longer word.
  private func kindWord(_ at: Int) -> (end: Int, kind: ReferenceKind)? {
    guard let word = vocabulary.longest(.kind, in: characters, at: at, limit: limit(at)),
      vocabulary.wordEnd(in: characters, at: at, limit: limit(at)) == word.end,
      let kind = vocabulary.kind(word.sense)
    else { return nil }
    return (word.end, kind)
  }

  /// 李局长, 欧阳教授.
  private func person(_ at: Int) -> Reference? {
    for length in 1...2 {
      let start = at + length
      guard start < characters.count,
        let title = vocabulary.longest(.address, in: characters, at: start, limit: limit(start)),
        vocabulary.wordEnd(in: characters, at: start, limit: limit(start)) == title.end,
        !isInsideWord(at)
      else { continue }
      return Reference(
        range: TextRange(at, title.end), type: .person, reach: .document,
        surname: TextRange(at, start), title: TextRange(start, title.end),
        provenance: vocabulary.provenance(of: title.sense))
    }
    return nil
  }
}
