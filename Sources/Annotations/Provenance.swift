/// Where a piece of knowledge stands: a row of a lexicon or table, a rule, or a stage of the engine.
public struct Provenance: Hashable, Sendable {
  /// The file's number in the ``KnowledgeFiles`` that loaded it.
  public let file: UInt16
  /// The line, from 1.
  public let line: UInt32

  /// A line of a file.
  public init(file: UInt16, line: UInt32) {
    self.file = file
    self.line = line
  }
}

/// The names of the files that knowledge came from, by number.
public struct KnowledgeFiles: Sendable {
  /// The names, relative to the knowledge folder.
  public private(set) var names: [String] = []
  /// The same with the colon behind them.
  private var heads: [String] = []

  /// No files.
  public init() {}

  /// Adds a file and gives its number.
  public mutating func add(_ name: String) -> UInt16 {
    precondition(names.count < Int(UInt16.max), "there are more than 65,534 knowledge files")
    names.append(name)
    heads.append(name + ":")
    return UInt16(names.count - 1)
  }

  /// `file:line`, as every result names its cause.
  public func describe(_ provenance: Provenance) -> String {
    String(heads[Int(provenance.file)], numbered: Int(provenance.line))
  }
}
