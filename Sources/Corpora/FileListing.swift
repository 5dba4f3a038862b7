internal import Glibc
internal import SystemPackage

/// The names in a folder, byte by byte as the file system has them: not all are UTF-8.
enum FileListing {
  /// The names, sorted by their bytes; without those that begin with a dot, of which it says how many there are.
  static func names(in folder: FilePath) throws -> (names: [FilePath.Component], hidden: Int) {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { unsafe _ = closedir(stream) }
    var names: [FilePath.Component] = []
    var hidden = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CInterop.PlatformChar.self, capacity: 256) {
          unsafe FilePath.Component(platformString: $0)
        }
      }
      guard let name, name.kind == .regular else { continue }
      if unsafe entry.pointee.d_name.0 == 0x2E {
        hidden += 1
      } else {
        names.append(name)
      }
    }
    return (names.sorted { Self.bytes($0).lexicographicallyPrecedes(Self.bytes($1)) }, hidden)
  }

  private static func bytes(_ name: FilePath.Component) -> [UInt8] {
    unsafe name.withPlatformString { pointer in
      unsafe UnsafeBufferPointer(start: pointer, count: unsafe strlen(pointer))
        .map { UInt8(bitPattern: $0) }
    }
  }
}
