package import Annotations
package import Extraction

/// A form in which the records of a run are written: a stream of bytes that only ever grows by the part of one
/// document after the other.
///
/// Every form is a stream, so one journal of lengths is enough to go on after an interruption: the stream is cut at
/// the length of the last document that counts. What is no stream in the end (a database, a folder of files) is made
/// of it when the run is over; see ``AssembledView``.
///
/// `part` is called on several threads at once, the others on one.
package protocol RecordView: Sendable {
  /// What stands before the first document.
  var prologue: [UInt8] { get }
  /// What stands behind the last one.
  var epilogue: [UInt8] { get }
  /// What is written of a document. Depends on nothing but it, so the bytes are the same on any number of threads.
  func part(of record: Record, document: Document, analysis: DocumentAnalysis) -> [UInt8]
}

extension RecordView {
  package var prologue: [UInt8] { [] }
  package var epilogue: [UInt8] { [] }
}

/// A form whose result is no stream: the stream holds what it is made of, and goes when it is made.
package protocol AssembledView: RecordView {
  /// Makes the result at the path `result`, where nothing stands yet, of the finished stream at the path `stream`.
  /// The same stream gives the same bytes.
  /// - Throws: the system's error, or that of the library that writes the form.
  func assemble(_ stream: String, into result: String) throws
}
