/// A small file of a folder that is kept as text and compiled whenever the knowledge is loaded.
struct UncompiledFile: Sendable {
  /// The endings of the files that are kept so.
  private static let endings = [
    ".rules", ".table.tsv", ".keywords.tsv", ".costs.tsv", ".calendar.tsv",
    ".forms.tsv", ".grammar.tsv", ".relations.tsv",
  ]

  /// The name, relative to the folder.
  let name: String
  /// The number among all files, for provenance.
  let number: UInt16
  let text: String

  /// Whether a file is kept as text.
  static func keeps(_ name: String) -> Bool { endings.contains(where: name.hasSuffix) }
}
