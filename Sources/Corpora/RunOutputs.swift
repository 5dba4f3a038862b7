internal import FoundationEssentials
internal import SystemPackage

/// The streams of a run and its journal: how they are begun, taken up again, and put into place.
///
/// A stream is written beside its place, as `PATH.partial`, and stands in its place only when the run is over. The
/// journal `PATH.journal` is there from before the first byte to after the last file has its name, so it alone says
/// whether a run is open. Whenever the run is killed, what is on the disk is one of these:
///
/// 1. a journal without a point: the streams are begun anew;
/// 2. a journal whose last point has lengths: the streams are cut there, and go on;
/// 3. a journal whose last point is finished: what is still called `.partial` is put into place.
///
/// Standard output, pipes and devices are written to as they are, and there is nothing to resume.
final class RunOutputs {
  /// What to do about a run that did not end.
  typealias Beginning = ExtractRun.Beginning

  private let plan: OutputPlan
  private var files: [StreamFile] = []
  private let journal: RunJournal?
  /// Whether there is a journal to go on from.
  var isJournaled: Bool { journal != nil }
  /// The point at which the run goes on, nil where it begins.
  let resumed: RunJournal.Point?

  /// Opens the outputs of a run, and takes up one that did not end where `beginning` says so.
  init(
    _ plan: OutputPlan, header: @autoclosure () -> RunJournal.Header, beginning: Beginning
  ) throws(OutputFailure) {
    self.plan = plan
    guard let output = plan.output, DurableFiles.kind(output) != .stream else {
      journal = nil
      resumed = nil
      for stream in plan.streams { files.append(try StreamFile(path: stream.path, isStream: true)) }
      try writePrologues()
      return
    }
    let path = DurableFiles.target(of: output) + ".journal"
    let partials = plan.streams.compactMap(Self.partial)
    let left = [path] + partials
    if beginning == .new, let left = left.first(where: { DurableFiles.kind($0) != .nothing }) {
      throw OutputFailure(
        left,
        "was left by a run that did not end; give --resume to go on with it, or --restart to begin again"
      )
    }
    let journal = try RunJournal.open(path)
    self.journal = journal
    let content = beginning == .resume ? try journal.read() : nil
    let header = header()
    if let content { try Self.check(content.header, header, path) }
    try journal.keep(content)
    if content == nil { try journal.append(header) }
    resumed = content?.point
    if resumed?.isFinished == true { return }
    for (number, partial) in partials.enumerated() {
      files.append(try StreamFile(path: partial, length: resumed?.lengths[number] ?? 0))
    }
    for folder in Set(left.map(DurableFiles.folder)) { try Self.sync(folder) }
    if resumed == nil { try writePrologues() }
  }

  private func writePrologues() throws(OutputFailure) {
    for (file, stream) in zip(files, plan.streams) { try file.append(stream.view.prologue) }
  }

  /// Lets other runs have these outputs.
  func release() { journal?.release() }

  /// Appends the parts of a document, one a stream.
  func append(_ parts: [[UInt8]]) throws(OutputFailure) {
    for (file, part) in zip(files, parts) { try file.append(part) }
  }

  /// Hands over what is in the buffers.
  func flush() throws(OutputFailure) {
    for file in files { try file.flush() }
  }

  /// Writes a point to go on from; without a journal only what is in the buffers.
  func checkpoint(_ point: RunJournal.Point) throws(OutputFailure) {
    guard let journal else { return try flush() }
    for file in files { try file.sync() }
    var point = point
    point.lengths = files.map(\.length)
    try journal.append(point)
  }

  /// Ends the streams and puts them into place.
  func finish(_ point: RunJournal.Point) throws(OutputFailure) {
    if resumed?.isFinished != true {
      for (file, stream) in zip(files, plan.streams) { try file.append(stream.view.epilogue) }
      var point = point
      point.isFinished = true
      try checkpoint(point)
    }
    files = []
    guard let journal else { return }
    for stream in plan.streams { try install(stream) }
    for path in plan.streams.compactMap(\.path) { try Self.sync(DurableFiles.folder(of: path)) }
    do { try DurableFiles.remove(journal.path) } catch { throw OutputFailure(journal.path, error) }
    try Self.sync(DurableFiles.folder(of: journal.path))
  }

  // MARK: Putting into place

  private func install(_ stream: OutputPlan.Stream) throws(OutputFailure) {
    guard let named = stream.path, let partial = Self.partial(stream) else { return }
    let path = DurableFiles.target(of: named)
    guard DurableFiles.kind(partial) == .file else {
      // It was put into place before the run was killed.
      if DurableFiles.kind(path) != .nothing { return }
      throw OutputFailure(partial, "is gone; give --restart to begin again")
    }
    do {
      guard let view = stream.view as? any AssembledView else {
        return try DurableFiles.rename(partial, path)
      }
      let (new, old) = (path + ".new", path + ".old")
      for left in [new, old] where DurableFiles.kind(left) != .nothing {
        try FileManager.default.removeItem(atPath: left)
      }
      try view.assemble(partial, into: new)
      if DurableFiles.kind(new) == .folder {
        DurableFiles.syncAll()
      } else {
        try DurableFiles.sync(path: new)
      }
      // A folder takes the place of nothing, so what stands there makes room first.
      if DurableFiles.kind(path) == .folder || DurableFiles.kind(new) == .folder,
        DurableFiles.kind(path) != .nothing
      {
        try DurableFiles.rename(path, old)
      }
      try DurableFiles.rename(new, path)
      try Self.sync(DurableFiles.folder(of: path))
      if DurableFiles.kind(old) != .nothing { try FileManager.default.removeItem(atPath: old) }
      try DurableFiles.remove(partial)
    } catch let failure as OutputFailure {
      throw failure
    } catch {
      throw OutputFailure(path, error)
    }
  }

  private static func partial(_ stream: OutputPlan.Stream) -> String? {
    stream.path.map { DurableFiles.target(of: $0) + ".partial" }
  }

  private static func sync(_ folder: String) throws(OutputFailure) {
    do { try DurableFiles.sync(path: folder) } catch { throw OutputFailure(folder, error) }
  }

  // MARK: Taking up

  /// Says what of a run differs from the one that its journal is of.
  private static func check(
    _ old: RunJournal.Header, _ new: RunJournal.Header, _ path: String
  ) throws(OutputFailure) {
    if old == new { return }
    var faults: [String] = []
    func compare(_ name: String, _ old: String?, _ new: String?) {
      if old != new {
        faults.append("\(name) was \(old ?? "not given") and is \(new ?? "not given")")
      }
    }
    compare("the engine", old.engine, new.engine)
    compare("the knowledge", old.knowledge, new.knowledge)
    compare(
      "the list of inputs", old.inputs.joined(separator: " "), new.inputs.joined(separator: " "))
    for name in Set(old.options.keys).union(new.options.keys).sorted() {
      compare(name, old.options[name], new.options[name])
    }
    throw OutputFailure(
      path,
      "is of another run: " + faults.joined(separator: "; ")
        + "; call it as before to go on, or give --restart to begin again")
  }
}
