/// Which form of output goes where.
package struct OutputPlan: Sendable {
  /// One form.
  package struct Stream: Sendable {
    /// The form.
    package let format: OutputFormat
    /// What writes it.
    package let view: any RecordView
    /// Its file, nil for standard output.
    package let path: String?
  }

  /// Why there is no plan.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// The forms, in the order in which they were asked for.
  package let streams: [Stream]
  /// The path that was given.
  package let output: String?

  /// One form goes to the path `output` itself, several to that path with their endings: to that of their files, or
  /// where two have the same, to their names. Without a path there must be one form, and it must be a stream.
  /// - Throws: ``Fault`` where that is not so.
  package init(
    _ views: [(format: OutputFormat, view: any RecordView)], output: String?
  ) throws(Fault) {
    self.output = output
    for (number, view) in views.enumerated()
    where views[..<number].contains(where: { $0.format == view.format }) {
      throw Fault(
        description: "the format \"\(view.format.rawValue)\" was given twice; give it once")
    }
    guard let output else {
      if let assembled = views.first(where: { $0.view is any AssembledView }) {
        throw Fault(
          description:
            "the format \"\(assembled.format.rawValue)\" is no stream and can't be written to standard "
            + "output; give --output PATH")
      }
      if views.count > 1 {
        throw Fault(
          description:
            "only one format can be written to standard output; give --output PATH, and each is written "
            + "to PATH and its ending")
      }
      streams = views.map { Stream(format: $0.format, view: $0.view, path: nil) }
      return
    }
    if views.count > 1, DurableFiles.kind(output) == .stream {
      throw Fault(description: "\"\(output)\" is no file, so only one format can be written to it")
    }
    streams = views.map { own in
      guard views.count > 1 else { return Stream(format: own.format, view: own.view, path: output) }
      let ending = own.format.fileExtension
      let isOnly = views.filter { $0.format.fileExtension == ending }.count == 1
      return Stream(
        format: own.format, view: own.view,
        path: output + "." + (isOnly ? ending : own.format.rawValue))
    }
  }
}
