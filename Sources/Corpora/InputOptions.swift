package import Annotations
package import Reading

/// How the bytes of an input are to be read.
package enum InputFormat: String, CaseIterable, Sendable {
  /// By content.
  case auto
  case text
  /// An object of JSON a line.
  case jsonl
  /// One object of JSON, or an array of them.
  case json
  case html
  case xml
  /// Rows with a header, set apart by commas, semicolons or tabs.
  case csv
  case warc
}

/// How inputs are read. The defaults read everything by its content.
package struct InputOptions: Sendable {
  /// The format of all inputs, where they are not told by their content.
  package var format = InputFormat.auto
  /// The day of documents that name none.
  package var date: CalendarDate?
  /// The charset of all inputs, by a name that ICU knows; nil to find it.
  package var charset: String?
  /// Which keys and columns hold what.
  package var fields = FieldNames()
  /// A plain text of more bytes (as UTF-8) is cut into documents of at most this size.
  package var documentSize = 1 << 18
  /// What one input may cost.
  package var limits = InputLimits()
  /// Which elements of XML hold what; nil to tell it by the content.
  package var xml: XMLRules?

  /// The defaults, with a format and a day.
  package init(format: InputFormat = .auto, date: CalendarDate? = nil) {
    self.format = format
    self.date = date
  }
}

/// What one input may cost before it is given up.
package struct InputLimits: Sendable {
  /// Bytes of one JSON value, table row, page or archived record, which are held in memory.
  package var valueBytes = 64 << 20
  /// How many packings may be inside one another: a .tar.gz has two.
  package var packings = 6
  /// Bytes that unpacking may give at any rate.
  package var unpackedBytes = 64 << 20
  /// How many times the packed bytes unpacking may give beyond that.
  package var unpackedRatio = 100
  /// Failures of one input that are listed one by one.
  package var failures = 50

  /// The defaults.
  package init() {}
}
