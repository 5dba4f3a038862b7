internal import Annotations
internal import Segmentation

/// What the lexicon says about the parts of names: places, levels of regions, kinds, short forms.
struct NameVocabulary: Sendable {
  /// What a word is in a name.
  struct Part: OptionSet {
    let rawValue: UInt32
    /// A place, its short forms too.
    static let place = Part(rawValue: 1)
    /// A country.
    static let country = Part(rawValue: 1 << 1)
    /// A kind of region.
    static let level = Part(rawValue: 1 << 2)
    /// What may follow a level: parts and kinds of organisations, nouns.
    static let follower = Part(rawValue: 1 << 3)
    /// An organisation of the lexicon.
    static let organization = Part(rawValue: 1 << 4)
    /// A part of a name with a full form.
    static let form = Part(rawValue: 1 << 5)
    /// The same, at the end of a name only.
    static let tail = Part(rawValue: 1 << 6)
    /// What the beginning of a name may leave out.
    static let head = Part(rawValue: 1 << 7)
    /// The legal form of a company.
    static let legalForm = Part(rawValue: 1 << 8)
    /// What may stand in a short name for a legal form.
    static let looseForm = Part(rawValue: 1 << 9)
    /// A region that names of organisations may begin with.
    static let region = Part(rawValue: 1 << 11)
    /// What makes a number an ordinal: 第.
    static let ordinal = Part(rawValue: 1 << 12)
    /// A kind of thing: 局.
    static let kind = Part(rawValue: 1 << 13)
    /// What refers to a thing of the kind behind it: 该, 我.
    static let which = Part(rawValue: 1 << 14)
    /// The same, where the only thing of the document is meant: 我.
    static let own = Part(rawValue: 1 << 15)
    /// What stands behind a surname: 局长, 先生.
    static let address = Part(rawValue: 1 << 16)
    /// A common word.
    static let common = Part(rawValue: 1 << 17)
    /// A word that is more than a character of a name.
    static let word = Part(rawValue: 1 << 10)

    /// The classes of the lexicon for each part.
    static let classNames: [(kind: Part, names: [String])] = [
      (.place, ["place", "placeshort"]), (.country, ["place.country"]),
      (
        .region,
        [
          "place.country", "place.worldregion", "place.region", "place.province",
          "place.prefecture", "place.county", "place.zone", "place.city", "placeshort",
        ]
      ), (.ordinal, ["quantifier.number"]), (.level, ["reference.kind.level"]),
      (.kind, ["reference.kind"]), (.which, ["reference.which"]),
      (.own, ["reference.which.own"]), (.address, ["title", "honorific"]),
      (.follower, ["orgpart", "orgsuffix", "noun", "nameform"]),
      (.organization, ["org"]), (.form, ["nameform"]), (.tail, ["nameform.tail"]),
      (.head, ["nameform.head"]), (.legalForm, ["legalform"]), (.looseForm, ["legalform.loose"]),
      (.common, ["noun", "verb", "adjective", "adverb", "time", "role"]),
      (
        .word,
        ["noun", "verb", "adjective", "adverb", "place", "placeshort", "title", "time", "role"]
      ),
    ]
  }

  /// The classes that linking asks for.
  static let askedClasses = Part.classNames.flatMap(\.names)

  private let lexicon: Lexicon
  private let senses: SenseTable
  /// For each class, what its words are in a name.
  private let parts: [Part]
  /// For each row of a kind what it says.
  private var kinds: [Int32: ReferenceKind] = [:]
  /// The first characters of all words that may begin a reference, or that a level before them makes one; in order.
  let referenceHeads: [UInt32]
  /// The last characters of the words of ``endings``.
  private let lastCharacters: Set<UInt32>

  /// Looks the classes up once.
  init(lexicon: Lexicon, classes: ClassTable) {
    self.lexicon = lexicon
    senses = lexicon.senses
    var parts = classes.kinds(Part.classNames)
    for index in parts.indices {
      // What stands below a class is something else here.
      if parts[index].contains(.looseForm) { parts[index].remove(.legalForm) }
      if !parts[index].isDisjoint(with: [.tail, .head]) {
        parts[index].subtract([.form, .follower])
      }
    }
    self.parts = parts
    var heads: Set<UInt32> = []
    var ends: Set<UInt32> = []
    let wanted: Part = [.which, .kind, .level, .legalForm, .looseForm]
    for sense in lexicon.senses(ofClasses: parts.map { !$0.isDisjoint(with: wanted) }) {
      let part = parts[sense.category.index]
      guard let entry = lexicon.feature("entry", of: sense)?.unicodeScalars,
        let head = entry.first?.value, let end = entry.last?.value
      else { continue }
      if !part.isDisjoint(with: Self.endings) { ends.insert(end) }
      if part.contains(.which) { heads.insert(head) }
      if part.contains(.kind), let kind = ReferenceKind(sense, lexicon) {
        kinds[sense.row] = kind
        if kind.scope == .level || kind.scope == .alone { heads.insert(head) }
      }
    }
    referenceHeads = heads.sorted()
    lastCharacters = ends
  }

  /// The parts that names are looked at for from their end.
  private static let endings: Part = [.level, .legalForm, .looseForm]

  /// What a word for a kind refers to.
  func kind(_ sense: Sense) -> ReferenceKind? { kinds[sense.row] }

  /// Whether the characters are a kind that refers to a thing behind a level.
  func isKind(_ word: [UInt32]) -> Bool {
    exactly(.kind, word, 0).flatMap { kind($0) }?.scope == .level
  }

  /// Where a row stands.
  func provenance(of sense: Sense) -> Provenance { lexicon.provenance(of: sense) }

  /// The end and the sense of the longest word of a part that begins at a position and ends before `limit`.
  func longest(
    _ wanted: Part, in name: [UInt32], at start: Int, limit: Int? = nil
  ) -> (end: Int, sense: Sense)? {
    var found: (end: Int, sense: Sense)?
    guard start < name.count else { return nil }
    lexicon.forEachWord(in: name, at: start, limit: limit ?? name.count) { end, word in
      if let sense = first(wanted, lexicon.senseNumbers(ofWord: word)) { found = (end, sense) }
    }
    return found
  }

  /// Where the longest word of one of ``endings`` begins that ends a name; at most ten characters long.
  func ending(_ wanted: Part, of name: [UInt32], from first: Int = 0) -> (start: Int, sense: Sense)?
  {
    guard let last = name.last, lastCharacters.contains(last) else { return nil }
    var start = max(first, name.count - 10)
    while start < name.count {
      if let word = exactly(wanted, name, start) { return (start, word) }
      start += 1
    }
    return nil
  }

  private func exactly(_ wanted: Part, _ name: [UInt32], _ start: Int) -> Sense? {
    var found: Sense?
    lexicon.forEachWord(in: name, at: start, limit: name.count) { end, word in
      if end == name.count { found = first(wanted, lexicon.senseNumbers(ofWord: word)) }
    }
    return found
  }

  /// The first of some senses that is of a part.
  private func first(_ wanted: Part, _ numbers: Range<Int>) -> Sense? {
    for number in numbers {
      let sense = senses[number]
      if isA(sense, wanted) { return sense }
    }
    return nil
  }

  /// The numbers of the senses of the word that is exactly these characters.
  private func senseNumbers(of word: [UInt32]) -> Range<Int> {
    lexicon.senseNumbers(in: word, TextRange(0, word.count))
  }

  /// The end of the longest word of any kind that begins at a position.
  func wordEnd(in name: [UInt32], at start: Int, limit: Int) -> Int {
    var found = start
    lexicon.forEachWord(in: name, at: start, limit: limit) { end, _ in found = end }
    return found
  }

  /// Whether a word of a part is exactly these characters.
  func has(_ wanted: Part, _ name: [UInt32]) -> Bool {
    !name.isEmpty && exactly(wanted, name, 0) != nil
  }

  /// Whether the characters are a word of any kind, organisations aside.
  func isWord(_ name: [UInt32]) -> Bool {
    var found = false
    lexicon.forEachWord(in: name, at: 0, limit: name.count) { end, word in
      guard end == name.count else { return }
      let senses = lexicon.senses(ofWord: word)
      // A word of ICU's dictionary has no senses.
      found =
        senses.isEmpty
        || senses.contains { !parts[$0.category.index].contains(.organization) }
    }
    return found
  }

  /// Whether a name begins with a common word of two characters or more: no place and no name.
  func beginsWithWord(_ name: [UInt32]) -> Bool {
    let end = wordEnd(in: name, at: 0, limit: name.count)
    guard end >= 2 else { return false }
    let senses = lexicon.senses(of: Array(name[..<end]))
    return senses.isEmpty || senses.contains { isA($0, .common) }
  }

  /// Whether a word of a part is no short form: one of its senses has no other name.
  func isFullName(_ wanted: Part, _ word: [UInt32]) -> Bool {
    for number in senseNumbers(of: word) where isA(senses[number], wanted) {
      if lexicon.feature("name", of: senses[number]) == nil { return true }
    }
    return false
  }

  /// What the lexicon says about a place that is written so.
  func placeRows(of word: [UInt32]) -> PlaceRows {
    var rows = PlaceRows()
    for number in senseNumbers(of: word) {
      let sense = senses[number]
      guard isA(sense, .place) else { continue }
      rows.isCountry = rows.isCountry || isA(sense, .country)
      rows.isRegion = rows.isRegion || isA(sense, .region)
      if let name = lexicon.feature("name", of: sense) {
        if !rows.names.contains(name) { rows.names.append(name) }
      } else {
        rows.isFull = true
        if let parent = lexicon.feature("parent", of: sense), !rows.parents.contains(parent) {
          rows.parents.append(parent)
        }
      }
    }
    return rows
  }

  /// The cell `name` of a sense's row.
  func name(of sense: Sense) -> [UInt32]? {
    lexicon.feature("name", of: sense).map { $0.unicodeScalars.map(\.value) }
  }

  /// The level that a word of one counts as.
  func level(_ sense: Sense, _ word: ArraySlice<UInt32>) -> [UInt32] {
    name(of: sense) ?? Array(word)
  }

  /// Whether a sense is of a part.
  func isA(_ sense: Sense, _ part: Part) -> Bool {
    !parts[sense.category.index].isDisjoint(with: part)
  }

  /// Whether a name of an organisation is one only where the text says more: 国防部.
  func isAmbiguous(_ name: [UInt32]) -> Bool {
    lexicon.senses(of: name).contains {
      parts[$0.category.index].contains(.organization)
        && lexicon.feature("short", of: $0) == "yes"
    }
  }
}

/// All rows of a place's name together.
struct PlaceRows {
  /// Whether one of them has it as a full name.
  var isFull = false
  var isCountry = false
  var isRegion = false
  /// The full names that others give, each once.
  var names: [String] = []
  /// The regions that a place of this full name lies in, each once.
  var parents: [String] = []
}
