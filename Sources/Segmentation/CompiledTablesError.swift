/// Why a compiled file was not taken.
public struct CompiledTablesError: Error, CustomStringConvertible, Sendable {
  /// A stable word for the kind of fault.
  package let kind: String
  /// What is wrong and what to do.
  package let message: String
  /// The file, nil for memory.
  package private(set) var path: String?
  /// The file, what is wrong with it and what to do.
  public var description: String { (path.map { "\($0): " } ?? "") + message }

  private init(kind: String, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The same about a file.
  func about(_ path: String) -> CompiledTablesError {
    var result = self
    result.path = path
    return result
  }

  /// What to do about a file that was made for something else or is not whole.
  package static let remedy = "compile it again with \"guanxi lexicon compile\""

  /// The file is none of these.
  package static func foreign(_ what: String) -> CompiledTablesError {
    CompiledTablesError(
      kind: "not-compiled",
      "\(what); give the folder, or the file that "
        + "\"guanxi lexicon compile\" made of it")
  }

  /// The file was made by or for another version.
  package static func version(_ what: String) -> CompiledTablesError {
    CompiledTablesError(kind: "other-version", "\(what); \(remedy)")
  }

  /// The file is not what was written.
  package static func damaged(_ what: String) -> CompiledTablesError {
    CompiledTablesError(
      kind: "damaged", "\(what): the file was damaged; \(remedy)")
  }

  /// The system does not give or take the file.
  static func system(_ what: String) -> CompiledTablesError {
    CompiledTablesError(kind: "unreadable", what)
  }
}
