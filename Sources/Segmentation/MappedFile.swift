// The one file of this target that opens files: compiled tables, mapped and written.
internal import Glibc

/// Maps a whole file.
func mapFile(_ path: String) throws -> TableStorage {
  func fail(_ what: String) -> CompiledTablesError {
    let reason = unsafe String(cString: strerror(errno))
    return CompiledTablesError.system("the file cannot be \(what): \(reason)").about(path)
  }
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard file >= 0 else { throw fail("opened") }
  defer { close(file) }
  var status = stat()
  guard unsafe fstat(file, &status) == 0 else { throw fail("examined") }
  let size = Int(status.st_size)
  guard status.st_mode & S_IFMT == S_IFREG, size > 0 else {
    throw CompiledTablesError.foreign(
      status.st_mode & S_IFMT == S_IFREG ? "the file is empty" : "this is no file")
  }
  guard let memory = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0),
    unsafe memory != MAP_FAILED
  else { throw fail("mapped") }
  return unsafe TableStorage(start: UnsafeRawPointer(memory), count: size) { start, count in
    unsafe munmap(UnsafeMutableRawPointer(mutating: start), count)
  }
}

extension TableStorage {
  /// Writes the bytes to a file, first aside and then under its name.
  package func write(to path: String) throws {
    func fail(_ what: String) -> CompiledTablesError {
      let reason = unsafe String(cString: strerror(errno))
      return CompiledTablesError.system("the file cannot be \(what): \(reason)").about(path)
    }
    let aside = path + ".\(getpid()).part"
    let file = unsafe open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw fail("created") }
    var written = 0
    while written < count {
      let step = unsafe Glibc.write(file, start + written, count - written)
      guard step > 0 else {
        if step < 0, errno == EINTR { continue }
        let error = fail("written")
        close(file)
        unsafe unlink(aside)
        throw error
      }
      written += step
    }
    guard fsync(file) == 0, close(file) == 0, unsafe rename(aside, path) == 0 else {
      let error = fail("written")
      unsafe unlink(aside)
      throw error
    }
  }
}
