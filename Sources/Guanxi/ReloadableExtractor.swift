internal import Synchronization

/// An extractor whose knowledge can be loaded again while sessions run.
///
///     let extractor = try ReloadableExtractor(knowledge: "Lexicons/news")
///     // any thread, for every document or batch of them:
///     var session = extractor.current.makeSession()
///     // when the folder or file was changed:
///     try extractor.reload()
///
/// A session keeps the knowledge it was made with. So what is under way during a reload ends on the old
/// knowledge, and what takes ``current`` behind it begins on the new one; the old one is freed with its last
/// session.
///
/// Replace a compiled file as `guanxi lexicon compile` does it: write it aside and rename it. A file that is
/// overwritten or cut where it lies takes the old knowledge away from the sessions that still use it.
public final class ReloadableExtractor: Sendable {
  private let path: String
  private let extractor: Mutex<Extractor>
  /// Held while knowledge is loaded, so that of two reloads the later one stays.
  private let loading = Mutex<Void>(())

  /// Loads a folder or a compiled file.
  /// - Throws: ``InvalidKnowledge`` with every fault of every file.
  public init(knowledge path: String) throws {
    self.path = path
    extractor = Mutex(try Extractor(knowledge: path))
  }

  /// The extractor with the knowledge that was loaded last.
  public var current: Extractor { extractor.withLock { $0 } }

  /// Loads the folder or file again and puts it in the place of the old one. Sessions go on meanwhile.
  /// - Throws: ``InvalidKnowledge`` with every fault of every file; then nothing has changed.
  public func reload() throws {
    try loading.withLock { _ in
      let loaded = try Extractor(knowledge: path)
      extractor.withLock { $0 = loaded }
    }
  }
}
