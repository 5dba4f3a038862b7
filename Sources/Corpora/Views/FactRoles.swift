internal import Annotations

extension Record.Triple {
  /// The roles of a fact that are filled, by the names that they have in every form of output; the relation among
  /// them.
  var roles: [(name: String, slot: Record.Slot)] {
    let all: [(name: String, slot: Record.Slot?)] = [
      ("subject", subject), ("relation", relation), ("object", object), ("time", time),
      ("place", place), ("recipient", recipient), ("source", source), ("org", org),
    ]
    return all.compactMap { role in role.slot.map { (role.name, $0) } }
  }

  /// The roles besides subject, relation and object.
  var qualifiers: [(name: String, slot: Record.Slot)] {
    roles.filter { !["subject", "relation", "object"].contains($0.name) }
  }

  /// The names of the roles that were taken over from an earlier place.
  var carriedRoles: [String] { roles.filter(\.slot.carried).map(\.name) }
}
