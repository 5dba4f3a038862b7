package import Annotations
internal import Extraction

/// The forms in which records can be written, by the names that a person gives them.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Facts by sentence, for reading on a terminal.
  case table
  /// The record, one object a line: what every other form is a view of.
  case jsonl
  /// One row a fact.
  case tsv
  /// All layers of the analysis, for reading and for tests.
  case dump

  /// The ending of a file of this form.
  package var fileExtension: String {
    switch self {
    case .table, .dump: "txt"
    case .jsonl, .tsv: rawValue
    }
  }

  /// The view that writes this form.
  package func view(of files: KnowledgeFiles) -> any RecordView {
    switch self {
    case .table: TableView()
    case .jsonl: LinesView()
    case .tsv: RowsView()
    case .dump: DumpView(files: files)
    }
  }
}

/// ``OutputFormat/table``.
private struct TableView: RecordView {
  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    Array(TripleTable.text(of: record, document: document).utf8)
  }
}

/// ``OutputFormat/jsonl``.
private struct LinesView: RecordView {
  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    var writer = RecordWriter()
    return writer.line(of: record)
  }
}

/// ``OutputFormat/tsv``.
private struct RowsView: RecordView {
  var prologue: [UInt8] { Array(TripleTable.header.utf8) }

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    Array(TripleTable.rows(of: record).utf8)
  }
}

/// ``OutputFormat/dump``.
private struct DumpView: RecordView {
  let files: KnowledgeFiles

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    Array(AnalysisDump.text(of: document, analysis, files: files).utf8)
  }
}
