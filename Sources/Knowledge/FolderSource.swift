package import Annotations
package import Extraction

extension KnowledgeSource {
  /// The files of a folder, read once. Each change that is tried compiles them anew.
  package init(folder path: String) {
    let folder = KnowledgeFolder(path: path)
    self.init(
      withheld: folder.files.flatMap(Self.withheldRows),
      unknownWords: (Self.tagRow("*", folder), Self.tagRow("?", folder)),
      changed: { change in
        var changed = folder
        changed.apply(change)
        return (try? KnowledgeLoader.load(changed, lints: false))?.knowledge
      })
  }

  /// The faults of the rows of an entry, for which the folder is not used.
  package static func faults(ofEntry entry: String, folder path: String) -> [KnowledgeDiagnostic] {
    let folder = KnowledgeFolder(path: path)
    guard let faults = try? KnowledgeLoader.load(folder).diagnostics, !faults.isEmpty else {
      return []
    }
    return faults.filter { fault in
      guard let file = folder.files.first(where: { $0.name == fault.file }), file.isLexicon,
        fault.line > 0
      else { return false }
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      return fault.line <= lines.count
        && lines[fault.line - 1].split(separator: "\t").first.map(String.init) == entry
    }
  }

  private static func withheldRows(_ file: KnowledgeFolder.File) -> [WithheldRow] {
    guard file.isLexicon else { return [] }
    let table = TableReader(name: file.name, text: file.text, required: ["entry", "class"])
    guard let status = table.column("status"), let classes = table.column("class") else {
      return []
    }
    return table.rows.compactMap { row in
      WithheldRow.Status(rawValue: row.cells[status]).map {
        WithheldRow(
          entry: row.cells[0], classes: row.cells[classes], status: $0, file: file.name,
          line: row.line)
      }
    }
  }

  private static func tagRow(_ sign: String, _ folder: KnowledgeFolder) -> String? {
    for file in folder.files where file.name.hasSuffix(".costs.tsv") {
      let table = TableReader(
        name: file.name, text: file.text, required: ["class", "feature", "value", "tag", "cost"])
      if let row = table.rows.first(where: { $0.cells[0] == sign }) {
        return "\(file.name):\(row.line)"
      }
    }
    return nil
  }
}

extension KnowledgeFolder.File {
  /// Whether it holds words, and not costs, rules or what else a name may say.
  var isLexicon: Bool {
    name.hasSuffix(".tsv") && !UncompiledFile.keeps(name) && !PathKnowledge.reads(name)
  }
}

extension KnowledgeFolder {
  /// Makes a small change to what was read; the files themselves stay as they are.
  mutating func apply(_ change: KnowledgeChange) {
    switch change {
    case .status(let status, let file, let line):
      edit(file) { lines in
        guard let header = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }),
          let column = Self.cells(header).firstIndex(of: "status")
        else { return }
        var cells = Self.cells(lines[line - 1])
        cells[column] = status
        lines[line - 1] = cells.joined(separator: "\t")
      }
    case .row(let entry, let category, let features):
      let columns = features.keys.sorted()
      let header = (["entry", "class"] + columns).joined(separator: "\t")
      let row = ([entry, category] + columns.map { features[$0] ?? "" }).joined(separator: "\t")
      let text = header + "\n" + row + "\n"
      files.append(File(name: "added.tsv", text: text))
    case .weight(let weight, let file, let line):
      edit(file) { lines in
        // Up to the next rule; the weight stands anywhere among the lines of its rule.
        let rest = lines[line...]
        let end = rest.firstIndex { Self.word($0) == "rule" } ?? lines.endIndex
        if let own = rest[..<end].firstIndex(where: { Self.word($0) == "weight" }) {
          lines[own] = "  weight \(weight)"
        } else {
          lines.insert("  weight \(weight)", at: line)
        }
      }
    }
  }

  private mutating func edit(_ name: String, _ body: (inout [String]) -> Void) {
    guard let index = files.firstIndex(where: { $0.name == name }) else { return }
    var lines = files[index].text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    body(&lines)
    let text = lines.joined(separator: "\n")
    files[index] = File(name: name, text: text)
  }

  private static func cells(_ line: String) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  private static func word(_ line: String) -> Substring? { line.split(separator: " ").first }
}
