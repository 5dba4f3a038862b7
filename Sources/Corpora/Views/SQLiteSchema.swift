/// The tables of the database of records, in the order in which their rows stand in the stream.
///
/// Every table but `documents` has the number of its document in its first column. The foreign keys are declared, and
/// checked once when all rows are there.
enum SQLiteSchema: UInt8, CaseIterable {
  case documents = 0x61
  case entities
  case aliases
  case mentions
  case nested
  case references
  case times
  case quantities
  case typedValues
  case triples
  case roles
  case repairs
  case diagnostics

  /// The name of the table.
  var name: String {
    switch self {
    case .references: "entity_references"
    case .typedValues: "typed_values"
    default: "\(self)"
    }
  }

  /// The columns behind the number of the document, with their declarations.
  var columns: [(name: String, declaration: String)] {
    let span = [
      ("text", "TEXT NOT NULL"), ("start", "INTEGER NOT NULL"), ("end", "INTEGER NOT NULL"),
    ]
    return switch self {
    case .documents:
      [
        ("id", "TEXT NOT NULL"), ("origin", "TEXT NOT NULL"), ("title", "TEXT"), ("date", "TEXT"),
        ("offsets", "TEXT NOT NULL"), ("engine_version", "TEXT NOT NULL"),
        ("knowledge", "TEXT NOT NULL"), ("icu", "TEXT NOT NULL"), ("text", "TEXT NOT NULL"),
      ]
    case .entities:
      [
        ("id", "TEXT NOT NULL"), ("type", "TEXT NOT NULL"), ("name", "TEXT NOT NULL"),
        ("completed", "TEXT"),
      ]
    case .aliases:
      [
        ("entity", "TEXT NOT NULL"), ("number", "INTEGER NOT NULL"), ("alias", "TEXT NOT NULL"),
      ]
    case .mentions:
      [("id", "TEXT NOT NULL"), ("type", "TEXT NOT NULL"), ("subtype", "TEXT")] + span
        + [("entity", "TEXT NOT NULL"), ("rule", "TEXT NOT NULL")]
    case .nested:
      [
        ("number", "INTEGER NOT NULL"), ("kind", "TEXT NOT NULL"), ("type", "TEXT NOT NULL"),
      ] + span + [("within", "TEXT"), ("name", "TEXT"), ("rule", "TEXT NOT NULL")]
    case .references:
      [("entity", "TEXT NOT NULL"), ("number", "INTEGER NOT NULL")] + span
        + [("rule", "TEXT NOT NULL")]
    case .times:
      [("id", "TEXT NOT NULL")] + span + [("value", "TEXT"), ("mod", "TEXT")]
    case .quantities:
      [("id", "TEXT NOT NULL")] + span + [
        ("kind", "TEXT NOT NULL"), ("value", "TEXT"), ("low", "TEXT"), ("high", "TEXT"),
        ("measure", "TEXT"), ("unit", "TEXT"), ("mod", "TEXT NOT NULL"), ("of", "TEXT"),
        ("rule", "TEXT"),
      ]
    case .typedValues:
      [("number", "INTEGER NOT NULL"), ("type", "TEXT NOT NULL")] + span
        + [("value", "TEXT NOT NULL"), ("alts", "TEXT NOT NULL")]
    case .triples:
      [
        ("id", "TEXT NOT NULL"), ("status", "TEXT NOT NULL"), ("group", "TEXT"),
        ("margin", "INTEGER"), ("rule", "TEXT NOT NULL"), ("sentence_start", "INTEGER NOT NULL"),
        ("sentence_end", "INTEGER NOT NULL"),
      ]
    case .roles:
      [
        ("triple", "TEXT NOT NULL"), ("role", "TEXT NOT NULL"), ("text", "TEXT NOT NULL"),
        ("type", "TEXT"), ("value", "TEXT"), ("start", "INTEGER"), ("end", "INTEGER"),
        ("entity", "TEXT"), ("quantity", "TEXT"), ("carried", "INTEGER NOT NULL"),
      ]
    case .repairs:
      [
        ("number", "INTEGER NOT NULL"), ("start", "INTEGER NOT NULL"),
        ("end", "INTEGER NOT NULL"), ("kind", "TEXT NOT NULL"), ("read", "TEXT NOT NULL"),
      ]
    case .diagnostics:
      [
        ("number", "INTEGER NOT NULL"), ("kind", "TEXT NOT NULL"), ("message", "TEXT NOT NULL"),
        ("byte", "INTEGER"), ("start", "INTEGER"), ("end", "INTEGER"),
        ("candidates", "TEXT NOT NULL"),
      ]
    }
  }

  /// The columns that tell rows of a document apart; those of a key are the first ones.
  private var keyCount: Int {
    switch self {
    case .aliases, .references, .roles: 2
    default: 1
    }
  }

  private var foreignKeys: [(column: String, table: String)] {
    switch self {
    case .aliases, .references, .mentions: [("entity", "entities")]
    case .nested: [("within", "mentions")]
    case .roles: [("triple", "triples"), ("entity", "entities"), ("quantity", "quantities")]
    default: []
    }
  }

  /// The statement that makes the table.
  var creation: String {
    let isDocuments = self == .documents
    var lines = [isDocuments ? "number INTEGER PRIMARY KEY" : "document INTEGER NOT NULL"]
    lines += columns.map { "\"\($0.name)\" \($0.declaration)" }
    if !isDocuments {
      let key = columns.prefix(keyCount).map(\.name).joined(separator: ", ")
      lines.append("PRIMARY KEY (document, \(key))")
      lines.append("FOREIGN KEY (document) REFERENCES documents (number)")
      lines += foreignKeys.map {
        "FOREIGN KEY (document, \($0.column)) REFERENCES \($0.table) (document, id)"
      }
    }
    return "CREATE TABLE \(name) (\n  " + lines.joined(separator: ",\n  ") + "\n)"
      + (isDocuments ? "" : " WITHOUT ROWID") + ";\n"
  }

  /// The statement that inserts a row, the number of the document first.
  var insertion: String {
    "INSERT INTO \(name) VALUES ("
      + repeatElement("?", count: columns.count + 1).joined(separator: ", ") + ")"
  }

  /// What is made when all rows are there: indexes, and the facts as a view with a row each.
  static let ending = """
    CREATE INDEX documents_id ON documents (id);
    CREATE INDEX entities_name ON entities (name);
    CREATE INDEX aliases_alias ON aliases (alias);
    CREATE INDEX mentions_entity ON mentions (document, entity);
    CREATE INDEX mentions_text ON mentions (text);
    CREATE INDEX roles_text ON roles (text);
    CREATE INDEX roles_type ON roles (type) WHERE type IS NOT NULL;
    CREATE INDEX roles_entity ON roles (document, entity) WHERE entity IS NOT NULL;
    CREATE VIEW facts AS
    SELECT d.id || '/' || f.id AS id, s.text AS subject, r.text AS relation, o.text AS object,
      t.text AS time, t.value AS time_value, p.text AS place, re.text AS recipient,
      so.text AS source, og.text AS org, f.status, r.type, coalesce(s.carried, 0) AS carried,
      f.margin, f.rule, f.sentence_start AS start, f.sentence_end AS "end", f.document, f.id AS triple
    FROM triples f JOIN documents d ON d.number = f.document
    \(join("r", "relation")) \(join("s", "subject")) \(join("o", "object")) \(join("t", "time"))
    \(join("p", "place")) \(join("re", "recipient")) \(join("so", "source")) \(join("og", "org"));
    """

  private static func join(_ name: String, _ role: String) -> String {
    "LEFT JOIN roles \(name) ON \(name).document = f.document AND \(name).triple = f.id "
      + "AND \(name).role = '\(role)'"
  }
}
