internal import Annotations

/// The order in which stages are run: those of the engine in their order, the others where they say.
///
/// `stage NAME after A before B` is a partial order. Of all orders that keep it the one is taken in which the
/// engine's stages come as early as they can and the others in the order of the files; so it does not depend on
/// anything else.
enum StageOrder {
  /// The names in order, and what is wrong: a stage that nobody knows, one that says nothing of its place, a
  /// circle.
  /// - Complexity: O(stages²).
  static func order(
    _ stages: [RuleSources.Stage], known: [String]
  ) -> (order: [String], diagnostics: [KnowledgeDiagnostic]) {
    var diagnostics: [KnowledgeDiagnostic] = []
    func report(_ kind: String, _ file: String, _ place: RulePlace, _ message: String) {
      diagnostics.append(
        KnowledgeDiagnostic(
          kind: kind, file: file, line: place.line, column: place.column, message: message))
    }
    let names = known + stages.map(\.name).filter { !known.contains($0) }
    var earlier: [String: Set<String>] = [:]
    for (before, after) in zip(known, known.dropFirst()) {
      earlier[after, default: []].insert(before)
    }
    for stage in stages {
      for (file, other) in stage.after + stage.before where !names.contains(other.name) {
        report(
          "unknown-stage", file, other.place,
          "there is no stage \"\(other.name)\"; there are \(names.joined(separator: ", "))")
      }
      earlier[stage.name, default: []].formUnion(stage.after.map(\.name.name))
      for (_, other) in stage.before { earlier[other.name, default: []].insert(stage.name) }
      if !known.contains(stage.name), stage.after.isEmpty, stage.before.isEmpty {
        report(
          "unknown-stage", stage.file, stage.place,
          "the engine runs no stage \"\(stage.name)\"; expected \(known.joined(separator: ", ")), or where "
            + "it stands, as in \"stage \(stage.name) after names\"")
      }
    }
    var order: [String] = []
    var left = names
    while !left.isEmpty {
      let next = left.firstIndex { name in
        earlier[name, default: []].allSatisfy { order.contains($0) || !names.contains($0) }
      }
      guard let next else {
        let circle = left.filter { name in stages.contains { $0.name == name } }
        if let stage = stages.first(where: { circle.contains($0.name) }) {
          report(
            "stage-circle", stage.file, stage.place,
            "each of the stages \(left.joined(separator: ", ")) waits for another one; remove an after or a "
              + "before")
        }
        return (known, diagnostics)
      }
      order.append(left.remove(at: next))
    }
    return (order, diagnostics)
  }
}
