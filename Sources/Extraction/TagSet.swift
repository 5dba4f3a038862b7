/// Grammatical tags as a set, so that a word's tag is compared as a number: of a word there is one in it.
struct TagSet: OptionSet, Sendable {
  let rawValue: UInt32
  static let noun = TagSet(rawValue: 1)
  /// A verb used as a noun.
  static let verbalNoun = TagSet(rawValue: 1 << 1)
  static let verb = TagSet(rawValue: 1 << 2)
  /// An adjective that describes only.
  static let attributive = TagSet(rawValue: 1 << 3)
  /// An adjective that tells.
  static let predicative = TagSet(rawValue: 1 << 4)
  static let adverb = TagSet(rawValue: 1 << 5)
  static let preposition = TagSet(rawValue: 1 << 6)
  static let quantity = TagSet(rawValue: 1 << 7)
  /// A quantity that begins with a verb of amount.
  static let amount = TagSet(rawValue: 1 << 8)
  static let time = TagSet(rawValue: 1 << 9)
  static let localizer = TagSet(rawValue: 1 << 10)
  /// The name of a place, an organisation, a work or an event.
  static let name = TagSet(rawValue: 1 << 11)
  static let person = TagSet(rawValue: 1 << 12)
  static let title = TagSet(rawValue: 1 << 13)
  /// The border of a clause.
  static let border = TagSet(rawValue: 1 << 14)
  static let conjunction = TagSet(rawValue: 1 << 15)
  static let clauseConjunction = TagSet(rawValue: 1 << 16)
  /// 的.
  static let particle = TagSet(rawValue: 1 << 17)
  /// 等.
  static let andOthers = TagSet(rawValue: 1 << 18)
  static let aspect = TagSet(rawValue: 1 << 19)
  static let modal = TagSet(rawValue: 1 << 20)
  static let pronoun = TagSet(rawValue: 1 << 21)
  static let determiner = TagSet(rawValue: 1 << 22)
  static let listComma = TagSet(rawValue: 1 << 23)
  static let other = TagSet(rawValue: 1 << 24)
  static let adjective = TagSet(rawValue: 1 << 25)
  /// A tag that the last stages never ask for.
  static let unasked = TagSet(rawValue: 1 << 31)

  /// Whether a word's tag is one of some.
  func isIn(_ tags: TagSet) -> Bool { !isDisjoint(with: tags) }

  /// The tag that the file of tags calls so.
  static func named(_ name: String) -> TagSet {
    switch name {
    case "N": .noun
    case "NV": .verbalNoun
    case "V": .verb
    case "B": .attributive
    case "J": .predicative
    case "D": .adverb
    case "P": .preposition
    case "Q": .quantity
    case "QA": .amount
    case "T": .time
    case "F": .localizer
    case "NR": .name
    case "NH": .person
    case "NT": .title
    case "S": .border
    case "C": .conjunction
    case "G": .clauseConjunction
    case "U": .particle
    case "E": .andOthers
    case "K": .aspect
    case "M": .modal
    case "R": .pronoun
    case "RD": .determiner
    case "L": .listComma
    case "X": .other
    case "A": .adjective
    default: .unasked
    }
  }
}
