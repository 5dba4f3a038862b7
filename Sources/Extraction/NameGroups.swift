internal import Annotations

/// The names of a document while they are linked: mentions of one type and name are a group, and a group may belong to
/// the group of a fuller name.
struct NameGroups {
  /// What tells names apart.
  struct Key: Hashable {
    let type: EntityType
    let name: String

    /// By the name: few things of two types are called the same.
    func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  /// The groups of a name, of several the last and the first.
  struct Numbers {
    /// The one that is called so.
    var named: Int?
    /// The one that is written so.
    var written: Int?
  }

  /// The mentions of one name.
  struct Group {
    let type: EntityType
    /// The canonical name.
    var name: String
    /// The same as characters.
    var characters: [UInt32]
    /// The region that the name was completed with.
    var completedWith: String?
    /// Whether its name is another one than what its mentions were found with.
    var isRenamed = false
    /// The numbers of the mentions.
    var mentions: [Int] = []
    /// The group of a fuller name of the same thing.
    var parent: Int?
    /// Places where the text refers to it without naming it.
    var references: [DocumentLinks.Reference] = []
    /// The places that a place's name consists of.
    var places: [PlaceName] = []
    /// The parts of an organisation's name.
    var organization: OrganizationName?
  }

  let text: NormalizedText
  let vocabulary: NameVocabulary
  /// The mentions in the order of the text; behind them those that linking finds.
  private(set) var mentions: [Mention]
  /// The groups in the order of their first mention.
  var groups: [Group] = []
  /// For each mention its group.
  private(set) var numbers: [Int] = []
  /// What may mean several things.
  var ambiguities: [DocumentLinks.Ambiguity] = []
  /// The short forms that the text defines, each with the group of the full name; nil for two of them.
  var aliases: [Alias] = []
  /// The groups by their names and by what is written.
  private var known: [Key: Numbers] = [:]
  /// How many of the mentions the analysis has.
  private let given: Int

  /// Groups the mentions.
  init(_ mentions: [Mention], text: NormalizedText, vocabulary: NameVocabulary) {
    self.text = text
    self.vocabulary = vocabulary
    self.mentions = mentions
    given = mentions.count
    numbers.reserveCapacity(mentions.count)
    known.reserveCapacity(mentions.count)
    for index in mentions.indices { group(index) }
  }

  private mutating func group(_ index: Int) {
    let mention = mentions[index]
    let written = text.string(mention.range)
    let name = mention.name ?? written
    let number = number(of: mention, name)
    if number == groups.count {
      let characters =
        mention.name.map { $0.unicodeScalars.map(\.value) }
        ?? Array(text.characters[mention.range.start..<mention.range.end])
      groups.append(Group(type: mention.type, name: name, characters: characters))
    }
    if mention.name != nil {
      let key = Key(type: mention.type, name: written)
      if known[key]?.written == nil { known[key, default: Numbers()].written = number }
    }
    groups[number].mentions.append(index)
    numbers.append(number)
  }

  /// The number of the group of a name, that of the next one where it has none yet.
  private mutating func number(of mention: Mention, _ name: String) -> Int {
    let isWritten = mention.name == nil
    // Two surnames by themselves may be those of two persons.
    let isAlone = mention.type == .person && mention.range.count == 1
    let next = groups.count
    func choose(_ numbers: inout Numbers) -> Int {
      let number = isAlone ? next : numbers.named ?? next
      numbers.named = number
      if isWritten, numbers.written == nil { numbers.written = number }
      return number
    }
    return choose(&known[Key(type: mention.type, name: name), default: Numbers()])
  }

  /// The group that is called so.
  func named(_ key: Key) -> Int? { known[key]?.named }

  /// The first group that is written so.
  func written(_ key: Key) -> Int? { known[key]?.written }

  /// Adds a mention that linking found.
  mutating func add(_ mention: Mention) {
    mentions.append(mention)
    let count = groups.count
    group(mentions.count - 1)
    if groups.count > count { parse(count) }
  }

  /// Takes the names of organisations apart.
  mutating func parse() {
    for number in groups.indices { parse(number) }
  }

  private mutating func parse(_ number: Int) {
    guard groups[number].type == .organization else { return }
    groups[number].organization = vocabulary.organization(groups[number].characters)
  }

  /// The group of the fullest name of a thing.
  func root(_ group: Int) -> Int {
    var at = group
    while let parent = groups[at].parent { at = parent }
    return at
  }

  /// Where a group's first mention begins.
  func start(_ group: Int) -> Int { mentions[groups[group].mentions[0]].range.start }

  /// Gives a group to the one thing among candidates; several are told, and it stays by itself.
  mutating func link(_ group: Int, to candidates: [Int]) {
    let roots = distinct(candidates, but: group)
    if roots.count == 1 {
      groups[group].parent = roots[0]
    } else if roots.count > 1 {
      tell(mentions[groups[group].mentions[0]].range, roots)
    }
  }

  /// The most things that an ambiguity names.
  static let mostCandidates = 10

  /// The things of candidates, each once, without the thing of `group`; of very many the first ones.
  func distinct(_ candidates: [Int], but group: Int? = nil) -> [Int] {
    let own = group.map { root($0) }
    var roots: [Int] = []
    for candidate in candidates {
      let root = root(candidate)
      if root != own, !roots.contains(root) { roots.append(root) }
      if roots.count == Self.mostCandidates { break }
    }
    return roots
  }

  /// Says that something may mean several things.
  mutating func tell(_ range: TextRange, _ candidates: [Int]) {
    ambiguities.append(
      DocumentLinks.Ambiguity(range: range, candidates: candidates.map { groups[$0].name }))
  }

  /// The numbers of the mentions in the order of the text.
  func order() -> [Int] {
    let all = Array(mentions.indices)
    return given == mentions.count
      ? all : all.sorted { mentions[$0].range < mentions[$1].range }
  }

  /// What came of it.
  func links() -> DocumentLinks {
    var links = DocumentLinks()
    var entities = [Int](repeating: -1, count: groups.count)
    links.mentions.reserveCapacity(mentions.count)
    for index in order() {
      let root = root(numbers[index])
      if entities[root] < 0 {
        entities[root] = links.entities.count
        links.entities.append(
          DocumentLinks.Entity(
            type: groups[root].type, name: groups[root].name,
            completedWith: groups[root].completedWith))
      }
      let entity = entities[root]
      links.entities[entity].mentions.append(links.mentions.count)
      links.mentions.append(mentions[index])
      links.numbers.append(entity)
      // Most mentions are written as their thing is called.
      if numbers[index] == root, mentions[index].name == nil, !groups[root].isRenamed { continue }
      let written = text.string(mentions[index].range)
      if written != links.entities[entity].name,
        !links.entities[entity].aliases.contains(written)
      {
        links.entities[entity].aliases.append(written)
      }
    }
    for index in groups.indices where !groups[index].references.isEmpty {
      links.entities[entities[root(index)]].references += groups[index].references
    }
    for index in links.entities.indices where links.entities[index].references.count > 1 {
      links.entities[index].references.sort { $0.range < $1.range }
    }
    links.ambiguities = ambiguities.sorted { $0.range < $1.range }
    return links
  }
}
