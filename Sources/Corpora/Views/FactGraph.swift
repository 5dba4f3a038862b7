internal import Annotations

/// The facts of a record as a graph: an edge a fact, from its subject to its object.
///
/// A thing is one node in the whole run: two documents that name a thing of the same type and name mean the same node.
/// What is no thing (14个培养基地, 他) is a node of its document, one for each text. An empty role is a node of its own, so
/// every fact is an edge.
struct FactGraph {
  /// A thing, a text, or an empty role.
  struct Node: Hashable {
    /// `ORG:和平区教育局`, `text:DOCUMENT:14个培养基地`, `none:DOCUMENT/f1`.
    let key: String
    /// The name of the thing, or the text.
    let label: String
    /// A type of names, `text` or `none`.
    let type: String
  }

  /// A fact.
  struct Edge {
    let from: String
    let to: String
    /// The text of the relation.
    let label: String
    /// Its other fields, by name, in a fixed order; those that have something to say.
    let fields: [(name: String, value: String)]
    /// What the text says of it.
    let status: Status
  }

  /// The names of the fields of edges, in their order.
  static let fieldNames = [
    "fact", "document", "type", "time", "time_value", "place", "recipient", "source", "org",
    "status", "carried", "group", "margin", "rule", "sentence_start", "sentence_end",
  ]

  /// The nodes, in the order of the facts, none twice.
  private(set) var nodes: [Node] = []
  /// The edges, in the order of the facts.
  private(set) var edges: [Edge] = []

  init(_ record: Record) {
    let entities = Dictionary(record.entities.map { ($0.id, $0) }) { first, _ in first }
    var known: Set<String> = []
    func node(_ slot: Record.Slot?, _ fact: String) -> Node {
      guard let slot else { return Node(key: "none:\(record.id)/\(fact)", label: "", type: "none") }
      if let id = slot.entity, let entity = entities[id] {
        let type = entity.type.rawValue
        return Node(key: "\(type):\(entity.name)", label: entity.name, type: type)
      }
      return Node(key: "text:\(record.id):\(slot.text)", label: slot.text, type: "text")
    }
    for triple in record.triples {
      let ends = [node(triple.subject, triple.id), node(triple.object, triple.id)]
      for end in ends where known.insert(end.key).inserted { nodes.append(end) }
      let carried = triple.carriedRoles.joined(separator: " ")
      let values: [String?] = [
        "\(record.id)/\(triple.id)", record.id, triple.relation.type, triple.time?.text,
        triple.time?.value, triple.place?.text, triple.recipient?.text, triple.source?.text,
        triple.org?.text, triple.status.rawValue, carried.isEmpty ? nil : carried, triple.group,
        triple.margin.map { String($0) }, triple.rule, String(triple.sentenceStart),
        String(triple.sentenceEnd),
      ]
      edges.append(
        Edge(
          from: ends[0].key, to: ends[1].key, label: triple.relation.text,
          fields: zip(Self.fieldNames, values).compactMap { name, value in
            value.map { (name, $0) }
          }, status: triple.status))
    }
  }
}
