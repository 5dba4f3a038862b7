package import Annotations
internal import Extraction

/// What views need to know besides the record.
package struct ViewOptions: Sendable {
  /// The files of the knowledge, by which rules are named.
  package var files: KnowledgeFiles
  /// What IRIs begin with; see ``isBaseIRI(_:)``.
  package var baseIRI: String
  /// How many documents a report shows; its counts are those of all.
  package var reportDocuments: Int

  /// The IRIs of what nobody has given a place of its own: `.example` is reserved and belongs to no one.
  package static let baseIRI = "https://guanxi.example/"
  /// Enough to read, and a page that a browser opens at once.
  package static let reportDocuments = 500

  /// Options.
  package init(
    files: KnowledgeFiles, baseIRI: String = Self.baseIRI,
    reportDocuments: Int = Self.reportDocuments
  ) {
    self.files = files
    self.baseIRI = baseIRI
    self.reportDocuments = reportDocuments
  }

  /// Whether IRIs can begin with a text: it is one itself, with a scheme, and ends in `/`, `#` or `:`.
  package static func isBaseIRI(_ text: String) -> Bool { RDFNaming.isBase(text) }
}

/// The forms in which records can be written, by the names that a person gives them; `Documentation/Outputs.md` shows
/// them.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Facts by sentence, for reading on a terminal.
  case table
  /// The record, one object a line: what every other form is a view of.
  case jsonl
  /// A row a fact.
  case tsv
  case csv
  /// A row a name.
  case mentionsTSV = "mentions.tsv"
  case mentionsCSV = "mentions.csv"
  /// A row a time.
  case timesTSV = "times.tsv"
  case timesCSV = "times.csv"
  /// A row a quantity.
  case quantitiesTSV = "quantities.tsv"
  case quantitiesCSV = "quantities.csv"
  /// A folder for the annotation tool brat.
  case brat
  /// Words with names, times and quantities in BIO.
  case conll
  /// RDF as N-Triples.
  case nt
  /// RDF as Turtle.
  case ttl
  /// RDF as JSON-LD.
  case jsonld
  /// A database.
  case sqlite
  /// The graph of facts as GraphML.
  case graphml
  /// The graph of facts for Graphviz.
  case dot
  /// A page to read and to search in.
  case html
  /// All layers of the analysis, for reading and for tests.
  case dump

  /// The ending of a file of this form, of a folder for ``brat``.
  package var fileExtension: String {
    switch self {
    case .table, .dump: "txt"
    default: rawValue
    }
  }

  /// The view that writes this form.
  package func view(_ options: ViewOptions) -> any RecordView {
    func table(_ rows: RecordTable, _ syntax: TableFileView.Syntax) -> any RecordView {
      TableFileView(rows: rows, syntax: syntax)
    }
    func graph(_ syntax: any RDFSyntax) -> any RecordView {
      RDFView(syntax: syntax, naming: RDFNaming(base: options.baseIRI))
    }
    return switch self {
    case .table: TableView()
    case .jsonl: LinesView()
    case .tsv: table(.facts, .tabs)
    case .csv: table(.facts, .commas)
    case .mentionsTSV: table(.mentions, .tabs)
    case .mentionsCSV: table(.mentions, .commas)
    case .timesTSV: table(.times, .tabs)
    case .timesCSV: table(.times, .commas)
    case .quantitiesTSV: table(.quantities, .tabs)
    case .quantitiesCSV: table(.quantities, .commas)
    case .brat: BratView()
    case .conll: ConllView()
    case .nt: graph(NTriplesSyntax())
    case .ttl: graph(TurtleSyntax())
    case .jsonld: graph(JSONLDSyntax())
    case .sqlite: SQLiteView()
    case .graphml: GraphMLView()
    case .dot: DotView()
    case .html: ReportView(limit: options.reportDocuments)
    case .dump: DumpView(files: options.files)
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

/// ``OutputFormat/dump``.
private struct DumpView: RecordView {
  let files: KnowledgeFiles

  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8] {
    Array(AnalysisDump.text(of: document, analysis, files: files).utf8)
  }
}
