/// A fault in a file that a person wrote: what is wrong, where, and what to do.
///
///     places.tsv:14:1: error: the row has 3 cells, the header 5; add the missing tabs [cell-count]
public struct KnowledgeDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// How bad it is: knowledge with an error is not loaded.
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// A stable word for the kind of fault.
  public let kind: String
  /// The file, relative to the knowledge folder.
  public let file: String
  /// The line, from 1; 0 for the file as a whole.
  public let line: Int
  /// The column in characters, from 1; 0 for the line as a whole.
  public let column: Int
  /// What is wrong, what was expected, what to do.
  public let message: String

  /// A fault at a place.
  public init(
    _ severity: Severity = .error, kind: String, file: String, line: Int, column: Int = 0,
    message: String
  ) {
    self.severity = severity
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: severity: message [kind]`.
  public var description: String {
    let place =
      line == 0 ? file : column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    return "\(place): \(severity.rawValue): \(message) [\(kind)]"
  }
}
