package import Characters

/// Collects the words of ICU's dictionary and of the lexicons and compiles them.
///
///     var builder = LexiconBuilder(folding: folding)
///     builder.addBase()
///     builder.add(word, sense: sense, cost: nil)
///     let lexicon = builder.build(rows: rows)
package struct LexiconBuilder {
  /// What a row does to the path of words.
  package enum Status: Sendable {
    /// It is a word, at its cost.
    case on
    /// It always wins its span.
    case force
  }

  private var tables: WordTablesBuilder
  private var senses: [Sense?] = []

  /// An empty builder; `folding` nil takes characters as they are.
  package init(folding: CharacterFolding?) { tables = WordTablesBuilder(folding: folding) }

  /// Adds ICU's dictionary with its costs; before any word. Returns false where ICU has none that
  /// can be read.
  package mutating func addBase() -> Bool { tables.addBase() }

  /// Adds a sense of a word; `cost` nil takes ICU's, or one computed from ICU's. A word that is too
  /// long is left out.
  ///
  /// `isWord` says whether the entry is a word of the language by this sense, or only something that
  /// rules look for (a cue, a name character): such an entry is on no path of words unless ICU or
  /// another row knows it as one.
  package mutating func add(
    _ word: [UInt32], sense: Sense?, cost: Int?, isWord: Bool = true, status: Status = .on
  ) {
    guard (1...Lexicon.longestWord).contains(word.count) else { return }
    let role: WordTablesBuilder.Role = status == .force ? .forced : isWord ? .word : .cue
    _ = tables.add(word, cost: cost, role: role)
    senses.append(sense)
  }

  /// Keeps a word off every path of words, whoever knows it.
  package mutating func block(_ word: [UInt32]) {
    guard (1...Lexicon.longestWord).contains(word.count) else { return }
    _ = tables.add(word, cost: nil, role: .blocked)
    senses.append(nil)
  }

  /// Compiles everything added so far; `identity` names the content.
  package func build(rows: LexiconRows, identity: String = "") -> Lexicon {
    Lexicon(tables: tables.build(identity: identity), added: senses, rows: rows)
  }
}
