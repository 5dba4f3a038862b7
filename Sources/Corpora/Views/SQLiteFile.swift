internal import CSQLite

/// A new database file that rows are inserted into.
///
/// It is written without a journal: when anything fails the file is of no use and is to be made again. The handles of
/// SQLite do not leave this file; each is closed by the object that has it, and a statement keeps its file open.
@safe final class SQLiteFile {
  /// What SQLite says is wrong.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// A statement that is prepared once and run for every row.
  @safe final class Insertion {
    private let statement: OpaquePointer
    private let file: SQLiteFile

    fileprivate init(_ statement: OpaquePointer, of file: SQLiteFile) {
      unsafe self.statement = statement
      self.file = file
    }

    deinit { _ = unsafe sqlite3_finalize(statement) }

    /// Sets a column, counted from 1; nil is NULL.
    func bind(_ column: Int, _ text: ArraySlice<UInt8>?) throws {
      guard let text else {
        try file.check(unsafe sqlite3_bind_null(statement, Int32(column)))
        return
      }
      // An empty slice may have no address, and without one SQLite would bind NULL.
      let code =
        unsafe text.isEmpty
        ? csqlite_bind_text(statement, Int32(column), "", 0)
        : text.withUnsafeBytes {
          unsafe csqlite_bind_text(statement, Int32(column), $0.baseAddress, Int32($0.count))
        }
      try file.check(code)
    }

    /// Sets a column, counted from 1.
    func bind(_ column: Int, _ number: Int) throws {
      try file.check(unsafe sqlite3_bind_int64(statement, Int32(column), Int64(number)))
    }

    /// Inserts the row.
    func run() throws {
      let code = unsafe sqlite3_step(statement)
      guard code == SQLITE_DONE else { throw file.failure() }
      try file.check(unsafe sqlite3_reset(statement))
    }
  }

  private var database: OpaquePointer?

  /// A database at a path where nothing stands.
  init(_ path: String) throws {
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    guard unsafe sqlite3_open_v2(path, &database, flags, nil) == SQLITE_OK else { throw failure() }
    try execute(
      """
      PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536;
      """)
  }

  deinit { _ = unsafe sqlite3_close_v2(database) }

  /// Runs statements that give nothing.
  func execute(_ statements: String) throws {
    try check(unsafe sqlite3_exec(database, statements, nil, nil, nil))
  }

  /// A statement to insert rows with.
  func insertion(_ statement: String) throws -> Insertion {
    var prepared: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(database, statement, -1, &prepared, nil))
    guard let prepared = unsafe prepared else { throw failure() }
    return unsafe Insertion(prepared, of: self)
  }

  /// Whether a query gives at least one row.
  func hasRows(_ query: String) throws -> Bool {
    var prepared: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(database, query, -1, &prepared, nil))
    defer { _ = unsafe sqlite3_finalize(prepared) }
    switch unsafe sqlite3_step(prepared) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure()
    }
  }

  fileprivate func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw failure() }
  }

  fileprivate func failure() -> Failure {
    guard let message = unsafe sqlite3_errmsg(database) else {
      return Failure(description: "SQLite has no memory")
    }
    return Failure(description: "SQLite: \(unsafe String(cString: message))")
  }
}
