internal import Annotations
package import Characters

/// Collects the words of ICU's dictionary and of the lexicons and compiles them.
///
///     var builder = LexiconBuilder(folding: folding)
///     builder.addBase()
///     builder.add(word, sense: sense, cost: nil)
///     let lexicon = builder.build(rows: rows)
package struct LexiconBuilder {
  /// What a row does to the path of words.
  package enum Role: Sendable {
    /// It is a word, at its cost.
    case word
    /// It is a word with a cost, but on the path only if ICU or another row has it there: a long name.
    case name
    /// It is only something that rules look for (a cue, a name character).
    case cue
    /// It always wins its span.
    case force
    /// It is no word, whoever knows it.
    case block
  }

  private var tables: WordTablesBuilder
  /// The sense of each entry; those without one are not listed with their word.
  private var senses: [Sense?] = []

  /// An empty builder; `folding` nil takes characters as they are.
  package init(
    folding: CharacterFolding?, compositions: Compositions = Compositions(),
    formations: WordFormations = WordFormations()
  ) {
    tables = WordTablesBuilder(
      folding: folding, compositions: compositions, formations: formations)
  }

  /// Adds ICU's dictionary with its costs; before any word. Returns false where ICU has none that
  /// can be read.
  package mutating func addBase() -> Bool { tables.addBase() }

  /// Those of some words that ICU's dictionary has; after ``addBase()``.
  /// - Complexity: O(words of the dictionary).
  package func baseWords(among words: [[UInt32]]) -> Set<[UInt32]> {
    tables.baseWords(among: words)
  }

  /// Adds a sense of a word; `cost` nil takes ICU's, or one computed from ICU's. A word that is too
  /// long is left out.
  package mutating func add(_ word: [UInt32], sense: Sense?, cost: Int?, role: Role = .word) {
    guard (1...Lexicon.longestWord).contains(word.count) else { return }
    _ = tables.add(word, cost: cost, role: role, isListed: sense != nil)
    senses.append(sense)
  }

  /// Compiles everything added so far; `identity` names the content. Senses come in the order of their rows.
  package func build(rows: LexiconRows, identity: String = "") -> Lexicon {
    let tables = tables.build(identity: identity) { sections, entries, entryOffsets in
      let own = entries.compactMap { senses[Int($0)] }
      var words: [UInt32] = []
      words.reserveCapacity(own.count)
      for word in 0..<(entryOffsets.count - 1) {
        let count = entryOffsets[word + 1] - entryOffsets[word]
        words.append(contentsOf: repeatElement(UInt32(word), count: Int(count)))
      }
      sections.set(.entries, own.map { UInt32($0.row) })
      sections.set(Lexicon.Section.categories, own.map(\.category.rawValue))
      sections.set(Lexicon.Section.words, words)
      rows.write(to: &sections)
    }
    let classCount = senses.reduce(0) { max($0, ($1?.category.index ?? -1) + 1) }
    do {
      return try Lexicon(tables.sections, classCount: classCount)
    } catch {
      preconditionFailure("the builder made a lexicon that is not sound: \(error)")
    }
  }
}
