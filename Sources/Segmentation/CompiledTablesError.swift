/// Why a file of compiled tables was not taken.
public struct CompiledTablesError: Error, CustomStringConvertible, Sendable {
  /// What is wrong and what to do.
  public let description: String
}
