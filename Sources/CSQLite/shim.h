// SQLite's C API, and its one constant that Swift's importer cannot see: a cast of -1 to a function.
#ifndef GUANXI_CSQLITE_SHIM_H
#define GUANXI_CSQLITE_SHIM_H

#include <sqlite3.h>

// Binds bytes as text; SQLite copies them.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int column, const void *bytes,
                                    int count) {
  return sqlite3_bind_text(statement, column, (const char *)bytes, count, SQLITE_TRANSIENT);
}

#endif
