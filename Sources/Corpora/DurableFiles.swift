internal import Glibc
internal import SystemPackage

/// What the system has to be asked for when files are to outlive a crash.
enum DurableFiles {
  /// What stands at a path, links followed.
  enum Kind {
    case nothing
    case file
    case folder
    /// A pipe, a terminal, a device: what cannot be written aside and put into place.
    case stream
  }

  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .nothing }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .stream
    }
  }

  /// The path of what a symbolic link leads to, so that it and not the link is replaced; any other path as it is.
  static func target(of path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Waits until what was written to a file is on the disk.
  static func sync(_ file: FileDescriptor) throws(Errno) { try check(fsync(file.rawValue)) }

  /// Waits until what was written to a file or a folder is on the disk; for a folder, the names in it.
  static func sync(path: String) throws(Errno) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    try check(file)
    defer { Glibc.close(file) }
    // Some file systems have no names of folders to write, and say EINVAL.
    if fsync(file) != 0, errno != EINVAL { throw Errno(rawValue: errno) }
  }

  /// Waits until everything that was written is on the disk: what a folder of many files costs least.
  static func syncAll() { Glibc.sync() }

  /// Cuts a file at a length.
  static func truncate(_ file: FileDescriptor, to length: Int) throws(Errno) {
    try check(ftruncate(file.rawValue, length))
  }

  /// Takes an open file for its holder alone; false where another one has it.
  static func lock(_ file: FileDescriptor) -> Bool {
    flock(file.rawValue, LOCK_EX | LOCK_NB) == 0
  }

  /// Gives it back.
  static func unlock(_ file: FileDescriptor) { flock(file.rawValue, LOCK_UN) }

  /// Puts a file or folder in the place of another name, at once.
  static func rename(_ old: String, _ new: String) throws(Errno) {
    try check(unsafe Glibc.rename(old, new))
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) throws(Errno) {
    if unsafe unlink(path) != 0, errno != ENOENT { throw Errno(rawValue: errno) }
  }

  private static func check(_ result: CInt) throws(Errno) {
    if result < 0 { throw Errno(rawValue: errno) }
  }

  /// Whether a path is a file that is read, or lies in a folder that is.
  static func lies(_ path: String, in input: String) -> Bool {
    let place = target(of: folder(of: path)) + "/" + (path.split(separator: "/").last ?? "")
    let input = target(of: input)
    switch kind(input) {
    case .file: return target(of: path) == input
    case .folder: return place.hasPrefix(input.hasSuffix("/") ? input : input + "/")
    case .nothing, .stream: return false
    }
  }

  /// The folder in which a path lies.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
