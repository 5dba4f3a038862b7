package import Annotations

/// The things of a document: mentions that name the same one, put together.
///
/// Mentions are one thing when their type and their name are the same; the name is the lexicon's
/// canonical one where it has one, else the normalised characters. Nothing is guessed: a short form
/// that the lexicon does not know is a thing of its own.
package struct EntityLinker: Sendable {
  /// A thing.
  package struct Entity: Sendable {
    package let type: EntityType
    package let name: String
    package var aliases: [String]
    package var mentions: [Int]
  }

  /// The things in the order of their first mention, and for each mention the number of its thing.
  /// - Complexity: O(mentions).
  package static func link(
    _ mentions: [Mention], text: NormalizedText
  ) -> (entities: [Entity], numbers: [Int]) {
    var entities: [Entity] = []
    var numbers: [Int] = []
    var known: [String: Int] = [:]
    for (index, mention) in mentions.enumerated() {
      let written = text.string(mention.range)
      let name = mention.name ?? written
      let key = "\(mention.type.rawValue)\t\(name)"
      let number =
        known[key]
        ?? {
          entities.append(Entity(type: mention.type, name: name, aliases: [], mentions: []))
          known[key] = entities.count - 1
          return entities.count - 1
        }()
      entities[number].mentions.append(index)
      if written != name, !entities[number].aliases.contains(written) {
        entities[number].aliases.append(written)
      }
      numbers.append(number)
    }
    return (entities, numbers)
  }
}
